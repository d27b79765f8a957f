"""The pieces the site writes: read and rewrite their text, take them as PDF or text document."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.applications import actions
from bpc.portal.applications.bundle import plain_stem
from bpc.portal.applications.models import Application, PieceDraft
from bpc.portal.applications.piece_texts import language_of_text, proposed_text
from bpc.portal.applications.pieces import piece_document
from bpc.portal.applications.required import known_of, lack_of
from bpc.portal.applications.states import LANGUAGES, Piece
from bpc.portal.applications.subject import Subject, subject_of
from bpc.portal.foundation.kept_files import sent_file
from bpc.portal.foundation.permissions import can, check
from bpc.portal.foundation.typesetting.piece_docx import piece_docx
from bpc.portal.foundation.typesetting.piece_pdf import piece_pdf
from bpc.portal.journeys.application_pieces import budget_of
from bpc.portal.web.applications.forms import PieceForm
from bpc.portal.web.applications.reading import UNACCEPTABLE, application_or_404, frame
from bpc.portal.web.applications.words import source_name

_PRINTERS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _subject(row: Application) -> Subject:
    return subject_of(row, budget_of(row.project), timezone.localdate())


def _known(piece: str, language: str) -> Piece:
    if piece not in Piece.values or language not in LANGUAGES:
        raise Http404("no such piece")
    return Piece(piece)


def _draft(row: Application, piece: str, language: str) -> PieceDraft | None:
    return row.drafts.filter(piece=piece, language=language).first()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: HttpRequest, reference: str, pk: int, code: str, language: str) -> HttpResponse:
    """The text, to be read and rewritten; the files."""
    row = application_or_404(request, reference, pk)
    kind, subject = _known(code, language), _subject(row)
    with translation.override(language):
        proposed = proposed_text(kind, subject)
    draft = _draft(row, code, language)
    form = PieceForm(
        request.POST if request.method == "POST" else None,
        initial={"text": draft.text if draft else proposed},
    )
    spoken = language_of_text(kind, subject, draft, language)
    form.fields["text"].widget.attrs["lang"] = spoken
    if request.method == "POST":
        check(request.user, "applications.edit", row)
        if _kept(request, row, kind, language, proposed, form):
            return redirect("web:application_piece", reference, row.pk, code, language)
    context = frame(
        request, row.project, application=row, name=source_name(row), piece=kind, language=language,
        other=next(one for one in LANGUAGES if one != language), form=form, draft=draft, proposed=proposed,
        outdated=draft is not None and draft.proposed != proposed, budget=subject.budget,
        writes=can(request.user, "applications.edit", row),
        spoken=spoken, lack=lack_of(kind, known_of(row, subject.budget)),
        read=row.ticks.filter(key=f"piece:{code}").exists(),
    )  # fmt: skip
    return render(request, "applications/piece.html", context, status=UNACCEPTABLE if form.errors else 200)


def _kept(
    request: HttpRequest, row: Application, kind: Piece, language: str, proposed: str, form: PieceForm
) -> bool:
    """Keep what was typed, or go back to the proposal."""
    if request.POST.get("act") == "proposed":
        text = proposed
    elif form.is_valid():
        text = form.cleaned_data["text"]
    else:
        return False
    actions.write_piece(
        application=row, piece=str(kind), language=language, text=text, proposed=proposed,
        actor=request.user, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Le texte est enregistré."))
    return True


@never_cache
@require_safe
def piece_file(
    request: HttpRequest, reference: str, pk: int, code: str, language: str, form: str
) -> HttpResponse:
    """The piece as it stands, as PDF or text document."""
    row = application_or_404(request, reference, pk)
    kind = _known(code, language)
    if form not in _PRINTERS:
        raise Http404("no such form")
    document = piece_document(kind, _subject(row), language, _draft(row, code, language))
    content = piece_pdf(document, timezone.localdate()) if form == "pdf" else piece_docx(document)
    response = HttpResponse(content, content_type=_PRINTERS[form])
    with translation.override("fr"):
        stem = plain_stem(str(kind.label))
    response["Content-Disposition"] = (
        f'attachment; filename="{stem}-{row.project.reference}-{language}.{form}"'
    )
    return sent_file(response)
