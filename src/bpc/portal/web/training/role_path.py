"""The courses of a role in their order, how far a person is, and the role that what they do here suggests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpc.portal.learning.models import Following
from bpc.portal.people.roles import OrganisationKind, Role
from bpc.portal.training.catalogue import Published
from bpc.portal.web.training.words import ROLES, language_of, said

_COOPERATIVES = (OrganisationKind.COOPERATIVE, OrganisationKind.UNION)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A role of `words.ROLES`, and what the site knows that suggests it."""

    role: str
    because: "str | Promise"


@dataclass(frozen=True, slots=True)
class RolePath:
    """The courses of one role: how many, how long (hours, rounded up), how many are finished, the one to go on with."""

    role: str
    name: "str | Promise"
    courses: int
    lessons: int
    hours: int
    finished: int
    next_code: str
    next_name: str
    next_language: str
    begun: bool


def suggested_role(person: Any) -> Suggested | None:
    """What the person does here, the most particular first; None where nothing says it. Two queries at most."""
    if any(grant.role == Role.ADVISOR for grant in person.grants):
        return Suggested("advisor", _("Vous accompagnez des groupes."))
    seats = person.memberships.filter(accepted_at__isnull=False, organisation__kind__in=_COOPERATIVES)
    manages = list(seats.values_list("is_manager", flat=True))
    if any(manages):
        return Suggested("board", _("Vous gérez l’espace d’une coopérative."))
    if manages:
        return Suggested("cooperative", _("Vous êtes membre d’une coopérative."))
    if person.project_memberships.exists():
        return Suggested("holder", _("Vous participez à un projet."))
    return None


def role_path(role: str, known: Iterable[Published], followed: Mapping[int, Following]) -> RolePath | None:
    """The path of a role of `words.ROLES` by key of course followed; None while no course is for it."""
    entries = [one for one in known if role in one.course.roles]
    if not entries:
        return None
    left = [one for one in entries if not (one.key in followed and followed[one.key].finished_at)]
    following = next((one for one in left if one.key in followed), left[0] if left else None)
    return RolePath(
        role=role, name=ROLES[role], courses=len(entries), lessons=sum(len(one.course.lessons) for one in entries),
        hours=ceil(sum(one.course.minutes for one in entries) / 60), finished=len(entries) - len(left),
        next_code=following.code if following else "", next_name=said(following.course.name) if following else "",
        next_language=language_of(following.course) if following else "",
        begun=following is not None and following.key in followed,
    )  # fmt: skip
