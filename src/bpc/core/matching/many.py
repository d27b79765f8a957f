"""The same verdicts for many groups or many sources at once: rules compiled to arrays, answers to a table.

Each distinct test is evaluated once for all groups, then the levels are folded: smallest over the tests of a term,
largest over the terms of a rule, smallest over the rules of a source. Reasons and changes stay with `verdict`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf, nextafter
from typing import Any

import numpy as np
import numpy.typing as npt

from bpc.core.matching.facts import Facts, Interval, derive
from bpc.core.matching.rules import Composed, Fixed, Rule, Term, Test, fields_of, level_of, rules_of
from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.truth import Level
from bpc.core.matching.verdict import live_children
from bpc.core.matching.vocabulary import FIELDS, Operator

Floats = npt.NDArray[np.float64]
Levels = npt.NDArray[np.uint8]
Indices = npt.NDArray[np.intp]

#: The rows of its tests and the highest level it may have.
_Term = tuple[tuple[int, ...], Level]
#: Fields on a line, by their row in a table; the others are looked up value by value.
_ROWS = {
    name: row
    for row, name in enumerate(
        name for name, one in FIELDS.items() if one.nature in ("number", "share", "amount", "day")
    )
}
_PLACES = ("region", "province", "commune")
_BLOCK = 4096  # groups at a time: the levels of a block stay near the processor
_HELD_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """Facts of many groups. `low`, `high` (fields, groups): bounds of what is measured, NaN when unknown."""

    size: int
    low: Floats
    high: Floats
    facts: tuple[Facts, ...]


def tabulate(profiles: Iterable[Facts], today: date) -> Table:
    """The table of these groups, in order; what follows from their answers is worked out first."""
    known = tuple(derive(profile, today) for profile in profiles)
    low = np.full((len(_ROWS), len(known)), np.nan)
    high = low.copy()
    for at, facts in enumerate(known):
        for name, value in facts.items():
            row = _ROWS.get(name)
            if row is not None:
                bounds = value if isinstance(value, Interval) else (value, value)
                low[row, at], high[row, at] = map(_on_line, bounds)
    return Table(len(known), low, high, known)


def _on_line(value: Any) -> float:
    return float(value.toordinal()) if isinstance(value, date) else float(value)


@dataclass(frozen=True, slots=True)
class _Fold:
    """Which rows of the level below each row of this one folds."""

    rows: Indices
    starts: Indices

    def apply(self, levels: Levels, ufunc: np.ufunc) -> Levels:
        folded: Levels = ufunc.reduceat(levels[self.rows], self.starts, axis=0)
        return folded


@dataclass(slots=True)
class _Looked:
    """Tests that look up the same fields: their levels for each distinct value, kept from one call to the next."""

    fields: tuple[str, ...]
    tests: tuple[Test, ...]
    rows: Indices
    today: date
    known: dict[tuple[Any, ...], Levels] = field(default_factory=dict)

    def column(self, key: tuple[Any, ...]) -> Levels:
        """The levels of the tests for one value of the fields."""
        found = self.known.get(key)
        if found is None:
            facts = dict(zip(self.fields, key, strict=True))
            found = np.array([level_of(test, facts, self.today) for test in self.tests], dtype=np.uint8)
            if len(self.known) < _HELD_ROWS:
                self.known[key] = found
        return found

    def levels(self, facts: Sequence[Facts]) -> Levels:
        """(tests, groups)."""
        seen: dict[tuple[Any, ...], int] = {}
        which = np.empty(len(facts), dtype=np.intp)
        for at, known in enumerate(facts):
            key = tuple(map(known.get, self.fields))
            which[at] = seen.setdefault(key, len(seen))
        columns = np.stack([self.column(key) for key in seen], axis=1)
        return columns if len(facts) == 1 else columns[:, which]


@dataclass(frozen=True, slots=True)
class Compiled:
    """Sources ready for many groups; `ids` in the order of the columns."""

    ids: tuple[str, ...]
    tests: int
    measured: "_Measured"
    composed: tuple[tuple[int, int], ...]  # row of the levels, row of the table
    fixed: tuple[tuple[int, Level], ...]
    looked: tuple[_Looked, ...]
    terms: _Fold
    caps: Levels
    rules: _Fold
    sources: _Fold

    def verdicts(self, table: Table) -> Levels:
        """`verdict.ANSWERS` by index, (groups, sources): 0 excluded, 1 to complete, 2 to confirm, 3 eligible."""
        found = np.empty((table.size, len(self.ids)), dtype=np.uint8)
        for start in range(0, table.size, _BLOCK):
            block = slice(start, min(start + _BLOCK, table.size))
            levels = self._levels(table, block)
            terms = np.minimum(self.terms.apply(levels, np.minimum), self.caps)
            rules = self.rules.apply(terms, np.maximum)
            found[block] = self.sources.apply(rules, np.minimum).T
        return found

    def _levels(self, table: Table, block: slice) -> Levels:
        """Of every distinct test for the groups of a block."""
        low, high, facts = table.low[:, block], table.high[:, block], table.facts[block]
        levels = np.empty((self.tests, len(facts)), dtype=np.uint8)
        levels[self.measured.rows] = self.measured.levels(low, high)
        for row, column in self.composed:
            levels[row] = _composed(low[column], high[column])
        for row, level in self.fixed:
            levels[row] = level
        for group in self.looked:
            levels[group.rows] = group.levels(facts)
        return levels


@dataclass(frozen=True, slots=True)
class _Measured:
    """Tests of a fact on a line: met inside [`least`, `most`], both included; `opposite` outside."""

    rows: Indices
    columns: Indices
    least: Floats
    most: Floats
    opposite: npt.NDArray[np.bool_]
    caps: Levels

    def levels(self, low: Floats, high: Floats) -> Levels:
        """(tests, groups); a comparison with NaN is false, which leaves the unknown unknown."""
        lows, highs = low[self.columns], high[self.columns]
        met = (lows >= self.least) & (highs <= self.most)
        unmet = (highs < self.least) | (lows > self.most)
        met, unmet = np.where(self.opposite, unmet, met), np.where(self.opposite, met, unmet)
        levels = np.full(met.shape, Level.UNKNOWN, dtype=np.uint8)
        levels[met] = Level.MET
        levels[unmet] = Level.UNMET
        return np.minimum(levels, self.caps)


def _composed(low: Floats, high: Floats) -> Levels:
    levels = np.full(low.shape, Level.UNKNOWN, dtype=np.uint8)
    levels[(low >= 0.5) & (high < 1)] = Level.CONFIRM
    levels[low >= 1] = Level.MET
    levels[high < 0.5] = Level.UNMET
    return levels


def compile_schemes(schemes: Sequence[Scheme], today: date) -> Compiled:
    """The sources as arrays, each distinct test, term and rule once; a few milliseconds for a hundred of them.

    >>> from bpc.core.matching.vocabulary import Beneficiary
    >>> schemes = [Scheme("a", "open", sectors=("crafts",)), Scheme("b", "unknown")]
    >>> day = date(2026, 11, 22)
    >>> compile_schemes(schemes, day).verdicts(tabulate([{"sector": "food"}, {}], day)).tolist()
    [[0, 2], [1, 2]]
    """
    children = live_children(schemes, today)
    tests: dict[Test, int] = {}
    terms: dict[_Term, int] = {}
    rules: dict[tuple[int, ...], int] = {}
    sources = [
        tuple(
            rules.setdefault(_row_of_rule(rule, tests, terms), len(rules))
            for rule in rules_of(one, children.get(one.id, ()), today)
        )
        for one in schemes
    ]
    return _arrange(tuple(one.id for one in schemes), tuple(tests), terms, rules, sources, today)


def _arrange(
    ids: tuple[str, ...],
    tests: tuple[Test, ...],
    terms: Iterable[_Term],
    rules: Iterable[tuple[int, ...]],
    sources: Iterable[tuple[int, ...]],
    today: date,
) -> Compiled:
    """Tests by the way they are evaluated, terms, rules and sources by what they fold."""
    looked: dict[tuple[str, ...], list[int]] = {}
    measured, composed, fixed = [], [], []
    for row, test in enumerate(tests):
        if isinstance(test, Fixed):
            fixed.append((row, test.at))
        elif isinstance(test, Composed):
            composed.append((row, _ROWS[test.field]))
        elif _is_measured(test):
            measured.append(row)
        else:
            fields = fields_of(test)
            looked.setdefault(_PLACES if fields[0] in _PLACES else fields, []).append(row)
    listed = tuple(terms)
    return Compiled(
        ids,
        len(tests),
        _measure(measured, tests),
        tuple(composed),
        tuple(fixed),
        tuple(
            _Looked(fields, tuple(tests[row] for row in rows), np.array(rows, dtype=np.intp), today)
            for fields, rows in looked.items()
        ),
        terms=_fold(rows for rows, _ in listed),
        caps=np.array([cap for _, cap in listed], dtype=np.uint8).reshape(-1, 1),
        rules=_fold(rules),
        sources=_fold(sources),
    )


def _row_of_rule(rule: Rule, tests: dict[Test, int], terms: dict[_Term, int]) -> tuple[int, ...]:
    """The terms of a rule by their rows, made when they are new."""
    return tuple(_row_of_term(term, tests, terms) for term in rule.terms)


def _row_of_term(term: Term, tests: dict[Test, int], terms: dict[_Term, int]) -> int:
    rows = tuple(tests.setdefault(test, len(tests)) for test in term.tests)
    cap = Level.CONFIRM if term.inferred else Level.MET
    return terms.setdefault((rows, cap), len(terms))


def _is_measured(test: Test) -> bool:
    return (
        isinstance(test, Condition) and test.field in _ROWS and test.op not in (Operator.IN, Operator.NOT_IN)
    )


_BOUNDS: Mapping[Operator, Callable[[float], tuple[float, float]]] = {
    Operator.EQ: lambda value: (value, value),
    Operator.NEQ: lambda value: (value, value),
    Operator.GT: lambda value: (nextafter(value, inf), inf),
    Operator.GTE: lambda value: (value, inf),
    Operator.LT: lambda value: (-inf, nextafter(value, -inf)),
    Operator.LTE: lambda value: (-inf, value),
}


def _measure(rows: Sequence[int], tests: Sequence[Test]) -> _Measured:
    conditions = [test for test in (tests[row] for row in rows) if isinstance(test, Condition)]
    bounds = [
        (_on_line(one.value[0]), _on_line(one.value[1]))
        if one.op == Operator.BETWEEN
        else _BOUNDS[one.op](_on_line(one.value))
        for one in conditions
    ]
    return _Measured(
        rows=np.array(rows, dtype=np.intp),
        columns=np.array([_ROWS[one.field] for one in conditions], dtype=np.intp),
        least=np.array([least for least, _ in bounds]).reshape(-1, 1),
        most=np.array([most for _, most in bounds]).reshape(-1, 1),
        opposite=np.array([one.op == Operator.NEQ for one in conditions], dtype=np.bool_).reshape(-1, 1),
        caps=np.array(
            [Level.CONFIRM if one.inferred else Level.MET for one in conditions], dtype=np.uint8
        ).reshape(-1, 1),
    )


def _fold(groups: Iterable[Sequence[int]]) -> _Fold:
    """None of the groups is empty: a source has a status, a rule a term, a term a test."""
    listed = list(groups)
    lengths = [0, *(len(group) for group in listed[:-1])]
    rows = [row for group in listed for row in group]
    return _Fold(np.array(rows, dtype=np.intp), np.cumsum(lengths, dtype=np.intp))
