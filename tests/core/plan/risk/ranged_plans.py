"""Random valid plans whose every estimate has a range."""

from typing import Any

from bpc.core.plan.document import parse_plan
from bpc.core.plan.schema import Plan
from tests.core.plan.random_plans import Seeded, document

#: Where a document holds estimates.
ESTIMATES = {
    "products": ("price", "member_price", "capacity"),
    "inputs": ("unit_cost",),
    "fixed_costs": ("annual",),
    "staff": ("gross",),
    "assets": ("amount",),
}


def ranged_plan(seed: int) -> Plan:
    """The plan of a seed, each estimate between 70 and 120 % of what is written; no grants, which ranges may exceed."""
    written = {**document(Seeded(seed)), "grants": []}
    for part, names in ESTIMATES.items():
        for item in written[part]:
            for name in names:
                if isinstance(item.get(name), int | float):
                    item[name] = _range(item[name])
    for work in written["piece_work"]:
        work["rate_per_unit"] = {name: _range(rate) for name, rate in work["rate_per_unit"].items()}
    return parse_plan(written)


def _range(value: Any) -> dict[str, Any]:
    return {"mode": value, "low": 0.7 * value, "high": 1.2 * value, "conf": "E"}
