"""From a ready-to-use model to the assumptions of a plan: the exchange schema (models) into the engine's documents.

Works on plain mappings, so a validated model (`dump`), a file edited by hand or an exchanged one all go the same way.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.appraisal import Appraisal, appraise
from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.core.plan.rules import Rules
from bpc.core.plan.simulation import simulate

Document = dict[str, Any]
#: A model does not name its loan: written into the plan in the language of the person.
LOAN_NAMES = {"fr": "Prêt bancaire", "ar": "قرض بنكي"}
#: A year of no particular calendar: seasons stay where the model writes them.
MODEL_START = "2027-01"
#: What a cooperative keeps for its members of the surplus, and what a campaign line costs: estimates, to be discussed.
PATRONAGE_SHARE, CAMPAIGN_RATE, SHARE_NOMINAL = 0.5, 0.06, 100.0
#: A campaign line covers the season of the first years; later gaps are losses, which no line should hide.
CAMPAIGN_MONTHS, CAMPAIGN_STEP = 60, 10_000.0


def plan_document(model: Mapping[str, Any], rules: Rules, language: str = "fr", **choices: Any) -> Document:
    """The plan a model proposes, its financing worked out from its need. Raises InvalidPlan.

    `choices` replace parts of the plan before the financing is worked out: start, years, discount_rate, dated…
    """
    document = {**operating_document(model, language), **choices}
    return with_financing(document, model, rules, language)


def operating_document(model: Mapping[str, Any], language: str = "fr") -> Document:
    """What the model makes, buys, pays and invests, without any financing."""
    products = _list(model, "products")
    member_share = model.get("member_price_policy", {}).get("suggested") == "share_of_sale_price"
    capital = _need(model, "working_capital_days", "")
    return {
        "name": _name(model, language),
        "kind": model.get("kind", "income_generating"),
        "law_class": model.get("law112_12_class", 1),
        "start": MODEL_START,
        "dated": False,
        "years": model.get("horizon_years", 10),
        "members": {"count": _need(model, "members_typical", "")},
        "products": [_product(item, at, language) for at, item in enumerate(products)],
        "inputs": [
            _input(item, at, products, language, member_share)
            for at, item in enumerate(_list(model, "inputs"))
        ],
        "piece_work": [
            _piece_work(item, at, language) for at, item in enumerate(_list(model, "member_labour"))
        ],
        "fixed_costs": [
            _fixed_cost(item, at, language) for at, item in enumerate(_list(model, "fixed_costs"))
        ],
        "staff": [_position(item, at, language, model) for at, item in enumerate(_list(model, "staff"))],
        "assets": [_asset(item, at, language) for at, item in enumerate(_list(model, "capex"))],
        "ramp_up": list(_need(model, "ramp_up", "")),
        "staff_phasing": list(_need(model, "staff_phase_in", "")),
        "fixed_phasing": list(_need(model, "fixed_phase_in", "")),
        "working_capital": {
            "receivable_days": _need(capital, "receivable", "working_capital_days"),
            "payable_days": _need(capital, "payable", "working_capital_days"),
            "stock_days": _need(capital, "stock", "working_capital_days"),
            "member_payable_days": _need(capital, "member_payable", "working_capital_days"),
        },
        "tax": {"activity": model.get("tax_activity", "processing")},
        "allocation": {"patronage_share": PATRONAGE_SHARE},
    }


def with_financing(
    document: Document, model: Mapping[str, Any], rules: Rules, language: str = "fr"
) -> Document:
    """The document with shares, grant, loan and campaign line for its peak need, in the proportions of the model.

    The grant never exceeds the investments; shares are whole; the loan is what remains; the line is the largest
    overdraft of the first five years.
    """
    bare = appraise(parse_plan(document), rules)
    need = math.ceil(float(bare.figures["peak_need"].value or 0.0) / 1000.0) * 1000.0
    mix = model.get("financing_mix")
    if not mix or not need:
        return document
    members = document["members"]["count"]
    shares_each = math.ceil(need * mix["members_equity_pct"] / 100.0 / members / SHARE_NOMINAL)
    equity = shares_each * members * SHARE_NOMINAL
    invested = sum(_mode(asset["amount"]) for asset in document["assets"])
    grant = math.floor(min(need * mix["grant_pct"] / 100.0, invested) / 1000.0) * 1000.0
    borrowed = max(0.0, need - equity - grant)
    subscriptions = [{"month": 0, "members": members, "shares_each": shares_each}] if shares_each else []
    funded: Document = {
        **document,
        "shares": {"nominal": SHARE_NOMINAL, "subscriptions": subscriptions},
        "grants": [{"id": "grant", "name": _text(mix, "grant_programme", language), "amount": grant}]
        if grant
        else [],
        "loans": [_loan(mix["loan"], borrowed, language)] if borrowed else [],
    }
    return _with_campaign_line(funded, rules)


def _loan(terms: Mapping[str, Any], amount: float, language: str) -> Document:
    return {
        "id": "loan",
        "name": LOAN_NAMES.get(language, LOAN_NAMES["fr"]),
        "draws": [{"month": 0, "amount": amount}],
        "annual_rate": terms["annual_rate"],
        "months": terms["months"],
        "grace_months": terms["grace_months"],
    }


def _with_campaign_line(document: Document, rules: Rules) -> Document:
    unlimited = {**document, "overdraft": {"limit": 1e9, "annual_rate": CAMPAIGN_RATE}}
    drawn = simulate(parse_plan(unlimited), rules).closing.overdraft[:CAMPAIGN_MONTHS, 0]
    if not drawn.any():
        return document
    limit = math.ceil(float(drawn.max()) / CAMPAIGN_STEP) * CAMPAIGN_STEP
    return {**document, "overdraft": {"limit": limit, "annual_rate": CAMPAIGN_RATE}}


def appraise_model(model: Mapping[str, Any], rules: Rules, language: str = "fr", **choices: Any) -> Appraisal:
    """The model's own plan, appraised. Raises InvalidPlan."""
    return appraise(parse_plan(plan_document(model, rules, language, **choices)), rules)


def _need(part: Mapping[str, Any], key: str, path: str) -> Any:
    if not isinstance(part, Mapping) or key not in part:
        raise InvalidPlan([Problem("E_missing", f"{path}.{key}" if path else key)])
    return part[key]


def _list(model: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    items = model.get(key) or ()
    if not isinstance(items, list | tuple) or not all(isinstance(item, Mapping) for item in items):
        raise InvalidPlan([Problem("E_list_type", key)])
    return items


def _text(part: Mapping[str, Any], key: str, language: str) -> str:
    return str(part.get(f"{key}_{language}") or part.get(f"{key}_fr") or part.get(key) or "")


def _name(part: Mapping[str, Any], language: str) -> str:
    return _text(part, "name", language)[:160]


def _id(part: Mapping[str, Any], at: int, kind: str) -> str:
    return str(part.get("id") or f"{kind}{at + 1}")


def _estimate(value: Any) -> Any:
    """A number with its range as the plan writes it; a plain number stays one."""
    if not isinstance(value, Mapping):
        return value
    kept: Document = {
        name: value[name] for name in ("mode", "low", "high", "conf") if value.get(name) is not None
    }
    return {**kept, "src": list(value.get("src") or ())}


def _mode(value: Any) -> float:
    return float(value["mode"] if isinstance(value, Mapping) else value)


def _product(item: Mapping[str, Any], at: int, language: str) -> Document:
    path = f"products[{at}]"
    vat = item.get("vat_if_taxable") or {}
    rate = vat.get("rate", 0.0)
    return {
        "id": _id(item, at, "product"),
        "name": _name(item, language),
        "unit": str(item.get("unit", "")),
        "capacity": _estimate(_need(item, "annual_capacity", path)),
        "price": _estimate(_need(item, "price_mad", path)),
        "member_share": item.get("share_sold_to_members", 0.0),
        "seasonality": list(_need(item, "seasonality", path)),
        "hijri_event": item.get("hijri_event"),
        "loss_rate": item.get("finished_loss_rate", 0.0),
        "vat_rate": rate,
        "vat_class": "taxable" if rate else "exempt",
    }


def _input(
    item: Mapping[str, Any], at: int, products: Sequence[Mapping[str, Any]], language: str, member_share: bool
) -> Document:
    path = f"inputs[{at}]"
    cost = _need(item, "unit_cost_mad", path)
    quantities = dict(_need(item, "qty_per_unit", path))
    from_members = bool(item.get("from_members"))
    document: Document = {
        "id": _id(item, at, "input"),
        "name": _name(item, language),
        "unit": str(item.get("unit", "")),
        "unit_cost": _estimate(cost),
        "qty_per_unit": quantities,
        "from_members": from_members,
    }
    if from_members and member_share:
        document["member_price"] = {"kind": "share", "share": _shares(_mode(cost), quantities, products)}
    return document


def _shares(
    cost: float, quantities: Mapping[str, float], products: Sequence[Mapping[str, Any]]
) -> dict[str, float]:
    """The share of each product's sale price that a fixed unit cost amounts to: a c / (P (1-l))."""
    shares: dict[str, float] = {}
    for at, product in enumerate(products):
        name = _id(product, at, "product")
        received = _mode(product["price_mad"]) * (1.0 - product.get("finished_loss_rate", 0.0))
        if quantities.get(name) and received > 0:
            shares[name] = min(1.0, quantities[name] * cost / received)
    return shares


def _piece_work(item: Mapping[str, Any], at: int, language: str) -> Document:
    rates = dict(_need(item, "mad_per_unit", f"member_labour[{at}]"))
    return {"id": _id(item, at, "work"), "name": _name(item, language), "rate_per_unit": rates}


def _fixed_cost(item: Mapping[str, Any], at: int, language: str) -> Document:
    annual = _estimate(_need(item, "annual_mad", f"fixed_costs[{at}]"))
    return {"id": _id(item, at, "cost"), "name": _name(item, language), "annual": annual}


def _position(item: Mapping[str, Any], at: int, language: str, model: Mapping[str, Any]) -> Document:
    """A post. In a cooperative of class 3 (paid work for members) its holders are members."""
    document: Document = {
        "id": _id(item, at, "post"),
        "role": _text(item, "role", language)[:160],
        "fte": _need(item, "fte", f"staff[{at}]"),
        "gross": _estimate(_need(item, "monthly_gross_mad", f"staff[{at}]")),
        "members": 1.0 if model.get("law112_12_class") == 3 else 0.0,
        "farm_work": bool(item.get("farm_work")),
    }
    return {**document, "months": list(item["months"])} if item.get("months") else document


def _asset(item: Mapping[str, Any], at: int, language: str) -> Document:
    path = f"capex[{at}]"
    return {
        "id": _id(item, at, "asset"),
        "name": _name(item, language),
        "amount": _estimate(_need(item, "amount_mad", path)),
        "month": 12 * item.get("year", 0),
        "life_years": _need(item, "life_years", path),
        "residual": item.get("residual_pct", 0.0),
    }
