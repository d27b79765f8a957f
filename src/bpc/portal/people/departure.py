"""Leaving: the account becomes nobody. What others built on stays, without a name."""

from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.actions import check_not_last_administrator
from bpc.portal.people.models import Membership, Organisation, User
from bpc.portal.people.organisation_actions import LastManager
from bpc.portal.people.personal_data import holdings
from bpc.portal.people.roles import Role


def organisations_in_the_way(user: User) -> list[str]:
    """Names of the organisations that have other members and whose only manager is `user`."""
    names = []
    managed = Membership.objects.filter(user=user, is_manager=True).select_related("organisation")
    for membership in managed.order_by("organisation__name"):
        others = membership.organisation.memberships.filter(user__is_active=True).exclude(user=user)
        if others.exists() and not others.filter(is_manager=True, accepted_at__isnull=False).exists():
            names.append(membership.organisation.name)
    return names


@transaction.atomic
def delete_account(*, user: User, actor: Any, at: Any) -> None:
    """Erase what identifies `user`, room by room, and close the account for good.

    The row stays, empty and inactive, so that the trail still tells acts of one person from those of another.
    Raises `LastAdministrator`, `LastManager`, `PermissionDenied`.
    """
    check(actor, "people.own", user)
    row = User.objects.select_for_update().get(pk=user.pk)
    if row.holds(Role.ADMINISTRATOR):
        check_not_last_administrator(row)
    # two managers who leave in the same instant: one waits for the other, then finds nobody left to manage
    list(Organisation.objects.select_for_update(of=("self",)).filter(memberships__user=row).order_by("pk"))
    if organisations_in_the_way(row):
        raise LastManager
    record(actor=actor, verb="delete account", obj=row, at=at)
    for holding in reversed(holdings()):  # the rooms above first: they may still read the account
        holding.forget(row)
    row.role_grants.filter(ended_at=None).update(ended_at=at)
    row.email = row.phone = row.commune = None
    row.display_name, row.phone_verified, row.is_active, row.is_superuser = "", False, False, False
    row.set_unusable_password()  # also closes every open session: each carries a digest of the password
    row.save()
