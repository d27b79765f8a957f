"""The long work on a file, done by the background worker: check, apply, undo. What stops is told, never half done."""

import logging
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.register.applying import plan_rows, write_rows
from bpc.portal.register.checking import check_rows
from bpc.portal.register.models import RegisterImport
from bpc.portal.register.sheets import UnreadableError
from bpc.portal.register.states import IMPORT_MOVES, ImportState
from bpc.portal.register.undoing import undo_rows

_log = logging.getLogger(__name__)


@task()
def check_file(key: int) -> str:
    """The dry run; returns the state it ends in."""

    def work(row: RegisterImport) -> None:
        check_rows(row, timezone.localdate())
        with transaction.atomic():
            _finish(row, "checked")

    return _guarded(key, ImportState.CHECKING, work, failed="fail")


@task()
def apply_file(key: int) -> str:
    """Write the file into the register; returns the state it ends in."""

    def work(row: RegisterImport) -> None:
        planned = plan_rows(row, timezone.localdate())
        with transaction.atomic():
            write_rows(row, planned)
            _forget_file(row)
            _finish(row, "applied")

    return _guarded(key, ImportState.APPLYING, work, failed="give up applying")


@task()
def undo_import(key: int) -> str:
    """Take the file back out of the register; returns the state it ends in."""

    def work(row: RegisterImport) -> None:
        with transaction.atomic():
            undo_rows(row)
            _finish(row, "undone")

    return _guarded(key, ImportState.UNDOING, work, failed="give up undoing")


def _forget_file(row: RegisterImport) -> None:
    """A file may hold more than the register keeps: telephone numbers, names of people."""
    if row.file:
        storage, name = row.file.storage, str(row.file.name)
        transaction.on_commit(lambda: storage.delete(name))
        row.file = ""


def _guarded(key: int, expected: ImportState, work: Callable[[RegisterImport], None], *, failed: str) -> str:
    row = RegisterImport.objects.filter(pk=key, state=expected).first()
    if row is None:
        return "gone"
    try:
        work(row)
    except UnreadableError as error:
        _stop(key, failed, error.code, error.line)
    except IllegalMove:
        return "gone"  # somebody released it meanwhile
    except Exception:
        _log.exception("work on an import of the register stopped")
        _stop(key, failed, "unexpected", 0)
    return str(RegisterImport.objects.values_list("state", flat=True).get(pk=key))


def _finish(row: RegisterImport, step: str) -> None:
    row.problem = ""
    row.save(update_fields=["problem", "done", "counts", "report", "basis", "file"])
    numbers = {name: row.counts.get(name, 0) for name in ("new", "changed", "refused", "absent")}
    move(row, IMPORT_MOVES, step, actor=None, at=timezone.now(), **numbers)


def _stop(key: int, step: str, code: str, line: int) -> None:
    """Say why; the state goes back to where the work began."""
    with transaction.atomic():
        row = RegisterImport.objects.get(pk=key)
        move(row, IMPORT_MOVES, step, actor=None, at=timezone.now(), reason=code)
        row.problem = code
        row.counts |= {"problem_line": line}
        row.save(update_fields=["problem", "counts"])
