"""Legal rates and thresholds by date: handed to the engine, never written in its formulas."""

from dataclasses import dataclass, fields

import numpy as np

from bpc.core.kernel.months import Month
from bpc.core.plan.arrays import Floats


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that changes on known months; the last one goes on.

    >>> Dated(((Month(2025, 1), 17.10), (Month(2026, 1), 17.92))).on(Month(2025, 12))
    17.1
    """

    steps: tuple[tuple[Month, float], ...]

    def on(self, month: Month) -> float:
        """The value in force in a month; before the first known one, the first."""
        in_force = self.steps[0][1]
        for since, value in self.steps:
            if since <= month:
                in_force = value
        return in_force

    def over(self, start: Month, months: int) -> Floats:
        """The value in force in each month, shape (T,)."""
        since = np.array([month.ordinal for month, _ in self.steps])
        place = np.searchsorted(since, start.ordinal + np.arange(months), side="right") - 1
        return np.array([value for _, value in self.steps])[np.maximum(place, 0)]


@dataclass(frozen=True, slots=True)
class Rules:
    """What law and decrees fix for a plan. Rates are fractions, amounts MAD."""

    smig_hour: Dated
    smag_day: Dated
    hours_a_month: Dated
    days_a_month: Dated
    social_ceiling: Dated
    employer_capped: Dated
    employer_uncapped: Dated
    tax_rate: Dated
    minimum_tax_rate: Dated
    minimum_tax_floor: Dated
    minimum_tax_free_months: Dated
    exemption_turnover: Dated
    legal_reserve_rate: Dated
    third_party_cap: Dated
    members_least: Dated
    capital_least: Dated
    share_least: Dated
    paid_at_subscription: Dated
    balance_within_months: Dated
    capital_floor_share: Dated
    net_worth_alert: Dated
    auditor_turnover: Dated
    loss_years: Dated

    @classmethod
    def constant(cls, **values: float) -> "Rules":
        """Rules that never change: for worked examples."""
        always = Month(1900, 1)
        return cls(**{field.name: Dated(((always, float(values[field.name])),)) for field in fields(cls)})
