"""What an organiser does with a file of ideas: send it, say its columns, check, apply, undo, throw away.

Nothing is changed before it is applied. A line is known by its place and words: the same file, or the same line, taken
in again makes nothing new, until what it made was undone.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any
from uuid import UUID, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.gatherings.importing.columns import CODES, is_mapped, propose_mapping
from bpc.portal.gatherings.importing.rows import Line, LineReader
from bpc.portal.gatherings.models import GatheredIdea, Gathering, IdeaImport, ImportedIdea, ImportStage
from bpc.portal.ideas import deposit, near
from bpc.portal.ideas.states import IDEA_MOVES, Door, IdeaState
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.register.sheets import Reading, UnreadableError, as_text, inspect, rows, titles

RIGHT = "gatherings.import_ideas"
MOST_BYTES, MOST_ROWS = 5_000_000, 2_000
FORGOTTEN_AFTER = timedelta(days=30)
LOOSE = (ImportStage.DRAFT, ImportStage.CHECKED)
_SPACE = UUID("a6f1c9f2-3a46-4d0c-8d35-0d6f9b2f7e51")


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
        lines = list(_lines(row, actor))
        _keep_findings(row, lines)
        row.state, row.version = ImportStage.CHECKED, row.version + 1
        row.save()
        record(actor=actor, verb="check ideas file", obj=row, at=at, data={"mapping": mapping})
    return row


def apply_file(*, idea_import: IdeaImport, version: int, actor: Any, at: Any) -> IdeaImport:
    """Hand in the idea of every line that can be, all or nothing; they wait to be read like any other.

    What the check found is looked at again. The file is deleted. Raises StaleImport, IllegalMove.
    """
    with transaction.atomic():
        row = _locked(idea_import, version, actor)
        if row.state != ImportStage.CHECKED:
            raise IllegalMove(f"apply: {row.state}")
        lines = list(_lines(row, actor))
        for line in lines:
            if line.content is not None:
                _hand_in(row, line, actor, at)
        _keep_findings(row, lines)
        row.state, row.applied_at, row.version = ImportStage.APPLIED, at, row.version + 1
        name = str(row.file.name)
        row.file = ""
        row.save()
        transaction.on_commit(partial(row.file.storage.delete, name))
        record(
            actor=actor, verb="apply ideas file", obj=row, at=at, before=ImportStage.CHECKED, after=row.state,
            data={"made": row.counts["made"]},
        )  # fmt: skip
    return row


def undo(*, idea_import: IdeaImport, actor: Any, at: Any, reason: str) -> IdeaImport:
    """Take back the ideas of a file that still wait as they came; the others are left, and counted by why.

    Raises IllegalMove.
    """
    with transaction.atomic():
        row = _locked(idea_import, None, actor, states=(ImportStage.APPLIED,))
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
        row.save()
        record(
            actor=actor, verb="undo ideas file", obj=row, at=at, before=ImportStage.APPLIED, after=row.state,
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
    """Throw away the files that were sent and never applied; returns how many."""
    old = list(IdeaImport.objects.filter(state__in=LOOSE, created_at__lt=at - FORGOTTEN_AFTER))
    for row in old:
        _remove(row)
    return len(old)


def applied_before(idea_import: IdeaImport) -> IdeaImport | None:
    """The same bytes, already applied and not undone."""
    same = IdeaImport.objects.filter(sha256=idea_import.sha256, state=ImportStage.APPLIED)
    return same.exclude(pk=idea_import.pk).first()


def preview(idea_import: IdeaImport, number: int = 5) -> list[list[str]]:
    """The first lines, as text, short."""
    shown: list[list[str]] = []
    for _line, cells in _cells(idea_import):
        shown.append([as_text(cell)[:80] for cell in cells])
        if len(shown) == number:
            break
    return shown


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
    if row.gathering is not None:
        GatheredIdea.objects.create(gathering=row.gathering, key=key, idea=idea)
        record(actor=None, verb="said", obj=idea, at=at, data={"gathering": row.gathering.key})


def _lines(row: IdeaImport, actor: Any) -> Iterator[Line]:
    """Every line, those already taken in or already above refused."""
    regions = None if is_administrator(actor) else frozenset(actor.regions_as(Role.DELEGATE))
    reader = LineReader(row.mapping, regions)
    known = dict(ImportedIdea.objects.filter(undone_at=None).values_list("digest", "idea__reference"))
    above: set[str] = set()
    for number, cells in _cells(row):
        line = reader.read(number, cells)
        if line.content is not None and line.digest in known:
            line = line.refused("title", "already", known[line.digest])
        elif line.content is not None and line.digest in above:
            line = line.refused("title", "twice", line.content.title[:80])
        above.add(line.digest)
        yield line


def _cells(row: IdeaImport) -> Iterator[tuple[int, list[Any]]]:
    return rows(Path(row.file.path), Reading.of(row.reading))


def _number_of_lines(row: IdeaImport) -> None:
    number = 0
    for number, _found in enumerate(_cells(row), start=1):
        if number > MOST_ROWS:
            raise UnreadableError("too_many_rows")
    if not number:
        raise UnreadableError("no_rows")


def _keep_findings(row: IdeaImport, lines: list[Line]) -> None:
    refused = [line for line in lines if line.content is None]
    again = sum(line.remarks[-1].code in {"already", "twice"} for line in refused)
    row.counts = {
        "read": len(lines),
        "made": len(lines) - len(refused),
        "again": again,
        "refused": len(refused) - again,
    }
    row.report = [{"line": line.number, **asdict(remark)} for line in lines for remark in line.remarks]


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
