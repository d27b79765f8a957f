"""A person's run of a package: opened, told, resumed. The lesson's code is a stranger, its word is judged first."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.packages.completions import tell_completed
from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.packages.states import Success
from bpc.portal.packages.told import Told

_SLACK = 60  # seconds a telephone's clock may run ahead of ours


class NeverOpened(Exception):
    """A report comes for a run nobody opened, or for an opening that was not."""


def state_of(run: PackageRun) -> dict[str, Any]:
    """What a lesson is given as it opens: where it was, never who takes it."""
    return {
        "opening": run.opening, "place": run.place, "suspended": run.suspended, "seconds": run.seconds_before,
        "completed": run.completed_at is not None, "success": run.success,
        "score": None if run.score is None else float(run.score),
    }  # fmt: skip


@transaction.atomic
def open_run(*, package: Package, actor: Any, at: datetime) -> PackageRun:
    """Begin, or go on where one left. Raises `PermissionDenied`."""
    check(actor, "packages.take", Package.objects.get(pk=package.pk))
    fresh = {"first_opened_at": at, "opened_at": at}
    run, is_new = PackageRun.objects.get_or_create(package=package, user=actor, defaults=fresh)
    row = PackageRun.objects.select_for_update().get(pk=run.pk)
    row.opening += 1
    row.opened_at = at
    row.seconds_before, row.seconds_now = row.seconds, 0
    row.save(update_fields=["opening", "opened_at", "seconds_before", "seconds_now"])
    if is_new:
        record(actor=actor, verb="begin package", obj=row, at=at)
    return row


@transaction.atomic
def report_run(*, package: Package, told: Told, actor: Any, at: datetime) -> PackageRun:
    """Write what the lesson says; what was completed or passed stays so, the best score is kept.

    Another telephone may have opened it since: an older opening still completes, but no longer says where one is.
    Raises `NeverOpened`, `PermissionDenied`.
    """
    check(actor, "packages.take", Package.objects.get(pk=package.pk))
    row = PackageRun.objects.select_for_update().filter(package=package, user=actor).first()
    if row is None or not 0 < told.opening <= row.opening:
        raise NeverOpened
    _keep_results(row, told, package.mastery)
    if told.opening == row.opening:
        row.place, row.suspended = told.place, told.suspended
        passed = int((at - row.opened_at).total_seconds()) + _SLACK
        row.seconds_now = max(row.seconds_now, min(told.seconds, passed))
    done = told.completed and row.success != Success.FAILED
    is_first = done and row.completed_at is None
    if is_first:
        row.completed_at = at
    row.told_at = at
    row.save()
    if is_first:
        record(actor=actor, verb="complete package", obj=row, at=at)
        tell_completed(row, at)
    return row


def _keep_results(row: PackageRun, told: Told, mastery: Decimal | None) -> None:
    """The best of what was told so far. Where a lesson gives no verdict, the score it asks for decides."""
    success = told.success
    if success == Success.UNKNOWN and mastery is not None and told.score is not None:
        success = Success.PASSED if told.score >= mastery else Success.FAILED
    if success != Success.UNKNOWN and row.success != Success.PASSED:
        row.success = success
    if told.score is not None:
        score = Decimal(str(told.score))
        row.score = score if row.score is None else max(row.score, score)
