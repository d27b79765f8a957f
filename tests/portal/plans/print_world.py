"""Plans to print: a plain one, one with everything a plan may hold, and names nobody should type."""

from datetime import date
from typing import Any, Literal

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.appraisal import Appraisal, appraise
from bpc.core.plan.schema import Plan
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.plans.prints import PrintContext, Source
from tests.portal.plans.plan_world import TWELFTHS, small_document

Language = Literal["fr", "ar"]
LANGUAGES: tuple[Language, ...] = ("fr", "ar")
MADE_ON = date(2026, 11, 22)
HOSTILE = '#read("/etc/passwd") *gras* $x^2$ <b>&amp;</b> \\ [lien](x) @fin _a_ `c` \u202e\u2066 漢字 🎉'
LITERAL = '#read("/etc/passwd") *gras* $x^2$ <b>&amp;</b> \\ [lien](x) @fin _a_ `c`'
LONG = "Coopérative des femmes apicultrices et productrices d’huile d’olive extra vierge du Haut Atlas " * 2
SOURCES = {"L3": Source("Décret 2-25-983", "https://adala.justice.gov.ma/resources/57", date(2026, 11, 1))}


def estimate(mode: float, low: float, high: float, conf: str, *src: str) -> dict[str, Any]:
    """A range with what it rests on."""
    return {"mode": mode, "low": low, "high": high, "conf": conf, "src": list(src)}


def plain_plan(**changes: Any) -> Plan:
    """Ten members bring the nuts of their oil for five years."""
    nuts = {"id": "nuts", "name": "Noix", "unit": "kg", "unit_cost": 40, "qty_per_unit": {"oil": 1}}
    return parse_plan(small_document(**{"inputs": [{**nuts, "from_members": True}], **changes}))


def full_document() -> dict[str, Any]:
    """Everything on, by the longest names a plan may bear, over ten years that are no calendar years."""
    name = LONG[:160]
    return {
        "name": name,
        "start": "2027-04",
        "years": 10,
        "fiscal_year_end": 6,
        "prices": "nominal",
        "rate_is_nominal": True,
        "inflation": {"sales": 0.02, "inputs": 0.03, "wages": 0.02, "energy": 0.05, "other": 0.01, "capex": 0.02},
        "members": {"count": 250, "women": 0.8, "transactions": [1, 2, 3], "own_cost_per_unit": {"milk": 1}},
        "ramp_up": [0.2, 0.5, 0.8, 1.0],
        "working_capital": {"receivable_days": 60, "payable_days": 30, "member_payable_days": 15, "stock_days": 60},
        "vat": {"regime": "taxable", "period": "quarterly"},
        "tax": {"activity": "services", "services_choice": "taxable", "refunds_deductible": True},
        "allocation": {"education_rate": 0.02, "share_interest_rate": 0.04, "patronage_share": 0.6},
        "without_project": {"cooperative_net": [10_000], "household_net": [4000]},
        "beneficiaries": {"count": 300, "unit": "élèves"},
        "kind": "social_income_generating",
        **_trade(name),
        **_costs(name),
        **_funding(name),
    }  # fmt: skip


def _trade(name: str) -> dict[str, Any]:
    price = estimate(400, 250, 600, "E")
    return {
        "products": [
            {"id": f"p{number}", "name": name, "unit": "kilogramme", "capacity": estimate(9000, 5000, 9500, "D", "L3"),
             "price": price, "member_price": 350, "member_share": 0.2, "seasonality": TWELFTHS,
             "loss_rate": 0.05, "bad_debt_rate": 0.01, "vat_rate": 0.2, "receivable_days": 45, "phase": "works",
             "hijri_event": "ramadan" if number == 1 else None}
            for number in range(8)
        ],
        "inputs": [
            {"id": "milk", "name": name, "unit": "litre", "unit_cost": estimate(6, 3.5, 10, "K"),
             "qty_per_unit": {"p0": 5, "p1": 5}, "from_members": True,
             "member_price": {"kind": "floor_plus_bonus", "bonus_share": 0.2}},
            {"id": "share", "name": name, "unit": "litre", "unit_cost": 7, "qty_per_unit": {"p2": 3},
             "from_members": True, "member_price": {"kind": "share", "share": {"p2": 0.3}}},
            {"id": "bottle", "name": name, "unit": "unité", "unit_cost": estimate(18, 14, 22, "S", "L3", "unknown"),
             "qty_per_unit": {f"p{number}": 1 for number in range(8)}, "vat_rate": 0.2, "replaces_members": True},
        ],
        "piece_work": [{"id": "nuts", "name": name, "rate_per_unit": {"p0": 20, "p3": 15},
                        "hours_per_unit": {"p0": 1}}],
    }  # fmt: skip


def _costs(name: str) -> dict[str, Any]:
    return {
        "fixed_costs": [
            {"id": f"c{number}", "name": name, "annual": estimate(24_000, 20_000, 30_000, "E"), "family": "energy"}
            for number in range(6)
        ],
        "staff": [
            {"id": "clerk", "role": name, "fte": 2, "gross": 2000, "women": 1, "youth": 0.5},
            {"id": "hands", "role": name, "fte": 6, "minimum": "smag", "months": [10, 11, 12], "members": 0.5,
             "women": 0.5, "youth": 0.5},
        ],
        "assets": [
            {"id": "land", "name": name, "amount": 200_000, "life_years": None, "in_kind": True},
            {"id": "press", "name": name, "amount": estimate(900_000, 700_000, 1_200_000, "E"), "life_years": 7,
             "residual": 0.1, "vat_rate": 0.2, "phase": "works"},
        ],
        "contingency": 0.05,
        "phases": [{"id": "works", "name": name, "months": 4}],
    }  # fmt: skip


def _funding(name: str) -> dict[str, Any]:
    return {
        "grants": [
            {"id": "indh", "name": name, "amount": 300_000, "items": ["press"], "claim_month": 2, "cash_month": 14},
            {"id": "start", "name": name, "kind": "operating", "amount": 50_000, "cash_month": 3},
        ],
        "loans": [
            {"id": "bank", "name": name, "draws": [{"month": 0, "amount": 300_000}, {"month": 4, "amount": 200_000}],
             "annual_rate": 0.06, "months": 84, "grace_months": 12, "grace": "capitalised", "fees": 3000,
             "spread_fees": True},
            {"id": "own", "name": name, "lender": "members", "draws": [{"month": 1, "amount": 60_000}],
             "annual_rate": 0.0, "months": 24, "kind": "constant_principal"},
            {"id": "old", "name": name, "draws": [{"month": 0, "amount": 40_000}], "annual_rate": 0.05, "months": 20,
             "kind": "in_fine", "existing": True},
        ],
        "shares": {"nominal": 100, "subscriptions": [{"month": 0, "members": 250, "shares_each": 4}],
                   "calls": [{"after_months": 0, "fraction": 0.25}, {"after_months": 20, "fraction": 0.75}],
                   "exits": [{"month": 60, "amount": 5000}]},
        "overdraft": {"limit": 200_000, "annual_rate": 0.09},
        "opening": {"cash": 30_000, "stock": 10_000, "capital": 20_000, "legal_reserve": 1000,
                    "receivables": {"amount": 12_000, "months": 3}, "payables": {"amount": 9000, "months": 2},
                    "assets": [{"id": "truck", "name": name, "book_value": 45_000, "years_left": 4}]},
    }  # fmt: skip


def full_plan() -> Plan:
    """The plan with everything on."""
    return parse_plan(full_document())


def appraised(plan: Plan) -> Appraisal:
    """Under the law as it stands."""
    return appraise(plan, plan_rules())


def context(language: Language, **changes: Any) -> PrintContext:
    """A project of Tamanar."""
    known = {"title": "Huile de Tamanar", "place": "Tamanar", "made_on": MADE_ON, "language": language}
    return PrintContext(**{**known, "provenance": SOURCES, **changes})
