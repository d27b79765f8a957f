"""Alerts about funding: the list, begin, pause, stop; and stopping from a message without signing in."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.financing.models import Watch
from bpc.portal.financing.watching import (
    TooManyWatches,
    pause_watch,
    stop_watch,
    watch_answers,
    watch_project,
    watches_to_stop,
)
from bpc.portal.foundation.page_cache import same_moment
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.funding.queries import all_sources
from bpc.portal.journeys.funding_change_words import lines_of
from bpc.portal.journeys.funding_changes import changes_between, state_of, states_of
from bpc.portal.journeys.project_funding import answers_of, answers_of_many
from bpc.portal.people.consents import FUNDING_ALERTS, purposes
from bpc.portal.people.delivery import agreed_to
from bpc.portal.people.models import User
from bpc.portal.projects.visibility import can_see_project
from bpc.portal.web.funding.simulator_answers import Told, read_told
from bpc.portal.web.funding.simulator_views import results_address
from bpc.portal.web.funding.told_answers import told_lines
from bpc.portal.web.projects.reading import project_or_404

_UNACCEPTABLE = 422


@dataclass(frozen=True)
class WatchLine:
    """A watch as listed, and what its next message would say today."""

    watch: Watch
    title: str
    language: str
    url: str
    coming: list[str]


@require_safe
@never_cache
@same_moment()
def funding_alerts(request: HttpRequest) -> HttpResponse:
    """Every watch of the person."""
    person = cast(User, request.user)
    rows = list(Watch.objects.filter(user=person).select_related("project", "user"))
    shown = [one for one in rows if one.project is None or can_see_project(person, one.project)]
    known = answers_of_many(one.project for one in shown if one.project is not None)
    profiles = [known[one.project_id].answers if one.project_id else one.answers for one in shown]
    states = states_of(profiles, timezone.localdate())
    lines = [_line(watch, state) for watch, state in zip(shown, states, strict=True)]
    context = {
        "lines": lines,
        "agreed": agreed_to(person, FUNDING_ALERTS),
        "reachable": bool(person.email or (person.phone and person.phone_verified)),
    }
    return render(request, "financing/alerts.html", context)


@require_safe
@never_cache
def funding_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """What a watch is about: the results of its answers, or of its project."""
    watch = get_visible_or_404(request.user, Watch.objects.select_related("project"), pk=pk)
    if watch.project is not None:
        return redirect("web:project_funding", watch.project.reference)
    return HttpResponseRedirect(results_address(Told(dict(watch.answers))))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def funding_alert_new(request: HttpRequest) -> HttpResponse:
    """Keep answers of the simulator under a name, and be told of what changes."""
    posted = request.method == "POST"
    told = read_told(request.POST if posted else request.GET)
    name = request.POST.get("nom", "").strip()[:120]
    if posted and name and told.answers:
        person: Any = request.user
        try:
            watch_answers(
                name=name,
                answers=told.answers,
                seen=state_of(told.answers, timezone.localdate()),
                actor=person,
                at=timezone.now(),
            )
        except TooManyWatches:
            messages.error(request, _("Vous suivez déjà beaucoup de listes : arrêtez-en une d’abord."))
        else:
            messages.success(request, _("C’est noté : vous serez averti quand quelque chose change."))
        return redirect("web:funding_alerts")
    context = {
        "purpose": purposes()[FUNDING_ALERTS],
        "pairs": told.pairs,
        "told": told_lines(told, lambda _name: ""),
        "name": name,
        "missing": posted and not name,
        "back_url": results_address(told),
    }
    return render(request, "financing/alert_new.html", context, status=_UNACCEPTABLE if posted else 200)


@require_POST
def project_funding_watch(request: HttpRequest, reference: str) -> HttpResponse:
    """Be told of what changes for a project."""
    row = project_or_404(request, reference)
    person: Any = request.user
    state = state_of(answers_of(row).answers, timezone.localdate())
    try:
        watch_project(project=row, seen=state, actor=person, at=timezone.now())
    except TooManyWatches:
        messages.error(request, _("Vous suivez déjà beaucoup de listes : arrêtez-en une d’abord."))
    else:
        messages.success(request, _("C’est noté : vous serez averti quand quelque chose change."))
    return redirect("web:project_funding", row.reference)


@require_POST
def funding_alert_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause, go on, stop."""
    watch = get_visible_or_404(request.user, Watch, pk=pk)
    person, now, act = cast(User, request.user), timezone.now(), request.POST.get("act", "")
    if act == "stop":
        stop_watch(watch=watch, actor=person, at=now)
        messages.success(request, _("Vous ne recevrez plus rien pour cette liste."))
    elif act in {"pause", "resume"}:
        pause_watch(watch=watch, paused=act == "pause", actor=person, at=now)
    return redirect("web:funding_alerts")


@csrf_exempt  # the signed link is the right; mail programs post it in one tap
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def funding_alert_stop(request: HttpRequest, token: str) -> HttpResponse:
    """One tap in a message: asked first, so that a program that opens links stops nothing."""
    watches = watches_to_stop(token)
    if watches is None:
        raise Http404("no such link")
    stopped = request.method == "POST"
    for watch in watches if stopped else ():
        stop_watch(watch=watch, actor=watch.user, at=timezone.now())
    context = {"stopped": stopped or not watches, "number": len(watches)}
    return render(request, "financing/alert_stop.html", context)


def _line(watch: Watch, state: dict[str, Any]) -> WatchLine:
    changes = changes_between(watch.seen, state, all_sources())
    if watch.project is not None:
        url = reverse("web:project_funding", args=[watch.project.reference])
        return WatchLine(watch, watch.project.name, watch.project.language, url, lines_of(changes))
    return WatchLine(watch, watch.name, "", reverse("web:funding_alert", args=[watch.pk]), lines_of(changes))
