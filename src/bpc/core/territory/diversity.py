"""How many trades a place really lives on: the diversity of its activities.

How and why: docs/methods/specialisation.md, whose figures are tests.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def entropy(shares: Floats) -> Floats:
    """Shannon's H = -Σ p·ln p of each row of shares (P, K), which are first made to sum to one.

    NaN where a share is unknown or negative, or all are zero. Source: C. E. Shannon, "A Mathematical Theory of
    Communication", 1948.

    >>> entropy(np.array([[0.5, 0.5], [1.0, 0.0], [0.5, np.nan]])).round(4).tolist()
    [0.6931, 0.0, nan]
    """
    total = shares.sum(axis=-1)
    usable = (total > 0) & (np.nanmin(shares, axis=-1, initial=0.0) >= 0)
    parts = np.divide(shares, total[..., None], out=np.full(shares.shape, np.nan), where=usable[..., None])
    logs = np.log(np.where(parts > 0, parts, 1.0))
    found: Floats = np.abs(-(parts * logs).sum(axis=-1))
    return found


def evenness(shares: Floats) -> Floats:
    """H / ln K, from 0 (all in one activity) to 1 (all K alike): Pielou's index, 1966. NaN for a single activity.

    >>> evenness(np.array([[0.25, 0.25, 0.25, 0.25], [0.7, 0.1, 0.1, 0.1]])).round(3).tolist()
    [1.0, 0.678]
    """
    kinds = shares.shape[-1]
    return entropy(shares) / np.log(kinds) if kinds > 1 else np.full(shares.shape[:-1], np.nan)


def effective_number(shares: Floats) -> Floats:
    """exp(H): how many activities of equal weight would be as diverse (Hill, *Ecology* 54, 1973; q = 1).

    >>> effective_number(np.array([[0.25, 0.25, 0.25, 0.25], [0.7, 0.1, 0.1, 0.1]])).round(2).tolist()
    [4.0, 2.56]
    """
    found: Floats = np.exp(entropy(shares))
    return found
