"""Booking: one wins, told clearly; the database refuses what no verb would."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.portal.appointments.booking import (
    Ask,
    AskerBusy,
    MomentTaken,
    TooLate,
    TooManyAhead,
    book,
    cancel_appointment,
    mark_held,
    mark_missed,
    move_appointment,
    proposed_slots,
    take_time,
)
from bpc.portal.appointments.models import Appointment, OpeningRule, TakenTime
from bpc.portal.appointments.queries import missed_count, next_free
from bpc.portal.appointments.states import Audience, Manner, State
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.people.models import Notification, User
from bpc.portal.people.roles import Role
from tests.portal.appointments.appointment_world import (
    MONDAY,
    NOW,
    at_wall,
    let_in,
    make_asker,
    make_calendar,
    make_rule,
    take,
    write_appointment,
)
from tests.portal.projects.project_world import make_project
from tests.portal.together import at_once
from tests.portal.world import ELSEWHERE, make_user

NINE, HALF_PAST = at_wall(MONDAY, 9), at_wall(MONDAY, 9, 30)
THREADS = 20


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_once_for_one_moment_and_those_that_overlap_it() -> None:
    """Ten want nine o'clock, ten a quarter past in other hours of the same advisor: one of the twenty has it."""
    calendar = make_calendar()
    nine = make_rule(calendar)
    quarter = make_rule(
        calendar, from_time=at_wall(MONDAY, 9, 15).time(), minutes=45, manner=Manner.PHONE, place=""
    )
    people = [make_asker() for _ in range(THREADS)]
    won: list[Appointment] = []
    told: list[MomentTaken] = []

    def press(rank: int) -> None:
        rule, moment = (nine, NINE) if rank % 2 else (quarter, at_wall(MONDAY, 9, 15))
        try:
            won.append(take(rule, people[rank], moment))
        except MomentTaken as taken:
            told.append(taken)

    at_once(THREADS, press)
    assert (len(won), len(told)) == (1, 19)
    (row,) = Appointment.objects.all()
    assert TakenTime.objects.count() == 2 * ((row.ends_at - row.starts_at) // timedelta(minutes=5))
    for refused in told:  # each is told three free moments, none of which touches the one taken
        assert len(refused.instead) == 3
        assert all(slot.starts_at >= row.ends_at for slot in refused.instead)
    taken_by = Notification.objects.filter(kind="appointment.taken")
    assert taken_by.get().user == calendar.user


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_twenty_writers_who_lock_nothing_are_stopped_by_the_database() -> None:
    """Past every verb: rows of one advisor's time written at once, each shifted by five minutes; one stands."""
    calendar = make_calendar()
    rows = [
        write_appointment(calendar, starts_at=NINE + timedelta(minutes=number), asker=make_asker())
        for number in range(THREADS)
    ]
    won: list[int] = []

    def press(rank: int) -> None:
        try:
            take_time(rows[rank])
        except AskerBusy:
            return
        won.append(rank)

    at_once(THREADS, press)
    assert len(won) == 1
    assert set(TakenTime.objects.values_list("appointment", flat=True)) == {rows[won[0]].pk}


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_one_person_with_eight_advisors_at_once_meets_one() -> None:
    rules = [make_rule(make_calendar(make_user(Role.ADVISOR))) for _ in range(8)]
    asker = make_asker()
    refused: list[int] = []

    def press(rank: int) -> None:
        try:
            take(rules[rank], asker, NINE)
        except AskerBusy:
            refused.append(rank)

    at_once(8, press)
    assert len(refused) == 7
    assert Appointment.objects.get().asker == asker


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_moving_and_booking_at_once_leave_nobody_in_two_places() -> None:
    """Ten move their appointment to the same free moment while ten others book it."""
    calendar = make_calendar()
    calendar.days_ahead = 120
    calendar.save()
    rule = make_rule(calendar)
    free = at_wall(MONDAY, 11, 30)
    mine = [take(rule, make_asker(), NINE + timedelta(weeks=number)) for number in range(10)]
    others = [make_asker() for _ in range(10)]
    won: list[int] = []

    def press(rank: int) -> None:
        try:
            if rank < 10:
                move_appointment(
                    appointment=mine[rank], rule=rule, starts_at=free, actor=mine[rank].asker, at=NOW
                )
            else:
                take(rule, others[rank - 10], free)
        except MomentTaken:
            return
        won.append(rank)

    at_once(THREADS, press)
    assert len(won) == 1
    assert Appointment.objects.filter(starts_at=free).count() == 1
    standing = Appointment.objects.filter(state=State.BOOKED).count()
    assert standing == 10 + (won[0] >= 10)
    assert TakenTime.objects.count() == standing * 6 * 2


@pytest.mark.django_db
def test_the_database_refuses_two_appointments_on_the_same_five_minutes() -> None:
    calendar, asker = make_calendar(), make_asker()
    rows = [write_appointment(calendar, starts_at=NINE), write_appointment(calendar, starts_at=HALF_PAST)]
    TakenTime.objects.create(user=asker, moment=NINE, appointment=rows[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        TakenTime.objects.create(user=asker, moment=NINE, appointment=rows[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        write_appointment(calendar, starts_at=NINE)  # and none that begins with another


@pytest.mark.django_db
def test_the_same_form_sent_twice_books_once() -> None:
    rule, asker, key = make_rule(make_calendar()), make_asker(), uuid4()
    made = [take(rule, asker, NINE, submission_key=key) for _ in range(2)]
    assert made[0].pk == made[1].pk
    assert Appointment.objects.count() == 1
    assert [entry.verb for entry in trail_of(made[0])] == ["book appointment"]
    with pytest.raises(PermissionDenied):  # somebody else's form, copied by hand
        take(rule, make_asker(), HALF_PAST, submission_key=key)


@pytest.mark.django_db
def test_who_may_book_in_which_hours() -> None:
    calendar = make_calendar()
    groups, region = make_rule(calendar, audience=Audience.PROJECTS), make_rule(calendar)
    owner, neighbour = make_user(), make_asker()
    far = make_user(commune_id=ELSEWHERE)
    project = let_in(owner, calendar.user)
    assert take(groups, owner, NINE, project=project).project == project
    for person, rule, asked in (
        (neighbour, groups, None),  # no group let the advisor in
        (neighbour, groups, project),  # not their group
        (owner, groups, None),  # which project?
        (far, region, None),  # another region
        (calendar.user, region, None),  # oneself: `asker` is the advisor
    ):
        with pytest.raises(PermissionDenied):
            take(rule, person, HALF_PAST, project=asked)
    assert take(region, neighbour, HALF_PAST).project is None
    calendar.user.role_grants.all().delete()
    with pytest.raises(PermissionDenied):  # no advisor any more
        take(region, neighbour, at_wall(MONDAY, 10))


@pytest.mark.django_db
def test_what_is_not_offered_is_not_booked() -> None:
    calendar = make_calendar()
    rule, asker = make_rule(calendar), make_asker()
    for moment in (
        at_wall(MONDAY, 9, 10),  # off the grid
        at_wall(MONDAY, 12),  # after the hours
        at_wall(MONDAY + timedelta(days=1), 9),  # not that day
        at_wall(MONDAY - timedelta(days=7), 9),  # past
        at_wall(MONDAY + timedelta(days=42), 9),  # too far
    ):
        with pytest.raises(MomentTaken) as refused:
            take(rule, asker, moment)
        assert len(refused.value.instead) == 3
    with pytest.raises(MomentTaken):  # three hours ahead where four are asked
        take(rule, asker, NINE, at=NINE - timedelta(hours=3))


@pytest.mark.django_db
def test_the_advisor_books_for_somebody_nearer_and_without_an_account() -> None:
    calendar = make_calendar()
    rule = make_rule(calendar)
    made = book(
        rule=rule, starts_at=NINE, ask=Ask("creation", name="Fadma", phone="+212612345678", language="ar"), asker=None,
        submission_key=uuid4(), actor=calendar.user, at=NINE - timedelta(minutes=20),
    )  # fmt: skip
    assert (made.asker, made.asker_name, made.booked_by) == (None, "Fadma", calendar.user)
    assert TakenTime.objects.filter(user=calendar.user).count() == TakenTime.objects.count() == 6
    with pytest.raises(PermissionDenied):  # nor for a project that is closed to the advisor
        book(
            rule=rule, starts_at=HALF_PAST, ask=Ask("plan", project=make_project(make_user())), asker=None,
            submission_key=uuid4(), actor=calendar.user, at=NOW,
        )  # fmt: skip
    with pytest.raises(PermissionDenied):  # nobody else books for somebody
        book(
            rule=rule, starts_at=HALF_PAST, ask=Ask("plan"), asker=make_asker(), submission_key=uuid4(),
            actor=make_asker(), at=NOW,
        )  # fmt: skip


@pytest.mark.django_db
def test_nobody_keeps_more_than_four_moments_to_come() -> None:
    rule, asker = make_rule(make_calendar()), make_asker()
    for number in range(4):
        take(rule, asker, NINE + timedelta(minutes=30 * number))
    with pytest.raises(TooManyAhead):
        take(rule, asker, NINE + timedelta(minutes=120))


@pytest.mark.django_db
def test_moving_frees_the_moment_and_tells_the_other() -> None:
    calendar = make_calendar()
    rule, asker = make_rule(calendar), make_asker(language="ar")
    row = take(rule, asker, NINE)
    moved = move_appointment(appointment=row, rule=rule, starts_at=HALF_PAST, actor=asker, at=NOW)
    assert (moved.pk, moved.starts_at, moved.sequence) == (row.pk, HALF_PAST, 1)
    again = move_appointment(appointment=row, rule=rule, starts_at=HALF_PAST, actor=asker, at=NOW)
    assert again.sequence == 1
    assert Notification.objects.get(kind="appointment.moved_to").user == calendar.user
    assert next_free(calendar, at=NOW, number=1)[0].starts_at == NINE
    with pytest.raises(TooLate):  # eleven hours before, where twelve are asked
        move_appointment(
            appointment=row, rule=rule, starts_at=NINE, actor=asker, at=HALF_PAST - timedelta(hours=11)
        )
    late = HALF_PAST - timedelta(hours=1)
    move_appointment(appointment=row, rule=rule, starts_at=at_wall(MONDAY, 11), actor=calendar.user, at=late)
    told = Notification.objects.get(kind="appointment.moved")
    assert told.user == asker
    assert "11:00" in told.data["when"]
    with pytest.raises(PermissionDenied):
        move_appointment(appointment=row, rule=rule, starts_at=NINE, actor=make_asker(), at=NOW)


@pytest.mark.django_db
def test_cancelling_in_time_late_and_too_late() -> None:
    calendar = make_calendar()
    rule, asker = make_rule(calendar), make_asker()
    row = take(rule, asker, NINE)
    for _ in range(2):
        cancelled = cancel_appointment(appointment=row, actor=asker, at=NOW)
        assert (cancelled.state, cancelled.late, cancelled.sequence) == (State.CANCELLED, False, 1)
    assert not TakenTime.objects.exists()
    again = take(rule, make_asker(), NINE)  # the moment is free for somebody else
    late = cancel_appointment(appointment=again, actor=again.asker, at=NINE - timedelta(hours=2))
    assert late.late
    kinds = Notification.objects.filter(user=calendar.user).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [
        "appointment.taken", "appointment.given_back", "appointment.taken", "appointment.given_back_late"
    ]  # fmt: skip
    third = take(rule, asker, NINE)
    with pytest.raises(TooLate):
        cancel_appointment(appointment=third, actor=asker, at=NINE)
    with pytest.raises(IllegalMove):
        move_appointment(appointment=row, rule=rule, starts_at=HALF_PAST, actor=asker, at=NOW)


@pytest.mark.django_db
def test_an_advisor_cancels_with_a_reason_and_proposes_others() -> None:
    calendar = make_calendar()
    rule, asker = make_rule(calendar), make_asker()
    row = take(rule, asker, NINE)
    others = next_free(calendar, at=NOW, number=2)
    with pytest.raises(ReasonMissing):
        cancel_appointment(appointment=row, actor=calendar.user, at=NOW, reason=" ")
    gone = cancel_appointment(
        appointment=row, actor=calendar.user, at=NOW, reason="Formation à Rabat.", proposed=others
    )
    assert (gone.cancel_reason, gone.cancelled_by_advisor) == ("Formation à Rabat.", True)
    told = Notification.objects.get(user=asker, kind="appointment.other_times")
    assert "Rabat" not in str(told.data)
    take(rule, make_asker(), others[0].starts_at)
    left = proposed_slots(gone, OpeningRule.objects.all(), at=NOW)
    assert [slot.starts_at for slot in left] == [others[1].starts_at]


@pytest.mark.django_db
def test_held_or_missed_once_it_began_and_corrected() -> None:
    calendar = make_calendar()
    rule, asker = make_rule(calendar), make_asker()
    row = take(rule, asker, NINE)
    with pytest.raises(TooLate):
        mark_held(appointment=row, actor=calendar.user, at=NOW)
    with pytest.raises(PermissionDenied):
        mark_held(appointment=row, actor=asker, at=NINE)
    mark_missed(appointment=row, actor=calendar.user, at=NINE + timedelta(minutes=30))
    assert Notification.objects.filter(user=asker, kind="appointment.missed").count() == 1
    mark_held(appointment=row, actor=calendar.user, at=NINE + timedelta(hours=1))
    assert Appointment.objects.get().state == State.HELD
    assert missed_count(asker) == 0


@pytest.mark.django_db
def test_nothing_private_is_in_a_notification() -> None:
    calendar = make_calendar()
    rule, asker = make_rule(calendar), make_asker(display_name="Amina Tafoukt")
    row = take(rule, asker, NINE)
    cancel_appointment(appointment=row, actor=calendar.user, at=NOW, reason="Secret")
    text = " ".join(str(one.data) for one in Notification.objects.all())
    for private in ("Amina", "prix", "+212", "plan", "Secret", "bureau"):
        assert private not in text
    assert User.objects.filter(notifications__kind="appointment.confirmed").get() == asker
