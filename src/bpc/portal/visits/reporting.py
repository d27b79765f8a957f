"""A report kept exactly once, whatever is cut or sent twice on the way; put right by its author for seven days."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import can, check
from bpc.portal.people.delivery import notify
from bpc.portal.projects.actions import lock as lock_project
from bpc.portal.projects.models import Project
from bpc.portal.visits.models import Agreement, FormerVisit, StaffPart, VisitReport
from bpc.portal.visits.notices import REPORTED
from bpc.portal.visits.states import Part
from bpc.portal.visits.told import Agreed, Told, check_told, shared_contents
from bpc.portal.visits.visibility import CHANGE_WITHIN

MOST_A_DAY = 60  # reports of one person: more is a machine


class Withdrawn(PermissionDenied):
    """The person may not report on this project: no longer its advisor, or it is archived."""


class OtherWords(Exception):
    """A report came under this key already, with other words: `visit` is the one kept."""

    def __init__(self, visit: VisitReport) -> None:
        super().__init__(str(visit.pk))
        self.visit = visit


class TooMany(Exception):
    """More reports in a day than a person writes."""


class TooLate(Exception):
    """The seven days are over."""


class Stale(Exception):
    """The report was put right elsewhere meanwhile."""


@transaction.atomic
def report_visit(*, project: Project, key: UUID, told: Told, actor: Any, at: datetime) -> VisitReport:
    """Keep a report and tell the group; the same words under the same key are the report already kept.

    Raises `Withdrawn`, `OtherWords`, `Unfit`, `TooMany`.
    """
    row = lock_project(project)
    known = _known(key, actor)
    if known is not None:
        if known.project_id == row.pk and known.digest == told.digest():
            return known  # kept even if the right was withdrawn since: the answer was lost, not the report
        raise OtherWords(known)
    if not can(actor, "visits.write", row):
        raise Withdrawn("visits.write")
    check_told(told, at)
    recent = VisitReport.objects.filter(author=actor, received_at__gt=at - timedelta(days=1))
    if recent.count() >= MOST_A_DAY:
        raise TooMany
    made = VisitReport.objects.create(
        project=row, submission_key=key, digest=told.digest(), author=actor, received_at=at,
        **shared_contents(told),
    )  # fmt: skip
    _write_agreements(made, told.agreements)
    _write_staff_part(made, told)
    record(actor=actor, verb="report visit", obj=made, at=at)
    for member in row.members.select_related("user").exclude(user=actor):
        notify(user=member.user, kind=REPORTED, data={"reference": row.reference, "visit": made.pk}, at=at)
    return made


def _known(key: UUID, actor: Any) -> VisitReport | None:
    """The report already kept under this key. Raises `PermissionDenied` for somebody else's."""
    found = VisitReport.objects.select_related("project").filter(submission_key=key).first()
    if found is not None and found.author_id != actor.pk:
        raise PermissionDenied("visits.write")
    return found


def _write_agreements(visit: VisitReport, agreements: tuple[Agreed, ...]) -> None:
    visit.agreements.all().delete()
    Agreement.objects.bulk_create(
        Agreement(visit=visit, position=rank, who=one.who, what=one.what, due_on=one.due_on)
        for rank, one in enumerate(agreements, start=1)
    )


def _write_staff_part(visit: VisitReport, told: Told) -> None:
    if not told.mood and not told.staff_text:
        StaffPart.objects.filter(visit=visit).delete()
        return
    said = {"mood": told.mood, "text": told.staff_text, "language": told.language}
    StaffPart.objects.update_or_create(visit=visit, defaults=said)


def lock_visit(visit: VisitReport) -> VisitReport:
    """The report as it is now, kept from others; its project as it is now."""
    row = VisitReport.objects.select_for_update().get(pk=visit.pk)
    row.project = Project.objects.get(pk=row.project_id)
    return row


@transaction.atomic
def change_visit(*, visit: VisitReport, told: Told, revision: int, actor: Any, at: datetime) -> None:
    """Put one's own report right; what it said before stays, each part for who reads that part.

    Raises `TooLate`, `Stale`, `Unfit`, `PermissionDenied`.
    """
    row = lock_visit(visit)
    if row.author_id == actor.pk and at > row.received_at + CHANGE_WITHIN:
        raise TooLate
    check(actor, "visits.change", row)
    if row.revision != revision:
        raise Stale
    check_told(told, at)
    fresh = shared_contents(told)
    fresh["photos_agreed"] = (
        row.photos_agreed or told.photos_agreed
    )  # what was agreed for a photo kept stands
    shared, staff = _former_shared(row, fresh, told), _former_staff(row, told)
    for part, contents in ((Part.SHARED, shared), (Part.STAFF, staff)):
        if contents:
            FormerVisit.objects.create(visit=row, part=part, contents=contents, until=at)
    if not shared and not staff and fresh["photos_agreed"] == row.photos_agreed:
        return
    for name, value in fresh.items():
        setattr(row, name, value)
    row.revision += 1
    # the group learns when what it reads changed, not that staff wrote something
    row.changed_at = at if shared else row.changed_at
    row.save()
    _write_agreements(row, told.agreements)
    _write_staff_part(row, told)
    record(actor=actor, verb="change visit report", obj=row, at=at)


def _former_shared(row: VisitReport, fresh: dict[str, Any], told: Told) -> dict[str, Any]:
    """What the group read and will read otherwise."""
    skipped = {"photos_agreed", "language"}
    former = {
        name: _plain(getattr(row, name))
        for name, value in fresh.items()
        if name not in skipped and getattr(row, name) != value
    }
    agreed = [Agreed(one.what, one.who, one.due_on) for one in row.agreements.all()]
    if tuple(agreed) != told.agreements:
        former["agreements"] = [[one.who, one.what, _plain(one.due_on)] for one in agreed]
    return former


def _former_staff(row: VisitReport, told: Told) -> dict[str, Any]:
    part = StaffPart.objects.filter(visit=row).first()
    before = {"mood": part.mood if part else "", "text": part.text if part else ""}
    after = {"mood": told.mood, "text": told.staff_text}
    return {name: value for name, value in before.items() if value != after[name]}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
