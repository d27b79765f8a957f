"""Ranking of search results, the same whatever database found them."""

from collections.abc import Sequence
from math import fsum

TITLE_WEIGHT = 5.0  # a word of the title counts as five of the body
BODY_WEIGHT = 1.0
K1 = 1.2  # Robertson and Zaragoza's usual value: how fast a repeated word stops counting


def score(query_stems: Sequence[str], title_stems: Sequence[str], body_stems: Sequence[str]) -> float:
    """Return the relevance of a document for a query, from 0 (no word in common) to below n + 1.

    With n distinct query stems and f(t) = 5 · occurrences in title + 1 · occurrences in body::

        score = m + (1/n) · Σ f(t) / (f(t) + k1),    k1 = 1.2

    where m is how many of the n stems occur in the document. Each fraction is below 1, so their mean is
    too: a document that covers more of the query always precedes one that covers less, and weights only
    settle the order at equal coverage. The saturation is that of BM25F (Robertson and Zaragoza, "The
    Probabilistic Relevance Framework: BM25 and Beyond", 2009) without its two corpus statistics, rarity
    of a word and mean length: they would move every rank at each new document. The order of the query
    words and their repetition do not count. The time is proportional to n times the document.

    >>> round(score(["miel"], ["miel"], []), 4)
    1.8065
    >>> round(score(["miel", "thym"], ["miel", "miel"], ["miel"]), 4)
    1.4508
    >>> score(["miel"], [], ["laine"]), score([], ["miel"], [])
    (0.0, 0.0)
    """
    terms = set(query_stems)
    counts = (TITLE_WEIGHT * title_stems.count(term) + BODY_WEIGHT * body_stems.count(term) for term in terms)
    found = [count for count in counts if count]
    if not found:
        return 0.0
    return len(found) + fsum(count / (count + K1) for count in found) / len(terms)
