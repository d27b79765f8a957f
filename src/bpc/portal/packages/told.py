"""What the code of a package says of a person's run: judged as a stranger's words before it is believed."""

import math
from dataclasses import dataclass
from typing import Any

from bpc.portal.packages.models import LONGEST_PLACE, LONGEST_SUSPENDED
from bpc.portal.packages.states import Success

LONGEST_REPORT = 300_000  # bytes: the longest texts with every character escaped, and a little more
MOST_SECONDS = 7 * 24 * 3600


class Unfit(Exception):
    """Not a report: of another type, out of bounds, with something nobody asked for."""


@dataclass(frozen=True)
class Told:
    """A report that stands. `score` is out of 100, None when none was told."""

    opening: int
    completed: bool = False
    success: Success = Success.UNKNOWN
    score: float | None = None
    place: str = ""
    suspended: str = ""
    seconds: int = 0


_KEYS = frozenset({"opening", "completed", "success", "score", "place", "suspended", "seconds"})


def told_from(said: Any) -> Told:
    """The report in a value read from JSON. Raises `Unfit`.

    >>> told_from({"opening": 1, "completed": True, "score": {"raw": 8, "min": 0, "max": 10}}).score
    80.0
    """
    if not isinstance(said, dict) or not set(said) <= _KEYS:
        raise Unfit("not a report")
    completed = said.get("completed", False)
    success = said.get("success", "")
    if not isinstance(completed, bool) or success not in Success.values:
        raise Unfit("completed, success")
    return Told(
        _whole(said.get("opening"), 2**31 - 1), completed, Success(success), _score(said.get("score")),
        _text(said.get("place", ""), LONGEST_PLACE), _text(said.get("suspended", ""), LONGEST_SUSPENDED),
        _whole(said.get("seconds", 0), MOST_SECONDS),
    )  # fmt: skip


def _whole(said: Any, most: int) -> int:
    if isinstance(said, bool) or not isinstance(said, int) or not 0 <= said <= most:
        raise Unfit("a number")
    return said


def _text(said: Any, longest: int) -> str:
    """PostgreSQL keeps neither NUL nor half a character."""
    if not isinstance(said, str) or len(said) > longest or "\0" in said:
        raise Unfit("a text")
    try:
        said.encode()
    except UnicodeEncodeError:
        raise Unfit("a text") from None
    return said


def _score(said: Any) -> float | None:
    """Out of 100: from the share of 1 when told, else from the score and its bounds, 0 to 100 unless told."""
    if said is None:
        return None
    if not isinstance(said, dict) or not set(said) <= {"raw", "min", "max", "scaled"}:
        raise Unfit("score")
    numbers = {name: _number(value) for name, value in said.items() if value is not None}
    if "scaled" in numbers:
        share = max(numbers["scaled"], 0.0)  # SCORM 2004 goes down to -1
    elif "raw" in numbers:
        low, high = numbers.get("min", 0.0), numbers.get("max", 100.0)
        if high <= low:
            raise Unfit("score")
        share = (numbers["raw"] - low) / (high - low)
    else:
        return None
    if not 0 <= share <= 1:
        raise Unfit("score")
    return round(share * 100, 2)


def _number(said: Any) -> float:
    if (
        isinstance(said, bool)
        or not isinstance(said, int | float)
        or not math.isfinite(said)
        or abs(said) > 1e9
    ):
        raise Unfit("score")
    return float(said)
