"""Notes between staff: those on a project, those shared with a delegate."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.ideas.languages import language_of
from bpc.portal.projects.visibility import can_see_project
from bpc.portal.threads.models import StaffNote
from bpc.portal.threads.notes import answer_note, delete_note, share_note, write_note
from bpc.portal.threads.queries import notes_on, shared_notes
from bpc.portal.web.projects.reading import project_or_404
from bpc.portal.web.threads.forms import NoteForm
from bpc.portal.web.threads.thread_views import frame

_PER_PAGE = 20
_UNACCEPTABLE = 422


def _note_or_404(request: HttpRequest, pk: int) -> StaffNote:
    rows = StaffNote.objects.select_related("project__region", "root", "author")
    return get_visible_or_404(request.user, rows, pk=pk)


def _back(request: HttpRequest, note: StaffNote) -> HttpResponseRedirect:
    """To the notes of the project for its advisor, to the shared ones for a delegate."""
    if can(request.user, "threads.note", note.project):
        return redirect("web:staff_notes", note.project.reference)
    return redirect("web:shared_notes")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_notes(request: HttpRequest, reference: str) -> HttpResponse:
    """What the advisor notes on a project; the group finds nothing here."""
    row = project_or_404(request, reference)
    if not can(request.user, "threads.note", row):  # that there are notes at all is not said here
        raise Http404("no notes for this person")
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"submission_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        write_note(
            project=row, text=text, language=language_of(text),
            submission_key=form.cleaned_data["submission_key"], actor=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("La note est gardée."))
        return redirect("web:staff_notes", row.reference)
    page_obj = Paginator(notes_on(row, request.user), _PER_PAGE).get_page(request.GET.get("page"))
    context = frame(request, row, page_obj=page_obj, form=form)
    return render(request, "threads/notes.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


@never_cache
@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """The notes that advisors share with a delegate: their words and the code of the project, not the project."""
    page_obj = Paginator(shared_notes(request.user), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "threads/shared_notes.html", {"page_obj": page_obj})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a note, for who reads it."""
    note = _note_or_404(request, pk)
    check(request.user, "threads.answer_note", note)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"submission_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        answer_note(
            note=note, text=text, language=language_of(text),
            submission_key=form.cleaned_data["submission_key"], actor=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Votre réponse est gardée."))
        return _back(request, note)
    return _page(request, note, "threads/note_answer.html", form)


@never_cache
@require_POST
def note_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a note with the delegates of the region, or stop."""
    note = _note_or_404(request, pk)
    shared_now = request.POST.get("shared") == "1"
    share_note(note=note, shared=shared_now, actor=request.user, at=timezone.now())
    told = (
        _("La note est partagée avec les délégués de la région.")
        if shared_now
        else _("La note n’est plus partagée.")
    )
    messages.success(request, told)
    return _back(request, note)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then erase one's own note."""
    note = _note_or_404(request, pk)
    if note.author_id != request.user.pk:
        raise Http404("not one's own note")
    if request.method == "POST":
        delete_note(note=note, actor=request.user, at=timezone.now())
        messages.success(request, _("La note est effacée."))
        return _back(request, note)
    return _page(request, note, "threads/note_delete.html", None)


def _page(request: HttpRequest, note: StaffNote, template: str, form: Any) -> HttpResponse:
    context = {"note": note, "form": form, "project": note.project}
    context["sees_project"] = can_see_project(request.user, note.project)
    status = _UNACCEPTABLE if form is not None and form.is_bound else 200
    return render(request, template, context, status=status)
