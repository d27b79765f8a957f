"""Editions by words of their names, themes and regions: few enough to be held, until one changes."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from bpc.core.text.stems import analyse
from bpc.portal.contests.edition_queries import cards_of
from bpc.portal.contests.models import Edition
from bpc.portal.contests.names import GENERATION
from bpc.portal.contests.states import EditionState
from bpc.portal.foundation.page_cache import generations

MOST_HELD = 1_000  # the latest ones; twelve regions make as many in eighty years
_WORDS = ("name_fr", "name_ar", "theme_fr", "theme_ar", "region__name_fr", "region__name_ar")


def find_editions(stems: Sequence[str], now: datetime, number: int) -> list[Edition]:
    """Announced editions that hold every stem, those one may enter now first; none without stems."""
    if not stems:
        return []
    wanted = set(stems)
    keys = [key for key, known in _held(generations(GENERATION)) if wanted <= known]
    return cards_of(keys, now)[:number]


@lru_cache(maxsize=2)
def _held(generation: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """Keys and stems; `generation` only says when they must be read again."""
    rows = Edition.objects.exclude(state=EditionState.DRAFT).order_by("-entries_from")
    return tuple(
        (key, frozenset(analyse(" ".join(word for word in words if word))))
        for key, *words in rows.values_list("pk", *_WORDS)[:MOST_HELD]
    )
