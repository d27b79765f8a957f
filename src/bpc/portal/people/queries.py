"""What the pages of this room read."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from bpc.portal.people.consents import Purpose, purposes
from bpc.portal.people.contacts import Contact
from bpc.portal.people.models import (
    Consent,
    Invitation,
    Membership,
    Notification,
    Organisation,
    RoleGrant,
    User,
)


def contacts_of(person: Any) -> tuple[str | None, str | None]:
    """The e-mail address and the verified number of a signed-in person, None where there is none."""
    return person.email or None, person.phone if person.phone and person.phone_verified else None


def addressed_to(person: Any) -> Q:
    """The rule on columns `email` and `phone` of invitations sent to the person's address or verified number."""
    email, phone = contacts_of(person)
    rule = Q(pk=None)
    if email:
        rule |= Q(email=email)
    if phone:
        rule |= Q(phone=phone)
    return rule


def invitations_for(person: Any) -> QuerySet[Invitation]:
    """The invitations sent to the person's address or verified number."""
    return Invitation.objects.filter(addressed_to(person)).select_related("organisation")


def memberships_of(person: Any) -> QuerySet[Membership]:
    """The organisations the person belongs to, with the number of their members."""
    return (
        Membership.objects.filter(user=person, accepted_at__isnull=False)
        .select_related("organisation", "organisation__commune")
        .annotate(member_count=Count("organisation__memberships"))
        .order_by("organisation__name")
    )


def organisations_of(person: Any) -> QuerySet[Organisation]:
    """The organisations in whose name the person may speak: those they joined."""
    joined = Membership.objects.filter(user=person, accepted_at__isnull=False)
    return Organisation.objects.filter(pk__in=joined.values("organisation")).order_by("name", "pk")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """The members, managers first."""
    return organisation.memberships.select_related("user").order_by("-is_manager", "user__display_name", "pk")


def find_person(contact: Contact) -> User | None:
    """The active account with exactly this address or number."""
    lookup = {"email": contact.email} if contact.email else {"phone": contact.phone}
    return User.objects.filter(is_active=True, **lookup).first()


def holder_of(contact: Contact) -> User | None:
    """The active account that proved to have this address or number."""
    if contact.email:
        return User.objects.filter(email=contact.email, is_active=True).first()
    return User.objects.filter(phone=contact.phone, phone_verified=True, is_active=True).first()


def running_grants() -> QuerySet[RoleGrant]:
    """Every role held today, by role, region and name."""
    return (
        RoleGrant.objects.filter(ended_at=None, user__is_active=True)
        .select_related("user", "region", "granted_by")
        .order_by("role", "region_id", "user__display_name", "pk")
    )


def unread_count(person: Any) -> int:
    """Notices the person has not read."""
    return Notification.objects.filter(user=person, read_at=None).count()


@dataclass(frozen=True)
class ConsentState:
    """One purpose and what the person said of it. `outdated`: agreed to a former text."""

    purpose: Purpose
    consent: Consent | None
    history: list[Consent]

    @property
    def outdated(self) -> bool:
        """Whether the text changed since the person agreed."""
        return self.consent is not None and self.consent.version != self.purpose.version


def consent_states(person: Any) -> list[ConsentState]:
    """Every purpose with the running consent and the former ones, newest first: one query."""
    rows = list(Consent.objects.filter(user=person).order_by("-given_at", "-pk"))
    return [
        ConsentState(
            purpose,
            next((row for row in rows if row.purpose == key and row.withdrawn_at is None), None),
            [row for row in rows if row.purpose == key],
        )
        for key, purpose in purposes().items()
    ]


def missing_from_profile(person: Any) -> list[str]:
    """What would make the profile complete, in the order it is asked: name, commune, second contact."""
    missing = []
    if not person.display_name:
        missing.append("name")
    if person.commune_id is None:
        missing.append("commune")
    if not (person.email and person.phone and person.phone_verified):
        missing.append("contact")
    return missing
