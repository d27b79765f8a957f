"""Who holds what, for the path, for conditions of funding, for one's own pages."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from bpc.portal.badges.models import Achievement, Award


def living() -> QuerySet[Award]:
    """Awards neither revoked nor renewed."""
    return Award.objects.filter(revoked_at=None, renewed_at=None)


def holds(person: Any, code: str) -> bool:
    """Whether a person holds the achievement of this code now; False for a stranger."""
    return bool(person.is_authenticated) and living().filter(user=person, achievement__code=code).exists()


def held_by(person: Any) -> frozenset[str]:
    """The codes of everything a person holds now, in one query."""
    if not person.is_authenticated:
        return frozenset()
    return frozenset(living().filter(user=person).values_list("achievement__code", flat=True))


def award_codes(person: Any, codes: Collection[str]) -> dict[str, str]:
    """The code of the living award of each of these achievements that a person holds, in one query."""
    rows = living().filter(user=person, achievement__code__in=codes)
    return dict(rows.values_list("achievement__code", "code"))


def holders_in(users: Collection[Any], code: str) -> frozenset[int]:
    """Which of these people (accounts or their keys) hold the achievement now, by account key, in one query."""
    keys = [getattr(user, "pk", user) for user in users]
    return frozenset(living().filter(user__in=keys, achievement__code=code).values_list("user_id", flat=True))


def name_of(code: str, language: str) -> str:
    """The newest name of an achievement, to say what is asked for; the code itself when no room defined it."""
    row = Achievement.objects.filter(code=code).prefetch_related("versions").first()
    versions = list(row.versions.all()) if row is not None else []
    return versions[-1].told("name", language) if versions else code


def listed() -> QuerySet[Award]:
    """Awards with what a list or a sheet shows of them, without their signed credential."""
    rows = Award.objects.select_related("version", "achievement", "key", "user")
    return rows.defer("token", "version__criteria_fr", "version__criteria_ar", "key__sealed")


def own_awards(person: Any) -> QuerySet[Award]:
    """Everything a person was awarded, the newest first."""
    return listed().filter(user=person)
