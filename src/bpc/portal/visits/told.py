"""A report as its visitor tells it, checked before anything is kept."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bpc.portal.visits.models import LONGEST_LINE, LONGEST_TEXT, MOST_PEOPLE
from bpc.portal.visits.states import THEMES, Mood, Need

MOST_AGREEMENTS = 5
CLOCK_AHEAD = timedelta(minutes=15)  # a telephone's clock is seldom right
OLDEST = timedelta(days=366)
LATEST_DUE = timedelta(days=5 * 366)


class Unfit(ValueError):
    """The report cannot be kept: the field at fault, and why, each of a closed list."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name, self.why = name, why


@dataclass(frozen=True)
class Agreed:
    """Who does what, until when (None: no day was said)."""

    what: str
    who: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Told:
    """What is written of a visit. Counts: None when nobody counted; `language`: of the texts."""

    visited_at: datetime
    commune: str = ""
    place: str = ""
    women: int | None = None
    men: int | None = None
    young: int | None = None
    themes: dict[str, str] = field(default_factory=dict)
    agreements: tuple[Agreed, ...] = ()
    need: Need = Need.NONE
    blocked_on: str = ""
    photos_agreed: bool = False
    mood: str = ""
    staff_text: str = ""
    language: str = "fr"

    def digest(self) -> str:
        """The same words give the same digest.

        >>> from datetime import UTC, datetime
        >>> one = Told(datetime(2026, 5, 1, 9, tzinfo=UTC), place="Siège")
        >>> one.digest() == Told(datetime(2026, 5, 1, 9, tzinfo=UTC), place="Siège").digest()
        True
        """
        told = {**asdict(self), "visited_at": self.visited_at.timestamp()}
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def check_told(told: Told, at: datetime) -> None:
    """Raise `Unfit` for the first fault of a report told at `at`."""
    if told.visited_at > at + CLOCK_AHEAD:
        raise Unfit("visited_on", "future")
    if told.visited_at < at - OLDEST:
        raise Unfit("visited_on", "old")
    if not told.commune and not told.place:
        raise Unfit("place", "nowhere")
    _check_people(told)
    _check_words(told)
    if told.need == Need.BLOCKED and not told.blocked_on:
        raise Unfit("blocked_on", "empty")
    if told.need != Need.BLOCKED and told.blocked_on:
        raise Unfit("blocked_on", "not-blocked")
    if told.mood and told.mood not in Mood.values:
        raise Unfit("mood", "unknown")
    _check_agreements(told)


def _check_people(told: Told) -> None:
    for name in ("women", "men", "young"):
        number = getattr(told, name)
        if number is not None and not 0 <= number <= MOST_PEOPLE:
            raise Unfit(name, "number")
    counted = None not in (told.women, told.men, told.young)
    if counted and (told.young or 0) > (told.women or 0) + (told.men or 0):
        raise Unfit("young", "more-than-all")


def _check_words(told: Told) -> None:
    if set(told.themes) - set(THEMES):
        raise Unfit("path", "unknown")
    for name, text in (*told.themes.items(), ("staff_text", told.staff_text)):
        if len(text) > LONGEST_TEXT:
            raise Unfit(name, "long")
    for name, text in (("place", told.place), ("blocked_on", told.blocked_on)):
        if len(text) > LONGEST_LINE:
            raise Unfit(name, "long")
    if not any(told.themes.values()) and not told.agreements and not told.blocked_on:
        raise Unfit("path", "nothing")


def _check_agreements(told: Told) -> None:
    if len(told.agreements) > MOST_AGREEMENTS:
        raise Unfit("what_1", "many")
    visited_on = told.visited_at.date()
    for rank, one in enumerate(told.agreements, start=1):
        if not one.what:
            raise Unfit(f"what_{rank}", "empty")
        if max(len(one.what), len(one.who)) > LONGEST_LINE:
            raise Unfit(f"what_{rank}", "long")
        # the day of the visit in Morocco may be the eve of it elsewhere
        if one.due_on and not timedelta(days=-1) <= one.due_on - visited_on <= LATEST_DUE:
            raise Unfit(f"due_{rank}", "date")


def shared_contents(told: Told) -> dict[str, Any]:
    """The columns of the report itself, by name; agreements apart."""
    themes = {name: told.themes.get(name, "") for name in THEMES}
    return {
        "visited_at": told.visited_at, "commune_id": told.commune or None, "place": told.place,
        "women": told.women, "men": told.men, "young": told.young, **themes, "need": told.need,
        "blocked_on": told.blocked_on, "language": told.language, "photos_agreed": told.photos_agreed,
    }  # fmt: skip
