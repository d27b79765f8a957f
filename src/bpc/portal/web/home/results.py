"""The answer to a search: places first, the best one apart, then what people say, then money and cooperatives."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from bpc.core.text.places import MAX_NAME_LENGTH, PlaceMatch, match_place, place_key
from bpc.portal.atlas.country import NATION, Country, country, name_in
from bpc.portal.atlas.figure_words import kind_words
from bpc.portal.contests.edition_search import find_editions
from bpc.portal.foundation.permissions import visible
from bpc.portal.funding.queries import SourceCard, SourceFilters, cards
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.search import Facets, query_stems
from bpc.portal.ideas.search import find as find_ideas
from bpc.portal.observations import search as observation_search
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import Kind
from bpc.portal.reference.places import Place, search_places
from bpc.portal.register.queries import Card, Wanted, list_cooperatives
from bpc.portal.web.contests.edition_words import told_cards

SHORTEST = 2  # letters; fewer would list a tenth of the country
PLACES, IDEAS, TOLD, COOPERATIVES, SOURCES, CONTESTS = 12, 10, 5, 8, 5, 5


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
    needs: list[Observation] = field(default_factory=list)
    opportunities: list[Observation] = field(default_factory=list)
    cooperatives: list[Card] = field(default_factory=list)
    funding: list[SourceCard] = field(default_factory=list)
    contests: list[dict[str, Any]] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Something was asked and nothing answers."""
        found = (
            self.best,
            self.places,
            self.ideas,
            self.needs,
            self.opportunities,
            self.cooperatives,
            self.funding,
            self.contests,
        )
        return bool(self.query) and not (self.too_short or any(found))


def find(person: Any, typed: str) -> Results:
    """Places in either script, and all that people say, do and offer that answers what was typed."""
    query = " ".join(typed.split())[:MAX_NAME_LENGTH]
    if not query:
        return Results("")
    if len(place_key(query).replace(" ", "")) < SHORTEST:
        return Results(query, too_short=True)
    known = country()
    places = search_places(query, limit=PLACES)
    found = [_shown(place, known) for place in places]
    best = found[0] if places and _is_obvious(query, places) else None
    stems, now = query_stems(query), timezone.now()
    return Results(
        query,
        best=best,
        places=found[1:] if best else found,
        ideas=_ideas(person, stems),
        needs=_told(person, stems, Kind.NEED),
        opportunities=_told(person, stems, Kind.OPPORTUNITY),
        cooperatives=list_cooperatives(Wanted(query)).cards[:COOPERATIVES] if stems else [],
        funding=cards(SourceFilters(text=query), size=SOURCES).cards if stems else [],
        contests=told_cards(find_editions(stems, now, CONTESTS), now),
    )


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


def _told(person: Any, stems: list[str], kind: Kind) -> list[Observation]:
    if not stems:
        return []
    facets = observation_search.Facets(kind, stage=observation_search.ALL)
    keys = observation_search.find(stems, facets).owners[:TOLD]
    rows = visible(person, Observation).filter(pk__in=keys).select_related("territory", "category")
    by_key = {row.pk: row for row in rows.defer("text")}
    return [by_key[key] for key in keys if key in by_key]


def _ideas(person: Any, stems: list[str]) -> list[Idea]:
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
