"""Small questions that several checks ask."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


def missing_names(where: str, row: Mapping[str, str], *bases: str) -> Iterator[str]:
    """Both languages must be filled, each in its own letters: columns `<base>_fr` and `<base>_ar`."""
    for base in bases:
        if not _LATIN.search(row[f"{base}_fr"]) or row[f"{base}_fr"] != row[f"{base}_fr"].strip():
            yield f"{where}: {base}_fr is not a French text: {row[f'{base}_fr']!r}"
        if not _ARABIC.search(row[f"{base}_ar"]) or row[f"{base}_ar"] != row[f"{base}_ar"].strip():
            yield f"{where}: {base}_ar is not an Arabic text: {row[f'{base}_ar']!r}"


def repeated(where: str, keys: Iterable[object]) -> Iterator[str]:
    """Keys that occur more than once."""
    yield from (f"{where}: {key} occurs {count} times" for key, count in Counter(keys).items() if count > 1)


def different(where: str, found: Iterable[str], expected: Iterable[str]) -> Iterator[str]:
    """Names that should be there and are not, and the reverse."""
    have, want = set(found), set(expected)
    if want - have:
        yield f"{where}: missing {sorted(want - have)[:5]} ({len(want - have)} in all)"
    if have - want:
        yield f"{where}: unexpected {sorted(have - want)[:5]} ({len(have - want)} in all)"
