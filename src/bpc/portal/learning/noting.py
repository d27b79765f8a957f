"""What devices noted is kept once each, in any order, and counted again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.core.learning.progress import Did, Event
from bpc.portal.foundation.audit import record
from bpc.portal.learning.completions import tell_finished
from bpc.portal.learning.models import Following, LearningEvent, ReviewItem
from bpc.portal.learning.standing import Standing, stand
from bpc.portal.learning.told import MOST_AT_ONCE, Noted, Unfit, parse_event
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import can_see_project
from bpc.portal.training.catalogue import Published
from bpc.portal.training.models import Course

MOST_EVENTS = 20_000  # of a person in a course: more is a machine


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
    *, user: User, published: Published, events: Sequence[object], at: datetime, device: UUID | None = None
) -> Kept:
    """Keep what is new, refuse what is unfit with its reason, and count again. Sent twice it is kept once.

    Raises `TooMany`.
    """
    if len(events) > MOST_AT_ONCE:
        raise TooMany
    following = begin(user=user, published=published, at=at)
    following = Following.objects.select_for_update(of=("self",)).get(pk=following.pk)
    fit, refused = _parsed(events, published, at)
    known = set(following.events.filter(key__in=[one.key for one in fit]).values_list("key", flat=True))
    new = list({one.key: one for one in fit if one.key not in known}.values())
    if new and following.events.count() + len(new) > MOST_EVENTS:
        raise TooMany
    LearningEvent.objects.bulk_create(_row(following, one, device, at) for one in new)
    finished = _recount(following, published, at) if new else False
    return Kept(tuple(one.key for one in fit), refused, finished)


def _parsed(
    events: Iterable[object], published: Published, at: datetime
) -> tuple[list[Noted], dict[str, str]]:
    fit: list[Noted] = []
    refused: dict[str, str] = {}
    for rank, written in enumerate(events):
        try:
            fit.append(parse_event(written, published.course, now=at))
        except Unfit as reason:
            key = written.get("key") if isinstance(written, dict) else None
            refused[str(key or rank)[:40]] = str(reason)
    return fit, refused


def _row(following: Following, one: Noted, device: UUID | None, at: datetime) -> LearningEvent:
    return LearningEvent(
        following=following, key=one.key, device=device, did=one.did, lesson=one.lesson, question=one.question,
        answer=one.answer, at=one.at, received_at=at,
    )  # fmt: skip


def standing_of(following: Following, published: Published) -> Standing:
    """What the person's events in this course come to, held against its published version."""
    return stand(published.course, _events(following))


def _events(following: Following) -> list[Event]:
    rows = following.events.values_list("key", "at", "did", "lesson", "question", "answer")
    return [
        Event(str(key), at, Did(did), lesson, question, _answer(answer))
        for key, at, did, lesson, question, answer in rows
    ]


def _answer(kept: Any) -> Any:
    """Pairs are kept in JSON with their ranks as text; the fields of an exercise are named."""
    if isinstance(kept, dict) and kept and all(key.isdigit() for key in kept):
        return {int(left): right for left, right in kept.items()}
    return kept


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
