"""The published courses, held by the process as values; one cheap query asks whether they are still so.

What is given here is shared: to be read only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from bpc.datasets.training_courses import Course
from bpc.portal.foundation.page_cache import generations
from bpc.portal.training.contents import read_content
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.states import VersionState

#: The generation that says the published courses changed: pages that show them are kept under it.
GENERATION = "training"
_STAGES = ("start", "run", "grow")


@dataclass(frozen=True)
class Published:
    """A version that is, or was, published. `key`: of its `models.Course`."""

    key: int
    code: str
    version: int
    course: Course
    published_at: datetime


def catalogue() -> Mapping[str, Published]:
    """Every published course by its code, in the order one learns: stage by stage."""
    return _catalogue(generations(GENERATION))


def published(code: str) -> Published | None:
    """The course now published under this code; None when there is none, or it was retired."""
    return catalogue().get(code)


def edition(code: str, number: int) -> Published | None:
    """A version that was published once, whatever became of it; None when it never was.

    One cheap query, none for the version now published. What people did with a version is marked by it.
    """
    now = published(code)
    if now is not None and now.version == number:
        return now
    out = (VersionState.PUBLISHED, VersionState.SUPERSEDED, VersionState.RETIRED)
    rows = CourseVersion.objects.filter(course__code=code, number=number, state__in=out)
    found = rows.values_list("pk", "content_hash").first()
    return _edition(*found) if found else None


@lru_cache(maxsize=64)
def _edition(pk: int, _content_hash: str) -> Published:
    return _published(CourseVersion.objects.select_related("course").get(pk=pk))


def last_edition(code: str) -> Published | None:
    """The version now published, or else the last one that was; None when there never was one."""
    now = published(code)
    if now is not None:
        return now
    rows = CourseVersion.objects.filter(course__code=code, state=VersionState.RETIRED).order_by("-number")
    number = rows.values_list("number", flat=True).first()
    return None if number is None else edition(code, number)


def forget_catalogue() -> None:
    """For tests: what a transaction undone had changed is not remembered."""
    _catalogue.cache_clear()
    _edition.cache_clear()


@lru_cache(maxsize=1)
def _catalogue(generation: str) -> Mapping[str, Published]:
    rows = CourseVersion.objects.filter(state=VersionState.PUBLISHED).select_related("course")
    found = sorted(
        map(_published, rows), key=lambda one: (_STAGES.index(one.course.stage), one.course.rank, one.code)
    )
    return MappingProxyType({one.code: one for one in found})


def _published(row: CourseVersion) -> Published:
    assert row.published_at is not None  # a constraint of the table: only what is not yet out has no date
    return Published(row.course_id, row.course.code, row.number, read_content(row.content), row.published_at)
