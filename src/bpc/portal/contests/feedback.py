"""What a team that was not chosen leaves with. Nothing is sent without its four parts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from bpc.core.jury.improvements import improvements
from bpc.core.jury.marks import Marks
from bpc.core.jury.severity import fit
from bpc.datasets.courses import course_for, read_courses
from bpc.portal.contests.models import AdvisorSlot, Edition, Entry, Feedback, Reading
from bpc.portal.contests.notices.verdicts import tell_team
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.ranking import WrongPhase, marks_of
from bpc.portal.contests.slots import slots_for
from bpc.portal.contests.states import Outcome, Phase, ReadingState
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check

#: From this mean mark on, a criterion is told as reached: the middle of the scale of 1 to 5.
REACHED = 3.0
PARTS = ("reached", "improvements", "course", "slot")


class IncompleteFeedback(Exception):
    """One of the four parts is missing; `missing` names them, of `PARTS`."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@transaction.atomic
def prepare_feedback(*, edition: Edition, actor: Any, at: datetime) -> int:
    """Write, from the marks, what each entry that is no laureate leaves with; what was sent stays as it is.

    Returns how many were written. An entry that nobody read has nothing to be told: none is written for it.
    Raises `WrongPhase` before the decisions, `PermissionDenied`, `ranking.NoMarks`.
    """
    check(actor, "contests.tell_results", edition)
    if phase_of(edition, at) not in (Phase.DECIDING, Phase.RESULTS):
        raise WrongPhase(edition.slug)
    marks = marks_of(edition)
    means, found = _means(marks), fit(marks)
    written = 0
    for entry in undelivered(edition).order_by("pk"):
        if entry.pk not in means:
            continue
        moved = improvements(marks, entry.pk, found)
        told = [{"criterion": one.criterion, "from": one.from_mean, "to": one.to} for one in moved]
        Feedback.objects.update_or_create(
            entry=entry,
            defaults={
                "reached": reached_criteria(means[entry.pk]), "improvements": told,
                "course": course_for([one.criterion for one in moved]).code,
            },
        )  # fmt: skip
        written += 1
    record(actor=actor, verb="prepare feedback", obj=edition, at=at, data={"written": written})
    return written


def _means(marks: Marks) -> dict[int, dict[str, float]]:
    """The plain mean of each criterion, for the entries that were read."""
    rows: dict[int, list[Any]] = defaultdict(list)
    for place, values in zip(marks.entry_of, marks.values, strict=True):
        rows[int(place)].append(values)
    return {
        marks.entries[place]: dict(zip(marks.criteria, np.mean(values, axis=0).tolist(), strict=True))  # type: ignore[misc]
        for place, values in rows.items()
    }


def reached_criteria(means: Mapping[str, float]) -> list[dict[str, Any]]:
    """The criteria whose mean mark is at least the middle; where none is, the best marked, said as not reached.

    >>> reached_criteria({"impact": 3.5, "team": 2.0})
    [{'criterion': 'impact', 'mean': 3.5, 'reached': True}]
    >>> reached_criteria({"impact": 2.5, "team": 2.0})
    [{'criterion': 'impact', 'mean': 2.5, 'reached': False}]
    """
    found = [
        {"criterion": code, "mean": round(mean, 4), "reached": True}
        for code, mean in means.items()
        if mean >= REACHED
    ]
    if not found and means:
        best = max(means, key=lambda code: means[code])
        found = [{"criterion": best, "mean": round(means[best], 4), "reached": False}]
    return found


def open_to_words(edition: Edition, at: datetime) -> QuerySet[Entry]:
    """The entries to whose feedback the president may still add words: read, decided, no laureate, not told yet."""
    if phase_of(edition, at) not in (Phase.DECIDING, Phase.RESULTS):
        return Entry.objects.none()
    read = Reading.objects.filter(entry__edition=edition, state=ReadingState.DONE)
    return undelivered(edition).filter(pk__in=read.values("entry"))


@transaction.atomic
def add_words(*, entry: Entry, words: str, language: str, actor: Any, at: datetime) -> Feedback:
    """The president adds the jury's own words to what a team is told, until it was sent. No words takes them away.

    An entry marked 5 everywhere has no improvement to be told: without words its feedback would never leave.
    Raises `WrongPhase` unless the entry is `open_to_words`, `PermissionDenied`.
    """
    row = Entry.objects.select_for_update(of=("self",)).select_related("edition").get(pk=entry.pk)
    check(actor, "contests.preside", row.edition)
    if not open_to_words(row.edition, at).filter(pk=row.pk).exists():
        raise WrongPhase(row.reference)
    feedback, _made = Feedback.objects.select_for_update().get_or_create(entry=row)
    feedback.words = words.strip()
    feedback.language = language if feedback.words else ""
    feedback.save(update_fields=["words", "language"])
    record(actor=actor, verb="write feedback", obj=row, at=at)
    return feedback


def missing_parts(feedback: Feedback | None, entry: Entry, at: datetime) -> tuple[str, ...]:
    """Which of the four parts the entry would leave without.

    A slot counts when the team has one, or when a free one is left for it after those told before it.
    """
    if feedback is None:
        return PARTS
    missing = [
        part
        for part, there in (
            ("reached", feedback.reached),
            (
                "improvements",
                feedback.improvements or feedback.words,
            ),  # marked 5 everywhere: the jury’s own words
            ("course", feedback.course in read_courses()),
        )
        if not there
    ]
    return (*missing, *(() if _slot_is_left(entry, at) else ("slot",)))


def _slot_is_left(entry: Entry, at: datetime) -> bool:
    """A free slot for each team of the region that was told and has none yet, and one more."""
    if AdvisorSlot.objects.filter(entry=entry).exists():
        return True
    waiting = Entry.objects.filter(
        edition=entry.edition_id, region=entry.region_id, feedback__sent_at__isnull=False, advisor_slot=None
    ).exclude(pk=entry.pk)
    return slots_for(entry, at).count() > waiting.count()


@transaction.atomic
def send_feedback(*, entry: Entry, actor: Any, at: datetime) -> Feedback:
    """Let the team read its feedback, and tell it so. Sent once.

    Raises `IncompleteFeedback` unless the four parts are there, `WrongPhase` before publication, `PermissionDenied`.
    """
    row = Entry.objects.select_for_update(of=("self",)).select_related("edition").get(pk=entry.pk)
    check(actor, "contests.tell_results", row.edition)
    if phase_of(row.edition, at) != Phase.RESULTS:
        raise WrongPhase(row.reference)
    feedback = Feedback.objects.filter(entry=row).first()
    if feedback is not None and feedback.sent_at is not None:
        return feedback
    missing = missing_parts(feedback, row, at)
    if missing or feedback is None:
        raise IncompleteFeedback(missing)
    feedback.sent_at, feedback.sent_by = at, actor
    feedback.save(update_fields=["sent_at", "sent_by"])
    record(actor=actor, verb="send feedback", obj=row, at=at)
    tell_team(row, "contest.feedback", at=at)
    return feedback


def undelivered(edition: Edition) -> QuerySet[Entry]:
    """The entries that are no laureates and were not told yet."""
    rows = Entry.objects.filter(edition=edition, decision__outcome__in=(Outcome.NOT_CHOSEN, Outcome.MENTION))
    return rows.exclude(feedback__sent_at__isnull=False)


def waiting_feedback(edition: Edition) -> Sequence[Entry]:
    """Those, in a fixed order."""
    return list(undelivered(edition).select_related("edition", "feedback").order_by("pk"))
