"""What was granted and paid, in the plan: the lines written, the months, less than asked, and all taken back."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bpc.portal.applications.models import Application
from bpc.portal.applications.states import Step
from bpc.portal.journeys.feed_back_award import NothingToWrite, feed_back_award, propose_feedback
from bpc.portal.plans.editing import Conflict, undo_last
from bpc.portal.plans.models import Plan
from tests.portal.applications.application_world import NOW, TODAY, open_one, tell
from tests.portal.plans.plan_world import edit, make_plan
from tests.portal.projects.project_world import Group, make_group

pytestmark = pytest.mark.django_db
COUNTED_ON = {
    "id": "fin_indh_taroudant_2026",
    "name": "INDH",
    "amount": 50_000,
    "claim_month": 1,
    "cash_month": 4,
}
#: The plan began eight months ago, so that payments of these days fall in its months.
BEGAN = (TODAY.replace(day=1) - timedelta(days=240)).replace(day=1)


def granted(amount: int, **plan: Any) -> tuple[Group, Plan, Application]:
    """A grant decided today, for a plan that began eight months ago."""
    group = make_group()
    row = make_plan(group, start=f"{BEGAN.year}-{BEGAN.month:02d}", **plan)
    owner = group.inside["owner"]
    made = open_one(group.project, owner)
    tell(made, owner, Step.SEND, TODAY - timedelta(days=60))
    tell(made, owner, Step.GRANT, TODAY - timedelta(days=40), amount=Decimal(amount))
    return group, row, made


def write(group: Group, made: Application, revision: int, chosen: str = "") -> Any:
    """Confirmed by the owner."""
    return feed_back_award(
        application=made, chosen=chosen, base_revision=revision, actor=group.inside["owner"], at=NOW
    )


def grants(plan: Plan) -> list[tuple[str, float, int]]:
    plan.refresh_from_db()
    return [(one["id"], one["amount"], one.get("cash_month", 0)) for one in plan.document.get("grants", [])]


def month_of(day: date) -> int:
    return 12 * (day.year - BEGAN.year) + day.month - BEGAN.month


def test_less_than_counted_on_is_shown_as_short_and_written_once() -> None:
    group, plan, made = granted(30_000, grants=[COUNTED_ON])
    told = propose_feedback(made)
    assert (told.line.key, told.is_short) == ("grants.fin_indh_taroudant_2026", True)
    assert [(money.amount, money.month) for money in told.before] == [(50_000, 4)]
    decided = month_of(TODAY - timedelta(days=40))
    assert [(money.amount, money.month) for money in told.after] == [(30_000, max(4, decided))]
    assert told.trial.moved
    assert grants(plan) == [("fin_indh_taroudant_2026", 50_000, 4)]  # nothing silent
    write(group, made, 1)
    assert grants(plan) == [("fin_indh_taroudant_2026", 30_000, max(4, decided))]
    with pytest.raises(NothingToWrite):
        propose_feedback(made)
    undo_last(plan=plan, actor=group.inside["owner"], at=NOW)
    assert grants(plan) == [("fin_indh_taroudant_2026", 50_000, 4)]


def test_each_payment_is_written_in_its_month_and_the_rest_to_come() -> None:
    group, plan, made = granted(50_000, grants=[{**COUNTED_ON, "cash_month": 20}])
    owner = group.inside["owner"]
    tell(made, owner, Step.PAY, TODAY, amount=Decimal(20_000))
    write(group, made, 1)
    name = "fin_indh_taroudant_2026"
    assert grants(plan) == [(name, 20_000, month_of(TODAY)), (f"{name}_v2", 30_000, 20)]
    tell(made, owner, Step.PAY, TODAY, amount=Decimal(30_000))
    write(group, made, plan.revision)
    assert grants(plan) == [(name, 50_000, month_of(TODAY))]


def test_a_source_the_plan_does_not_know_gets_a_line_of_its_own() -> None:
    other = {**COUNTED_ON, "id": "other", "name": "Autre", "amount": 10_000}
    group, plan, made = granted(40_000, grants=[other])
    told = propose_feedback(made)
    assert [line.key for line in told.lines] == ["new", "grants.other"]
    assert not told.is_short
    write(group, made, 1)
    assert [(one, amount) for one, amount, _month in grants(plan)] == [
        ("other", 10_000), ("indh_taroudant_2026", 40_000),
    ]  # fmt: skip


def test_the_group_may_say_which_line_it_is() -> None:
    other = {**COUNTED_ON, "id": "other", "name": "Autre", "amount": 10_000, "cash_month": 30}
    group, plan, made = granted(40_000, grants=[other])
    write(group, made, 1, "grants.other")
    assert grants(plan) == [("other", 40_000, 30)]


def test_money_that_came_before_the_plan_begins_is_said_and_counted_first() -> None:
    group = make_group()
    plan = make_plan(group, start=f"{TODAY.year + 1}-06")
    owner = group.inside["owner"]
    made = open_one(group.project, owner)
    tell(made, owner, Step.SEND, TODAY - timedelta(days=60))
    tell(made, owner, Step.GRANT, TODAY, amount=Decimal(40_000))
    tell(made, owner, Step.PAY, TODAY, amount=Decimal(40_000))
    told = propose_feedback(made)
    assert (told.early, [(money.month, money.amount) for money in told.after]) == (True, [(0, 40_000)])
    write(group, made, 1)
    assert grants(plan) == [("indh_taroudant_2026", 40_000, 0)]


def test_a_plan_changed_meanwhile_at_the_same_place_is_not_overwritten() -> None:
    group, plan, made = granted(30_000, grants=[COUNTED_ON])
    edit(plan, group.inside["editor"], 1, {"grants.fin_indh_taroudant_2026.amount": 45_000})
    with pytest.raises(Conflict):
        write(group, made, 1)
    assert grants(plan)[0][1] == 45_000


def test_nothing_to_write_without_a_plan_an_award_or_money() -> None:
    group = make_group()
    made = open_one(group.project, group.inside["owner"])
    with pytest.raises(NothingToWrite):
        propose_feedback(made)
    _group, _plan, other = granted(30_000)
    Application.objects.filter(pk=other.pk).update(source_kind="in-kind")
    other.refresh_from_db()
    with pytest.raises(NothingToWrite):
        propose_feedback(other)


def test_an_advisor_writes_nothing() -> None:
    group, _plan, made = granted(30_000, grants=[COUNTED_ON])
    with pytest.raises(PermissionDenied):
        feed_back_award(
            application=made, chosen="", base_revision=1, actor=group.inside["advisor"], at=timezone.now()
        )
