"""Finding public observations by words and by closed values, at a cost that does not grow with their number.

The method is that of ideas (`docs/methods/search.md`); every list goes through it, since each has a kind and a stage.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from bpc.portal.foundation.lexeme_index import Found, LexemeIndex, entry_columns, facet
from bpc.portal.ideas.tallies import COUNTRY
from bpc.portal.observations.models import Observation, SearchEntry
from bpc.portal.observations.states import OPEN_STATES, PUBLIC_STATES

INDEX = LexemeIndex("observations_search", "observations_searchentry", "observation_id")
OPEN, WAITING, ANSWERED, CLOSED, ALL = "open", "published", "answered", "closed", "all"


@dataclass(frozen=True)
class Facets:
    """What a list is narrowed to. `kind` is never empty; an empty string leaves another side open.

    `stage`: open (published or answered), published (waiting for an answer), answered, closed, or all.
    """

    kind: str
    territory: str = ""
    category: str = ""
    sector: str = ""
    audience: str = ""
    stage: str = OPEN

    def lexemes(self) -> list[str]:
        """The lexemes every entry must hold."""
        named = (("category", self.category), ("sector", self.sector), ("audience", self.audience))
        asked = [facet(name, value) for name, value in named if value]
        if self.territory and self.territory != COUNTRY:
            asked.append(facet("territory", self.territory))
        return [f"{self.kind}_{self.stage}", *asked]


def index(observation: Observation) -> None:
    """Let a public observation be found as it now is; the first time as the newest. In the transaction of the move."""
    entry = SearchEntry.objects.filter(observation=observation).first() or SearchEntry(
        observation=observation
    )
    for name, value in _columns(observation).items():
        setattr(entry, name, value)
    entry.save()


def forget(observation: Observation) -> None:
    """Let an observation not be found any more."""
    SearchEntry.objects.filter(observation=observation).delete()


def rebuild() -> int:
    """Index every public observation afresh, in the order of publication; returns how many there are."""
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        rows = Observation.objects.filter(state__in=PUBLIC_STATES).order_by("published_at", "pk")
        entries = (SearchEntry(observation=row, **_columns(row)) for row in rows.iterator(chunk_size=500))
        return len(SearchEntry.objects.bulk_create(entries, batch_size=500))


def find(stems: list[str], facets: Facets) -> Found:
    """The observations that answer `stems` (not empty) within `facets`, best first."""
    return INDEX.find(SearchEntry, stems, facets.lexemes())


def newest(facets: Facets, *, start: int, number: int) -> list[int]:
    """Keys of `number` observations within `facets` from the `start`-th, the last published first."""
    return INDEX.newest(facets.lexemes(), start=start, number=number)


def count_up_to(facets: Facets, cap: int) -> int:
    """How many observations lie within `facets`, counting no further than `cap`."""
    return len(INDEX.matching([[lexeme] for lexeme in facets.lexemes()], cap))


def _columns(observation: Observation) -> dict[str, str]:
    return entry_columns(observation.title, observation.text, _facets_of(observation))


def _facets_of(observation: Observation) -> Iterator[str]:
    stages = [ALL, observation.state, *([OPEN] if observation.state in OPEN_STATES else [])]
    yield from (f"{observation.kind}_{stage}" for stage in stages)
    for code in (observation.commune_id, observation.province_id, observation.region_id):
        if code is not None:
            yield facet("territory", code)
    for category in (observation.category_id, *observation.other_categories):
        yield facet("category", category)
    for name, value in (("sector", observation.sector_id), ("audience", observation.audience)):
        if value:
            yield facet(name, value)
