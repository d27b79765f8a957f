"""Contradictions between parts that no single field shows."""

import pytest

from bpc.core.plan.document import parse_plan
from bpc.core.plan.problems import InvalidPlan


def bonus(share: float, name: str) -> dict[str, object]:
    policy = {"kind": "floor_plus_bonus", "bonus_share": share}
    return {"id": name, "unit_cost": 1.0, "qty_per_unit": {}, "from_members": True, "member_price": policy}


def test_price_complements_cannot_promise_more_than_the_result() -> None:
    document = {
        "start": "2027-01",
        "members": {"count": 9},
        "inputs": [bonus(0.6, "milk"), bonus(0.5, "wool")],
    }
    with pytest.raises(InvalidPlan) as refused:
        parse_plan(document)
    assert [(problem.code, problem.params) for problem in refused.value.problems] == [
        ("E_bonuses_sum", {"total": 1.1})
    ]
    document["inputs"] = [bonus(0.6, "milk"), bonus(0.4, "wool")]
    assert len(parse_plan(document).inputs) == 2
