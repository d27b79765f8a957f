"""How much may be borrowed: the interval [Lmin, Lmax] for given terms, or why there is none and what would open it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.funding import Loan, Overdraft
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.solvers.borrowing import Borrowing, borrowing_of, bounds, cash_per_dirham, least_gap

#: Amounts are sought to the centime; a margin of less than a thousandth of one is rounding.
CENTIME, ROUNDING = 0.01, 1e-5
#: Points of the scan when the answer is not linear.
POINTS = 25
#: Scans, each around the best point of the one before, until no amount is said to fit.
CLOSER_LOOKS = 3
#: Where cash is not quite monotone (rounded instalments, refunds put off), how often 1 MAD less may turn out to do.
STEPS_DOWN = 20
#: A grace of more than five years is not a loan any bank gives.
LONGEST_GRACE = 60
#: No bank grants this: a line without limit shows how much would be used.
NO_LIMIT = 1e12


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A revolving line: the most that is used at once (MAD), in which month (from 1), the longest use in months.

    `clears`: whether it is back to zero at least once in every twelve months after it is first used. When it is not,
    it is not a campaign that lacks money but the project.
    """

    limit: float
    month: int
    longest: int
    clears: bool
    annual_rate: float


@dataclass(frozen=True, slots=True)
class Gap:
    """What no loan of these terms can fill. `missing`: MAD of grant or equity in the first month that opens the
    interval, with `loan` then borrowed; `month` (from 1) is the one that binds. `grace`: the shortest grace in months
    that opens it instead, the repayment after it as long as in the terms; None when none up to five years, repaid
    within the plan, does. `line`: the campaign line that would carry it, beside
    `loan`.
    """

    missing: float
    loan: float
    month: int
    grace: int | None
    line: CampaignLine


@dataclass(frozen=True, slots=True)
class LoanInterval:
    """`status`: "interval", "not_needed" (cash holds without, `lowest` is 0) or "empty" (both bounds None, see `gap`).

    MAD; `highest` is None with a status other than "empty" when nothing limits it. Months count from 1 and are those
    that bind. `linear`: found by the inequalities and confirmed by the engine; else by a scan and bisection with the
    engine, and `pieces` are all intervals found, the first being the answer. `margin` is how far the lowest month is
    above the floor at `lowest`. `outlasts_plan`: part of the loan is paid back after the plan, which nothing here sees.
    """

    status: str
    lowest: float | None
    highest: float | None
    lowest_month: int | None
    highest_month: int | None
    linear: bool
    pieces: tuple[tuple[float, float | None], ...]
    margin: float | None
    gap: Gap | None
    outlasts_plan: bool


def loan_interval(plan: Plan, rules: Rules, terms: Loan) -> LoanInterval:
    """The amounts L of a loan of those terms for which cash never falls below the floor (overdraft counted, if any).

    Without overdraft, tax or anything shared out of the result, cash_t(L) = C_t + L (1 - φ_t) gives it by linear
    inequalities; otherwise a scan of the engine, then bisection. In both cases the engine has the last word, to the
    centime. The draws' amounts in the terms only give proportions.

    >>> from bpc.core.plan.schema.funding import Draw
    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> terms = Loan(id="bank", draws=(Draw(month=0, amount=1.0),), annual_rate=0.06, months=60, grace_months=6)
    >>> found = loan_interval(EXAMPLE, EXAMPLE_RULES, terms)
    >>> found.status, found.lowest, found.lowest_month
    ('interval', 340000.0, 1)
    """
    question = borrowing_of(plan, rules, terms)
    before = question.run(0.0)
    with_fees = question.run(CENTIME) if terms.fees else before
    cash, floor = with_fees.closing.cash[:, 0], plan.cash_floor
    margin, per_dirham = cash - floor, cash_per_dirham(question.terms, plan.months)
    if is_linear(before):
        return _linear(question, before, margin, per_dirham)
    return _scanned(question, margin, per_dirham)


def is_linear(run: Simulation) -> bool:
    """Whether cash moves in proportion to a loan: nothing depends on the result, and there is no overdraft.

    Looked at without the loan: its interest can only lower results, so what is not paid without it is not paid with it.
    """
    closing = run.closing
    shared = (closing.tax, closing.bonus, closing.patronage, closing.share_interest)
    return not run.plan.overdraft and not any(amount.any() for amount in shared)


def _linear(question: Borrowing, before: Simulation, margin: Floats, per_dirham: Floats) -> LoanInterval:
    found = bounds(margin, per_dirham)
    needed = question.margin(0.0) < -ROUNDING
    if found.empty and needed:
        return _empty(question, margin, least_gap(margin, per_dirham), linear=True)
    lowest = _lowest(question.margin, found.lowest) if needed else 0.0
    highest = None if np.isinf(found.highest) else _highest(question.margin, found.highest, lowest)
    return _found(question, ((lowest, highest),), found.lowest_month, found.highest_month, linear=True)


def _scanned(question: Borrowing, margin: Floats, per_dirham: Floats) -> LoanInterval:
    """A grid first, so that several intervals are seen; then each edge by bisection."""
    linear = bounds(margin, per_dirham)
    top = max(4.0 * max(0.0, -float(margin.min())), 2.0 * linear.lowest, 1000.0)
    if np.isfinite(linear.highest):
        top = max(top, 1.5 * linear.highest)
    grid = np.linspace(0.0, top, POINTS)
    for _ in range(CLOSER_LOOKS):
        margins = np.array([question.margin(float(amount)) for amount in grid])
        holds, best = margins >= -ROUNDING, int(margins.argmax())
        if holds.any():
            break
        around = float(grid[best])
        grid = np.linspace(grid[max(best - 1, 0)], grid[min(best + 1, POINTS - 1)], POINTS)
    else:
        worst = int(_own_cash(question.run(around)).argmin())
        return _empty(question, margin, (-float(margins[best]), around, worst), linear=False)
    pieces: list[tuple[float, float | None]] = []
    edges = np.flatnonzero(np.diff(holds.astype(np.int64), prepend=0, append=0))
    for first, end in edges.reshape(-1, 2):
        lowest = (
            _lowest(question.margin, _bisect(question.margin, grid[first - 1], grid[first])) if first else 0.0
        )
        open_end = end == POINTS and grid[-1] >= top
        highest = None if open_end else _bisect(question.margin, grid[min(end, POINTS - 1)], grid[end - 1])
        pieces.append((lowest, highest))
    low_month = int(_own_cash(question.run(pieces[0][0])).argmin()) if pieces[0][0] else None
    high = pieces[0][1]
    high_month = None if high is None else int(_own_cash(question.run(high + 1.0)).argmin())
    return _found(question, tuple(pieces), low_month, high_month, linear=False)


def _own_cash(run: Simulation) -> Floats:
    return (run.closing.cash - run.closing.overdraft)[:, 0]


def _found(
    question: Borrowing,
    pieces: tuple[tuple[float, float | None], ...],
    lowest_month: int | None,
    highest_month: int | None,
    *,
    linear: bool,
) -> LoanInterval:
    lowest, highest = pieces[0]
    return LoanInterval(
        "interval" if lowest else "not_needed",
        lowest,
        highest,
        None if lowest_month is None or not lowest else lowest_month + 1,
        None if highest_month is None else highest_month + 1,
        linear,
        pieces,
        question.margin(lowest),
        None,
        question.outlasts_plan,
    )


def _empty(
    question: Borrowing, margin: Floats, gap: tuple[float, float, int], *, linear: bool
) -> LoanInterval:
    missing, loan, month = gap
    found = Gap(missing, loan, month + 1, _opening_grace(question, margin), _campaign_line(question, loan))
    return LoanInterval("empty", None, None, None, None, linear, (), None, found, question.outlasts_plan)


def _opening_grace(question: Borrowing, margin: Floats) -> int | None:
    """The shortest grace with which some amount fits, the repayment that follows it as long as in the terms.

    Found by the inequalities, then confirmed by the engine. Only while the last payment falls within the plan: a longer
    grace would merely push payments where they are not seen.
    """
    terms = question.terms
    for grace in range(terms.grace_months + 1, LONGEST_GRACE + 1):
        months = terms.months - terms.grace_months + grace
        longer = Borrowing(question.frame, terms.model_copy(update={"grace_months": grace, "months": months}))
        if longer.outlasts_plan:
            return None
        found = bounds(margin, cash_per_dirham(longer.terms, question.frame.months))
        if found.empty:
            continue
        top = found.highest if np.isfinite(found.highest) else 2.0 * found.lowest
        if longer.margin((found.lowest + top) / 2.0) >= -1.0:
            return grace
    return None


def _campaign_line(question: Borrowing, loan: float) -> CampaignLine:
    written = question.frame.plan.overdraft
    rate = written.annual_rate if written else question.terms.annual_rate
    used = question.run(loan, Overdraft(limit=NO_LIMIT, annual_rate=rate)).closing.overdraft[:, 0]
    in_use = used > CENTIME
    since = first = int(in_use.argmax())
    longest = run_length = 0
    for month in range(first, len(used)):
        run_length = run_length + 1 if in_use[month] else 0
        longest = max(longest, run_length)
    clears = bool(in_use.any()) and longest < 12 and not in_use[since:].all()
    return CampaignLine(float(used.max()), int(used.argmax()) + 1, longest, clears, rate)


def _lowest(margin: Callable[[float], float], guess: float) -> float:
    """The least amount near a guess for which the engine finds enough cash, while 1 MAD less breaks it."""
    high, step = round(guess, 2), 1.0
    while margin(high) < -ROUNDING and step < 1e6:
        high, step = high + step, step * 2.0
    for _ in range(STEPS_DOWN):
        low, step = high - 1.0, 1.0
        while low > 0 and margin(low) >= -ROUNDING:
            high, low, step = low, low - step, step * 2.0
        high = _bisect(margin, max(low, 0.0), high)
        if high <= 1.0 or margin(high - 1.0) < -ROUNDING:
            break
    return high


def _highest(margin: Callable[[float], float], guess: float, lowest: float) -> float:
    """The largest amount near a guess for which the engine finds enough cash."""
    low, step = round(guess, 2), 1.0
    while low > lowest and margin(low) < -ROUNDING:
        low, step = low - step, step * 2.0
    low = max(low, lowest)
    high, step = low + 1.0, 1.0
    while margin(high) >= -ROUNDING and step < 1e6:
        low, high, step = high, high + step, step * 2.0
    return _bisect(margin, high, low)


def _bisect(margin: Callable[[float], float], breaks: float, holds: float) -> float:
    """The amount to the centime, on the side that holds, where the margin changes sign between two amounts."""
    bad, good = round(breaks / CENTIME), round(holds / CENTIME)
    while abs(good - bad) > 1:
        middle = (good + bad) // 2
        if margin(middle * CENTIME) >= -ROUNDING:
            good = middle
        else:
            bad = middle
    return round(good * CENTIME, 2)
