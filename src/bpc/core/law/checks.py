"""What a check is: a small function that judges a record against one provision of the law, and says on which fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Generic, TypeVar

from bpc.core.law.parameters import Provision

Record = TypeVar("Record")
#: What a finding tells: figures, days, codes and keys, for the words of the interface to use.
Fact = int | Fraction | Decimal | date | str | tuple[str, ...] | None
Number = int | Fraction | Decimal


class Verdict(StrEnum):
    """What the law makes of a fact."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"  # a field of `about` is missing
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, the paths of the fields it rests on (those that are missing when unknown), and what it compared."""

    verdict: Verdict
    about: tuple[str, ...] = ()
    values: dict[str, Fact] = field(default_factory=dict)


NOT_APPLICABLE = Outcome(Verdict.NOT_APPLICABLE)

Judge = Callable[[Record, Provision, date], Outcome]


@dataclass(frozen=True, slots=True)
class Check(Generic[Record]):
    """A check by its code; `rule` names its provision, `reads` the figures of it that it needs."""

    code: str
    rule: str
    reads: tuple[str, ...]
    record: type[Record]
    judge: Judge[Record]


class Family(Generic[Record]):
    """Checks of one kind of record, in the order written."""

    def __init__(self, record: type[Record]) -> None:
        self.record = record
        self.checks: list[Check[Record]] = []

    def check(
        self, code: str, *reads: str, rule: str | None = None
    ) -> Callable[[Judge[Record]], Judge[Record]]:
        """Adds a function to the family, under a code, for the rule of the same name unless told."""

        def added(judge: Judge[Record]) -> Judge[Record]:
            self.checks.append(Check(code, rule or code, reads, self.record, judge))
            return judge

        return added


def judged(holds: bool, *about: str, **values: Fact) -> Outcome:
    """Met or unmet."""
    return Outcome(Verdict.MET if holds else Verdict.UNMET, about, values)


def unknown(*about: str, **values: Fact) -> Outcome:
    """Not known, for want of these fields."""
    return Outcome(Verdict.UNKNOWN, about, values)


def is_true(about: str, answer: bool | None) -> Outcome:
    """A yes or no that must be yes."""
    return unknown(about) if answer is None else judged(answer, about)


def is_false(about: str, answer: bool | None) -> Outcome:
    """A yes or no that must be no."""
    return is_true(about, None if answer is None else not answer)


def at_least(about: str, figure: Number | None, limit: Number) -> Outcome:
    """A figure that must reach a limit.

    >>> at_least("founders", 4, 5)
    Outcome(verdict=<Verdict.UNMET: 'unmet'>, about=('founders',), values={'found': 4, 'at_least': 5})
    """
    if figure is None:
        return unknown(about, at_least=limit)
    return judged(_exact(figure) >= _exact(limit), about, found=figure, at_least=limit)


def at_most(about: str, figure: Number | None, limit: Number) -> Outcome:
    """A figure that must not go beyond a limit."""
    if figure is None:
        return unknown(about, at_most=limit)
    return judged(_exact(figure) <= _exact(limit), about, found=figure, at_most=limit)


def exactly(about: str, figure: Number | None, expected: Number) -> Outcome:
    """A figure that the law fixes."""
    if figure is None:
        return unknown(about, expected=expected)
    return judged(_exact(figure) == _exact(expected), about, found=figure, expected=expected)


def between(about: str, figure: Number | None, low: Number, high: Number) -> Outcome:
    """A figure between two limits, both allowed."""
    if figure is None:
        return unknown(about, at_least=low, at_most=high)
    return judged(
        _exact(low) <= _exact(figure) <= _exact(high), about, found=figure, at_least=low, at_most=high
    )


def every(kind: str, field_name: str, answers: Mapping[str, bool | None]) -> Outcome:
    """One answer per row (a founder, a cooperative of a union), which must all be yes; `who` names the others.

    >>> every("founders", "signed", {"amina": True, "brahim": False, "salma": None})
    Outcome(verdict=<Verdict.UNMET: 'unmet'>, about=('founders[brahim].signed',), values={'who': ('brahim',)})
    """
    if not answers:
        return unknown(kind)
    for verdict, wanted in ((Verdict.UNMET, False), (Verdict.UNKNOWN, None)):
        who = tuple(key for key, answer in answers.items() if answer is wanted)
        if who:
            return Outcome(verdict, tuple(f"{kind}[{key}].{field_name}" for key in who), {"who": who})
    return judged(True, kind)


def all_of(*outcomes: Outcome) -> Outcome:
    """Several at once: unmet as soon as one is, unknown when one may be, met when all that apply are.

    >>> all_of(judged(True, "a"), unknown("b")).about
    ('b',)
    """
    for verdict in (Verdict.UNMET, Verdict.UNKNOWN, Verdict.MET):
        found = [one for one in outcomes if one.verdict == verdict]
        if found:
            values: dict[str, Any] = {}
            for one in found:
                values |= one.values
            who = [key for one in found if isinstance(keys := one.values.get("who"), tuple) for key in keys]
            if who:
                values["who"] = tuple(dict.fromkeys(who))
            return Outcome(verdict, tuple(dict.fromkeys(path for one in found for path in one.about)), values)
    return NOT_APPLICABLE


def _exact(figure: Number) -> Fraction:
    return Fraction(figure)
