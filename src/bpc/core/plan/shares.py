"""The capital: subscribed, called over time, refunded to those who leave."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats, column
from bpc.core.plan.frame import Frame


@dataclass(frozen=True, slots=True)
class Capital:
    """Monthly amounts (T, 1), MAD: shares subscribed, paid in cash, refunded; what was paid before the plan."""

    subscribed: Floats
    paid_in: Floats
    refunded: Floats
    opening: float

    @property
    def paid_up(self) -> Floats:
        """Capital actually paid, shares in kind not counted."""
        return self.opening + np.cumsum(self.paid_in - self.refunded, axis=0)


def capital_of(frame: Frame) -> Capital:
    """The cash side of the shares; contributions in kind enter with the assets they are."""
    shares, months = frame.plan.shares, frame.months
    subscribed, paid_in, refunded = np.zeros(months), np.zeros(months), np.zeros(months)
    for entry in shares.subscriptions:
        amount = entry.members * entry.shares_each * shares.nominal
        if entry.month < months:
            subscribed[entry.month] += amount
        for call in shares.calls:
            if entry.month + call.after_months < months:
                paid_in[entry.month + call.after_months] += amount * call.fraction
    for leaving in shares.exits:
        if leaving.month < months:
            refunded[leaving.month] += leaving.amount
    opening = frame.plan.opening.capital if frame.plan.opening else 0.0
    return Capital(column(subscribed), column(paid_in), column(refunded), opening)
