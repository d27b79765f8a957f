"""Who sees accounts, organisations and notifications: rule and queryset side by side."""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.models import Invitation, Membership, Notification, Organisation, RoleGrant, User
from bpc.portal.people.queries import invitations_for
from bpc.portal.people.roles import Role


def is_administrator(person: Any, obj: Any = None) -> bool:
    """Whether the person administers the national service."""
    return bool(person.is_authenticated and person.holds(Role.ADMINISTRATOR))


def can_see_user(person: Any, user: User) -> bool:
    """Oneself, and national administrators."""
    return bool(person.is_authenticated and (person.pk == user.pk or is_administrator(person)))


def users_visible_to(person: Any) -> QuerySet[User]:
    """The accounts `can_see_user` allows."""
    if not person.is_authenticated:
        return User.objects.none()
    return User.objects.all() if is_administrator(person) else User.objects.filter(pk=person.pk)


def can_see_organisation(person: Any, organisation: Organisation) -> bool:
    """Its members and invited people, and national administrators."""
    if not person.is_authenticated:
        return False
    return (
        is_administrator(person)
        or organisation.memberships.filter(user=person).exists()
        or invitations_for(person).filter(organisation=organisation).exists()
    )


def organisations_visible_to(person: Any) -> QuerySet[Organisation]:
    """The organisations `can_see_organisation` allows."""
    if not person.is_authenticated:
        return Organisation.objects.none()
    if is_administrator(person):
        return Organisation.objects.all()
    return Organisation.objects.filter(
        Q(pk__in=Membership.objects.filter(user=person).values("organisation"))
        | Q(pk__in=invitations_for(person).values("organisation"))
    )


def manages_organisation(person: Any, organisation: Organisation | None) -> bool:
    """A manager who accepted, or a national administrator."""
    if not person.is_authenticated or organisation is None:
        return False
    return (
        is_administrator(person)
        or organisation.memberships.filter(user=person, is_manager=True, accepted_at__isnull=False).exists()
    )


def organisations_managed_by(person: Any) -> QuerySet[Organisation]:
    """The organisations `manages_organisation` allows."""
    if not person.is_authenticated:
        return Organisation.objects.none()
    if is_administrator(person):
        return Organisation.objects.all()
    managed = Membership.objects.filter(user=person, is_manager=True, accepted_at__isnull=False)
    return Organisation.objects.filter(pk__in=managed.values("organisation"))


def can_see_membership(person: Any, membership: Membership) -> bool:
    """One's own, those of one's organisations once joined, and all for national administrators."""
    if not person.is_authenticated:
        return False
    if membership.user_id == person.pk or is_administrator(person):
        return True
    return membership.organisation.memberships.filter(user=person, accepted_at__isnull=False).exists()


def memberships_visible_to(person: Any) -> QuerySet[Membership]:
    """The memberships `can_see_membership` allows."""
    if not person.is_authenticated:
        return Membership.objects.none()
    if is_administrator(person):
        return Membership.objects.all()
    joined = Membership.objects.filter(user=person, accepted_at__isnull=False).values("organisation")
    return Membership.objects.filter(Q(user=person) | Q(organisation__in=joined))


def can_see_invitation(person: Any, invitation: Invitation) -> bool:
    """The person invited, and those who manage the organisation."""
    if not person.is_authenticated:
        return False
    return manages_organisation(person, invitation.organisation) or (
        invitations_for(person).filter(pk=invitation.pk).exists()
    )


def invitations_visible_to(person: Any) -> QuerySet[Invitation]:
    """The invitations `can_see_invitation` allows."""
    if not person.is_authenticated:
        return Invitation.objects.none()
    return Invitation.objects.filter(
        Q(pk__in=invitations_for(person).values("pk")) | Q(organisation__in=organisations_managed_by(person))
    )


def can_see_grant(person: Any, grant: RoleGrant) -> bool:
    """One's own roles, and all for national administrators."""
    return bool(person.is_authenticated and (grant.user_id == person.pk or is_administrator(person)))


def grants_visible_to(person: Any) -> QuerySet[RoleGrant]:
    """The grants `can_see_grant` allows."""
    if not person.is_authenticated:
        return RoleGrant.objects.none()
    return RoleGrant.objects.all() if is_administrator(person) else RoleGrant.objects.filter(user=person)


def owns_account(person: Any, user: User | None) -> bool:
    """Whether the account is the person's own. Without an account: any signed-in person has one."""
    return bool(person.is_authenticated and (user is None or person.pk == user.pk))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Membership, can_see=can_see_membership, visible_to=memberships_visible_to)
    declare_visibility(Invitation, can_see=can_see_invitation, visible_to=invitations_visible_to)
    declare_visibility(RoleGrant, can_see=can_see_grant, visible_to=grants_visible_to)
    declare_right(
        "people.own", "Gérer son propre compte et ses données (toute personne connectée)", owns_account
    )
    declare_visibility(User, can_see=can_see_user, visible_to=users_visible_to)
    declare_visibility(Organisation, can_see=can_see_organisation, visible_to=organisations_visible_to)
    declare_visibility(
        Notification,
        can_see=lambda person, notice: person.is_authenticated and notice.user_id == person.pk,
        visible_to=lambda person: (
            Notification.objects.filter(user=person)
            if person.is_authenticated
            else Notification.objects.none()
        ),
    )
    declare_right(
        "people.administer", "Donner et retirer des rôles (administrateur national)", is_administrator
    )
    declare_right(
        "organisations.manage",
        "Gérer une organisation et ses membres (ses responsables)",
        manages_organisation,
    )
