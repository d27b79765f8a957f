"""A small plan that the examples of the documentation work on: figures one can check by hand."""

from bpc.core.plan.document import parse_plan
from bpc.core.plan.rules import Rules

#: An oil press: 12 000 litres a year at 50 MAD, olives of members at 30 MAD a litre, 120 000 MAD of running costs, a
#: press of 300 000 MAD that lasts ten years, customers who pay after a month. Exempt from tax and value added tax.
EXAMPLE = parse_plan(
    {
        "start": "2027-01",
        "years": 5,
        "members": {"count": 20},
        "tax": {"activity": "collection"},
        "working_capital": {"receivable_days": 30},
        "products": [
            {
                "id": "oil",
                "capacity": {"mode": 12_000, "low": 9_000, "high": 13_000, "conf": "E"},
                "price": {"mode": 50, "low": 42, "high": 55, "conf": "D"},
                "seasonality": [1 / 12] * 12,
            }
        ],
        "inputs": [
            {
                "id": "olives",
                "unit_cost": {"mode": 6, "low": 5, "high": 8, "conf": "E"},
                "qty_per_unit": {"oil": 5},
                "from_members": True,
            }
        ],
        "fixed_costs": [{"id": "running", "annual": 120_000}],
        "assets": [{"id": "press", "amount": 300_000, "life_years": 10}],
    }
)
#: Rates in the order of those of 2026, constant.
EXAMPLE_RULES = Rules.constant(
    smig_hour=17.92,
    smag_day=97.44,
    hours_a_month=191,
    days_a_month=26,
    social_ceiling=6000,
    employer_capped=0.0898,
    employer_uncapped=0.1211,
    tax_rate=0.2,
    minimum_tax_rate=0.0025,
    minimum_tax_floor=3000,
    minimum_tax_free_months=36,
    exemption_turnover=1e7,
    legal_reserve_rate=0.1,
    third_party_cap=0.3,
    members_least=5,
    capital_least=1000,
    share_least=100,
    paid_at_subscription=0.25,
    balance_within_months=36,
    capital_floor_share=0.75,
    net_worth_alert=0.25,
    auditor_turnover=1e7,
    loss_years=4,
)
