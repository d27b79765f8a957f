"""Opening, editing, announcing, holding, cancelling: who may, when, who is told."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bpc.portal.foundation.permissions import can_see
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from bpc.portal.seats.giving import KEPT, TooFewSeats
from bpc.portal.training.models import CourseVersion
from bpc.portal.workshops.courses import course_names
from bpc.portal.workshops.dates import own_entries
from bpc.portal.workshops.forgetting import forget_enrolments
from bpc.portal.workshops.models import Enrolment, Workshop
from bpc.portal.workshops.reminders import send_reminders
from bpc.portal.workshops.sessions import (
    DayAttended,
    DayHours,
    StaleWorkshop,
    announce_workshop,
    cancel_workshop,
    edit_workshop,
    hold_workshop,
    open_workshop,
)
from tests.portal.workshops.workshop_world import (
    NEIGHBOUR,
    NOW,
    content,
    enrol,
    make_enrolment,
    make_request,
    make_workshop,
)
from tests.portal.world import ELSEWHERE, make_user

pytestmark = pytest.mark.django_db


def kinds_told(person: Any) -> list[str]:
    return list(Notification.objects.filter(user=person).order_by("pk").values_list("kind", flat=True))


def test_a_trainer_opens_anywhere_and_teaches_it_a_delegate_in_the_region() -> None:
    trainer, delegate = make_user(Role.TRAINER), make_user(Role.DELEGATE)
    elsewhere = Territory.objects.get(pk=ELSEWHERE)
    opened = open_workshop(content=content(commune=elsewhere), actor=trainer, at=NOW)
    assert [one.user_id for one in opened.trainers.all()] == [trainer.pk]
    assert timezone.localtime(opened.starts_at).time() == time(9)
    assert timezone.localdate(opened.ends_at) == timezone.localdate(opened.starts_at) + timedelta(days=1)
    assert not can_see(make_user(), opened)
    assert open_workshop(content=content(), actor=delegate, at=NOW).trainers.count() == 0
    for person in (delegate, make_user(Role.ADVISOR), make_user()):
        with pytest.raises(PermissionDenied):
            open_workshop(content=content(commune=elsewhere), actor=person, at=NOW)


def test_announced_it_tells_once_those_of_the_province_who_ask_for_it() -> None:
    trainer, here, near, far, registered = (make_user(Role.TRAINER), *(make_user() for _ in range(4)))
    make_request(actor=here)
    make_request(actor=near, commune=NEIGHBOUR)
    make_request(actor=far, commune=ELSEWHERE)
    make_request(actor=registered, code="bookkeeping-from-zero")
    workshop = open_workshop(content=content(), actor=trainer, at=NOW)
    assert announce_workshop(workshop=workshop, actor=trainer, at=NOW) == 2
    assert [kinds_told(one) for one in (here, near, far, registered)] == [
        ["workshop.opened"], ["workshop.opened"], [], []
    ]  # fmt: skip
    with pytest.raises(IllegalMove):
        announce_workshop(workshop=workshop, actor=trainer, at=NOW)


def test_not_announced_once_begun_nor_without_a_trainer() -> None:
    delegate = make_user(Role.DELEGATE)
    for workshop in (
        make_workshop("draft", days=-1, trainer=make_user(Role.TRAINER)),
        make_workshop("draft"),
    ):
        with pytest.raises(IllegalMove):
            announce_workshop(workshop=workshop, actor=delegate, at=NOW)


def test_edited_the_registered_are_told_only_of_days_and_place() -> None:
    trainer, comer = make_user(Role.TRAINER), make_user()
    said = content(capacity=1)
    workshop = open_workshop(content=said, actor=trainer, at=NOW)
    announce_workshop(workshop=workshop, actor=trainer, at=NOW)
    enrol(workshop, 1, user_id=comer.pk, actor=comer)
    waiting = enrol(workshop, 2)
    first, second = workshop.days.all()
    edit_workshop(
        workshop=workshop, content=replace(said, capacity=2, note="Un cahier."), revision=1, actor=trainer, at=NOW
    )  # fmt: skip
    waiting.refresh_from_db()
    assert (waiting.state, kinds_told(comer)) == ("registered", ["workshop.registered"])
    later = (said.days[0], DayHours(said.days[1].day, time(9), time(11)))
    edit_workshop(
        workshop=workshop, content=replace(said, capacity=2, days=later), revision=2, actor=trainer, at=NOW
    )
    assert kinds_told(comer) == ["workshop.registered", "workshop.changed"]
    assert [one.pk for one in workshop.days.all()] == [first.pk, second.pk]  # a day keeps its row
    with pytest.raises(StaleWorkshop):
        edit_workshop(workshop=workshop, content=said, revision=2, actor=trainer, at=NOW)
    with pytest.raises(TooFewSeats):
        edit_workshop(workshop=workshop, content=replace(said, capacity=1), revision=3, actor=trainer, at=NOW)


def test_a_day_somebody_attended_is_not_taken_away() -> None:
    trainer = make_user(Role.TRAINER)
    workshop = make_workshop(days=-1, length=2, trainer=trainer)
    make_enrolment(workshop, present=1)
    first, second = workshop.days.all()
    only = (DayHours(second.day, second.starts, second.ends),)
    with pytest.raises(DayAttended) as refused:
        edit_workshop(workshop=workshop, content=content(days=only), revision=1, actor=trainer, at=NOW)
    assert refused.value.day == first.day


def test_held_on_its_last_day_and_cancelled_with_a_reason() -> None:
    trainer, comer = make_user(Role.TRAINER), make_user()
    with pytest.raises(IllegalMove):
        hold_workshop(workshop=make_workshop(days=1, trainer=trainer), actor=trainer, at=NOW)
    workshop = make_workshop(trainer=trainer)
    make_enrolment(workshop, user=comer)
    with pytest.raises(ReasonMissing):
        cancel_workshop(workshop=workshop, reason=" ", language="fr", actor=trainer, at=NOW)
    with pytest.raises(PermissionDenied):
        cancel_workshop(
            workshop=workshop, reason="Salle", language="fr", actor=make_user(Role.TRAINER), at=NOW
        )
    cancel_workshop(workshop=workshop, reason="Salle fermée.", language="fr", actor=trainer, at=NOW)
    (notice,) = Notification.objects.filter(user=comer)
    assert (notice.kind, notice.data["reason"]) == ("workshop.cancelled", "Salle fermée.")


def test_a_retired_course_keeps_its_name() -> None:
    workshop = make_workshop()
    assert course_names([workshop.course_id])[workshop.course_id]["fr"]
    before = course_names([workshop.course_id])
    CourseVersion.objects.filter(course=workshop.course_id).update(state="retired")
    from bpc.portal.training.catalogue import forget_catalogue  # noqa: PLC0415

    forget_catalogue()
    assert course_names([workshop.course_id]) == before


@pytest.mark.parametrize(("hours", "sent"), [(72, 0), (47, 1), (20, 1), (-1, 0)])
def test_reminded_two_days_before_once(hours: int, sent: int) -> None:
    day = timezone.localdate(NOW) + timedelta(days=10)
    noon = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))
    comer, late = make_user(), make_user()
    starts = noon + timedelta(hours=hours)
    workshop = make_workshop(capacity=9, starts_at=starts, ends_at=starts + timedelta(hours=2))
    make_enrolment(workshop, user=comer, registered_at=starts - timedelta(days=9))
    make_enrolment(workshop, user=late, registered_at=starts - timedelta(days=1))
    make_enrolment(workshop, user=make_user(), state="waiting")
    assert [send_reminders(noon), send_reminders(noon)] == [sent, 0]
    assert send_reminders(noon.replace(hour=23)) == 0
    assert kinds_told(comer) == ["workshop.reminder"] * sent
    assert kinds_told(late) == []


def test_names_are_forgotten_six_months_after_and_counts_stay() -> None:
    old, recent = make_workshop("held", days=-200), make_workshop("held", days=-100)
    make_enrolment(old, user=make_user(), email="a@example.org", present=1)
    make_enrolment(recent)
    assert [forget_enrolments(NOW), forget_enrolments(NOW)] == [1, 0]
    row = Enrolment.objects.get(workshop=old)
    assert (row.name, row.phone, row.email, row.user_id, row.presences.count()) == ("", "", "", None, 1)
    assert Workshop.objects.get(pk=old.pk).forgotten_at == NOW
    assert timedelta(days=180) < KEPT < timedelta(days=190)


def test_ones_own_calendar_has_each_day_of_what_one_follows_or_teaches() -> None:
    trainer, comer = make_user(Role.TRAINER), make_user()
    workshop = make_workshop(length=2, trainer=trainer)
    make_enrolment(workshop, user=comer)
    make_workshop("draft", trainer=trainer)
    make_enrolment(make_workshop(), user=comer, state="waiting")
    for person in (trainer, comer):
        entries = own_entries(person, at=NOW)
        assert [one.starts for one in entries] == [day.starts_at for day in workshop.days.all()]
        assert "Taroudannt" in entries[0].location
    assert len({one.uid for one in own_entries(comer, at=NOW)}) == 2
