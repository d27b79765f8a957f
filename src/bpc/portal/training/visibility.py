"""Who sees and who changes the courses: rule and queryset side by side.

Everybody reads what is published. Drafts and former versions are for trainers and national administrators.
"""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.training.models import Course, CourseVersion
from bpc.portal.training.states import REVIEW, WRITE, VersionState


def teaches(person: Any, _obj: Any = None) -> bool:
    """Trainers and national administrators."""
    return bool(person.is_authenticated) and (person.holds(Role.TRAINER) or is_administrator(person))


def may_review(person: Any, version: CourseVersion | None = None) -> bool:
    """Whoever teaches, but not the person who wrote this version: four eyes read what everybody will."""
    if not teaches(person):
        return False
    return version is None or not isinstance(version, CourseVersion) or version.made_by_id != person.pk


def can_see_version(person: Any, version: CourseVersion) -> bool:
    """Everybody what is published; the rest, those who teach."""
    return version.state == VersionState.PUBLISHED or teaches(person)


def versions_visible_to(person: Any) -> QuerySet[CourseVersion]:
    """The versions `can_see_version` allows."""
    if teaches(person):
        return CourseVersion.objects.all()
    return CourseVersion.objects.filter(state=VersionState.PUBLISHED)


def can_see_course(person: Any, course: Course) -> bool:
    """Everybody, while one of its versions is published; those who teach, always."""
    return teaches(person) or course.versions.filter(state=VersionState.PUBLISHED).exists()


def courses_visible_to(person: Any) -> QuerySet[Course]:
    """The courses `can_see_course` allows."""
    if teaches(person):
        return Course.objects.all()
    published = CourseVersion.objects.filter(state=VersionState.PUBLISHED)
    return Course.objects.filter(pk__in=published.values("course"))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Course, can_see=can_see_course, visible_to=courses_visible_to)
    declare_visibility(CourseVersion, can_see=can_see_version, visible_to=versions_visible_to)
    declare_right(WRITE, "Écrire et traduire des cours (formateurs, administrateur national)", teaches)
    declare_right(
        REVIEW,
        "Relire, publier, retirer un cours que l’on n’a pas écrit (formateurs, administrateur national)",
        may_review,
    )
