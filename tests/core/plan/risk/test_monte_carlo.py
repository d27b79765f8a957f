"""Monte Carlo: same seed same bytes, exact when nothing varies, and in line with what can be worked out."""

import time
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest

from bpc.core.plan.arrays import Factors
from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.risk.correlation import Correlation
from bpc.core.plan.risk.draws import YearlyShock
from bpc.core.plan.risk.monte_carlo import DRAWS, draw, run_monte_carlo, spread_of
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.example import EXAMPLE
from bpc.core.plan.solvers.targets import cash_margin
from tests.core.plan.law import LAW
from tests.core.plan.risk.ranged_plans import full_plan, ranged_plan

LOAN = {"id": "bank", "draws": [{"month": 0, "amount": 360_000}], "annual_rate": 0.06, "months": 48}


def _plan(**changes: Any) -> Plan:
    return parse_plan({**write_plan(EXAMPLE), **changes})


def _certain(**changes: Any) -> Plan:
    written = write_plan(EXAMPLE)
    return _plan(
        products=[{**written["products"][0], "price": 50.0, "capacity": 12_000.0}],
        inputs=[{**written["inputs"][0], "unit_cost": 6.0}],
        **changes,
    )


def test_nothing_that_varies_gives_the_plan_itself_exactly() -> None:
    """Invariant 17."""
    plan = _certain(loans=[LOAN])
    run = simulate(plan, LAW)
    found = run_monte_carlo(plan, LAW, draws=100)
    value = float(npv(run)[0])
    assert found.drivers == ()
    assert {found.npv.mean, found.npv.p5, found.npv.p50, found.npv.p95, found.npv.cvar5} == {value}
    assert found.npv.half_width == 0.0
    assert found.cash.p50 == float(cash_margin(run)[0])
    assert found.npv_negative.value == 0.0


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    shocks = (YearlyShock("volume", 0.15),)
    plan = _plan(loans=[LOAN])
    first = run_monte_carlo(plan, LAW, seed=3, shocks=shocks)
    for threads, chunk in ((1, 1), (1, DRAWS), (2, 700), (2, 2048)):
        again = run_monte_carlo(plan, LAW, seed=3, shocks=shocks, threads=threads, chunk=chunk)
        assert repr(asdict(again)) == repr(asdict(first))
    assert run_monte_carlo(plan, LAW, seed=4, shocks=shocks).npv != first.npv


def test_each_draw_is_what_the_engine_gives_alone() -> None:
    plan = ranged_plan(17)
    drawn = draw(plan, 40, 5)
    assert len(drawn.factors) > 5
    whole = npv(simulate(plan, LAW, Factors(drawn.factors)))
    for number in (0, 13, 39):
        alone = Factors({name: float(np.asarray(value)[number]) for name, value in drawn.factors.items()})
        assert npv(simulate(plan, LAW, alone))[0] == pytest.approx(whole[number], rel=1e-9, abs=1e-6)


def test_mean_and_spread_of_a_straight_line_can_be_worked_out() -> None:
    """With only the price moving, the value is a straight line in it: its law is triangular too."""
    oil = write_plan(EXAMPLE)["products"][0]
    plan = _certain()
    plan = parse_plan({**write_plan(plan), "products": [{**oil, "capacity": 12_000.0}]})
    base, dearer = (npv(simulate(plan, LAW, Factors({"price": factor})))[0] for factor in (1.0, 1.02))
    slope = (dearer - base) / 1.0
    found = run_monte_carlo(plan, LAW, draws=20_000)
    assert [driver.name for driver in found.drivers] == ["price.oil"]
    assert found.npv.mean == pytest.approx(
        base + slope * ((42 + 50 + 55) / 3 - 50), abs=3 * found.npv.half_width
    )
    p5 = 42 + np.sqrt(0.05 * 13 * 8)
    assert found.npv.p5 == pytest.approx(base + slope * (p5 - 50), abs=0.1 * slope)
    zero = 50 - base / slope
    assert found.npv_negative.value == pytest.approx((zero - 42) ** 2 / (13 * 8), abs=0.01)


def test_correlated_price_and_input_narrow_the_value_as_the_formula_says() -> None:
    """NPV = a p - b i + c: deviations √(a² + b² - 2 ρ a b) s against √(a² + b²) s, s alike for both (±25 %)."""
    written = write_plan(EXAMPLE)
    plan = _plan(
        products=[
            {**written["products"][0], "capacity": 12_000.0, "price": {"mode": 50, "low": 37.5, "high": 62.5}}
        ],
        inputs=[{**written["inputs"][0], "unit_cost": {"mode": 6, "low": 4.5, "high": 7.5}}],
    )
    deviations = []
    for spearman in (0.0, 0.8):
        pair = (Correlation("price.oil", "input_price.olives", spearman),)
        deviations.append(run_monte_carlo(plan, LAW, draws=20_000, correlations=pair).npv.deviation)
    a, b = 50.0, 30.0
    expected = np.sqrt((a * a + b * b - 2 * 0.8 * a * b) / (a * a + b * b))
    assert deviations[1] / deviations[0] == pytest.approx(expected, rel=0.03)


def test_default_correlations_are_used_and_told() -> None:
    found = run_monte_carlo(EXAMPLE, LAW, draws=200)
    assert [(pair.first, pair.second) for pair in found.correlations] == [
        ("price.oil", "input_price.olives"),
        ("price.oil", "volume.oil"),
    ]
    assert found.problems == ()
    free = run_monte_carlo(EXAMPLE, LAW, draws=5000, correlations=())
    assert free.npv.deviation > run_monte_carlo(EXAMPLE, LAW, draws=5000).npv.deviation


def test_contradictory_correlations_warn() -> None:
    names = ("price.oil", "volume.oil", "input_price.olives")
    pairs = (
        Correlation(names[0], names[1], 0.9),
        Correlation(names[1], names[2], 0.9),
        Correlation(names[0], names[2], -0.9),
    )
    (warning,) = run_monte_carlo(EXAMPLE, LAW, draws=100, correlations=pairs).problems
    assert (warning.code, warning.severity) == ("W08", "warning")
    assert warning.params["moved"] > 0.3


def test_debt_cover_has_its_chance_only_where_there_is_debt() -> None:
    without = run_monte_carlo(EXAMPLE, LAW, draws=100)
    assert (without.dscr, without.dscr_below.value, without.dscr_below.reason) == (
        None,
        None,
        "no_debt_service",
    )
    smaller = {**LOAN, "draws": [{"month": 0, "amount": 200_000}]}
    with_debt = run_monte_carlo(_plan(loans=[smaller]), LAW, draws=2000)
    assert with_debt.dscr is not None
    assert with_debt.dscr_below.value is not None
    assert 0.2 < with_debt.dscr_below.value < 1.0


def test_rounding_of_cash_at_the_floor_is_not_a_failure() -> None:
    plan = _plan(overdraft={"limit": 1e9, "annual_rate": 0.05})
    assert run_monte_carlo(plan, LAW, draws=600).cash_below_floor.value == 0.0


def test_spread_of_known_values() -> None:
    found = spread_of(np.arange(1.0, 101.0))
    assert (found.mean, found.p50, found.cvar5) == (50.5, 50.5, 3.0)
    assert (found.p5, found.p95) == (pytest.approx(5.95), pytest.approx(95.05))
    assert found.half_width == pytest.approx(1.96 * 29.011491975882016 / 10)
    assert sum(found.counts) == 100
    assert (found.edges[0], found.edges[-1]) == (1.0, 100.0)


def test_antithetic_pairs_tell_the_mean_more_closely() -> None:
    found = run_monte_carlo(EXAMPLE, LAW)
    assert found.npv.half_width_pairs < 0.35 * found.npv.half_width


def test_fewer_than_two_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="at least two"):
        run_monte_carlo(EXAMPLE, LAW, draws=1)


def test_random_plans_of_every_kind_can_be_drawn() -> None:
    for seed in range(20):
        found = run_monte_carlo(ranged_plan(seed), LAW, draws=60, shocks=(YearlyShock("volume", 0.2),))
        assert np.isfinite([found.npv.mean, found.npv.p5, found.cash.mean]).all()


def test_five_thousand_draws_of_a_full_plan_take_less_than_a_second_of_two_cores() -> None:
    """Counted in processor time of both threads together, which a busy machine hardly inflates."""
    plan = full_plan()
    times = []
    for _ in range(3):
        start = time.process_time()
        found = run_monte_carlo(plan, LAW)
        times.append(time.process_time() - start)
    assert (found.draws, len(found.drivers)) == (5000, 25)
    assert min(times) < 1.0
