"""Who sees what a person learns: the person, nobody else. Rule and queryset side by side."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import declare_visibility
from bpc.portal.learning.models import Following, LearningEvent, ReviewItem


def can_see_following(person: Any, following: Following) -> bool:
    """The learner alone."""
    return bool(person.is_authenticated) and following.user_id == person.pk


def followings_visible_to(person: Any) -> QuerySet[Following]:
    """The courses begun that `can_see_following` allows."""
    return Following.objects.filter(user=person) if person.is_authenticated else Following.objects.none()


def can_see_of_following(person: Any, row: LearningEvent | ReviewItem) -> bool:
    """Whoever sees the course begun."""
    return can_see_following(person, row.following)


def events_visible_to(person: Any) -> QuerySet[LearningEvent]:
    """The events `can_see_of_following` allows."""
    return LearningEvent.objects.filter(following__in=followings_visible_to(person))


def reviews_visible_to(person: Any) -> QuerySet[ReviewItem]:
    """The questions coming back that `can_see_of_following` allows."""
    return ReviewItem.objects.filter(following__in=followings_visible_to(person))


def declare() -> None:
    """Called once when the app is ready. Learning asks for an account, no more."""
    declare_visibility(Following, can_see=can_see_following, visible_to=followings_visible_to)
    declare_visibility(LearningEvent, can_see=can_see_of_following, visible_to=events_visible_to)
    declare_visibility(ReviewItem, can_see=can_see_of_following, visible_to=reviews_visible_to)
