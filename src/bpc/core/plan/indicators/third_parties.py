"""Dealings with people who are not members: the 30 % limit of law 112-12, article 6."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.simulation import Simulation


@dataclass(frozen=True, slots=True)
class ThirdPartyTest:
    """One fiscal year. `ratio` is None when members dealt with nothing; `cap` is 0 in the first year of life.

    `headroom` is what could still be dealt with outsiders, MAD (negative: too much).
    """

    year: int
    with_members: float
    with_others: float
    cap: float

    @property
    def ratio(self) -> float | None:
        """Dealings with others over dealings with members."""
        return self.with_others / self.with_members if self.with_members else None

    @property
    def headroom(self) -> float:
        """cap × dealings with members - dealings with others, MAD."""
        return self.cap * self.with_members - self.with_others

    @property
    def needs_authorisation(self) -> bool:
        """Whether the exceptional authorisation (decree 2-21-216) would be needed."""
        return self.headroom < -0.005


def third_party_tests(run: Simulation) -> list[ThirdPartyTest]:
    """The test of each fiscal year of a single plan.

    Class 1: value bought outside of what members supply / value members supplied. Class 2: sales to others / turnover
    with members. Class 3: wages of non-members / whole wage bill. How the amounts are counted is a reading of the law.
    """
    operations, wages = run.operations, run.operations.wages
    with_members, with_others = {
        1: (operations.bought_members, operations.replaces_members),
        2: (operations.sales_members, operations.sales_third),
        3: (wages.members + wages.others + operations.piece_work, wages.others + operations.piece_others),
    }[run.plan.law_class]
    members, others = (run.frame.timeline.by_year(amounts)[:, 0] for amounts in (with_members, with_others))
    start = run.frame.timeline.start
    first_allowed = max(0, 12 - run.plan.tax.months_since_registration)
    tests: list[ThirdPartyTest] = []
    for number, year in enumerate(run.frame.timeline.fiscal_years):
        cap = (
            run.frame.rules.third_party_cap.on(start.plus(year.end - 1)) if year.end > first_allowed else 0.0
        )
        tests.append(
            ThirdPartyTest(year.label, float(members[number]), float(np.round(others[number], 6)), cap)
        )
    return tests
