"""Who sees sessions, who holds them, who sees who comes: rule and queryset side by side.

A trainer holds the sessions they teach, a delegate those of their region, national administrators all. Requests are
seen by who asked; the others only ever count them (`demand`).
"""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.queries import organisations_of
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.seats.states import RegistrationState
from bpc.portal.workshops.models import CourseRequest, Enrolment, Workshop, WorkshopTrainer
from bpc.portal.workshops.states import HOLD, Audience


def holds(person: Any, workshop: Workshop | None = None) -> bool:
    """Its trainers, the delegates of its region, administrators. Without a session: anyone who may open one."""
    if not person.is_authenticated:
        return False
    if is_administrator(person):
        return True
    regions = person.regions_as(Role.DELEGATE)
    if workshop is None:
        return bool(regions) or person.holds(Role.TRAINER)
    if workshop.region_id in regions:
        return True
    return person.holds(Role.TRAINER) and workshop.trainers.filter(user=person).exists()


def workshops_held_by(person: Any) -> QuerySet[Workshop]:
    """The sessions `holds` allows."""
    if not person.is_authenticated:
        return Workshop.objects.none()
    if is_administrator(person):
        return Workshop.objects.all()
    rule = Q(region__in=person.regions_as(Role.DELEGATE))
    if person.holds(Role.TRAINER):
        rule |= Q(pk__in=WorkshopTrainer.objects.filter(user=person).values("workshop"))
    return Workshop.objects.filter(rule)


def may_open_in(person: Any, region: str) -> bool:
    """Where a new session may be opened: trainers and administrators anywhere, delegates in their region."""
    if not person.is_authenticated:
        return False
    return (
        is_administrator(person) or person.holds(Role.TRAINER) or region in person.regions_as(Role.DELEGATE)
    )


def regions_of(person: Any) -> set[str] | None:
    """The regions whose requests the person counts; None for all of them."""
    if is_administrator(person) or person.holds(Role.TRAINER):
        return None
    regions: set[str] = person.regions_as(Role.DELEGATE)
    return regions


def can_see_workshop(person: Any, workshop: Workshop) -> bool:
    """Who holds it; once announced everybody, or the members of the cooperative it is for and who is registered."""
    if holds(person, workshop):
        return True
    if workshop.announced_at is None:
        return False
    if workshop.audience == Audience.ALL:
        return True
    if not person.is_authenticated:
        return False
    return is_member(person, workshop) or running_of(person).filter(workshop=workshop).exists()


def is_member(person: Any, workshop: Workshop) -> bool:
    """Whether a signed-in person is of the cooperative the session is for."""
    return organisations_of(person).filter(pk=workshop.organisation_id or 0).exists()


def workshops_visible_to(person: Any) -> QuerySet[Workshop]:
    """The sessions `can_see_workshop` allows."""
    if not person.is_authenticated:
        return Workshop.objects.filter(announced_at__isnull=False, audience=Audience.ALL)
    among = Q(audience=Audience.ALL) | Q(organisation__in=organisations_of(person).values("pk"))
    among |= Q(pk__in=running_of(person).values("workshop"))
    return Workshop.objects.filter(
        Q(pk__in=workshops_held_by(person).values("pk")) | Q(announced_at__isnull=False) & among
    )


def running_of(person: Any) -> QuerySet[Enrolment]:
    """The person's own registrations that are not cancelled."""
    return Enrolment.objects.filter(user=person).exclude(state=RegistrationState.CANCELLED)


def owns_enrolment(person: Any, enrolment: Enrolment) -> bool:
    """Whether the signed-in person registered themselves."""
    return bool(person.is_authenticated and enrolment.user_id == person.pk)


def can_see_enrolment(person: Any, enrolment: Enrolment) -> bool:
    """Who registered with their account, and who holds the session."""
    return owns_enrolment(person, enrolment) or holds(person, enrolment.workshop)


def enrolments_visible_to(person: Any) -> QuerySet[Enrolment]:
    """The registrations `can_see_enrolment` allows."""
    if not person.is_authenticated:
        return Enrolment.objects.none()
    held = workshops_held_by(person).values("pk")
    return Enrolment.objects.filter(Q(user=person) | Q(workshop__in=held))


def may_cancel(person: Any, enrolment: Enrolment | None) -> bool:
    """Who registered, and who holds the session."""
    return enrolment is not None and can_see_enrolment(person, enrolment)


def owns_request(person: Any, request: CourseRequest | None) -> bool:
    """Who asked; nobody else, whatever their role. Without a request: anybody with an account may ask."""
    return bool(person.is_authenticated and (request is None or request.user_id == person.pk))


def requests_visible_to(person: Any) -> QuerySet[CourseRequest]:
    """The requests `owns_request` allows."""
    if not person.is_authenticated:
        return CourseRequest.objects.none()
    return CourseRequest.objects.filter(user=person)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Workshop, can_see=can_see_workshop, visible_to=workshops_visible_to)
    declare_visibility(Enrolment, can_see=can_see_enrolment, visible_to=enrolments_visible_to)
    declare_visibility(CourseRequest, can_see=owns_request, visible_to=requests_visible_to)
    declare_right(
        HOLD,
        "Ouvrir, annoncer, tenir, annuler une séance de formation, voir ses inscrits, les avis et les demandes "
        "(formateur pour les siennes, délégué de sa région, administrateur national)",
        holds,
    )
    declare_right(
        "workshops.cancel_enrolment",
        "Annuler une inscription à une séance de formation (la personne inscrite, qui tient la séance)",
        may_cancel,
    )
    declare_right(
        "workshops.ask",
        "Demander une séance près de chez soi, retirer sa demande (toute personne connectée, pour elle-même)",
        owns_request,
    )
    declare_right(
        "workshops.figures",
        "Lire les avis sur les séances, cours par cours, pour tout le pays (administrateur national)",
        is_administrator,
    )
