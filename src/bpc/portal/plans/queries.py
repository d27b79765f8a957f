"""What the pages of this room read, at a cost that does not grow with the number of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from bpc.portal.plans.models import Plan, PlanEdit
from bpc.portal.plans.paths import MISSING, differences, value_at
from bpc.portal.plans.reckoning import HEADLINE, reckon_stored
from bpc.portal.projects.models import Project


def scenarios_of(project: Project) -> QuerySet[Plan]:
    """The scenarios in their order, the main one wherever it stands, without their documents."""
    return (
        project.plans.select_related("updated_by")
        .defer("document")
        .annotate(open_comments=Count("comments", filter=Q(comments__resolved_at=None)))
        .order_by("position")
    )


def main_plan(project: Project) -> Plan | None:
    """The scenario the project is judged by; None before the first one."""
    return project.plans.filter(is_main=True).first()


def whole_plans() -> QuerySet[Plan]:
    """Plans with all that their own page shows; to be given to `get_visible_or_404`."""
    return Plan.objects.select_related(
        "project__commune", "project__sector", "project__organisation", "updated_by"
    )


def trail_of(plan: Plan, path: str = "") -> QuerySet[PlanEdit]:
    """Who changed what, the newest first; of one assumption and what it holds, when named."""
    rows = plan.edits.select_related("made_by").order_by("-revision", "pk")
    return rows.filter(Q(path=path) | Q(path__startswith=f"{path}.")) if path else rows


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of each scenario, in the order given; None where undefined. `better` as in `reckoning.HEADLINE`."""

    name: str
    values: tuple[float | None, ...]
    better: int

    @property
    def best(self) -> int | None:
        """Which scenario does best; None when it cannot be said or all are alike."""
        known = [value for value in self.values if value is not None]
        if self.better == 0 or len(set(known)) < 2:
            return None
        return self.values.index(max(known) if self.better > 0 else min(known))


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """An assumption that differs between scenarios; None where it is not there."""

    path: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scenarios side by side."""

    plans: tuple[Plan, ...]
    figures: tuple[FigureRow, ...]
    assumptions: tuple[AssumptionRow, ...]


def compare_scenarios(plans: Sequence[Plan]) -> Comparison:
    """The figures of each scenario, from what was kept at its last change, and every assumption that differs."""
    present = [name for name in HEADLINE if any(name in plan.headline for plan in plans)]
    figures = tuple(
        FigureRow(name, tuple(plan.headline.get(name) for plan in plans), HEADLINE[name]) for name in present
    )
    wholes = [_whole(plan) for plan in plans]
    paths: dict[str, None] = {}
    for other in wholes[1:]:
        paths.update(dict.fromkeys(one.path for one in differences(wholes[0], other)))
    rows = (AssumptionRow(path, tuple(_value(whole, path) for whole in wholes)) for path in paths)
    return Comparison(tuple(plans), figures, tuple(rows))


def _whole(plan: Plan) -> dict[str, Any]:
    stored = reckon_stored(plan.document)
    return dict(plan.document) if stored is None else stored.whole


def _value(whole: dict[str, Any], path: str) -> Any:
    value = value_at(whole, path)
    return None if value is MISSING else value
