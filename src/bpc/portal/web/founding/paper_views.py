"""The papers: what each lacks, read on the page, taken as PDF or text document, all in one archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.datasets.founding import PaperKind
from bpc.portal.foundation.typesetting.piece_docx import piece_docx
from bpc.portal.foundation.typesetting.piece_parts import Part, PieceDocument, Table
from bpc.portal.foundation.typesetting.piece_pdf import piece_pdf
from bpc.portal.founding.archive import paper_stem, write_archive
from bpc.portal.founding.deposit import changed_since
from bpc.portal.founding.papers import fill_paper, paper_kind, paper_kinds
from bpc.portal.founding.signing import signed_copies
from bpc.portal.founding.states import LANGUAGES
from bpc.portal.founding.values import Gap
from bpc.portal.web.founding.reading import file_or_404, frame
from bpc.portal.web.founding.words import PHASES, gap_words, paper_law, said

_PRINTERS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FEW = 4  # things missing told on the list; the page of the paper tells all


@dataclass(frozen=True, slots=True)
class Missing:
    """Something to fill, and where."""

    label: str
    url: str


def _missing(gaps: Sequence[Gap], reference: str) -> list[Missing]:
    return [Missing(gap_words(gap), _where(gap, reference)) for gap in gaps]


def _where(gap: Gap, reference: str) -> str:
    if gap.founder is not None:
        return reverse("web:founder", args=[reference, gap.founder])
    if gap.family == "members":
        return reverse("web:founders", args=[reference])
    if gap.family == "sharing":
        return reverse("web:founding_sharing", args=[reference])
    anchor = f"#field-{gap.field}" if gap.field else ""
    return reverse("web:creation_family", args=[reference, gap.family]) + anchor


def _shown_language() -> str:
    return "ar" if get_language() == "ar" else "fr"


@never_cache
@require_safe
def papers(request: HttpRequest, reference: str) -> HttpResponse:
    """The list, in the order papers are needed, in the page's language; each leads to both."""
    file = file_or_404(request, reference)
    founders = list(file.founders.all())
    copies = signed_copies(file)
    rows: dict[str, list[dict[str, Any]]] = {phase: [] for phase in PHASES}
    for kind in paper_kinds():
        missing = _missing(fill_paper(kind, file, founders, _shown_language()).gaps, reference)
        rows[kind.phase].append({
            "code": kind.code, "name": said(kind, ""), "why": said(kind, "why"), "law": paper_law(kind),
            "missing": missing[:_FEW], "more": max(0, len(missing) - _FEW), "signed": copies.get(kind.code),
            "changed": kind.code in copies and changed_since(kind.code, file, founders),
        })  # fmt: skip
    phases = [{"code": code, "title": title, "papers": rows[code]} for code, title in PHASES.items()]
    context = frame(
        request,
        file.project,
        phases=phases,
        language=_shown_language(),
        paper_languages=LANGUAGES,
    )
    return render(request, "founding/papers.html", context)


def _known(code: str, language: str) -> PaperKind:
    kind = paper_kind(code)
    if kind is None or language not in LANGUAGES:
        raise Http404("no such paper")
    return kind


def _shown(part: Part) -> tuple[str, Any]:
    """A part by its name; the cells of a table each with the head of their column, which phones show beside them."""
    if isinstance(part, Table):
        rows = [list(zip(part.head, row, strict=True)) for row in part.rows]
        return "table", {"head": part.head, "rows": rows}
    return type(part).__name__.lower(), part


@never_cache
@require_safe
def paper(request: HttpRequest, reference: str, code: str, language: str) -> HttpResponse:
    """The paper as it will be printed, and all it lacks."""
    file, kind = file_or_404(request, reference), _known(code, language)
    founders = list(file.founders.all())
    filled = fill_paper(kind, file, founders, language)
    context = frame(
        request, file.project, kind=kind, name=said(kind, ""), why=said(kind, "why"), law=paper_law(kind),
        document=filled.document, copy=signed_copies(file).get(code),
        changed=changed_since(code, file, founders), parts=[_shown(part) for part in filled.document.parts],
        missing=_missing(filled.gaps, reference), language=language,
        other=next(one for one in LANGUAGES if one != language),
    )  # fmt: skip
    return render(request, "founding/paper.html", context)


@never_cache
@require_safe
def paper_file(request: HttpRequest, reference: str, code: str, language: str, form: str) -> HttpResponse:
    """The paper as it stands, as PDF or text document."""
    file, kind = file_or_404(request, reference), _known(code, language)
    if form not in _PRINTERS:
        raise Http404("no such form")
    document = fill_paper(kind, file, list(file.founders.all()), language).document
    return _sent(
        _printed(document, form),
        _PRINTERS[form],
        f"{paper_stem(kind)}-{file.project.reference}-{language}.{form}",
    )


def _printed(document: PieceDocument, form: str) -> bytes:
    return piece_pdf(document, timezone.localdate()) if form == "pdf" else piece_docx(document)


@never_cache
@require_safe
def all_papers(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    """Every paper in a language, both forms, in one archive."""
    file = file_or_404(request, reference)
    if language not in LANGUAGES:
        raise Http404("no such language")
    with write_archive(file, list(file.founders.all()), language, timezone.localdate()) as archive:
        content = archive.read()
    return _sent(content, "application/zip", f"dossier-creation-{file.project.reference}-{language}.zip")


def _sent(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Never kept on the way, never guessed at, never run."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
