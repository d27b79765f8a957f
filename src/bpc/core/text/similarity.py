"""How much two texts resemble each other, to show near-duplicates before a deposit."""

from collections.abc import Iterable, Sequence

SHINGLE = 3  # letters


def trigrams(stems: Sequence[str]) -> frozenset[str]:
    """Return the sequences of three characters of the stems, each stem framed by spaces.

    Framing as PostgreSQL's pg_trgm does, two spaces before and one after, gives weight to beginnings and
    keeps words of one or two letters. The order of the words does not count.

    >>> sorted(trigrams(["miel"]))
    ['  m', ' mi', 'el ', 'iel', 'mie']
    """
    framed = (f"  {word} " for word in set(stems))
    return frozenset(word[at : at + SHINGLE] for word in framed for at in range(len(word) - SHINGLE + 1))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard index of two sets of trigrams: common ÷ all, from 0 to 1.

    Two empty texts resemble each other in nothing: 0, so that empty drafts are no duplicates.

    >>> similarity(trigrams(["miel", "thym"]), trigrams(["thym", "miel"]))
    1.0
    >>> round(similarity(trigrams(["miel"]), trigrams(["mielleri"])), 4)
    0.4
    """
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def nearest(
    stems: Sequence[str], others: Iterable[tuple[int, Sequence[str]]], at_least: float = 0.5, limit: int = 5
) -> list[tuple[int, float]]:
    """Return (identifier, similarity) of the texts that resemble ``stems`` most, the closest first.

    ``others`` gives identifiers and stems; texts under ``at_least`` are left out; at equality the smaller
    identifier, thus usually the earlier text, comes first.

    >>> nearest(["miel", "thym"], [(1, ["tapis"]), (2, ["thym", "miel"]), (3, ["miel", "thym", "azilal"])])
    [(2, 1.0), (3, 0.5882)]
    """
    asked = trigrams(stems)
    found = ((key, round(similarity(asked, trigrams(other)), 4)) for key, other in others)
    kept = [(key, value) for key, value in found if value >= at_least]
    return sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:limit]
