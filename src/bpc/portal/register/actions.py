"""What an administrator does with a file of the register: send it, say its columns, check, apply, undo, throw away."""

import hashlib
import unicodedata
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.register.checking import is_mapped
from bpc.portal.register.columns import CODES, propose_mapping
from bpc.portal.register.models import RegisterImport
from bpc.portal.register.sheets import MOST_BYTES, UnreadableError, inspect, titles
from bpc.portal.register.states import BUSY, IMPORT_MOVES, LOOSE, RIGHT, ImportState
from bpc.portal.register.tasks import apply_file, check_file, undo_import
from bpc.portal.register.undoing import last_applied

PATIENCE = timedelta(minutes=15)  # beyond, a worker that still works would have said so
FORGOTTEN_AFTER = timedelta(days=30)


class OtherWorkError(Exception):
    """Another file is being checked, applied or undone."""


class NotLastError(Exception):
    """Only the last import applied can be undone."""


class StaleImportError(Exception):
    """Somebody else changed the import since the page was opened."""


def upload(*, file: "UploadedFile[Any]", actor: Any, at: Any) -> RegisterImport:
    """Keep a file and say what its columns seem to be. Raises UnreadableError; then nothing is kept."""
    check(actor, RIGHT)
    if (file.size or 0) > MOST_BYTES:
        raise UnreadableError("file_too_large")
    forget_old(at=at)
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    with transaction.atomic():
        row = RegisterImport(
            file_name=_plain_name(file.name or ""), sha256=digest.hexdigest(), size=file.size or 0, by=actor,
            created_at=at,
        )  # fmt: skip
        row.file.save(f"registre{Path(file.name or '').suffix[:5]}", file, save=False)
        try:
            _read_shape(row)
        except BaseException:
            row.file.delete(save=False)
            raise
        row.save()
        record(actor=actor, verb="upload register file", obj=row, at=at, data={"sha256": row.sha256})
    return row


@transaction.atomic
def read_again(
    *, register_import: RegisterImport, encoding: str, delimiter: str, version: int, actor: Any, at: Any
) -> None:
    """Read a CSV in another encoding or with another separator; its columns are proposed again."""
    row = _locked(register_import, version, actor)
    _read_shape(row, encoding=encoding, delimiter=delimiter)
    _save_choice(row, actor=actor, at=at)


@transaction.atomic
def choose_columns(
    *,
    register_import: RegisterImport,
    mapping: dict[str, int],
    is_whole: bool,
    version: int,
    actor: Any,
    at: Any,
) -> None:
    """Say which column holds what, and whether the file is the whole register.

    Raises UnreadableError (`no_columns`) without a number and a name, StaleImportError, IllegalMove.
    """
    row = _locked(register_import, version, actor)
    width = len(row.reading["titles"])
    if set(mapping) - set(CODES) or not all(0 <= index < width for index in mapping.values()):
        raise UnreadableError("no_columns")
    if not is_mapped(mapping):
        raise UnreadableError("no_columns")
    row.mapping, row.is_whole = mapping, is_whole
    _save_choice(row, actor=actor, at=at)


def ask_check(*, register_import: RegisterImport, actor: Any, at: Any) -> None:
    """Have the file checked in the background."""
    _start(register_import, "check", check_file, actor, at)


def ask_application(*, register_import: RegisterImport, actor: Any, at: Any) -> None:
    """Have the file applied in the background."""
    _start(register_import, "apply", apply_file, actor, at)


def ask_undoing(*, register_import: RegisterImport, actor: Any, at: Any) -> None:
    """Have the last import undone in the background. Raises NotLastError for an earlier one."""
    last = last_applied()
    if last is None or last.pk != register_import.pk:
        raise NotLastError(str(register_import.pk))
    _start(register_import, "undo", undo_import, actor, at)


@transaction.atomic
def release(*, register_import: RegisterImport, actor: Any, at: Any) -> None:
    """Give up work whose worker stopped. Nothing of it was kept. Raises IllegalMove while it may still work."""
    check(actor, RIGHT, register_import)
    row = RegisterImport.objects.select_for_update().get(pk=register_import.pk)
    steps = {
        ImportState.CHECKING: "fail", ImportState.APPLYING: "give up applying", ImportState.UNDOING: "give up undoing",
    }  # fmt: skip
    if row.state not in steps or not is_stuck(row, at):
        raise IllegalMove(f"release: {row.state}")
    move(row, IMPORT_MOVES, steps[ImportState(row.state)], actor=actor, at=at, reason="unexpected")
    RegisterImport.objects.filter(pk=row.pk).update(problem="unexpected")


def is_stuck(register_import: RegisterImport, at: Any) -> bool:
    """Whether work began so long ago that its worker must have stopped."""
    return register_import.moved_at is None or at - register_import.moved_at > PATIENCE


@transaction.atomic
def discard(*, register_import: RegisterImport, actor: Any, at: Any) -> None:
    """Throw away a file that is not in the register. Raises IllegalMove otherwise."""
    check(actor, RIGHT, register_import)
    row = RegisterImport.objects.select_for_update().get(pk=register_import.pk)
    if row.state not in LOOSE:
        raise IllegalMove(f"discard: {row.state}")
    record(actor=actor, verb="discard register file", obj=row, at=at, data={"sha256": row.sha256})
    _remove(row)


def forget_old(*, at: Any) -> int:
    """Throw away the files that were sent and never applied; returns how many."""
    old = list(RegisterImport.objects.filter(state__in=LOOSE, created_at__lt=at - FORGOTTEN_AFTER))
    for row in old:
        _remove(row)
    return len(old)


def _remove(row: RegisterImport) -> None:
    for file in (row.file, row.report):
        if file:
            transaction.on_commit(partial(file.storage.delete, str(file.name)))
    row.delete()


def _start(register_import: RegisterImport, step: str, job: Any, actor: Any, at: Any) -> None:
    with transaction.atomic():
        others = RegisterImport.objects.select_for_update().filter(state__in=BUSY)
        if others.exclude(pk=register_import.pk).exists():
            raise OtherWorkError(step)
        move(register_import, IMPORT_MOVES, step, actor=actor, at=at)
        RegisterImport.objects.filter(pk=register_import.pk).update(done=0, problem="")
        transaction.on_commit(partial(job.enqueue, register_import.pk))


def _locked(register_import: RegisterImport, version: int, actor: Any) -> RegisterImport:
    check(actor, RIGHT, register_import)
    row = RegisterImport.objects.select_for_update().get(pk=register_import.pk)
    if row.state not in LOOSE:
        raise IllegalMove(f"choose: {row.state}")
    if row.version != version:
        raise StaleImportError(str(row.version))
    return row


def _save_choice(row: RegisterImport, *, actor: Any, at: Any) -> None:
    """What was checked before no longer holds."""
    row.version += 1
    row.counts, row.basis, row.problem = {}, "", ""
    row.state = ImportState.DRAFT
    row.save()
    record(actor=actor, verb="choose register columns", obj=row, at=at, data={"mapping": row.mapping})


def _read_shape(row: RegisterImport, **choices: str) -> None:
    path = Path(row.file.path)
    reading = inspect(path, **choices)
    found = titles(path, reading)
    row.reading = {**reading.stored(), "titles": found}
    row.mapping = propose_mapping(found)


def _plain_name(name: str) -> str:
    """The name of the file, to be shown: no path, no control sign."""
    kept = "".join(sign for sign in Path(name).name if unicodedata.category(sign)[0] != "C")
    return kept[-160:] or "registre"
