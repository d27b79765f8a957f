"""The question worth asking next: the one whose answer is expected to decide the most sources still open."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any

from bpc.core.matching.facts import Facts, derive
from bpc.core.matching.questions import ASKS, roots_of
from bpc.core.matching.rules import Holds, NotAided, Rule, Within, fields_of, needs_of, rules_of
from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.truth import Level
from bpc.core.matching.verdict import live_children
from bpc.core.matching.vocabulary import FIELDS, LegalForm, Operator

#: How often each form is met among those who ask, our estimate; the rest counts 0.1.
_FORMS: Mapping[str, float] = {
    LegalForm.COOPERATIVE: 5,
    LegalForm.COOPERATIVE_IN_CREATION: 2,
    LegalForm.ASSOCIATION: 1,
    LegalForm.INDIVIDUAL: 1,
    LegalForm.UNION: 0.5,
    LegalForm.GIE: 0.3,
}
_REGIONS = tuple(f"{number:02}" for number in range(1, 13))
_SCENARIOS = 60


@dataclass(frozen=True, slots=True)
class _Open:
    """A source still to complete: its rules that wait, and the fields each waits for."""

    waiting: tuple[Rule, ...]
    needs: frozenset[str]


def next_question(
    schemes: Sequence[Scheme], facts: Facts, today: date, *, skipped: Collection[str] = ()
) -> str | None:
    """The field to ask about next, None when no answer would decide anything more.

    For each question the answers are tried in turn (every choice; on both sides of every bound that an undecided source
    sets), and the sources decided are counted: expected number = sum over answers of weight × sources decided. Ties go
    to the question that touches the most sources, then to the easiest to answer, then to the order of `ASKS`.
    `skipped` are fields the group would not or could not answer.

    >>> schemes = [Scheme(f"s{at}", "open", sectors=("crafts",)) for at in range(3)]
    >>> next_question([*schemes, Scheme("rural", "open", regions=("09",))], {}, date(2026, 11, 22))
    'sector'
    """
    return next(iter(next_screen(schemes, facts, today, skipped=skipped)), None)


def next_screen(
    schemes: Sequence[Scheme], facts: Facts, today: date, *, skipped: Collection[str] = ()
) -> tuple[str, ...]:
    """The same, with all the answers of that question that an undecided source waits for."""
    known = derive(facts, today)
    undecided = tuple(_undecided(schemes, known, today))
    best: tuple[float, int, int, int] = (-1.0, 0, 0, 0)
    chosen: tuple[str, ...] = ()
    for order, (name, ask) in enumerate(ASKS.items()):
        touched = [one for one in undecided if one.needs.intersection(ask.gives)]
        needs = [field for field in ask.gives if any(field in one.needs for one in touched)]
        fields = tuple(dict.fromkeys(root for need in needs for root in roots_of(need, known, skipped)))
        fields = tuple(field for field in fields if field not in skipped)
        if not fields:
            continue
        expected = _expected(name, needs, touched, known, today)
        rank = (round(expected, 9), len(touched), -ask.effort, -order)
        if rank > best:
            best, chosen = rank, fields
    return chosen


def _undecided(schemes: Sequence[Scheme], facts: Facts, today: date) -> Iterator[_Open]:
    children = live_children(schemes, today)
    for scheme in schemes:
        rules = rules_of(scheme, children.get(scheme.id, ()), today)
        levels = [rule.level(facts, today) for rule in rules]
        if min(levels, default=Level.MET) == Level.UNKNOWN:
            waiting = tuple(rule for rule, level in zip(rules, levels, strict=True) if level == Level.UNKNOWN)
            needs = frozenset(name for rule in waiting for name in needs_of(rule, facts, today))
            yield _Open(waiting, needs)


def _expected(name: str, needs: Sequence[str], touched: Sequence[_Open], facts: Facts, today: date) -> float:
    """Sources decided by the answer, on average over the answers that may come."""
    tests = [test for one in touched for rule in one.waiting for term in rule.terms for test in term.tests]
    scenarios = list(_commune_answers(tests, needs)) if name == "commune" else list(_answers(needs, tests))
    whole = sum(weight for weight, _ in scenarios)
    total = 0.0
    for weight, answers in scenarios:
        told = derive({**facts, **answers}, today)
        decided = sum(_decides(one.waiting, told, today) for one in touched)
        total += weight * decided
    return total / whole if whole else 0.0


def _decides(waiting: Iterable[Rule], facts: Facts, today: date) -> bool:
    levels = [rule.level(facts, today) for rule in waiting]
    return Level.UNMET in levels or Level.UNKNOWN not in levels


def _answers(needs: Sequence[str], tests: Sequence[Any]) -> Iterator[tuple[float, dict[str, Any]]]:
    """Answers that may come to fields asked together, each combination once while there are few."""
    ways = [list(_values(field, tests)) for field in needs]
    for at, chosen in enumerate(product(*ways)):
        if at >= _SCENARIOS:
            return
        weight = 1.0
        for one, _ in chosen:
            weight *= one
        yield weight, {field: value for field, (_, value) in zip(needs, chosen, strict=True)}


def _values(field: str, tests: Sequence[Any]) -> Iterator[tuple[float, Any]]:
    """Values of a field with their weights."""
    nature = FIELDS[field].nature
    if nature == "boolean":
        yield from ((1.0, value) for value in (True, False))
    elif field == "legal_form":
        yield from ((_FORMS.get(form, 0.1), form) for form in LegalForm)
    elif nature == "choice":
        yield from ((1.0, choice) for choice in FIELDS[field].choices)
    elif nature == "sector":
        named = {value for test in _on(field, tests) for value in _listed(test)}
        yield from ((1.0, value) for value in (*sorted(named), ""))
    elif nature == "list":
        sources = {one for test in tests if isinstance(test, Holds | NotAided) for one in test.sources}
        yield 4.0, ()
        yield from ((1 / len(sources), (source,)) for source in sorted(sources))
    else:
        yield from ((1.0, value) for value in _around(field, tests))


def _around(field: str, tests: Sequence[Any]) -> list[Any]:
    """A value on each bound, between every two, and beyond both ends."""
    bounds = sorted({value for test in _on(field, tests) for value in _listed(test)})
    if FIELDS[field].nature == "day":
        days = [timedelta(days=1), timedelta(days=0), timedelta(days=-1)]
        return sorted({bound + day for bound in bounds for day in days})
    if FIELDS[field].nature == "share":
        bounds = sorted({*bounds, 0.0, 0.5, 1.0})
        return sorted({*bounds, *((a + b) / 2 for a, b in pairwise(bounds))})
    if not bounds:
        return [0.0]
    between = [(a + b) / 2 for a, b in pairwise(bounds)]
    return sorted({0.0, *bounds, *between, 2 * bounds[-1] + 1})


def _on(field: str, tests: Iterable[Any]) -> Iterator[Condition]:
    return (test for test in tests if isinstance(test, Condition) and test.field == field)


def _listed(test: Condition) -> tuple[Any, ...]:
    several = test.op in (Operator.IN, Operator.NOT_IN, Operator.BETWEEN)
    return tuple(test.value) if several else (test.value,)


def _commune_answers(tests: Iterable[Any], needs: Collection[str]) -> Iterator[tuple[float, dict[str, Any]]]:
    """A village in each region outside the places named, and one in each of these; most are rural and inland."""
    codes = {code for test in tests if isinstance(test, Within) for code in test.codes}
    codes |= {
        code
        for test in tests
        if isinstance(test, Condition) and test.field in fields_of(Within(frozenset()))
        for code in _listed(test)
    }
    village = {
        field: value
        for field, value in (
            ("rural", True), ("coastal", False), ("mountain_or_oasis", False), ("earthquake_zone", False),
        )
        if field in needs
    }  # fmt: skip
    for region in _REGIONS:
        yield 1.0, {**village, "region": region, "province": f"{region}.0", "commune": f"{region}.0.0"}
    for code in sorted(code for code in codes if "." in code):
        region, province = code.split(".")[0], ".".join(code.split(".")[:2])
        yield 0.15, {**village, "region": region, "province": province, "commune": f"{code}.0"}
