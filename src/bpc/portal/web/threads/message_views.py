"""One message: put right, withdrawn, its files sent to who may read it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.foundation.kept_files import part_of, sent_file
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.ideas.languages import language_of
from bpc.portal.threads.models import Message, MessageFile
from bpc.portal.threads.queries import page_of_number
from bpc.portal.threads.writing import NothingSaid, TooLate, change_message, withdraw_message
from bpc.portal.web.threads.forms import ChangeForm
from bpc.portal.web.threads.thread_views import frame, thread_or_404

_UNACCEPTABLE = 422


def _own_message(request: HttpRequest, reference: str, pk: int, number: int) -> Message:
    """One's own message that stands."""
    thread = thread_or_404(request, reference, pk)
    found = get_visible_or_404(request.user, Message, thread=thread, number=number)
    found.thread = thread
    check(request.user, "threads.change", found)
    return found


def _back_to(message: Message) -> HttpResponseRedirect:
    url = reverse("web:thread", args=[message.thread.project.reference, message.thread_id])
    return redirect(f"{url}?page={page_of_number(message.number)}#m{message.number}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message_change(request: HttpRequest, reference: str, pk: int, number: int) -> HttpResponse:
    """Put one's own words right, for a quarter of an hour."""
    message = _own_message(request, reference, pk, number)
    form = ChangeForm(request.POST if request.method == "POST" else None, initial={"text": message.text})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            change_message(
                message=message, text=text, language=language_of(text), actor=request.user, at=timezone.now()
            )
        except TooLate:
            messages.error(request, _("Ce message ne se corrige plus : un quart d’heure est passé."))
            return _back_to(message)
        except NothingSaid:
            form.add_error("text", _("Écrivez quelques mots, ou retirez le message."))
        else:
            return _back_to(message)
    return _page(request, message, "threads/message_change.html", form=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message_withdraw(request: HttpRequest, reference: str, pk: int, number: int) -> HttpResponse:
    """Ask once, then take the message back."""
    message = _own_message(request, reference, pk, number)
    if request.method == "POST":
        withdraw_message(message=message, actor=request.user, at=timezone.now())
        messages.success(request, _("Votre message est retiré."))
        return _back_to(message)
    return _page(request, message, "threads/message_withdraw.html")


def _page(request: HttpRequest, message: Message, template: str, form: Any = None) -> HttpResponse:
    context = frame(request, message.thread.project, thread=message.thread, message=message, form=form)
    return render(
        request, template, context, status=_UNACCEPTABLE if form is not None and form.is_bound else 200
    )


@never_cache
@require_safe
def message_file(request: HttpRequest, reference: str, pk: int, file: int) -> HttpResponse:
    """A file, downloaded or heard by whoever reads the thread; nothing in it can run here."""
    thread = thread_or_404(request, reference, pk)
    row = get_visible_or_404(request.user, MessageFile, pk=file, message__thread=thread)
    try:
        with row.file.open("rb") as kept:
            data = kept.read()
    except FileNotFoundError:
        raise Http404("the file is gone") from None
    response = part_of(request, data, row.content_type)
    response["Content-Disposition"] = content_disposition_header(True, row.original_name) or "attachment"
    return sent_file(response)
