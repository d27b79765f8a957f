"""What a juror does with an entry they were asked to read: draft, finish, reopen. Nothing outside the phase.

A draft carries the revision it was started from. The one that arrives is kept only if nobody, on another device of
the same juror, was kept since: an older draft never overwrites a newer one, and a draft sent twice counts once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bpc.portal.contests.models import Criterion, Edition, Juror, Mark, Reading
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import READING_MOVES, EntryState, Phase, ReadingState
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move

MARKS = range(1, 6)
COMMENT_MAX, WHOLE_MAX = 1500, 3000


class NotInPhase(Exception):
    """The running phase of the edition does not allow it (or the entry is no longer in the contest)."""


class Stale(Exception):
    """The draft was started from an older one than what is kept: `kept` is the revision kept."""

    def __init__(self, kept: int) -> None:
        super().__init__(f"revision {kept} is kept")
        self.kept = kept


class Incomplete(Exception):
    """What a reading still needs: codes of criteria without a mark, and without a comment."""

    def __init__(self, unmarked: tuple[str, ...], silent: tuple[str, ...]) -> None:
        super().__init__(f"no mark: {unmarked}; no comment: {silent}")
        self.unmarked, self.silent = unmarked, silent


@dataclass(frozen=True)
class Given:
    """What a juror gives one criterion; no value: not marked yet."""

    value: int | None = None
    comment: str = ""

    def __post_init__(self) -> None:
        if self.value is not None and (type(self.value) is not int or self.value not in MARKS):
            raise ValueError(f"a mark is a whole number from 1 to 5, not {self.value!r}")
        if len(self.comment) > COMMENT_MAX:
            raise ValueError(f"a comment has at most {COMMENT_MAX} characters")


@dataclass(frozen=True)
class Draft:
    """A whole reading as a device holds it: `revision` is the one it was started from, `key` names the draft."""

    revision: int
    key: UUID
    marks: Mapping[str, Given] = field(default_factory=dict)
    comment: str = ""
    language: str = "fr"

    def __post_init__(self) -> None:
        if len(self.comment) > WHOLE_MAX:
            raise ValueError(f"a comment on the whole has at most {WHOLE_MAX} characters")


def may_write(reading: Reading, edition: Edition, at: datetime) -> bool:
    """Whether the reading may be marked at `at`: while marking runs; a further reading also while jurors discuss."""
    phase = phase_of(edition, at)
    return phase == Phase.MARKING or (reading.is_extra and phase == Phase.DISCUSSION)


def save_draft(*, reading: Reading, draft: Draft, actor: Any, at: datetime) -> Reading:
    """Keep a draft; the same one twice changes nothing. Raises `NotInPhase`, `Stale`, `IllegalMove` once finished."""
    with transaction.atomic():
        row = _open(reading, actor, at)
        if row.draft_key == draft.key:
            return row
        if row.state != ReadingState.ASSIGNED:
            raise IllegalMove(f"reading {row.pk} is {row.state}")
        _keep(row, draft, actor=actor, at=at)
    return row


def finish_reading(*, reading: Reading, actor: Any, at: datetime, draft: Draft | None = None) -> Reading:
    """Hand a reading in: every criterion marked, each with its comment. With `draft`, it is kept first.

    The same draft finished twice is finished once. Raises as `save_draft`, and `Incomplete` (nothing is then kept).
    """
    with transaction.atomic():
        row = _open(reading, actor, at)
        if row.state == ReadingState.DONE and draft is not None and row.draft_key == draft.key:
            return row
        if draft is not None and row.draft_key != draft.key:
            if row.state != ReadingState.ASSIGNED:
                raise IllegalMove(f"reading {row.pk} is {row.state}")
            _keep(row, draft, actor=actor, at=at)
        require_complete(row)
        move(row, READING_MOVES, "finish reading", actor=actor, at=at)
    return row


def reopen_reading(*, reading: Reading, actor: Any, at: datetime) -> Reading:
    """Take a finished reading back to change it, while marking runs.

    Never later, not even a further reading: its juror has read the others' marks. They amend, with a reason.
    """
    with transaction.atomic():
        row = _open(reading, actor, at)
        if phase_of(row.juror.edition, at) != Phase.MARKING:
            raise NotInPhase(f"reading {row.pk}")
        move(row, READING_MOVES, "reopen reading", actor=actor, at=at)
        row.done_at = None
        row.save(update_fields=["done_at"])
    return row


def require_complete(reading: Reading) -> None:
    """Raise `Incomplete` unless every criterion has its mark and its words."""
    unmarked, silent = [], []
    given = {mark.criterion_id: mark for mark in reading.marks.all()}
    for criterion in Criterion.objects.filter(edition=reading.juror.edition_id):
        mark = given.get(criterion.pk)
        if mark is None or mark.value is None:
            unmarked.append(criterion.code)
        if mark is None or not mark.comment.strip():
            silent.append(criterion.code)
    if unmarked or silent:
        raise Incomplete(tuple(unmarked), tuple(silent))


def _open(reading: Reading, actor: Any, at: datetime) -> Reading:
    """The reading, locked, that `actor` may write now."""
    rows = Reading.objects.select_for_update(of=("self",)).select_related("juror__edition", "entry")
    row = rows.get(pk=reading.pk)
    check(actor, "contests.mark", row)
    if row.entry.state != EntryState.ELIGIBLE or not may_write(row, row.juror.edition, at):
        raise NotInPhase(f"reading {row.pk}")
    return row


def _keep(row: Reading, draft: Draft, *, actor: Any, at: datetime) -> None:
    if draft.revision != row.revision:
        raise Stale(row.revision)
    write_marks(row, draft.marks, draft.language)
    row.comment, row.comment_language = draft.comment, draft.language
    row.revision, row.draft_key, row.saved_at = row.revision + 1, draft.key, at
    row.save(update_fields=["comment", "comment_language", "revision", "draft_key", "saved_at"])
    Juror.objects.filter(pk=row.juror_id).update(seen_at=at)
    record(actor=actor, verb="save reading", obj=row, at=at, data={"revision": row.revision})


def write_marks(reading: Reading, marks: Mapping[str, Given], language: str) -> None:
    """Write what is given for each criterion named; the others keep theirs. Raises ValueError for no such criterion."""
    criteria = dict(
        Criterion.objects.filter(edition=reading.juror.edition_id).values_list("code", "pk").order_by()
    )
    if strange := marks.keys() - criteria.keys():
        raise ValueError(f"no such criterion: {sorted(strange)}")
    Mark.objects.bulk_create(
        [
            Mark(
                reading=reading, criterion_id=criteria[code], value=given.value,
                comment=given.comment, language=language,
            )
            for code, given in marks.items()
        ],
        update_conflicts=True, unique_fields=["reading", "criterion"],
        update_fields=["value", "comment", "language"],
    )  # fmt: skip
