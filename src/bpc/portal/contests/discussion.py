"""What jurors say to each other of an entry once each has marked it alone, and marks amended then, with a reason.

Before the marking is over nobody reads another's marks; who did not finish their own reading never does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from bpc.portal.contests.marking import Given, NotInPhase, require_complete, write_marks
from bpc.portal.contests.models import DiscussionMessage, Entry, Juror, Mark, Reading
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import EntryState, JurorState, Phase, ReadingState
from bpc.portal.foundation.audit import record, trail_of
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, ReasonMissing

AMEND = "amend marks"
MESSAGES_AT_ONCE, MESSAGE_WINDOW = 10, timedelta(minutes=10)


class TooMany(Exception):
    """The juror wrote too much in a short time."""


class NothingChanged(Exception):
    """The marks given are those already kept."""


@dataclass(frozen=True)
class Amendment:
    """Marks changed after the marking: by whom, when, why, and each criterion's mark before and after."""

    juror: str
    at: datetime
    reason: str
    changes: tuple[tuple[str, int, int], ...]


def say(*, entry: Entry, text: str, language: str, key: UUID, actor: Any, at: datetime) -> DiscussionMessage:
    """Say something of an entry to those who marked it. The same form sent twice says it once. Raises `TooMany`."""
    with transaction.atomic():
        row = _discussed(entry, actor, at)
        juror = Juror.objects.select_for_update().get(
            edition=row.edition_id, user=actor, state=JurorState.ACCEPTED
        )
        mine = DiscussionMessage.objects.filter(juror=juror)
        if (twin := mine.filter(submission_key=key, entry=row).first()) is not None:
            return twin
        if mine.filter(at__gt=at - MESSAGE_WINDOW).count() >= MESSAGES_AT_ONCE:
            raise TooMany("message")
        if DiscussionMessage.objects.filter(submission_key=key).exists():  # somebody else's: a copied form
            key = uuid4()
        made = DiscussionMessage.objects.create(
            entry=row, juror=juror, text=text, language=language, submission_key=key, at=at
        )
        record(actor=actor, verb="discuss entry", obj=made, at=at)
    return made


def amend_marks(
    *, reading: Reading, marks: Mapping[str, Given], reason: str, language: str, actor: Any, at: datetime
) -> Reading:
    """Change one's finished marks while the jury discusses: what was, what is and why stay in the trail.

    Raises `NotInPhase`, `ReasonMissing`, `NothingChanged`, `Incomplete`, `IllegalMove` for a reading not finished.
    """
    if not reason.strip():
        raise ReasonMissing(AMEND)
    with transaction.atomic():
        rows = Reading.objects.select_for_update(of=("self",)).select_related("juror__edition", "entry")
        row = rows.get(pk=reading.pk)
        check(actor, "contests.mark", row)
        if row.entry.state != EntryState.ELIGIBLE or phase_of(row.juror.edition, at) != Phase.DISCUSSION:
            raise NotInPhase(f"reading {row.pk}")
        if row.state != ReadingState.DONE:
            raise IllegalMove(f"reading {row.pk} is {row.state}")
        before = _values(row)
        write_marks(row, marks, language)
        require_complete(row)
        after = _values(row)
        changes = {code: [before[code], after[code]] for code in after if before[code] != after[code]}
        if not changes:
            raise NothingChanged(f"reading {row.pk}")
        Reading.objects.filter(pk=row.pk).update(revision=row.revision + 1, saved_at=at)
        record(actor=actor, verb=AMEND, obj=row, at=at, reason=reason.strip(), data={"changes": changes})
    return row


def amendments(entry: Entry) -> list[Amendment]:
    """Every change made to marks of the entry during the discussion, oldest first: for those who discuss it."""
    names = dict(
        Reading.objects.filter(entry=entry, state=ReadingState.DONE).values_list("pk", "juror__name")
    )
    kind = Reading._meta.label_lower
    rows = AuditEntry.objects.filter(object_kind=kind, object_key__in=map(str, names), verb=AMEND)
    return [
        Amendment(names[int(row.object_key)], row.at, row.reason, _told(row))
        for row in rows.order_by("at", "pk")
    ]


def amendments_of(reading: Reading) -> list[Amendment]:
    """Those of one reading."""
    rows = trail_of(reading).filter(verb=AMEND)
    return [Amendment(reading.juror.name, row.at, row.reason, _told(row)) for row in rows]


def _told(row: AuditEntry) -> tuple[tuple[str, int, int], ...]:
    return tuple((code, before, after) for code, (before, after) in sorted(row.data["changes"].items()))


def _discussed(entry: Entry, actor: Any, at: datetime) -> Entry:
    row = Entry.objects.select_related("edition").get(pk=entry.pk)
    check(actor, "contests.discuss", row)
    if row.state != EntryState.ELIGIBLE or phase_of(row.edition, at) != Phase.DISCUSSION:
        raise NotInPhase(f"entry {row.pk}")
    return row


def _values(reading: Reading) -> dict[str, int | None]:
    marks = Mark.objects.filter(reading=reading).order_by("criterion__position")
    return dict(marks.values_list("criterion__code", "value"))
