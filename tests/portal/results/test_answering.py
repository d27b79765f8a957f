"""Periods, answers, alumni: unknown stays unknown, only the group writes, consent is taken back at once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bpc.portal.foundation.permissions import visible
from bpc.portal.journeys.results_against_plan import planned_for
from bpc.portal.plans.models import Plan
from bpc.portal.results.alumni import AlumniWishes, publish_story, set_alumni
from bpc.portal.results.answering import Contradiction, NotYet, StaleResult, set_launch
from bpc.portal.results.holdings import _forget_followings, _forget_results, _results
from bpc.portal.results.models import Following, PeriodResult
from bpc.portal.results.periods import Period, months_after, periods_ended
from bpc.portal.results.queries import alumni_cards
from tests.portal.plans.plan_world import make_plan
from tests.portal.projects.project_world import make_group
from tests.portal.results.result_world import ENDS, LAUNCHED, TODAY, launched, tell

pytestmark = pytest.mark.django_db


def test_a_quarter_after_the_start_then_each_year_five_times() -> None:
    start = date(2024, 11, 30)
    assert periods_ended(start, date(2025, 2, 27)) == []
    assert periods_ended(start, date(2025, 2, 28)) == [Period(date(2025, 2, 28), 3)]
    ended = periods_ended(start, date(2040, 1, 1))
    assert [(one.ends_on.year, one.months) for one in ended] == [
        (2025, 3), (2025, 12), (2026, 12), (2027, 12), (2028, 12), (2029, 12),
    ]  # fmt: skip


def test_only_the_group_writes_and_only_of_periods_that_are_over() -> None:
    group = make_group()
    with pytest.raises(NotYet):
        tell(group)
    launched(group)
    for who in ("reader", "advisor", "administrator"):
        with pytest.raises(PermissionDenied):
            tell(group, actor=group.everybody[who])
    with pytest.raises(NotYet):
        tell(group, months_after(LAUNCHED, 36))
    with pytest.raises(NotYet):
        set_launch(
            project=group.project, launched_on=TODAY + timedelta(days=1), actor=group.inside["owner"],
            at=timezone.now(),
        )  # fmt: skip
    assert tell(group, actor=group.inside["editor"]).months == 12


def test_what_is_not_said_is_unknown_and_never_zero() -> None:
    group = launched(make_group())
    row = tell(group, members=12, jobs_seasonal=0)
    row.refresh_from_db()
    assert (row.members, row.jobs_seasonal, row.women, row.turnover_mad) == (12, 0, None, None)
    with pytest.raises(Contradiction) as fault:
        tell(group, ENDS[2], members=5, women=6)
    assert fault.value.column == "women"


def test_a_stale_form_is_told_and_a_correction_is_kept() -> None:
    group = launched(make_group())
    row = tell(group, members=12)
    with pytest.raises(StaleResult):
        tell(group, members=13)
    assert tell(group, members=13, revision=row.revision).members == 13
    assert PeriodResult.objects.count() == 1


def test_alumni_are_shown_only_while_an_owner_agrees() -> None:
    group = launched(make_group())
    owner, stranger = group.inside["owner"], group.outside["stranger"]

    def wish(revision: int, **wishes: object) -> Following:
        return set_alumni(
            project=group.project, wishes=AlumniWishes(**wishes), revision=revision, actor=owner,  # type: ignore[arg-type]
            at=timezone.now(),
        )  # fmt: skip

    with pytest.raises(PermissionDenied):
        set_alumni(
            project=group.project, wishes=AlumniWishes(True), revision=1, actor=group.inside["editor"],
            at=timezone.now(),
        )  # fmt: skip
    shown = wish(1, is_over=True, public=True, story="Douze familles vendent ensemble.", language="fr")
    assert not visible(stranger, Following).exists()
    publish_story(
        following=shown, revision=shown.revision, actor=group.outside["delegate"], at=timezone.now()
    )
    assert list(visible(stranger, Following)) == [shown]
    assert [one.story for one in alumni_cards()] == ["Douze familles vendent ensemble."]
    with pytest.raises(StaleResult):
        wish(1, is_over=True)
    hidden = wish(shown.revision, is_over=True, contact=True, story="Douze familles.", language="fr")
    assert not visible(stranger, Following).exists()
    assert not alumni_cards().exists()
    # support goes on after all: nothing agreed to stays
    back = wish(hidden.revision, is_over=False, contact=True, public=True)
    assert (back.alumni_since, back.contact_agreed_at, back.public_agreed_at, back.story) == (
        None,
        None,
        None,
        "",
    )


def test_the_plan_speaks_only_of_its_own_months() -> None:
    group = make_group()
    plan = make_plan(group)
    first = date.fromisoformat(f"{plan.document['start']}-01")
    periods = [
        Period(months_after(first, -6), 3),
        Period(months_after(first, 3), 3),
        Period(months_after(first, 12), 12),
        Period(months_after(first, 1200), 12),
    ]
    told = planned_for(group.project, periods)
    assert told.plan == plan
    assert told.periods[0] == told.periods[3]
    assert told.periods[0].turnover_mad is None
    quarter, year = told.periods[1:3]
    assert quarter.members == year.members == Plan.objects.get().document["members"]["count"]
    assert quarter.turnover_mad is not None
    assert year.turnover_mad is not None
    assert 0 <= quarter.turnover_mad < year.turnover_mad
    assert quarter.income_per_member_mad is None


def test_who_leaves_leaves_no_name() -> None:
    group = launched(make_group())
    tell(group, members=3)
    owner = group.inside["owner"]
    assert [row["answers"]["members"] for row in _results(owner)] == [3]
    _forget_results(owner)
    _forget_followings(owner)
    assert PeriodResult.objects.get().answered_by is None
    assert Following.objects.get().changed_by is None
