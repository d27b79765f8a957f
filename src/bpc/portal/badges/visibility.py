"""Who sees awards and who may revoke them: rule and queryset side by side.

Whoever has a code reads what the award says through `checking`, which shows a name only if the person chose so.
"""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.badges.models import Award
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.roles import Role

_REVOKERS = (Role.ADMINISTRATOR, Role.TRAINER)


def may_revoke(person: Any, _award: Award | None = None) -> bool:
    """National administrators and trainers."""
    return bool(person.is_authenticated) and any(person.holds(role) for role in _REVOKERS)


def is_own(person: Any, award: Award | None) -> bool:
    """Whose award it is."""
    return award is not None and bool(person.is_authenticated) and award.user_id == person.pk


def can_see_award(person: Any, award: Award) -> bool:
    """Whose it is, and whoever may revoke it."""
    return is_own(person, award) or may_revoke(person)


def awards_visible_to(person: Any) -> QuerySet[Award]:
    """The awards `can_see_award` allows."""
    if not person.is_authenticated:
        return Award.objects.none()
    rows = Award.objects.all()
    return rows if may_revoke(person) else rows.filter(user=person)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Award, can_see=can_see_award, visible_to=awards_visible_to)
    declare_right("badges.own", "Montrer ou cacher son nom sur une attestation (la personne qui l’a)", is_own)
    declare_right(
        "badges.revoke",
        "Révoquer une attestation de formation (formateurs, administration nationale)",
        may_revoke,
    )
