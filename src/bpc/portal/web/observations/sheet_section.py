"""What people said of a territory, for its sheet: counts of voices, never mixed with computed figures."""

from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode

from bpc.portal.observations.models import Category
from bpc.portal.observations.queries import Card, categories, recent_in
from bpc.portal.observations.states import Kind
from bpc.portal.observations.tallies import heard_by_category, heard_in
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place
from bpc.portal.web.observations.page_words import WORDS, Words

_SUBJECTS, _RECENT = 4, 3


@dataclass(frozen=True)
class HeardKind:
    """One kind at one place: how many are open and closed, the subjects most spoken of, the last ones."""

    words: Words
    open: int
    closed: int
    subjects: list[tuple[Category, int]]
    recent: list[Card]
    list_url: str
    new_url: str


def heard_section(place: Place) -> dict[str, Any]:
    """What `atlas/_sheet_heard.html` needs."""
    told = heard_in([place.code])[place.code]
    counts = {
        Kind.NEED: (told.needs, told.closed_needs),
        Kind.OPPORTUNITY: (told.opportunities, told.closed_opportunities),
    }
    return {"heard": [_heard(kind, place, *counts[kind]) for kind in counts]}


def _heard(kind: Kind, place: Place, still: int, closed: int) -> HeardKind:
    known = categories()
    spoken = heard_by_category(place.code, kind) if still else {}
    words = WORDS[kind]
    asked = urlencode(_asked(place))
    new = f"?{urlencode({'commune': place.code})}" if place.level == Territory.Level.COMMUNE else ""
    return HeardKind(
        words=words,
        open=still,
        closed=closed,
        subjects=[
            (known[code], number) for code, number in list(spoken.items())[:_SUBJECTS] if code in known
        ],
        recent=recent_in(kind, place.code, number=_RECENT) if still else [],
        list_url=f"{words.list_url}?{asked}" if asked else words.list_url,
        new_url=words.new_url + new,
    )


def _asked(place: Place) -> dict[str, str]:
    """The place as the filters of the list say it: a province is chosen within its region."""
    if place.level == Territory.Level.REGION:
        return {"region": place.code}
    if place.level == Territory.Level.PROVINCE:
        return {"region": place.parent, "province": place.code}
    return {"commune": place.code} if place.level == Territory.Level.COMMUNE else {}
