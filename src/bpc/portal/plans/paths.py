"""A place in a plan's document, by name: "products.cos.price", "loans.bank.annual_rate", "shares.calls.0.fraction".

Items of a list are named by their id, or by their number where they have none. "products.+" is one more item
("products.+2" another one in the same batch); null at an item or at a named quantity takes it out. Whatever comes
from outside is untrusted: each function refuses, with `InvalidPlan`, what could not be part of a plan.
"""

import copy
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bpc.core.plan.problems import InvalidPlan, Problem

Document = dict[str, Any]

MOST_SEGMENTS = 8
MOST_LETTERS = 200
MOST_DEPTH = 8  # of a value: a whole plan is six deep
MOST_PARTS = 20_000  # numbers, texts, lists and objects in one value; a full plan has some 3,000
MOST_TEXT = 2000  # letters of one text
MOST_ITEMS = 1000  # in one list, as the deliveries of each member; the schema’s own bounds are narrower

#: Lists whose items carry an id of their own.
ID_LISTS: Final = frozenset(
    ("phases", "products", "inputs", "piece_work", "fixed_costs", "staff", "assets", "grants", "loans")
)
#: Objects whose keys are names of other items: a key is taken out, not set to null.
NAMED_QUANTITIES: Final = frozenset(
    ("qty_per_unit", "share", "rate_per_unit", "hours_per_unit", "own_cost_per_unit")
)
#: What a number with a range is made of.
ESTIMATE_PARTS: Final = frozenset(("mode", "low", "high", "conf", "src"))
_SEGMENT = re.compile(r"[a-z0-9_]{1,40}|\+\d{0,3}", re.ASCII)


class _Missing:
    """Nothing is written there; another thing than null."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs at one place; None where the item or the value is not there."""

    path: str
    old: Any
    new: Any


def split_path(path: object) -> tuple[str, ...]:
    """The steps of a path. Raises InvalidPlan with `E_bad_path`.

    >>> split_path("products.cos.price")
    ('products', 'cos', 'price')
    """
    if not isinstance(path, str) or len(path) > MOST_LETTERS:
        raise _refusal("E_bad_path")
    steps = tuple(path.split("."))
    if len(steps) > MOST_SEGMENTS or not all(_SEGMENT.fullmatch(step) for step in steps):
        raise _refusal("E_bad_path")
    if any(step.startswith("+") for step in steps[:-1]) or (len(steps) == 1 and steps[0].startswith("+")):
        raise _refusal("E_bad_path")
    return steps


def overlap(one: str, other: str) -> bool:
    """Whether one place lies in the other, or is the same.

    >>> overlap("products.cos", "products.cos.price"), overlap("products.cos", "products.cosmetics")
    (True, False)
    """
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def value_at(document: Mapping[str, Any], path: str) -> Any:
    """What is written at a path, MISSING when nothing is. Raises InvalidPlan for what is no path at all.

    >>> value_at({"products": [{"id": "cos", "price": 450}]}, "products.cos.price")
    450
    """
    return value_of(document, split_path(path))


def value_of(document: Mapping[str, Any], steps: Iterable[str]) -> Any:
    """What is written there, MISSING when nothing is; any steps at all are looked for."""
    here: Any = document
    for step in steps:
        here = _inside(here, step)
        if here is MISSING:
            return MISSING
    return here


def _inside(here: Any, step: str) -> Any:
    if isinstance(here, Mapping):
        return here.get(step, MISSING)
    if isinstance(here, list):
        place = _place_in(here, step)
        return MISSING if place is None else here[place]
    if step == "mode" and isinstance(here, int | float):
        return here
    return MISSING


def _place_in(items: list[Any], step: str) -> int | None:
    """Where an item is, by its id; by its number in lists without ids."""
    for place, item in enumerate(items):
        if isinstance(item, Mapping) and item.get("id") == step:
            return place
    named = any(isinstance(item, Mapping) and "id" in item for item in items)
    if not named and step.isdecimal() and int(step) < len(items):
        return int(step)
    return None


def with_changes(document: Mapping[str, Any], changes: Mapping[str, Any]) -> Document:
    """A copy of the document with each value set at its path, in the order given; the document itself stays.

    Raises InvalidPlan with the path of what cannot be: a bad path, an unknown item, a value too deep or too long.

    >>> with_changes({"loans": [{"id": "bank", "months": 60}]}, {"loans.bank.months": 48, "loans.+": {"id": "two"}})
    {'loans': [{'id': 'bank', 'months': 48}, {'id': 'two'}]}
    """
    changed = copy.deepcopy(dict(document))
    problems: list[Problem] = []
    for path, value in changes.items():
        try:
            check_value(value, path if isinstance(path, str) else "")
            _set(changed, split_path(path), copy.deepcopy(value))
        except InvalidPlan as refusal:
            problems += refusal.problems
    if problems:
        raise InvalidPlan(problems)
    return changed


def _set(document: Document, steps: tuple[str, ...], value: Any) -> None:
    path = ".".join(steps)
    holder = _holder(document, steps)
    last = steps[-1]
    if isinstance(holder, list):
        _set_in_list(holder, steps, value)
    elif last.startswith("+"):
        raise _refusal("E_not_a_list", path)
    elif value is None and _is_named_quantity(steps):
        holder.pop(last, None)
    else:
        holder[last] = value


def _is_named_quantity(steps: tuple[str, ...]) -> bool:
    return len(steps) > 1 and steps[-2] in NAMED_QUANTITIES


def _holder(document: Document, steps: tuple[str, ...]) -> Any:
    """The object or list that holds the last step, made on the way where it is only left to its default."""
    here: Any = document
    for number, step in enumerate(steps[:-1]):
        after = steps[number + 1]
        if isinstance(here, Mapping) and here.get(step) is None:
            here[step] = [] if step in ID_LISTS or after.startswith("+") else {}  # type: ignore[index]
        inside = _inside(here, step)
        if isinstance(inside, int | float) and not isinstance(inside, bool) and after in ESTIMATE_PARTS:
            inside = {"mode": inside}
            here[step if isinstance(here, Mapping) else _place_in(here, step)] = inside
        if not isinstance(inside, dict | list):
            raise _refusal("E_unknown_item", ".".join(steps))
        here = inside
    return here


def _set_in_list(items: list[Any], steps: tuple[str, ...], value: Any) -> None:
    last, path = steps[-1], ".".join(steps)
    if last.startswith("+"):
        if value is None or len(items) >= MOST_ITEMS:
            raise _refusal("E_too_long" if value is not None else "E_bad_path", path)
        if steps[-2] in ID_LISTS and isinstance(value, dict) and not value.get("id"):
            value = {"id": free_id(items, steps[-2]), **{k: v for k, v in value.items() if k != "id"}}
        items.append(value)
        return
    place = _place_in(items, last)
    if place is None:
        raise _refusal("E_unknown_item", path)
    if value is None:
        del items[place]
    else:
        items[place] = value


def free_id(items: Iterable[Any], family: str) -> str:
    """An id that no item of the list has.

    >>> free_id([{"id": "loans_1"}], "loans")
    'loans_2'
    """
    taken = {item.get("id") for item in items if isinstance(item, Mapping)}
    number = 1
    while f"{family}_{number}" in taken:
        number += 1
    return f"{family}_{number}"


def check_value(value: Any, path: str) -> None:
    """Refuse what no plan holds: objects of other kinds, endless numbers, NUL and half letters, depth and length.

    Walks without recursion, so that depth itself cannot hurt. Raises InvalidPlan.
    """
    waiting: list[tuple[Any, int]] = [(value, 0)]
    parts = 0
    while waiting:
        one, depth = waiting.pop()
        parts += 1
        if depth > MOST_DEPTH:
            raise _refusal("E_too_deep", path)
        if parts > MOST_PARTS:
            raise _refusal("E_too_large", path)
        if isinstance(one, Mapping):
            waiting += [(inside, depth + 1) for pair in one.items() for inside in pair]
        elif isinstance(one, list | tuple):
            if len(one) > MOST_ITEMS:
                raise _refusal("E_too_long", path)
            waiting += [(inside, depth + 1) for inside in one]
        else:
            _check_leaf(one, path)


def _check_leaf(value: Any, path: str) -> None:
    if isinstance(value, str):
        if len(value) > MOST_TEXT:
            raise _refusal("E_string_too_long", path, max_length=MOST_TEXT)
        if any(letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in value):
            raise _refusal("E_bad_text", path)
    elif isinstance(value, float) and not math.isfinite(value):
        raise _refusal("E_finite_number", path)
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**15:
        raise _refusal("E_too_large", path)
    elif value is not None and not isinstance(value, int | float):
        raise _refusal("E_not_json", path)


def _refusal(code: str, path: str = "", **params: Any) -> InvalidPlan:
    return InvalidPlan([Problem(code, path, params)])


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """The places where two whole documents differ, items matched by id whatever their order.

    A number with its range, and a list without ids, are one value each.

    >>> differences({"loans": [{"id": "a", "months": 60}]}, {"loans": [{"id": "a", "months": 48}]})
    [Difference(path='loans.a.months', old=60, new=48)]
    """
    return list(_differences((), old, new))


def _differences(steps: tuple[str, ...], old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    pair = _as_objects(steps, old, new)
    if pair is None:
        yield Difference(".".join(steps), _plain(old), _plain(new))
        return
    before, after = pair
    for key in [*before, *(key for key in after if key not in before)]:
        yield from _differences((*steps, key), before.get(key, MISSING), after.get(key, MISSING))


def _as_objects(
    steps: tuple[str, ...], old: Any, new: Any
) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    """Both as objects to be compared key by key; None when they are one value each."""
    if steps and steps[-1] in ID_LISTS and isinstance(old, list | tuple) and isinstance(new, list | tuple):
        return _by_id(old), _by_id(new)
    if isinstance(old, Mapping) and isinstance(new, Mapping) and "mode" not in old and "mode" not in new:
        return old, new
    return None


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    return {str(item["id"]): item for item in items if isinstance(item, Mapping) and "id" in item}


def _plain(value: Any) -> Any:
    return None if value is MISSING else value
