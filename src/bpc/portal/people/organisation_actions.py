"""What is done to organisations. Each verb on its people locks it first, so that one manager always remains."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.people.contacts import Contact
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import Invitation, Membership, Organisation, User
from bpc.portal.people.queries import contacts_of, holder_of
from bpc.portal.reference.models import Territory

INVITATIONS_A_DAY = 50  # by one person, over all organisations: each may ring a telephone


class LastManager(Exception):
    """The organisation would be left without anybody to manage it."""


class AlreadyMember(Exception):
    """The person invited belongs to the organisation, or was invited before."""


class TooManyInvitations(Exception):
    """The person has invited as many people as may be in one day."""


class InvitationGone(Exception):
    """The invitation was taken back, or answered, a moment ago."""


def _lock(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _check_a_manager_remains(membership: Membership) -> None:
    others = Membership.objects.filter(
        organisation=membership.organisation_id,
        is_manager=True,
        accepted_at__isnull=False,
        user__is_active=True,
    )
    if membership.is_manager and not others.exclude(pk=membership.pk).exists():
        raise LastManager


@transaction.atomic
def create_organisation(
    *,
    kind: str,
    name: str,
    language: str,
    commune: Territory | None,
    actor: User,
    at: Any,
    is_demo: bool = False,
) -> Organisation:
    """A new organisation whose first manager is `actor`."""
    organisation = Organisation.objects.create(
        kind=kind,
        name=name.strip(),
        language=language,
        commune=commune,
        created_by=actor,
        created_at=at,
        is_demo=is_demo,
    )
    Membership.objects.create(
        organisation=organisation, user=actor, is_manager=True, accepted_at=at, created_at=at
    )
    record(actor=actor, verb="create organisation", obj=organisation, at=at)
    return organisation


@transaction.atomic
def invite(*, organisation: Organisation, contact: Contact, actor: Any, at: Any) -> Invitation:
    """Ask the holder of an address or number to join.

    Raises `AlreadyMember`, `TooManyInvitations`, `PermissionDenied`.
    """
    check(actor, "organisations.manage", organisation)
    _lock(organisation)
    _check_not_too_many(actor, at)
    email, phone = contact.email or None, contact.phone or None
    lookup = {"email": email} if email else {"phone": phone}
    if organisation.invitations.filter(**lookup).exists():
        raise AlreadyMember
    holder = {"user__email": email} if email else {"user__phone": phone, "user__phone_verified": True}
    if organisation.memberships.filter(**holder).exists():
        raise AlreadyMember
    invitation = Invitation.objects.create(
        organisation=organisation, email=email, phone=phone, invited_by=actor, created_at=at
    )
    record(actor=actor, verb="invite member", obj=organisation, at=at, data={"invitation": invitation.pk})
    if user := holder_of(contact):
        notify(user=user, kind="organisation.invited", data={"organisation": organisation.name}, at=at)
    return invitation


def _check_not_too_many(actor: Any, at: Any) -> None:
    """From the trail, which keeps the invitations that were taken back too."""
    sent = AuditEntry.objects.filter(actor=actor, verb="invite member", at__gt=at - timedelta(days=1))
    if sent.count() >= INVITATIONS_A_DAY:
        raise TooManyInvitations


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, actor: Any, at: Any) -> None:
    """Take an invitation back."""
    check(actor, "organisations.manage", invitation.organisation)
    record(
        actor=actor,
        verb="cancel invitation",
        obj=invitation.organisation,
        at=at,
        data={"invitation": invitation.pk},
    )
    invitation.delete()


def _check_addressee(invitation: Invitation, actor: User) -> None:
    email, phone = contacts_of(actor)
    if not (invitation.email and invitation.email == email) and not (
        invitation.phone and invitation.phone == phone
    ):
        raise PermissionDenied("not the person invited")


@transaction.atomic
def accept_invitation(*, invitation: Invitation, actor: User, at: Any) -> Membership:
    """Become a member.

    Raises `InvitationGone`, and `PermissionDenied` unless it was sent to a verified contact of `actor`.
    """
    _check_addressee(invitation, actor)
    organisation = _lock(invitation.organisation)
    if not organisation.invitations.filter(pk=invitation.pk).exists():
        raise InvitationGone
    membership, _created = Membership.objects.get_or_create(
        organisation=organisation, user=actor, defaults={"accepted_at": at, "created_at": at}
    )
    if membership.accepted_at is None:
        membership.accepted_at = at
        membership.save(update_fields=["accepted_at"])
    record(actor=actor, verb="join organisation", obj=organisation, at=at, data={"invitation": invitation.pk})
    invitation.delete()
    return membership


@transaction.atomic
def decline_invitation(*, invitation: Invitation, actor: User, at: Any) -> None:
    """Say no. Raises `PermissionDenied` as `accept_invitation` does."""
    _check_addressee(invitation, actor)
    record(
        actor=actor,
        verb="decline invitation",
        obj=invitation.organisation,
        at=at,
        data={"invitation": invitation.pk},
    )
    invitation.delete()


@transaction.atomic
def leave_organisation(*, membership: Membership, actor: User, at: Any) -> None:
    """Leave on one's own. Raises `LastManager`."""
    if membership.user_id != actor.pk:
        raise PermissionDenied("not one's own membership")
    _remove(membership, verb="leave organisation", actor=actor, at=at)


@transaction.atomic
def remove_member(*, membership: Membership, actor: Any, at: Any) -> None:
    """Remove somebody. Raises `LastManager`, `PermissionDenied`."""
    check(actor, "organisations.manage", membership.organisation)
    _remove(membership, verb="remove member", actor=actor, at=at)
    if actor.pk != membership.user_id:
        data = {"organisation": membership.organisation.name}
        notify(user=membership.user, kind="organisation.removed", data=data, at=at)


def _remove(membership: Membership, *, verb: str, actor: Any, at: Any) -> None:
    organisation = _lock(membership.organisation)
    row = Membership.objects.filter(pk=membership.pk).first()
    if row is None:
        return
    _check_a_manager_remains(row)
    record(actor=actor, verb=verb, obj=organisation, at=at, data={"member": row.user_id})
    row.delete()


@transaction.atomic
def set_manager(*, membership: Membership, is_manager: bool, actor: Any, at: Any) -> None:
    """Make a member a manager, or no longer one. Raises `LastManager`, `PermissionDenied`."""
    check(actor, "organisations.manage", membership.organisation)
    organisation = _lock(membership.organisation)
    row = Membership.objects.get(pk=membership.pk)
    if row.is_manager == is_manager:
        return
    if not is_manager:
        _check_a_manager_remains(row)
    row.is_manager = membership.is_manager = is_manager
    row.save(update_fields=["is_manager"])
    verb = "make manager" if is_manager else "end manager"
    record(actor=actor, verb=verb, obj=organisation, at=at, data={"member": row.user_id})


@transaction.atomic
def rename_organisation(
    *, organisation: Organisation, name: str, kind: str, commune: Territory | None, actor: Any, at: Any
) -> None:
    """Change the name, kind and commune."""
    check(actor, "organisations.manage", organisation)
    before = organisation.name
    organisation.name, organisation.kind, organisation.commune = name.strip(), kind, commune
    organisation.save(update_fields=["name", "kind", "commune"])
    outdate("names")
    record(actor=actor, verb="edit organisation", obj=organisation, at=at, data={"former name": before})
