"""Asking for a session near home: one waiting request for a person and a course, met, taken back, or too old."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.limits import note
from bpc.portal.reference.models import Territory
from bpc.portal.training.models import Course
from bpc.portal.workshops import notices
from bpc.portal.workshops.models import CourseRequest, Enrolment, RequestTold, Workshop
from bpc.portal.workshops.states import AskState, Audience, Moment
from bpc.portal.workshops.visibility import may_open_in

LIVES = timedelta(days=365)  # a year after it was last said: then nothing was opened, or life moved on
MESSAGES_A_DAY = 2  # of the staff to one group


@dataclass(frozen=True)
class Wish:
    """What somebody asks: where, for how many people, in which language, when."""

    commune: Territory
    people: int
    spoken: str
    moments: Collection[str] = ()

    def columns(self) -> dict[str, Any]:
        """The columns of `CourseRequest` they fill."""
        return {
            "commune": self.commune, "province_id": self.commune.province_code,
            "region_id": self.commune.region_code, "people": self.people, "spoken": self.spoken,
            **{moment.value: moment.value in self.moments for moment in Moment},
        }  # fmt: skip


def ask_for_session(
    *, course: Course, wish: Wish, actor: Any, at: datetime, is_demo: bool = False
) -> CourseRequest:
    """Ask, or change what one asked for this course. Raises `PermissionDenied` without an account."""
    check(actor, "workshops.ask")
    with transaction.atomic():
        row, is_new = _own_waiting(course, wish, actor, at, is_demo)
        if not is_new:
            for name, value in wish.columns().items():
                setattr(row, name, value)
            row.changed_at = at
            row.save()
        verb = "ask for session" if is_new else "change request for session"
        record(actor=actor, verb=verb, obj=row, at=at, after=row.state, data={"people": wish.people})
        outdate("workshop-requests")
    return row


def withdraw_request(*, request: CourseRequest, actor: Any, at: datetime) -> None:
    """Take it back. Raises `IllegalMove` when it waits no more, `PermissionDenied`."""
    with transaction.atomic():
        row = CourseRequest.objects.select_for_update().get(pk=request.pk)
        check(actor, "workshops.ask", row)
        if row.state != AskState.WAITING:
            raise IllegalMove(f"withdraw request: {row.state}")
        _end(row, AskState.WITHDRAWN, "withdraw request", actor=actor, at=at)


def meet_request(*, enrolment: Enrolment, at: datetime) -> None:
    """Who registers with their account for a session of the course no longer asks for it."""
    if enrolment.user_id is None:
        return
    course = enrolment.workshop.course_id
    rows = CourseRequest.objects.select_for_update().filter(user=enrolment.user_id, course=course)
    for row in rows.filter(state=AskState.WAITING):
        row.met_by_id = enrolment.workshop_id
        _end(row, AskState.MET, "meet request", actor=None, at=at)


def tell_askers(*, workshop: Workshop, at: datetime) -> int:
    """Tell those of its province who wait for its course, once; returns how many were.

    Those of a session for one cooperative are not told: it is not for them.
    """
    if workshop.audience != Audience.ALL:
        return 0
    waiting = CourseRequest.objects.filter(
        state=AskState.WAITING, course=workshop.course_id, province=workshop.commune.province_code,
        is_demo=workshop.is_demo,
    )  # fmt: skip
    rows = list(waiting.exclude(told__workshop=workshop).select_related("user").order_by("pk"))
    RequestTold.objects.bulk_create([RequestTold(request=row, workshop=workshop, at=at) for row in rows])
    for row in rows:
        notices.tell_asker(row, workshop, at=at)
    return len(rows)


def write_to_askers(*, course: Course, commune: Territory, words: str, actor: Any, at: datetime) -> int:
    """Write to those of a commune who wait for a course, by the site's notification; returns how many.

    Nothing tells who they are. Raises `PermissionDenied` outside one's region, `TooManyDeposits` the third time
    in a day.
    """
    if not may_open_in(actor, commune.region_code):
        raise PermissionDenied("not of this region")
    with transaction.atomic():
        note("message to askers", f"{course.pk}:{commune.pk}", MESSAGES_A_DAY, at)
        waiting = CourseRequest.objects.filter(state=AskState.WAITING, course=course, commune=commune)
        rows = list(waiting.select_related("user").order_by("pk"))
        for row in rows:
            notices.write_to_asker(row, words, at=at)
        data = {"commune": commune.pk, "people": len(rows)}
        record(actor=actor, verb="write to askers", obj=course, at=at, data=data)
    return len(rows)


def lapse_requests(at: datetime) -> int:
    """End those older than a year; returns how many."""
    old = list(CourseRequest.objects.filter(state=AskState.WAITING, changed_at__lt=at - LIVES).order_by("pk"))
    with transaction.atomic():
        for row in old:
            _end(row, AskState.LAPSED, "lapse request", actor=None, at=at)
    return len(old)


def _own_waiting(
    course: Course, wish: Wish, actor: Any, at: datetime, is_demo: bool
) -> tuple[CourseRequest, bool]:
    mine = CourseRequest.objects.select_for_update().filter(course=course, user=actor, state=AskState.WAITING)
    if (known := mine.first()) is not None:
        return known, False
    try:
        with transaction.atomic():
            made = CourseRequest.objects.create(
                course=course, user=actor, asked_at=at, changed_at=at, is_demo=is_demo, **wish.columns()
            )
    except IntegrityError:  # the same form sent twice at once
        return mine.get(), False
    return made, True


def _end(row: CourseRequest, state: str, verb: str, *, actor: Any, at: datetime) -> None:
    before, row.state, row.ended_at = row.state, state, at
    row.save(update_fields=["state", "ended_at", "met_by"])
    record(actor=actor, verb=verb, obj=row, at=at, before=before, after=state)
    outdate("workshop-requests")
