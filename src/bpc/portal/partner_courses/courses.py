"""Keeping partner courses: added as drafts, published, withdrawn; changed only as they were last read."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import move
from bpc.portal.partner_courses.models import Partner, PartnerCourse
from bpc.portal.partner_courses.reaching import is_reachable
from bpc.portal.partner_courses.registering import Unfit
from bpc.portal.partner_courses.states import COURSE_MOVES, CourseLanguage

MOST_CUSTOM = 20


class Stale(Exception):
    """The course was changed elsewhere meanwhile."""


@dataclass(frozen=True)
class Content:
    """A course as its keeper tells of it."""

    partner: Partner
    title_fr: str
    title_ar: str
    about_fr: str
    about_ar: str
    licence: str
    credit: str
    languages: tuple[str, ...]
    minutes: int | None = None
    target_url: str = ""
    custom: dict[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    pass_percent: int | None = None


@transaction.atomic
def add_course(*, content: Content, actor: Any, at: datetime) -> PartnerCourse:
    """A new draft. Raises `Unfit`, `PermissionDenied`."""
    check(actor, "partner_courses.keep")
    _check_content(content)
    made = PartnerCourse.objects.create(**_columns(content), author=actor, made_at=at, changed_at=at)
    record(actor=actor, verb="add partner course", obj=made, at=at)
    return made


@transaction.atomic
def change_course(*, course: PartnerCourse, content: Content, version: int, actor: Any, at: datetime) -> None:
    """Put a course right; its results stay with it. Raises `Stale`, `Unfit`, `PermissionDenied`."""
    check(actor, "partner_courses.keep")
    row = PartnerCourse.objects.select_for_update().get(pk=course.pk)
    if row.version != version:
        raise Stale
    if row.partner_id != content.partner.pk and row.results.exists():
        raise Unfit("partner")  # what its learners are known by is another partner's
    _check_content(content)
    fresh = _columns(content)
    changed = sorted(name for name, value in fresh.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, fresh[name])
    row.version, row.changed_at = row.version + 1, at
    row.save()
    record(actor=actor, verb="change partner course", obj=row, at=at, data={"columns": changed})


def publish_course(*, course: PartnerCourse, actor: Any, at: datetime) -> None:
    """Show it to everybody."""
    move(course, COURSE_MOVES, "publish", actor=actor, at=at)


def withdraw_course(*, course: PartnerCourse, actor: Any, at: datetime) -> None:
    """Show it no longer; its learners keep their results."""
    move(course, COURSE_MOVES, "withdraw", actor=actor, at=at)


def _check_content(content: Content) -> None:
    if content.target_url and not is_reachable(content.target_url):
        raise Unfit("target_url")
    if not content.languages or not set(content.languages) <= set(CourseLanguage.values):
        raise Unfit("languages")
    if len(content.custom) > MOST_CUSTOM:
        raise Unfit("custom")


def _columns(content: Content) -> dict[str, Any]:
    lists = {"languages": list(content.languages), "answers": list(content.answers)}
    return {**content.__dict__, **lists}
