"""The engine against a plain month-by-month loop written from the specification, without arrays (bench/)."""

from typing import Any

import numpy as np
import pytest

from bench.plan_years import keep_books
from bpc.core.plan.arrays import Factors
from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import simulate
from tests.core.plan.law import LAW, RATES
from tests.core.plan.model_plans import FILES, model_plan
from tests.core.plan.random_plans import Seeded, document

CENTIME = 0.01


def _gaps(plan: Plan, moved: dict[str, float] | None = None) -> dict[str, float]:
    """Lines that differ by more than a centime in some month, and the value."""
    books = keep_books(plan, RATES, moved)
    run = simulate(plan, LAW, Factors(moved or {}))
    lines = {
        "sales": run.operations.sales,
        "sales paid": run.operations.receipts,
        "bad debts": run.operations.bad_debts,
        "members bought": run.operations.bought_members,
        "members paid": run.operations.paid_members,
        "suppliers paid": run.operations.paid_suppliers,
        "work": run.operations.piece_work + run.operations.wages.total,
        "depreciation": run.investments.depreciation,
        "sold": run.investments.sold,
        "released": run.grants.released,
        "principal": run.debt.principal,
        "interest paid": run.debt.interest,
        "vat": run.vat.paid,
        "tax": run.closing.tax,
        "tax paid": run.closing.tax_paid,
        "bonus": run.closing.bonus,
        "patronage": run.closing.patronage,
        "patronage paid": run.closing.patronage_paid,
        "share interest": run.closing.share_interest,
        "reserve legal": run.closing.legal_reserve,
        "overdraft": run.closing.overdraft,
        "overdraft interest": run.closing.overdraft_interest,
        "cash": run.closing.cash,
        "project flow": run.project_flow,
    }
    gaps = {name: float(np.abs(np.array(books.of(name)) - line[:, 0]).max()) for name, line in lines.items()}
    last = {
        "assets": run.investments.net_book_value,
        "stock": run.stock,
        "receivables": run.receivables,
        "payables": -run.payables,
        "member payables": -run.member_payables,
        "deferred": -run.grants.deferred,
        "loans": -run.debt.remaining,
    }
    gaps |= {
        f"left {name}": abs(books.of(f"left {name}")[-1] - float(line[-1, 0])) for name, line in last.items()
    }
    gaps["npv"] = abs(books.npv - float(npv(run)[0]))
    gaps["the plain balance itself"] = abs(books.of("balance")[-1])
    return {name: gap for name, gap in gaps.items() if not gap <= CENTIME}


def _covered(seed: int) -> dict[str, Any] | None:
    """The plan of a seed without the moon's calendar; None when it has an opening balance sheet."""
    written = document(Seeded(seed))
    return None if "opening" in written else {**written, "dated": False}


@pytest.mark.parametrize("slug", FILES)
def test_every_model_as_written_and_funded_is_that_of_the_plain_loop(slug: str) -> None:
    assert _gaps(model_plan(slug)) == {}
    assert _gaps(model_plan(slug, funded=True)) == {}


def test_models_were_found() -> None:
    assert len(FILES) == 34


def test_random_plans_are_those_of_the_plain_loop() -> None:
    """All that it covers: VAT, tax, harvests, campaigns, policies of price, every loan, grants, refunds put off."""
    documents = {seed: written for seed in range(100) if (written := _covered(seed))}
    assert len(documents) >= 50
    assert {seed: gaps for seed, written in documents.items() if (gaps := _gaps(parse_plan(written)))} == {}


def test_moved_scenarios_are_those_of_the_plain_loop() -> None:
    """Every family of factors, taken as numbers."""
    families = ("price", "volume", "input_price", "fixed_costs", "wages", "piece_work", "assets", "grants")
    random = np.random.default_rng(7)
    for seed in range(100, 120):
        if written := _covered(seed):
            moved = {family: float(random.uniform(0.6, 1.4)) for family in families}
            assert _gaps(parse_plan(written), moved) == {}, seed
