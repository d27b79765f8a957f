"""What the plan of a project said of the very months its group tells of; what it did not say stays unknown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bpc.core.plan.simulation import Simulation
from bpc.core.plan.statements import income_statement
from bpc.portal.plans.models import Plan
from bpc.portal.plans.reckoning import reckon_stored
from bpc.portal.projects.models import Project
from bpc.portal.results.periods import Period

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Planned:
    """Figures of a plan for one period, None where it says nothing: other months, or a figure it does not hold.

    `jobs`: full-time posts held all year, seasonal work left out; of a year, never of a quarter.
    """

    members: float | None = None
    jobs: float | None = None
    turnover_mad: float | None = None
    income_per_member_mad: float | None = None


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """The plan compared with, and what it said of each period, in the order given."""

    plan: Plan | None
    periods: tuple[Planned, ...]


def planned_for(project: Project, periods: Iterable[Period]) -> AgainstPlan:
    """The main plan of the project, read at the months of each period. A plan that no longer reads says nothing."""
    asked = tuple(periods)
    plan = Plan.objects.filter(project=project, is_main=True).first()
    reckoning = reckon_stored(plan.document) if plan is not None else None
    if reckoning is None:
        return AgainstPlan(None, tuple(Planned() for _ in asked))
    run = reckoning.appraisal.run
    jobs, income = (reckoning.appraisal.figures[name] for name in ("jobs", "income_per_member"))
    by_year = income.detail.get("by_year", {}) if income.detail else {}
    seasonal = jobs.detail.get("seasonal") if jobs.detail else None
    posts = jobs.value - seasonal if jobs.value is not None and seasonal is not None else None
    return AgainstPlan(plan, tuple(_planned(run, one, posts, by_year) for one in asked))


def _planned(run: Simulation, period: Period, jobs: float | None, income: dict[str, float]) -> Planned:
    """Months before the plan's first, or after its last, are none of its figures."""
    last = _ordinal(period.ends_on) - 1 - run.plan.first_month.ordinal  # the month before the period's end
    first = last - period.months + 1
    if first < 0 or last >= run.frame.months:
        return Planned()
    sales = income_statement(run)["sales"][first : last + 1, 0]
    years = [one for one in run.frame.timeline.fiscal_years if one.first <= last < one.end and one.closes]
    # a year of the plan against a year of the project; a quarter is compared with none
    yearly = income.get(str(years[0].label)) if years and period.months == _YEAR else None
    posts = jobs if period.months == _YEAR else None
    return Planned(float(run.plan.members.count), posts, float(sales.sum()), yearly)


def _ordinal(day: date) -> int:
    return day.year * _YEAR + day.month - 1
