"""Plans as JSON documents: read with precise errors, written back, hashed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from bpc.core.plan.consistency import check_consistency
from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.plan import MOST_ITEMS

#: Changes whenever the same assumptions give other results: stored beside every forecast.
ENGINE_VERSION = "1.0.0"
#: More than this is not a plan.
MOST_PROBLEMS = 100


def parse_plan(document: Mapping[str, Any]) -> Plan:
    """The plan a document describes. Raises InvalidPlan with every problem found, each with the path of its field.

    >>> try:
    ...     parse_plan({"start": "2027-01", "years": 0, "members": {"count": 12}})
    ... except InvalidPlan as error:
    ...     [(problem.path, problem.code) for problem in error.problems]
    [('years', 'E_greater_than_equal')]
    """
    try:
        text = json.dumps(document, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidPlan([Problem("E_not_json")]) from error
    return parse_plan_text(text)


def parse_plan_text(text: str | bytes) -> Plan:
    """The plan written as JSON text. Raises InvalidPlan."""
    document = _document_or_none(text)
    if too_long := list(_too_long(document)):
        raise InvalidPlan(too_long)
    try:
        plan = Plan.model_validate_json(text)
    except ValidationError as error:
        raise InvalidPlan([_problem(found, document) for found in error.errors()[:MOST_PROBLEMS]]) from error
    if problems := check_consistency(plan):
        raise InvalidPlan(problems[:MOST_PROBLEMS])
    return plan


def write_plan(plan: Plan) -> dict[str, Any]:
    """The plan as a document; reading it again gives the same plan."""
    written: dict[str, Any] = plan.model_dump(mode="json", exclude_defaults=True)
    return {"schema_version": plan.schema_version, **written}


def input_hash(plan: Plan) -> str:
    """SHA-256 of the assumptions in canonical form (all values, sorted keys): same hash, same results."""
    canonical = json.dumps(
        plan.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def path_of(location: Sequence[str | int], document: Any) -> str:
    """A field's path, items of a list named by their id when they have one.

    >>> path_of(("products", 0, "price", "mode"), {"products": [{"id": "oil"}]})
    'products.oil.price.mode'
    """
    parts: list[str] = []
    here = document
    for step in location:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
        named = isinstance(step, int) and isinstance(here, Mapping) and isinstance(here.get("id"), str)
        parts.append(here["id"] if named else str(step))
    return ".".join(parts)


def _document_or_none(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _too_long(document: Any) -> Iterator[Problem]:
    """Lists beyond any plan, told before each of their items is looked at."""
    parts = document.items() if isinstance(document, dict) else ()
    for name, part in parts:
        if isinstance(part, list) and len(part) > MOST_ITEMS:
            yield Problem(
                "E_too_long", str(name)[:40], {"max_length": MOST_ITEMS, "actual_length": len(part)}
            )


def _problem(found: Any, document: Any) -> Problem:
    params = {
        name: value
        for name, value in (found.get("ctx") or {}).items()
        if isinstance(value, str | int | float)
    }
    return Problem(f"E_{found['type']}", path_of(found["loc"], document), params)
