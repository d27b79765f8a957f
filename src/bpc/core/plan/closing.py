"""Year after year: cash and overdraft, result, tax, sharing of the surplus, refunds paid or put off.

Everything here depends on the past only, so it is walked through once: no circularity. Interest on the overdraft of a
month is counted on the balance of the month before; a year's tax and refunds are paid in the next one.
"""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.allocation import Reserves, Shared, share_result
from bpc.core.plan.arrays import Floats
from bpc.core.plan.frame import Frame
from bpc.core.plan.schema.operations import Input
from bpc.core.plan.tax import TaxLosses, tax_of_year, tax_payments
from bpc.core.plan.timeline import FiscalYear

#: The lines every walk fills.
ALWAYS = ("cash", "overdraft", "overdraft_interest", "legal_reserve", "other_reserves", "carried")
#: Below what can be paid: a refund is not put off for a rounding of the machine.
HALF_A_CENTIME = 0.005


@dataclass(frozen=True, slots=True)
class ClosedYear:
    """What was decided for one fiscal year, per scenario (S,), MAD. `shared` is None until the meeting is held."""

    year: FiscalYear
    bonus: Floats
    tax: Floats
    result: Floats
    shared: Shared | None


@dataclass(frozen=True, slots=True)
class Closing:
    """Monthly amounts (T, S), MAD, that only the walk through the years can tell."""

    cash: Floats
    overdraft: Floats
    overdraft_interest: Floats
    bonus: Floats
    bonus_paid: Floats
    tax: Floats
    tax_paid: Floats
    patronage: Floats
    patronage_paid: Floats
    share_interest: Floats
    legal_reserve: Floats
    other_reserves: Floats
    carried: Floats
    years: tuple[ClosedYear, ...]


class YearWalk:
    """The walk through the fiscal years; one per run, used once."""

    def __init__(
        self,
        frame: Frame,
        *,
        flow: Floats,
        result: Floats,
        turnover: Floats,
        depreciation: Floats,
        capital: Floats,
    ) -> None:
        self.frame, self.flow, self.capital = frame, flow, capital
        yearly = frame.timeline.by_year
        self.results, self.turnover, self.depreciation = (
            yearly(result),
            yearly(turnover),
            yearly(depreciation),
        )
        self.shape = np.broadcast_shapes(flow.shape, result.shape, turnover.shape)
        opening = frame.plan.opening
        scenarios = self.shape[1]
        self.net_cash = np.full(scenarios, opening.cash if opening else 0.0)
        #: Only what happens is wide: taxes never due and refunds never made stay one column of zeros.
        self.nothing = np.zeros((self.shape[0], 1))
        self.books = {name: np.zeros(self.shape) for name in ALWAYS}
        self.scheduled = np.zeros(self.shape)
        self.losses = TaxLosses([np.full(scenarios, opening.losses_for_tax)] if opening else [])
        self.reserves = self._opening_reserves(scenarios)
        self.last_tax = self.tax_credit = self.pending = np.zeros(scenarios)
        self.overdraft_on = frame.plan.overdraft is not None and frame.plan.overdraft.limit > 0

    def _opening_reserves(self, scenarios: int) -> Reserves:
        opening = self.frame.plan.opening
        legal, special = (opening.legal_reserve, opening.other_reserves) if opening else (0.0, 0.0)
        carried = opening_carried(self.frame) if opening else 0.0
        amounts = (legal, special, 0.0, max(carried, 0.0), max(-carried, 0.0))
        return Reserves(*(np.full(scenarios, amount) for amount in amounts))

    def walk(self) -> Closing:
        """All years, one after the other."""
        closed: list[ClosedYear] = []
        agm = self.frame.plan.allocation.agm_month
        for number, year in enumerate(self.frame.timeline.fiscal_years):
            meeting = year.first + agm - 1
            if closed and meeting < year.end:
                self._advance(year.first, meeting)
                closed[-1] = self._hold_meeting(closed[-1], meeting, year)
                self._advance(meeting, year.end)
            else:
                self._advance(year.first, year.end)
            if year.closes:
                closed.append(self._close(number, year))
        lines = (name for name in Closing.__dataclass_fields__ if name != "years")
        return Closing(**{name: self.books.get(name, self.nothing) for name in lines}, years=tuple(closed))

    def _advance(self, first: int, end: int) -> None:
        """Cash and overdraft of months first … end-1, and the reserves as they stand."""
        if first >= end:
            return
        books = self.books
        if not (self.overdraft_on and first and books["overdraft"][first - 1].any()):
            cash = books["cash"][first:end]
            np.add(self.flow[first:end], self.scheduled[first:end], out=cash)
            cash[0] += self.net_cash
            np.cumsum(cash, axis=0, out=cash)
        if self.overdraft_on and self._needs_overdraft(first, end):
            self._advance_with_overdraft(first, end)
        else:
            self.net_cash = books["cash"][end - 1]
        reserves = self.reserves
        books["legal_reserve"][first:end] = reserves.legal
        books["other_reserves"][first:end] = reserves.special + reserves.education
        books["carried"][first:end] = reserves.carried - reserves.losses

    def _needs_overdraft(self, first: int, end: int) -> bool:
        """Whether any scenario owes the bank, or would fall below the floor by its own cash."""
        owes = first > 0 and bool(self.books["overdraft"][first - 1].any())
        return owes or bool(self.books["cash"][first:end].min() < self.frame.plan.cash_floor)

    def _advance_with_overdraft(self, first: int, end: int) -> None:
        """c = cash_{t-1} - OD_{t-1} + flow_t - interest on OD_{t-1}; OD_t = max(0, floor - c); cash_t = c + OD_t.

        The bank stops at the limit: beyond it cash falls below the floor, which is reported as a funding gap.
        """
        overdraft = self.frame.plan.overdraft
        assert overdraft is not None
        floor, rate, limit = self.frame.plan.cash_floor, overdraft.annual_rate / 12.0, overdraft.limit
        books = self.books
        for t in range(first, end):
            interest = rate * books["overdraft"][t - 1] if t else np.zeros(self.shape[1])
            self.net_cash = self.net_cash + self.flow[t] + self.scheduled[t] - interest
            drawn = np.minimum(np.maximum(floor - self.net_cash, 0.0), limit)
            books["overdraft_interest"][t] = interest
            books["overdraft"][t] = drawn
            books["cash"][t] = self.net_cash + drawn

    def _close(self, number: int, year: FiscalYear) -> ClosedYear:
        """Result, price complement and tax of a year that ends; its payments are put in the calendar."""
        span = slice(year.first, year.end)
        before = self.results[number] - self.books["overdraft_interest"][span].sum(axis=0)
        bonus = np.maximum(before, 0.0) * sum(
            item.member_price.bonus_share for item in _with_bonus(self.frame)
        )
        plan = self.frame.plan
        shared_out = self.books.get("patronage", self.nothing)[span].sum(axis=0)
        tax = tax_of_year(
            plan.tax,
            self.frame.rules,
            self.frame.timeline,
            year,
            result=before - bonus - (shared_out if plan.tax.refunds_deductible else 0.0),
            turnover=np.broadcast_to(self.turnover[number], self.shape[1:]),
            depreciation=self.depreciation[number],
            losses=self.losses,
        )
        self._record("bonus", year.end - 1, bonus)
        self._record("tax", year.end - 1, tax)
        self._schedule("bonus_paid", year.end - 1 + plan.allocation.agm_month, bonus)
        if tax.any() or self.last_tax.any() or self.tax_credit.any():
            payments, self.tax_credit = tax_payments(tax, self.last_tax, self.tax_credit)
            for month, amount in payments.items():
                self._schedule("tax_paid", year.end + month, amount)
        self.last_tax = tax
        return ClosedYear(year, bonus, tax, before - bonus - tax, None)

    def _record(self, book: str, month: int, amount: Floats) -> bool:
        """Put an amount in a month of a line, which is made when it is first needed; False when there is nothing."""
        if month >= self.frame.months or not amount.any():
            return False
        if book not in self.books:
            self.books[book] = np.zeros(self.shape)
        self.books[book][month] += amount
        return True

    def _schedule(self, book: str, month: int, amount: Floats) -> None:
        if self._record(book, month, amount):
            self.scheduled[month] -= amount

    def _hold_meeting(self, closed: ClosedYear, meeting: int, year: FiscalYear) -> ClosedYear:
        """The general meeting shares last year's result, and pays refunds if cash allows until the year's end."""
        rate = self.frame.rules.legal_reserve_rate.on(self.frame.timeline.start.plus(meeting))
        capital = self.capital[closed.year.end - 1]
        shared = share_result(self.frame.plan.allocation, rate, closed.result, capital, self.reserves)
        self._record("patronage", meeting, shared.patronage)
        self._schedule("share_interest", meeting, shared.share_interest)
        ahead = self.net_cash + np.cumsum(
            self.flow[meeting : year.end] + self.scheduled[meeting : year.end], axis=0
        )
        owed = self.pending + shared.patronage
        affordable = ahead.min(axis=0) - owed >= self.frame.plan.cash_floor - HALF_A_CENTIME
        paid = np.where(affordable, owed, 0.0)
        self.pending = owed - paid
        self._schedule("patronage_paid", meeting, paid)
        return ClosedYear(closed.year, closed.bonus, closed.tax, closed.result, shared)


def _with_bonus(frame: Frame) -> list[Input]:
    return [
        item
        for item in frame.plan.inputs
        if item.from_members and item.member_price.kind == "floor_plus_bonus"
    ]


def opening_carried(frame: Frame) -> float:
    """What balances the opening sheet: assets less debts, capital and reserves, MAD, of either sign."""
    opening = frame.plan.opening
    if opening is None:
        return 0.0
    owned = opening.cash + opening.stock + sum(asset.book_value for asset in opening.assets)
    owned += opening.receivables.amount if opening.receivables else 0.0
    owed = sum(debt.amount for debt in (opening.payables, opening.member_payables) if debt)
    owed += sum(draw.amount for loan in frame.plan.loans if loan.existing for draw in loan.draws)
    return owned - owed - opening.capital - opening.legal_reserve - opening.other_reserves
