"""The plan on one page: the honest banner, what it comes to, what threatens it, the accounts, the files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.foundation.permissions import can
from bpc.portal.plans.models import Plan
from bpc.portal.plans.prints.summary import rests_on_estimates
from bpc.portal.plans.problem_words import written_problem
from bpc.portal.plans.queries import scenarios_of
from bpc.portal.plans.reckoning import Reckoning, reckon_stored
from bpc.portal.web.plans.accounts import cash_months, yearly_accounts
from bpc.portal.web.plans.effects import carried_effect
from bpc.portal.web.plans.expert_telling import field_url
from bpc.portal.web.plans.figures import key_figures
from bpc.portal.web.plans.guided import QUESTIONS, plan_or_404
from bpc.portal.web.plans.plan_tabs import open_remarks, plan_tabs
from bpc.portal.web.plans.question_places import question_of
from bpc.portal.web.plans.threats import study
from bpc.portal.web.project_models.plan_charts import cash_chart, income_chart
from bpc.portal.web.training.hints import LessonHints


@never_cache
@require_safe
def plan(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One scenario as it stands; whoever sees the project reads it."""
    row = plan_or_404(request, reference, pk)
    reckoning = reckon_stored(row.document)
    context = {
        "plan": row,
        "project": row.project,
        "edits": can(request.user, "plans.edit", row),
        "scenarios": list(scenarios_of(row.project)),
        "saved_at": timezone.localtime(row.updated_at),
        "last_question": len(QUESTIONS),
        "reckoning": reckoning,
        "plan_tabs": plan_tabs(row, "plan", sum(open_remarks(row).values())),
    }
    if reckoning is not None:
        context |= _results(request, row, reckoning)
    return render(request, "plans/plan.html", context)


def _results(request: HttpRequest, row: Plan, reckoning: Reckoning) -> dict[str, Any]:
    appraisal = reckoning.appraisal
    share = appraisal.figures["estimated_share"].value
    return {
        "estimated": 100 * share if share is not None and rests_on_estimates(appraisal) else None,
        "problems": _problems(row, reckoning),
        "figures": key_figures(appraisal),
        "income": income_chart(appraisal) if reckoning.assumptions.kind != "cost_recovery" else None,
        "cash": cash_chart(appraisal),
        "threats": study(row.document, get_language() or "fr"),
        "accounts": yearly_accounts(appraisal.run),
        "unfinished": not appraisal.run.frame.timeline.fiscal_years[-1].closes,
        "months": cash_months(appraisal.run),
        "effect": carried_effect(request.session, row, reckoning),
        "silent": reckoning.assumptions.kind == "income_generating" and not reckoning.assumptions.products,
    }


def _problems(row: Plan, reckoning: Reckoning) -> list[dict[str, Any]]:
    """Errors first, each with the question or the assumption to mend; the estimates have a banner of their own."""
    found = sorted(reckoning.problems, key=lambda problem: problem.severity != "error")
    lessons = LessonHints() if found else None
    return [
        {
            "severity": problem.severity,
            "words": written_problem(problem, reckoning.assumptions),
            "question": question_of(problem.path or problem.code, reckoning.whole),
            "field": field_url(row, problem.path) if problem.path else "",
            "lesson": lessons.of(f"plan:{problem.code}") if lessons else None,
        }
        for problem in found
        if problem.code != "W17"
    ]
