"""Months × scenarios: the one shape every amount of the engine has.

A monthly amount is an array of shape (T, S): T months down, S scenarios across. What is the same in all scenarios keeps
S = 1 and numpy stretches it only where it meets something that differs, so a batch costs little more than what varies.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
#: A number for all scenarios, an array (S,) with one each, or (T, S) when it changes from month to month.
Coefficient = float | Floats
Operator = Callable[[Floats], Floats]
#: Families whose amount is fixed when they begin.
DECIDED_ONCE = ("assets", "grants")


@dataclass(frozen=True, slots=True)
class Term:
    """A monthly profile (T,) times a coefficient: what every line of the operations is a sum of."""

    profile: Floats
    coefficient: Coefficient = 1.0

    def times(self, factor: Coefficient) -> "Term":
        """The same profile with its coefficient multiplied."""
        return Term(self.profile, self.coefficient * factor)


def column(profile: Floats) -> Floats:
    """A monthly profile (T,) as an amount (T, 1)."""
    return profile[:, None]


def total(terms: Iterable[Term], months: int, operator: Operator | None = None) -> Floats:
    """Σ operator(profile × coefficient) as an amount (T, S).

    `operator` is linear along the months (a payment lag, a stock cover). What does not change over time is taken out of
    it, so that a batch of scenarios is one matrix product (T, K) @ (K, S) instead of K passes over (T, S).

    >>> total([Term(np.array([1.0, 2.0]), 3.0), Term(np.array([1.0, 0.0]), np.array([1.0, 10.0]))], 2).tolist()
    [[4.0, 13.0], [6.0, 6.0]]
    """
    same = np.zeros(months)
    profiles: list[Floats] = []
    rows: list[Floats] = []
    moving: list[Floats] = []
    for term in terms:
        if isinstance(term.coefficient, float):
            same = same + term.profile * term.coefficient
        elif term.coefficient.ndim == 1:
            profiles.append(term.profile)
            rows.append(term.coefficient)
        else:
            moving.append(column(term.profile) * term.coefficient)
    act = operator or (lambda amount: amount)
    result = act(column(same))
    if rows:
        result = result + act(np.stack(profiles, axis=1)) @ np.stack(rows)
    for amount in moving:
        result = result + act(amount)
    return result


@dataclass(frozen=True, slots=True)
class Factors:
    """What a scenario multiplies: "price", "volume.oil", "input_price.milk", …

    Families: price, volume, input_price, fixed_costs, wages, piece_work, assets, grants, member_price. A name alone
    is for all items of its family; with an item's id it is for that one; both multiply. Assets and grants are decided
    once: their factor cannot change from month to month, or more would wear out than was bought.
    """

    values: Mapping[str, Coefficient] = field(default_factory=dict)

    def of(self, family: str, item: str = "") -> Coefficient:
        """The factor of an item: 1.0 when nothing moves it. Raises ValueError for a monthly one of assets or grants."""
        general = self.values.get(family, 1.0)
        factor = general * self.values.get(f"{family}.{item}", 1.0) if item else general
        if family in DECIDED_ONCE and np.ndim(factor) > 1:
            raise ValueError(f"the factor of {family} cannot change from month to month")
        return factor

    @property
    def scenarios(self) -> int:
        """S, the number of scenarios: 1 when every factor is a plain number."""
        return max((np.shape(value)[-1] for value in self.values.values() if np.ndim(value)), default=1)


#: Nothing moved: the plan as it is written.
AS_WRITTEN = Factors()
