"""Batches: cut, shared between threads, filled up, and still the same bytes."""

import numpy as np
import pytest

from bpc.core.plan.arrays import Coefficient, Factors
from bpc.core.plan.frame import frame_of
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.simulation import simulate_frame
from bpc.core.plan.solvers.batches import BLOCK, evaluate
from bpc.core.plan.solvers.targets import cash_margin
from tests.core.plan.law import LAW
from tests.core.plan.random_plans import seeded_plan


def _factors(months: int, scenarios: int) -> dict[str, Coefficient]:
    random = np.random.default_rng(3)
    return {
        "price": random.uniform(0.8, 1.2, scenarios),
        "volume": random.uniform(0.5, 1.5, (months, scenarios)),
        "wages": np.full((months, 1), 1.1),
        "fixed_costs": 0.9,
    }


@pytest.mark.parametrize("scenarios", [1, 7, BLOCK, BLOCK + 1, 2 * BLOCK + 100])
def test_a_batch_cut_in_blocks_gives_what_it_gives_in_one_piece(scenarios: int) -> None:
    frame = frame_of(seeded_plan(11), LAW)
    factors = _factors(frame.months, scenarios)
    whole = simulate_frame(frame, Factors(factors))
    found = evaluate(frame, factors, [npv, cash_margin])
    assert found.shape == (2, scenarios)
    assert found[0] == pytest.approx(npv(whole), rel=1e-9, abs=1e-6)
    assert found[1] == pytest.approx(cash_margin(whole), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("threads", "chunk"), [(1, 1), (1, 5 * BLOCK), (2, BLOCK), (2, 1000), (3, 2 * BLOCK)]
)
def test_the_same_bytes_however_the_work_is_shared(threads: int, chunk: int) -> None:
    frame = frame_of(seeded_plan(4), LAW)
    factors = _factors(frame.months, 3 * BLOCK + 77)
    alone = evaluate(frame, factors, [npv, cash_margin])
    shared = evaluate(frame, factors, [npv, cash_margin], threads=threads, chunk=chunk)
    assert shared.tobytes() == alone.tobytes()


def test_what_no_factor_moves_is_told_for_every_scenario() -> None:
    frame = frame_of(seeded_plan(4), LAW)
    assert evaluate(frame, {"price": np.ones(5)}, [lambda run: np.array([2.0])]).tolist() == [[2.0] * 5]
