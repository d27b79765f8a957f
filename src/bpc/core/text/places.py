"""Searching the name of a place, typed in either language and in any of its spellings."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import TypeVar

from bpc.core.text.folding import fold
from bpc.core.text.tokens import word_runs

Key = TypeVar("Key", bound=Hashable)

MAX_NAME_LENGTH = 100  # the longest official name has 44 characters
_ENOUGH_TO_CONTAIN = 3  # letters under which "contains" would list half the country
_ENOUGH_TO_MISTYPE = 5  # letters under which one wrong letter makes another place

# Articles and link words, Arabic ones as French maps write them, with their assimilated forms.
_ARTICLES = frozenset(
    ("le", "la", "les", "l", "el", "al", "er", "ech", "es", "en", "ed", "ez", "de", "du", "des", "d")
)
_AIT = frozenset(("ait", "aith", "ayt", "ايت"))  # Aït, the Amazigh "people of", in every spelling


class PlaceMatch(IntEnum):
    """How well a name answers a query; the higher, the better."""

    NONE = 0
    NEAR = 1  # one letter wrong, missing, added or exchanged with its neighbour
    CONTAINS = 2
    WORD_PREFIX = 3  # each word of the query begins a word of the name
    PREFIX = 4
    EXACT = 5


def _bare_word(word: str) -> str:
    if word in _AIT:
        return "ait"
    if word.startswith("ال") and len(word) >= 4:
        return word[2:]
    return word


@lru_cache(maxsize=8_192)
def _place_key(name: str) -> str:
    words = word_runs(fold(name))
    kept = [word for word in words if word not in _ARTICLES]
    return " ".join(map(_bare_word, kept or words))


def place_key(name: str) -> str:
    """Return the key under which a place name is compared.

    The name is folded; hyphens and other punctuation become spaces; the Arabic article ال and the articles
    le, la, les, l', el, al, er, ech… disappear with de and du; Aït, Ait, Ayt and آيت become one. A name
    made of articles only keeps them. What follows ``MAX_NAME_LENGTH`` characters is ignored.

    >>> place_key("L'Oriental"), place_key("El-Hajeb"), place_key("Aït  Baha")
    ('oriental', 'hajeb', 'ait baha')
    >>> place_key("الدَّار البيضاء") == "دار بيضاء"
    True
    >>> place_key("La")
    'la'
    """
    return _place_key(name[:MAX_NAME_LENGTH])


def within_one_edit(one: str, other: str) -> bool:
    """Tell whether one letter changed, added, removed, or two neighbours exchanged, is enough.

    >>> within_one_edit("khenifra", "khenfira"), within_one_edit("azilal", "azila")
    (True, True)
    >>> within_one_edit("fes", "sefrou")
    False
    """
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        start += 1
    left, right = one[start:], other[start:]
    if len(left) != len(right):
        longer, shorter = (left, right) if len(left) > len(right) else (right, left)
        return longer[1:] == shorter
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])


def _is_near(query: str, name: str) -> bool:
    if len(query.replace(" ", "")) < _ENOUGH_TO_MISTYPE:
        return False
    candidates = [name, *name.split()]
    return any(len(word) >= _ENOUGH_TO_MISTYPE and within_one_edit(query, word) for word in candidates)


def match_place(query: str, name: str) -> PlaceMatch:
    """Return how well ``name`` answers ``query``, both as people write them.

    >>> match_place("khenifra", "Khénifra").name, match_place("mellal", "Béni Mellal").name
    ('EXACT', 'WORD_PREFIX')
    >>> match_place("khenfira", "Khénifra").name, match_place("", "Khénifra").name
    ('NEAR', 'NONE')
    """
    sure = _sure_match(query, name)
    if sure is not PlaceMatch.NONE:
        return sure
    return PlaceMatch.NEAR if _is_near(place_key(query), place_key(name)) else PlaceMatch.NONE


def _sure_match(query: str, name: str) -> PlaceMatch:
    """The match without near spellings."""
    asked, key = place_key(query), place_key(name)
    if not asked or not key:
        return PlaceMatch.NONE
    if asked == key or _joined(query) == _joined(name):
        return PlaceMatch.EXACT
    if key.startswith(asked) or (len(asked) > 1 and _joined(name).startswith(_joined(query))):
        return PlaceMatch.PREFIX
    words = key.split()
    if all(any(word.startswith(part) for word in words) for part in asked.split()):
        return PlaceMatch.WORD_PREFIX
    if len(asked) >= _ENOUGH_TO_CONTAIN and asked in key:
        return PlaceMatch.CONTAINS
    return PlaceMatch.NONE


@lru_cache(maxsize=8_192)
def _joined_words(name: str) -> str:
    return "".join(word_runs(fold(name)))


def _joined(name: str) -> str:
    """Return the name in one word, articles kept: "Elhajeb" is El Hajeb, "Benimellal" is Béni Mellal."""
    return _joined_words(name[:MAX_NAME_LENGTH])


def matches_place(query: str, name: str) -> bool:
    """Tell whether ``name`` answers ``query``, a near spelling included.

    >>> matches_place("ايت باها", "آيت باها"), matches_place("fes", "Taza")
    (True, False)
    """
    return match_place(query, name) is not PlaceMatch.NONE


def rank_places(query: str, places: Iterable[tuple[Key, Sequence[str]]], limit: int = 20) -> list[Key]:
    """Return the keys of the places that answer ``query``, best first, at most ``limit``.

    ``places`` gives for each key its names (French, Arabic, former…); its best name counts. Order: exact,
    then prefix, then beginnings of words, then contained; at equal match the shorter key, then the order
    given, so that a caller who lists regions before communes sees regions first. Near spellings are a last
    resort: they are returned only when nothing else answers.

    >>> names = [(1, ["Azilal", "أزيلال"]), (2, ["Béni Mellal", "بني ملال"]), (3, ["Mellal", "ملال"])]
    >>> rank_places("mellal", names), rank_places("ملال", names), rank_places("azilla", names)
    ([3, 2], [3, 2], [1])
    """
    listed = list(places)
    # a near spelling is dear to see: looked for only when nothing sure was found
    found = _matching(_sure_match, query, listed) or _matching(match_place, query, listed)
    ranked = sorted(found, key=lambda row: (-row[0], -row[1]))  # sorted() keeps the order given at equality
    return [key for _, _, key in ranked[:limit]]


def _matching(
    match: Callable[[str, str], PlaceMatch], query: str, places: Iterable[tuple[Key, Sequence[str]]]
) -> list[tuple[PlaceMatch, int, Key]]:
    """The places that answer, each with the match of its best name and the length of that name, negated."""
    found: list[tuple[PlaceMatch, int, Key]] = []
    for key, names in places:
        best = max(
            ((match(query, name), -len(place_key(name))) for name in names),
            default=(PlaceMatch.NONE, 0),
        )
        if best[0]:
            found.append((*best, key))
    return found
