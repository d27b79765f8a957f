"""Corporate tax worked by hand: losses that expire and those that do not, the minimum, the cliff of the exemption."""

from typing import Any

import pytest

from bpc.core.plan.document import parse_plan
from bpc.core.plan.simulation import simulate
from tests.core.plan.law import LAW

EVEN = [1 / 12] * 12
TAXED = {"activity": "services", "services_choice": "taxable"}
#: 100 000 lost in the first year, as costs or as the wear of a machine.
COSTS = {"fixed_costs": [{"id": "start", "annual": 100_000, "phasing": [1.0, 0.0]}]}
WEAR = {"assets": [{"id": "press", "amount": 100_000, "life_years": 1.0, "renew": False}]}


def _taxes(tax: dict[str, Any], ramp: list[float], **parts: Any) -> list[float]:
    """The tax of each year of a plan that sells for 60 000 in the years of its ramp that are 1."""
    sold = {"id": "care", "capacity": 600, "price": 100, "seasonality": EVEN, "ramp": ramp}
    document = {
        "start": "2027-01",
        "years": len(ramp),
        "members": {"count": 7},
        "tax": tax,
        "products": [sold],
    }
    run = simulate(parse_plan({**document, **parts}), LAW)
    return [pytest.approx(float(closed.tax[0]), abs=0.01) for closed in run.closing.years]


def test_a_loss_is_carried_four_years() -> None:
    """Lost in 2027, used against 2031 (the minimum of 3 000 is due all the same), gone in 2032."""
    assert _taxes(TAXED, [0, 0, 0, 0, 1, 0], **COSTS)[4] == 3000
    assert _taxes(TAXED, [0, 0, 0, 0, 0, 1], **COSTS)[5] == 12_000


def test_a_loss_made_of_depreciation_does_not_expire() -> None:
    """100 000 of wear against 60 000 in 2032, the 40 000 left against 2033: 20 % of 20 000."""
    assert _taxes(TAXED, [0, 0, 0, 0, 0, 1, 1], **WEAR)[5:] == [3000, 4000]


def test_a_loss_is_used_before_it_expires_and_only_once() -> None:
    """60 000 in 2028 and 40 000 in 2029: 20 % of the 20 000 left; no minimum in the first three years."""
    assert _taxes(TAXED, [0, 1, 1, 1], **COSTS) == [0, 0, 4000, 12_000]


def test_the_minimum_is_a_share_of_turnover_after_three_years() -> None:
    """Turnover of 2 400 000 without profit: 0.25 % is 6 000; before, nothing; sooner for an older cooperative."""
    costs = {"fixed_costs": [{"id": "all", "annual": 2_400_000}]}
    assert _taxes(TAXED, [1] * 4, **costs, **_bigger(40)) == [0, 0, 0, 6000]
    older = {**TAXED, "months_since_registration": 12}
    assert _taxes(older, [1] * 4, **costs, **_bigger(40)) == [0, 0, 6000, 6000]


def test_processing_is_taxed_from_ten_million_on() -> None:
    """9 960 000: nothing. 10 020 000: 20 % of all the profit."""
    processing = {"activity": "processing"}
    assert _taxes(processing, [1], **_bigger(166)) == [0]
    assert _taxes(processing, [1], **_bigger(167)) == [2_004_000]
    assert _taxes({"activity": "collection"}, [1], **_bigger(167)) == [0]


def _bigger(times: int) -> dict[str, Any]:
    """The same product, so many times as much of it."""
    sold = {"id": "care", "capacity": 600 * times, "price": 100, "seasonality": EVEN}
    return {"products": [sold]}
