"""Rates of return: all internal rates, the modified one, and when there is none."""

from functools import lru_cache

import numpy as np

from bpc.core.plan.arrays import Floats

#: Yearly rates searched for roots, denser where they usually lie.
LOWEST, HIGHEST = -0.99, 10.0


@lru_cache(maxsize=16)
def _grid(periods: int, per_year: int) -> tuple[Floats, Floats]:
    """Yearly rates and the discount matrix (rates, periods) of flows so many a year."""
    rates = np.concatenate(
        [np.linspace(LOWEST, -0.2, 120), np.linspace(-0.195, 1.0, 480), np.geomspace(1.01, HIGHEST, 120)]
    )
    return rates, (1.0 + rates)[:, None] ** (-np.arange(periods) / per_year)


def irr_roots(flow: Floats, per_year: int = 12) -> list[float]:
    """All yearly rates in (-99 %, 1 000 %) at which the flow's present value is zero, ascending.

    Scan for changes of sign, then 80 bisections (to the last bit). Flow: one scenario, (T,), `per_year` a year.

    >>> [round(root, 6) for root in irr_roots(np.array([-100.0, 60.0, 60.0]), per_year=1)]
    [0.130662]
    >>> [round(root, 6) for root in irr_roots(np.array([-1000.0, 2300.0, -1320.0]), per_year=1)]
    [0.1, 0.2]
    """
    rates, matrix = _grid(len(flow), per_year)
    with np.errstate(over="ignore", invalid="ignore"):
        values = matrix @ flow
    times = np.arange(len(flow)) / per_year
    signs = np.sign(values)
    exact = [float(rate) for rate in rates[signs == 0]]
    crossings = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    return sorted([*exact, *(_bisect(flow, times, rates[i], rates[i + 1]) for i in crossings)])


def _bisect(flow: Floats, times: Floats, low: float, high: float) -> float:
    at_low = float(flow @ (1.0 + low) ** -times)
    for _ in range(80):
        middle = (low + high) / 2.0
        if float(flow @ (1.0 + middle) ** -times) * at_low > 0:
            low = middle
        else:
            high = middle
    return float((low + high) / 2.0)


def changes_sign(flow: Floats) -> bool:
    """Whether the flow has both money out and money in: without, no rate of return is defined."""
    return bool((flow > 0).any() and (flow < 0).any())


def mirr(flow: Floats, finance_rate: float, reinvest_rate: float, per_year: int = 12) -> float | None:
    """Modified rate of return, yearly: (Σ pos (1+rr)^(n-k) / -Σ neg (1+rf)^(-k))^(1/n) - 1; None if a side is empty.

    >>> round(mirr(np.array([-1000.0, 300, 400, 500, 600]), 0.10, 0.12, per_year=1), 6)
    0.201392
    """
    if not changes_sign(flow):
        return None
    times = np.arange(len(flow)) / per_year
    last = times[-1]
    final = float(np.maximum(flow, 0.0) @ (1.0 + reinvest_rate) ** (last - times))
    spent = float(-np.minimum(flow, 0.0) @ (1.0 + finance_rate) ** -times)
    return float((final / spent) ** (1.0 / last) - 1.0)


def payback_months(flow: Floats) -> float | None:
    """Months until the cumulative flow turns positive for good, interpolated in the month; None if it never does.

    The last crossing, not the first: a project that falls back into the red has not paid back.

    >>> payback_months(np.array([-100.0, 40.0, 40.0, 40.0]))
    2.5
    >>> payback_months(np.array([-100.0, 120.0, -50.0])) is None
    True
    """
    cumulative = np.cumsum(flow)
    below = np.flatnonzero(cumulative < 0)
    if not len(below):
        return 0.0
    last = int(below[-1])
    if last == len(flow) - 1:
        return None
    return float(last + -cumulative[last] / flow[last + 1])
