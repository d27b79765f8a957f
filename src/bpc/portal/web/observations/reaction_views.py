"""Confirming, answering, closing. Every form works without JavaScript; htmx only spares the reload."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.reactions import TooMany
from bpc.portal.observations import moderation, reactions
from bpc.portal.observations.models import Answer, Observation
from bpc.portal.observations.queries import whole_observations
from bpc.portal.people.queries import organisations_of
from bpc.portal.web.observations.list_views import confirmation_context
from bpc.portal.web.observations.page_words import WORDS
from bpc.portal.web.observations.reaction_forms import AnswerForm, ClosingForm


def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """POST `wish`: confirm, or anything else to take it back. GET, after signing in: back to the page."""
    told = get_visible_or_404(request.user, Observation, reference=reference)
    if request.method == "POST":
        if request.POST.get("wish") == "confirm":
            reactions.confirm(observation=told, actor=request.user, at=timezone.now())
        else:
            reactions.unconfirm(observation=told, actor=request.user)
        told.refresh_from_db(fields=["confirmation_count"])
    if request.method == "POST" and request.headers.get("HX-Request"):
        return render(request, "observations/_confirm.html", confirmation_context(request, told))
    return redirect(page_of(told, "confirmations"))


def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of an answer; a valid POST shows it at once."""
    told = get_visible_or_404(request.user, whole_observations(), reference=reference)
    check(request.user, "observations.react", told)
    if not can(request.user, "observations.moderate", told) and not organisations_of(request.user).exists():
        raise PermissionDenied("answer")
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, person=request.user, observation=told)
    if form.is_valid():
        try:
            made = reactions.answer(
                observation=told, actor=request.user, at=timezone.now(), **form.arguments()
            )
        except TooMany:
            form.add_error(
                None, _("Vous avez écrit beaucoup de réponses. Attendez dix minutes, puis renvoyez.")
            )
        else:
            return redirect(page_of(told, f"reponse-{made.pk}"))
    context = {"observation": told, "words": WORDS[told.kind], "form": form}
    return render(request, "observations/answer.html", context, status=422 if form.is_bound else 200)


def withdraw_answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Asks once, then withdraws one's own answer."""
    rows = Answer.objects.select_related("observation")
    mine = get_visible_or_404(request.user, rows, pk=pk, observation__reference=reference)
    check(request.user, "observations.withdraw_answer", mine)
    if request.method != "POST":
        return render(
            request, "observations/answer_withdraw.html", {"answer": mine, "back": page_of(mine.observation)}
        )
    try:
        reactions.withdraw_answer(answer=mine, actor=request.user, at=timezone.now())
    except IllegalMove:
        messages.info(request, _("Cette réponse n’était déjà plus visible."))
    else:
        messages.success(request, _("Votre réponse est retirée."))
    return redirect(page_of(mine.observation, "reponses"))


def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close with a reason everybody reads: who moderates, or the author."""
    told = get_visible_or_404(request.user, whole_observations(), reference=reference)
    check(request.user, "observations.close", told)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            moderation.close(observation=told, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except IllegalMove:
            messages.info(request, _("Ce n’est plus ouvert : il n’y a rien à clore."))
        else:
            messages.success(request, _("C’est clos. Les personnes qui le suivent sont prévenues."))
        return redirect(page_of(told))
    context = {"observation": told, "words": WORDS[told.kind], "form": form}
    return render(request, "observations/close.html", context, status=422 if form.is_bound else 200)


@require_POST
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Undo a closing, by who moderates."""
    told = get_visible_or_404(request.user, Observation, reference=reference)
    try:
        moderation.reopen(observation=told, actor=request.user, at=timezone.now())
    except IllegalMove:
        messages.info(request, _("Ce n’est pas clos : il n’y a rien à rouvrir."))
    else:
        messages.success(request, _("C’est rouvert."))
    return redirect(page_of(told))


def page_of(told: Observation, anchor: str = "") -> str:
    """The page of a need or an opportunity, at one of its sections."""
    url = reverse(f"web:{WORDS[told.kind].page}", args=[told.reference])
    return f"{url}#{anchor}" if anchor else url
