"""Who sees meetings, who organises them, who sees who comes: rule and queryset side by side."""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.gatherings.models import Gathering, MeetingPhoto, MeetingReport, Registration
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator


def organises(person: Any, gathering: Gathering | None = None) -> bool:
    """Administrators for all; delegates for the meetings of their region. Without a meeting: anyone of these."""
    if not person.is_authenticated:
        return False
    if is_administrator(person):
        return True
    regions = person.regions_as(Role.DELEGATE)
    return bool(regions) if gathering is None else gathering.region_id in regions


def gatherings_organised_by(person: Any) -> QuerySet[Gathering]:
    """The meetings `organises` allows."""
    if not person.is_authenticated:
        return Gathering.objects.none()
    if is_administrator(person):
        return Gathering.objects.all()
    return Gathering.objects.filter(region__in=person.regions_as(Role.DELEGATE))


def can_see_gathering(person: Any, gathering: Gathering) -> bool:
    """Everybody: they are public events."""
    return True


def gatherings_visible_to(person: Any) -> QuerySet[Gathering]:
    """Every meeting."""
    return Gathering.objects.all()


def owns_registration(person: Any, registration: Registration | None) -> bool:
    """Whether the signed-in person registered themselves."""
    return bool(person.is_authenticated and registration is not None and registration.user_id == person.pk)


def can_see_registration(person: Any, registration: Registration) -> bool:
    """Who registered with their account, and the organisers of the meeting."""
    return owns_registration(person, registration) or organises(person, registration.gathering)


def registrations_visible_to(person: Any) -> QuerySet[Registration]:
    """The registrations `can_see_registration` allows."""
    if not person.is_authenticated:
        return Registration.objects.none()
    organised = gatherings_organised_by(person).values("pk")
    return Registration.objects.filter(Q(user=person) | Q(gathering__in=organised))


def can_see_report(person: Any, report: MeetingReport) -> bool:
    """Everybody once published; the organisers before."""
    return report.published_at is not None or organises(person, report.gathering)


def reports_visible_to(person: Any) -> QuerySet[MeetingReport]:
    """The reports `can_see_report` allows."""
    organised = gatherings_organised_by(person).values("pk")
    return MeetingReport.objects.filter(Q(published_at__isnull=False) | Q(gathering__in=organised))


def can_see_photo(person: Any, photo: MeetingPhoto) -> bool:
    """Everybody, until it is withdrawn; then nobody: its files are gone."""
    return photo.withdrawn_at is None


def photos_visible_to(person: Any) -> QuerySet[MeetingPhoto]:
    """The photos `can_see_photo` allows."""
    return MeetingPhoto.objects.filter(withdrawn_at=None)


def may_cancel(person: Any, registration: Registration | None) -> bool:
    """Who registered, and the organisers."""
    if registration is None:
        return False
    return owns_registration(person, registration) or organises(person, registration.gathering)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Gathering, can_see=can_see_gathering, visible_to=gatherings_visible_to)
    declare_visibility(Registration, can_see=can_see_registration, visible_to=registrations_visible_to)
    declare_visibility(MeetingReport, can_see=can_see_report, visible_to=reports_visible_to)
    declare_visibility(MeetingPhoto, can_see=can_see_photo, visible_to=photos_visible_to)
    declare_right(
        "gatherings.organise",
        "Annoncer, tenir, annuler une rencontre, voir ses inscrits, publier son compte rendu "
        "(délégué de sa région, administrateur national)",
        organises,
    )
    declare_right(
        "gatherings.cancel_registration",
        "Annuler une inscription à une rencontre (la personne inscrite, les organisateurs)",
        may_cancel,
    )
