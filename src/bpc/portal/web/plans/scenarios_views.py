"""The scenarios of a project: listed, copied, renamed, deleted, made the main, compared."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.core.plan.problems import InvalidPlan
from bpc.core.plan.risk.stresses import STRESSES
from bpc.portal.foundation.permissions import can, check
from bpc.portal.ideas.languages import language_of
from bpc.portal.plans import scenarios
from bpc.portal.plans.editing import PlanGone
from bpc.portal.plans.figure_words import figure_name
from bpc.portal.plans.models import MOST_SCENARIOS, Plan
from bpc.portal.plans.queries import main_plan, scenarios_of
from bpc.portal.plans.reckoning import reckon_stored
from bpc.portal.projects.models import Project
from bpc.portal.web.plans.expert_page import plan_or_404
from bpc.portal.web.plans.expert_telling import known_headline, person_name
from bpc.portal.web.plans.scenarios_chart import cash_lines
from bpc.portal.web.plans.scenarios_compared import (
    MOST_COMPARED,
    columns_of,
    difference_rows,
    figure_rows,
    stress_choices,
    stressed_document,
)
from bpc.portal.web.plans.stress_words import TITLES
from bpc.portal.web.projects.reading import project_or_404

_MOST_LETTERS = 80
_REFUSED = 422


@require_safe
@never_cache
def plan_scenarios(request: HttpRequest, reference: str) -> HttpResponse:
    """Every scenario with its main figures, and what can be done with it."""
    project = project_or_404(request, reference)
    return _list_page(request, project, status=200)


def _list_page(request: HttpRequest, project: Project, *, status: int, **more: Any) -> HttpResponse:
    plans = list(scenarios_of(project))
    rows = [
        {"plan": plan, "figures": known_headline(plan), "by": person_name(plan.updated_by)} for plan in plans
    ]
    context = {
        "project": project, "rows": rows, "edits": can(request.user, "projects.fill", project),
        "full": len(rows) >= MOST_SCENARIOS, "most": MOST_SCENARIOS, "stresses": stress_choices(main_plan(project)),
        "main": next((plan for plan in plans if plan.is_main), None), **more,
    }  # fmt: skip
    return render(request, "plans/scenarios.html", context, status=status)


@require_safe
@never_cache
def plan_compare(request: HttpRequest, reference: str) -> HttpResponse:
    """Up to four scenarios or stresses side by side; by default all of them."""
    project = project_or_404(request, reference)
    asked = {int(text) for text in request.GET.getlist("plan")[:20] if text.isdecimal() and len(text) < 10}
    codes = [code for code in request.GET.getlist("epreuve")[:20] if code in STRESSES]
    rows = list(project.plans.order_by("-is_main", "position"))
    chosen = [plan for plan in rows if plan.pk in asked] or rows[: 1 if codes else MOST_COMPARED]
    columns = columns_of(chosen, codes)
    figures = [{**row, "words": figure_name(row["name"])} for row in figure_rows(columns)]
    context = {
        "project": project, "columns": columns, "figures": figures, "all": rows, "asked": {plan.pk for plan in chosen},
        "stresses": [(code, TITLES[code], code in codes) for code in STRESSES], "most": MOST_COMPARED,
        "too_many": len(chosen) + len(codes) > MOST_COMPARED, "chart": _chart(columns),
        "differences": difference_rows(columns),
        "compared": [column for column in columns if column.plan is not None],
    }  # fmt: skip
    return render(request, "plans/scenarios_compared.html", context)


def _chart(columns: list[Any]) -> Any:
    if not columns:
        return ""
    names = ", ".join(f"{column.letter} : {column.name}" for column in columns)
    label = _("Argent en caisse à la fin de chaque mois, par scénario (%(names)s)") % {"names": names}
    return cash_lines(
        [column.cash for column in columns], label=label, year=_("an %(number)s"),
        rtl=get_language_bidi(),
    )  # fmt: skip


def _owned(request: HttpRequest, reference: str, pk: int) -> Plan:
    plan = plan_or_404(request, reference, pk)
    check(request.user, "plans.edit", plan)
    return plan


def _title_in(request: HttpRequest, fallback: str = "") -> scenarios.Title | None:
    """The name that was typed; None when it cannot be one."""
    name = " ".join((request.POST.get("name", "") or fallback).split())
    wrong = not name or len(name) > _MOST_LETTERS or not name.isprintable()
    return None if wrong else scenarios.Title(name, language_of(name))


def _list(plan: Plan) -> HttpResponse:
    return redirect("web:plan_scenarios", plan.project.reference)


@require_POST
@never_cache
def scenario_copy(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The same assumptions under another name."""
    plan = _owned(request, reference, pk)
    title = _title_in(request, _("%(name)s (copie)") % {"name": plan.name[:60]})
    if title is None:
        return _name_refused(request, plan)
    try:
        made = scenarios.duplicate_scenario(plan=plan, title=title, actor=request.user, at=timezone.now())
    except scenarios.TooManyScenarios:
        return _full(request, plan)
    except PlanGone:
        raise Http404("gone") from None
    messages.success(
        request, _("Le scénario est copié : changez-y ce que vous voulez, l’autre ne bouge pas.")
    )
    return redirect("web:plan_expert", reference, made.pk)


def _full(request: HttpRequest, plan: Plan) -> HttpResponse:
    sentence = _("Un projet a %(most)s scénarios au plus : supprimez-en un d’abord.") % {
        "most": MOST_SCENARIOS
    }
    messages.error(request, sentence)
    return _list(plan)


def _name_refused(request: HttpRequest, plan: Plan) -> HttpResponse:
    sentence = _("Donnez un nom de %(most)s lettres au plus.") % {"most": _MOST_LETTERS}
    return _list_page(request, plan.project, status=_REFUSED, name_error=sentence, wrong=plan.pk,
                      typed=request.POST.get("name", "")[:200])  # fmt: skip


@require_POST
@never_cache
def scenario_rename(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Another name."""
    plan = _owned(request, reference, pk)
    title = _title_in(request)
    if title is None:
        return _name_refused(request, plan)
    try:
        scenarios.rename_scenario(plan=plan, title=title, actor=request.user, at=timezone.now())
    except PlanGone:
        raise Http404("gone") from None
    messages.success(request, _("Le scénario a changé de nom."))
    return _list(plan)


@require_POST
@never_cache
def scenario_main(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The scenario the project is judged by."""
    plan = _owned(request, reference, pk)
    try:
        scenarios.make_main(plan=plan, actor=request.user, at=timezone.now())
    except PlanGone:
        raise Http404("gone") from None
    messages.success(request, _("C’est maintenant le scénario principal."))
    return _list(plan)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def scenario_delete(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Asked twice: a scenario goes with its versions and its remarks."""
    plan = _owned(request, reference, pk)
    if request.method != "POST":
        return render(request, "plans/scenario_delete.html", {"plan": plan, "project": plan.project})
    try:
        scenarios.delete_scenario(plan=plan, actor=request.user, at=timezone.now())
    except scenarios.MainScenario:
        messages.error(
            request, _("Le scénario principal ne se supprime pas : choisissez-en d’abord un autre.")
        )
        return _list(plan)
    messages.success(request, _("Le scénario est supprimé."))
    return _list(plan)


@require_POST
@never_cache
def scenario_stress(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A named stress kept as a scenario of its own."""
    plan = _owned(request, reference, pk)
    code = request.POST.get("epreuve", "")
    reckoning = reckon_stored(plan.document)
    document = stressed_document(code, reckoning.assumptions) if reckoning is not None else None
    if document is None:
        raise Http404("no such stress")
    name = str(TITLES[code])
    title = scenarios.Title(name, language_of(name))
    try:
        made = scenarios.create_plan(
            project=plan.project, title=title, document=document, actor=request.user, at=timezone.now(),
            blueprint=scenarios.Blueprint(plan.blueprint_slug, plan.blueprint_version),
        )  # fmt: skip
    except scenarios.TooManyScenarios:
        return _full(request, plan)
    except InvalidPlan:
        messages.error(request, _("Ce scénario ne peut pas être calculé avec ces hypothèses."))
        return _list(plan)
    messages.success(request, _("Le scénario est ajouté."))
    return redirect("web:plan_expert", reference, made.pk)
