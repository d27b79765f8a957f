"""What a course is called, retired or not: as it is published, else as it was last."""

from collections.abc import Iterable, Mapping

from bpc.portal.training.catalogue import catalogue
from bpc.portal.training.models import CourseVersion

Names = Mapping[str, str]  # by language


def course_names(keys: Iterable[int]) -> dict[int, Names]:
    """The names of these courses by their key: from memory, and one query where some are published no more."""
    wanted = set(keys)
    names: dict[int, Names] = {one.key: one.course.name for one in catalogue().values() if one.key in wanted}
    if missing := wanted - names.keys():
        rows = CourseVersion.objects.filter(course__in=missing).order_by("number")
        names |= dict(rows.values_list("course_id", "content__name"))
    return names


def said(names: Names, language: str) -> str:
    """The name in the language, else in French, else in whichever there is."""
    return names.get(language) or names.get("fr") or next(iter(names.values()), "")
