"""Who sees what became of a project: rule and queryset side by side."""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_visibility
from bpc.portal.projects.visibility import can_see_project, projects_visible_to
from bpc.portal.results.models import Following, PeriodResult


def is_public(following: Following) -> bool:
    """Whether its group lets everybody see its card."""
    return following.alumni_since is not None and following.public_agreed_at is not None


def public_followings() -> QuerySet[Following]:
    """The cards `is_public` allows."""
    return Following.objects.filter(alumni_since__isnull=False, public_agreed_at__isnull=False)


def can_see_following(person: Any, following: Following) -> bool:
    """Whoever sees the project; everybody, once its group agreed."""
    return is_public(following) or can_see_project(person, following.project)


def followings_visible_to(person: Any) -> QuerySet[Following]:
    """The followings `can_see_following` allows."""
    return Following.objects.filter(
        Q(pk__in=public_followings().values("pk")) | Q(project__in=projects_visible_to(person))
    )


def can_see_result(person: Any, result: PeriodResult) -> bool:
    """Whoever sees the project: figures are public only counted together."""
    return can_see_project(person, result.project)


def results_visible_to(person: Any) -> QuerySet[PeriodResult]:
    """The results `can_see_result` allows."""
    return PeriodResult.objects.filter(project__in=projects_visible_to(person))


def declare() -> None:
    """Called once when the app is ready. Writing asks for `projects.edit`, agreeing to be shown for `projects.own`."""
    declare_visibility(Following, can_see=can_see_following, visible_to=followings_visible_to)
    declare_visibility(PeriodResult, can_see=can_see_result, visible_to=results_visible_to)
