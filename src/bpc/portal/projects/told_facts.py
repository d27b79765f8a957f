"""What rooms know of a project from their own pages, for the rooms that follow it: dates the law counts from, founders.

Rooms on the same floor do not know each other. Each declares, from its app's `ready`, how to read what it was told:

    declare_facts("founding", read)
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ImproperlyConfigured

from bpc.core.law.events import Event


@dataclass(frozen=True)
class ToldFacts:
    """What one room knows of one project, by its key; what it was not told is left out."""

    project: int
    dates: Mapping[Event, date]
    founders: int = 0


Reader = Callable[[Iterable[int]], Iterable[ToldFacts]]
_readers: dict[str, Reader] = {}


def declare_facts(room: str, read: Reader) -> None:
    """Register once. `read`: what the room knows of these projects, in one query."""
    if room in _readers:
        raise ImproperlyConfigured(f"the facts of {room!r} are declared twice")
    _readers[room] = read


def facts_told(projects: Iterable[int]) -> Iterator[ToldFacts]:
    """What every room knows of these projects."""
    keys = list(projects)
    for read in _readers.values():
        yield from read(keys)
