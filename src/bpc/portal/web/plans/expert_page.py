"""What the pages of the expert side show: the plan, its figures and alerts, a group of assumptions with its notes."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from bpc.core.plan.problems import Problem
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.ideas.references import normalise
from bpc.portal.plans.editing import Conflict, PlanGone, TooManySaves
from bpc.portal.plans.field_names import FIELDS
from bpc.portal.plans.models import Plan
from bpc.portal.plans.paths import Document
from bpc.portal.plans.queries import whole_plans
from bpc.portal.plans.reckoning import Reckoning, reckon_stored
from bpc.portal.plans.states import Change
from bpc.portal.web.plans.expert_additions import addition_of
from bpc.portal.web.plans.expert_groups import GROUPS, Family, Group
from bpc.portal.web.plans.expert_records import Cell, boxes_of, family_records, records_of
from bpc.portal.web.plans.expert_saving import Outcome
from bpc.portal.web.plans.expert_telling import (
    clash_rows,
    main_figures,
    problem_rows,
    refusal_rows,
    sentence_of,
)
from bpc.portal.web.plans.plan_tabs import open_remarks, plan_tabs

Context = dict[str, Any]
#: Items of a table whose every field is on the page; of longer tables, only the one asked for.
MOST_UNFOLDED = 6


def plan_or_404(request: HttpRequest, reference: str, pk: int) -> Plan:
    """The plan, if the person may see it, under the project it belongs to."""
    code = normalise(reference) or reference
    return get_visible_or_404(request.user, whole_plans(), pk=pk, project__reference=code)


def group_or_404(slug: str) -> Group:
    """The page of this name."""
    if slug not in GROUPS:
        raise Http404(slug)
    return GROUPS[slug]


def whole_of(plan: Plan, reckoning: Reckoning | None) -> Document:
    """Every assumption, defaults included; as written when today's engine no longer reads it."""
    return dict(plan.document) if reckoning is None else reckoning.whole


def plan_context(request: HttpRequest, plan: Plan, here: str) -> Context:
    """What every page of a plan needs. `here` is the tab."""
    remarks = open_remarks(plan)
    return {
        "plan": plan,
        "project": plan.project,
        "edits": can(request.user, "plans.edit", plan),
        "may_comment": can(request.user, "plans.comment", plan),
        "remarks": remarks,
        "plan_tabs": plan_tabs(plan, here, sum(remarks.values())),
    }


def state_context(request: HttpRequest, plan: Plan, reckoning: Reckoning | None) -> Context:
    """The figures, the alerts, and whether the person has something to take back."""
    person: Any = request.user
    own = plan.edits.filter(made_by=person, undone_in=None).exclude(kind=Change.UNDO)
    return {
        "figures": main_figures(reckoning) if reckoning else [],
        "problems": problem_rows(plan, reckoning) if reckoning else [],
        "unreadable": reckoning is None,
        "can_undo": can(person, "plans.edit", plan) and own.exists(),
    }


def group_context(
    request: HttpRequest, plan: Plan, group: Group, said: Context, outcome: Outcome | None, record: str
) -> Context:
    """A group of assumptions, with what was typed and what is wrong with it."""
    reckoning = reckon_stored(plan.document)
    whole = whole_of(plan, reckoning)
    context = plan_context(request, plan, "expert")
    parts = records_of(group, whole)
    tables = [_table(one, whole, edits=context["edits"]) for one in group.families]
    records = [*parts, *(row for table in tables for row in table["records"])]
    cells = [cell for row in records for cell in row.cells] + [
        cell for table in tables for cell in table["addition"]
    ]
    if outcome is not None:
        _put_typed(cells, outcome, whole)
        _put_notes(cells, outcome.problems, reckoning, whole, wrong=True)
        for row in records:
            row.was = request.POST.get("_was", row.was) if row.path == record else row.was
    if reckoning is not None:
        _put_notes(cells, reckoning.problems, reckoning, whole, wrong=False)
    for cell in cells:
        cell.remarks = context["remarks"].get(cell.path, 0)
    for table in tables:
        table["adding"] = any(cell.errors for cell in table["addition"])
        for row in table["records"]:
            open_here = row.open or row.path in (record, request.GET.get("ligne"))
            row.away = len(table["records"]) > MOST_UNFOLDED and not open_here
            row.chosen = row.path == request.GET.get("ligne")
    return {
        **context, **state_context(request, plan, reckoning), "group": group, "groups": GROUPS.values(),
        "parts": parts, "tables": tables, "records": records,
        "refused": refusal_rows(outcome.problems, whole) if outcome is not None else [], **said,
    }  # fmt: skip


def _table(family: Family, whole: Document, *, edits: bool) -> Context:
    named = {one.name: one for one in family.fields}
    return {
        "path": family.path,
        "title": str(FIELDS[family.path].words),
        "item": str(FIELDS[f"{family.path}.*"].words),
        "heads": [named[name] for name in family.columns],
        "records": family_records(family, whole),
        "addition": addition_of(family) if edits else [],
    }


def _put_typed(cells: Iterable[Cell], outcome: Outcome, whole: Document) -> None:
    """What was sent stays in its boxes, right or wrong."""
    for cell in cells:
        texts = outcome.typed.texts.get(cell.path)
        if texts:
            width = len(cell.boxes)
            cell.boxes = boxes_of(cell.place, texts, whole)
            cell.boxes = cell.boxes[:width] if ".+." in cell.path else cell.boxes


def _put_notes(
    cells: Sequence[Cell],
    problems: Iterable[Problem],
    reckoning: Reckoning | None,
    whole: Document,
    *,
    wrong: bool,
) -> None:
    """Each problem beside the field it is about, or the one that holds it."""
    named = {cell.path: cell for cell in cells}
    for problem in problems:
        path = problem.path
        while path and path not in named:
            path = path.rpartition(".")[0]
        if path:
            sentence = sentence_of(problem, None if wrong else reckoning, whole)
            notes = named[path].errors if wrong else named[path].warnings
            if sentence not in notes:
                notes.append(sentence)


def conflict_said(conflict: Conflict, changes: dict[str, Any], whole: Document) -> Context:
    """What the page shows of a conflict: both values, and all that the person wanted to save."""
    wanted = {"changes": changes, "clashes": [clash.path for clash in conflict.clashes]}
    return {
        "clashes": clash_rows(conflict, whole),
        "conflict_revision": conflict.revision,
        "wanted_json": json.dumps(wanted, ensure_ascii=False),
    }


def refusal_words(refusal: Exception) -> str:
    """Why nothing was saved, and what to do."""
    if isinstance(refusal, TooManySaves):
        return _("Trop d’enregistrements en peu de temps : attendez quelques minutes.")
    if isinstance(refusal, PlanGone):
        return _("Ce scénario vient d’être supprimé : rien n’a été enregistré.")
    return _("Cette page est trop ancienne : rechargez-la avant de modifier. Rien n’a été enregistré.")
