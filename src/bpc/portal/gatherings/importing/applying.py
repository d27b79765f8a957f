"""From the lines of a checked file to ideas, batch after batch: each batch whole or not at all, and never twice.

The row of the import says how far the file is read (`reached`), written in the transaction of the batch: a worker that
dies in the middle leaves no line half taken in, and whoever resumes begins after the last whole batch. Each time the
work is asked, `run` grows; a worker of an earlier run, or one whose batch another has taken, stops.
"""

from collections.abc import Iterator
from functools import partial
from itertools import dropwhile, islice
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.gatherings.importing.reading import added, findings, lines_of, without_known
from bpc.portal.gatherings.importing.rows import Line
from bpc.portal.gatherings.models import BUSY, GatheredIdea, IdeaImport, ImportedIdea, ImportStage
from bpc.portal.ideas import deposit
from bpc.portal.ideas.states import Door

BATCH = 50  # lines of one transaction: about half a second, other writers wait no longer
_SPACE = UUID("a6f1c9f2-3a46-4d0c-8d35-0d6f9b2f7e51")
_NO_COUNTS = {"read": 0, "made": 0, "again": 0, "refused": 0}


class Superseded(Exception):
    """The work was asked anew, undone or finished by others meanwhile: this worker has nothing left to do."""


class LineFailed(Exception):
    """A line that could not be taken in, though nothing was wrong with it; its batch is not taken in."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def begin(*, key: int, run: int, at: Any) -> IdeaImport:
    """The import, now worked on. Raises Superseded."""
    with transaction.atomic():
        row = _held(key, run)
        row.state, row.moved_at = ImportStage.RUNNING, at
        row.save(update_fields=["state", "moved_at"])
    return row


def batches(row: IdeaImport, actor: Any) -> Iterator[tuple[Line, ...]]:
    """The lines still to be taken in. Raises UnreadableError."""
    left = dropwhile(lambda line: line.number <= row.reached, lines_of(row, actor))
    while batch := tuple(islice(left, BATCH)):
        yield batch


def take_in(*, row: IdeaImport, lines: tuple[Line, ...], actor: Any, at: Any) -> None:
    """Hand in the ideas of one batch and write how far the file is read, together. Raises Superseded, LineFailed."""
    with transaction.atomic():
        held = _held(row.pk, row.run)
        if held.reached != row.reached:
            raise Superseded(row.pk)
        checked = without_known(lines)
        for line in checked:
            if line.content is not None:
                _try_to_hand_in(held, line, actor, at)
        counts, report = findings(checked)
        held.counts, held.report = added(held.counts or _NO_COUNTS, counts), held.report + report
        held.reached, held.moved_at = lines[-1].number, at
        held.save(update_fields=["counts", "report", "reached", "moved_at"])
    row.reached = held.reached


def finish(*, key: int, run: int, actor: Any, at: Any) -> None:
    """The file is read to its end: it is deleted. Raises Superseded."""
    with transaction.atomic():
        row = _held(key, run)
        row.state, row.applied_at, row.moved_at, row.version = ImportStage.APPLIED, at, at, row.version + 1
        forget_file(row)
        row.save()
        record(
            actor=actor, verb="apply ideas file", obj=row, at=at, before=ImportStage.CHECKED, after=row.state,
            data={"made": row.counts.get("made", 0)},
        )  # fmt: skip


def stop(*, key: int, run: int, problem: str, line: int, at: Any) -> None:
    """Say why the work stopped, and at which line (0: not known); what was taken in before stays."""
    with transaction.atomic():
        row = _held(key, run)
        row.state, row.problem, row.problem_line, row.moved_at = ImportStage.STOPPED, problem, line, at
        row.version += 1
        row.save()
        record(
            actor=None, verb="stop ideas file", obj=row, at=at, before=ImportStage.RUNNING, after=row.state,
            data={"problem": problem, "line": line},
        )  # fmt: skip


def forget_file(row: IdeaImport) -> None:
    """A file may hold more than the ideas keep: it goes with the transaction; the caller saves the row."""
    if row.file:
        transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
        row.file = ""


def _held(key: int, run: int) -> IdeaImport:
    """The import under lock, still this worker's."""
    row = IdeaImport.objects.select_for_update().filter(pk=key).first()
    if row is None or row.state not in BUSY or row.run != run:
        raise Superseded(key)
    return row


def _try_to_hand_in(row: IdeaImport, line: Line, actor: Any, at: Any) -> None:
    try:
        _hand_in(row, line, actor, at)
    except Exception as error:
        raise LineFailed(line.number) from error


def _hand_in(row: IdeaImport, line: Line, actor: Any, at: Any) -> None:
    assert line.content is not None
    key = uuid5(_SPACE, f"{row.pk}/{line.digest}")
    idea, _new = deposit.propose(
        content=line.content, submission_key=key, actor=None, at=at, door=Door.IMPORT, tells=False
    )
    record(actor=actor, verb="import", obj=idea, at=at, data={"import": row.pk, "line": line.number})
    ImportedIdea.objects.create(
        idea_import=row, line=line.number, idea=idea, digest=line.digest, version=idea.version
    )
    if row.gathering_id is not None:
        GatheredIdea.objects.create(gathering_id=row.gathering_id, key=key, idea=idea)
        assert row.gathering is not None
        record(actor=None, verb="said", obj=idea, at=at, data={"gathering": row.gathering.key})
