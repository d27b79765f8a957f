"""The first plan of a project: from a published model, or from a page with nothing on it but the group."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from bpc.core.kernel.months import Month
from bpc.datasets.model_adaptation import Adaptation, adapted_plan, programme_rate
from bpc.datasets.model_plans import plan_document
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.blueprints.catalogue import Published, at_version, catalogue, published
from bpc.portal.blueprints.contents import write_content
from bpc.portal.plans.editing import open_project
from bpc.portal.plans.models import Plan
from bpc.portal.plans.queries import main_plan
from bpc.portal.plans.scenarios import Blueprint, Title, create_plan
from bpc.portal.projects.actions import adopt_model
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Answer

#: What the law asks for; under it the model's own number, or this one, is proposed.
LEAST_MEMBERS = 5
#: A page with nothing on it looks five years ahead.
BLANK_YEARS = 5


class UnknownModel(Exception):
    """No model is published under this name."""


@dataclass(frozen=True)
class Choice:
    """The models one may begin from: the one the project was begun with, those of its sector, the others."""

    own: Published | None
    of_sector: tuple[Published, ...]
    others: tuple[Published, ...]


def models_for(project: Project) -> Choice:
    """Every published model, in the order a group should see them."""
    own = _model_of(project)
    left = [one for one in catalogue().values() if own is None or one.slug != own.slug]
    of_sector = tuple(one for one in left if one.model.sector == project.sector_id)
    return Choice(own, of_sector, tuple(one for one in left if one.model.sector != project.sector_id))


def _model_of(project: Project) -> Published | None:
    """The model the project was begun with, at the version it adopted."""
    if not project.model_slug:
        return None
    if project.model_version is not None:
        return at_version(project.model_slug, project.model_version)
    return published(project.model_slug)


def next_quarter(day: date) -> Month:
    """The first month of the quarter that follows a day.

    >>> str(next_quarter(date(2026, 11, 22))), str(next_quarter(date(2026, 3, 31)))
    ('2027-01', '2026-04')
    """
    quarter = (day.month - 1) // 3
    return Month(day.year + (quarter == 3), 3 * ((quarter + 1) % 4) + 1)


@transaction.atomic
def begin_plan(
    *,
    project: Project,
    slug: str,
    name: str,
    language: str,
    actor: Any,
    at: datetime,
    wanted: Adaptation | None = None,
) -> Plan:
    """The first plan of a project, from the model `slug` or blank when empty; the one there is when there is one.

    `wanted`: what the group already chose for this model: its size, prices, members, first month.

    Raises `UnknownModel`, `InvalidPlan`, `PermissionDenied`.
    """
    row = open_project(project, actor)
    if (there := main_plan(row)) is not None:
        return there
    model = _named(row, slug)
    day, blueprint = timezone.localdate(at), Blueprint()
    if model is None:
        document = blank_document(str(next_quarter(day)), _members_of(row))
    else:
        document = _from_model(model, row, language, day, wanted or Adaptation())
        blueprint = Blueprint(model.slug, str(model.version))
        adopt_model(project=row, slug=model.slug, version=model.version, actor=actor, at=at)
    return create_plan(
        project=row, title=Title(name, language), document=document, actor=actor, at=at, blueprint=blueprint
    )


def _named(project: Project, slug: str) -> Published | None:
    if not slug:
        return None
    own = _model_of(project)
    model = own if own is not None and own.slug == slug else published(slug)
    if model is None:
        raise UnknownModel(slug)
    return model


def _members_of(project: Project) -> dict[str, Any]:
    """The group as it is written down, when it is enough to found a cooperative; shares only when all are said."""
    people = list(project.people.all())
    if len(people) < LEAST_MEMBERS:
        return {}
    found: dict[str, Any] = {"count": len(people)}
    for share, column in (("women", "woman"), ("youth", "young")):
        said = [getattr(one, column) for one in people]
        if Answer.UNKNOWN not in said:
            found[share] = said.count(Answer.YES) / len(said)
    return found


def blank_document(start: str, members: Mapping[str, Any]) -> dict[str, Any]:
    """A plan in which everything remains to be said.

    >>> blank_document("2027-01", {})["members"]
    {'count': 5}
    """
    return {"start": start, "years": BLANK_YEARS, "members": dict(members) or {"count": LEAST_MEMBERS}}


def _from_model(
    model: Published, project: Project, language: str, day: date, wanted: Adaptation
) -> dict[str, Any]:
    """The model for this group: what it chose, else its number, the next quarter; the rate of the loan where it is."""
    members, kind = _members_of(project), project.commune.kind
    if wanted.members not in {None, model.model.members_typical}:
        members = {**members, "count": wanted.members}
    adaptation = Adaptation(
        size=wanted.size,
        price=wanted.price,
        members=members.get("count"),
        start=wanted.start or str(next_quarter(day)),
        loan_rate=programme_rate(model.model.financing_mix.loan.annual_rate, kind, day),
    )
    document = adapted_plan(write_content(model.model), plan_rules(), adaptation, language)
    return {**document, "members": {**document["members"], **members}}


def model_document(plan: Plan, language: str) -> Mapping[str, Any]:
    """What the model of a plan proposes by itself, to be shown beside what the group answers; empty without one."""
    if not plan.blueprint_slug or not plan.blueprint_version.isdecimal():
        return {}
    return _model_document(plan.blueprint_slug, int(plan.blueprint_version), language)


@lru_cache(maxsize=128)  # a published version never changes
def _model_document(slug: str, version: int, language: str) -> Mapping[str, Any]:
    model = at_version(slug, version)
    return {} if model is None else plan_document(write_content(model.model), plan_rules(), language)
