"""The report of a meeting: written in French and Arabic by its organisers, published with its figures."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings import notices
from bpc.portal.gatherings.attendance import attendance_of, published_figures
from bpc.portal.gatherings.models import Gathering, MeetingReport
from bpc.portal.gatherings.states import GatheringState


class StaleReport(Exception):
    """The report changed after the form was opened; `current` is it as it is now."""

    def __init__(self, current: MeetingReport) -> None:
        super().__init__(current.pk)
        self.current = current


class NothingWritten(Exception):
    """A report without a word is not published."""


def write_report(
    *, gathering: Gathering, text_fr: str, text_ar: str, revision: int, actor: Any, at: datetime
) -> MeetingReport:
    """Keep the words; a published report stays published. `revision`: 0 where there was none.

    Raises `StaleReport`, `IllegalMove` (not held), `NothingWritten` (a published one emptied), `PermissionDenied`.
    """
    with transaction.atomic():
        held = _locked(gathering, actor)
        report = MeetingReport.objects.filter(gathering=held).first()
        if (report.revision if report is not None else 0) != revision:
            raise StaleReport(report or MeetingReport(gathering=held))
        if report is None:
            report = MeetingReport(gathering=held, revision=0)
        if report.published_at is not None and not (text_fr or text_ar):
            raise NothingWritten
        report.text_fr, report.text_ar, report.written_by, report.changed_at = text_fr, text_ar, actor, at
        report.revision += 1
        report.save()
        record(actor=actor, verb="write report", obj=held, at=at, before=held.state, after=held.state)
        outdate("gatherings")
    return report


def publish_report(*, gathering: Gathering, actor: Any, at: datetime) -> MeetingReport:
    """Publish the words with the figures of attendance of this moment; who came is told, once.

    Figures of a meeting whose attendance was not taken stay unknown. Raises `NothingWritten`, `IllegalMove`.
    """
    with transaction.atomic():
        held = _locked(gathering, actor)
        report = MeetingReport.objects.select_for_update().filter(gathering=held).first()
        if report is None or not (report.text_fr or report.text_ar):
            raise NothingWritten
        if report.published_at is not None:
            raise IllegalMove("publish report: it is published")
        attendance = attendance_of(held)
        report.figures = published_figures(attendance) if attendance.came else {}
        report.published_at = at
        report.save(update_fields=["figures", "published_at"])
        record(actor=actor, verb="publish report", obj=held, at=at, before=held.state, after=held.state)
        notices.tell_everybody(held, "gathering.reported", at=at)
        outdate("gatherings")
    return report


def _locked(gathering: Gathering, actor: Any) -> Gathering:
    row = Gathering.objects.select_for_update().get(pk=gathering.pk)
    check(actor, "gatherings.organise", row)
    if row.state != GatheringState.HELD:
        raise IllegalMove(f"report: {row.state}")
    return row
