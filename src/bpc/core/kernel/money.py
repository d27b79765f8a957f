"""Rounding and exact sharing of amounts in dirhams (MAD)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: The smallest coin an instalment or a refund is paid in.
CENTIME = Decimal("0.01")


def round_half_up(amount: float, places: int = 0) -> float:
    """The amount rounded to so many decimals, halves away from zero, as banks and spreadsheets do.

    Halves are seen on fifteen significant digits: 1 001 × 0.005 is 5.005, whatever the machine's last bit.

    >>> round_half_up(2.5), round_half_up(-2.5), round_half_up(1.005, 2)
    (3.0, -3.0, 1.01)
    """
    return float(Decimal(f"{amount:.15g}").quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def to_centimes(amount: ArrayLike) -> NDArray[np.float64]:
    """Amounts rounded to 0.01 MAD, as a bank rounds an instalment. Any shape.

    >>> float(to_centimes(1234.5678))
    1234.57
    """
    return np.asarray(np.round(np.asarray(amount, dtype=np.float64), 2), dtype=np.float64)


def nearest_centime(amount: Fraction) -> Decimal:
    """An exact amount rounded to 0.01 MAD, halves away from zero, with no float on the way.

    >>> nearest_centime(Fraction(10, 3)), nearest_centime(Fraction(1, 200)), nearest_centime(Fraction(-1, 200))
    (Decimal('3.33'), Decimal('0.01'), Decimal('-0.01'))
    """
    doubled = abs(amount) * 200 + 1
    centimes = doubled.numerator // (doubled.denominator * 2)
    return (centimes if amount >= 0 else -centimes) * CENTIME


def share_exactly(amount: Decimal, weights: Sequence[float]) -> list[Decimal]:
    """The amount shared in proportion to the weights, each part in whole centimes, the sum exact.

    Largest remainders: each part is cut down to the centime, and the centimes left go one by one to those who lost
    most in the cut (the first named when two lost alike). Source: Hare quota method, as for patronage refunds under
    article 69 of law 112-12. Raises ValueError for a negative weight, or when all are zero.

    >>> share_exactly(Decimal("100.00"), [1, 1, 1])
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    >>> share_exactly(Decimal("0.05"), [3, 0, 1])
    [Decimal('0.04'), Decimal('0.00'), Decimal('0.01')]
    """
    exact = [Decimal(repr(float(weight))) for weight in weights]
    total = sum(exact, Decimal(0))
    if any(weight < 0 for weight in exact) or total == 0:
        raise ValueError("weights must be positive or zero, and one at least above zero")
    centimes = int((amount / CENTIME).to_integral_value(rounding=ROUND_HALF_UP))
    quotas = [centimes * weight / total for weight in exact]
    parts = [int(quota) for quota in quotas]
    by_loss = sorted(range(len(parts)), key=lambda i: (parts[i] - quotas[i], i))
    for i in by_loss[: centimes - sum(parts)]:
        parts[i] += 1
    return [part * CENTIME for part in parts]
