"""When somebody is taken: each room that keeps people's time says so here, and asks the others before it writes.

Rooms on the same floor do not know each other. Each declares, from its app's `ready`, how to read the time it keeps:

    declare_engagements("contests", read)

and takes time in this order, in one transaction: `lock_time`, then `engagements` of the other rooms, then its rows.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from bpc.portal.people.models import User


@dataclass(frozen=True)
class Engagement:
    """A person is taken from one moment to another, the end not included."""

    person: int
    begins: datetime
    ends: datetime


Reader = Callable[[Iterable[int], datetime, datetime], Iterable[Engagement]]
_readers: dict[str, Reader] = {}


def declare_engagements(room: str, read: Reader) -> None:
    """Register once. `read`: what the room keeps of these people between two moments, in one query."""
    if room in _readers:
        raise ImproperlyConfigured(f"the engagements of {room!r} are declared twice")
    _readers[room] = read


def engagements(
    people: Iterable[int], begins: datetime, ends: datetime, *, but: str = ""
) -> Iterator[Engagement]:
    """What takes these people between two moments in every room, `but` the one that asks."""
    wanted = list(people)
    for room, read in _readers.items():
        if room != but and wanted:
            yield from read(wanted, begins, ends)


def lock_time(people: Iterable[int]) -> None:
    """Keep the time of these people from other rooms until the transaction ends.

    In one order for everybody, so that two rooms that take the same two people wait for each other and never both.
    """
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=set(people)).order_by("pk")
    list(rows.values_list("pk", flat=True))
