"""The engine against a plain month-by-month loop written from the specification, without arrays (bench/)."""

from typing import Any

import numpy as np
import pytest

from bench.plan_years import keep_books
from bpc.core.plan.arrays import Factors, Floats
from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import Simulation, simulate
from tests.core.plan.choosers import Seeded
from tests.core.plan.law import LAW, RATES
from tests.core.plan.model_plans import FILES, model_plan
from tests.core.plan.random_plans import document

CENTIME = 0.01


def _lines(run: Simulation) -> dict[str, Floats]:
    """Monthly amounts, by their name in the plain books."""
    operations, closing = run.operations, run.closing
    return {
        "sales": operations.sales,
        "sales paid": operations.receipts,
        "bad debts": operations.bad_debts,
        "members bought": operations.bought_members,
        "members paid": operations.paid_members,
        "suppliers paid": operations.paid_suppliers,
        "work": operations.piece_work + operations.wages.total,
        "depreciation": run.investments.depreciation,
        "sold": run.investments.sold,
        "released": run.grants.released,
        "principal": run.debt.principal,
        "interest paid": run.debt.interest,
        "vat": run.vat.paid,
        "tax": closing.tax,
        "tax paid": closing.tax_paid,
        "bonus": closing.bonus,
        "patronage": closing.patronage,
        "patronage paid": closing.patronage_paid,
        "share interest": closing.share_interest,
        "reserve legal": closing.legal_reserve,
        "overdraft": closing.overdraft,
        "overdraft interest": closing.overdraft_interest,
        "cash": closing.cash,
        "project flow": run.project_flow,
    }


def _left(run: Simulation) -> dict[str, Floats]:
    """Balances, owed ones negative."""
    return {
        "assets": run.investments.net_book_value,
        "stock": run.stock,
        "receivables": run.receivables,
        "payables": -run.payables,
        "member payables": -run.member_payables,
        "deferred": -run.grants.deferred,
        "loans": -run.debt.remaining,
    }


def _gaps(plan: Plan, moved: dict[str, float] | None = None) -> dict[str, float]:
    """Lines that differ by more than a centime in some month, balances at the end, and the value."""
    books = keep_books(plan, RATES, moved)
    run = simulate(plan, LAW, Factors(moved or {}))
    gaps = {
        name: float(np.abs(np.array(books.of(name)) - line[:, 0]).max()) for name, line in _lines(run).items()
    }
    for name, line in _left(run).items():
        gaps[f"left {name}"] = abs(books.of(f"left {name}")[-1] - float(line[-1, 0]))
    gaps["npv"] = abs(books.npv - float(npv(run)[0]))
    gaps["the plain balance itself"] = abs(books.of("balance")[-1])
    return {name: gap for name, gap in gaps.items() if not gap <= CENTIME}


def _covered(seed: int) -> dict[str, Any]:
    """The plan of a seed without the moon's calendar nor an opening stock."""
    written = {**document(Seeded(seed)), "dated": False}
    if "opening" in written:
        written["opening"] = {**written["opening"], "stock": 0.0}
    return written


@pytest.mark.parametrize("slug", FILES)
def test_every_model_as_written_and_funded_is_that_of_the_plain_loop(slug: str) -> None:
    assert _gaps(model_plan(slug)) == {}
    assert _gaps(model_plan(slug, funded=True)) == {}


def test_models_were_found() -> None:
    assert len(FILES) == 34


def test_random_plans_are_those_of_the_plain_loop() -> None:
    """All that it covers: VAT, tax, harvests, campaigns, policies of price, every loan, grants, opening sheets…"""
    assert {seed: gaps for seed in range(100) if (gaps := _gaps(parse_plan(_covered(seed))))} == {}


def test_moved_scenarios_are_those_of_the_plain_loop() -> None:
    """Every family of factors, taken as numbers."""
    families = ("price", "volume", "input_price", "fixed_costs", "wages", "piece_work", "assets", "grants")
    random = np.random.default_rng(7)
    for seed in range(100, 120):
        moved = {family: float(random.uniform(0.6, 1.4)) for family in families}
        assert _gaps(parse_plan(_covered(seed)), moved) == {}, seed
