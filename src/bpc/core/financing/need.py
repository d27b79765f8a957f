"""What a financing plan is asked for: the money a project lacks, month by month, and the sources it may ask.

Arrays and numbers only: this room knows neither the plan's engine nor the words of a source. Months count from 0, the
first month of the plan; money is MAD; shares are fractions 0–1; T is the number of months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: `bridge`: short money until a grant is paid; `line`: a campaign credit drawn and paid back as cash needs it;
#: `in_kind`: the funder buys the thing, no cash comes in; `member_loan`: lent to each member, who lend it on.
Kind = Literal["grant", "in_kind", "loan", "member_loan", "bridge", "line"]
#: What the three proposals seek: the least cost to the members, all money soonest, the least cash of their own.
#: `other`: the cheapest that does without one of the sources of the others, where goals agree on one plan.
Goal = Literal["cost", "time", "own_cash", "other"]
GIVEN: frozenset[Kind] = frozenset({"grant", "in_kind"})
LENT: frozenset[Kind] = frozenset({"loan", "member_loan"})


@dataclass(frozen=True, slots=True)
class Item:
    """Something the project buys: what it costs, VAT included, in which month. `owned`: brought in kind, no cash."""

    id: str
    cost: float
    month: int
    owned: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """The money a project lacks.

    `base_cash` (T,): cash at each month's end with none of the sources and no own cash; cash must not fall below
    `floor` in any month. `outlays` (T,): investments paid each month, VAT included. `eligible_cost`: what shares of the
    cost are counted on, in kind included. The group can pay `own_cash_max` at most (None: not limited), in steps of
    `own_cash_step` (one share for each member), and bring things worth `own_in_kind_max`. `public_share_max`: all that
    is given, cash and kind, over the eligible cost. `correction` (T,): what cash does beyond the linear equation
    (tax, refunds to members, centimes of instalments), as the engine told it in the round before. `own_cash_profile`
    (T,): how own cash comes in when shares are called in parts (None: all in the first month). `start`: months
    from today to the first month of the plan.
    """

    base_cash: Floats
    floor: float
    outlays: Floats
    eligible_cost: float
    own_cash_max: float | None
    own_in_kind_max: float = 0.0
    own_cash_step: float = 100.0
    public_share_max: float = 1.0
    items: tuple[Item, ...] = ()
    correction: Floats | None = None
    own_cash_profile: Floats | None = None
    start: int = 0

    @property
    def own_profile(self) -> Floats:
        """What 1 MAD of own cash has added to cash by each month's end, (T,)."""
        return np.ones(self.months) if self.own_cash_profile is None else self.own_cash_profile

    @property
    def months(self) -> int:
        """T."""
        return len(self.base_cash)

    @property
    def corrected_cash(self) -> Floats:
        """The base with its correction."""
        return self.base_cash if self.correction is None else self.base_cash + self.correction

    @property
    def peak(self) -> float:
        """The most that lacks in any month, MAD."""
        return max(0.0, self.floor - float(self.base_cash.min(initial=self.floor)))


@dataclass(frozen=True, slots=True)
class Offer:
    """A source as the project may use it: an amount x in [min_mad, max_mad], or nothing.

    `cash_per_dirham` (T,): k_t, what 1 MAD of it has added to cash by each month's end (a loan: drawn less paid back
    and interest; a grant: 0, then 1 from the month it is paid). `cost_per_dirham`: interest, its VAT and fees for 1 MAD
    over its whole life, `fixed_cost` whatever the amount. `share_max` of `eligible_cost` (None: the need's); with
    `items`, of those it may pay. `own_min`: own contribution asked, a share of the eligible cost, of which
    `in_kind_of_own_max` may be in kind; `loans_count`: borrowed money counts in it (it is merely what the source does
    not pay). `month`: the first in which its money is there; `wait`: months from today to its last money.
    `requires_any`: one of these must be used too and come no later, together at most `requires_max_mad`.
    `bridges`: of a bridge, the grants it waits for: it never exceeds them. `exclusive`: what it pays is paid by no
    other grant. `monthly_rate`: of a line. `public_share_max`: of the eligible cost, all
    that is given, once this source is used. `uncertain`: to be confirmed by the provider.
    """

    id: str
    kind: Kind
    max_mad: float
    cash_per_dirham: Floats
    min_mad: float = 0.0
    cost_per_dirham: float = 0.0
    fixed_cost: float = 0.0
    share_max: float | None = None
    eligible_cost: float | None = None
    items: tuple[str, ...] = ()
    own_min: float = 0.0
    in_kind_of_own_max: float = 0.0
    loans_count: bool = False
    month: int = 0
    wait: int = 0
    public: bool = True
    exclusive: bool = True
    excludes: tuple[str, ...] = ()
    requires_any: tuple[str, ...] = ()
    requires_max_mad: float | None = None
    bridges: tuple[str, ...] = ()
    monthly_rate: float = 0.0
    public_share_max: float | None = None
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Cap:
    """What several offers may come to together: MAD, or a share of the eligible cost (premiums of one charter)."""

    id: str
    offers: tuple[str, ...]
    max_mad: float | None = None
    share_max: float | None = None


def own_share_at(cost: float, points: Sequence[tuple[float, float]]) -> float:
    """The own contribution a source asks at this cost: straight lines between (cost, share), level beyond both ends.

    The fisheries' call asks 5 % of a project of 100 000 MAD and 20 % from 625 000 MAD.

    >>> points = ((100_000, 0.05), (625_000, 0.20))
    >>> [round(own_share_at(cost, points), 4) for cost in (100_000, 362_500, 625_000, 1_000_000)]
    [0.05, 0.125, 0.2, 0.2]
    """
    return float(np.interp(cost, [point[0] for point in points], [point[1] for point in points]))


def unit_ceiling(amount_mad: float, quantity: float, most_units: float | None = None) -> float:
    """A ceiling for each hectare, member, employee… over the units the project has, at most `most_units`.

    Twenty members at 200 000 MAD each:

    >>> unit_ceiling(200_000, 20)
    4000000.0
    """
    return float(amount_mad * (quantity if most_units is None else min(quantity, most_units)))


@dataclass(frozen=True, slots=True)
class Use:
    """A source of a proposal. `without`: how much worse the goal is without it (MAD or months); None: nothing fits
    without it."""

    id: str
    amount: float
    month: int
    cost: float
    without: float | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A source not used, and why.

    `reason`: "no_gain" (used beside the sources of the plan, or instead of those it clashes with, the goal would be
    `worse` by so much, MAD or months; 0: no better), or what bars it:
    "ceiling", "own_contribution", "own_cash", "excludes", "requires", "same_item", "public_share", "too_late",
    "bridge", "cash" (its repayments take cash below the floor), "minimum" (it gives no so little), "together".
    `other`: the source it clashes with.
    """

    id: str
    reason: str
    worse: float | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """A limit that holds the goal back. `name` as in `Infeasible.reasons`; `value`: what the goal would gain for one
    more dirham of it (its dual value, sources fixed); `month` for cash."""

    name: str
    offer: str | None
    month: int | None
    value: float


@dataclass(frozen=True, slots=True)
class OwnCashValue:
    """What one more dirham of own cash saves the members in costs, the sources being the same.

    `marginal`: the dual value; `checked`: the mean over the next 1 000 MAD, by solving again; None: nothing to compare.
    """

    marginal: float | None
    checked: float | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A combination that holds. `amounts`: MAD by offer; `cash` and `line` (T,): cash and campaign credit in use at
    each month's end; `cost`: interest, VAT on it, fees, bridge; `months_to_money`: from today to the last money;
    `in_kind` counted as own contribution; `bridge`: borrowed until grants are paid; `pays`: the items each grant pays;
    `also`: other goals it reaches as well (two goals, one plan)."""

    goal: Goal
    amounts: Mapping[str, float]
    own_cash: float
    own_in_kind: float
    bridge: float
    cash: Floats
    line: Floats
    cost: float
    months_to_money: int
    uses: tuple[Use, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    binding: tuple[Binding, ...] = ()
    value_of_own_cash: OwnCashValue = OwnCashValue(None, None)
    also: tuple[Goal, ...] = ()
    pays: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """A limit that, with the others named, leaves no combination: `name` ("cash", "own_cash", "ceiling", "share",
    "own_contribution", "public_share", "excludes", "requires", "minimum", "same_item", "bridge", "cap"), the source,
    the year (from 1) for cash."""

    name: str
    offer: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No combination holds. `reasons`: a smallest set, any one of which lifted opens a combination. `own_cash`,
    `grant`: the least more in the first month that opens one (MAD); None when none would. `month`: the last one in
    which cash is short then."""

    reasons: tuple[Reason, ...]
    own_cash: float | None
    grant: float | None
    month: int | None = None
