"""Numbers that jump from one answer to the next: asked to be confirmed, never refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpc.portal.results.answering import FIGURES
from bpc.portal.results.models import PeriodResult

#: Three times more, or three times less, and by enough: from 1 to 4 members is a good year, not a slip.
TIMES = 3.0
LEAST_PEOPLE, LEAST_MAD = 10, 20_000
MONEY = frozenset({"turnover_mad", "income_per_member_mad"})


@dataclass(frozen=True, slots=True)
class Jump:
    """A figure now and the last time it was told; amounts of another length of period are brought to this one."""

    column: str
    before: int
    now: int

    @property
    def token(self) -> str:
        """What a form sends back to confirm just this."""
        return f"{self.column}={self.now}"


def jumps(told: Mapping[str, int | None], months: int, former: PeriodResult | None) -> list[Jump]:
    """The figures that differ from the former answer more than a year usually brings, in the order of the form."""
    if former is None:
        return []
    found = []
    for column in FIGURES:
        now, before = told.get(column), getattr(former, column)
        if now is None or before is None:
            continue
        if column in MONEY:
            before = round(before * months / former.months)
        least = LEAST_MAD if column in MONEY else LEAST_PEOPLE
        small, large = sorted((now, before))
        if large - small >= least and large > TIMES * small:
            found.append(Jump(column, before, now))
    return found
