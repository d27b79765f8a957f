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


def full_plan() -> Plan:
    """A plan with everything that costs time: VAT, tax, overdraft, refunds, a loan, stocks, twenty-five ranges."""
    terms = {"receivable_days": 45, "payable_days": 30, "stock_days": 40, "member_payable_days": 10}
    drawn = [{"month": 0, "amount": 360_000}]
    loan = {"id": "bank", "draws": drawn, "annual_rate": 0.06, "months": 84, "grace_months": 12}
    made = {"vat_rate": 0.2, "seasonality": [1 / 12] * 12}
    five = range(5)
    return parse_plan(
        {
            "start": "2027-01",
            "members": {"count": 30},
            "vat": {"regime": "taxable"},
            "tax": {"activity": "services", "services_choice": "taxable"},
            "allocation": {"patronage_share": 0.5},
            "overdraft": {"limit": 300_000, "annual_rate": 0.1},
            "working_capital": terms,
            "loans": [loan],
            "products": [
                {"id": f"p{n}", "capacity": _range(1000), "price": _range(100 + n), **made} for n in five
            ],
            "inputs": [_input(n) for n in five],
            "fixed_costs": [{"id": f"f{n}", "annual": _range(8000)} for n in five],
            "staff": [{"id": f"s{n}", "fte": 0.5, "gross": _range(3500)} for n in range(2)],
            "assets": [{"id": f"a{n}", "amount": _range(60_000), "life_years": 3 + n} for n in range(3)],
        }
    )


def _input(number: int) -> dict[str, Any]:
    used = {"unit_cost": _range(40 + number), "qty_per_unit": {f"p{number}": 1}, "vat_rate": 0.2}
    return {"id": f"i{number}", "from_members": number < 2, **used}
