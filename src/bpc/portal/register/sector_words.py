"""The sector a registered activity belongs to, by the words of `data/register_sectors.csv`. Unknown is None."""

from functools import cache, lru_cache

from django.conf import settings

from bpc.core.text.stems import analyse
from bpc.datasets.cooperative_statistics import read_sector_words


@cache
def _words() -> tuple[tuple[tuple[str, ...], str], ...]:
    """(stems, sector), the longest expressions first: « plantes aromatiques » before « plantes »."""
    found = [(tuple(analyse(row.words)), row.sector) for row in read_sector_words(settings.DATA)]
    return tuple(sorted((entry for entry in found if entry[0]), key=lambda entry: -len(entry[0])))


@lru_cache(maxsize=20_000)
def sector_of(activity: str, sector: str) -> str | None:
    """The code of the sector that the activity says, else the one that the sector's name says.

    The activity comes first because it says more: « Agriculture » is registered for bees and for wheat.
    """
    return _of(activity) or _of(sector)


def _of(text: str) -> str | None:
    stems = analyse(text)
    held = set(stems)
    return next((sector for words, sector in _words() if held.issuperset(words)), None)
