"""Everything to send in one archive: a numbered summary, the pieces, the papers of the vault."""

import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.utils import translation
from django.utils.translation import gettext as _

from bpc.portal.applications.checklist import Checklist, Line, Section
from bpc.portal.applications.models import Application, PieceDraft
from bpc.portal.applications.pieces import piece_document
from bpc.portal.applications.required import known_of, lack_of
from bpc.portal.applications.states import Piece
from bpc.portal.applications.subject import Subject
from bpc.portal.foundation.typesetting.piece_parts import (
    Facts,
    Heading,
    Paragraph,
    Part,
    PieceDocument,
    Table,
)
from bpc.portal.foundation.typesetting.piece_pdf import piece_pdf
from bpc.portal.foundation.writing import written_amount, written_date
from bpc.portal.vault.papers import kind_name

_IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Entry:
    """One numbered line of the summary: a name, a file or why there is none."""

    title: str
    stem: str
    line: Line


def drafts_of(application: Application, language: str) -> dict[str, PieceDraft]:
    """What the group typed in this language, by piece."""
    return {draft.piece: draft for draft in application.drafts.filter(language=language)}


def write_bundle(subject: Subject, checklist: Checklist, language: str) -> IO[bytes]:
    """A ZIP to be read from its beginning; papers whose file is gone are named as missing in the summary."""
    with translation.override(language):
        entries = [_Entry(_title(line), _stem(line), line) for line in checklist.lines if _is_sent(line)]
    written = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # read by the answer, which closes it
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        present = _fill(archive, subject, entries, language)
        summary = piece_pdf(_summary(subject, checklist, entries, present, language), subject.today)
        archive.writestr("00-sommaire.pdf", summary)
    written.seek(0)
    return written


def _is_sent(line: Line) -> bool:
    return line.section in (Section.PIECES, Section.PAPERS)


def _title(line: Line) -> str:
    if line.piece:
        return str(Piece(line.piece).label)
    return kind_name(line.key.removeprefix("paper:"))


def _stem(line: Line) -> str:
    """A name of plain letters, whatever the language: old computers unpack it too."""
    with translation.override("fr"):
        return plain_stem(_title(line))


def plain_stem(words: str) -> str:
    """Words as a file name of plain letters.

    >>> plain_stem("Déclaration sur l’honneur")
    'declaration-sur-l-honneur'
    """
    plain = unicodedata.normalize("NFKD", words.replace("’", "-")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "piece"


def _fill(
    archive: zipfile.ZipFile, subject: Subject, entries: Sequence[_Entry], language: str
) -> dict[int, str]:
    """Write what there is; the names written by the number of their entry."""
    drafts = drafts_of(subject.application, language)
    present: dict[int, str] = {}
    for number, entry in enumerate(entries, start=1):
        content, ending = _content(entry.line, subject, drafts, language)
        if content is not None:
            present[number] = f"{number:02d}-{entry.stem}.{ending}"
            archive.writestr(present[number], content)
    return present


def _content(
    line: Line, subject: Subject, drafts: dict[str, PieceDraft], language: str
) -> tuple[bytes | None, str]:
    if line.piece:
        if lack_of(Piece(line.piece), known_of(subject.application, subject.budget, language)):
            return None, ""
        document = piece_document(Piece(line.piece), subject, language, drafts.get(line.piece))
        return piece_pdf(document, subject.today), "pdf"
    if line.paper is None:
        return None, ""
    try:
        with line.paper.file.open("rb") as stored:
            ending = "pdf" if line.paper.content_type == "application/pdf" else "jpg"
            return stored.read(), ending
    except FileNotFoundError:
        return None, ""


def _summary(
    subject: Subject, checklist: Checklist, entries: Sequence[_Entry], present: dict[int, str], language: str
) -> PieceDocument:
    """The first page: what is in the archive, what goes on paper, what is still missing."""
    with translation.override(language):
        rows = tuple(
            (f"{number:02d}", entry.title, _where(entry.line, number in present))
            for number, entry in enumerate(entries, start=1)
        )
        parts: list[Part] = [
            Facts(_facts(subject, language)),
            Table(_("Ce que contient ce dossier"), (_("N°"), _("Pièce"), _("État")), rows, totalled=False),
        ]
        if checklist.missing:
            parts += [Heading(_("Ce qui manque encore")),
                      *(Paragraph(f"{_label(line)} : {line.words}") for line in checklist.missing)]  # fmt: skip
        return PieceDocument(
            title=_("Dossier de demande de financement"), language=language, project=subject.project.name,
            parts=tuple(parts), note=_("Préparé sur la Banque de projets coopératifs"),
        )  # fmt: skip


def _label(line: Line) -> str:
    return _title(line) if _is_sent(line) else line.label


def _facts(subject: Subject, language: str) -> tuple[tuple[str, str], ...]:
    pairs = (
        (_("Projet"), subject.project.name),
        (
            _("Demande à"),
            " – ".join(filter(None, (subject.provider(language), subject.source_name(language)))),
        ),
        (_("Montant demandé"), written_amount(subject.amount) if subject.amount is not None else ""),
        (_("Préparé le"), written_date(subject.today)),
    )
    return tuple((name, value) for name, value in pairs if value)


def _where(line: Line, present: bool) -> str:
    if present:
        return _("dans ce dossier")
    if line.withheld:
        return _("gardée pour d’autres personnes du groupe")
    return _("sur papier") if line.ticked and not line.piece else _("manque")
