"""Which of the ten questions an assumption is answered in."""

from collections.abc import Mapping
from typing import Any

from bpc.portal.plans.paths import MISSING, value_at

#: First match wins; what begins with a code is about the whole plan.
_PLACES = (
    ("E05", 10),
    ("E02", 4),
    ("W11", 9),
    ("grants", 10),
    ("loans", 10),
    ("shares", 9),
    ("members", 9),
    ("assets", 8),
    ("contingency", 8),
    ("staff", 7),
    ("piece_work", 7),
    ("fixed_costs", 6),
    ("working_capital.receivable_days", 3),
)
_OF_PRODUCT = {"price": 2, "receivable_days": 3, "member_share": 3, "seasonality": 4, "harvest": 4}


def question_of(path: str, document: Mapping[str, Any]) -> int | None:
    """The number of the question, None for what only the expert's page asks.

    >>> question_of("products.oil.price", {}), question_of("staff.clerk.gross", {}), question_of("tax.activity", {})
    (2, 7, None)
    """
    for start, number in _PLACES:
        if path == start or path.startswith(f"{start}."):
            return number
    family, *rest = path.split(".")
    if family == "products":
        return _OF_PRODUCT.get(rest[1], 1) if len(rest) > 1 else 1
    if family == "inputs":
        item = value_at(document, ".".join(["inputs", *rest[:1]])) if rest else MISSING
        from_members = isinstance(item, Mapping) and item.get("from_members")
        return 5 if from_members else 6
    return None
