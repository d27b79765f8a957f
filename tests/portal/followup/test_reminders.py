"""Delays of the law told in time, each moment once."""

from datetime import timedelta

import pytest

from bpc.core.law.events import Event
from bpc.portal.followup.actions import say_date
from bpc.portal.followup.clocks import running_clocks
from bpc.portal.followup.models import ClockNotice
from bpc.portal.followup.reminders import remind
from bpc.portal.people.models import Notification
from bpc.portal.projects.actions import archive_project
from bpc.portal.projects.models import Project
from tests.portal.followup.followup_world import NOW, TODAY
from tests.portal.projects.project_world import Group, make_group

pytestmark = pytest.mark.django_db


def dated(event: Event, days_ago: int) -> Group:
    group = make_group()
    owner = group.inside["owner"]
    say_date(project=group.project, event=event, on=TODAY - timedelta(days=days_ago), actor=owner, at=NOW)
    return group


def test_a_name_about_to_end_is_told_to_those_who_write_once() -> None:
    group = dated(Event.NAME_APPROVED, 50)
    assert (remind(NOW), remind(NOW)) == (1, 0)
    told = Notification.objects.filter(kind="followup.delay_ends")
    assert {row.user_id for row in told} == {group.inside["owner"].pk, group.inside["editor"].pk}
    assert told[0].data == {"title": "Safran d’Igherm", "reference": group.project.reference}


def test_each_moment_is_told_in_its_turn_and_not_after() -> None:
    dated(Event.NAME_APPROVED, 40)
    told = [(day, remind(NOW + timedelta(days=day))) for day in (0, 4, 5, 6, 18, 19, 20, 21, 22)]
    assert [day for day, count in told if count] == [5, 19, 21]
    names = ClockNotice.objects.filter(clock="name_validity").order_by("told_at")
    assert [row.moment for row in names] == ["warned", "last", "over"]


def test_a_late_run_tells_once() -> None:
    dated(Event.FUNDS_RECEIVED, 5)
    assert remind(NOW) == 1
    assert ClockNotice.objects.get().moment == "last"


def test_a_date_put_right_starts_again() -> None:
    group = dated(Event.NAME_APPROVED, 50)
    remind(NOW)
    say_date(
        project=group.project, event=Event.NAME_APPROVED, on=TODAY - timedelta(days=48),
        actor=group.inside["owner"], at=NOW,
    )  # fmt: skip
    assert remind(NOW) == 1


@pytest.mark.parametrize("days", [1, 10])
def test_nothing_is_told_before_its_day_nor_of_what_others_owe(days: int) -> None:
    dated(Event.NAME_REQUESTED, days)  # the office answers in two days: the group cannot hurry
    assert remind(NOW) == 0


def test_an_archived_project_is_left_in_peace() -> None:
    group = dated(Event.NAME_APPROVED, 50)
    archive_project(project=group.project, actor=group.inside["owner"], at=NOW)
    assert remind(NOW) == 0
    assert Project.objects.get().archived_at is not None


def test_history_typed_in_later_tells_nothing() -> None:
    dated(Event.FUNDS_RECEIVED, 200)
    assert remind(NOW) == 0


def test_the_clocks_of_a_registration() -> None:
    dates = {Event.REGISTERED.value: TODAY - timedelta(days=10)}
    found = {clock.name: (clock.days_left, clock.article) for clock in running_clocks(dates, TODAY)}
    assert found["sector_notice"] == (20, "104")
    assert found["tax_declaration"][0] == 20
    assert found["central_register"][0] == 10
    assert "shares_balance" not in found  # three years away
    assert "strike_off_never_started" not in found


def test_a_name_extended_by_all_holds_sixty_days_more() -> None:
    approved = TODAY - timedelta(days=63)
    dates = {Event.NAME_APPROVED.value: approved}
    before = {clock.name: clock.days_left for clock in running_clocks(dates, TODAY)}
    assert before["name_validity"] == -3
    assert before["name_extension"] == 4
    dates[Event.NAME_EXTENSION_ASKED.value] = approved + timedelta(days=62)
    after = {clock.name: clock.days_left for clock in running_clocks(dates, TODAY)}
    assert after["name_validity"] == 57
