"""Drivers: each range of a plan, as a multiple of what is written."""

from typing import Any

from bpc.core.plan.arrays import Factors
from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.indicators.value import npv
from bpc.core.plan.risk.drivers import Driver, Skipped, drivers_of, raw_material, skipped_drivers
from bpc.core.plan.schema import Plan
from bpc.core.plan.simulation import simulate
from bpc.core.plan.solvers.example import EXAMPLE
from tests.core.plan.law import LAW

RANGE = {"mode": 100.0, "low": 50.0, "high": 120.0, "conf": "E"}


def _plan(**changes: Any) -> Plan:
    return parse_plan({**write_plan(EXAMPLE), **changes})


def _everything() -> Plan:
    written = write_plan(EXAMPLE)
    work = {"oil": {"mode": 2.0, "low": 1.0, "high": 4.0, "conf": "D"}}
    return _plan(
        inputs=[*written["inputs"], {"id": "bottles", "unit_cost": RANGE, "qty_per_unit": {"oil": 0.01}}],
        fixed_costs=[{"id": "running", "annual": RANGE}],
        staff=[{"id": "clerk", "fte": 1, "gross": RANGE}, {"id": "least", "fte": 1, "minimum": "smig"}],
        piece_work=[{"id": "filling", "rate_per_unit": work}],
        assets=[{"id": "press", "amount": RANGE, "life_years": 10}],
    )


def test_every_family_is_there_in_the_order_of_the_plan() -> None:
    assert [driver.name for driver in drivers_of(_everything())] == [
        "price.oil",
        "volume.oil",
        "input_price.olives",
        "input_price.bottles",
        "fixed_costs.running",
        "wages.clerk",
        "piece_work.filling",
        "assets.press",
    ]


def test_each_driver_moves_the_plan_as_rewriting_it_would() -> None:
    plan = _everything()
    base = npv(simulate(plan, LAW))[0]
    for driver in drivers_of(plan):
        moved = npv(simulate(plan, LAW, Factors({driver.name: driver.low_factor})))[0]
        assert abs(moved - base) > 1, driver.name
    cost = next(driver for driver in drivers_of(plan) if driver.name == "fixed_costs.running")
    moved = npv(simulate(plan, LAW, Factors({cost.name: cost.high_factor})))[0]
    rewritten = {**write_plan(plan), "fixed_costs": [{"id": "running", "annual": 120.0}]}
    assert abs(moved - npv(simulate(parse_plan(rewritten), LAW))[0]) < 1e-6
    assert cost == Driver("fixed_costs.running", 100.0, 50.0, 120.0, "E")


def test_piece_work_on_several_products_is_one_driver_weighed_by_volume() -> None:
    products = [
        {**write_plan(EXAMPLE)["products"][0], "id": name, "capacity": capacity, "price": 50.0}
        for name, capacity in (("oil", 1000.0), ("soap", 3000.0))
    ]
    rates = {
        "oil": {"mode": 2.0, "low": 1.0, "high": 2.0, "conf": "S"},
        "soap": {"mode": 2.0, "low": 2.0, "high": 4.0, "conf": "K"},
    }
    plan = _plan(products=products, inputs=[], piece_work=[{"id": "hands", "rate_per_unit": rates}])
    assert drivers_of(plan) == (Driver("piece_work.hands", 8000.0, 7000.0, 14_000.0, "K"),)


def test_a_range_around_zero_is_skipped_and_told() -> None:
    inputs = [{**write_plan(EXAMPLE)["inputs"][0], "unit_cost": {"mode": 0.0, "low": 0.0, "high": 2.0}}]
    plan = _plan(inputs=inputs)
    assert "input_price.olives" not in [driver.name for driver in drivers_of(plan)]
    assert skipped_drivers(plan) == (Skipped("input_price.olives", "mode_is_zero"),)
    assert skipped_drivers(EXAMPLE) == ()


def test_what_follows_the_sale_price_is_no_driver() -> None:
    shared = {"kind": "share", "share": {"oil": 0.6}}
    inputs = [{**write_plan(EXAMPLE)["inputs"][0], "member_price": shared}]
    assert [driver.name for driver in drivers_of(_plan(inputs=inputs))] == ["price.oil", "volume.oil"]


def test_what_is_sold_to_members_only_moves_with_their_price() -> None:
    product = {
        **write_plan(EXAMPLE)["products"][0],
        "member_share": 1.0,
        "member_price": {"mode": 40.0, "low": 30.0, "high": 44.0},
    }
    price = drivers_of(_plan(products=[product]))[0]
    assert (price.name, price.mode, price.low, price.high) == ("price.oil", 40.0, 30.0, 44.0)


def test_raw_material_is_what_costs_most_for_a_unit() -> None:
    plan = _everything()
    material = raw_material(plan, plan.products[0])
    assert material is not None
    assert material.id == "olives", "30 MAD a litre against 1 MAD of bottles"
    assert raw_material(_plan(inputs=[]), plan.products[0]) is None
