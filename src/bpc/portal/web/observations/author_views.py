"""What became of what I told: with an account, or with a code and the contact given; taking it back."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.ideas.following import TooManyTries, find_followed
from bpc.portal.ideas.references import normalise
from bpc.portal.observations import telling
from bpc.portal.observations.follow_links import LINKS
from bpc.portal.observations.models import Observation
from bpc.portal.observations.queries import observations_written_by, whole_observations
from bpc.portal.observations.states import OBSERVATION_MOVES, PUBLIC_STATES, ObservationState
from bpc.portal.observations.timeline import author_timeline, last_reasons, next_step
from bpc.portal.web.observations.page_words import WORDS
from bpc.portal.web.observations.reaction_forms import FollowForm
from bpc.portal.web.observations.reaction_views import page_of

PER_PAGE = 20


def my_observations(request: HttpRequest) -> HttpResponse:
    """One's own, their state, the reason given, and what to do next."""
    page = Paginator(observations_written_by(request.user), PER_PAGE).get_page(request.GET.get("page"))
    reasons = last_reasons(list(page))
    rows = [
        {
            "observation": told,
            "words": WORDS[told.kind],
            "url": page_of(told),
            "next_step": next_step(told),
            "reason": reasons.get(told.pk, ""),
            "open": told.state == ObservationState.RETURNED,
        }
        for told in page
    ]
    return render(request, "observations/mine.html", {"page_obj": page, "rows": rows})


def follow(request: HttpRequest) -> HttpResponse:
    """POST code and contact: a signed, short-lived address shows it. One answer to any mistake."""
    if token := request.GET.get("lien"):
        return _followed(request, LINKS.followed(token))
    # the link of a message brings the code; the contact is never in an address
    known = {"reference": normalise(request.GET.get("code", ""))}
    form = FollowForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            told = find_followed(
                address=client_address(request), at=timezone.now(), among=Observation, **form.cleaned_data
            )
        except TooManyTries:
            form.add_error(None, _("Trop d’essais. Attendez une heure, puis recommencez."))
        else:
            if told is not None:
                return redirect(f"{reverse('web:observation_follow')}?lien={LINKS.to_follow(told)}")
            form.add_error(None, _("Rien ne correspond à ce code et à ce contact. Vérifiez les deux."))
    return render(request, "observations/follow.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then archive what was handed in; what is published is closed instead."""
    told, actor = _own(request, reference)
    if told.state not in OBSERVATION_MOVES.named("withdraw").sources:
        raise Http404("no longer to be withdrawn")
    if request.method != "POST":
        return render(request, "observations/withdraw.html", {"observation": told})
    telling.withdraw(observation=told, actor=actor, at=timezone.now())
    if actor is not None:
        return redirect("web:my_observations")
    return redirect(f"{reverse('web:observation_follow')}?{urlencode({'lien': request.GET['lien']})}")


def _followed(request: HttpRequest, told: Observation | None) -> HttpResponse:
    if told is None:
        context: dict[str, Any] = {"form": FollowForm(), "expired": True}
        return render(request, "observations/follow.html", context, status=410)
    edit_url = ""
    if told.state == ObservationState.RETURNED:
        address = reverse("web:observation_edit", args=[told.reference])
        edit_url = f"{address}?lien={LINKS.to_amend(told)}"
    context = {
        "observation": told,
        "words": WORDS[told.kind],
        "edit_url": edit_url,
        "public_url": page_of(told) if told.state in PUBLIC_STATES else "",
        "may_withdraw": told.state in OBSERVATION_MOVES.named("withdraw").sources,
        "next_step": next_step(told),
        "timeline": author_timeline(told),
    }
    return render(request, "observations/followed.html", context)


def _own(request: HttpRequest, reference: str) -> tuple[Observation, Any]:
    """What is taken back and who does it: None for the holder of a link. 404 or 403 for anybody else."""
    code = normalise(reference) or reference
    if (token := request.GET.get("lien")) and (linked := LINKS.followed(token)) and linked.reference == code:
        return linked, None
    told = get_visible_or_404(request.user, whole_observations(), reference=code)
    if not can(request.user, "observations.withdraw", told):
        raise PermissionDenied("observations.withdraw")
    return told, request.user
