"""The president's ranking: computed, decided entry by entry or as proposed, published."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.contests.deciding import BadPlace, NotRanked, decide, decide_as_proposed, standing_decisions
from bpc.portal.contests.feedback import open_to_words
from bpc.portal.contests.models import Edition, Entry, Ranking
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.publishing import BrokenVerdict, OutdatedRanking, Undecided
from bpc.portal.contests.ranking import (
    NoMarks,
    WrongPhase,
    changes_since_last,
    compute_ranking,
    is_outdated,
    latest_ranking,
    lines_of,
    proposals,
)
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.references import normalise
from bpc.portal.journeys.announce_winners import announce_winners, send_what_is_ready
from bpc.portal.web.contests.edition_views import edition_trail
from bpc.portal.web.contests.result_forms import DecisionForm, ReasonForm
from bpc.portal.web.contests.result_rows import PAGE_SIZE, change_rows, desk_rows, desk_trail
from bpc.portal.web.contests.result_waiting import waiting_context, waiting_teams
from bpc.portal.web.ideas.list_views import page_number

_REFUSED = 422
TEAMS = 20  # that wait, on one page


def edition_or_404(request: HttpRequest, slug: str) -> Edition:
    """The edition, for who may see it."""
    return get_visible_or_404(request.user, Edition.objects.select_related("region"), slug=slug)


def _presided(request: HttpRequest, slug: str) -> Edition:
    row = edition_or_404(request, slug)
    check(request.user, "contests.preside", row)
    return row


@require_safe
@never_cache
def ranking_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole ranking with its intervals, what is decided, what waits."""
    return _desk_page(request, _presided(request, slug), ReasonForm())


def _desk_page(request: HttpRequest, row: Edition, form: ReasonForm) -> HttpResponse:
    ranking, at = latest_ranking(row), timezone.now()
    context: dict[str, Any] = {
        "edition": row, "ranking": ranking, "form": form, "trail": edition_trail(row, _("Palmarès")),
        "is_open": phase_of(row, at) == Phase.DECIDING, "is_closed": phase_of(row, at) == Phase.RESULTS,
    }  # fmt: skip
    if ranking is not None:
        context |= _ranked(request, row, ranking)
    return render(request, "contests/result_desk.html", context, status=_REFUSED if form.is_bound else 200)


def _ranked(request: HttpRequest, row: Edition, ranking: Ranking) -> dict[str, Any]:
    lines, wanted, decided = lines_of(ranking), proposals(ranking), standing_decisions(ranking)
    page = Paginator(lines, PAGE_SIZE).get_page(page_number(request))
    border = [line for line in lines if wanted[line.entry].why == "border"]
    unread = [line for line in lines if wanted[line.entry].why == "unread"]
    return {
        "page": page,
        "rows": desk_rows(ranking, list(page), wanted, decided),
        "border": desk_rows(ranking, border[:PAGE_SIZE], wanted, decided),
        "border_count": len(border),
        "unread": desk_rows(ranking, unread[:PAGE_SIZE], wanted, decided),
        "unread_count": len(unread),
        "changes": change_rows(changes_since_last(ranking)),
        "is_outdated": row.closed_at is None and is_outdated(ranking),
        "total": len(lines),
        "decided_count": len(decided),
        "departures": sum(one.departs for one in decided.values()),
        "waiting": sum(key not in decided for key in wanted),
        "clear": sum(one.outcome is not None and key not in decided for key, one in wanted.items()),
    }


@require_POST
@never_cache
def ranking_compute(request: HttpRequest, slug: str) -> HttpResponse:
    """Compute the ranking from the marks that are in."""
    row = _presided(request, slug)
    try:
        compute_ranking(edition=row, actor=request.user, at=timezone.now())
    except WrongPhase:
        messages.error(request, _("Le classement se calcule une fois la discussion du jury terminée."))
    except NoMarks:
        messages.error(request, _("Aucune lecture n’est terminée : il n’y a rien à classer."))
    else:
        messages.success(request, _("Le classement est calculé."))
    return redirect("web:ranking_desk", row.slug)


@require_POST
@never_cache
def ranking_take(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the proposal wherever it is clear, in one act with its reason."""
    row, form = _presided(request, slug), ReasonForm(request.POST)
    if not form.is_valid():
        return _desk_page(request, row, form)
    reason = form.cleaned_data["reason"]
    try:
        left = decide_as_proposed(
            edition=row, reason=reason, language=language_of(reason), actor=request.user, at=timezone.now()
        )
    except (WrongPhase, NotRanked):
        messages.error(request, _("Il n’y a plus rien à décider ici."))
        return redirect("web:ranking_desk", row.slug)
    messages.success(request, _("La proposition est suivie partout où elle est claire."))
    if left:
        words = ngettext(
            "%(count)s candidature attend votre propre décision.",
            "%(count)s candidatures attendent votre propre décision.",
            len(left),
        )
        messages.warning(request, words % {"count": len(left)})
    return redirect("web:ranking_desk", row.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entry_decide(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Decide of one entry: what the ranking proposes, what the president chooses, and why."""
    row = _presided(request, slug)
    rows = Entry.objects.select_related("edition", "commune", "sector")
    entry = get_visible_or_404(request.user, rows, edition=row, reference=normalise(reference) or reference)
    ranking = latest_ranking(row)
    if ranking is None or phase_of(row, timezone.now()) != Phase.DECIDING:
        messages.error(request, _("Il n’y a rien à décider pour le moment."))
        return redirect("web:ranking_desk", row.slug)
    form = DecisionForm(request.POST or None, initial=_decision_values(entry, ranking))
    if form.is_valid() and _decided(request, entry, form):
        messages.success(request, _("Votre décision est enregistrée."))
        return redirect("web:ranking_desk", row.slug)
    lines = [line for line in lines_of(ranking) if line.entry == entry.pk]
    context = {
        "edition": row, "entry": entry, "form": form, "trail": desk_trail(row, entry.title),
        "rows": desk_rows(ranking, lines, proposals(ranking), standing_decisions(ranking)),
        "takes_words": open_to_words(row, timezone.now()).filter(pk=entry.pk).exists(),
    }  # fmt: skip
    return render(request, "contests/result_decide.html", context, status=_REFUSED if form.is_bound else 200)


def _decision_values(entry: Entry, ranking: Ranking) -> dict[str, Any]:
    """What was decided before, else what is proposed."""
    before = getattr(entry, "decision", None)
    if before is not None:
        return {"outcome": before.outcome, "place": before.place, "reason": before.reason}
    proposed = proposals(ranking).get(entry.pk)
    return {"outcome": proposed.outcome, "place": proposed.place} if proposed and proposed.outcome else {}


def _decided(request: HttpRequest, entry: Entry, form: DecisionForm) -> bool:
    data = form.cleaned_data
    try:
        decide(
            entry=entry, outcome=data["outcome"], place=data["place"], reason=data["reason"],
            language=language_of(data["reason"]) if data["reason"] else "", actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except ReasonMissing:
        form.add_error("reason", _("Le classement ne propose pas cela : écrivez votre raison."))
    except BadPlace:
        form.add_error("place", _("Dites la place de ce lauréat."))
    except (WrongPhase, NotRanked):
        form.add_error(None, _("Cette candidature n’est pas, ou plus, à décider."))
    else:
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def results_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Say once what will happen, then publish: it cannot be undone."""
    row = _presided(request, slug)
    failed = ""
    if request.method == "POST":
        try:
            announce_winners(edition=row, actor=request.user, at=timezone.now())
        except Undecided as waiting:
            failed = ngettext(
                "%(count)s candidature attend encore votre décision.",
                "%(count)s candidatures attendent encore votre décision.",
                len(waiting.entries),
            ) % {"count": len(waiting.entries)}
        except OutdatedRanking:
            failed = _("Des notes ou des candidatures ont changé : calculez de nouveau le classement.")
        except BrokenVerdict:
            failed = _(
                "Le fichier du verdict ne se recalcule pas : rien n’est publié. Prévenez l’équipe du site."
            )
        except (NotRanked, WrongPhase, NoMarks):
            failed = _("Les résultats ne peuvent pas être publiés maintenant.")
        else:
            messages.success(request, _("Les résultats sont publiés."))
            return redirect("web:results", row.slug)
    context = {"edition": row, "failed": failed, "trail": desk_trail(row, _("Publier"))}
    ranking = latest_ranking(row)
    if ranking is not None:
        context |= _ranked(request, row, ranking)
    context["ranking"] = ranking
    return render(request, "contests/result_publish.html", context, status=_REFUSED if failed else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def feedback_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The teams that were not written to yet, with what is missing; POST sends what is ready."""
    row = edition_or_404(request, slug)
    check(request.user, "contests.tell_results", row)
    if phase_of(row, timezone.now()) != Phase.RESULTS:
        messages.error(request, _("Les retours partent une fois les résultats publiés."))
        return redirect("web:edition", row.slug)
    if request.method == "POST":
        told, _waiting = send_what_is_ready(edition=row, actor=request.user, at=timezone.now())
        words = ngettext("%(count)s retour envoyé.", "%(count)s retours envoyés.", len(told))
        messages.success(request, words % {"count": len(told)})
        return redirect("web:feedback_desk", row.slug)
    context = {
        "edition": row, "trail": edition_trail(row, _("Retours aux équipes")),
        "presides": can(request.user, "contests.preside", row), **waiting_context(row, timezone.now()),
        "page_obj": Paginator(waiting_teams(row), TEAMS).get_page(page_number(request)),
    }  # fmt: skip
    return render(request, "contests/result_feedback_desk.html", context)
