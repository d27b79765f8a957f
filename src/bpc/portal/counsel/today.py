"""Whom an advisor calls first today, with the reason. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

SILENT_DAYS = 30  # a project where nothing moved for so long is silent
NEW_DAYS = 7  # a project opened to the advisor since then is new


class Reason(IntEnum):
    """Why now, the most pressing first."""

    LATE = 1  # the promise passed
    DUE_TODAY = 2
    BLOCKED = 3  # a step is blocked, the promise still holds
    DUE_SOON = 4  # tomorrow
    NEW_PROJECT = 5  # the group has just opened its project
    SILENT = 6  # nothing moved for a month
    WAITING = 7  # an answer is expected, later


@dataclass(frozen=True)
class Call:
    """Somebody to call: about a request, or a project. `days` says how late, how soon or how long silent."""

    reason: Reason
    days: int
    is_priority: bool = False
    request: int | None = None
    project: int | None = None


def call_for_request(
    request: int, project: int | None, due_on: date, is_blocked: bool, is_priority: bool, today: date
) -> Call:
    """What a request that waits asks for.

    >>> call_for_request(1, None, date(2026, 11, 20), False, False, date(2026, 11, 23))
    Call(reason=<Reason.LATE: 1>, days=3, is_priority=False, request=1, project=None)
    """
    left = (due_on - today).days
    if left < 0:
        reason = Reason.LATE
    elif left == 0:
        reason = Reason.DUE_TODAY
    elif is_blocked:
        reason = Reason.BLOCKED
    else:
        reason = Reason.DUE_SOON if left == 1 else Reason.WAITING
    return Call(reason, abs(left), is_priority, request, project)


def call_for_project(
    project: int, opened_on: date, moved_on: date, is_priority: bool, today: date
) -> Call | None:
    """What a project asks for when no request of it waits; None for one that moves."""
    if (today - opened_on).days < NEW_DAYS:
        return Call(Reason.NEW_PROJECT, (today - opened_on).days, is_priority, None, project)
    if (quiet := (today - moved_on).days) >= SILENT_DAYS:
        return Call(Reason.SILENT, quiet, is_priority, None, project)
    return None


def first_calls(calls: Iterable[Call], number: int) -> list[Call]:
    """The `number` calls to make first: by reason, laureates first within one; then the latest, the longest silent.

    A project is called once, for its most pressing reason.
    """
    ordered = sorted(
        calls,
        key=lambda call: (
            call.reason,
            not call.is_priority,
            -call.days if call.reason in (Reason.LATE, Reason.SILENT, Reason.NEW_PROJECT) else call.days,
            call.request or 0,
            call.project or 0,
        ),
    )
    kept: list[Call] = []
    seen: set[int] = set()
    for call in ordered:
        if call.project is not None and call.project in seen:
            continue
        if call.project is not None:
            seen.add(call.project)
        kept.append(call)
    return kept[:number]
