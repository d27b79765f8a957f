"""Badges that steps ask for: which of them somebody of a project's group holds today."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from bpc.datasets.path_templates import Outline
from bpc.portal.badges.queries import living


def badges_asked(templates: Iterable[Outline]) -> frozenset[str]:
    """The codes of the badges that the steps of these templates ask."""
    return frozenset(step.badge for one in templates for step in one.steps if step.badge is not None)


def badges_in_groups(projects: Collection[int], codes: Collection[str]) -> dict[int, frozenset[str]]:
    """Of these badges, those a member of each project's group holds: neither revoked nor renewed by another.

    One query; none where no step asks for a badge. An advisor is not of the group.
    """
    found: dict[int, set[str]] = defaultdict(set)
    if codes and projects:
        rows = living().filter(achievement__code__in=codes, user__project_memberships__project__in=projects)
        pairs = (
            rows.order_by().values_list("user__project_memberships__project", "achievement__code").distinct()
        )
        for project, code in pairs:
            found[project].add(code)
    return {key: frozenset(held) for key, held in found.items() if key in set(projects)}
