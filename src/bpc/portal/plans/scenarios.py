"""The scenarios of a project: begun, copied, renamed, deleted, and the one that is the main."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.plans.editing import PlanGone, open_plan, open_project
from bpc.portal.plans.models import MOST_SCENARIOS, Plan
from bpc.portal.plans.reckoning import reckon
from bpc.portal.projects.actions import touch
from bpc.portal.projects.mandates.visibility import filling
from bpc.portal.projects.models import Project


class TooManyScenarios(Exception):
    """The project has as many scenarios as it may."""


class MainScenario(Exception):
    """The main scenario is not deleted: another must be made the main first."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a scenario is called, and in which language."""

    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The project model a plan was adopted from, and its version."""

    slug: str = ""
    version: str = ""


@transaction.atomic
def create_plan(
    *,
    project: Project,
    title: Title,
    document: Mapping[str, Any],
    actor: Any,
    at: datetime,
    blueprint: Blueprint = Blueprint(),
) -> Plan:
    """A new scenario; the first one of a project is its main.

    Raises `InvalidPlan`, `TooManyScenarios`, `ValueError` for an empty name, `PermissionDenied`.
    """
    row = open_project(project, actor)
    actor = filling(actor, row)
    columns = reckon(document).columns()
    made = _add(row, title, columns, actor, at, blueprint)
    record(actor=actor, verb="create plan", obj=made, at=at, data={"blueprint": blueprint.slug})
    return made


@transaction.atomic
def duplicate_scenario(*, plan: Plan, title: Title, actor: Any, at: datetime) -> Plan:
    """The same assumptions under another name, without the versions, the trail or the remarks.

    Raises `TooManyScenarios`, `PlanGone`, `PermissionDenied`.
    """
    source = open_plan(plan, actor)
    actor = filling(actor, source.project)
    names = ("document", "headline", "engine_version", "input_hash", "errors", "warnings")
    columns = {name: getattr(source, name) for name in names}
    blueprint = Blueprint(source.blueprint_slug, source.blueprint_version)
    made = _add(source.project, title, columns, actor, at, blueprint)
    record(actor=actor, verb="duplicate plan", obj=made, at=at, data={"from": source.pk})
    return made


@transaction.atomic
def rename_scenario(*, plan: Plan, title: Title, actor: Any, at: datetime) -> Plan:
    """Another name."""
    row = open_plan(plan, actor)
    actor = filling(actor, row.project)
    row.name, row.language = _clean(title.name), title.language
    row.save(update_fields=["name", "language"])
    touch(row.project, actor, at)
    record(actor=actor, verb="rename plan", obj=row, at=at)
    return row


@transaction.atomic
def make_main(*, plan: Plan, actor: Any, at: datetime) -> None:
    """The scenario the project is judged by from now on."""
    row = open_plan(plan, actor)
    actor = filling(actor, row.project)
    if row.is_main:
        return
    row.project.plans.filter(is_main=True).update(is_main=False)
    row.project.plans.filter(pk=row.pk).update(is_main=True)
    touch(row.project, actor, at)
    record(actor=actor, verb="make plan main", obj=row, at=at)


@transaction.atomic
def delete_scenario(*, plan: Plan, actor: Any, at: datetime) -> None:
    """Erase a scenario with its versions, its trail and its remarks. Raises `MainScenario`."""
    try:
        row = open_plan(plan, actor)
    except PlanGone:
        return
    check(actor, "projects.edit", row.project)  # who fills in for somebody deletes nothing
    if row.is_main:
        raise MainScenario
    project, place = row.project, row.position
    record(actor=actor, verb="delete plan", obj=row, at=at)
    row.delete()
    # in order, so that no two stand at one place meanwhile
    for later in project.plans.filter(position__gt=place).order_by("position").only("position"):
        later.position -= 1
        later.save(update_fields=["position"])
    touch(project, actor, at)


def _add(
    project: Project, title: Title, columns: dict[str, Any], actor: Any, at: datetime, blueprint: Blueprint
) -> Plan:
    place = project.plans.count()
    if place >= MOST_SCENARIOS:
        raise TooManyScenarios
    touch(project, actor, at)
    return Plan.objects.create(
        project=project, name=_clean(title.name), language=title.language, position=place,
        is_main=place == 0, blueprint_slug=blueprint.slug, blueprint_version=blueprint.version,
        created_at=at, updated_by=actor, updated_at=at, **columns,
    )  # fmt: skip


def _clean(name: str) -> str:
    """The name without needless spaces. Raises ValueError for none at all."""
    if not (clean := " ".join(name.split())[:80]):
        raise ValueError("a scenario has a name")
    return clean
