"""What devices noted is kept once each, in any order, and counted again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.learning.completions import tell_finished
from bpc.portal.learning.events import events_of
from bpc.portal.learning.models import Following, LearningEvent, ReviewItem
from bpc.portal.learning.standing import Standing, stand
from bpc.portal.learning.told import MOST_AT_ONCE, Noted, Unfit, parse_event
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import can_see_project
from bpc.portal.training.catalogue import Published, edition
from bpc.portal.training.models import Course

MOST_EVENTS = 20_000  # of a person in a course: more is a machine
MOST_VERSIONS = 100_000
_PATIENCE = timedelta(minutes=2)


class TooMany(Exception):
    """More events than a person makes."""


@dataclass(frozen=True)
class Kept:
    """What became of the events sent: keys kept now or before, and those refused with the code of the reason."""

    kept: tuple[UUID, ...]
    refused: dict[str, str] = field(default_factory=dict)
    just_finished: bool = False


@transaction.atomic
def begin(*, user: User, published: Published, at: datetime, project: Project | None = None) -> Following:
    """The course begun by this person, now or before. Raises PermissionDenied for a project they do not see."""
    if project is not None and not can_see_project(user, project):
        raise PermissionDenied("projects")
    following, made = Following.objects.get_or_create(
        user=user, course=Course.objects.get(pk=published.key),
        defaults={
            "begun_at": at, "last_at": at, "project": project, "version": published.version,
            "lessons": len(published.course.lessons),
        },
    )  # fmt: skip
    if not made and project is not None and following.project_id != project.pk:
        following.project = project
        following.save(update_fields=["project"])
    return following


@transaction.atomic
def note(
    *,
    user: User,
    published: Published,
    events: Sequence[object],
    at: datetime,
    device: UUID | None = None,
    sent_at: datetime | None = None,
) -> Kept:
    """Keep what is new, refuse what is unfit with its reason, and count again. Sent twice it is kept once.

    An event may say the `version` of the course that its device held: it is judged by it, whatever was published since.
    `sent_at`: what the clock of the device shows as it sends; what it is ahead or behind is taken off each event.
    Raises `TooMany`.
    """
    if len(events) > MOST_AT_ONCE:
        raise TooMany
    following = begin(user=user, published=published, at=at)
    following = Following.objects.select_for_update(of=("self",)).get(pk=following.pk)
    fit, refused = _parsed(events, published, at, _late(sent_at, at))
    known = set(following.events.filter(key__in=[one.key for one in fit]).values_list("key", flat=True))
    new = list({one.key: one for one in fit if one.key not in known}.values())
    if new and following.events.count() + len(new) > MOST_EVENTS:
        raise TooMany
    LearningEvent.objects.bulk_create(_row(following, one, device, at) for one in new)
    finished = _recount(following, published, at) if new else False
    return Kept(tuple(one.key for one in fit), refused, finished)


def _late(sent_at: datetime | None, at: datetime) -> timedelta:
    """By how much the clock of the device is behind; the time that a sending takes is not counted."""
    late = at - sent_at if sent_at else timedelta()
    return late if abs(late) > _PATIENCE else timedelta()


def _parsed(
    events: Iterable[object], published: Published, at: datetime, late: timedelta
) -> tuple[list[Noted], dict[str, str]]:
    fit: list[Noted] = []
    refused: dict[str, str] = {}
    editions = {published.version: published}
    for rank, written in enumerate(events):
        held = _held(written, published, editions)
        try:
            fit.append(parse_event(written, held.course, now=at, version=held.version, late=late))
        except Unfit as reason:
            key = written.get("key") if isinstance(written, dict) else None
            refused[str(key or rank)[:40]] = str(reason)
    return _one_after_another(fit, at), refused


def _held(written: object, published: Published, editions: dict[int, Published]) -> Published:
    """The version that the device held; the one published when it does not say one that ever was."""
    number = written.get("version") if isinstance(written, dict) else None
    if not isinstance(number, int) or not 0 < number <= MOST_VERSIONS:
        return published
    if number not in editions:
        editions[number] = edition(published.code, number) or published
    return editions[number]


def _one_after_another(fit: list[Noted], at: datetime) -> list[Noted]:
    """What is held to the moment of its arrival stays in the order it was told."""
    left = sum(one.at == at for one in fit)
    ordered = []
    for one in fit:
        left -= one.at == at
        ordered.append(replace(one, at=at - timedelta(microseconds=left)) if one.at == at else one)
    return ordered


def _row(following: Following, one: Noted, device: UUID | None, at: datetime) -> LearningEvent:
    return LearningEvent(
        following=following, key=one.key, device=device, did=one.did, lesson=one.lesson, question=one.question,
        answer=one.answer, version=one.version, at=one.at, received_at=at,
    )  # fmt: skip


def standing_of(following: Following, published: Published) -> Standing:
    """What the person's events in this course come to, held against this version."""
    return stand(published.course, [one.event for one in events_of(following, published)])


def _recount(following: Following, published: Published, at: datetime) -> bool:
    """Write again what lists show. True when the last lesson was done just now."""
    standing = standing_of(following, published)
    last = following.events.order_by("-at", "-key").first()
    assert last is not None  # it is called when an event was just kept
    following.last_at, following.last_lesson = last.at, last.lesson
    following.version, following.lessons = published.version, len(published.course.lessons)
    following.done_lessons = standing.done
    just = standing.finished and following.finished_at is None
    if just:
        following.finished_at = at
    following.save()
    _write_reviews(following, standing)
    if just:
        record(
            actor=following.user, verb="finish course", obj=following, at=at, data={"course": published.code}
        )
        tell_finished(following, published, at)
    return just


def _write_reviews(following: Following, standing: Standing) -> None:
    wanted = {key: (one.box, one.due) for key, one in standing.reviews.items() if one.due is not None}
    held = {(one.lesson, one.question): one for one in following.reviews.all()}
    following.reviews.filter(pk__in=[row.pk for key, row in held.items() if key not in wanted]).delete()
    moved = []
    for (lesson, question), (box, due) in wanted.items():
        row = held.get((lesson, question))
        if row is None:
            moved.append(ReviewItem(following=following, lesson=lesson, question=question, box=box, due=due))
        elif (row.box, row.due) != (box, due):
            row.box, row.due = box, due
            moved.append(row)
    ReviewItem.objects.bulk_create(
        moved,
        update_conflicts=True,
        unique_fields=["following", "lesson", "question"],
        update_fields=["box", "due"],
    )
