"""Writing an entry: its words, its files. What is typed is never lost, whatever is wrong."""

from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.contests import entry_actions
from bpc.portal.contests.entry_actions import NotNow, StaleForm, check_amendable, rules_in_force
from bpc.portal.contests.models import Entry, EntryFile
from bpc.portal.contests.visibility.entries import is_shown
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.pending import pending_files
from bpc.portal.ideas.references import normalise
from bpc.portal.reference.models import Sector
from bpc.portal.web.contests.entry_forms import EntryFilesForm, EntryWordsForm, initial_of
from bpc.portal.web.contests.entry_start import closed_page
from bpc.portal.web.contests.entry_views import own_entry_or_404
from bpc.portal.web.ideas import photo_words
from bpc.portal.web.ideas.form_files import removed_attachments, take_files
from bpc.portal.web.ideas.form_guards import show_again
from bpc.portal.web.ideas.list_views import serve_file
from bpc.portal.web.ideas.telling_form import TellingForm

_UNACCEPTABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry_words(request: HttpRequest, reference: str) -> HttpResponse:
    """The words of an entry, saved complete or not."""
    row = own_entry_or_404(request, reference)
    if (refusal := _refusal(request, row)) is not None:
        return refusal
    if request.method != "POST":
        form = EntryWordsForm(initial=initial_of(row), person=request.user, entry=row)
        form.chosen_commune = row.commune
        return _words_page(request, form, row)
    form = EntryWordsForm(request.POST, person=request.user, entry=row)
    if not form.is_valid():
        return _words_page(request, form, row)
    try:
        entry_actions.amend_entry(
            entry=row, content=form.content(), version=form.cleaned_data["version"] or 0, actor=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except StaleForm as stale:
        return _stale_page(request, form, stale.current)
    except (NotNow, IllegalMove):
        return redirect("web:entry", row.reference)
    messages.success(request, _("C’est enregistré."))
    return redirect("web:entry_files" if request.POST.get("act") == "next" else "web:entry", row.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry_files(request: HttpRequest, reference: str) -> HttpResponse:
    """The photos and the document: the good files are kept, each fault is told beside its field."""
    row = own_entry_or_404(request, reference)
    if (refusal := _refusal(request, row)) is not None:
        return refusal
    if request.method != "POST":
        return _files_page(request, EntryFilesForm(initial={"submission_key": uuid4()}, entry=row), row)
    form = EntryFilesForm(request.POST, request.FILES, entry=row)
    form.is_valid()
    take_files(request, cast(TellingForm, form), row)  # it reads the files, their words and the key alone
    if form.errors:
        return _files_page(request, form, row)
    try:
        entry_actions.amend_files(
            entry=row, submission_key=form.key, actor=request.user, at=timezone.now(),
            removed_files=removed_attachments(request),
            photo_words=photo_words.words_received(form, photo_words.KEPT),
        )  # fmt: skip
    except (NotNow, IllegalMove):
        return redirect("web:entry", row.reference)
    messages.success(request, _("C’est enregistré."))
    return redirect("web:entry_team" if request.POST.get("act") == "next" else "web:entry", row.reference)


@require_safe
def entry_file(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """A photo or the document, to whoever sees the entry."""
    return _serve(request, reference, pk, small=False)


@require_safe
def entry_thumbnail(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """A photo reduced for a page."""
    return _serve(request, reference, pk, small=True)


def _serve(request: HttpRequest, reference: str, pk: int, *, small: bool) -> FileResponse:
    rows = EntryFile.objects.select_related("entry__edition")
    file = get_visible_or_404(request.user, rows, pk=pk, entry__reference=normalise(reference) or reference)
    return serve_file(file, reference, small=small, public=is_shown(file.entry))


def _refusal(request: HttpRequest, row: Entry) -> HttpResponse | None:
    """The page that says why nothing may be changed now; None when it may."""
    try:
        check_amendable(row, request.user, timezone.now())
    except NotNow as late:
        return closed_page(request, row.edition, late.phase)
    except IllegalMove:
        return redirect("web:entry", row.reference)
    return None


def _words_page(
    request: HttpRequest, form: EntryWordsForm, row: Entry, stale: Entry | None = None
) -> HttpResponse:
    context = {
        "entry": row, "edition": row.edition, "form": form, "sectors": Sector.objects.all(), "stale": stale,
        "idea": row.idea, "draft_name": f"bpc:entry:{row.reference}", "has_rules": rules_in_force(row.edition),
    }  # fmt: skip
    status = _UNACCEPTABLE if form.is_bound else 200
    return render(request, "contests/entry_words.html", context, status=status)


def _stale_page(request: HttpRequest, form: EntryWordsForm, current: Entry) -> HttpResponse:
    """Both texts: the one stored meanwhile, and the one typed, which stays in the form."""
    message = _(
        "Cette candidature a été modifiée entre-temps. Comparez les deux textes, puis enregistrez le vôtre."
    )
    form.add_error(None, message)
    show_again(form, "version", str(current.version))  # type: ignore[arg-type]  # it writes the data of any form
    return _words_page(request, form, current, current)


def _files_page(request: HttpRequest, form: EntryFilesForm, row: Entry) -> HttpResponse:
    pending = photo_words.lines(form, pending_files(form.key), photo_words.PENDING)
    kept = photo_words.lines(form, row.attachments.all(), photo_words.KEPT)
    photo_words.put_in_page_order(form)
    context = {
        "entry": row, "written": row, "edition": row.edition, "form": form, "key": form.key, "pending": pending,
        "kept": kept, "new_words": photo_words.new_words(form, pending + kept),
        "thumbnail_view": "web:entry_thumbnail",
    }  # fmt: skip
    return render(
        request, "contests/entry_files.html", context, status=_UNACCEPTABLE if form.is_bound else 200
    )
