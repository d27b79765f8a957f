"""Interest and discount rates: from a year to a month, and back."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def monthly_equivalent(annual: ArrayLike) -> NDArray[np.float64]:
    """The monthly rate that compounds to an annual rate (actuarial): (1 + i)^(1/12) - 1.

    >>> round(float(monthly_equivalent(0.10)), 6)
    0.007974
    """
    return np.asarray((1.0 + np.asarray(annual, dtype=np.float64)) ** (1.0 / 12.0) - 1.0)


def monthly_proportional(annual: ArrayLike) -> NDArray[np.float64]:
    """The twelfth of an annual nominal rate, as Moroccan banks count it on a loan.

    >>> round(float(monthly_proportional(0.06)), 6)
    0.005
    """
    return np.asarray(np.asarray(annual, dtype=np.float64) / 12.0)


def yearly_equivalent(monthly: float) -> float:
    """The annual rate a monthly rate compounds to: (1 + i)^12 - 1.

    >>> round(yearly_equivalent(0.01), 6)
    0.126825
    """
    return float((1.0 + monthly) ** 12 - 1.0)


def discount_factors(annual: float, months: int) -> NDArray[np.float64]:
    """Present value of 1 MAD at the end of each month t = 0 … months-1; month 0 is not discounted: (1 + r)^(-t/12).

    >>> [round(float(factor), 4) for factor in discount_factors(0.10, 25)[[0, 12, 24]]]
    [1.0, 0.9091, 0.8264]
    """
    return np.asarray((1.0 + annual) ** (-np.arange(months) / 12.0))
