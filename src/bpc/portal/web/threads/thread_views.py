"""Threads: those of a project, those of all one's projects, one page of one, a new one."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.ideas.languages import language_of
from bpc.portal.projects.models import Project
from bpc.portal.projects.queries import running_accesses
from bpc.portal.threads.attachments import NoRoom
from bpc.portal.threads.models import Thread
from bpc.portal.threads.queries import marks_of, message_page, new_count, own_threads, threads_of
from bpc.portal.threads.writing import CHANGE_WITHIN, TooManyMessages, mark_read, open_thread, write
from bpc.portal.web.projects.reading import project_or_404
from bpc.portal.web.threads.forms import MessageForm, ThreadForm

_PER_PAGE = 20
_UNACCEPTABLE = 422


def frame(request: HttpRequest, row: Project, **more: Any) -> dict[str, Any]:
    """What every page of a project's messages shows around its content."""
    return {
        "project": row,
        "writes": can(request.user, "threads.write", row),
        "notes": can(request.user, "threads.note", row),
        **more,
    }


def thread_or_404(request: HttpRequest, reference: str, pk: int) -> Thread:
    """A thread of this project, if the person sees it."""
    project = project_or_404(request, reference)
    found = get_visible_or_404(request.user, Thread, pk=pk, project=project)
    found.project = project
    return found


@never_cache
@require_safe
def my_threads(request: HttpRequest) -> HttpResponse:
    """The threads of every project one sees, the one written in last first."""
    page_obj = Paginator(own_threads(request.user), _PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "threads/my_threads.html", {"page_obj": page_obj, "new_messages": new_count(request.user)}
    )


@never_cache
@require_safe
def threads(request: HttpRequest, reference: str) -> HttpResponse:
    """The threads of a project."""
    row = project_or_404(request, reference)
    page_obj = Paginator(threads_of(row, request.user), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "threads/threads.html", frame(request, row, page_obj=page_obj))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thread_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a subject with its first message."""
    row = project_or_404(request, reference)
    check(request.user, "threads.write", row)
    if request.method != "POST":
        form = ThreadForm(initial={"submission_key": uuid4()})
        return render(request, "threads/thread_new.html", frame(request, row, form=form))
    form = ThreadForm(request.POST, request.FILES)
    if form.is_valid():
        made = keep_or_tell(
            form,
            lambda: open_thread(
                project=row, subject=form.cleaned_data["subject"],
                language=language_of(form.cleaned_data["subject"]), said=form.said(), actor=request.user,
                at=timezone.now(),
            ),
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("Votre message est envoyé."))
            return redirect("web:thread", row.reference, made.pk)
    return render(request, "threads/thread_new.html", frame(request, row, form=form), status=_UNACCEPTABLE)


def keep_or_tell(form: Any, keep: Any) -> Any:
    """Keep a message; what stands in its way is told in the form."""
    try:
        return keep()
    except NoRoom:
        form.add_error(
            "attached", _("Les messages du projet ont déjà trop de fichiers. Retirez-en avant d’en ajouter.")
        )
    except TooManyMessages:
        form.add_error(
            None, _("Vous avez écrit beaucoup de messages. Attendez un peu, puis envoyez celui-ci.")
        )
    return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One page of a thread, the newest messages last, and the place to answer; seen, it is read."""
    row = thread_or_404(request, reference, pk)
    if request.method != "POST":
        return _thread_page(request, row, MessageForm(initial={"submission_key": uuid4()}))
    check(request.user, "threads.write", row)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        made = keep_or_tell(
            form, lambda: write(thread=row, said=form.said(), actor=request.user, at=timezone.now())
        )
        if made is not None:
            return redirect(f"{reverse('web:thread', args=[row.project.reference, row.pk])}#m{made.number}")
    return _thread_page(request, row, form)


def _thread_page(request: HttpRequest, row: Thread, form: MessageForm) -> HttpResponse:
    person: Any = request.user
    asked = request.GET.get("page", "")
    page = message_page(row, int(asked) if asked.isdecimal() and len(asked) < 8 else None)
    read_before = row.marks.filter(user=person).values_list("number", flat=True).first() or 0
    if request.method == "GET":
        mark_read(thread=row, number=page.until, actor=person, at=timezone.now())
    unread = (one.number for one in page.messages if one.number > read_before and one.author_id != person.pk)
    context = frame(
        request, row.project, thread=row, page=page, form=form,
        pages=Paginator(range(row.last_number), 50).get_page(page.number),
        first_new=next(unread, 0) if read_before else 0,
        changeable_after=timezone.now() - CHANGE_WITHIN,
        advisors={access.advisor_id for access in running_accesses(row.project)},
        marks=[mark for mark in marks_of(row) if mark.user_id != person.pk],
        drafts=f"bpc:thread:{row.pk}:{person.pk} bpc:thread:new:{row.project_id}:{person.pk}",
    )  # fmt: skip
    return render(request, "threads/thread.html", context, status=_UNACCEPTABLE if form.is_bound else 200)
