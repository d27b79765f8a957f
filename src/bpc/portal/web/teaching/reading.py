"""What the desk shows: what waits for me, what I write, every course; one course with its state and its history."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, JSONField, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.http import Http404, HttpRequest

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import get_visible_or_404, visible
from bpc.portal.people.models import User
from bpc.portal.training.actions import OPEN
from bpc.portal.training.models import Course, CourseVersion
from bpc.portal.training.readiness import lacks_of
from bpc.portal.training.states import VersionState
from bpc.portal.training.visibility import may_review
from bpc.portal.web.teaching.words import Lack, in_page_language, told_lack

SHOWN = 20  # of each list of what is open
_PER_PAGE = 25
_SHOWN_STATES = (VersionState.PUBLISHED, VersionState.RETIRED)


@dataclass(frozen=True)
class Open:
    """A version being written or read, and how much it still lacks."""

    version: CourseVersion
    name: str
    lacking: int


@dataclass(frozen=True)
class Desk:
    """`waiting`: to be read by me; `mine`: written by me; `others`: written by others or come from a file."""

    waiting: list[Open]
    mine: list[Open]
    others: list[Open]
    courses: Page[Any]


@dataclass(frozen=True)
class Past:
    """A version in the history, the number of the one before (0: none), and why it was retired where it was."""

    version: CourseVersion
    before: int
    retired_for: str


def desk_of(person: Any, page: str | None) -> Desk:
    """The first page of a trainer: a few queries whatever the number of courses."""
    rows = (
        visible(person, CourseVersion)
        .select_related("course", "made_by")
        .prefetch_related("writers", "sounds")
    )
    wrote = Exists(CourseVersion.writers.through.objects.filter(courseversion=OuterRef("pk"), user=person.pk))
    own = Q(made_by=person.pk) | Q(wrote)
    read = rows.filter(state=VersionState.REVIEW).order_by("submitted_at", "pk")
    drafts = rows.filter(state=VersionState.DRAFT).order_by("-changed_at", "pk")
    return Desk(
        waiting=_opened(read.exclude(own)),
        mine=_opened(drafts.filter(own)) + _opened(read.filter(own)),
        others=_opened(drafts.exclude(own)),
        courses=Paginator(_shown(person), _PER_PAGE).get_page(page),
    )


def _opened(rows: QuerySet[CourseVersion]) -> list[Open]:
    return [
        Open(row, name_of(row), len(lacks_of(row)) if row.state == VersionState.DRAFT else 0)
        for row in rows[:SHOWN]
    ]


def _shown(person: Any) -> QuerySet[CourseVersion]:
    """What everybody reads of each course, or last read; without its words, but its name."""
    rows = visible(person, CourseVersion).filter(state__in=_SHOWN_STATES)
    later = rows.filter(course=OuterRef("course"), number__gt=OuterRef("number"))
    named = KeyTransform("name", "content", output_field=JSONField())
    listed = rows.filter(~Exists(later)).select_related("course").defer("content")
    return listed.annotate(named=named).order_by("course__code")


def course_or_404(request: HttpRequest, code: str) -> Course:
    """The course, for those who teach."""
    return get_visible_or_404(request.user, Course, code=code)


def open_version(course: Course) -> CourseVersion | None:
    """Its draft, or its version in review."""
    people = Prefetch("writers", queryset=User.objects.order_by("pk"))
    rows = course.versions.filter(state__in=OPEN).select_related("course", "made_by")
    return rows.prefetch_related(people, "sounds").first()


def draft_or_404(request: HttpRequest, code: str) -> CourseVersion:
    """Its open draft."""
    draft = open_version(course_or_404(request, code))
    if draft is None or draft.state != VersionState.DRAFT:
        raise Http404("no draft")
    return draft


def shown_version(course: Course) -> CourseVersion | None:
    """What everybody reads, or read until it was retired; None before the first publication."""
    return course.versions.filter(state__in=_SHOWN_STATES).order_by("-number").first()


def version_or_404(course: Course, number: str) -> CourseVersion:
    """The version of this number."""
    if number.isascii() and number.isdigit() and len(number) < 9:
        found = course.versions.filter(number=int(number)).select_related("course").first()
        if found is not None:
            return found
    raise Http404("no version")


def name_of(version: CourseVersion) -> str:
    """What the course is called, as this version says it."""
    return in_page_language(version.content["name"])


def told_lacks(version: CourseVersion) -> list[Lack]:
    """Everything that keeps it from being published, in words."""
    return [told_lack(version, one) for one in lacks_of(version)]


def frame(request: HttpRequest, version: CourseVersion, **more: Any) -> dict[str, Any]:
    """What every page about one version shows around its content."""
    return {
        "course": version.course, "version": version, "name": name_of(version),
        "reviews": version.state == VersionState.REVIEW and may_review(request.user, version), **more,
    }  # fmt: skip


def history_of(course: Course) -> list[Past]:
    """Its versions, newest first."""
    versions = list(
        course.versions.defer("content").select_related("made_by", "published_by").order_by("-number")
    )
    before = [one.number for one in versions[1:]] + [0]
    return [Past(one, number, _reason(one)) for one, number in zip(versions, before, strict=True)]


def _reason(version: CourseVersion) -> str:
    if version.state != VersionState.RETIRED:
        return ""
    entry = trail_of(version).filter(verb="retire").last()
    return entry.reason if entry is not None else ""
