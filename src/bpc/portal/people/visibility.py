"""Who sees accounts, organisations and notifications: rule and queryset side by side."""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.models import Membership, Notification, Organisation, User
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
    return bool(
        person.is_authenticated
        and (is_administrator(person) or organisation.memberships.filter(user=person).exists())
    )


def organisations_visible_to(person: Any) -> QuerySet[Organisation]:
    """The organisations `can_see_organisation` allows."""
    if not person.is_authenticated:
        return Organisation.objects.none()
    if is_administrator(person):
        return Organisation.objects.all()
    return Organisation.objects.filter(Q(pk__in=Membership.objects.filter(user=person).values("organisation")))


def manages_organisation(person: Any, organisation: Organisation | None) -> bool:
    """A manager who accepted, or a national administrator."""
    if not person.is_authenticated or organisation is None:
        return False
    return is_administrator(person) or organisation.memberships.filter(
        user=person, is_manager=True, accepted_at__isnull=False
    ).exists()


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(User, can_see=can_see_user, visible_to=users_visible_to)
    declare_visibility(Organisation, can_see=can_see_organisation, visible_to=organisations_visible_to)
    declare_visibility(
        Notification,
        can_see=lambda person, notice: person.is_authenticated and notice.user_id == person.pk,
        visible_to=lambda person: (
            Notification.objects.filter(user=person) if person.is_authenticated else Notification.objects.none()
        ),
    )
    declare_right("people.administer", "Donner et retirer des rôles (administrateur national)", is_administrator)
    declare_right(
        "organisations.manage", "Gérer une organisation et ses membres (ses responsables)", manages_organisation
    )
