"""A juror falls silent: who, reminded, then replaced. What they had not marked goes to others, nothing else moves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from bpc.portal.contests.assigning import (
    INFEASIBLE,
    OPTIMAL,
    check_now,
    compute,
    give_readings,
    question_of,
    tell_readers,
)
from bpc.portal.contests.jury_actions import lock, names_of, release_juror
from bpc.portal.contests.models import AssignmentRun, Edition, Juror
from bpc.portal.contests.states import JurorState, ReadingState
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.delivery import notify

SILENT_AFTER = timedelta(days=7)
BETWEEN_REMINDERS = timedelta(days=3)
_ASKED = Q(readings__state=ReadingState.ASSIGNED)


class TooSoon(Exception):
    """The juror was reminded a moment ago, or has nothing left to read."""


def silent_jurors(edition: Edition, now: datetime) -> Any:
    """Sitting jurors with readings asked more than `SILENT_AFTER` ago and no sign since; longest silent first.

    A sign is a mark or a draft that reached us. Annotated with `waiting` (readings) and `silent_since`.
    """
    return with_silence(edition.jurors.filter(state=JurorState.ACCEPTED)).filter(
        waiting__gt=0, silent_since__lt=now - SILENT_AFTER
    ).order_by("silent_since", "pk")  # fmt: skip


def with_silence(jurors: QuerySet[Juror]) -> Any:
    """The jurors annotated with `waiting`, `done` and `silent_since`: the last sign, or the first reading asked."""
    return jurors.annotate(
        waiting=Count("readings", filter=_ASKED),
        done=Count("readings", filter=Q(readings__state=ReadingState.DONE)),
        asked_at=Min("readings__assigned_at", filter=_ASKED),
        saved=Max("readings__saved_at"),
    ).annotate(
        silent_since=Greatest(
            Coalesce("seen_at", "asked_at"), Coalesce("saved", "asked_at"), "asked_at"
        )
    )  # fmt: skip


@transaction.atomic
def remind_juror(*, juror: Juror, actor: Any, at: datetime) -> None:
    """Tell a juror what still waits for them. Raises `TooSoon`, `PermissionDenied`."""
    edition = lock(juror.edition)
    check(actor, "contests.organise", edition)
    row = Juror.objects.select_for_update(of=("self",)).select_related("user").get(pk=juror.pk)
    waiting = row.readings.filter(state=ReadingState.ASSIGNED).count()
    reminded = row.reminded_at is not None and row.reminded_at > at - BETWEEN_REMINDERS
    if reminded or not waiting or row.user is None or row.state != JurorState.ACCEPTED:
        raise TooSoon
    row.reminded_at = juror.reminded_at = at
    row.save(update_fields=["reminded_at"])
    record(actor=actor, verb="remind juror", obj=edition, at=at, data={"juror": row.pk})
    data = {**names_of(edition, row.user), "count": waiting}
    notify(user=row.user, kind="jury.reminder", data=data, at=at)


@dataclass(frozen=True)
class Replacement:
    """What replacing a juror came to: how many readings passed on, or the run that says why it cannot be."""

    run: AssignmentRun
    released: int

    @property
    def done(self) -> bool:
        """Whether the juror was replaced; otherwise nothing changed."""
        return self.run.status == OPTIMAL


@transaction.atomic
def reassign(*, juror: Juror, reason: str, actor: Any, at: datetime) -> Replacement:
    """Release a juror and give what they had not marked to others; everybody else keeps what they have.

    When nobody can take it the juror stays, and the run kept says what is missing.
    Raises `ReasonMissing`, `NotNow`, `NothingToRead`, `TooLarge`, `OutOfTime`, `PermissionDenied`.
    """
    edition = lock(juror.edition)
    check_now(edition, actor, at)
    question = question_of(edition, without=juror, keep_asked=True)
    run = compute(edition, question, actor, at)
    run.asked.update(without=juror.pk, keep_asked=True)
    if run.status == INFEASIBLE:
        run.save(update_fields=["asked"])
        return Replacement(run, 0)
    released = release_juror(juror=juror, reason=reason, actor=actor, at=at)
    added = give_readings(question, {(entry, reader) for entry, reader in run.report["pairs"]}, at)
    run.status = OPTIMAL
    run.report["released"] = released
    run.save(update_fields=["status", "asked", "report"])
    record(actor=actor, verb="replace juror", obj=edition, at=at, reason=reason,
           data={"juror": juror.pk, "run": run.pk, "added": sum(added.values())})  # fmt: skip
    tell_readers(edition, added, at)
    return Replacement(run, released)
