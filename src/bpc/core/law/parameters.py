"""The figures of the law as a value: read from `data/law/rules.yaml` by whoever calls, never written in the code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

#: One exact figure, or several in order.
Figure = Fraction | tuple[Fraction, ...]


class NoFigure(LookupError):
    """A rule, or a figure of a rule, that the law as given does not hold."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A rule of the law: its name, its article as the law is cited, and its exact figures by name.

    >>> rule = Provision("min_members", "112-12", "14", {"members": Fraction(5)})
    >>> rule.whole("members")
    5
    """

    rule: str
    law: str
    article: str
    figures: Mapping[str, Figure]

    def number(self, name: str) -> Fraction:
        """One exact figure. Raises NoFigure when there is none of this name, or several."""
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
        """Several exact figures. Raises NoFigure when there is none of this name, or just one."""
        figure = self.figures.get(name)
        if not isinstance(figure, tuple):
            raise NoFigure(f"{self.rule}: {name}")
        return figure


class Law:
    """The provisions by the name of their rule."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        self._provisions = {one.rule: one for one in provisions}

    def __getitem__(self, rule: str) -> Provision:
        try:
            return self._provisions[rule]
        except KeyError:
            raise NoFigure(rule) from None

    @property
    def rules(self) -> tuple[str, ...]:
        """Names of the rules, in the order given."""
        return tuple(self._provisions)
