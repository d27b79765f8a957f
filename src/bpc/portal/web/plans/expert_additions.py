"""One more item in a family: the few things that cannot be left out; the rest is filled in its row afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.portal.plans.paths import ID_LISTS, Document
from bpc.portal.web.plans.expert_fields import Field, Kind
from bpc.portal.web.plans.expert_groups import Family
from bpc.portal.web.plans.expert_records import Cell, Place, cell_of
from bpc.portal.web.plans.expert_saving import Typed
from bpc.portal.web.plans.expert_values import names_of, read_value

_ASKED = frozenset({Kind.ESTIMATE, Kind.NUMBER, Kind.INTEGER, Kind.ROWS})
_ALSO = frozenset({"staff.*.gross"})  # may be missing, but then another field must not
#: Sold evenly over the year until somebody says otherwise.
EVENLY = [1 / 12] * 12


def asked_fields(family: Family) -> list[Field]:
    """The name, and what has no default."""
    wanted = [
        one
        for one in family.fields
        if one.name == family.label or (one.required and one.kind in _ASKED) or one.pattern in _ALSO
    ]
    return sorted(wanted, key=lambda one: one.name != family.label)


def addition_places(family: Family) -> list[Place]:
    """The fields of the form that adds an item."""
    return [Place(one, f"{family.path}.+.{one.name}", one.words) for one in asked_fields(family)]


def addition_of(family: Family) -> list[Cell]:
    """The form that adds an item, empty."""
    cells = [cell_of(place, {}) for place in addition_places(family)]
    for cell in cells:
        if cell.kind == Kind.ESTIMATE:
            cell.boxes = cell.boxes[:1]
    return cells


def read_addition(family: Family, post: Mapping[str, str]) -> Typed:
    """The new item as one change at the family's "+"."""
    typed = Typed()
    item: dict[str, Any] = {}
    for place in addition_places(family):
        sent = {name: post[name] for name in names_of(place.field, place.path, 1) if name in post}
        typed.texts[place.path] = sent
        try:
            value = read_value(place.field, place.path, sent)
        except InvalidPlan as refusal:
            typed.problems += refusal.problems
            continue
        if place.field.name == family.label and not (value or "").strip():
            typed.problems.append(Problem("E_missing", place.path))
        if value is not None or place.field.optional:
            item[place.field.name] = value
        else:
            typed.problems.append(Problem("E_missing", place.path))
    if not typed.problems:
        typed.changes[f"{family.path}.+"] = completed(family, item)
    return typed


def completed(family: Family, item: dict[str, Any]) -> dict[str, Any]:
    """A new item with what has no default and is not asked."""
    empty: dict[str, Any] = {}
    for one in family.fields:
        if one.each:
            empty[one.name] = {}
    if family.path == "products":
        empty = {"seasonality": EVENLY}
    holders = {name: value for name, value in empty.items() if "." not in name and name != "hours_per_unit"}
    return {**holders, **item}


def as_new(problems: Sequence[Problem], family: Family, whole: Document) -> list[Problem]:
    """Problems of the item that could not be added, at the paths of the form that adds."""
    start = f"{family.path}."
    depth = len(family.path.split("."))
    found = []
    for problem in problems:
        steps = problem.path.split(".")
        if (
            problem.path.startswith(start)
            and len(steps) > depth
            and steps[depth] not in ids_of(family, whole)
        ):
            problem = replace(problem, path=".".join([family.path, "+", *steps[depth + 1 :]]))
        found.append(problem)
    return found


def ids_of(family: Family, whole: Document) -> set[str]:
    """The ids of the items of a family."""
    here: Any = whole
    for step in family.path.split("."):
        here = here.get(step) if isinstance(here, Mapping) else None
    return {str(one["id"]) for one in here or ()}


def removal_of(path: str, whole: Document) -> dict[str, Any]:
    """The changes that take an item out, with all that names it."""
    family, _dot, name = path.rpartition(".")
    changes: dict[str, Any] = {}
    if family == "products":
        for item in whole["inputs"]:
            changes |= _without(item["qty_per_unit"], f"inputs.{item['id']}.qty_per_unit", name)
            changes |= _without(
                item["member_price"]["share"], f"inputs.{item['id']}.member_price.share", name
            )
        for item in whole["piece_work"]:
            for held in ("rate_per_unit", "hours_per_unit"):
                changes |= _without(item[held], f"piece_work.{item['id']}.{held}", name)
    elif family == "inputs":
        changes |= _without(whole["members"]["own_cost_per_unit"], "members.own_cost_per_unit", name)
    elif family == "assets":
        for item in whole["grants"]:
            if name in item["items"]:
                changes[f"grants.{item['id']}.items"] = [one for one in item["items"] if one != name]
    elif family == "phases":
        changes |= _freed(name, whole)
    return {**changes, path: None}


def _without(held: Mapping[str, Any], path: str, name: str) -> dict[str, Any]:
    return {f"{path}.{name}": None} if name in held else {}


def _freed(name: str, whole: Document) -> dict[str, Any]:
    """What waited for a phase waits no more."""
    found = {f"phases.{one['id']}.after": None for one in whole["phases"] if one["after"] == name}
    for family in sorted(ID_LISTS):
        for item in whole[family]:
            if item.get("phase") == name:
                found[f"{family}.{item['id']}.phase"] = None
    return found
