"""The figures of the law as a value: read from `data/law/rules.yaml` by whoever calls, never written in the code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

#: One exact figure, several in order, words, or a day.
Figure = Fraction | tuple[Fraction, ...] | tuple[str, ...] | date


class NoFigure(LookupError):
    """A rule, or a figure of a rule, that the law as given does not hold."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A rule of the law: its name, its article as the law is cited, and its exact figures by name.

    `warn_days`: how long before a delay ends it is worth saying so. That is our choice, not the law's; None: never.

    >>> rule = Provision("min_members", "112-12", "14", {"members": Fraction(5)})
    >>> rule.whole("members")
    5
    """

    rule: str
    law: str
    article: str
    figures: Mapping[str, Figure]
    warn_days: int | None = None

    def number(self, name: str) -> Fraction:
        """One exact figure. Raises NoFigure when there is none of this name, or of another kind."""
        figure = self.figures.get(name)
        if not isinstance(figure, Fraction):
            raise NoFigure(f"{self.rule}: {name}")
        return figure

    def whole(self, name: str) -> int:
        """One whole figure. Raises NoFigure when it is not there, or not whole."""
        figure = self.number(name)
        if figure.denominator != 1:
            raise NoFigure(f"{self.rule}: {name} is not a whole figure")
        return figure.numerator

    def numbers(self, name: str) -> tuple[Fraction, ...]:
        """Several exact figures. Raises NoFigure when there is none of this name, or of another kind."""
        figure = self.figures.get(name)
        found = figure if isinstance(figure, tuple) else ()
        numbers = tuple(one for one in found if isinstance(one, Fraction))
        if not numbers or len(numbers) < len(found):
            raise NoFigure(f"{self.rule}: {name}")
        return numbers

    def words(self, name: str) -> tuple[str, ...]:
        """Several words. Raises NoFigure when there is none of this name, or of another kind."""
        figure = self.figures.get(name)
        found = figure if isinstance(figure, tuple) else ()
        words = tuple(one for one in found if isinstance(one, str))
        if not words or len(words) < len(found):
            raise NoFigure(f"{self.rule}: {name}")
        return words

    def day(self, name: str) -> date:
        """A day. Raises NoFigure when there is none of this name, or of another kind."""
        figure = self.figures.get(name)
        if not isinstance(figure, date):
            raise NoFigure(f"{self.rule}: {name}")
        return figure


class Law:
    """The provisions by the name of their rule."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        self._provisions = {one.rule: one for one in provisions}

    def __getitem__(self, rule: str) -> Provision:
        """The provision of a rule. Raises NoFigure when the law as given has none of this name."""
        try:
            return self._provisions[rule]
        except KeyError:
            raise NoFigure(rule) from None

    @property
    def rules(self) -> tuple[str, ...]:
        """Names of the rules, in the order given."""
        return tuple(self._provisions)
