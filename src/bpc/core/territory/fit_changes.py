"""What would change a score, one fact at a time: the same formula with that fact as it could be."""

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.fit import combine

Floats = NDArray[np.float64]


def score_with(
    parts: Floats, known: Floats, shares: Floats, part: int, value: float, cap: float = 100.0
) -> float:
    """The score of one place and model if the part numbered `part` were `value`, wholly known.

    `parts`, `known` and `shares` are (6,), as in a `FitMatrix`.

    >>> import numpy as np
    >>> parts, known = np.array([0.5] + [0.6] * 5), np.ones(6)
    >>> shares = np.array([0.3, 0.15, 0.15, 0.15, 0.1, 0.15])
    >>> round(score_with(parts, known, shares, 0, 1.0), 1)
    70.2
    """
    changed = parts.copy()
    changed[part] = value
    return float(combine(changed[None], known[None], shares)[0])


def possible_range(
    parts: Floats, known: Floats, shares: Floats, applies: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Between which scores the truth lies, were every unknown at its worst, then at its best (any leading axes).

    >>> import numpy as np
    >>> low, high = possible_range(
    ...     np.array([[0.5, np.nan]]), np.array([[1.0, 0.0]]), np.array([0.5, 0.5]), np.array([[True, True]]))
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([14.9], [71.3])
    """
    whole = np.broadcast_to(applies.astype(float), parts.shape)
    told = np.nan_to_num(parts) * known
    # what is learnt also takes back its weight, which alone may move the score: it is always inside its range
    now = combine(parts, known, shares)
    low = np.fmin(combine(told, whole, shares), now)
    return low, np.fmax(combine(told + (1.0 - known) * whole, whole, shares), now)
