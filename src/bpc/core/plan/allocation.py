"""Sharing a year's result under law 112-12, articles 69 and 70."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.schema.framework import Allocation


@dataclass(slots=True)
class Reserves:
    """Equity other than capital, per scenario (S,), MAD. `losses` are those brought forward (positive)."""

    legal: Floats
    special: Floats
    education: Floats
    carried: Floats
    losses: Floats


@dataclass(frozen=True, slots=True)
class Shared:
    """Where the result X of a year went, per scenario (S,), MAD; the parts sum to X (losses count as negative).

    `losses_absorbed` is the part of a surplus that fills losses brought forward.
    """

    result: Floats
    losses_absorbed: Floats
    legal: Floats
    education: Floats
    share_interest: Floats
    patronage: Floats
    special: Floats
    carried: Floats
    new_losses: Floats

    @property
    def parts(self) -> Floats:
        """Sum of all parts: equals the result."""
        used = self.losses_absorbed + self.legal + self.education + self.share_interest
        return used + self.patronage + self.special + self.carried - self.new_losses


def share_result(
    rule: Allocation, reserve_rate: float, result: Floats, capital: Floats, reserves: Reserves
) -> Shared:
    """Share the result of a year; `reserves` is brought up to date.

    Deficit: special reserve first, then legal reserve, the rest is brought forward (art. 70).
    Surplus: fill losses brought forward; legal reserve = min(10 % of what is left, capital - reserve) (art. 69); the
    statutory education fund; interest on paid-up shares; of the remainder patronage refunds, special reserve, and the
    rest carried forward. Reserves are never shared out (art. 2).

    >>> zero = np.zeros(1)
    >>> reserves = Reserves(*(zero.copy() for _ in range(5)))
    >>> shared = share_result(Allocation(patronage_share=0.5), 0.10, np.array([1000.0]), np.array([60.0]), reserves)
    >>> shared.legal.item(), shared.patronage.item(), shared.carried.item()
    (60.0, 470.0, 470.0)
    """
    surplus, deficit = np.maximum(result, 0.0), np.maximum(-result, 0.0)
    taken = _cover_deficit(deficit, reserves)
    absorbed = np.minimum(surplus, reserves.losses)
    left = surplus - absorbed
    legal = np.minimum(reserve_rate * left, np.maximum(capital - (reserves.legal - taken.legal), 0.0))
    education = np.minimum(rule.education_rate * left, left - legal)
    interest = np.minimum(rule.share_interest_rate * capital * (left > 0), left - legal - education)
    remainder = left - legal - education - interest
    patronage = rule.patronage_share * remainder
    special = np.minimum(rule.special_reserve_share * remainder, remainder - patronage)
    shared = Shared(
        result=result,
        losses_absorbed=absorbed,
        legal=legal - taken.legal,
        education=education,
        share_interest=interest,
        patronage=patronage,
        special=special - taken.special,
        carried=remainder - patronage - special - taken.carried,
        new_losses=taken.losses,
    )
    _book(shared, reserves)
    return shared


def _cover_deficit(deficit: Floats, reserves: Reserves) -> Reserves:
    """What a deficit takes from each reserve, in the order of article 70; `losses` is what none can cover."""
    special = np.minimum(deficit, reserves.special)
    legal = np.minimum(deficit - special, reserves.legal)
    carried = np.minimum(deficit - special - legal, reserves.carried)
    nothing = np.zeros_like(deficit)
    return Reserves(legal, special, nothing, carried, losses=deficit - special - legal - carried)


def _book(shared: Shared, reserves: Reserves) -> None:
    reserves.special = reserves.special + shared.special
    reserves.legal = reserves.legal + shared.legal
    reserves.education = reserves.education + shared.education
    reserves.carried = reserves.carried + shared.carried
    reserves.losses = reserves.losses + shared.new_losses - shared.losses_absorbed
