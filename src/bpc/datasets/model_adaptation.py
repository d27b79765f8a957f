"""A model adapted to a group: its size, its prices, its members, its date, the rate of its loan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bpc.core.plan.rules import Rules
from bpc.datasets.finance_rules import param_on, read_finance_params
from bpc.datasets.model_plans import Document, operating_document, with_financing


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What a group changes. `size` and `price` multiply (1.0: as in the model); the rest None: as in the model.

    `size` makes capacity, equipment, staff and running costs grow together: a first approximation, to be made precise
    in the plan. `start` ("YYYY-MM") dates the plan, so that seasons of the hijri calendar fall where they will.
    """

    size: float = 1.0
    price: float = 1.0
    members: int | None = None
    start: str | None = None
    loan_rate: float | None = None


def programme_rate(annual_rate: float, kind: str, day: date) -> float | None:
    """The rate of the loan programme in a place of a `kind` ("rural", "urban"), when a loan is one of its two.

    None: the loan is another one, or the place is of no kind, so that the loan keeps its rate.
    """
    rates = param_on(read_finance_params(), "intelaka_rate", day).parts
    return rates.get(kind) if annual_rate in rates.values() else None


def adapted_plan(
    model: Mapping[str, Any], rules: Rules, adaptation: Adaptation, language: str = "fr"
) -> Document:
    """The plan of a model for this group, its financing worked out anew. Raises InvalidPlan."""
    document = operating_document(_resized(model, adaptation.size), language)
    if adaptation.price != 1.0:
        document["products"] = [_repriced(product, adaptation.price) for product in document["products"]]
    if adaptation.members is not None:
        document["members"] = {**document["members"], "count": adaptation.members}
    if adaptation.start is not None:
        document |= {"start": adaptation.start, "dated": True}
    return with_financing(document, _with_rate(model, adaptation.loan_rate), rules, language)


def _resized(model: Mapping[str, Any], size: float) -> Mapping[str, Any]:
    if size == 1.0:
        return model
    return {
        **model,
        "products": [
            {**item, "annual_capacity": item["annual_capacity"] * size} for item in model["products"]
        ],
        "capex": [{**item, "amount_mad": _scaled(item["amount_mad"], size)} for item in model["capex"]],
        "staff": [{**item, "fte": item["fte"] * size} for item in model["staff"]],
        "fixed_costs": [
            {**item, "annual_mad": _scaled(item["annual_mad"], size)} for item in model["fixed_costs"]
        ],
    }


def _scaled(estimate: Mapping[str, Any], by: float) -> dict[str, Any]:
    return {**estimate, **{end: estimate[end] * by for end in ("mode", "low", "high")}}


def _repriced(product: Document, by: float) -> Document:
    price = product["price"]
    return {**product, "price": _scaled(price, by) if isinstance(price, Mapping) else price * by}


def _with_rate(model: Mapping[str, Any], rate: float | None) -> Mapping[str, Any]:
    mix = model.get("financing_mix")
    if rate is None or not mix:
        return model
    return {**model, "financing_mix": {**mix, "loan": {**mix["loan"], "annual_rate": rate}}}
