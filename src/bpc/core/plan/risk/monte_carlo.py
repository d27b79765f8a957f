"""Monte Carlo: thousands of plans drawn from the ranges, and how often they fail."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Coefficient, Floats
from bpc.core.plan.frame import frame_of
from bpc.core.plan.indicators.debt_cover import min_dscr
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.problems import Problem
from bpc.core.plan.risk.correlation import Correlation, Repaired, correlation_matrix, default_correlations
from bpc.core.plan.risk.draws import YearlyShock, draw_factors, draw_shocks
from bpc.core.plan.risk.drivers import Driver, drivers_of
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.solvers.batches import BLOCK, evaluate
from bpc.core.plan.solvers.targets import COVER_ASKED, cash_margin

DRAWS, SEED = 5_000, 112_12
#: Columns of the picture of a distribution.
COLUMNS = 40
#: Cash short of the floor by less than this is rounding.
ROUNDING = 0.005


@dataclass(frozen=True, slots=True)
class Spread:
    """How a result is spread over the draws, in its own unit. `cvar5`: mean of the worst 5 %.

    `half_width`: the mean is known to ± this (95 %), 1.96 s / √n; `half_width_pairs` the same counted on antithetic
    pairs, which are what is independent. `edges` (41) and `counts` (40) draw its histogram.
    """

    mean: float
    deviation: float
    p5: float
    p50: float
    p95: float
    cvar5: float
    half_width: float
    half_width_pairs: float
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """The share of draws in which something happens, known to ± `half_width`; None with a `reason` when undefined."""

    value: float | None
    half_width: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MonteCarlo:
    """What came out, and all that is needed to draw it again. Net present values and cash margins in MAD.

    `dscr` is None, and its chance has the reason "no_debt_service", when there is nothing to pay back.
    """

    draws: int
    seed: int
    drivers: tuple[Driver, ...]
    correlations: tuple[Correlation, ...]
    shocks: tuple[YearlyShock, ...]
    npv: Spread
    cash: Spread
    dscr: Spread | None
    npv_negative: Chance
    cash_below_floor: Chance
    dscr_below: Chance
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Draws:
    """The factors of each scenario, and the correlation matrix they were drawn with."""

    drivers: tuple[Driver, ...]
    correlations: tuple[Correlation, ...]
    repaired: Repaired
    factors: Mapping[str, Coefficient]


def run_monte_carlo(
    plan: Plan,
    rules: Rules,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    correlations: tuple[Correlation, ...] | None = None,
    shocks: tuple[YearlyShock, ...] = (),
    threads: int = 2,
    chunk: int = BLOCK,
) -> MonteCarlo:
    """Draw the plan's ranges so many times and run them all; `correlations` None: `default_correlations`.

    The same seed gives the same bytes, however the work is cut and shared. Raises ValueError for fewer than two draws.

    >>> from bpc.core.plan.solvers.example import EXAMPLE, EXAMPLE_RULES
    >>> found = run_monte_carlo(EXAMPLE, EXAMPLE_RULES, draws=1000, seed=7)
    >>> found.dscr_below.reason, 0.0 < found.npv_negative.value < 0.5, found.npv.p5 < found.npv.p50 < found.npv.p95
    ('no_debt_service', True, True)
    """
    if draws < 2:
        raise ValueError("at least two draws")
    drawn = draw(plan, draws, seed, correlations, shocks)
    measures = [npv, cash_margin, min_dscr]
    values = evaluate(frame_of(plan, rules), drawn.factors, measures, threads=threads, chunk=chunk)
    worth, cash, cover = np.broadcast_to(values, (3, draws))
    indebted = not np.isnan(cover).any()
    return MonteCarlo(
        *(draws, seed, drawn.drivers, drawn.correlations, shocks),
        npv=spread_of(worth),
        cash=spread_of(cash),
        dscr=spread_of(cover) if indebted else None,
        npv_negative=_chance(worth < 0),
        cash_below_floor=_chance(cash < -ROUNDING),
        dscr_below=_chance(cover < COVER_ASKED) if indebted else Chance(None, None, "no_debt_service"),
        problems=_warnings(drawn.repaired),
    )


def draw(
    plan: Plan,
    draws: int,
    seed: int,
    correlations: tuple[Correlation, ...] | None = None,
    shocks: tuple[YearlyShock, ...] = (),
) -> Draws:
    """The factors of each scenario: PCG64, one stream for the drivers and one for the years.

    A shock that bears the name of a driver multiplies it.
    """
    drivers = drivers_of(plan)
    pairs = default_correlations(plan, drivers) if correlations is None else correlations
    repaired = correlation_matrix([driver.name for driver in drivers], pairs)
    of_drivers, of_years = (
        np.random.Generator(np.random.PCG64(child)) for child in np.random.SeedSequence(seed).spawn(2)
    )
    factors = draw_factors(drivers, repaired, draws, of_drivers)
    for name, yearly in draw_shocks(shocks, plan.years, draws, of_years).items():
        factors[name] = yearly * factors.get(name, 1.0)
    return Draws(drivers, pairs, repaired, factors)


def spread_of(values: Floats) -> Spread:
    """The spread of a result over its draws, (S,), antithetic pairs side by side.

    >>> spread_of(np.array([1.0, 3.0, 2.0, 2.0])).half_width_pairs
    0.0
    """
    if np.ptp(values) == 0:
        only = float(values[0])
        return Spread(only, 0.0, only, only, only, only, 0.0, 0.0, (only, only), (len(values),))
    p5, p50, p95 = (float(value) for value in np.percentile(values, [5, 50, 95]))
    whole = values[: len(values) // 2 * 2].reshape(-1, 2).mean(axis=1)
    counts, edges = np.histogram(values, bins=COLUMNS)
    return Spread(
        mean=float(values.mean()),
        deviation=float(values.std(ddof=1)),
        p5=p5,
        p50=p50,
        p95=p95,
        cvar5=float(np.sort(values)[: max(1, round(0.05 * len(values)))].mean()),
        half_width=_half_width(values),
        half_width_pairs=_half_width(whole),
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
    )


def _half_width(values: Floats) -> float:
    return float(1.96 * values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0


def _chance(happens: np.ndarray) -> Chance:
    share = float(happens.mean())
    return Chance(share, float(1.96 * np.sqrt(share * (1.0 - share) / len(happens))))


def _warnings(repaired: Repaired) -> tuple[Problem, ...]:
    """W08: the correlations asked contradict one another and were moved."""
    return (Problem("W08", "correlations", {"moved": repaired.moved}),) if repaired.moved else ()
