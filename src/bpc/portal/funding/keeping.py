"""What waits for those who keep the directory: sheets to verify, proposals to read, reports, broken links."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import ExpressionWrapper, F, IntegerField, QuerySet, Value

from bpc.portal.foundation.differences import Difference, differences
from bpc.portal.funding.models import FundingSource, LinkCheck, SourceEdit, SourceReport, SourceVersion
from bpc.portal.funding.states import EditState, LinkOutcome, SourceState
from bpc.portal.funding.visibility import (
    checks_visible_to,
    edits_visible_to,
    reports_visible_to,
    sources_decided_by,
    sources_kept_by,
)
from bpc.portal.people.models import Organisation
from bpc.portal.people.roles import OrganisationKind
from bpc.portal.people.visibility import is_administrator

OLD_DAYS = 180  # since the last reading: the sheet says so
REPORT_WEIGHT = 5  # a report counts as so many uses
_ROW = (
    "slug", "name_fr", "name_ar", "state", "kind", "status", "version", "verified_on", "uses", "open_reports",
    "organisation_id", "confidence",
)  # fmt: skip
BAD = (LinkOutcome.BROKEN, LinkOutcome.SILENT, LinkOutcome.REFUSED)


@dataclass(frozen=True)
class Waiting:
    """How many of each wait for a person."""

    edits: int
    reports: int
    links: int
    to_verify: int


def funding_bodies() -> QuerySet[Organisation]:
    """The organisations that may be entrusted with sources."""
    return Organisation.objects.filter(kind=OrganisationKind.FUNDER).order_by("name", "pk")


def verification_queue(person: Any, today: date) -> QuerySet[FundingSource]:
    """The sources shown that the person keeps, the most pressing first: days since read, times how much it is used.

    A report weighs as several uses. Each row has `age_days` and `weight`.
    """
    age = ExpressionWrapper(Value(today.toordinal()) - F("verified_day"), output_field=IntegerField())
    use = F("uses") + Value(REPORT_WEIGHT) * F("open_reports") + Value(1)
    rows = sources_kept_by(person).filter(state=SourceState.ACTIVE).only(*_ROW)
    weighed = rows.annotate(age_days=age, weight=ExpressionWrapper(age * use, output_field=IntegerField()))
    return weighed.order_by("-weight", "slug")


def edits_to_decide(person: Any) -> QuerySet[SourceEdit]:
    """Proposals that wait and the person may accept or return, oldest first; never one's own.

    A delegate may still be refused one that would reach beyond the region: `accepts` says so for each.
    """
    rows = edits_visible_to(person).filter(state=EditState.PENDING).exclude(proposed_by=person)
    if not is_administrator(person):
        rows = rows.filter(source__in=sources_decided_by(person))
    return rows.select_related("source", "organisation", "proposed_by").defer("content", "source__content")


def edits_of(person: Any) -> QuerySet[SourceEdit]:
    """The proposals a person wrote, the last first."""
    rows = SourceEdit.objects.filter(proposed_by=person).select_related("source", "decided_by")
    return rows.defer("content", "source__content").order_by("-proposed_at", "-pk")


def open_reports(person: Any) -> QuerySet[SourceReport]:
    """The reports on sources the person keeps that nobody has closed, oldest first."""
    rows = reports_visible_to(person).filter(closed_at=None, source__in=sources_kept_by(person))
    return rows.select_related("source").defer("source__content")


def bad_links(person: Any) -> QuerySet[LinkCheck]:
    """The pages of sources the person keeps that did not answer, those that failed most often first."""
    rows = checks_visible_to(person).filter(outcome__in=BAD, source__state=SourceState.ACTIVE)
    return rows.select_related("source").defer("source__content").order_by("-failures", "source", "url")


def waiting_for(person: Any, today: date) -> Waiting:
    """What waits for a person, in four queries."""
    old = sources_kept_by(person).filter(state=SourceState.ACTIVE)
    return Waiting(
        edits_to_decide(person).count(),
        open_reports(person).count(),
        bad_links(person).count(),
        old.filter(verified_day__lt=today.toordinal() - OLD_DAYS).count(),
    )


def edit_differences(edit: SourceEdit) -> list[Difference]:
    """What a proposal changes, leaf by leaf, in what the source said when it was written; all of a new one."""
    if edit.source_id is None:
        return differences({}, edit.content)
    base = SourceVersion.objects.filter(source=edit.source_id, number=edit.base_version).first()
    return differences(base.content if base else {}, edit.content)


def version_differences(source: FundingSource, number: int) -> list[Difference]:
    """What a version changed in the one before it; nothing for the first."""
    told = {
        row.number: row.content
        for row in SourceVersion.objects.filter(source=source, number__in=(number - 1, number))
    }
    if number not in told or number - 1 not in told:
        return []
    return differences(told[number - 1], told[number])
