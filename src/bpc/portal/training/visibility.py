"""Who sees and who changes the courses: rule and queryset side by side.

Everybody reads what is published. Drafts and former versions are for trainers and national administrators.
"""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.training.models import Course, CourseVersion, LessonSound
from bpc.portal.training.states import DISCARD, REVIEW, WRITE, VersionState


def teaches(person: Any, _obj: Any = None) -> bool:
    """Trainers and national administrators."""
    return bool(person.is_authenticated) and (person.holds(Role.TRAINER) or is_administrator(person))


def wrote(person: Any, version: CourseVersion) -> bool:
    """Whether some of its words may be this person's."""
    return version.made_by_id == person.pk or any(one.pk == person.pk for one in version.writers.all())


def may_review(person: Any, version: CourseVersion | None = None) -> bool:
    """Whoever teaches, but none of those who wrote this version: four eyes read what everybody will."""
    return teaches(person) and not (isinstance(version, CourseVersion) and wrote(person, version))


def may_discard(person: Any, version: CourseVersion | None = None) -> bool:
    """Those who wrote it, national administrators, and whoever teaches what nobody wrote: a draft from a file."""
    if not isinstance(version, CourseVersion) or not teaches(person):
        return teaches(person)
    is_nobodys = version.made_by_id is None and not version.writers.all()
    return is_nobodys or wrote(person, version) or is_administrator(person)


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


def can_see_sound(person: Any, sound: LessonSound) -> bool:
    """Whoever sees the version that it reads."""
    return can_see_version(person, sound.version)


def sounds_visible_to(person: Any) -> QuerySet[LessonSound]:
    """The recordings `can_see_sound` allows."""
    if teaches(person):
        return LessonSound.objects.all()
    return LessonSound.objects.filter(version__state=VersionState.PUBLISHED)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Course, can_see=can_see_course, visible_to=courses_visible_to)
    declare_visibility(CourseVersion, can_see=can_see_version, visible_to=versions_visible_to)
    declare_visibility(LessonSound, can_see=can_see_sound, visible_to=sounds_visible_to)
    declare_right(WRITE, "Écrire et traduire des cours (formateurs, administrateur national)", teaches)
    declare_right(
        REVIEW,
        "Relire, publier, retirer un cours que l’on n’a pas écrit (formateurs, administrateur national)",
        may_review,
    )
    declare_right(
        DISCARD,
        "Abandonner un brouillon de cours (qui l’a écrit, administrateur national)",
        may_discard,
    )
