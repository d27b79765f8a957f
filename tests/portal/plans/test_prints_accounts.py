"""The printed accounts balance and tie out with the engine's, on plans of every kind."""

import numpy as np
import pytest
from django.utils import translation

from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import simulate
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.plans.prints.accounts import balance_lines, funds_lines, income_lines, income_table
from bpc.portal.plans.prints.amounts import Amounts, amounts_for
from bpc.portal.plans.prints.cash_tables import financing_lines, first_year_table
from bpc.portal.plans.prints.charts import bar_chart, line_chart, nice_ticks
from tests.core.plan.random_plans import seeded_plan
from tests.portal.plans.print_world import full_plan, plain_plan

PLANS = [plain_plan(), full_plan(), *map(seeded_plan, range(25))]


@pytest.mark.parametrize("plan", PLANS, ids=range(len(PLANS)))
def test_accounts_tie_out(plan: Plan) -> None:
    run = simulate(plan, plan_rules())
    lines, sheet, funds = income_lines(run), balance_lines(run), funds_lines(run)
    assert lines["current"] + lines["extra"] == pytest.approx(lines["result_before_tax"], abs=0.01)
    assert lines["all_income"] - lines["all_charges"] == pytest.approx(lines["net_result"], abs=0.01)
    masses = sum(sheet[f"assets_{name}"] - sheet[f"liabilities_{name}"] for name in ("current", "cash"))
    assert sheet["liabilities_permanent"] - sheet["assets_fixed"] == pytest.approx(masses, abs=0.01)
    assert sheet["assets"] == pytest.approx(sheet["liabilities"], abs=0.01)
    resources = sum(funds[name] for name in ("own", "disposals", "capital", "grants", "loans"))
    uses = sum(funds[name] for name in ("bought", "refunded", "principal", "fees"))
    assert resources - uses - funds["need_change"] == pytest.approx(funds["cash_change"], abs=0.01)


@pytest.mark.parametrize("plan", PLANS, ids=range(len(PLANS)))
def test_the_financing_plan_balances(plan: Plan) -> None:
    uses, resources = financing_lines(simulate(plan, plan_rules()))
    assert sum(uses.values()) == pytest.approx(sum(resources.values()), abs=0.01)
    assert min(*uses.values(), *resources.values()) > -0.005


def test_a_loss_of_the_year_is_printed_with_its_sign_and_true_totals() -> None:
    run = simulate(plain_plan(), plan_rules())
    with translation.override("fr"):
        block = income_table(run, Amounts(1.0))
        cash = first_year_table(run, amounts_for(run))
    rows = {row["cells"][0]: row["cells"][1:] for row in block["rows"]}
    assert rows["Chiffre d’affaires"] == ["120\u202f000"] * 5
    assert "Ventes aux membres" not in rows  # nothing but zeros
    net = income_lines(run)["net_result"]
    assert (
        rows["XIII. Excédent ou déficit net"][0].replace("\u202f", "").replace("\u200e", "")
        == f"{net[0]:.0f}"
    )
    closing = next(row["cells"] for row in cash["rows"] if row["cells"][0] == "Trésorerie à la fin")
    assert closing[12] == closing[13]  # December, and the year
    assert len(cash["head"]) == 14


def test_charts_are_fractions_of_their_frame() -> None:
    assert nice_ticks(-30_000, 95_000) == [-50_000, -25_000, 0, 25_000, 50_000, 75_000, 100_000]
    assert nice_ticks(0, 0) == [0, 1]
    line = line_chart("t", "a", [-10.0, 0.0, 30.0], [(0, "2027")], note=(0, "bas"))
    assert line["zero"] == pytest.approx(10 / 40)
    assert [point[1] for point in line["points"]] == pytest.approx([0, 0.25, 1])
    bars = bar_chart("t", "a", [-10.0, 30.0], ["a", "b"])["bars"]
    assert [(bar["bottom"], bar["top"]) for bar in bars] == [
        pytest.approx((0, 0.25)),
        pytest.approx((0.25, 1)),
    ]
    assert np.isfinite([tick["at"] for tick in line["ticks"]]).all()
