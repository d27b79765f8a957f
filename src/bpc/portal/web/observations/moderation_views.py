"""The desk of the moderators of needs and opportunities: delegates for their region, administrators for the nation."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.moderation import read_contact
from bpc.portal.ideas.moderation_queue import waiting_days
from bpc.portal.ideas.states import CommentState
from bpc.portal.observations import moderation
from bpc.portal.observations.models import Answer, Observation
from bpc.portal.observations.moderation_queue import alike, queue
from bpc.portal.observations.queries import categories, whole_observations
from bpc.portal.observations.states import OPEN_STATES, PUBLIC_STATES
from bpc.portal.observations.timeline import moderator_timeline
from bpc.portal.web.ideas.moderation_forms import MoveForm
from bpc.portal.web.observations.moderation_forms import HideAnswerForm, QueueForm
from bpc.portal.web.observations.moderation_steps import STEPS, explain, perform, possible_steps
from bpc.portal.web.observations.page_words import WORDS
from bpc.portal.web.observations.reaction_views import page_of

PER_PAGE = 25


def moderation_queue(request: HttpRequest) -> HttpResponse:
    """Needs and opportunities to read, the longest waiting first."""
    now = timezone.now()
    form = QueueForm(request.GET, person=request.user)
    page = Paginator(queue(request.user, form.chosen(), now), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"observation": told, "days": waiting_days(told, now)} for told in page]
    context = {
        "form": form,
        "page_obj": page,
        "rows": rows,
        "is_filtered": bool(request.GET.keys() - {"page"}),
    }
    return render(request, "observations/moderation.html", context)


def moderation_observation(request: HttpRequest, reference: str) -> HttpResponse:
    """One whole, with everything that helps decide, and the moves."""
    return _desk(request, _moderated(request, reference))


def moderation_move(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """POST one move. A refusal shows the page as it now is, with what was typed."""
    told = _moderated(request, reference)
    if step not in STEPS:
        raise Http404(step)
    if request.method != "POST":
        return redirect("web:moderation_observation", told.reference)
    form = STEPS[step].form(request.POST, idea=told, person=request.user, name=step)
    if not form.is_valid():
        return _desk(request, told, failed={step: form}, status=422)
    refusal = perform(step, form, actor=request.user, at=timezone.now())
    if refusal is not None:
        now = _moderated(request, reference)
        form.add_error(None, explain(refusal, now))
        return _desk(request, now, failed={step: form}, status=409)
    messages.success(request, f"{told.reference} · {STEPS[step].done}")
    return redirect("web:moderation_observations")


def moderation_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """POST shows how to reach the author; the trail remembers who looked."""
    told = _moderated(request, reference)
    if request.method != "POST":
        return redirect("web:moderation_observation", told.reference)
    contact = read_contact(idea=told, actor=request.user, at=timezone.now())
    return _desk(request, told, contact=contact)


def moderation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide an answer with a reason, or show it again."""
    rows = Answer.objects.select_related("observation__author", "by", "organisation")
    answer = get_visible_or_404(request.user, rows, pk=pk)
    check(request.user, "observations.moderate_answer", answer)
    hiding = answer.state == CommentState.SHOWN
    data = request.POST if request.method == "POST" and hiding else None
    form = HideAnswerForm(data, idea=answer.observation, person=request.user, name="answer")
    form.comment = answer
    if request.method == "POST" and (not hiding or form.is_valid()):
        verb: Any = moderation.hide_answer if hiding else moderation.show_answer
        words = form.arguments() if hiding else {}
        try:
            verb(answer=answer, actor=request.user, at=timezone.now(), **words)
        except IllegalMove:
            messages.info(request, _("Cette réponse a changé entre-temps."))
        return redirect(page_of(answer.observation, "reponses"))
    context = {"answer": answer, "form": form if hiding else None, "back": page_of(answer.observation)}
    return render(
        request, "observations/moderation_answer.html", context, status=422 if form.is_bound else 200
    )


def _moderated(request: HttpRequest, reference: str) -> Observation:
    rows = whole_observations().prefetch_related("attachments")
    told = get_visible_or_404(request.user, rows, reference=reference)
    check(request.user, "observations.moderate", told)
    return told


def _desk(
    request: HttpRequest,
    told: Observation,
    *,
    failed: dict[str, MoveForm] | None = None,
    contact: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    failed, person = failed or {}, request.user
    possible = possible_steps(told)
    steps = [
        (name, STEPS[name], failed.get(name) or STEPS[name].form(idea=told, person=person, name=name))
        for name in possible
    ]
    context = {
        "observation": told,
        "words": WORDS[told.kind],
        "days": waiting_days(told, timezone.now()),
        "steps": steps,
        "failed": next(iter(failed.values()), None),
        # typed for a move that is no longer possible: shown, so that nothing is lost
        "orphan": next((form for name, form in failed.items() if name not in possible), None),
        "contact": contact,
        "other_subjects": [one for code in told.other_categories if (one := categories().get(code))],
        "timeline": moderator_timeline(told),
        "alike": alike(person, told),
        "may_answer": told.state in OPEN_STATES,
        "public_url": page_of(told) if told.state in PUBLIC_STATES else "",
    }
    return render(request, "observations/moderation_observation.html", context, status=status)
