"""What is done to the directory beside editing: verify, report, close a report, retire, restore, entrust."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.metering import Meter
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import ReasonMissing, move
from bpc.portal.funding.contents import put_verified
from bpc.portal.funding.editing import KEEP, StaleSource
from bpc.portal.funding.models import FundingSource, SourceReport
from bpc.portal.funding.names import GENERATION
from bpc.portal.funding.notices import tell_reported
from bpc.portal.funding.states import SOURCE_MOVES, ReportOutcome, ReportReason, SourceState
from bpc.portal.people.models import Organisation
from bpc.portal.people.roles import OrganisationKind

REPORTS_A_MINUTE = 5  # from one address; a whole meeting may share one
MOST_LETTERS = 1000
MOST_OPEN = 50  # reports on one source: beyond, those who keep it know enough
meter = Meter(REPORTS_A_MINUTE)


class TooManyReports(Exception):
    """The address sent too many reports; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(str(wait))
        self.wait = wait


class NotAFunder(Exception):
    """The organisation is not a funding body."""


@transaction.atomic
def verify_source(
    *, source: FundingSource, version: int, changed: bool, note: str, actor: Any, at: Any
) -> FundingSource:
    """Say that the actor has read the source against its pages today, and whether something has changed.

    What changed is then proposed as an edit; the note says what was found, and is needed. Raises ReasonMissing,
    StaleSource, PermissionDenied.
    """
    row = _locked(source, KEEP, actor, version)
    if changed and not note.strip():
        raise ReasonMissing("verify")
    put_verified(row, at.date())
    row.verified_by = actor
    row.save(update_fields=["verified_on", "verified_day", "verified_by"])
    data = {"changed": changed, "version": row.version}
    record(actor=actor, verb="verify funding source", obj=row, at=at, reason=note.strip(), data=data)
    outdate(GENERATION)
    return row


@transaction.atomic
def report_source(
    *, source: FundingSource, reason: str, text: str, language: str, address: str, actor: Any, at: Any
) -> SourceReport | None:
    """Note that somebody, with an account or without, finds a sheet wrong; those who keep it are told.

    `address` is counted in memory, never kept. None when the sheet has more open reports than anybody will read.
    Raises ValidationError for a reason that is none, TooManyReports.
    """
    if reason not in ReportReason.values or source.state != SourceState.ACTIVE:
        raise ValidationError("reason")
    if wait := meter.count(address):
        raise TooManyReports(wait)
    row = FundingSource.objects.select_for_update().get(pk=source.pk)
    if row.open_reports >= MOST_OPEN:
        return None
    report = SourceReport.objects.create(
        source=row,
        reason=reason,
        text=text.strip()[:MOST_LETTERS],
        language=language[:8],
        version=row.version,
        reporter=actor if actor is not None and actor.is_authenticated else None,
        created_at=at,
    )
    row.open_reports += 1
    row.save(update_fields=["open_reports"])
    record(actor=actor, verb="report funding source", obj=report, at=at, data={"reason": reason})
    tell_reported(report, at=at)
    return report


@transaction.atomic
def close_report(*, report: SourceReport, outcome: str, actor: Any, at: Any) -> SourceReport:
    """Say what was done about a report; a second closing changes nothing. Raises ValidationError, PermissionDenied."""
    if outcome not in ReportOutcome.values:
        raise ValidationError("outcome")
    source = FundingSource.objects.select_for_update().get(pk=report.source_id)
    check(actor, KEEP, source)
    row = SourceReport.objects.select_for_update().get(pk=report.pk)
    if row.closed_at is not None:
        return row
    row.closed_at, row.closed_by, row.outcome = at, actor, outcome
    row.save(update_fields=["closed_at", "closed_by", "outcome"])
    source.open_reports = source.reports.filter(closed_at=None).count()
    source.save(update_fields=["open_reports"])
    record(actor=actor, verb="close funding report", obj=row, at=at, data={"outcome": outcome})
    return row


@transaction.atomic
def retire_source(*, source: FundingSource, reason: str, actor: Any, at: Any) -> FundingSource:
    """Take a source off the site; nothing of it is lost. Raises ReasonMissing, IllegalMove, PermissionDenied."""
    return _move(source, "retire", actor, at, reason)


@transaction.atomic
def restore_source(*, source: FundingSource, actor: Any, at: Any) -> FundingSource:
    """Put a retired source back. Raises IllegalMove, PermissionDenied."""
    return _move(source, "restore", actor, at, "")


@transaction.atomic
def entrust_source(
    *, source: FundingSource, organisation: Organisation | None, actor: Any, at: Any
) -> FundingSource:
    """Let a funding body keep a source (None: nobody but delegations and administrators). Raises NotAFunder."""
    row = _locked(source, "funding.entrust", actor)
    if organisation is not None and organisation.kind != OrganisationKind.FUNDER:
        raise NotAFunder(str(organisation))
    before = row.organisation_id
    row.organisation = organisation
    row.save(update_fields=["organisation"])
    data = {"before": before, "after": row.organisation_id}
    record(actor=actor, verb="entrust funding source", obj=row, at=at, data=data)
    return row


def note_use(*, slug: str) -> None:
    """Count that a group relies on a source (a file opened, an alert asked): it is then verified sooner."""
    FundingSource.objects.filter(slug=slug).update(uses=F("uses") + 1)


def _locked(source: FundingSource, right: str, actor: Any, version: int | None = None) -> FundingSource:
    row = FundingSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
    check(actor, right, row)
    if version is not None and row.version != version:
        raise StaleSource(row)
    return row


def _move(source: FundingSource, name: str, actor: Any, at: Any, reason: str) -> FundingSource:
    row = FundingSource.objects.select_for_update(of=("self",)).get(pk=source.pk)
    move(row, SOURCE_MOVES, name, actor=actor, at=at, reason=reason.strip())
    # a person's word: loading the files does not undo it
    row.by_hand, row.updated_at, row.updated_by = True, at, actor
    row.save(update_fields=["by_hand", "updated_at", "updated_by"])
    outdate(GENERATION)
    return row
