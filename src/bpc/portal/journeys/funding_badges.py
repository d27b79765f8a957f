"""Certificates that conditions of funding ask for: what they are called, who in a group holds them."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from bpc.core.matching.scheme import Condition, Scheme
from bpc.portal.badges.queries import living
from bpc.portal.funding.badge_names import declare_badge_names
from bpc.portal.funding.queries import schemes
from bpc.portal.training.catalogue import published

FIELD = "badges"


def badges_of_groups(projects: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The certificates that the members of each project's group hold now; nothing at all while no source asks for one.

    One query, two where a source asks. A project whose members hold none has an empty tuple: that is known.
    """
    if not _asked(schemes().values()):
        return {}
    held: dict[int, set[str]] = defaultdict(set)
    rows = living().filter(user__project_memberships__project__in=projects).order_by()
    for project, code in rows.values_list(
        "user__project_memberships__project", "achievement__code"
    ).distinct():
        held[project].add(code)
    return {key: tuple(sorted(held[key])) for key in projects}


def _asked(rules: Iterable[Scheme]) -> bool:
    return any(one.field == FIELD for scheme in rules for one in _conditions(scheme))


def _conditions(scheme: Scheme) -> Iterable[Condition]:
    return (*scheme.conditions, *scheme.preferences, *(one for group in scheme.any_of for one in group))


def course_name(code: str, language: str) -> str | None:
    """The name of the course whose certificate this is; None for another one, or a course no longer published."""
    kind, _colon, slug = code.partition(":")
    found = published(slug) if kind == "course" else None
    return (
        None if found is None else found.course.name.get(language) or next(iter(found.course.name.values()))
    )


def declare() -> None:
    """Called once when the pages are ready: conditions name the course that gives a certificate."""
    declare_badge_names(course_name)
