"""Spaced review: a question once missed comes back after growing rests, until it has been known long enough.

Boxes after Sebastian Leitner (So lernt man lernen, 1972): a right answer on the day it is due moves the question up a
box, a wrong one puts it back in the first. A right answer before that day changes nothing: it proves nothing yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

#: Days of rest in each box; the question leaves after the last.
RESTS = (1, 3, 7, 16, 35)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to a question, on a day."""

    on: date
    right: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands: its box from 0, the day it is due. `due` None: never missed, or known for good."""

    box: int = 0
    due: date | None = None


def standing(attempts: Iterable[Attempt]) -> Standing:
    """Fold the attempts, in the order of their days, into where the question stands.

    >>> monday = date(2026, 3, 2)
    >>> standing([Attempt(monday, False)]).due, standing([Attempt(monday, True)]).due
    (datetime.date(2026, 3, 3), None)
    >>> standing([Attempt(monday, False), Attempt(date(2026, 3, 3), True)])
    Standing(box=1, due=datetime.date(2026, 3, 6))
    """
    found = Standing()
    for attempt in sorted(attempts, key=lambda one: one.on):
        found = _after(found, attempt)
    return found


def _after(found: Standing, attempt: Attempt) -> Standing:
    if not attempt.right:
        return Standing(0, attempt.on + timedelta(days=RESTS[0]))
    if found.due is None or attempt.on < found.due:
        return found
    box = found.box + 1
    if box == len(RESTS):
        return Standing(box, None)
    return Standing(box, attempt.on + timedelta(days=RESTS[box]))
