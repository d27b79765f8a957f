"""The papers of a file: clauses of data/founding/papers filled with what is known, and what each still lacks."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256

from django.utils import translation
from django.utils.translation import gettext_lazy

from bpc.core.text.typography import with_french_spaces
from bpc.datasets.founding import PLACEHOLDER, Clause, PaperKind, PaperText, read_paper_text, read_papers
from bpc.portal.foundation.typesetting.piece_parts import (
    Break,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Part,
    PieceDocument,
    Signature,
)
from bpc.portal.founding.answers import value_of, value_or_assumed
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.sharing import current_members
from bpc.portal.founding.tables import table_of
from bpc.portal.founding.values import DOTS, Gap, Values
from bpc.portal.reference.law_words import name_article

#: Said on every page, in both languages: nothing here replaces the reading of a person of the law.
MARK = "نموذج للمراجعة / Modèle à faire relire"


@cache
def paper_kinds() -> tuple[PaperKind, ...]:
    """The papers, in the order they are needed."""
    return read_papers()


@cache
def paper_text(code: str, language: str) -> PaperText:
    """The clauses of a paper."""
    return read_paper_text(code, language)


@dataclass(slots=True)
class Filled:
    """A paper ready to print, what it lacks, each thing once, and the clauses that lack something."""

    document: PieceDocument
    gaps: list[Gap] = field(default_factory=list)
    clauses_lacking: frozenset[str] = frozenset()
    digest: str = ""  # of what the group said, whatever our own words around it


def fill_paper(
    kind: PaperKind, file: CreationFile, founders: Sequence[FoundingMember], language: str
) -> Filled:
    """The paper in a language, whatever the page's."""
    with translation.override(language):
        values = Values(file, people_of(kind, founders), language)
        values.everybody = founders
        return _Filling(kind, values).filled()


def people_of(kind: PaperKind, members: Sequence[FoundingMember]) -> list[FoundingMember]:
    """Who a paper is about: the founders, those who are members now, or, in the register, everybody."""
    if kind.code == "members_register":
        return list(members)
    if kind.phase == "year":
        return current_members(members)
    return [one for one in members if one.entered_on is None]


class _Filling:
    """One paper being filled."""

    def __init__(self, kind: PaperKind, values: Values) -> None:
        self.kind, self.values = kind, values
        self.text = paper_text(kind.code, values.language)
        self.gaps: dict[str, Gap] = {}
        self.number = 0
        self.clause = ""
        self.lacking: set[str] = set()
        self.told: list[tuple[str, ...]] = []

    def filled(self) -> Filled:
        title = self._words(self.text.title)
        parts: list[Part] = []
        for founder in self.values.founders if self.kind.each else [None]:
            if parts:  # each takes a page of their own away, with its title
                parts += [Break(), Heading(title)]
            parts += [part for clause in self._said() for part in self._parts(clause, founder)]
        if not self.values.founders:
            self._lacks(Gap("members", label=gettext_lazy("les fondateurs")))
        document = PieceDocument(
            title=title, language=self.values.language, project=self.values.file.project.name,
            parts=tuple(parts), sender=tuple(map(self._words, self.text.sender)),
            recipient=tuple(map(self._words, self.text.recipient)), note=MARK, mark=MARK, wide=self.kind.wide,
        )  # fmt: skip
        digest = sha256(json.dumps(self.told, ensure_ascii=False).encode()).hexdigest()
        return Filled(document, list(self.gaps.values()), frozenset(self.lacking), digest)

    def _said(self) -> Iterator[Clause]:
        """The clauses whose conditions hold; an answer that decides and is not known is missed."""
        for clause in self.text.clauses:
            holds = True
            for name, wanted in clause.when.items():
                answer = self._deciding(name)
                if answer is None:
                    self._lacks(self.values.gap_of(name))
                holds = holds and answer in wanted
            if holds:
                yield clause

    def _deciding(self, name: str) -> str | None:
        if name == "in_kind":
            worth = self.values.capital.in_kind
            return "yes" if worth else "no"
        if name == "refund_later":
            return "yes" if value_or_assumed(self.values.answers, "exit_refund_years") else "no"
        if name == "education":
            return "yes" if value_or_assumed(self.values.answers, "education_percent") else "no"
        found = value_or_assumed(self.values.answers, name)
        return None if found is None else str(found)

    def _parts(self, clause: Clause, founder: FoundingMember | None) -> Iterator[Part]:
        self.clause = clause.id
        if clause.page:
            yield Break()
        if clause.title:
            yield Heading(self._title(clause), self._reference(clause))
        for paragraph in clause.text.split("\n\n") if clause.text else ():
            yield Paragraph(self._words(" ".join(paragraph.split("\n")), founder))
        if clause.items:
            yield Bullets(tuple(self._words(item, founder) for item in clause.items))
        if clause.facts:
            yield Facts(
                tuple((self._words(name), self._words(value, founder)) for name, value in clause.facts)
            )
        if clause.table:
            table, gaps = table_of(clause, self.values)
            for gap in gaps:
                self._lacks(gap)
            self.told += table.rows
            yield table
        for words in clause.sign[1:]:
            yield Signature(self._words(clause.sign[0], founder), self._words(words, founder))

    def _title(self, clause: Clause) -> str:
        title = self._words(clause.title)
        if not self.text.numbered or not clause.article:
            return title
        self.number += 1
        return f"{self.text.numbered} {self.number} – {title}"

    def _reference(self, clause: Clause) -> str:
        """« loi 112-12, art. 5 »."""
        return name_article("112-12", clause.article) if clause.article else ""

    def _words(self, text: str, founder: FoundingMember | None = None) -> str:
        """The text with its names replaced; dots where nothing is known."""

        def said(name: str) -> str:
            value = self.values.of(name, founder)
            if value.gap is not None:
                self._lacks(value.gap)
            self.told.append((name, value.words))
            return value.words or DOTS

        words = PLACEHOLDER.sub(lambda found: said(found.group(1)), text)
        return with_french_spaces(words) if self.values.language == "fr" else words

    def _lacks(self, gap: Gap) -> None:
        key = f"{gap.family} {gap.field} {gap.founder} {gap.label} {gap.lacks}"
        self.gaps.setdefault(key, gap)
        self.lacking.add(self.clause)


def paper_kind(code: str) -> PaperKind | None:
    """The paper of this code."""
    return next((one for one in paper_kinds() if one.code == code), None)


def has_started(file: CreationFile) -> bool:
    """Whether the cooperative is registered: the papers of its life come first then."""
    return value_of(file.answers, "registered_on") is not None
