"""The ten questions: one short screen each, saved at each, in a page or box by box."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.ideas.references import normalise
from bpc.portal.plans.beginning import model_document
from bpc.portal.plans.editing import (
    Conflict,
    PlanGone,
    Saved,
    TooManySaves,
    UnknownRevision,
    edit_assumptions,
)
from bpc.portal.plans.models import Plan
from bpc.portal.plans.paths import overlap
from bpc.portal.plans.queries import whole_plans
from bpc.portal.plans.reckoning import Reckoning, reckon_stored
from bpc.portal.web.plans import questions_costs as costs
from bpc.portal.web.plans import questions_money as money
from bpc.portal.web.plans import questions_sales as sales
from bpc.portal.web.plans.answers import Answers, Remark, place_refusals, read_answers
from bpc.portal.web.plans.clashes import told_clashes
from bpc.portal.web.plans.effects import carried_effect, effect_context, keep_effect
from bpc.portal.web.plans.question_parts import Question, Sheet
from bpc.portal.web.projects.conflicts import pack, unpack

QUESTIONS: tuple[Callable[[Sheet], Question], ...] = (
    sales.what_is_sold,
    sales.at_what_price,
    sales.who_buys,
    sales.when_is_the_season,
    costs.what_members_bring,
    costs.what_else_is_bought,
    costs.who_works,
    costs.what_to_start,
    money.how_many_members,
    money.where_money_comes_from,
)
_UNACCEPTABLE = 422


def plan_or_404(request: HttpRequest, reference: str, pk: int) -> Plan:
    """The plan of this project, if the person may see it."""
    code = normalise(reference) or reference
    return get_visible_or_404(request.user, whole_plans(), pk=pk, project__reference=code)


@dataclass
class Asked:
    """A question about a plan as it stands, while a request is answered."""

    plan: Plan
    number: int
    reckoning: Reckoning
    question: Question


@dataclass(frozen=True)
class Told:
    """Why nothing was saved. `restart`: the revision it was typed over is unknown, build on the present one."""

    general: list[Remark]
    clashes: list[dict[str, Any]]
    restart: bool = False


def _ask(plan: Plan, number: int, reckoning: Reckoning) -> Asked:
    language = get_language() or "fr"
    model = model_document(plan, plan.language)
    sheet = Sheet(reckoning.whole, model, reckoning.appraisal.run, language)
    return Asked(plan, number, reckoning, QUESTIONS[number - 1](sheet))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_question(request: HttpRequest, reference: str, pk: int, number: int) -> HttpResponse:
    """One question; a POST saves what was touched and goes on to the next."""
    if not 1 <= number <= len(QUESTIONS):
        raise Http404("no such question")
    plan = plan_or_404(request, reference, pk)
    check(request.user, "plans.edit", plan)
    reckoning = reckon_stored(plan.document)
    if reckoning is None:
        return redirect("web:plan", plan.project.reference, plan.pk)
    asked = _ask(plan, number, reckoning)
    if request.method != "POST":
        return _page(request, asked, effect=carried_effect(request.session, plan, reckoning))
    if request.headers.get("HX-Request"):
        return _autosave(request, asked)
    return _save_all(request, asked)


def _save_all(request: HttpRequest, asked: Asked) -> HttpResponse:
    """All or nothing, then the next question."""
    was = unpack(request.POST.get("was", ""))
    answers = read_answers(asked.question, request.POST, was)
    if answers.faulty or answers.general:
        return _page(request, asked, told=Told(answers.general, []), status=_UNACCEPTABLE)
    if answers.changes:
        try:
            saved = _save(request, asked.plan, answers)
        except (InvalidPlan, Conflict, UnknownRevision, TooManySaves) as refused:
            return _refused(request, asked, refused)
        keep_effect(request.session, asked.number, asked.reckoning, saved)
    return redirect(*_next(asked, stay=request.POST.get("act") == "stay"))


def _next(asked: Asked, *, stay: bool) -> tuple[str, Any, Any, int] | tuple[str, Any, Any]:
    plan = asked.plan
    if not stay and asked.number == len(QUESTIONS):
        return "web:plan", plan.project.reference, plan.pk
    return "web:plan_question", plan.project.reference, plan.pk, asked.number + (not stay)


def _save(request: HttpRequest, plan: Plan, answers: Answers) -> Saved:
    base = request.POST.get("revision", "")
    number = int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else 0
    try:
        return edit_assumptions(
            plan=plan, actor=request.user, base_revision=number, changes=answers.changes, at=timezone.now()
        )
    except PlanGone:
        raise Http404("the plan is gone") from None


def _refused(request: HttpRequest, asked: Asked, refused: Exception) -> HttpResponse:
    """Nothing was saved: what was typed stays, and why is said where it can be mended."""
    general, clashes = _reasons(asked, refused)
    told = Told(general, clashes, restart=isinstance(refused, UnknownRevision))
    return _page(request, asked, told=told, status=_UNACCEPTABLE)


def _reasons(asked: Asked, refused: Exception) -> tuple[list[Remark], list[dict[str, Any]]]:
    match refused:
        case InvalidPlan():
            return place_refusals(asked.question, refused.problems, asked.reckoning.whole), []
        case Conflict():
            return [], told_clashes(refused.clashes, asked.reckoning.whole)
        case TooManySaves():
            words = _(
                "Vous avez enregistré très souvent : attendez dix minutes, puis enregistrez de nouveau."
            )
            return [Remark(words)], []
    words = _("Cette page est trop ancienne : vérifiez vos réponses, puis enregistrez de nouveau.")
    return [Remark(words)], []


def _autosave(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What changed in one box, saved at once; answers with what moved and the faults, never with the form."""
    was = unpack(request.POST.get("was", ""))
    answers = read_answers(asked.question, request.POST, was, whole=False)
    saved, general = None, answers.general
    clashes: list[dict[str, Any]] = []
    if answers.changes and not answers.untold:
        try:
            saved = _save(request, asked.plan, answers)
        except (InvalidPlan, Conflict, UnknownRevision, TooManySaves) as refused:
            general, clashes = _reasons(asked, refused)
    if clashes:
        answer = _page(request, asked, told=Told(general, clashes), template="plans/_question.html")
        answer["HX-Retarget"], answer["HX-Reswap"] = "#question", "outerHTML"
        return answer
    return _saved_part(request, asked, saved, general, was)


def _saved_part(
    request: HttpRequest, asked: Asked, saved: Saved | None, general: list[Remark], was: Mapping[str, str]
) -> HttpResponse:
    packed = keep_effect(request.session, asked.number, asked.reckoning, saved) if saved else None
    now = asked if saved is None else _ask(saved.plan, asked.number, saved.reckoning)
    others = [edit.path for edit in saved.by_others] if saved else []
    theirs = [box for box in now.question.boxes if _touched_by(box.paths, others)]
    refreshed = {box.name for box in theirs}
    held = dict(was)
    for box in asked.question.boxes:
        if box.name in refreshed:
            held[box.name] = next(new.shown for new in theirs if new.name == box.name)
        elif saved is not None and box.typed is not None and not box.fault:
            held[box.name] = box.typed
    context = {
        "plan": now.plan,
        "revision": now.plan.revision if saved else request.POST.get("revision", ""),
        "was": pack(held),
        "boxes": asked.question.boxes,
        "theirs": theirs,
        "others": sorted({str(edit.made_by or "") for edit in saved.by_others} - {""}) if saved else [],
        "general": general,
        "faulty": any(box.fault for box in asked.question.boxes),
        "saved_at": timezone.localtime(timezone.now()) if saved else None,
        **effect_context(now.reckoning, packed),
    }
    return render(request, "plans/_saved.html", context)


def _touched_by(paths: tuple[str, ...], others: list[str]) -> bool:
    return any(overlap(path, other) for path in paths for other in others)


def _page(
    request: HttpRequest,
    asked: Asked,
    *,
    told: Told | None = None,
    effect: dict[str, Any] | None = None,
    status: int = 200,
    template: str = "plans/question.html",
) -> HttpResponse:
    """The question; after a refusal (`told`), with what was typed, to be built on the revision it was typed over."""
    plan, number = asked.plan, asked.number
    for card in asked.question.cards if told else ():
        card.leaving = bool(request.POST.get(card.out_name))
    stale = told is not None and not told.clashes and not told.restart
    context = {
        "plan": plan,
        "project": plan.project,
        "question": asked.question,
        "number": number,
        "total": len(QUESTIONS),
        "before": number - 1,
        "after": number + 1 if number < len(QUESTIONS) else 0,
        "revision": request.POST.get("revision", "") if stale else plan.revision,
        "was": pack(_held(asked, unpack(request.POST.get("was", "")) if stale else {})),
        "general": told.general if told else [],
        "clashes": told.clashes if told else [],
        "faults": [box for box in asked.question.every_box if box.fault],
        "saved_at": timezone.localtime(plan.updated_at),
        **(effect or effect_context(asked.reckoning, None)),
    }
    return render(request, template, context, status=status)


def _held(asked: Asked, was: Mapping[str, str]) -> dict[str, str]:
    """What the boxes hold, for the next save to see what was touched: under a typed answer, what it was typed over."""
    return {
        box.name: was.get(box.name, box.shown) if box.typed is not None else box.shown
        for box in asked.question.boxes
    }
