"""Formulas that can be written in a cell and calculated here: the text and the value come from the same tree.

So the value kept beside each formula is exactly what a spreadsheet finds when it recalculates, and a whole workbook can
be compared with the engine without any spreadsheet program.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from bpc.core.kernel.money import round_half_up

#: How tightly each operator binds; 9 is a single cell, name or call.
_LEVELS = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "+": 3, "-": 3, "*": 4, "/": 4, "^": 6}
_ACTS: dict[str, Callable[[Any, Any], Any]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: a**b,
}
#: Anything a formula may be built from.
Operand = "Formula | float | int | str"


class Sheetlike(Protocol):
    """What a formula must know of the sheet it stands in."""

    @property
    def quoted(self) -> str:
        """The sheet's name as formulas write it."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a formula stands: a sheet, and the column counted along its axis (0 is the opening one)."""

    sheet: Sheetlike
    column: Any


class Formula:
    """Parent of everything that has a text and a value in a place."""

    level = 9

    def text(self, at: Place) -> str:
        """What is written in the cell, without the equal sign."""
        raise NotImplementedError

    def value(self, at: Place) -> Any:
        """What a spreadsheet finds there."""
        raise NotImplementedError

    def within(self, at: Place, level: int) -> str:
        """The text, in parentheses when it binds less tightly than what surrounds it."""
        return f"({self.text(at)})" if self.level < level else self.text(at)

    def __add__(self, other: Any) -> "Formula":
        return Binary("+", self, formula(other))

    def __radd__(self, other: Any) -> "Formula":
        return Binary("+", formula(other), self)

    def __sub__(self, other: Any) -> "Formula":
        return Binary("-", self, formula(other))

    def __rsub__(self, other: Any) -> "Formula":
        return Binary("-", formula(other), self)

    def __mul__(self, other: Any) -> "Formula":
        return Binary("*", self, formula(other))

    def __rmul__(self, other: Any) -> "Formula":
        return Binary("*", formula(other), self)

    def __truediv__(self, other: Any) -> "Formula":
        return Binary("/", self, formula(other))

    def __rtruediv__(self, other: Any) -> "Formula":
        return Binary("/", formula(other), self)

    def __pow__(self, other: Any) -> "Formula":
        return Binary("^", self, formula(other))

    def __neg__(self) -> "Formula":
        return Binary("-", Number(0), self)

    def __lt__(self, other: Any) -> "Formula":
        return Binary("<", self, formula(other))

    def __le__(self, other: Any) -> "Formula":
        return Binary("<=", self, formula(other))

    def __gt__(self, other: Any) -> "Formula":
        return Binary(">", self, formula(other))

    def __ge__(self, other: Any) -> "Formula":
        return Binary(">=", self, formula(other))

    def equals(self, other: Any) -> "Formula":
        """The comparison `=`: Python keeps `==` for itself."""
        return Binary("=", self, formula(other))


def formula(given: Any) -> Formula:
    """A plain number or text as a formula."""
    if isinstance(given, Formula):
        return given
    return Words(given) if isinstance(given, str) else Number(given)


@dataclass(frozen=True, slots=True)
class Number(Formula):
    """A number written in the formula: only for what is no assumption (0, 1, 12, 30)."""

    number: float

    def text(self, at: Place) -> str:
        return repr(int(self.number)) if float(self.number).is_integer() else repr(float(self.number))

    def value(self, at: Place) -> Any:
        return self.number


@dataclass(frozen=True, slots=True)
class Words(Formula):
    """A text in a formula, such as the reason why a figure is not defined."""

    words: str

    def text(self, at: Place) -> str:
        return '"' + self.words.replace('"', '""') + '"'

    def value(self, at: Place) -> Any:
        return self.words


class Binary(Formula):
    """Two formulas and an operator."""

    __slots__ = ("left", "level", "operator", "right")

    def __init__(self, operator: str, left: Formula, right: Formula) -> None:
        self.operator, self.left, self.right, self.level = operator, left, right, _LEVELS[operator]

    def text(self, at: Place) -> str:
        if self.operator == "-" and isinstance(self.left, Number) and self.left.number == 0:
            # a sign binds more tightly than a power in spreadsheets, unlike in Python
            return f"-{self.right.within(at, 9)}"
        left = self.left.within(at, self.level)
        right = self.right.within(at, self.level + (self.operator in "-/^<>="))
        return f"{left}{self.operator}{right}"

    def value(self, at: Place) -> Any:
        return _ACTS[self.operator](self.left.value(at), self.right.value(at))


class Call(Formula):
    """A function of the spreadsheet and its arguments, all calculated."""

    __slots__ = ("act", "arguments", "name")

    def __init__(self, name: str, act: Callable[..., Any], *arguments: Any) -> None:
        self.name, self.act, self.arguments = name, act, [formula(given) for given in arguments]

    def text(self, at: Place) -> str:
        return f"{self.name}({','.join(given.text(at) for given in self.arguments)})"

    def value(self, at: Place) -> Any:
        return self.act(*(given.value(at) for given in self.arguments))


class If(Formula):
    """IF(condition, then, otherwise): only the branch that counts is calculated."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(self, condition: Any, then: Any, otherwise: Any = 0) -> None:
        self.condition, self.then, self.otherwise = formula(condition), formula(then), formula(otherwise)

    def text(self, at: Place) -> str:
        return f"IF({self.condition.text(at)},{self.then.text(at)},{self.otherwise.text(at)})"

    def value(self, at: Place) -> Any:
        return (self.then if self.condition.value(at) else self.otherwise).value(at)


def _flat_sum(*given: Any) -> float:
    return float(sum(np.sum(part) for part in given))


def least(*given: Any) -> Formula:
    """MIN(…)."""
    return Call("MIN", lambda *parts: min(float(np.min(part)) for part in parts), *given)


def most(*given: Any) -> Formula:
    """MAX(…)."""
    return Call("MAX", lambda *parts: max(float(np.max(part)) for part in parts), *given)


def total(*given: Any) -> Formula:
    """SUM(…)."""
    return Call("SUM", _flat_sum, *given)


def product_sum(given: Any) -> Formula:
    """SUMPRODUCT of one array expression: multiplies and adds without an array formula."""
    return Call("SUMPRODUCT", lambda part: float(np.sum(part)), given)


def absolute(given: Any) -> Formula:
    """ABS(…)."""
    return Call("ABS", np.abs, given)


def rounded(given: Any, places: int) -> Formula:
    """ROUND(…), halves away from zero."""
    return Call("ROUND", lambda amount, kept: round_half_up(float(amount), int(kept)), given, places)


def floor(given: Any) -> Formula:
    """INT(…): the whole number below."""
    return Call("INT", np.floor, given)


def modulo(given: Any, divisor: Any) -> Formula:
    """MOD(…): of the sign of the divisor, as in Python."""
    return Call("MOD", lambda a, b: a % b, given, divisor)


def both(*given: Any) -> Formula:
    """AND(…)."""
    return Call("AND", lambda *parts: all(parts), *given)


def either(*given: Any) -> Formula:
    """OR(…)."""
    return Call("OR", lambda *parts: any(parts), *given)


def add_up(parts: "Sequence[Formula]") -> Formula:
    """a + b + …; 0 when there is nothing to add."""
    result: Formula | None = None
    for part in parts:
        result = part if result is None else result + part
    return Number(0) if result is None else result
