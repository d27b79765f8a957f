"""One year of a plan in a few amounts, against figures worked out by hand from two models' files."""

from typing import Any

import pytest

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.full_year import FullYear, full_year, heaviest_payment
from bpc.core.plan.simulation import Simulation, simulate
from bpc.datasets.model_plans import plan_document
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_models

TWELFTHS = [1 / 12] * 12


def model_run(slug: str, **choices: Any) -> Simulation:
    models = {one.slug: one for one in read_models().values()}
    document = plan_document(models[slug].model_dump(mode="json"), plan_rules(), **choices)
    return simulate(parse_plan(document), plan_rules())


def run_of(**changes: Any) -> Simulation:
    """Twelve hundred litres of oil at 100 MAD, each from nuts at 40 and work at 10; rent and a half-time clerk."""
    document: dict[str, Any] = {
        "start": "2027-01", "years": 3, "members": {"count": 10},
        "products": [{"id": "oil", "capacity": 1200, "price": 100, "seasonality": TWELFTHS}],
        "inputs": [{"id": "nuts", "unit_cost": 40, "qty_per_unit": {"oil": 1}}],
        "piece_work": [{"id": "press", "rate_per_unit": {"oil": 10}}],
        "fixed_costs": [{"id": "rent", "annual": 12_000}],
        "assets": [{"id": "mill", "amount": 60_000, "life_years": 10}],
    }  # fmt: skip
    return simulate(parse_plan({**document, **changes}), plan_rules())


def year_of(run: Simulation) -> FullYear:
    found = full_year(run)
    assert found is not None
    return found


def test_the_carpets_by_hand() -> None:
    """tapis.yaml: 600 m² at 950 MAD; wool 220, dyes and warp 25, weaving 350; 54 000 of costs; a wage of 4 500 a month.

    Charges of the employer: 12 x (4 500 x 21.09 %) = 11 389. Sizes 50, 70, 85 then 100 %: the fourth year is full.
    """
    found = year_of(model_run("tapis"))
    assert found.label == 2030
    assert found.main is not None
    assert (found.main.product, found.main.share) == ("tap", 1.0)
    assert found.main.units == pytest.approx(600)
    assert found.main.price == pytest.approx(950)
    assert found.main.variable_cost == pytest.approx(220 + 25 + 350)
    assert found.sales == pytest.approx(600 * 950)
    assert found.variable == pytest.approx(600 * 595)
    assert found.wages == pytest.approx(54_000 + 11_389, abs=1)
    assert found.fixed == pytest.approx(54_000 + 65_389, abs=1)


def test_the_honey_by_hand() -> None:
    """miel.yaml: 9 000 jars at 130 MAD are 1 170 000 of 1 243 000 MAD of sales, 94 %; a jar costs 82.50."""
    found = year_of(model_run("miel"))
    assert found.main is not None
    assert (found.main.product, round(found.main.units), found.main.price) == (
        "mie",
        9000,
        pytest.approx(130),
    )
    assert found.main.variable_cost == pytest.approx(82.5)
    assert found.main.share == pytest.approx(1_170_000 / 1_243_000)
    assert found.sales == pytest.approx(1_243_000)
    assert found.fixed == pytest.approx(85_000 + 140_076 + 29_542, abs=1)


def test_wear_and_interest_are_in_the_surplus_and_in_no_cost() -> None:
    loan = {"id": "bank", "draws": [{"month": 0, "amount": 30_000}], "annual_rate": 0.06, "months": 48}
    found = year_of(run_of(loans=[loan]))
    assert (found.sales, found.variable, found.fixed, found.wages) == pytest.approx(
        (120_000, 60_000, 12_000, 0)
    )
    assert found.surplus < 120_000 - 60_000 - 12_000 - 6_000  # and the interest
    without = year_of(run_of())
    assert without.surplus == pytest.approx(120_000 - 60_000 - 12_000 - 6_000)
    assert without.break_even == pytest.approx((12_000 + 6_000) / 0.5)


def test_a_year_that_grows_is_not_full_nor_one_that_is_cut() -> None:
    assert year_of(run_of(ramp_up=[0.5, 1.0])).label == 2028
    assert year_of(run_of(ramp_up=[0.5, 0.8, 1.0])).label == 2029
    from_april = run_of(start="2027-04", years=2)
    assert year_of(from_april).label == 2028
    assert full_year(run_of(start="2027-04", years=1)) is None


def test_prices_that_rise_are_not_growth() -> None:
    inflated = run_of(prices="nominal", inflation={"sales": 0.1, "inputs": 0.1}, rate_is_nominal=True)
    assert year_of(inflated).label == 2027


def test_the_main_product_is_what_sells_most_and_bears_its_own_costs() -> None:
    products = [
        {"id": "oil", "capacity": 1200, "price": 100, "seasonality": TWELFTHS},
        {"id": "soap", "capacity": 5000, "price": 30, "seasonality": TWELFTHS},
    ]
    inputs = [{"id": "nuts", "unit_cost": 40, "qty_per_unit": {"oil": 1, "soap": 0.1}}]
    found = year_of(run_of(products=products, inputs=inputs))
    assert found.main is not None
    assert (found.main.product, found.main.units) == ("soap", pytest.approx(5000))
    assert found.main.variable_cost == pytest.approx(4)
    assert found.main.share == pytest.approx(150_000 / 270_000)
    assert found.sales == pytest.approx(270_000)


def test_what_is_lost_or_never_paid_costs_each_unit_sold() -> None:
    """A tenth is lost: 1 080 litres sold out of 1 200 made, each paying 50 / 0.9; 2 % never paid: 2 MAD a litre."""
    oil = {"id": "oil", "capacity": 1200, "price": 100, "seasonality": TWELFTHS, "loss_rate": 0.1,
           "receivable_days": 30, "bad_debt_rate": 0.02}  # fmt: skip
    main = year_of(run_of(products=[oil])).main
    assert main is not None
    assert main.units == pytest.approx(1080)
    assert main.variable_cost == pytest.approx(50 / 0.9 + 2)


def test_a_share_of_the_price_paid_to_members() -> None:
    nuts = {"id": "nuts", "unit_cost": 0, "qty_per_unit": {}, "from_members": True,
            "member_price": {"kind": "share", "share": {"oil": 0.45}}}  # fmt: skip
    main = year_of(run_of(inputs=[nuts])).main
    assert main is not None
    assert main.variable_cost == pytest.approx(45 + 10)


def test_without_anything_sold_no_product_is_told() -> None:
    found = year_of(run_of(products=[], inputs=[], piece_work=[]))
    assert found.main is None
    assert found.fixed == pytest.approx(12_000)


def test_the_heaviest_month_of_a_loan() -> None:
    """100 000 MAD at 6 % over 60 months: 1 933.28 a month, and 10 % of VAT on the first interest, 500."""
    loan = {"id": "bank", "draws": [{"month": 0, "amount": 100_000}], "annual_rate": 0.06, "months": 60}
    assert heaviest_payment(run_of(years=6, loans=[loan])) == pytest.approx(1933.28 + 50)
    assert heaviest_payment(run_of()) is None
