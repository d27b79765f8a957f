"""What is done to accounts: roles, profile, consents, notices read. Each act leaves its row in the trail."""

from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.people.consents import purposes
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import Consent, Notification, RoleGrant, User
from bpc.portal.people.roles import REGIONAL_ROLES, Role
from bpc.portal.reference.models import Territory


class RoleRefused(Exception):
    """The role cannot be given so: a region is missing, or one is given to a national role."""


class AlreadyHeld(Exception):
    """The person holds this role there already."""


class LastAdministrator(Exception):
    """The service would be left without anybody who can give roles."""


@transaction.atomic
def grant_role(*, user: User, role: str, region: Territory | None, actor: Any, at: Any) -> RoleGrant:
    """Give `role` to `user`, for `region` where the role has one. `actor` None: the system (installation).

    Raises `RoleRefused`, `AlreadyHeld`, `PermissionDenied`.
    """
    if actor is not None:
        check(actor, "people.administer")
    role = Role(role)
    regional = role in REGIONAL_ROLES
    if regional != (region is not None) or (region is not None and region.level != Territory.Level.REGION):
        raise RoleRefused(role)
    User.objects.select_for_update().get(pk=user.pk)
    if RoleGrant.objects.filter(user=user, role=role, region=region, ended_at=None).exists():
        raise AlreadyHeld(role)
    grant = RoleGrant.objects.create(user=user, role=role, region=region, granted_by=actor, granted_at=at)
    record(actor=actor, verb="grant role", obj=user, at=at, after=role, data=_grant_data(grant))
    user.__dict__.pop("grants", None)
    notify(user=user, kind="role.granted", data={"role": str(role)}, at=at)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, reason: str, actor: Any, at: Any) -> None:
    """End a running grant, saying why. The last administrator cannot be ended, by anybody.

    Raises `ReasonMissing`, `LastAdministrator`, `PermissionDenied`; ending twice changes nothing.
    """
    if actor is not None:
        check(actor, "people.administer")
    if not reason.strip():
        raise ReasonMissing("end role")
    if grant.role == Role.ADMINISTRATOR and grant.ended_at is None:
        check_not_last_administrator(grant.user)
    row = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if row.ended_at is not None:
        return
    row.ended_at = grant.ended_at = at
    row.save(update_fields=["ended_at"])
    data = _grant_data(row)
    record(actor=actor, verb="end role", obj=row.user, at=at, before=row.role, reason=reason, data=data)
    notify(user=row.user, kind="role.ended", data={"role": row.role}, at=at)


def check_not_last_administrator(user: User) -> None:
    """Raise `LastAdministrator` when `user` alone administers. Locks the running grants."""
    running = RoleGrant.objects.select_for_update(of=("self",)).filter(
        role=Role.ADMINISTRATOR, ended_at=None, user__is_active=True
    )
    holders = {grant.user_id for grant in running}
    if holders == {user.pk}:
        raise LastAdministrator


def _grant_data(grant: RoleGrant) -> dict[str, Any]:
    return {"grant": grant.pk, "region": grant.region_id or ""}


@transaction.atomic
def update_profile(
    *, user: User, display_name: str, language: str, commune: Territory | None, actor: Any, at: Any
) -> None:
    """Change one's own name, language of messages and commune; the trail names columns, not contents."""
    check(actor, "people.own", user)
    new = {
        "display_name": display_name.strip(),
        "language": language,
        "commune_id": commune.pk if commune else None,
    }
    changed = [column for column, value in new.items() if getattr(user, column) != value]
    if not changed:
        return
    for column in changed:
        setattr(user, column, new[column])
    user.save(update_fields=[column.removesuffix("_id") for column in changed])
    if "display_name" in changed:
        outdate("names")
    record(actor=actor, verb="update profile", obj=user, at=at, data={"columns": sorted(changed)})


@transaction.atomic
def give_consent(*, user: User, purpose: str, actor: Any, at: Any) -> Consent:
    """Note that the person agreed to the present text of `purpose`; agreeing twice changes nothing.

    Raises KeyError for an unknown purpose.
    """
    check(actor, "people.own", user)
    version = purposes()[purpose].version
    User.objects.select_for_update().get(pk=user.pk)
    running = user.consents.filter(purpose=purpose, withdrawn_at=None)
    if same := running.filter(version=version).first():
        return same
    running.update(withdrawn_at=at)  # an agreement to a former text is replaced by this one
    consent = Consent.objects.create(user=user, purpose=purpose, version=version, given_at=at)
    record(actor=actor, verb="give consent", obj=user, at=at, data={"purpose": purpose, "version": version})
    return consent


@transaction.atomic
def withdraw_consent(*, user: User, purpose: str, actor: Any, at: Any) -> None:
    """End the running agreement to `purpose`, if any. What was done before stays lawful.

    Raises ValueError for a purpose that is information, not a choice.
    """
    check(actor, "people.own", user)
    if not purposes()[purpose].optional:
        raise ValueError(f"{purpose} is not a choice")
    if user.consents.filter(purpose=purpose, withdrawn_at=None).update(withdrawn_at=at):
        record(actor=actor, verb="withdraw consent", obj=user, at=at, data={"purpose": purpose})


def mark_read(*, user: User, notice: Notification | None, actor: Any, at: Any) -> int:
    """Mark one notice of `user` as read, or all (None); returns how many changed. Leaves no trail row."""
    check(actor, "people.own", user)
    unread = Notification.objects.filter(user=user, read_at=None)
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    return unread.update(read_at=at)
