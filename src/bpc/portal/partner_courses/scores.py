"""What a tool says of a learner, read strictly: a score of Assignment and Grade Services 2.0.

One thing is read generously: Moodle writes its numbers as words ("85.00000").
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from bpc.portal.partner_courses.models import LONGEST_COMMENT
from bpc.portal.partner_courses.states import Activity, Grading

AHEAD = timedelta(minutes=5)  # a tool's clock may be before ours
_MOST = Decimal("1e7")
_STEP = Decimal("0.0001")
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,12})?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)")


class WrongScore(Exception):
    """`name` is the property at fault, `why` is for whoever keeps the tool."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} {why}")


@dataclass(frozen=True, slots=True)
class Score:
    """One score. `given` None: nothing is marked yet, or no more."""

    user: str
    at: datetime
    activity: Activity
    grading: Grading
    given: Decimal | None
    maximum: Decimal | None
    comment: str

    @property
    def is_final(self) -> bool:
        """Whether the learner has finished, and nothing more is to be marked."""
        marked = self.grading == Grading.FULLY_GRADED
        unmarked = self.grading == Grading.NOT_READY and self.given is None
        return self.activity == Activity.COMPLETED and (marked or unmarked)


def read_score(body: bytes, now: datetime) -> Score:
    """The score told by these bytes. Raises `WrongScore`.

    >>> said = '{"userId": "u", "timestamp": "2026-01-02T03:04:05.5+0100", "scoreGiven": "8.0", "scoreMaximum": 10,'
    >>> said += '"activityProgress": "Completed", "gradingProgress": "FullyGraded"}'
    >>> score = read_score(said.encode(), datetime(2026, 2, 1, tzinfo=UTC))
    >>> score.given, score.at.isoformat(), score.is_final
    (Decimal('8.0000'), '2026-01-02T02:04:05.500000+00:00', True)
    """
    said = _object(body)
    maximum = _number(said, "scoreMaximum")
    given = _number(said, "scoreGiven")
    if given is not None and not maximum:
        raise WrongScore("scoreMaximum", "must be above zero where there is a scoreGiven")
    comment = said.get("comment") or ""
    if not isinstance(comment, str):
        raise WrongScore("comment", "must be a string")
    return Score(
        _text(said, "userId"),
        _moment(said, now),
        Activity(_one_of(said, "activityProgress", Activity.values)),
        Grading(_one_of(said, "gradingProgress", Grading.values)),
        given,
        maximum if given is not None else None,
        comment.replace("\x00", "")[:LONGEST_COMMENT],
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body, parse_float=Decimal, parse_int=_whole, parse_constant=_refused)
    except (ValueError, RecursionError, InvalidOperation):
        raise WrongScore("body", "must be JSON") from None
    if not isinstance(said, dict):
        raise WrongScore("body", "must be an object")
    return said


def _whole(digits: str) -> Decimal:
    return Decimal(digits)


def _refused(word: str) -> None:
    raise ValueError(word)


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value:
        raise WrongScore(name, "must be a string")
    return value


def _one_of(said: dict[str, Any], name: str, words: list[str]) -> str:
    value = said.get(name)
    if value not in words:
        raise WrongScore(name, f"must be one of {', '.join(words)}")
    return str(value)


def _number(said: dict[str, Any], name: str) -> Decimal | None:
    value = said.get(name)
    if value is None:
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = Decimal(value)
    if not isinstance(value, Decimal) or not 0 <= value <= _MOST:
        raise WrongScore(name, f"must be a number from 0 to {_MOST:f}")
    return value.quantize(_STEP)


def _moment(said: dict[str, Any], now: datetime) -> datetime:
    text = _text(said, "timestamp")
    if not _MOMENT.fullmatch(text):
        raise WrongScore("timestamp", "must be a moment of ISO 8601 with its zone")
    try:
        at = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongScore("timestamp", "is no moment") from None
    if at > now + AHEAD:
        raise WrongScore("timestamp", "is to come")
    return at
