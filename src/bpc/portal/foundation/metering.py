"""How many costly answers (a calculation, a report on paper) an address may ask for in a minute.

Counted by each process in its own memory: what is guarded is its processor time. In the database, where sign-ins are
counted, a flood of addresses would push those counts out.
"""

import time
from collections.abc import Callable
from threading import Lock

WINDOW = 60.0  # seconds
PER_ADDRESS = 60  # answers a window
MOST_ADDRESSES = 10_000  # counted at once; beyond, those seen longest ago are forgotten


_METERS: list["Meter"] = []


class Meter:
    """Counts by address in windows that begin with the address's first demand."""

    def __init__(self, most: int = PER_ADDRESS, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock, self._lock = most, clock, Lock()
        self._windows: dict[str, tuple[float, int]] = {}
        _METERS.append(self)

    def count(self, address: str) -> int:
        """Count one demand. 0 when it may go on, else the seconds to wait; a refused demand is not counted."""
        now = self._clock()
        with self._lock:
            began, number = self._windows.pop(address, (now, 0))
            if now - began >= WINDOW:
                began, number = now, 0
            refused = number >= self._most
            self._windows[address] = (began, number if refused else number + 1)
            if len(self._windows) > MOST_ADDRESSES:
                del self._windows[next(iter(self._windows))]
        return int(WINDOW - (now - began)) + 1 if refused else 0

    def clear(self) -> None:
        """Forget every count."""
        with self._lock:
            self._windows.clear()


def forget_all() -> None:
    """Forget the counts of every meter of this process."""
    for one in _METERS:
        one.clear()
