"""How a mandate ends: by one of those who may, or because what it stood on is gone. At once, and told."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.roles import Role
from bpc.portal.projects.actions import lock
from bpc.portal.projects.mandates.links import mandate_to_stop
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.notices import ENDING, send_later, tell
from bpc.portal.projects.mandates.states import ANSWER_WITHIN, REMIND_BEFORE, Ending
from bpc.portal.projects.visibility import owns


@transaction.atomic
def withdraw_mandate(*, mandate: Mandate, actor: Any, at: datetime) -> bool:
    """End it, whoever of those who may does so. Whether it stood until now. Raises `PermissionDenied`."""
    check(actor, "mandates.withdraw", mandate)
    return _end(mandate, _ending_of(actor, mandate), actor, at)


@transaction.atomic
def withdraw_by_link(*, token: str, at: datetime) -> Mandate | None:
    """End it for whoever holds the address of the person's message; None when the address is not ours."""
    mandate = mandate_to_stop(token)
    if mandate is not None:
        _end(mandate, Ending.LINK, None, at)
    return mandate


def _ending_of(actor: Any, mandate: Mandate) -> Ending:
    if actor.pk == mandate.person_id:
        return Ending.PERSON
    if actor.pk == mandate.advisor_id:
        return Ending.ADVISOR
    if owns(actor, mandate.project):
        return Ending.OWNER
    return Ending.REGION


@transaction.atomic
def end_mandates(rows: QuerySet[Mandate], ending: Ending, *, actor: Any, at: datetime) -> int:
    """End those of `rows` that stand, waiting ones too; returns how many. For actions that checked their own right."""
    standing = (
        rows.filter(ended_at=None).select_related("project", "person", "advisor").order_by("project", "pk")
    )
    return sum(_end(mandate, ending, actor, at) for mandate in list(standing))


def _end(mandate: Mandate, ending: Ending, actor: Any, at: datetime) -> bool:
    project = lock(mandate.project)  # after this, no save in the person's name: each takes the same lock
    ended = Mandate.objects.filter(pk=mandate.pk, ended_at=None).update(
        ended_at=at, ended_by=actor, ending=ending
    )
    if not ended:
        return False
    mandate.refresh_from_db()
    record(actor=actor, verb="end mandate", obj=mandate, at=at, after=ending)
    if mandate.opened_access:
        running = project.advisor_accesses.filter(advisor=mandate.advisor_id, ended_at=None)
        if running.update(ended_at=at):
            record(
                actor=actor,
                verb="end advisor access",
                obj=project,
                at=at,
                data={"advisor": mandate.advisor_id},
            )
    if mandate.confirmed_at is not None:
        _tell_end(mandate, actor, at)
    return True


def _tell_end(mandate: Mandate, actor: Any, at: datetime) -> None:
    """Both, but not whoever just did it; a replaced mandate says nothing of its own."""
    if mandate.ending == Ending.REPLACED:
        if mandate.advisor.is_active:
            tell(mandate.advisor, "stopped", mandate, at)
        return
    by = actor.pk if actor is not None else None
    for user, kind in ((mandate.person, "ended"), (mandate.advisor, "stopped")):
        if user.is_active and user.pk != by:
            tell(user, kind, mandate, at)


def end_for_role(*, advisor: Any, region: str | None, actor: Any, at: datetime) -> int:
    """The advisor no longer advises in a region."""
    if region is None or advisor.role_grants.filter(role=Role.ADVISOR, region=region, ended_at=None).exists():
        return 0
    rows = Mandate.objects.filter(advisor=advisor, project__region=region)
    return end_mandates(rows, Ending.ROLE, actor=actor, at=at)


def watch_mandates(at: datetime) -> tuple[int, int]:
    """Each day: end those past their day or never confirmed, remind those who end within a week.

    Returns how many ended, how many were reminded. Safe at any time: what was done is not done again.
    """
    today = timezone.localdate(at)
    standing = Mandate.objects.filter(ended_at=None)
    ended = end_mandates(standing.filter(until_on__lt=today), Ending.DATE, actor=None, at=at)
    unanswered = standing.filter(confirmed_at=None, asked_at__lt=at - ANSWER_WITHIN)
    ended += end_mandates(unanswered, Ending.DATE, actor=None, at=at)
    soon = standing.filter(
        confirmed_at__isnull=False, reminded_at=None, until_on__lte=today + REMIND_BEFORE
    ).select_related("person")
    return ended, sum(_remind(mandate, at) for mandate in list(soon))


@transaction.atomic
def _remind(mandate: Mandate, at: datetime) -> bool:
    if not Mandate.objects.filter(pk=mandate.pk, reminded_at=None, ended_at=None).update(reminded_at=at):
        return False
    tell(mandate.person, "ending", mandate, at)
    send_later(mandate, ENDING)
    return True
