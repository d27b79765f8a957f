"""What an organiser does with a file of ideas: send it, say its columns, check, apply, resume, undo, throw away.

Nothing is changed before it is applied, by the worker (`tasks.py`). A line is known by its place and words: the same
file, or the same line, taken in again makes nothing new, until what it made was undone.
"""

import hashlib
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.gatherings.importing import tasks
from bpc.portal.gatherings.importing.applying import forget_file
from bpc.portal.gatherings.importing.columns import CODES, is_mapped, propose_mapping
from bpc.portal.gatherings.importing.reading import cells_of, findings, lines_of, without_known
from bpc.portal.gatherings.models import BUSY, GatheredIdea, Gathering, IdeaImport, ImportedIdea, ImportStage
from bpc.portal.ideas import near
from bpc.portal.ideas.states import IDEA_MOVES, IdeaState
from bpc.portal.register.sheets import UnreadableError, as_text, inspect, titles

RIGHT = "gatherings.import_ideas"
MOST_BYTES, MOST_ROWS = 5_000_000, 2_000
FORGOTTEN_AFTER = timedelta(days=30)
PATIENCE = timedelta(
    minutes=2
)  # a batch takes a second: beyond, a worker that still works would have said so
LOOSE = (ImportStage.DRAFT, ImportStage.CHECKED)
UNDOABLE = (*BUSY, ImportStage.STOPPED, ImportStage.APPLIED)


class StaleImport(Exception):
    """Somebody changed the import since the page was opened."""


def upload(*, file: "UploadedFile[Any]", gathering: Gathering | None, actor: Any, at: Any) -> IdeaImport:
    """Keep a file and say what its columns seem to be. Raises UnreadableError; then nothing is kept."""
    check(actor, RIGHT)
    if gathering is not None:
        check(actor, "gatherings.organise", gathering)
    if (file.size or 0) > MOST_BYTES:
        raise UnreadableError("file_too_large")
    forget_old(at=at)
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    row = IdeaImport(
        file_name=_plain_name(file.name or ""), sha256=digest.hexdigest(), gathering=gathering, by=actor, created_at=at,
    )  # fmt: skip
    row.file.save(f"idees{Path(file.name or '').suffix[:5]}", file, save=False)
    try:
        path = Path(row.file.path)
        reading = inspect(path)
        found = titles(path, reading)
        row.reading = {**reading.stored(), "titles": found}
        row.mapping = propose_mapping(found)
        _number_of_lines(row)
        with transaction.atomic():
            row.save()
            record(actor=actor, verb="upload ideas file", obj=row, at=at, data={"sha256": row.sha256})
    except BaseException:
        row.file.delete(save=False)
        raise
    return row


def check_file(
    *, idea_import: IdeaImport, mapping: dict[str, int], version: int, actor: Any, at: Any
) -> IdeaImport:
    """Read every line with these columns, changing nothing; the numbers and remarks are kept with the file.

    Raises UnreadableError (`no_columns`), StaleImport, IllegalMove.
    """
    with transaction.atomic():
        row = _locked(idea_import, version, actor)
        width = len(row.reading["titles"])
        fits = all(0 <= index < width for index in mapping.values())
        if set(mapping) - set(CODES) or not fits or not is_mapped(mapping):
            raise UnreadableError("no_columns")
        row.mapping = mapping
        row.counts, row.report = findings(without_known(list(lines_of(row, actor))))
        row.state, row.version = ImportStage.CHECKED, row.version + 1
        row.save()
        record(actor=actor, verb="check ideas file", obj=row, at=at, data={"mapping": mapping})
    return row


def apply_file(*, idea_import: IdeaImport, version: int, actor: Any, at: Any) -> IdeaImport:
    """Have the idea of every line that can be handed in by the worker; they wait to be read like any other.

    What the check found is looked at again then. Raises StaleImport, IllegalMove.
    """
    with transaction.atomic():
        row = _locked(idea_import, version, actor, states=(ImportStage.CHECKED,))
        row.total = row.counts["read"]
        row.counts, row.report = {}, []
        _ask(row, actor, at)
    return row


def resume(*, idea_import: IdeaImport, actor: Any, at: Any) -> IdeaImport:
    """Have the work go on after the last batch taken in, where it stopped or no worker says anything any more.

    Raises IllegalMove.
    """
    with transaction.atomic():
        row = _locked(idea_import, None, actor, states=(ImportStage.STOPPED, *BUSY))
        if not can_resume(row, at):
            raise IllegalMove(f"resume: {row.state}")
        row.problem, row.problem_line = "", 0
        _ask(row, actor, at)
    return row


def can_resume(idea_import: IdeaImport, at: Any) -> bool:
    """Stopped, or so long without a sign that its worker must have died; and the file is still there."""
    if not idea_import.file:
        return False
    silent = idea_import.moved_at is None or at - idea_import.moved_at > PATIENCE
    return idea_import.state == ImportStage.STOPPED or (idea_import.state in BUSY and silent)


def _ask(row: IdeaImport, actor: Any, at: Any) -> None:
    before, row.state = row.state, ImportStage.WAITING
    row.run, row.version, row.moved_at = row.run + 1, row.version + 1, at
    row.save()
    record(
        actor=actor, verb="ask to apply ideas file", obj=row, at=at, before=before, after=row.state,
        data={"run": row.run, "reached": row.reached},
    )  # fmt: skip
    transaction.on_commit(partial(tasks.apply_file.enqueue, row.pk, row.run, actor.pk))


def undo(*, idea_import: IdeaImport, actor: Any, at: Any, reason: str) -> IdeaImport:
    """Take back the ideas of a file that still wait as they came; the others are left, and counted by why.

    Of a file half taken in, what is there goes, and the rest is not taken in. Raises IllegalMove.
    """
    with transaction.atomic():
        row = _locked(idea_import, None, actor, states=UNDOABLE)
        before = row.state
        left: Counter[str] = Counter()
        taken = 0
        for made in row.ideas.filter(undone_at=None).select_related("idea"):
            if why := why_left(made):
                left[why] += 1
                continue
            move(made.idea, IDEA_MOVES, "archive", actor=actor, at=at, reason=reason)
            near.forget(made.idea)
            GatheredIdea.objects.filter(idea=made.idea, gathering=row.gathering).delete()
            made.undone_at = at
            made.save(update_fields=["undone_at"])
            taken += 1
        row.counts = {**row.counts, "undone": taken, "left": dict(left)}
        row.state, row.undone_at, row.version = ImportStage.UNDONE, at, row.version + 1
        forget_file(row)
        row.save()
        record(
            actor=actor, verb="undo ideas file", obj=row, at=at, before=before, after=row.state,
            data=row.counts,
        )  # fmt: skip
    return row


def why_left(made: ImportedIdea) -> str:
    """Why undoing would leave this idea as it is: published, changed or answered since; empty when it would not."""
    if made.idea.published_at is not None or made.idea.state in {IdeaState.PUBLISHED, IdeaState.MERGED}:
        return "published"
    if made.idea.state != IdeaState.SUBMITTED:
        return "answered"
    return "changed" if made.idea.version != made.version else ""


def discard(*, idea_import: IdeaImport, actor: Any, at: Any) -> None:
    """Throw away a file that was not applied."""
    with transaction.atomic():
        row = _locked(idea_import, None, actor)
        record(actor=actor, verb="discard ideas file", obj=row, at=at, data={"sha256": row.sha256})
        _remove(row)


def forget_old(*, at: Any) -> int:
    """Throw away the files that were sent and never applied, or never to their end; returns how many.

    Of the latter the row stays: it can still be undone.
    """
    kept = IdeaImport.objects.filter(created_at__lt=at - FORGOTTEN_AFTER).exclude(file="")
    old = list(kept.filter(state__in=(*LOOSE, *BUSY, ImportStage.STOPPED)))
    for row in old:
        if row.state in LOOSE:
            _remove(row)
        else:
            with transaction.atomic():
                forget_file(row)
                row.save(update_fields=["file"])
    return len(old)


def applied_before(idea_import: IdeaImport) -> IdeaImport | None:
    """The same bytes, already applied and not undone."""
    same = IdeaImport.objects.filter(sha256=idea_import.sha256, state=ImportStage.APPLIED)
    return same.exclude(pk=idea_import.pk).first()


def preview(idea_import: IdeaImport, number: int = 5) -> list[list[str]]:
    """The first lines, as text, short."""
    shown: list[list[str]] = []
    for _line, cells in cells_of(idea_import):
        shown.append([as_text(cell)[:80] for cell in cells])
        if len(shown) == number:
            break
    return shown


def _number_of_lines(row: IdeaImport) -> None:
    number = 0
    for number, _found in enumerate(cells_of(row), start=1):
        if number > MOST_ROWS:
            raise UnreadableError("too_many_rows")
    if not number:
        raise UnreadableError("no_rows")


def _locked(
    idea_import: IdeaImport, version: int | None, actor: Any, states: tuple[str, ...] = LOOSE
) -> IdeaImport:
    check(actor, RIGHT, idea_import)
    row = IdeaImport.objects.select_for_update().get(pk=idea_import.pk)
    if row.state not in states:
        raise IllegalMove(row.state)
    if version is not None and row.version != version:
        raise StaleImport(str(row.version))
    return row


def _remove(row: IdeaImport) -> None:
    if row.file:
        transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
    row.delete()


def _plain_name(name: str) -> str:
    """The name of the file, to be shown: no path, no control sign.

    >>> _plain_name("C:\\\\Users\\\\x\\\\idées\\u202e.xlsx")
    'idées.xlsx'
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(sign for sign in last if sign.isprintable())[-160:] or "fichier"
