"""What this room, the trail and the sign-in library hold on a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.models import AuditEntry
from bpc.portal.people.models import (
    Consent,
    Invitation,
    Notification,
    Organisation,
    User,
)
from bpc.portal.people.notices import text_of
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column
from bpc.portal.people.queries import invitations_for

_ERASED = _("Effacé.")


def _account(user: User) -> list[Row]:
    return [
        {
            "id": user.pk,
            "email": user.email,
            "phone": user.phone,
            "phone_verified": user.phone_verified,
            "name": user.display_name,
            "language": user.language,
            "commune": user.commune_id,
            "joined": user.date_joined,
            "last_login": user.last_login,
        }
    ]


def _account_addresses(user: User) -> list[Row]:
    rows = EmailAddress.objects.filter(user=user).order_by("pk")
    return [{"email": row.email, "verified": row.verified, "primary": row.primary} for row in rows]


def _factors(user: User) -> list[Row]:
    rows = Authenticator.objects.filter(user=user).order_by("pk")
    return [{"type": row.type, "created": row.created_at, "last_used": row.last_used_at} for row in rows]


def _roles(user: User) -> list[Row]:
    return [
        {"role": row.role, "region": row.region_id, "granted": row.granted_at, "ended": row.ended_at}
        for row in user.role_grants.order_by("pk")
    ]


def _memberships(user: User) -> list[Row]:
    return [
        {
            "organisation": row.organisation.name,
            "manager": row.is_manager,
            "joined": row.accepted_at,
        }
        for row in user.memberships.select_related("organisation").order_by("pk")
    ]


def _organisations(user: User) -> list[Row]:
    rows = Organisation.objects.filter(created_by=user).order_by("pk")
    return [{"organisation": row.name, "kind": row.kind, "created": row.created_at} for row in rows]


def _invitations(user: User) -> list[Row]:
    received = [
        {"organisation": row.organisation.name, "direction": "received", "sent": row.created_at}
        for row in invitations_for(user)
    ]
    sent = Invitation.objects.filter(invited_by=user).select_related("organisation")
    return received + [
        {"organisation": row.organisation.name, "direction": "sent", "sent": row.created_at} for row in sent
    ]


def _consents(user: User) -> list[Row]:
    return [
        {"purpose": row.purpose, "version": row.version, "given": row.given_at, "withdrawn": row.withdrawn_at}
        for row in user.consents.order_by("pk")
    ]


def _notices(user: User) -> list[Row]:
    return [
        {
            "text": text_of(row),
            "kind": row.kind,
            "data": row.data,
            "created": row.created_at,
            "read": row.read_at,
        }
        for row in user.notifications.order_by("pk")
    ]


def _acts(user: User) -> list[Row]:
    rows = AuditEntry.objects.filter(actor=user).order_by("at", "pk")
    return [{"act": row.verb, "on": f"{row.object_kind} {row.object_key}", "at": row.at} for row in rows]


def _forget_memberships(user: User) -> None:
    """Out of every organisation; one that nobody is left in keeps no open invitation."""
    organisations = list(Organisation.objects.filter(memberships__user=user))
    user.memberships.all().delete()
    for organisation in organisations:
        if not organisation.memberships.exists():
            organisation.invitations.all().delete()


def _forget_invitations(user: User) -> None:
    invitations_for(user).delete()
    Invitation.objects.filter(invited_by=user).update(invited_by=None)


def _keep(user: User) -> None:
    """What stays does so without a name: the account row it points to is emptied."""


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()


def _update(rows: QuerySet[Organisation]) -> None:
    rows.update(created_by=None)


_KEPT_ACTS = _("Conservé sans votre nom : la trace des décisions publiques doit rester complète.")
_HOLDINGS = (
    Holding("account", _("Votre compte"), ("people.User.id",), _account, _ERASED, _keep),
    Holding(
        "addresses",
        _("Vos adresses e-mail"),
        ("account.EmailAddress.user",),
        _account_addresses,
        _ERASED,
        lambda user: _delete(EmailAddress.objects.filter(user=user)),
    ),
    Holding(
        "factors",
        _("Vos moyens de connexion (sans leurs secrets)"),
        ("mfa.Authenticator.user",),
        _factors,
        _ERASED,
        lambda user: _delete(Authenticator.objects.filter(user=user)),
    ),
    Holding("roles", _("Vos rôles"), ("people.RoleGrant.user",), _roles, _KEPT_ACTS, _keep),
    Holding(
        "memberships",
        _("Vos organisations"),
        ("people.Membership.user",),
        _memberships,
        _ERASED,
        _forget_memberships,
    ),
    Holding(
        "organisations",
        _("Les organisations que vous avez créées"),
        ("people.Organisation.created_by",),
        _organisations,
        _("Conservées pour leurs autres membres, sans votre nom."),
        lambda user: _update(Organisation.objects.filter(created_by=user)),
    ),
    Holding(
        "invitations",
        _("Vos invitations"),
        ("people.Invitation.invited_by",),
        _invitations,
        _ERASED,
        _forget_invitations,
    ),
    Holding(
        "consents",
        _("Vos accords"),
        ("people.Consent.user",),
        _consents,
        _("Effacés."),
        lambda user: _delete(Consent.objects.filter(user=user)),
    ),
    Holding(
        "notices",
        _("Vos notifications"),
        ("people.Notification.user",),
        _notices,
        _("Effacées."),
        lambda user: _delete(Notification.objects.filter(user=user)),
    ),
    Holding("acts", _("Ce que vous avez fait"), ("foundation.AuditEntry.actor",), _acts, _KEPT_ACTS, _keep),
)


def declare() -> None:
    """Called once when the app is ready."""
    for holding in _HOLDINGS:
        declare_holding(holding)
    exclude_column(
        "people.RoleGrant.granted_by", "tells who gave a role; exported to the giver as an act of the trail"
    )
    exclude_column("people.User_groups.user", "Django's groups are not used: roles are grants")
    exclude_column(
        "people.User_user_permissions.user", "Django's permissions are not used: rights are declared in code"
    )
