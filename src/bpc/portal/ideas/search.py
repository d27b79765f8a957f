"""Full-text search over published ideas: the same answers, in the same order, on SQLite and PostgreSQL.

The database only answers "which entries hold these lexemes, newest first"; folding, stems and ranking come
from `core.text`. A lexeme is a stem (`miel`), a stem of the title (`t_miel`) or a facet (`sector_food`),
so that one index answers words and filters together and the cost stays flat: at most `CANDIDATES` entries per
question, however many ideas there are. `docs/methods/search.md` tells the method.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from django.db import connection, transaction

from bpc.portal.foundation.lexeme_index import (
    CANDIDATES,
    Found,
    LexemeIndex,
    entry_columns,
    facet,
    query_stems,
)
from bpc.portal.ideas.models import Idea, SearchEntry
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.tallies import COUNTRY

__all__ = [
    "CANDIDATES", "Facets", "Found", "count_up_to", "find", "forget", "index", "newest", "query_stems", "rebuild"
]  # fmt: skip
_INDEX = LexemeIndex("ideas_search", "ideas_searchentry", "idea_id")


@dataclass(frozen=True)
class Facets:
    """What a list is narrowed to; an empty string leaves a side open. `territory` is a code of any level."""

    territory: str = ""
    sector: str = ""
    audience: str = ""
    speaker: str = ""
    language: str = ""

    def lexemes(self) -> list[str]:
        """The lexemes every entry must hold."""
        asked = ((field.name, getattr(self, field.name)) for field in fields(self))
        return [facet(name, value) for name, value in asked if value and value != COUNTRY]


def index(idea: Idea) -> None:
    """Let a published idea be found, as the newest. Call it in the transaction that publishes it."""
    with transaction.atomic():
        forget(idea)
        _entry(idea).save(force_insert=True)


def forget(idea: Idea) -> None:
    """Let an idea not be found any more."""
    SearchEntry.objects.filter(idea=idea).delete()


def rebuild() -> int:
    """Index every published idea afresh, in the order of publication; returns how many there are."""
    ideas = Idea.objects.filter(state=IdeaState.PUBLISHED).order_by("published_at", "pk")
    number = 0
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        for batch in _batches(ideas.iterator(chunk_size=500), 500):
            number += len(SearchEntry.objects.bulk_create(map(_entry, batch)))
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO ideas_search(ideas_search) VALUES ('optimize')")
    return number


def find(stems: list[str], facets: Facets) -> Found:
    """The ideas that answer `stems` (not empty) within `facets`, best first."""
    return _INDEX.find(SearchEntry, stems, facets.lexemes())


def newest(facets: Facets, *, start: int, number: int) -> list[int]:
    """Keys of `number` ideas within `facets` (not empty) from the `start`-th, the last published first."""
    return _INDEX.newest(facets.lexemes(), start=start, number=number)


def count_up_to(facets: Facets, cap: int) -> int:
    """How many ideas lie within `facets` (not empty), counting no further than `cap`."""
    return len(_INDEX.matching([[lexeme] for lexeme in facets.lexemes()], cap))


def _entry(idea: Idea) -> SearchEntry:
    facets = Facets(idea.commune_id, idea.sector_id, idea.audience, idea.speaker, idea.language)
    places = [facet("territory", code) for code in (idea.region_id, idea.province_id)]
    columns = entry_columns(idea.title, f"{idea.need}\n{idea.proposal}", [*facets.lexemes(), *places])
    return SearchEntry(idea=idea, **columns)


def _batches(ideas: Iterable[Idea], size: int) -> Iterator[list[Idea]]:
    batch: list[Idea] = []
    for idea in ideas:
        batch.append(idea)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
