"""Answers kept in the process, in a room counted in bytes.

A number of answers would bound nothing: the map of all ideas weighs as much as a thousand sectors.
"""

import sys
from collections import OrderedDict
from threading import Lock

from bpc.portal.foundation.public_bytes import PublicBytes

ROOM = 48 * 1024 * 1024  # bytes of kept answers per process


class Shelf:
    """The answers this process keeps, the least recently used leaving first when they take too much room."""

    def __init__(self, room: int) -> None:
        self._room, self._taken, self._lock = room, 0, Lock()
        self._kept: OrderedDict[str, PublicBytes] = OrderedDict()

    def get(self, key: str) -> PublicBytes | None:
        """The answer kept under `key`, if any."""
        answer = self._kept.get(key)
        if answer is not None:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
        return answer

    def put(self, key: str, answer: PublicBytes) -> None:
        """Keep an answer."""
        weight = _weight(key, answer)
        with self._lock:
            if key not in self._kept and weight <= self._room:
                self._kept[key] = answer
                self._taken += weight
            while self._taken > self._room:
                self._taken -= _weight(*self._kept.popitem(last=False))

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._kept.clear()
            self._taken = 0

    @property
    def taken(self) -> int:
        """Bytes taken at present."""
        return self._taken


def _weight(key: str, answer: PublicBytes) -> int:
    """Bytes of the answer and of its key: anybody may ask for a small answer under a long address."""
    return answer.size + sys.getsizeof(key)


#: One room for all that machines read, so that the memory of a process has one bound.
shelf = Shelf(ROOM)
