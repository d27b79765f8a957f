"""What people said of a territory, for its sheet: counts of voices, never mixed with computed figures."""

from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode

from bpc.portal.observations.models import Category
from bpc.portal.observations.queries import Card, cards_in_order, categories, recent_keys
from bpc.portal.observations.states import Kind
from bpc.portal.observations.tallies import heard_whole
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
    counts = heard_whole(place.code)
    still = [kind for kind in Kind if counts.get((kind, None), (0, 0))[0]]
    keys = [key for kind in still for key in recent_keys(kind, place.code, number=_RECENT)]
    cards = cards_in_order(keys) if keys else []
    return {"heard": [_heard(kind, place, counts, cards) for kind in Kind]}


def _heard(
    kind: Kind, place: Place, counts: dict[tuple[str, str | None], tuple[int, int]], cards: list[Card]
) -> HeardKind:
    still, closed = counts.get((kind, None), (0, 0))
    known = categories(kind) if still else {}
    spoken = [(known[code], open_) for (_, code), (open_, _) in counts.items() if code in known and open_]
    words = WORDS[kind]
    asked = urlencode(_asked(place))
    new = f"?{urlencode({'commune': place.code})}" if place.level == Territory.Level.COMMUNE else ""
    return HeardKind(
        words=words,
        open=still,
        closed=closed,
        subjects=spoken[:_SUBJECTS],
        recent=[card for card in cards if card.kind == kind],
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
