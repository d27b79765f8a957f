"""The state of a room from its events: one value per field, the last written by (stamp, device, sequence).

The fold is a join: events may come in any order, twice, from any number of devices; the same set of events always
gives the same state. A device's stamps never go back, so what one person writes twice ends as they left it; between
two devices the later clock wins, field by field, and nothing else of the thing is lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

Rank = tuple[int, str, int]  # stamp, device, sequence: no two events have the same
ThingKey = tuple[str, UUID]  # kind, key: a key used for two kinds names two things


class Event(Protocol):
    """What the fold reads of an event."""

    @property
    def rank(self) -> Rank:
        """Its place among all."""

    @property
    def name(self) -> ThingKey:
        """What it is about."""

    @property
    def fields(self) -> dict[str, Any]:
        """What it says."""


@dataclass(frozen=True)
class Written:
    """An event of the fold, wherever it comes from."""

    rank: Rank
    name: ThingKey
    fields: dict[str, Any]


@dataclass
class Thing:
    """A person, an idea, a need, an opportunity as the room knows it now."""

    kind: str
    key: UUID
    first_stamp: int
    values: dict[str, Any] = field(default_factory=dict)
    ranks: dict[str, Rank] = field(default_factory=dict)

    @property
    def is_removed(self) -> bool:
        """Taken back, and not brought back since."""
        return bool(self.values.get("removed", False))

    def take(self, event: Event) -> None:
        """Write what the event says where nothing later is written."""
        self.first_stamp = min(self.first_stamp, event.rank[0])
        for name, value in event.fields.items():
            if name not in self.ranks or event.rank > self.ranks[name]:
                self.values[name], self.ranks[name] = value, event.rank


def fold(events: Iterable[Event]) -> dict[ThingKey, Thing]:
    """The things the events are about, by kind and key.

    >>> from uuid import UUID
    >>> key = ("idea", UUID(int=1))
    >>> first = Written((10, "a", 1), key, {"title": "Four", "hands": 3})
    >>> later = Written((12, "b", 1), key, {"hands": 34})
    >>> fold([later, first, later])[key].values == {"title": "Four", "hands": 34}
    True
    """
    things: dict[ThingKey, Thing] = {}
    for event in events:
        kind, key = event.name
        things.setdefault(event.name, Thing(kind, key, event.rank[0])).take(event)
    return things
