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
    STEP_LATE = 4  # the day the group gave itself for a step passed
    DUE_SOON = 5  # tomorrow
    NEW_PROJECT = 6  # the group has just opened its project
    SILENT = 7  # no sign of the group for a month
    WAITING = 8  # an answer is expected, later


#: The longer ago, the more pressing.
_AGES = frozenset({Reason.LATE, Reason.BLOCKED, Reason.STEP_LATE, Reason.SILENT, Reason.NEW_PROJECT})


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


@dataclass(frozen=True)
class Worries:
    """What is known of a project one advises. None: nothing of the kind."""

    opened_on: date
    moved_on: date  # the last sign of life of its group
    is_priority: bool = False
    blocked_on: date | None = None
    late_on: date | None = None  # the day the group gave itself for a step
    answer_due: date | None = None  # an answer that the advisor owes


def calls_for_project(project: int, found: Worries, today: date) -> list[Call]:
    """Every reason to call about a project, the most pressing first; empty for one that moves.

    >>> found = Worries(date(2026, 1, 5), date(2026, 10, 1), late_on=date(2026, 11, 20))
    >>> [(call.reason.name, call.days) for call in calls_for_project(1, found, date(2026, 11, 23))]
    [('STEP_LATE', 3), ('SILENT', 53)]
    """
    told: list[tuple[Reason, date]] = []
    for reason, day in (
        (Reason.LATE, found.answer_due), (Reason.BLOCKED, found.blocked_on), (Reason.STEP_LATE, found.late_on)
    ):  # fmt: skip
        if day is not None:
            told.append((reason, day))
    if (today - found.opened_on).days < NEW_DAYS:
        told.append((Reason.NEW_PROJECT, found.opened_on))
    if (today - found.moved_on).days >= SILENT_DAYS:
        told.append((Reason.SILENT, found.moved_on))
    return [Call(reason, (today - day).days, found.is_priority, None, project) for reason, day in told]


def first_calls(calls: Iterable[Call], number: int) -> list[Call]:
    """The `number` calls to make first: laureates who press, then by reason, then the latest, the longest silent.

    An answer that is only expected later presses nobody. A project is called once, for its most pressing reason.
    """
    ordered = sorted(
        calls,
        key=lambda call: (
            call.reason == Reason.WAITING,
            not call.is_priority,
            call.reason,
            -call.days
            if (call.reason in _AGES and call.request is None) or call.reason == Reason.LATE
            else call.days,
            call.request is None,
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
