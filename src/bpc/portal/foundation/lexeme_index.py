"""An index of lexemes beside a table of entries: which entries hold these words, the newest first.

The same answers on SQLite (FTS5) and PostgreSQL (GIN); the database keeps it in step by itself. A lexeme is made of
letters, digits and `_`. An entry holds `title`, `body` (stems), `lexemes` and its owner; its key grows with time.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model

from bpc.core.text.scoring import score
from bpc.core.text.stems import analyse

CANDIDATES = 120  # newest matches in titles, and as many anywhere: what a person will look through
ENOUGH = 20  # under a page of entries holding every word, those holding some of them follow
MAX_QUERY = 200  # characters
MAX_STEMS = 12
# `ascii` takes every other letter as part of a word, so Arabic and Tifinagh lexemes stay whole; the underscore
# marks lexemes of the title and of the facets. No positions are kept: only whole lexemes are asked.
_SQLITE = (
    """
    CREATE VIRTUAL TABLE {index} USING fts5(
        lexemes, content='{entries}', content_rowid='id', detail='none',
        tokenize="ascii tokenchars '_'"
    )
    """,
    """
    CREATE TRIGGER {index}_insert AFTER INSERT ON {entries} BEGIN
        INSERT INTO {index}(rowid, lexemes) VALUES (new.id, new.lexemes);
    END
    """,
    """
    CREATE TRIGGER {index}_delete AFTER DELETE ON {entries} BEGIN
        INSERT INTO {index}({index}, rowid, lexemes) VALUES ('delete', old.id, old.lexemes);
    END
    """,
    """
    CREATE TRIGGER {index}_update AFTER UPDATE OF lexemes ON {entries} BEGIN
        INSERT INTO {index}({index}, rowid, lexemes) VALUES ('delete', old.id, old.lexemes);
        INSERT INTO {index}(rowid, lexemes) VALUES (new.id, new.lexemes);
    END
    """,
)
_SQLITE_BACK = (
    "DROP TRIGGER {index}_insert",
    "DROP TRIGGER {index}_delete",
    "DROP TRIGGER {index}_update",
    "DROP TABLE {index}",
)
_POSTGRESQL = (
    """
    ALTER TABLE {entries} ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(lexemes, ' '), ''))) STORED
    """,
    # without the pending list: searches cost the same just after a day of publications
    "CREATE INDEX {index}_vector ON {entries} USING gin (vector) WITH (fastupdate = off)",
)
_POSTGRESQL_BACK = ("DROP INDEX {index}_vector", "ALTER TABLE {entries} DROP COLUMN vector")


_MATCHING = {
    "sqlite": "SELECT rowid FROM {index} WHERE {index} MATCH %s ORDER BY rowid DESC LIMIT %s",
    "postgresql": "SELECT id FROM {entries} WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT %s",
}
_NEWEST = {
    "sqlite": (
        "SELECT e.{owner} FROM {index} s JOIN {entries} e ON e.id = s.rowid "
        "WHERE {index} MATCH %s ORDER BY s.rowid DESC LIMIT %s OFFSET %s"
    ),
    "postgresql": (
        "SELECT {owner} FROM {entries} WHERE vector @@ %s::tsquery ORDER BY id DESC LIMIT %s OFFSET %s"
    ),
}


class _Stems(str):
    """Stored stems, each between two spaces, counted without being cut: four times as fast as a list."""

    def count(self, stem: str, *bounds: Any) -> int:
        """How often `stem` occurs."""
        return super().count(f" {stem} ", *bounds)


@dataclass(frozen=True)
class Found:
    """Keys of the owners found, best first. `capped`: there are more than were looked at."""

    owners: list[int]
    capped: bool


@dataclass(frozen=True)
class LexemeIndex:
    """The index named `index` over the table `entries`, whose column `owner` is the key of what is found.

    The three names are ours, never a visitor's.
    """

    index: str
    entries: str
    owner: str

    def create(self, editor: Any) -> None:
        """For a migration."""
        self._execute(editor, {"sqlite": _SQLITE, "postgresql": _POSTGRESQL})

    def drop(self, editor: Any) -> None:
        """For a migration taken back."""
        self._execute(editor, {"sqlite": _SQLITE_BACK, "postgresql": _POSTGRESQL_BACK})

    def matching(self, groups: list[list[str]], limit: int) -> list[int]:
        """Keys of the newest entries that hold a lexeme of each group (at least one group)."""
        return _keys(self._written(_MATCHING), [_expression(groups), limit])

    def matching_any(self, questions: list[list[list[str]]], limit: int) -> set[int]:
        """As `matching` for each of the questions (at least one), up to `limit` entries of each, in one query."""
        one = f"SELECT * FROM ({self._written(_MATCHING)}) AS part"  # noqa: S608 - no word of a visitor is in it
        parameters: list[str | int] = []
        for groups in questions:
            parameters += [_expression(groups), limit]
        return set(_keys(" UNION ".join([one] * len(questions)), parameters))

    def newest(self, lexemes: Iterable[str], *, start: int, number: int) -> list[int]:
        """Keys of `number` owners whose entry holds every lexeme (at least one), the last from the `start`-th."""
        groups = [[lexeme] for lexeme in lexemes]
        return _keys(self._written(_NEWEST), [_expression(groups), number, start])

    def find(self, entries: type[Model], stems: list[str], required: list[str]) -> Found:
        """The owners whose entries answer `stems` (not empty) and hold every `required` lexeme, best first.

        Entries holding every stem come first, then, under a page of them, entries holding some. At equal score
        the most recent comes first.
        """
        keys, capped = self._candidates(required, [[stem] for stem in stems], stems, every=True)
        if len(keys) < ENOUGH and len(stems) > 1:
            more, capped = self._candidates(required, [stems], stems, every=False)
            keys |= more
        rows = entries._default_manager.filter(pk__in=keys).values_list("pk", self.owner, "title", "body")
        ranked = sorted(
            ((score(stems, _Stems(title), _Stems(body)), entry, owner) for entry, owner, title, body in rows),
            reverse=True,
        )
        return Found([owner for _, _, owner in ranked], capped)

    def _candidates(
        self, required: list[str], groups: list[list[str]], stems: list[str], *, every: bool
    ) -> tuple[set[int], bool]:
        """The newest entries that match in their title, and anywhere; and whether there were more."""
        narrowed = [[lexeme] for lexeme in required]
        in_title = [[f"t_{stem}"] for stem in stems] if every else [[f"t_{stem}" for stem in stems]]
        anywhere = self.matching(narrowed + groups, CANDIDATES)
        titles = self.matching(narrowed + in_title, CANDIDATES)
        return {*anywhere, *titles}, len(anywhere) == CANDIDATES

    def _execute(self, editor: Any, statements: dict[str, tuple[str, ...]]) -> None:
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement.format(**vars(self)))

    def _written(self, statements: dict[str, str]) -> str:
        return statements[connection.vendor].format(**vars(self))


def query_stems(query: str) -> list[str]:
    """The distinct stems of what was typed; empty for a query of stop words only, which is then no query."""
    return list(dict.fromkeys(analyse(query[:MAX_QUERY])))[:MAX_STEMS]


def entry_columns(title: str, body: str, facets: Iterable[str]) -> dict[str, str]:
    """The columns of an entry for these texts, to be found within these facets too."""
    of_title, of_body = analyse(title), analyse(body)
    lexemes = {*of_title, *of_body, *(f"t_{stem}" for stem in of_title), *facets}
    return {"title": _spaced(of_title), "body": _spaced(of_body), "lexemes": " ".join(sorted(lexemes))}


def _spaced(stems: list[str]) -> str:
    return "".join(f" {stem} " for stem in stems)


def facet(name: str, value: str) -> str:
    """The lexeme of a closed value.

    >>> facet("territory", "09.541")
    'territory_09_541'
    """
    return f"{name}_{re.sub(r'[^0-9a-z]', '_', value.lower())}"


def _expression(groups: list[list[str]]) -> str:
    """All groups, any lexeme of each, in the language of the database."""
    quote, both, either = ('"', " AND ", " OR ") if connection.vendor == "sqlite" else ("'", " & ", " | ")
    return both.join(
        "(" + either.join(f"{quote}{lexeme}{quote}" for lexeme in group) + ")" for group in groups
    )


def _keys(sql: str, parameters: list[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [key for (key,) in cursor.fetchall()]
