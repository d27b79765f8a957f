"""What would change a refusal: the fewest facts to change, found by trying and checked by judging again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from math import ceil, floor
from typing import Any

from bpc.core.matching.facts import Facts, Interval, change
from bpc.core.matching.rules import (
    AtStage,
    Composed,
    Fixed,
    Holds,
    NotAided,
    Rule,
    Test,
    Within,
    fields_of,
    level_of,
)
from bpc.core.matching.scheme import Condition
from bpc.core.matching.truth import Level
from bpc.core.matching.vocabulary import FIELDS, LegalForm, Operator


@dataclass(frozen=True, slots=True)
class Change:
    """The fact `field` becoming `to`, the nearest value that will do; it was `fact`.

    `within_reach`: the group can do it, given time: found a cooperative, not grow younger nor move its village.
    """

    field: str
    to: Any
    fact: Any
    within_reach: bool = True


#: Where two sets of changes are as short, the one whose fields come first here: papers, then money, people, law, place.
_EASE: Sequence[str] = (
    "held", "badges",
    "tax_up_to_date", "cnss_up_to_date", "law_112_12_compliant", "keeps_accounts", "has_audited_accounts",
    "pays_training_tax", "has_water_authorisation", "has_localized_irrigation", "project_type", "stage",
    "loan_amount_mad", "project_cost_mad", "own_contribution_pct", "own_cash_mad", "own_in_kind_mad", "jobs_created",
    "jobs_per_million_mad", "intelaka_loan_mad", "microcredit_client", "women_or_youth_share", "women_share",
    "youth_share", "women", "youth", "women_or_youth", "members", "activity_mode", "industrial_activity", "employees",
    "annual_turnover_mad", "legal_form", "land_area_ha", "land_status", "home_price_mad", "registered_on",
    "created_on", "age_years", "sector", "owns_home", "already_received_housing_aid", "past_aid", "founder_age_years",
    "founder_gender", "rural", "coastal", "mountain_or_oasis", "earthquake_zone", "commune", "province", "region",
)  # fmt: skip
_RANK: Mapping[str, int] = {field: at for at, field in enumerate(_EASE)}
_FIXED = frozenset({
    "past_aid", "founder_gender", "rural", "coastal", "mountain_or_oasis", "earthquake_zone", "commune", "province",
    "region", "owns_home", "already_received_housing_aid", "created_on", "registered_on",
})  # fmt: skip
_GROWING = frozenset({"age_years", "founder_age_years"})
#: The step beyond a strict bound, by nature: a hundredth of a year or of the members, a dirham.
_STEP: Mapping[str, float] = {"number": 0.01, "share": 0.01, "amount": 1}
_WHOLE = frozenset({
    "members", "women", "youth", "women_or_youth", "founder_age_years", "employees", "jobs_created",
})  # fmt: skip
#: Facts that move together: a new form is a new group, another place another region, a share the shares beside it.
_TOGETHER: Mapping[str, str] = {
    **dict.fromkeys(("legal_form", "registered_on", "created_on", "age_years"), "legal_form"),
    **dict.fromkeys(("region", "province", "commune"), "region"),
    **dict.fromkeys(("women_share", "youth_share", "women_or_youth_share", "women", "youth"), "women_share"),
    **dict.fromkeys(("project_cost_mad", "jobs_per_million_mad", "own_contribution_pct"), "project_cost_mad"),
    **dict.fromkeys(("held", "past_aid"), "held"),
}
_FOUNDERS = frozenset({
    LegalForm.COOPERATIVE_IN_CREATION, LegalForm.INDIVIDUAL, LegalForm.SELF_EMPLOYED, LegalForm.ASSOCIATION,
    LegalForm.ASSOCIATION_NETWORK,
})  # fmt: skip
_FOUNDED = frozenset({LegalForm.COOPERATIVE, LegalForm.COOPERATIVE_IN_CREATION})
_MANY = 12
_MOST_TRIED = 5_000  # a source written to be hard gets no advice rather than a slow page


def shortest_changes(rules: Sequence[Rule], facts: Facts, today: date) -> tuple[Change, ...]:
    """The fewest changes of facts after which no rule excludes; none when nothing the group is can lift it.

    Rules that share no fact are settled apart: the fewest changes of the whole are the sum of the fewest of each part.
    Within a part, sets of fields are tried by size, so that the first that does is as short as any.
    """
    unmet = [rule for rule in rules if rule.level(facts, today) == Level.UNMET]
    if not unmet or any(not rule.fields or _beyond(rule) for rule in unmet):
        return ()
    found: list[Change] = []
    for part in _parts(rules):
        changes = _settle(part, [rule for rule in part if rule in unmet], facts, today)
        if changes is None:
            return ()
        found += changes
    return tuple(found)


def _beyond(rule: Rule) -> bool:
    """The local call stands in the place of the frame: nothing to change, another file to make."""
    return rule.name == "local_call"


def _parts(rules: Iterable[Rule]) -> Iterator[list[Rule]]:
    """The rules, apart where they share no fact even through others."""
    left = [rule for rule in rules if rule.blocks]
    while left:
        part = [left.pop(0)]
        fields = _touched(part[0])
        while near := [rule for rule in left if _touched(rule) & fields]:
            part += near
            fields |= set().union(*(_touched(rule) for rule in near))
            left = [rule for rule in left if rule not in near]
        yield part


def _touched(rule: Rule) -> set[str]:
    """The facts of a rule, one name for those that a single change moves together."""
    return {_TOGETHER.get(name, name) for name in rule.fields}


def _settle(
    part: Sequence[Rule], unmet: Sequence[Rule], facts: Facts, today: date
) -> tuple[Change, ...] | None:
    if not unmet:
        return ()
    ways, tried = _ways(part, facts), 0
    refused = frozenset().union(*(rule.fields for rule in unmet))
    fields = sorted(ways, key=lambda name: (name not in refused, _RANK.get(name, len(_RANK)), name))
    for size in range(1, len(fields) + 1):
        for chosen in combinations(fields, size):
            for values in product(*(ways[name] for name in chosen)):
                tried += 1
                if tried > _MOST_TRIED:
                    return None
                pairs = list(zip(chosen, values, strict=True))
                if _lifts(part, pairs, facts, today):
                    return _tell(pairs, facts)
    return None


def _lifts(rules: Iterable[Rule], pairs: list[tuple[str, Any]], facts: Facts, today: date) -> bool:
    """No rule excludes any more, and none has only been made unknown by forgetting what was known."""
    changed = change(facts, pairs, today)
    for rule in rules:
        level = rule.level(changed, today)
        if level == Level.UNMET:
            return False
        if level == Level.UNKNOWN and any(
            facts.get(name) is not None for name in _lost(rule, changed, today)
        ):
            return False
    return True


def _lost(rule: Rule, changed: Facts, today: date) -> Iterator[str]:
    for term in rule.terms:
        for test in term.tests:
            if level_of(test, changed, today) == Level.UNKNOWN:
                yield from (name for name in fields_of(test) if changed.get(name) is None)


def _tell(pairs: Sequence[tuple[str, Any]], facts: Facts) -> tuple[Change, ...]:
    """A group that takes another form starts again at age 0."""
    before = {**facts, "age_years": 0.0} if dict(pairs).keys() & {"legal_form"} else facts
    return tuple(_change(name, value, before) for name, value in pairs)


def _change(field: str, to: Any, facts: Facts) -> Change:
    fact = facts.get(field)
    reach = field not in _FIXED
    if field == "legal_form":
        reach = to in _FOUNDED and (fact is None or fact in _FOUNDERS)
    if field in _GROWING:
        high = fact.high if isinstance(fact, Interval) else fact
        reach = field == "age_years" and high is not None and to > high
    return Change(field, to, fact, reach)


def _ways(part: Iterable[Rule], facts: Facts) -> dict[str, list[Any]]:
    """The values worth trying for each fact: those of the tests, and the nearest on the right side of each bound."""
    found: dict[str, list[Any]] = {}
    for rule in part:
        for term in rule.terms:
            for test in term.tests:
                for field, value in _values_of(test, facts):
                    values = found.setdefault(field, [])
                    if value not in values and _happens(field, value, facts):
                        values.append(value)
    for field, values in found.items():
        values.sort(key=lambda value: _distance(field, value, facts))
    return {field: values[:_MANY] for field, values in found.items() if values}


def _happens(field: str, value: Any, facts: Facts) -> bool:
    """It is another value, or one that another change moves; what is registered is not in creation again."""
    if field not in _TOGETHER and value == facts.get(field):
        return False
    if field != "legal_form" or value != LegalForm.COOPERATIVE_IN_CREATION:
        return True
    return facts.get("legal_form") in _FOUNDERS


def _distance(field: str, value: Any, facts: Facts) -> float:
    """Nearest first; values of a list keep the order of the source."""
    fact = facts.get(field)
    if isinstance(fact, Interval):
        fact = fact.low
    if isinstance(value, int | float) and isinstance(fact, int | float):
        return abs(value - fact)
    return abs((value - fact).days) if isinstance(value, date) and isinstance(fact, date) else 0.0


def _values_of(test: Test, facts: Facts) -> Iterator[tuple[str, Any]]:
    match test:
        case Condition():
            yield from ((test.field, value) for value in _bounds(test, facts))
        case Within(codes, reverse) if not reverse:
            for code in sorted(codes):
                yield ("region", "province", "commune")[min(2, code.count("."))], code
        case Composed(field):
            yield from ((field, _in_heads(field, share, facts)) for share in (0.5, 1.0))
        case Holds(sources):
            held = tuple(facts.get("held") or ())
            yield from (("held", (*held, source)) for source in sources)
        case AtStage() | Fixed() | NotAided() | Within():
            return


def _bounds(test: Condition, facts: Facts) -> Iterator[Any]:
    nature, op, value = FIELDS[test.field].nature, test.op, test.value
    if op == Operator.IN:
        yield from value
    elif op == Operator.CONTAINS:
        yield (*(facts.get(test.field) or ()), value)
    elif op == Operator.BETWEEN:
        yield from (_in_heads(test.field, one, facts) for one in value)
    elif op in (Operator.NEQ, Operator.NOT_IN):
        refused = value if op == Operator.NOT_IN else (value,)
        choices = (True, False) if nature == "boolean" else FIELDS[test.field].choices
        yield from (one for one in choices if one not in refused)
    elif op in (Operator.GT, Operator.LT) and nature in _STEP:
        yield _beside(test.field, value, 1 if op == Operator.GT else -1, facts)
    else:
        yield _in_heads(test.field, value, facts)


def _beside(field: str, value: float, side: int, facts: Facts) -> float:
    """Just above or just below: one head more of the members, a dirham, a hundredth."""
    heads = _heads(field, facts)
    if heads:
        exact = round(value * heads, 9)
        count = floor(exact) + 1 if side > 0 else ceil(exact) - 1
        return min(1.0, max(0.0, count / heads))
    step = 1 if field in _WHOLE else _STEP[FIELDS[field].nature]
    return round(value + side * step, 6)


def _in_heads(field: str, value: Any, facts: Facts) -> Any:
    """A share that a whole number of members can make, at least the one asked for."""
    heads = _heads(field, facts)
    return min(1.0, ceil(round(value * heads, 9)) / heads) if heads else value


def _heads(field: str, facts: Facts) -> int:
    return int(facts.get("members") or 0) if FIELDS[field].nature == "share" else 0
