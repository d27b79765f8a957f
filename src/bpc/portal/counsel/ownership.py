"""Who owns a request, from its first instant and for ever after: a chain of intervals without gap or overlap. Pure.

An interval owns the instants from `since` (included) to `until` (excluded); the last one has no end. Nothing but
`begin` and `hand` makes a chain, so every request has one owner at every instant.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise


class Desk(StrEnum):
    """Where a request waits: with an advisor, at the region's desk held by a named delegate, at the national desk."""

    ADVISOR = "advisor"
    REGION = "region"
    NATIONAL = "national"


#: How far up each desk stands.
RANKS = {Desk.ADVISOR: 0, Desk.REGION: 1, Desk.NATIONAL: 2}


class NoOwner(ValueError):
    """An advisor or a region's desk without anybody, or somebody named at the national desk."""


@dataclass(frozen=True)
class Owner:
    """Exactly one owner: a person at a desk, or the national desk, which is nobody's in particular."""

    desk: Desk
    holder: int | None = None

    def __post_init__(self) -> None:
        if (self.holder is None) != (self.desk == Desk.NATIONAL):
            raise NoOwner(self.desk)


NATIONAL = Owner(Desk.NATIONAL)


@dataclass(frozen=True)
class Interval:
    """The time one owner had the request, and why it came to them."""

    owner: Owner
    since: datetime
    until: datetime | None
    why: str


History = tuple[Interval, ...]


def begin(owner: Owner, at: datetime, why: str) -> History:
    """The first owner, from the instant the request is asked."""
    return (Interval(owner, at, None, why),)


def hand(history: History, owner: Owner, at: datetime, why: str) -> History:
    """From `at` on the request is `owner`'s. Giving it to whoever has it changes nothing.

    A clock that ran behind (`at` before the last change) never opens a gap: the change then counts from that one.
    """
    last = history[-1]
    if last.owner == owner:
        return history
    moment = max(at, last.since)
    return (*history[:-1], replace(last, until=moment), Interval(owner, moment, None, why))


def owners_at(history: History, moment: datetime) -> list[Owner]:
    """Everybody who owns the request at `moment`: one owner from the first instant on, nobody before."""
    return [one.owner for one in history if one.since <= moment and (one.until is None or moment < one.until)]


def faults(history: History, born: datetime) -> list[str]:
    """What would leave an instant since `born` without its one owner; nothing for a sound chain."""
    if not history:
        return ["nobody"]
    found = []
    if history[0].since != born:
        found.append("late start")
    if history[-1].until is not None:
        found.append("ended")
    for before, after in pairwise(history):
        if before.until is None or before.until != after.since:
            found.append("gap or overlap")
        if before.until is not None and before.until < before.since:
            found.append("backwards")
    return found
