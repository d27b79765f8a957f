"""Sources found by words in either language: the same answers on SQLite and PostgreSQL, a few hundred looked at."""

from bpc.core.text.scoring import score
from bpc.portal.foundation.lexeme_index import CANDIDATES, ENOUGH, LexemeIndex, query_stems
from bpc.portal.funding.models import SourceEntry

__all__ = ["INDEX", "find", "query_stems"]
INDEX = LexemeIndex("funding_search", "funding_sourceentry", "source_id")


def find(stems: list[str], facets: list[list[str]]) -> tuple[list[int], bool]:
    """Keys of the sources that answer `stems` (not empty) and hold a lexeme of each group, best first.

    Those that hold every stem first; under a page of them, those that hold some. True beside when there may be more.
    """
    keys = set(INDEX.matching([*facets, *([stem] for stem in stems)], CANDIDATES))
    capped = len(keys) == CANDIDATES
    keys |= {*INDEX.matching([*facets, *([f"t_{stem}"] for stem in stems)], CANDIDATES)}
    if len(keys) < ENOUGH and len(stems) > 1:
        some = INDEX.matching([*facets, stems], CANDIDATES)
        capped = capped or len(some) == CANDIDATES
        keys |= {*some}
    rows = SourceEntry.objects.filter(pk__in=keys).values_list("source_id", "title", "body")
    ranked = sorted((-score(stems, title.split(), body.split()), owner) for owner, title, body in rows)
    return [owner for _, owner in ranked], capped
