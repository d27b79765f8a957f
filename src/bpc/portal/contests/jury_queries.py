"""What the organisers' jury desk reads: members with their loads, how far the readings are, in constant queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bpc.portal.contests.models import AssignmentRun, Conflict, Edition, Entry, Juror, Reading
from bpc.portal.contests.reassigning import SILENT_AFTER, with_silence
from bpc.portal.contests.states import EntryState, JurorState, ReadingState


@dataclass(frozen=True)
class Progress:
    """How far a jury is: `asked` and `done` readings, entries that lack some, entries nobody judged eligible yet."""

    sitting: int
    invited: int
    eligible: int
    unchecked: int
    asked: int
    done: int
    lacking: int


def progress_of(edition: Edition) -> Progress:
    """Four counts."""
    states = Juror.objects.filter(edition=edition).aggregate(
        sitting=Count("pk", filter=Q(state=JurorState.ACCEPTED)),
        invited=Count("pk", filter=Q(state=JurorState.INVITED)),
    )
    entries = Entry.objects.filter(edition=edition).aggregate(
        eligible=Count("pk", filter=Q(state=EntryState.ELIGIBLE)),
        unchecked=Count("pk", filter=Q(state=EntryState.SUBMITTED)),
    )
    readings = readings_of(edition).aggregate(
        asked=Count("pk"), done=Count("pk", filter=Q(state=ReadingState.DONE))
    )
    per_entry = readings_of(edition).values("entry").annotate(count=Count("pk"))
    full = per_entry.filter(count__gte=edition.readings_per_entry).count()
    return Progress(**states, **entries, **readings, lacking=entries["eligible"] - full)


def readings_of(edition: Edition) -> QuerySet[Reading]:
    """The readings that stand, of eligible entries."""
    rows = Reading.objects.filter(entry__edition=edition, entry__state=EntryState.ELIGIBLE)
    return rows.exclude(state=ReadingState.RELEASED)


def members_of(edition: Edition) -> Any:
    """Everybody ever invited, the president first, then who sits, with loads, silence and standing conflicts."""
    standing = Conflict.objects.filter(juror=OuterRef("pk"), lifted_at=None).order_by()
    counted = standing.values("juror").annotate(count=Count("pk")).values("count")
    rows = with_silence(Juror.objects.filter(edition=edition)).annotate(
        conflict_count=Coalesce(Subquery(counted), 0)
    )
    return rows.select_related("region", "commune").order_by("-is_president", "state", "name", "pk")


def is_silent(juror: Any, now: datetime) -> bool:
    """The rule of `silent_jurors`, on one annotated row."""
    waits = juror.state == JurorState.ACCEPTED and juror.waiting > 0
    return bool(waits and juror.silent_since is not None and juror.silent_since < now - SILENT_AFTER)


def conflicts_of(edition: Edition) -> QuerySet[Conflict]:
    """Every conflict of the jury, standing ones first, newest first."""
    rows = Conflict.objects.filter(juror__edition=edition).select_related("juror", "entry", "entry__commune")
    return rows.order_by(F("lifted_at").asc(nulls_first=True), "-at", "-pk")


def latest_run(edition: Edition) -> AssignmentRun | None:
    """The last proposal, refusal or assignment; what was overtaken is left out."""
    return edition.assignment_runs.exclude(status="stale").first()
