"""Who sees what became of a project: rule and queryset side by side."""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import can, declare_right, declare_visibility
from bpc.portal.ideas.visibility import moderates
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.projects.visibility import can_see_project, projects_visible_to
from bpc.portal.results.models import Following, PeriodResult
from bpc.portal.results.states import StoryState


def is_public(following: Following) -> bool:
    """Whether its group lets everybody read its words, and a delegate found nothing against it."""
    return (
        following.alumni_since is not None
        and following.public_agreed_at is not None
        and following.story_state == StoryState.PUBLISHED
    )


def public_followings() -> QuerySet[Following]:
    """The cards `is_public` allows."""
    return Following.objects.filter(
        alumni_since__isnull=False, public_agreed_at__isnull=False, story_state=StoryState.PUBLISHED
    )


def moderates_story(person: Any, following: Following | None = None) -> bool:
    """Delegates for their region, national administrators for all, once a group has handed its words in."""
    if following is not None and following.story_state == StoryState.NONE:
        return False
    return moderates(person, following)


def stories_moderated_by(person: Any) -> QuerySet[Following]:
    """The followings `moderates_story` allows: the desk of words to read."""
    if not person.is_authenticated:
        return Following.objects.none()
    told = Following.objects.exclude(story_state=StoryState.NONE)
    return (
        told
        if is_administrator(person)
        else told.filter(project__region__in=person.regions_as(Role.DELEGATE))
    )


def can_see_following(person: Any, following: Following) -> bool:
    """Whoever sees the project; who moderates its words; everybody, once they are published."""
    return (
        is_public(following)
        or can_see_project(person, following.project)
        or moderates_story(person, following)
    )


def followings_visible_to(person: Any) -> QuerySet[Following]:
    """The followings `can_see_following` allows."""
    return Following.objects.filter(
        Q(pk__in=public_followings().values("pk"))
        | Q(project__in=projects_visible_to(person))
        | Q(pk__in=stories_moderated_by(person).values("pk"))
    )


def can_see_result(person: Any, result: PeriodResult) -> bool:
    """Whoever sees the project: figures are public only counted together."""
    return can_see_project(person, result.project)


def results_visible_to(person: Any) -> QuerySet[PeriodResult]:
    """The results `can_see_result` allows."""
    return PeriodResult.objects.filter(project__in=projects_visible_to(person))


def declare() -> None:
    """Called once when the app is ready. Writing asks for `projects.edit`, agreeing to be shown for `projects.own`."""
    declare_right(
        "results.moderate",
        "Lire les mots des anciens projets avant tout le monde (délégué de la région, administrateur national)",
        moderates_story,
    )
    declare_right(
        "results.tell",
        "Proposer ou retirer les mots d’un ancien projet (ses responsables)",
        lambda person, following: following is not None and can(person, "projects.own", following.project),
    )
    declare_visibility(Following, can_see=can_see_following, visible_to=followings_visible_to)
    declare_visibility(PeriodResult, can_see=can_see_result, visible_to=results_visible_to)
