"""Who is let into a project: the group by invitation, an advisor by consent. An owner always remains.

Each verb locks the project first, so that two owners who leave in the same instant do not leave it to nobody.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.permissions import check
from bpc.portal.people.contacts import Contact
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.queries import holder_of
from bpc.portal.people.roles import Role
from bpc.portal.projects.actions import lock
from bpc.portal.projects.mandates.ending import end_mandates
from bpc.portal.projects.mandates.states import Ending
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectInvitation, ProjectMember
from bpc.portal.projects.signs import note_sign
from bpc.portal.projects.states import MemberRole
from bpc.portal.projects.visibility import invitations_for

INVITATIONS_A_DAY = 50  # by one person, over all projects: each may ring a telephone


class LastOwner(Exception):
    """The project would be left without anybody to decide."""


class AlreadyMember(Exception):
    """The person invited belongs to the group, or was invited before."""


class TooManyInvitations(Exception):
    """The person has invited as many people as may be in one day."""


class InvitationGone(Exception):
    """The invitation was taken back, or answered, a moment ago."""


class NotAnAdvisor(Exception):
    """The person is not, or no longer, an advisor of the project's region."""


@transaction.atomic
def invite(*, project: Project, contact: Contact, role: str, actor: Any, at: Any) -> ProjectInvitation:
    """Ask the holder of an address or number to join the group with this role.

    Raises `AlreadyMember`, `TooManyInvitations`, `PermissionDenied`.
    """
    row = lock(project)
    check(actor, "projects.own", row)
    sent = AuditEntry.objects.filter(actor=actor, verb="invite to project", at__gt=at - timedelta(days=1))
    if sent.count() >= INVITATIONS_A_DAY:
        raise TooManyInvitations
    email, phone = contact.email or None, contact.phone or None
    holder = {"user__email": email} if email else {"user__phone": phone, "user__phone_verified": True}
    if (
        row.invitations.filter(**({"email": email} if email else {"phone": phone})).exists()
        or row.members.filter(**holder).exists()
    ):
        raise AlreadyMember
    invitation = ProjectInvitation.objects.create(
        project=row, role=MemberRole(role), email=email, phone=phone, invited_by=actor, created_at=at
    )
    note_sign(row.pk, actor, at)
    record(
        actor=actor, verb="invite to project", obj=row, at=at, after=role, data={"invitation": invitation.pk}
    )
    if user := holder_of(contact):
        notify(user=user, kind="project.invited", data={"title": row.name}, at=at)
    return invitation


@transaction.atomic
def cancel_invitation(*, invitation: ProjectInvitation, actor: Any, at: Any) -> None:
    """Take an invitation back."""
    check(actor, "projects.own", invitation.project)
    _answer(invitation, "cancel project invitation", actor, at)


@transaction.atomic
def accept_invitation(*, invitation: ProjectInvitation, actor: User, at: Any) -> ProjectMember:
    """Join the group.

    Raises `InvitationGone`, and `PermissionDenied` unless it was sent to a verified contact of `actor`.
    """
    _check_addressee(invitation, actor)
    project = lock(invitation.project)
    standing = project.invitations.filter(pk=invitation.pk).first()
    if standing is None:
        raise InvitationGone
    member, created = ProjectMember.objects.get_or_create(
        project=project, user=actor, defaults={"role": standing.role, "joined_at": at}
    )
    _answer(invitation, "join project", actor, at)
    note_sign(project.pk, actor, at)
    if created:
        for owner in _owners_of(project):
            notify(user=owner, kind="project.joined", data=_about(project), at=at)
    return member


@transaction.atomic
def decline_invitation(*, invitation: ProjectInvitation, actor: User, at: Any) -> None:
    """Say no. Raises `PermissionDenied` as `accept_invitation` does."""
    _check_addressee(invitation, actor)
    _answer(invitation, "decline project invitation", actor, at)


def _check_addressee(invitation: ProjectInvitation, actor: User) -> None:
    standing = ProjectInvitation.objects.filter(pk=invitation.pk)
    if standing.exists() and not invitations_for(actor).filter(pk=invitation.pk).exists():
        raise PermissionDenied("not the person invited")


def _answer(invitation: ProjectInvitation, verb: str, actor: Any, at: Any) -> None:
    record(actor=actor, verb=verb, obj=invitation.project, at=at, data={"invitation": invitation.pk})
    ProjectInvitation.objects.filter(pk=invitation.pk).delete()


@transaction.atomic
def set_role(*, member: ProjectMember, role: str, actor: Any, at: Any) -> None:
    """Change what a member may do. Raises `LastOwner`, `PermissionDenied`."""
    project = lock(member.project)
    check(actor, "projects.own", project)
    row = ProjectMember.objects.get(pk=member.pk)
    if row.role == role:
        return
    before, new = row.role, MemberRole(role)
    _check_an_owner_remains(row)
    row.role = member.role = new
    row.save(update_fields=["role"])
    record(actor=actor, verb="change project role", obj=project, at=at, before=before, after=new,
           data={"member": row.user_id})  # fmt: skip
    if new == MemberRole.READER:
        end_mandates(project.mandates.filter(person=row.user_id), Ending.MEMBER, actor=actor, at=at)


@transaction.atomic
def leave_project(*, member: ProjectMember, actor: User, at: Any) -> None:
    """Leave the group on one's own. Raises `LastOwner`."""
    if member.user_id != actor.pk:
        raise PermissionDenied("not one's own membership")
    _remove(member, "leave project", actor, at)


@transaction.atomic
def remove_member(*, member: ProjectMember, actor: Any, at: Any) -> None:
    """Take somebody's access away. Raises `LastOwner`, `PermissionDenied`."""
    check(actor, "projects.own", member.project)
    _remove(member, "remove project member", actor, at)
    if actor.pk != member.user_id:
        notify(user=member.user, kind="project.removed", data={"title": member.project.name}, at=at)


def _remove(member: ProjectMember, verb: str, actor: Any, at: Any) -> None:
    project = lock(member.project)
    row = ProjectMember.objects.filter(pk=member.pk).first()
    if row is None:
        return
    _check_an_owner_remains(row)
    record(actor=actor, verb=verb, obj=project, at=at, data={"member": row.user_id})
    row.delete()
    end_mandates(project.mandates.filter(person=row.user_id), Ending.MEMBER, actor=actor, at=at)


def _owners_of(project: Project) -> list[User]:
    owners = project.members.filter(role=MemberRole.OWNER, user__is_active=True)
    return [member.user for member in owners.select_related("user")]


def _check_an_owner_remains(member: ProjectMember) -> None:
    others = [owner for owner in _owners_of(member.project) if owner.pk != member.user_id]
    if member.role == MemberRole.OWNER and not others:
        raise LastOwner


@transaction.atomic
def grant_advisor(*, project: Project, advisor: User, actor: Any, at: Any) -> AdvisorAccess:
    """Let an advisor of the project's region read it; granting twice changes nothing.

    Raises `NotAnAdvisor`, `PermissionDenied`.
    """
    row = lock(project)
    check(actor, "projects.own", row)
    if not advisor.is_active or row.region_id not in advisor.regions_as(Role.ADVISOR):
        raise NotAnAdvisor
    access, created = AdvisorAccess.objects.get_or_create(
        project=row, advisor=advisor, ended_at=None, defaults={"granted_by": actor, "granted_at": at}
    )
    if created:
        note_sign(row.pk, actor, at)
        record(actor=actor, verb="grant advisor access", obj=row, at=at, data={"advisor": advisor.pk})
        notify(user=advisor, kind="project.advisor_granted", data=_about(row), at=at)
    return access


@transaction.atomic
def end_advisor(*, access: AdvisorAccess, actor: Any, at: Any) -> None:
    """Withdraw the consent: the advisor reads no more, from this instant. Ending twice changes nothing."""
    project = lock(access.project)
    check(actor, "projects.own", project)
    if AdvisorAccess.objects.filter(pk=access.pk, ended_at=None).update(ended_at=at):
        access.ended_at = at
        note_sign(project.pk, actor, at)
        record(
            actor=actor, verb="end advisor access", obj=project, at=at, data={"advisor": access.advisor_id}
        )
        notify(user=access.advisor, kind="project.advisor_ended", data={"title": project.name}, at=at)
        held = project.mandates.filter(advisor=access.advisor_id)
        end_mandates(held, Ending.ACCESS, actor=actor, at=at)


def _about(project: Project) -> dict[str, str]:
    return {"title": project.name, "reference": project.reference}
