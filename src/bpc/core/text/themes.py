"""What a crowd of ideas speaks of: groups of ideas that resemble each other, each with its most telling words."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from bpc.core.text.concepts import PEOPLE, concept_weights
from bpc.core.text.duplicates import Profile, likeness

TOGETHER = (
    0.4  # mean likeness from which groups join: under that of near ideas, for a theme is wider than an idea
)
MOST = 300  # ideas; their pairs are all compared


def groups(profiles: Sequence[Profile], *, together: float = TOGETHER, smallest: int = 2) -> list[list[int]]:
    """Places of the ideas of each theme, the largest theme first; ideas alone belong to none.

    Agglomerative clustering with average linkage (UPGMA, Sokal & Michener 1958) on 1 − likeness, cut where two groups
    resemble each other less than `together` on average. Deterministic. ValueError beyond `MOST` ideas.

    >>> from bpc.core.text.duplicates import profile
    >>> told = [profile([word], []) for word in ("miel", "tapis", "عسل", "زرب", "safran")]
    >>> groups(told)
    [[0, 2], [1, 3]]
    """
    number = len(profiles)
    if number > MOST:
        raise ValueError(f"{number} ideas: at most {MOST} are compared")
    if number < smallest or number < 2:
        return []
    pairs = combinations(profiles, 2)
    distances = np.array([max(0.0, 1.0 - likeness(one, other)) for one, other in pairs])
    labels = fcluster(linkage(distances, method="average"), 1.0 - together, criterion="distance")
    found: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        found.setdefault(int(label), []).append(place)
    kept = [places for places in found.values() if len(places) >= smallest]
    return sorted(kept, key=lambda places: (-len(places), places))


def telling_terms(profiles: Sequence[Profile], members: Sequence[int], number: int = 3) -> list[str]:
    """Concepts of the lexicon that tell these ideas from the others, the most telling first.

    A concept counts by its weight times the share of the members that hold it less the share of the others; those of
    fewer than half the members, and who it is for, are left out.

    >>> from bpc.core.text.duplicates import profile
    >>> told = [profile(["miel", "vent"], []), profile(["عسل"], []), profile(["tapis", "vent"], [])]
    >>> telling_terms(told, [0, 1])
    ['honey']
    """
    inside = set(members)
    held = Counter(term for place in members for term in profiles[place].weights)
    beside = Counter(
        term for place, one in enumerate(profiles) if place not in inside for term in one.weights
    )
    others = max(1, len(profiles) - len(inside))
    scores = {
        term: _weight(term) * (count / len(inside) - beside[term] / others)
        for term, count in held.items()
        if _weight(term) > PEOPLE and 2 * count > len(inside)
    }
    ranked = sorted((term for term in scores if scores[term] > 0), key=lambda term: (-scores[term], term))
    return ranked[:number]


def _weight(term: str) -> float:
    """The weight of a concept by its code; 0 for a word that is no concept."""
    return concept_weights().get(term, 0.0)
