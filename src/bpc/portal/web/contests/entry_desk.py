"""The organisers' desk: the entries handed in, one entry with what the check found, and the decision of a person."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.contests.completeness import has_vote
from bpc.portal.contests.eligibility import eligibility
from bpc.portal.contests.entry_actions import NotNow
from bpc.portal.contests.entry_checks import ChangedMeanwhile, check_eligibility
from bpc.portal.contests.entry_queries import (
    PER_PAGE,
    EntryFilter,
    appeal_of,
    desk_rows,
    last_reason,
    members_of,
    state_counts,
    whole_entries,
)
from bpc.portal.contests.idea_invitations import InvitedBefore, editions_to_invite, invite_idea
from bpc.portal.contests.models import Edition, Entry
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import EntryState, Phase
from bpc.portal.contests.visibility.entries import NEVER_HANDED_IN
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IdeaState
from bpc.portal.web.contests.entry_forms import DecisionForm, InviteIdeaForm
from bpc.portal.web.contests.entry_shown import shown_answers
from bpc.portal.web.contests.entry_words import timeline_of

_UNACCEPTABLE = 422
_SHOWN = tuple(state for state in EntryState if state not in NEVER_HANDED_IN)
_MAY_CHANGE = (Phase.ENTRIES, Phase.CHECKING)


@never_cache
@require_safe
def entry_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The entries by state, by code or by words of the title."""
    edition = _organised(request, slug)
    state = request.GET.get("etat", EntryState.SUBMITTED)
    search = request.GET.get("q", "").strip()[:60]
    chosen = EntryFilter("" if search or state not in _SHOWN else state, search)
    counts = state_counts(edition)
    number = sum(counts.values()) if not chosen.state else counts.get(chosen.state, 0)
    page = _paged(desk_rows(edition, chosen), number if not search else None, request.GET.get("page"))
    context = {
        "edition": edition, "page_obj": page, "search": search, "state": chosen.state,
        "tabs": _tabs(edition, counts, chosen), "has_vote": has_vote(edition),
    }  # fmt: skip
    return render(request, "contests/entry_desk.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry_check(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """One entry, each rule met or not, and the decision."""
    edition = _organised(request, slug)
    code = normalise(reference) or reference
    row = get_visible_or_404(request.user, whole_entries(), reference=code, edition=edition)
    check(request.user, "contests.organise_entry", row)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, initial={"seen_version": row.version}
    )
    if request.method == "POST" and form.is_valid() and (done := _decide(request, row, form)) is not None:
        return done
    phase = phase_of(edition, timezone.now())
    decidable = row.state in {EntryState.SUBMITTED, EntryState.ELIGIBLE, EntryState.INELIGIBLE} and (
        phase in _MAY_CHANGE or (phase == Phase.MARKING and row.state == EntryState.SUBMITTED)
    )
    context = {
        "entry": row, "edition": edition, "form": form, "findings": eligibility(row), "answers": shown_answers(row),
        "members": members_of(row), "files": list(row.attachments.all()), "decidable": decidable,
        "decision": last_reason(row), "appeal": appeal_of(row), "timeline": timeline_of(row),
        "has_vote": has_vote(edition),
    }  # fmt: skip
    return render(request, "contests/entry_check.html", context, status=_UNACCEPTABLE if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idea_invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Invite the author of an idea to an edition one organises."""
    idea = get_visible_or_404(request.user, Idea, reference=normalise(reference) or reference)
    editions = editions_to_invite(request.user, timezone.now())
    form = InviteIdeaForm(request.POST if request.method == "POST" else None, editions=editions)
    if request.method == "POST" and idea.state == IdeaState.PUBLISHED and form.is_valid():
        try:
            invite_idea(
                edition=form.cleaned_data["edition"], idea=idea, message=form.cleaned_data["message"],
                actor=request.user, at=timezone.now(),
            )  # fmt: skip
        except InvitedBefore:
            form.add_error("edition", _("Cette idée y est déjà invitée, ou y participe."))
        except NotNow:
            form.add_error("edition", _("Les candidatures de cet idéathon viennent de se clore."))
        else:
            messages.success(request, _("L’invitation est partie. Vous verrez ici si l’idée est présentée."))
            return redirect("web:idea", idea.reference)
    context = {
        "idea": idea,
        "form": form,
        "editions": editions,
        "is_public": idea.state == IdeaState.PUBLISHED,
    }
    return render(request, "contests/idea_invite.html", context, status=_UNACCEPTABLE if form.errors else 200)


def _organised(request: HttpRequest, slug: str) -> Edition:
    edition = get_visible_or_404(request.user, Edition, slug=slug)
    check(request.user, "contests.organise", edition)
    return edition


def _decide(request: HttpRequest, row: Entry, form: DecisionForm) -> HttpResponse | None:
    """Decide, then back to the list; None when the form must be shown again with what is wrong."""
    data = form.cleaned_data
    accept = data["decision"] == "accept"
    try:
        check_eligibility(
            entry=row, accept=accept, reason=data["reason"], actor=request.user, at=timezone.now(),
            seen_version=data["seen_version"] or 0,
        )  # fmt: skip
    except ReasonMissing:
        fault = (
            _("Écrivez pourquoi : une règle n’est pas remplie.")
            if accept
            else _("Écrivez la raison du refus.")
        )
        form.add_error("reason", fault)
    except ChangedMeanwhile:
        form.add_error(None, _("L’équipe a modifié la candidature depuis. Relisez-la avant de décider."))
    except NotNow:
        form.add_error(None, _("La phase en cours ne permet plus cette décision."))
    except IllegalMove:
        form.add_error(None, _("Cette candidature a déjà cet état, ou son équipe l’a reprise."))
    else:
        messages.success(request, _("La décision est enregistrée et l’équipe est prévenue."))
        return redirect("web:entry_desk", row.edition.slug)
    return None


def _paged(rows: Any, number: int | None, wanted: str | None) -> Any:
    """The page asked for; the number of rows is known from the counts, unless a search narrowed them."""
    paginator = Paginator(rows, PER_PAGE)
    if number is not None:
        paginator.__dict__["count"] = number  # a cached property: the database does not count again
    return paginator.get_page(wanted)


def _tabs(edition: Edition, counts: dict[str, int], chosen: EntryFilter) -> list[dict[str, Any]]:
    address = reverse("web:entry_desk", args=[edition.slug])
    states = [
        {"label": state.label, "url": f"{address}?etat={state.value}", "count": counts.get(state, 0),
         "current": chosen.state == state}
        for state in _SHOWN
    ]  # fmt: skip
    every = {"label": _("Toutes"), "url": f"{address}?etat=", "count": sum(counts.values()),
             "current": not chosen.state and not chosen.search}  # fmt: skip
    return [*states, every]
