"""Three values for a condition, and the chain of four levels on which a whole source is judged."""

from collections.abc import Callable, Mapping
from enum import IntEnum, StrEnum
from typing import Any

from bpc.core.matching.facts import Facts, Interval
from bpc.core.matching.scheme import Condition
from bpc.core.matching.vocabulary import FIELDS, Operator


class Truth(StrEnum):
    """Whether a condition holds; `unknown` when the facts do not say."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Level(IntEnum):
    """Truth with our own doubt in it, ordered: "and" is the smallest, "or" the largest (Kleene's logic, extended)."""

    UNMET = 0
    UNKNOWN = 1
    CONFIRM = 2
    MET = 3


def hold(condition: Condition, facts: Facts) -> Truth:
    """Whether the fact meets the condition. A place that is only known by what holds it decides when it can.

    >>> hold(Condition("annual_turnover_mad", Operator.LT, 10_000_000), {"annual_turnover_mad": 10_000_000})
    <Truth.UNMET: 'unmet'>
    >>> hold(Condition("women_or_youth_share", Operator.GT, 0.3), {"women_or_youth_share": Interval(0.3, 0.55)})
    <Truth.UNKNOWN: 'unknown'>
    >>> hold(Condition("province", Operator.EQ, "09.541"), {"region": "01"})
    <Truth.UNMET: 'unmet'>
    >>> hold(Condition("rural", Operator.EQ, True), {})
    <Truth.UNKNOWN: 'unknown'>
    """
    fact = facts.get(condition.field)
    if fact is None and FIELDS[condition.field].nature == "place":
        return _hold_place(condition, facts)
    if fact is None:
        return Truth.UNKNOWN
    if isinstance(fact, Interval):
        return _hold_interval(condition, fact)
    return Truth.MET if _EXACT[condition.op](fact, condition.value) else Truth.UNMET


_EXACT: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQ: lambda fact, value: bool(fact == value),
    Operator.NEQ: lambda fact, value: bool(fact != value),
    Operator.GT: lambda fact, value: bool(fact > value),
    Operator.GTE: lambda fact, value: bool(fact >= value),
    Operator.LT: lambda fact, value: bool(fact < value),
    Operator.LTE: lambda fact, value: bool(fact <= value),
    Operator.IN: lambda fact, value: fact in value,
    Operator.NOT_IN: lambda fact, value: fact not in value,
    Operator.CONTAINS: lambda fact, value: value in fact,
    Operator.BETWEEN: lambda fact, value: bool(value[0] <= fact <= value[1]),
}
_OPPOSITE = {Operator.NEQ: Operator.EQ, Operator.NOT_IN: Operator.IN}


def reverse(truth: Truth) -> Truth:
    """Its contrary; unknown stays unknown.

    >>> reverse(Truth.MET).value, reverse(Truth.UNKNOWN).value
    ('unmet', 'unknown')
    """
    return {Truth.MET: Truth.UNMET, Truth.UNMET: Truth.MET}.get(truth, Truth.UNKNOWN)


def _hold_interval(condition: Condition, fact: Interval) -> Truth:
    op, value = condition.op, condition.value
    if op in _OPPOSITE:
        return reverse(_hold_interval(Condition(condition.field, _OPPOSITE[op], value), fact))
    if op in (Operator.EQ, Operator.IN):
        values = value if op == Operator.IN else (value,)
        inside = [one for one in values if fact.low <= one <= fact.high]
        if not inside:
            return Truth.UNMET
        return Truth.MET if fact.low == fact.high else Truth.UNKNOWN
    if op == Operator.BETWEEN:
        if value[0] <= fact.low and fact.high <= value[1]:
            return Truth.MET
        return Truth.UNMET if fact.high < value[0] or fact.low > value[1] else Truth.UNKNOWN
    ends = {_EXACT[op](fact.low, value), _EXACT[op](fact.high, value)}
    if len(ends) == 2:
        return Truth.UNKNOWN
    return Truth.MET if ends == {True} else Truth.UNMET


def _hold_place(condition: Condition, facts: Facts) -> Truth:
    """A province or commune not known: no, when none of those asked for lies in the region or province known."""
    op = condition.op
    if op in _OPPOSITE:
        return reverse(_hold_place(Condition(condition.field, _OPPOSITE[op], condition.value), facts))
    known = facts.get("province") or facts.get("region")
    values = condition.value if op == Operator.IN else (condition.value,)
    if known is None or any(str(one).startswith(f"{known}.") for one in values):
        return Truth.UNKNOWN
    return Truth.UNMET
