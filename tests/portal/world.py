"""A small world: people of every role, and ideas in every state, in real communes of two regions."""

import itertools
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from bpc.portal.ideas.models import Idea
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import REGIONAL_ROLES, Role
from bpc.portal.reference.models import Territory

HERE, ELSEWHERE = "09.541.01.13", "02.411.01.23"  # Taroudannt (Souss-Massa), Oujda (Oriental)
_numbers = itertools.count(1)


def make_user(*roles: str, region: str = HERE[:2], **fields: Any) -> User:
    """An account with the roles, in `region` for the roles that have one."""
    fields.setdefault("email", f"personne{next(_numbers)}@example.org")
    user = User.objects.create_user(password="une-phrase-secrete", **fields)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, region_id=region if role in REGIONAL_ROLES else None)
    return user


def people_of_every_role() -> dict[str, Any]:
    """A stranger, a person without role, one of each role, and a delegate of another region."""
    return {
        "stranger": AnonymousUser(),
        "person": make_user(),
        **{role: make_user(role) for role in Role.values},
        "delegate elsewhere": make_user(Role.DELEGATE, region=ELSEWHERE[:2]),
    }


def make_idea(commune: str = HERE, *, state: str = "published", **fields: Any) -> Idea:
    """An idea written straight into the database, for tests that are not about its deposit."""
    number = next(_numbers)
    place = Territory.objects.get(pk=commune)
    now = timezone.now()
    values: dict[str, Any] = {
        "reference": f"T{number:07d}",
        "title": f"Séchoir solaire pour les figues {number}",
        "need": "Les figues se perdent faute de séchoir.",
        "proposal": "Un séchoir solaire partagé par vingt familles.",
        "language": "fr",
        "sector_id": "food",
        "speaker": "citizen",
        "submitted_at": None if state == "draft" else now,
        "published_at": now if state in {"published", "merged", "archived"} else None,
    }
    return Idea.objects.create(
        state=state,
        commune=place,
        province_id=place.province_code,
        region_id=place.region_code,
        **{**values, **fields},
    )
