"""Cooperatives found by name in either script: the same answers on SQLite and PostgreSQL.

A name is folded and stemmed as everywhere (`core.text`); words that every cooperative bears (coopérative, société,
تعاونية) are left out. Territory and sector are lexemes too, so that one index answers words and places together and
looks at no more than `CANDIDATES` rows, however large the register. Unlike `foundation.lexeme_index`, beginnings of
words are found, every word is asked, and the answer is in order of names: a register is looked up, not ranked.
"""

from collections.abc import Iterable

from django.db import connection

from bpc.core.text.folding import fold
from bpc.core.text.places import place_key
from bpc.core.text.stems import stem
from bpc.portal.foundation.lexeme_index import facet
from bpc.portal.register.models import Cooperative, CooperativeEntry

CANDIDATES = 1000
MAX_QUERY = 100  # characters
MAX_WORDS = 8
_ENOUGH_TO_BEGIN = 3  # letters under which a beginning would answer with half the register
_EVERY_NAME = ("cooperative", "societe", "ste", "scop", "تعاونيه", "شركه")
_COMMON = frozenset(map(stem, _EVERY_NAME))


def name_words(text: str) -> list[str]:
    """The words of a name that tell it from others, folded, articles left out.

    >>> name_words("Coopérative Tifaouine des Femmes"), name_words("تعاونية الأمل") == ["امل"]
    (['tifaouine', 'femmes'], True)
    """
    return [word for word in place_key(text).split() if stem(word) not in _COMMON]


def lexemes_of(names: Iterable[str], places: Iterable[str | None], sector: str | None) -> str:
    """What the search keeps of a cooperative: the stems of its names, its places and its sector."""
    lexemes = {stem(word) for name in names if name for word in name_words(name)}
    lexemes |= {facet("territory", code) for code in places if code}
    if sector:
        lexemes.add(facet("sector", sector))
    return " ".join(sorted(lexemes))


def entry_of(row: Cooperative) -> CooperativeEntry:
    """The entry of a cooperative, which has its key."""
    places = (row.region_id, row.province_id, row.commune_id)
    return CooperativeEntry(
        cooperative_id=row.pk, lexemes=lexemes_of((row.name_fr, row.name_ar), places, row.sector_id)
    )


def query_words(query: str) -> list[str]:
    """The distinct words of what was typed; empty when only words that every name bears were."""
    return list(dict.fromkeys(name_words(query[:MAX_QUERY])))[:MAX_WORDS]


def find(words: list[str], facets: Iterable[str]) -> tuple[list[int], bool]:
    """Keys of the cooperatives whose names hold every word (not empty), and whether there are more than looked at.

    The last word may be only the beginning of one.
    """
    *whole, last = words
    parts = [_term(lexeme) for lexeme in facets] + [_term(stem(word)) for word in whole]
    if len(last) >= _ENOUGH_TO_BEGIN:
        beginning = _term(stem(last), beginning=True)
        parts.append(f"({beginning} {_either()} {_term(last, beginning=True)})")
    else:
        parts.append(_term(stem(last)))
    sql = {
        "sqlite": "SELECT rowid FROM register_search WHERE register_search MATCH %s ORDER BY rowid LIMIT %s",
        "postgresql": (
            "SELECT cooperative_id FROM register_cooperativeentry WHERE vector @@ %s::tsquery "
            "ORDER BY cooperative_id LIMIT %s"
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql, [_both().join(parts), CANDIDATES + 1])
        keys = [key for (key,) in cursor.fetchall()]
    return keys[:CANDIDATES], len(keys) > CANDIDATES


def sort_name(name_fr: str, name_ar: str) -> str:
    """The key that lists are ordered by: the name without « coopérative » and articles, folded, 60 signs.

    >>> sort_name("Coopérative Al Amal", ""), sort_name("", "تعاونية الأمل") == "امل"
    ('amal', True)
    """
    name = name_fr or name_ar
    return (" ".join(name_words(name)) or fold(name))[:60]


def _term(lexeme: str, *, beginning: bool = False) -> str:
    """A lexeme (letters, digits, `_`) in the language of the database."""
    if connection.vendor == "sqlite":
        return f'"{lexeme}"*' if beginning else f'"{lexeme}"'
    return f"'{lexeme}':*" if beginning else f"'{lexeme}'"


def _both() -> str:
    return " AND " if connection.vendor == "sqlite" else " & "


def _either() -> str:
    return "OR" if connection.vendor == "sqlite" else "|"
