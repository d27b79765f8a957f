"""Full-text search over published ideas: the same answers, in the same order, on SQLite and PostgreSQL.

The database only answers "which entries hold these lexemes, newest first"; folding, stems and ranking come
from `core.text`. A lexeme is a stem (`miel`), a stem of the title (`t_miel`) or a facet (`sector_food`),
so that one index answers words and filters together and the cost stays flat: at most `CANDIDATES` entries per
question, however many ideas there are. `docs/methods/search.md` tells the method.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection, transaction

from bpc.core.text.scoring import score
from bpc.core.text.stems import analyse
from bpc.portal.ideas.models import Idea, SearchEntry
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.tallies import COUNTRY

CANDIDATES = 120  # newest matches in titles, and as many anywhere: what a person will look through
ENOUGH = 20  # under a page of ideas holding every word, those holding some of them follow
MAX_QUERY = 200  # characters
MAX_STEMS = 12


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
        return [_facet(name, value) for name, value in asked if value and value != COUNTRY]


class _Stems(str):
    """Stored stems, each between two spaces, counted without being cut: four times as fast as a list."""

    def count(self, stem: str, *bounds: Any) -> int:
        """How often `stem` occurs."""
        return super().count(f" {stem} ", *bounds)


@dataclass(frozen=True)
class Found:
    """Keys of the ideas found, best first. `capped`: there are more than were looked at."""

    ideas: list[int]
    capped: bool


def query_stems(query: str) -> list[str]:
    """The distinct stems of what was typed; empty for a query of stop words only, which is then no query."""
    return list(dict.fromkeys(analyse(query[:MAX_QUERY])))[:MAX_STEMS]


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
    """The ideas that answer `stems` (not empty) within `facets`, best first.

    Entries holding every stem come first, then, under a page of them, entries holding some. At equal score
    the most recently published comes first.
    """
    required = facets.lexemes()
    keys, capped = _candidates(required, [[stem] for stem in stems], stems, every=True)
    if len(keys) < ENOUGH and len(stems) > 1:
        more, capped = _candidates(required, [stems], stems, every=False)
        keys |= more
    rows = SearchEntry.objects.filter(pk__in=keys).values_list("pk", "idea_id", "title", "body")
    ranked = sorted(
        ((score(stems, _Stems(title), _Stems(body)), entry, idea) for entry, idea, title, body in rows),
        reverse=True,
    )
    return Found([idea for _, _, idea in ranked], capped)


def newest(facets: Facets, *, start: int, number: int) -> list[int]:
    """Keys of `number` ideas within `facets` (not empty) from the `start`-th, the last published first."""
    sql = {
        "sqlite": (
            "SELECT e.idea_id FROM ideas_search s JOIN ideas_searchentry e ON e.id = s.rowid "
            "WHERE ideas_search MATCH %s ORDER BY s.rowid DESC LIMIT %s OFFSET %s"
        ),
        "postgresql": (
            "SELECT idea_id FROM ideas_searchentry WHERE vector @@ %s::tsquery "
            "ORDER BY id DESC LIMIT %s OFFSET %s"
        ),
    }[connection.vendor]
    return _keys(sql, [_expression([[lexeme] for lexeme in facets.lexemes()]), number, start])


def count_up_to(facets: Facets, cap: int) -> int:
    """How many ideas lie within `facets` (not empty), counting no further than `cap`."""
    return len(_matching([[lexeme] for lexeme in facets.lexemes()], cap))


def _candidates(
    required: list[str], groups: list[list[str]], stems: list[str], *, every: bool
) -> tuple[set[int], bool]:
    """The newest entries that match in their title, and anywhere; and whether there were more."""
    narrowed = [[lexeme] for lexeme in required]
    in_title = [[f"t_{stem}"] for stem in stems] if every else [[f"t_{stem}" for stem in stems]]
    anywhere = _matching(narrowed + groups, CANDIDATES)
    titles = _matching(narrowed + in_title, CANDIDATES)
    return {*anywhere, *titles}, len(anywhere) == CANDIDATES


def _matching(groups: list[list[str]], limit: int) -> list[int]:
    """Newest entries that hold a lexeme of each group."""
    sql = {
        "sqlite": "SELECT rowid FROM ideas_search WHERE ideas_search MATCH %s ORDER BY rowid DESC LIMIT %s",
        "postgresql": (
            "SELECT id FROM ideas_searchentry WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT %s"
        ),
    }[connection.vendor]
    return _keys(sql, [_expression(groups), limit])


def _expression(groups: list[list[str]]) -> str:
    """All groups, any lexeme of each, in the language of the database. Lexemes are letters, digits, `_`."""
    quote, both, either = ('"', " AND ", " OR ") if connection.vendor == "sqlite" else ("'", " & ", " | ")
    return both.join(
        "(" + either.join(f"{quote}{lexeme}{quote}" for lexeme in group) + ")" for group in groups
    )


def _keys(sql: str, parameters: list[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [key for (key,) in cursor.fetchall()]


def _facet(name: str, value: str) -> str:
    return f"{name}_{re.sub(r'[^0-9a-z]', '_', value.lower())}"


def _entry(idea: Idea) -> SearchEntry:
    title, body = analyse(idea.title), analyse(f"{idea.need}\n{idea.proposal}")
    facets = Facets(idea.commune_id, idea.sector_id, idea.audience, idea.speaker, idea.language)
    places = [_facet("territory", code) for code in (idea.region_id, idea.province_id)]
    lexemes = {*title, *body, *(f"t_{stem}" for stem in title), *facets.lexemes(), *places}
    stored = " ".join(sorted(lexemes))
    return SearchEntry(idea=idea, title=_spaced(title), body=_spaced(body), lexemes=stored)


def _spaced(stems: list[str]) -> str:
    return "".join(f" {stem} " for stem in stems)


def _batches(ideas: Iterable[Idea], size: int) -> Iterator[list[Idea]]:
    batch: list[Idea] = []
    for idea in ideas:
        batch.append(idea)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
