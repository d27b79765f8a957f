"""What changed between two contents, leaf by leaf, items followed by their id rather than by their place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: What names an item of a list, in this order.
KEYS = ("id", "code")
#: These change with every version and say nothing of what is told.
OWN = frozenset({"slug", "version", "updated", "verified"})


@dataclass(frozen=True)
class Difference:
    """One leaf that is not the same; None where it was not, or is no more. `path` is of the later content.

    An item that came or went is told by its name in its list ("products[huile]"), a leaf of its own each.
    """

    path: str
    before: Any
    after: Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every leaf that differs, in the order of the fields.

    >>> differences({"steps": [{"fr": "a"}], "kind": "x"}, {"steps": [{"fr": "b"}], "kind": "x"})
    [Difference(path='steps[1].fr', before='a', after='b')]
    """
    return [
        found for name in {**after, **before} if name not in OWN for found in _compare(name, before, after)
    ]


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names of the top fields in which something changed, sorted: for the trail."""
    return sorted(name for name in {**before, **after}.keys() - OWN if before.get(name) != after.get(name))


def _compare(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    yield from _differ(name, before.get(name), after.get(name))


def _differ(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after or (_is_empty(before) and _is_empty(after)):
        return
    parts_before, parts_after = _parts(before), _parts(after)
    if parts_before is None and parts_after is None:
        yield Difference(path, before, after)
        return
    first, second = parts_before or {}, parts_after or {}
    for step in {**second, **first}:
        yield from _differ(path + step, first.get(step), second.get(step))


def _is_empty(value: Any) -> bool:
    """Nothing said: an absent field and an empty list of sources are the same."""
    return value is None or value in ([], {})


def _parts(value: Any) -> dict[str, Any] | None:
    """What a value is made of, by the step that leads there; None for a leaf (a list of numbers is one)."""
    if isinstance(value, Mapping):
        return {f".{name}": part for name, part in value.items()}
    if (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and any(isinstance(item, Mapping) for item in value)
    ):
        return {f"[{_key(item, at)}]": item for at, item in enumerate(value)}
    return None


def _key(item: Any, at: int) -> str:
    return next((str(item[key]) for key in KEYS if key in item), str(at + 1))
