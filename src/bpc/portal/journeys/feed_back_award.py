"""What a funder granted and paid, written into the project's main plan: shown first, never silently.

The line of the plan is found by the source's name in its id, or chosen by the group. A grant is written as what was
paid, each payment in its month, and what is still to come in the month the plan had for it; a loan as its draws.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from bpc.core.plan.schema import Plan as Assumptions
from bpc.portal.applications.events import standing_events
from bpc.portal.applications.models import Application
from bpc.portal.applications.states import Step
from bpc.portal.foundation.permissions import check
from bpc.portal.plans.editing import Saved, edit_assumptions
from bpc.portal.plans.models import Plan
from bpc.portal.plans.queries import main_plan
from bpc.portal.plans.reckoning import Trial, reckon_stored, try_changes
from bpc.portal.projects.actions import lock as lock_project

NEW_LINE = "new"
#: What the ids of the lines that an accepted financing plan writes begin with.
ACCEPTED = "fin_"
_LENT = ("loan",)
#: Kinds of help that bring money to the plan; the others bring none, so there is nothing to write.
_GIVEN = ("grant", "prize")
_MOST_DRAWS = 12
#: The last month a plan's schema lets money be claimed or drawn in.
_LAST_MONTH = 119


class NothingToWrite(Exception):
    """No plan, nothing granted in money, or a plan that is written so already."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a month of the plan, MAD."""

    month: int
    amount: float


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan that this money may be: a grant or a loan."""

    key: str  # "grants.<id>" or "loans.<id>", or `NEW_LINE`
    name: str
    amount: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """What would be written. `before` and `after` are the money of the line; `trial` what the plan then gives."""

    plan: Plan
    line: PlanLine
    lines: tuple[PlanLine, ...]  # those the group may choose instead
    before: tuple[Money, ...]
    after: tuple[Money, ...]
    changes: Mapping[str, Any]
    trial: Trial
    asked: float | None
    granted: float
    early: bool  # money that came before the plan begins is written in its first month

    @property
    def is_short(self) -> bool:
        """Less was granted than the plan counted on: how to finance it is to be thought again."""
        return sum(money.amount for money in self.after) < sum(money.amount for money in self.before) - 0.005


def propose_feedback(application: Application, chosen: str = "") -> Feedback:
    """What the events of the application would change in the plan. Raises `NothingToWrite`."""
    plan = main_plan(application.project)
    reckoning = reckon_stored(plan.document) if plan is not None else None
    granted = application.amount_granted
    if plan is None or reckoning is None or granted is None or application.source_kind not in _GIVEN + _LENT:
        raise NothingToWrite
    whole = reckoning.assumptions
    lines = _lines_of(whole, application)
    line = next((one for one in lines if one.key == chosen), lines[0])
    before = _money_of(whole, line.key)
    after, early = _money_told(application, whole, before)
    changes = _changes(application, whole, line, after)
    if not changes:
        raise NothingToWrite
    return Feedback(
        plan=plan, line=line, lines=lines, before=before, after=after, changes=changes,
        trial=try_changes(plan.document, changes),
        asked=float(application.amount_asked) if application.amount_asked is not None else None,
        granted=float(granted), early=early,
    )  # fmt: skip


@transaction.atomic
def feed_back_award(
    *, application: Application, chosen: str, base_revision: int, actor: Any, at: datetime
) -> Saved:
    """Write it, in one revision that can be undone. Raises as `edit_assumptions`, and `NothingToWrite`."""
    project = lock_project(application.project)
    check(actor, "applications.edit", project)
    feedback = propose_feedback(application, chosen)
    return edit_assumptions(
        plan=feedback.plan, actor=actor, base_revision=base_revision, changes=feedback.changes, at=at
    )


def line_id_of(slug: str) -> str:
    """The id a plan's line for this source has: letters, digits and underscores, forty at most.

    >>> line_id_of("indh-taroudant-2026")
    'indh_taroudant_2026'
    """
    return slug.replace("-", "_")[:40]


def _lines_of(plan: Assumptions, application: Application) -> tuple[PlanLine, ...]:
    """The line of this source first, then the others of its kind, then a new one."""
    wanted = line_id_of(application.source_slug)
    if application.source_kind in _LENT:
        found = [
            PlanLine(f"loans.{loan.id}", loan.name or loan.id, sum(draw.amount for draw in loan.draws))
            for loan in plan.loans
            if not loan.existing
        ]
    else:
        found = [PlanLine(f"grants.{one.id}", one.name or one.id, one.amount) for one in plan.grants]
        found.append(PlanLine(NEW_LINE, "", 0.0))
    if not found:
        raise NothingToWrite
    mine = [line for line in found if _is_of(line.key, wanted)]
    new = [line for line in found if line.key == NEW_LINE]
    # without a line of this source a new one is likelier than that of another
    first = mine or new
    return (*first, *(line for line in found if line not in first))


def _is_of(key: str, wanted: str) -> bool:
    """Whether a line's id is made of this source's: an accepted financing plan writes some letters before it."""
    name = key.partition(".")[2]
    return name in (wanted, f"{ACCEPTED}{wanted}"[:40])


def _money_of(plan: Assumptions, key: str) -> tuple[Money, ...]:
    if key == NEW_LINE:
        return ()
    part, _dot, name = key.partition(".")
    if part == "loans":
        loan = next(one for one in plan.loans if one.id == name)
        return tuple(Money(draw.month, draw.amount) for draw in loan.draws)
    siblings = [one for one in plan.grants if one.id == name or one.id in _part_ids(name)]
    return tuple(Money(one.cash_month, one.amount) for one in siblings)


def _part_ids(name: str) -> tuple[str, ...]:
    """The ids of the further payments of a grant."""
    return tuple(f"{name[:36]}_v{number}" for number in range(2, _MOST_DRAWS + 1))


def _money_told(
    application: Application, plan: Assumptions, before: tuple[Money, ...]
) -> tuple[tuple[Money, ...], bool]:
    """Payments in their months, then what is still to come; and whether some came before the plan begins."""
    events = list(standing_events(application))
    payments = [event for event in events if event.step == Step.PAY]
    months = [_month_of(plan, event.on) for event in payments]
    told: dict[int, float] = {}
    for month, event in zip(months, payments, strict=True):
        told[max(month, 0)] = told.get(max(month, 0), 0.0) + float(event.amount or 0)
    left = float(application.amount_granted or 0) - sum(told.values())
    if left > 0.005:
        decided = _month_of(plan, application.decided_on) if application.decided_on else 0
        expected = max([money.month for money in before] or [0])
        month = min(max(expected, decided, *told, 0), _LAST_MONTH)
        told[month] = told.get(month, 0.0) + left
    money = tuple(Money(min(month, _LAST_MONTH), round(amount, 2)) for month, amount in sorted(told.items()))
    return money, any(month < 0 for month in months)


def _month_of(plan: Assumptions, day: date) -> int:
    """The month of the plan a day falls in, negative before it begins; the first one of a plan without dates."""
    if not plan.dated:
        return 0
    first = plan.first_month
    return 12 * (day.year - first.year) + day.month - first.month


def _changes(
    application: Application, plan: Assumptions, line: PlanLine, after: tuple[Money, ...]
) -> dict[str, Any]:
    if line.key.startswith("loans."):
        draws = [{"month": money.month, "amount": money.amount} for money in after[:_MOST_DRAWS]]
        return {} if _money_of(plan, line.key) == after else {f"{line.key}.draws": draws}
    return _grant_changes(application, plan, line, after)


def _grant_changes(
    application: Application, plan: Assumptions, line: PlanLine, after: tuple[Money, ...]
) -> dict[str, Any]:
    """The first payment on the line itself, each other on a line of its own beside it; lines no longer paid go."""
    known = {one.id: one for one in plan.grants}
    name = line_id_of(application.source_slug) if line.key == NEW_LINE else line.key.partition(".")[2]
    decided = _month_of(plan, application.decided_on) if application.decided_on else 0
    ids = (name, *_part_ids(name))[: len(after)]
    model = known.get(name)
    changes: dict[str, Any] = {}
    for number, (one, money) in enumerate(zip(ids, after, strict=False)):
        claim = min(max(decided, 0), money.month)
        if one in known:
            changes |= _changed(one, known[one].amount, known[one].cash_month, known[one].claim_month, money)
            continue
        changes[f"grants.+{number}"] = {
            "id": one, "name": model.name if model else _name(application), "amount": money.amount,
            "kind": model.kind if model else "investment", "items": list(model.items) if model else [],
            "claim_month": claim, "cash_month": money.month,
        }  # fmt: skip
    changes |= {f"grants.{one}": None for one in _part_ids(name) if one in known and one not in ids}
    return changes


def _changed(one: str, amount: float, cash_month: int, claim_month: int, money: Money) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if abs(amount - money.amount) > 0.005:
        changes[f"grants.{one}.amount"] = money.amount
    if cash_month != money.month:
        changes[f"grants.{one}.cash_month"] = money.month
        if claim_month > money.month:
            changes[f"grants.{one}.claim_month"] = money.month
    return changes


def _name(application: Application) -> str:
    language = application.project.language
    return (application.source_name_ar if language == "ar" else application.source_name_fr)[:160]
