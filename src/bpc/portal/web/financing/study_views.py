"""The financing plan of a project: what is needed, the search, what was found, what was found before."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.plan_queries import history_of, whole_studies
from bpc.portal.financing.states import PlanState
from bpc.portal.financing.studies import Options, UnreadableStudy, read_options
from bpc.portal.financing.studying import (
    TooManyStudies,
    with_back,
    with_forced,
    with_struck,
    withdraw_study,
    without_wish,
)
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.references import normalise
from bpc.portal.journeys.study_financing import UnreadablePlan, study_financing
from bpc.portal.plans.models import Plan
from bpc.portal.web.financing.study_page import empty_page, study_page
from bpc.portal.web.financing.study_sources import known_sources
from bpc.portal.web.financing.wish_form import WishForm
from bpc.portal.web.projects.reading import project_or_404

_REFUSED = 422
_TOO_MANY = 429
#: What may be asked of one source; anything else strikes it out.
_ACTS = {"back": with_back, "force": with_forced, "free": without_wish}


def study_or_404(request: HttpRequest, reference: str, number: int) -> FinancingPlan:
    """The study of this number, if the person may see it."""
    code = normalise(reference) or reference
    return get_visible_or_404(request.user, whole_studies(), project__reference=code, number=number)


def plan_asked(request: HttpRequest, plans: list[Plan]) -> Plan | None:
    """The scenario of the address (`plan`), else the main one. 404 for one that is not the project's."""
    asked = request.POST.get("plan") or request.GET.get("plan")
    if asked:
        found = next((plan for plan in plans if str(plan.pk) == asked), None)
        if found is None:
            raise Http404("no such scenario")
        return found
    return next((plan for plan in plans if plan.is_main), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def financing_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """The study in force of the scenario, or the form that makes the first one; sent, it searches."""
    project = project_or_404(request, reference)
    plans = list(project.plans.order_by("position"))
    plan = plan_asked(request, plans)
    if plan is None:
        return render(request, "financing/plan_missing.html", empty_page(request, project))
    plan.project = project
    if request.method == "POST":
        return _search(request, plan, plans)
    standing = project.financing_plans.filter(
        plan_key=plan.pk, state__in=(PlanState.PROPOSED, PlanState.ACCEPTED)
    )
    row = standing.select_related("made_by", "decided_by").order_by("-number").first()
    return render(request, "financing/plan.html", study_page(request, plan, plans, row))


def _search(request: HttpRequest, plan: Plan, plans: list[Plan]) -> HttpResponse:
    check(request.user, "financing.study", plan.project)
    form = WishForm(request.POST, known=known_sources().names)
    if not form.is_valid():
        context = study_page(request, plan, plans, None, form=form)
        return render(request, "financing/plan.html", context, status=_REFUSED)
    return _searched(request, plan, form.options())


def _searched(request: HttpRequest, plan: Plan, options: Options) -> HttpResponse:
    """Search, keep, and show what was found."""
    now = timezone.now()
    try:
        made = study_financing(
            plan=plan, options=options, actor=request.user, at=now, today=timezone.localdate(now)
        )
    except TooManyStudies:
        return render(request, "financing/too_many.html", {"project": plan.project}, status=_TOO_MANY)
    except UnreadablePlan:
        messages.error(
            request, _("Ce plan a été écrit pour une version plus ancienne du calcul et ne se lit plus.")
        )
        return redirect("web:plan", plan.project.reference, plan.pk)
    return redirect(f"{reverse('web:financing_study', args=[plan.project.reference, made.number])}#trouve")


@never_cache
@require_safe
def financing_study(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One study, in force or of another day."""
    row = study_or_404(request, reference, number)
    plans = list(row.project.plans.order_by("position"))
    plan = next((one for one in plans if one.pk == row.plan_key), None)
    if plan is not None:
        plan.project = row.project
    return render(request, "financing/plan.html", study_page(request, plan, plans, row))


@never_cache
@require_safe
def financing_history(request: HttpRequest, reference: str) -> HttpResponse:
    """Every study kept, the newest first."""
    project = project_or_404(request, reference)
    return render(request, "financing/history.html", {"project": project, "rows": list(history_of(project))})


@never_cache
@require_POST
def financing_strike(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Search again without a source, with it again, insisting on it or no longer; the rest as it was asked."""
    row = study_or_404(request, reference, number)
    check(request.user, "financing.decide", row)
    plan = row.project.plans.filter(pk=row.plan_key).first()
    source = request.POST.get("source", "")
    try:
        options = read_options(row.options)
    except UnreadableStudy:
        raise Http404("unreadable") from None
    if plan is None or source not in known_sources().names:
        raise Http404("no such source")
    plan.project = row.project
    act = _ACTS.get(request.POST.get("act", ""), with_struck)
    return _searched(request, plan, act(options, source))


@never_cache
@require_POST
def financing_withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put a study aside."""
    row = study_or_404(request, reference, number)
    try:
        withdraw_study(financing=row, actor=request.user, at=timezone.now())
    except IllegalMove:
        messages.error(request, _("Cette étude a déjà été acceptée, remplacée ou retirée."))
    else:
        messages.success(request, _("L’étude est retirée. Elle reste dans l’historique."))
    return redirect("web:financing_history", row.project.reference)


def known_or_404(row: FinancingPlan) -> Plan:
    """The scenario a study was made of. 404 once it is deleted."""
    plan = row.project.plans.filter(pk=row.plan_key).first()
    if plan is None:
        raise Http404("gone")
    plan.project = row.project
    return plan


Context = dict[str, Any]
