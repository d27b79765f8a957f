"""An advisor's time is one, whether an ideathon's team or a group takes it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bpc.portal.appointments.booking import (
    AskerBusy,
    MomentTaken,
    cancel_appointment,
    move_appointment,
)
from bpc.portal.appointments.models import Appointment, OpeningRule, TakenTime
from bpc.portal.appointments.queries import next_free
from bpc.portal.contests.models import AdvisorSlot, Edition
from bpc.portal.contests.slots import SlotGone, SlotOverlaps, offer_slot, take_slot, withdraw_slot
from bpc.portal.contests.states import Phase
from bpc.portal.journeys.announce_winners import announce_winners
from bpc.portal.people.engagements import Engagement, engagements
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from tests.portal.appointments.appointment_world import (
    MONDAY,
    NOW,
    at_wall,
    make_asker,
    make_calendar,
    make_rule,
    take,
    write_appointment,
)
from tests.portal.contests.contest_world import NOW as ANNOUNCED
from tests.portal.contests.contest_world import make_edition
from tests.portal.contests.result_world import decide_all, make_world, open_slots
from tests.portal.together import at_once
from tests.portal.world import HERE, make_user

NINE, TEN = at_wall(MONDAY, 9), at_wall(MONDAY, 10)
HALF_AN_HOUR = timedelta(minutes=30)
PAIRS = 8


def keep(edition: Edition, advisor: User, starts_at: datetime, minutes: int = 30) -> AdvisorSlot:
    return offer_slot(
        edition=edition, starts_at=starts_at, minutes=minutes, place="Délégation d’Agadir", language="fr",
        actor=advisor, at=NOW,
    )  # fmt: skip


def hours() -> tuple[OpeningRule, User, Edition]:
    rule = make_rule(make_calendar())
    return rule, rule.calendar.user, make_edition(Phase.RESULTS)


@pytest.mark.django_db
def test_a_moment_kept_for_teams_is_free_for_no_appointment() -> None:
    rule, advisor, edition = hours()
    slot = keep(edition, advisor, NINE + timedelta(minutes=15))
    starts = [one.starts_at for one in next_free(rule.calendar, at=NOW, near=NINE)]
    assert starts == [TEN, TEN + HALF_AN_HOUR, at_wall(MONDAY, 11)]  # it touches nine and half past
    asker = make_asker()
    with pytest.raises(MomentTaken) as told:
        take(rule, asker, NINE)
    assert told.value.instead[0].starts_at == TEN
    made = take(rule, asker, TEN)
    with pytest.raises(MomentTaken):
        move_appointment(appointment=made, rule=rule, starts_at=NINE, actor=asker, at=NOW)
    withdraw_slot(slot=slot, actor=advisor, at=NOW)
    move_appointment(appointment=made, rule=rule, starts_at=NINE, actor=asker, at=NOW)
    made.refresh_from_db()
    assert made.starts_at == NINE


@pytest.mark.django_db
def test_a_moment_of_an_appointment_is_kept_for_no_team() -> None:
    rule, advisor, edition = hours()
    asker = make_asker()
    made = take(rule, asker, NINE)
    for minutes in (-25, 0, 25):
        with pytest.raises(SlotOverlaps):
            keep(edition, advisor, NINE + timedelta(minutes=minutes))
    assert keep(edition, advisor, NINE + HALF_AN_HOUR).minutes == 30  # one ends where the other begins
    assert keep(edition, advisor, NINE - HALF_AN_HOUR).minutes == 30
    cancel_appointment(appointment=made, actor=asker, at=NOW)
    assert keep(edition, advisor, NINE).starts_at == NINE


@pytest.mark.django_db
def test_who_advises_teams_is_not_met_elsewhere_as_an_asker_either() -> None:
    rule, _advisor, edition = hours()
    asker = make_user(Role.ADVISOR, commune_id=HERE)
    keep(edition, asker, NINE)
    with pytest.raises(AskerBusy):
        take(rule, asker, NINE)
    assert not Appointment.objects.exists()


@pytest.mark.django_db
def test_a_team_does_not_take_a_moment_where_an_older_appointment_stands() -> None:
    world = make_world()
    slot = open_slots(world, 3)[0]
    decide_all(world)
    announce_winners(edition=world.edition, actor=world.president, at=ANNOUNCED)
    calendar = make_calendar(world.advisor)
    older = write_appointment(calendar, starts_at=slot.starts_at, ends_at=slot.starts_at + HALF_AN_HOUR)
    TakenTime.objects.create(user=world.advisor, moment=slot.starts_at, appointment=older)
    with pytest.raises(SlotGone):
        take_slot(slot=slot, entry=world.entries[2], actor=world.teams[2], at=ANNOUNCED)
    slot.refresh_from_db()
    assert slot.entry is None


@pytest.mark.django_db
def test_each_room_tells_what_it_keeps_and_not_what_is_asked_by_itself() -> None:
    rule, advisor, edition = hours()
    keep(edition, advisor, TEN, minutes=90)
    take(rule, make_asker(), NINE)
    asked: tuple[Any, ...] = ([advisor.pk], NINE, TEN + timedelta(hours=4))
    assert list(engagements(*asked, but="appointments")) == [
        Engagement(advisor.pk, TEN, TEN + timedelta(minutes=90))
    ]
    five = timedelta(minutes=5)
    assert list(engagements(*asked, but="contests")) == [
        Engagement(advisor.pk, NINE + five * step, NINE + five * (step + 1)) for step in range(6)
    ]
    late = ([advisor.pk], TEN + timedelta(minutes=89), TEN + timedelta(hours=4))
    assert [one.person for one in engagements(*late)] == [advisor.pk]  # it began before
    over = ([advisor.pk], TEN + timedelta(minutes=90), TEN + timedelta(hours=4))
    assert list(engagements(*over)) == []


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_an_advisor_and_groups_press_at_once_and_one_of_the_two_rooms_has_the_moment() -> None:
    """On PostgreSQL all at the same instant; on SQLite one after the other."""
    rule, advisor, edition = hours()
    people = [make_asker() for _ in range(PAIRS)]
    won: list[str] = []

    def press(rank: int) -> None:
        try:
            if rank % 2:
                take(rule, people[rank // 2], NINE)
                won.append("appointment")
            else:
                keep(edition, advisor, NINE + timedelta(minutes=5 * (rank // 2)), minutes=10)
                won.append("slot")
        except (MomentTaken, SlotOverlaps):
            pass

    at_once(2 * PAIRS, press)
    kept = Appointment.objects.count()
    slots = AdvisorSlot.objects.filter(starts_at__lt=NINE + HALF_AN_HOUR).count()
    assert (won.count("appointment"), won.count("slot")) == (kept, AdvisorSlot.objects.count())
    assert (kept, slots > 0) in {(1, False), (0, True)}  # one room or the other, never both
