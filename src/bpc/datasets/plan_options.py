"""What may be changed in a plan before it is calculated: the same options for the command and for the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpc.datasets.model_plans import plan_document
from bpc.datasets.plan_rules import plan_rules

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """Duration in years, discount rate a year (a fraction), first month (`2027-01`), and what is left out."""

    years: int | None = None
    discount: float | None = None
    start: str | None = None
    no_tax: bool = False
    constant_prices: bool = False
    no_grant: bool = False

    def changes(self, document: Mapping[str, Any]) -> Document:
        """The parts of a document to replace.

        >>> PlanOptions(years=5, no_tax=True).changes({"tax": {"activity": "services"}})
        {'years': 5, 'tax': {'activity': 'services', 'enabled': False}}
        """
        changed: Document = {}
        if self.years is not None:
            changed["years"] = self.years
        if self.discount is not None:
            changed["discount_rate"] = self.discount
        if self.start is not None:
            changed |= {"start": self.start, "dated": True}
        if self.no_tax:
            tax = document.get("tax")
            changed["tax"] = {**(tax if isinstance(tax, Mapping) else {}), "enabled": False}
        if self.constant_prices:
            changed |= {"prices": "constant", "inflation": {}}
        return changed

    def without_grant(self, document: Document) -> Document:
        """The document without its grants, when that is asked."""
        return {**document, "grants": []} if self.no_grant else document


def is_model(content: Mapping[str, Any]) -> bool:
    """Whether a content is a project model rather than a plan.

    >>> is_model({"capex": []}), is_model({"assets": []})
    (True, False)
    """
    return "capex" in content or "working_capital_days" in content


def document_with(content: Mapping[str, Any], options: PlanOptions) -> Document:
    """The plan to calculate, from a model or from a plan. Raises InvalidPlan."""
    if is_model(content):
        activity = {"tax": {"activity": content.get("tax_activity", "processing")}}
        document = plan_document(content, plan_rules(), **options.changes(activity))
    else:
        document = {**content, **options.changes(content)}
    return options.without_grant(document)
