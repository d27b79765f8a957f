"""The answer to a search: places first, the best one apart, then ideas."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from bpc.core.text.places import MAX_NAME_LENGTH, PlaceMatch, match_place, place_key
from bpc.portal.atlas.country import NATION, Country, country, name_in
from bpc.portal.atlas.figure_words import kind_words
from bpc.portal.foundation.permissions import visible
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.search import Facets, query_stems
from bpc.portal.ideas.search import find as find_ideas
from bpc.portal.reference.places import Place, search_places

SHORTEST = 2  # letters; fewer would list a tenth of the country
PLACES, IDEAS = 12, 10


@dataclass(frozen=True)
class PlaceFound:
    """A place with all that tells it from another of the same name."""

    place: Place
    name: str
    kind: str
    inside: str
    url: str
    is_commune: bool


@dataclass(frozen=True)
class Results:
    """What was asked and what answers it. `best` is set when one place is the obvious answer."""

    query: str
    too_short: bool = False
    best: PlaceFound | None = None
    places: list[PlaceFound] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Something was asked and nothing answers."""
        return bool(self.query) and not (self.too_short or self.best or self.places or self.ideas)


def find(person: Any, typed: str) -> Results:
    """Places in either script and ideas that answer what was typed; three queries at most."""
    query = " ".join(typed.split())[:MAX_NAME_LENGTH]
    if not query:
        return Results("")
    if len(place_key(query).replace(" ", "")) < SHORTEST:
        return Results(query, too_short=True)
    known = country()
    places = search_places(query, limit=PLACES)
    found = [_shown(place, known) for place in places]
    ideas = _ideas(person, query)
    if places and _is_obvious(query, places):
        return Results(query, best=found[0], places=found[1:], ideas=ideas)
    return Results(query, places=found, ideas=ideas)


def _is_obvious(query: str, places: list[Place]) -> bool:
    """The only answer, or the first one whose name is exactly what was typed."""
    names = (places[0].name_fr, places[0].name_ar)
    return len(places) == 1 or any(match_place(query, name) is PlaceMatch.EXACT for name in names)


def _shown(place: Place, known: Country) -> PlaceFound:
    language = get_language() or ""
    above = [one for one in known.path_to(place.code)[:-1] if one.code != NATION]
    return PlaceFound(
        place=place,
        name=name_in(place, language),
        kind=kind_words(place),
        inside=" · ".join(name_in(one, language) for one in reversed(above)),
        url=reverse("web:territory", args=[place.code]),
        is_commune=place.level == "commune",
    )


def _ideas(person: Any, query: str) -> list[Idea]:
    stems = query_stems(query)
    if not stems:
        return []
    keys = find_ideas(stems, Facets()).owners[:IDEAS]
    rows = (
        visible(person, Idea)
        .filter(pk__in=keys)
        .select_related("commune", "sector")
        .defer("need", "proposal")
    )
    by_key = {idea.pk: idea for idea in rows}
    return [by_key[key] for key in keys if key in by_key]
