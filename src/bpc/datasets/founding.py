"""Read what a creation file asks, and the texts of the papers produced from it: data/founding/.

`fields.yaml` holds the questions, each with its legal bounds and article; `papers.yaml` the list of papers;
`papers/CODE.LANGUAGE.yaml` the clauses of a paper in a language. Both languages say the same clauses with the same
fields: `founding_problems` tells where they do not.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bpc.datasets.paths import DATA
from bpc.datasets.yaml_files import read_yaml

FOLDER = "founding"
LANGUAGES = ("fr", "ar")
KINDS = frozenset({"text", "lines", "day", "hour", "month", "whole", "amount", "choice", "several", "yes_no"})
PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)\}")
Condition = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Option:
    """An answer of a list. `text_fr` is what papers say; a `forbidden` one is offered so that it can be explained."""

    code: str
    fr: str
    ar: str
    text_fr: str = ""
    text_ar: str = ""
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A field of the file: its words, its legal bounds (`least`, `most`, a multiple of `step`), the article.

    `assumed` is what papers say while nobody answered, `default_fr` the legal default in words.
    """

    code: str
    family: str
    kind: str
    fr: str
    ar: str
    help_fr: str = ""
    help_ar: str = ""
    default_fr: str = ""
    default_ar: str = ""
    law: str = "law"
    article: str = ""
    longest: int = 120
    least: int | None = None
    most: int | None = None
    step: int | None = None
    unit: str = ""
    assumed: str | int | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Questions of one page."""

    code: str
    fr: str
    ar: str
    why_fr: str
    why_ar: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that is asked, in order."""

    families: tuple[Family, ...]
    questions: tuple[Question, ...]

    def of(self, family: str) -> tuple[Question, ...]:
        """The questions of a page."""
        return tuple(one for one in self.questions if one.family == family)

    def question(self, code: str) -> Question:
        """Raises KeyError for a code nobody asks."""
        found = next((one for one in self.questions if one.code == code), None)
        if found is None:
            raise KeyError(code)
        return found


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a paper: any of a title with its article, text, list, facts, a table of rows, a place to sign.

    `when`: the answers for which it is said; `page`: it begins a page.
    """

    id: str
    title: str = ""
    article: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    table: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    total: str = ""
    sign: tuple[str, ...] = ()
    when: Condition = field(default_factory=dict)
    page: bool = False

    def fields(self) -> frozenset[str]:
        """The names between braces."""
        said = (
            self.title,
            self.text,
            *self.items,
            *(word for pair in self.facts for word in pair),
            *self.sign,
        )
        return frozenset(name for words in said for name in PLACEHOLDER.findall(words))


@dataclass(frozen=True, slots=True)
class PaperText:
    """A paper in a language. `numbered`: the word before the number of each titled clause, when they are numbered."""

    code: str
    language: str
    title: str
    clauses: tuple[Clause, ...]
    numbered: str = ""
    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()

    def heading_fields(self) -> frozenset[str]:
        """The names between braces outside clauses."""
        said = (self.title, *self.sender, *self.recipient)
        return frozenset(name for words in said for name in PLACEHOLDER.findall(words))


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper of the list: `phase` groups it, `each` repeats it for every founder, `wide` lays it on its side.

    `vault` is the kind under which its signed copy is kept.
    """

    code: str
    fr: str
    ar: str
    why_fr: str
    why_ar: str
    phase: str
    vault: str
    article: str = ""
    law: str = "law"
    each: bool = False
    wide: bool = False


def read_catalogue(data: Path = DATA) -> Catalogue:
    """The questions. Raises TypeError or KeyError when the file is not as it should be."""
    document = read_yaml(data / FOLDER / "fields.yaml")
    return Catalogue(
        tuple(Family(**row) for row in document["families"]),
        tuple(_question(row) for row in document["fields"]),
    )


def _question(row: Mapping[str, Any]) -> Question:
    options = tuple(Option(**one) for one in row.get("options", ()))
    return Question(**{**row, "options": options})


def read_papers(data: Path = DATA) -> tuple[PaperKind, ...]:
    """The papers, in the order they are needed."""
    return tuple(PaperKind(**row) for row in read_yaml(data / FOLDER / "papers.yaml")["papers"])


def read_paper_text(code: str, language: str, data: Path = DATA) -> PaperText:
    """One paper in one language."""
    document = read_yaml(data / FOLDER / "papers" / f"{code}.{language}.yaml")
    return PaperText(
        code=code, language=language, title=document["title"], numbered=document.get("numbered", ""),
        sender=tuple(document.get("sender", ())), recipient=tuple(document.get("recipient", ())),
        clauses=tuple(_clause(row) for row in document["clauses"]),
    )  # fmt: skip


def _clause(row: Mapping[str, Any]) -> Clause:
    when = {
        name: tuple(map(str, value)) if isinstance(value, list) else (str(value),)
        for name, value in row.get("when", {}).items()
    }
    return Clause(
        **{
            **row, "text": row.get("text", "").strip(), "items": tuple(row.get("items", ())),
            "facts": tuple(map(tuple, row.get("facts", ()))), "columns": tuple(row.get("columns", {}).items()),
            "sign": tuple(row.get("sign", ())), "when": when,
        }
    )  # fmt: skip


def founding_problems(data: Path = DATA) -> Iterator[str]:
    """Every fault: words missing in a language, an unknown kind, two languages that do not say the same."""
    catalogue = read_catalogue(data)
    families = {one.code for one in catalogue.families}
    codes = [one.code for one in catalogue.questions]
    yield from (f"fields.yaml {code}: written twice" for code in codes if codes.count(code) > 1)
    for one in catalogue.questions:
        if one.family not in families or one.kind not in KINDS:
            yield f"fields.yaml {one.code}: family {one.family!r} or kind {one.kind!r} is unknown"
        for name in ("fr", "help", "default"):
            french, arabic = _pair(one, name)
            if bool(french) != bool(arabic):
                yield f"fields.yaml {one.code}: {name} is said in one language only"
        if one.assumed is not None and not one.default_fr:
            yield f"fields.yaml {one.code}: assumed without saying so"
    for kind in read_papers(data):
        yield from _paper_problems(kind.code, data)


def _pair(one: Question, name: str) -> tuple[str, str]:
    if name == "fr":
        return one.fr, one.ar
    return getattr(one, f"{name}_fr"), getattr(one, f"{name}_ar")


def _paper_problems(code: str, data: Path) -> Iterator[str]:
    french, arabic = (read_paper_text(code, language, data) for language in LANGUAGES)
    if french.heading_fields() != arabic.heading_fields():
        yield f"papers/{code}: the titles or addresses name other fields in Arabic"
    if [one.id for one in french.clauses] != [one.id for one in arabic.clauses]:
        yield f"papers/{code}: other clauses in Arabic"
        return
    for one, other in zip(french.clauses, arabic.clauses, strict=True):
        if one.fields() != other.fields():
            names = sorted(one.fields() ^ other.fields())
            yield f"papers/{code} {one.id}: in one language only: {', '.join(names)}"
        if _shape(one) != _shape(other):
            yield f"papers/{code} {one.id}: another shape in Arabic"


def _shape(one: Clause) -> tuple[Any, ...]:
    """What must be alike in both languages."""
    return (one.article, one.table, one.page, dict(one.when), len(one.items), len(one.facts), len(one.sign),
            bool(one.title), bool(one.text), bool(one.total), [code for code, _ in one.columns])  # fmt: skip
