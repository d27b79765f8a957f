"""Accepting a proposal: what would be written in the plan, what it would move; then yes; then back, if need be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.states import PlanState
from bpc.portal.financing.studies import Proposal, Study, UnreadableStudy, read_study
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.writing import written_amount
from bpc.portal.journeys.accept_financing import (
    FileApart,
    Outdated,
    accept_financing,
    files_apart,
    take_back_financing,
)
from bpc.portal.journeys.financing_offers import line_id
from bpc.portal.plans.editing import Conflict, NothingToUndo, PlanGone, TooManySaves, UnknownRevision
from bpc.portal.plans.models import Plan
from bpc.portal.plans.paths import Document, differences
from bpc.portal.plans.problem_words import written_problem
from bpc.portal.plans.reckoning import Reckoning, reckon, reckon_stored, what_moved
from bpc.portal.web.applications.words import source_name
from bpc.portal.web.financing.study_cards import LETTERS, cards_of
from bpc.portal.web.financing.study_sources import known_sources
from bpc.portal.web.financing.study_views import known_or_404, study_or_404
from bpc.portal.web.plans.expert_telling import change_row, moved_rows

_REFUSED = 422
_CONFLICT = 409


@dataclass(frozen=True)
class _Asked:
    """What the page is about."""

    row: FinancingPlan
    plan: Plan
    study: Study
    proposal: Proposal
    rank: int


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def financing_accept(request: HttpRequest, reference: str, number: int, rank: int) -> HttpResponse:
    """Asked twice: first what changes, then it is written."""
    row = study_or_404(request, reference, number)
    check(request.user, "financing.decide", row)
    asked = _asked(row, rank)
    if row.state != PlanState.PROPOSED or asked.plan.revision != row.plan_revision:
        return _gone_stale(request, row)
    if request.method != "POST":
        return _page(request, asked)
    try:
        accept_financing(financing=row, chosen=rank, actor=request.user, at=timezone.now())
    except (Outdated, IllegalMove, Conflict, UnknownRevision):
        return _gone_stale(request, row)
    except InvalidPlan:
        return _page(
            request,
            asked,
            failed=_("Le plan refuse cette proposition. Cherchez de nouveau, puis choisissez."),
        )
    except TooManySaves:
        return _page(request, asked, failed=_("Trop d’enregistrements à la fois : attendez un peu."))
    except PlanGone:
        raise Http404("gone") from None
    messages.success(request, _("C’est écrit dans le plan : ses prêts et ses subventions sont à jour."))
    return redirect("web:financing_study", row.project.reference, row.number)


@never_cache
@require_POST
def financing_take_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Undo one's own acceptance, while nothing else changed in the plan."""
    row = study_or_404(request, reference, number)
    check(request.user, "financing.decide", row)
    try:
        take_back_financing(financing=row, actor=request.user, at=timezone.now())
    except (Outdated, NothingToUndo, Conflict, InvalidPlan, IllegalMove):
        messages.error(
            request,
            _("Le plan a changé depuis : revenez à une version d’avant, dans les versions du plan."),
        )
    except (PlanGone, TooManySaves):
        raise Http404("gone") from None
    else:
        messages.success(request, _("Le plan est revenu comme avant. Les dossiers ouverts restent."))
    return redirect("web:financing_study", row.project.reference, row.number)


def _asked(row: FinancingPlan, rank: int) -> _Asked:
    try:
        study = read_study(row.study)
        proposal = study.proposals[rank]
    except (UnreadableStudy, IndexError):
        raise Http404("no such proposal") from None
    return _Asked(row, known_or_404(row), study, proposal, rank)


def _gone_stale(request: HttpRequest, row: FinancingPlan) -> HttpResponse:
    """The plan or the study is no longer what was shown."""
    messages.error(
        request,
        _(
            "Le plan a changé, ou l’étude a été remplacée. Cherchez de nouveau : la proposition suivra "
            "le plan d’aujourd’hui."
        ),
    )
    return redirect("web:financing_study", row.project.reference, row.number)


def _page(request: HttpRequest, asked: _Asked, failed: str = "") -> HttpResponse:
    before = reckon_stored(asked.plan.document)
    document = {**asked.plan.document, **asked.proposal.funding}
    try:
        after = reckon(document)
    except InvalidPlan:
        after = None
    cards = cards_of(asked.study, known_sources())
    context: dict[str, Any] = {
        "project": asked.row.project,
        "row": asked.row,
        "plan": asked.plan,
        "rank": asked.rank,
        "letter": LETTERS[asked.rank],
        "card": cards[asked.rank],
        "failed": failed,
        "written": _written(asked.proposal),
        "changes": _changes(before, after),
        "moved": _moved(before, after),
        "problems": _problems(after),
        "refused": after is None,
        "apart": [_apart(one) for one in files_apart(asked.row.project, asked.proposal)],
    }
    return render(request, "financing/accept.html", context, status=_REFUSED if failed else 200)


def _written(proposal: Proposal) -> list[dict[str, str]]:
    """The lines of financing that the plan will hold."""
    funding = proposal.funding
    in_kind = {line_id(part.source) for part in proposal.parts if part.kind == "in_kind"}
    rows = [
        {"kind": _given(one, in_kind), "name": _label(one), "amount": written_amount(one.get("amount"))}
        for one in funding.get("grants") or ()
    ]
    rows += [
        {"kind": _("Prêt"), "name": _label(one),
         "amount": written_amount(sum(draw.get("amount", 0) for draw in one.get("draws") or ()))}
        for one in funding.get("loans") or ()
    ]  # fmt: skip
    if proposal.own_cash >= 0.5:
        own = written_amount(proposal.own_cash)
        rows.append({"kind": _("Parts sociales"), "name": _("Apport des membres en argent"), "amount": own})
    line = funding.get("overdraft") or {}
    if line.get("limit"):
        rows.append(
            {"kind": _("Crédit de campagne"), "name": _("au plus"), "amount": written_amount(line["limit"])}
        )
    return rows


def _apart(one: FileApart) -> dict[str, Any]:
    """A file that runs with another amount: what stands, and what accepting does to it."""
    file = one.application
    told = {"standing": written_amount(one.standing), "proposed": written_amount(one.proposed)}
    if one.is_decided:
        words = _(
            "L’organisme a accordé %(standing)s ; la proposition compte %(proposed)s. Le dossier ne change "
            "pas : le plan compterait un argent qui n’est pas accordé, ou en oublierait."
        )
    elif one.follows:
        words = _("Votre dossier en préparation demande %(standing)s : il demandera %(proposed)s.")
    else:
        words = _(
            "Le dossier déjà envoyé demande %(standing)s ; la proposition compte %(proposed)s. Le dossier "
            "envoyé ne change pas : voyez avec l’organisme avant d’écrire ce montant dans le plan."
        )
    return {
        "application": file,
        "name": source_name(file),
        "severity": "info" if one.follows else "warning",
        "words": words % told,
    }


def _given(one: Mapping[str, Any], in_kind: set[str]) -> str:
    """How a source gives: the plan writes help in kind as a grant in the month of the purchase (decision 0013)."""
    if one.get("id") in in_kind:
        return _("En nature : achats payés par le financeur, aucun argent ne passe par la caisse")
    return _("Subvention")


def _label(one: Mapping[str, Any]) -> str:
    return str(one.get("name") or one.get("id") or "")


def _changes(before: Reckoning | None, after: Reckoning | None) -> list[dict[str, Any]]:
    """Every assumption that would change, in words."""
    if before is None or after is None:
        return []
    old: Document = before.whole
    new: Document = after.whole
    return [change_row(one.path, one.old, one.new, old, new) for one in differences(old, new)]


def _moved(before: Reckoning | None, after: Reckoning | None) -> list[dict[str, Any]]:
    """The headline figures before and after."""
    if after is None:
        return []
    return moved_rows(what_moved(before, after), after)


def _problems(after: Reckoning | None) -> list[dict[str, str]]:
    """What the plan would still warn of."""
    if after is None:
        return []
    return [
        {"severity": problem.severity, "words": written_problem(problem, after.assumptions)}
        for problem in after.problems
        if problem.code != "W17"
    ]
