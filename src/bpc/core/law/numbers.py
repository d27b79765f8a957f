"""Numbers a cooperative receives: of registration (decree 2-15-617, art. 7), and of identification (decree 2-11-63)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bpc.core.law.creation_file import Person
from bpc.core.law.parameters import Provision


class Part(StrEnum):
    """The four parts of the local register, 1 to 4 in the order of the rule's `parts`."""

    NATURAL = "natural"
    LEGAL = "legal"
    MIXED = "mixed"
    UNION = "union"


class NotANumber(ValueError):
    """A text that is no such number; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class RegistrationNumber:
    """A number of registration: the part of the register, the code of the court, the year, the order in it."""

    part: Part
    court: str
    year: int
    order: int


#: Four groups of digits; the decree gives their order, not the sign between them.
_REGISTRATION = re.compile(r"([0-9]{1,2})[\s/.-]+([0-9]{1,4})[\s/.-]+([0-9]{4})[\s/.-]+([0-9]{1,7})")


def parse_registration_number(text: str, rule: Provision, *, latest_year: int) -> RegistrationNumber:
    """The number a text holds. `rule` is "number_pattern". Raises NotANumber, NoFigure.

    Codes: "pattern" (not part, court, year, order), "part" (no such part), "year" (before the register, or to come),
    "order" (no order zero).

    >>> from fractions import Fraction
    >>> figures = {"parts": ("natural", "legal", "mixed", "union"), "since_year": Fraction(2016)}
    >>> rule = Provision("number_pattern", "décret 2-15-617", "7", figures)
    >>> parse_registration_number("1/25/2026/123", rule, latest_year=2026)
    RegistrationNumber(part=<Part.NATURAL: 'natural'>, court='25', year=2026, order=123)
    """
    found = _REGISTRATION.fullmatch(text.strip())
    if not found:
        raise NotANumber("pattern")
    part, court, year, order = found.groups()
    parts = rule.words("parts")
    if not 1 <= int(part) <= len(parts):
        raise NotANumber("part")
    if not rule.whole("since_year") <= int(year) <= latest_year:
        raise NotANumber("year")
    if int(order) == 0:
        raise NotANumber("order")
    return RegistrationNumber(Part(parts[int(part) - 1]), court, int(year), int(order))


def part_of(members: Iterable[Person], *, union: bool = False) -> Part:
    """The part of the register where such members are entered. Raises ValueError without any member.

    >>> part_of([Person.NATURAL, Person.LEGAL])
    <Part.MIXED: 'mixed'>
    """
    kinds = set(members)
    if union:
        return Part.UNION
    if not kinds:
        raise ValueError("no member")
    if len(kinds) > 1:
        return Part.MIXED
    return Part.NATURAL if kinds == {Person.NATURAL} else Part.LEGAL


def parse_ice(text: str, rule: Provision) -> str:
    """The fifteen digits of an ICE, without the spaces between. `rule` is "ice_number". Raises NotANumber, NoFigure.

    Codes: "digits" (something else than digits and spaces), "length".

    >>> from fractions import Fraction
    >>> rule = Provision("ice_number", "", "", {"groups": (Fraction(9), Fraction(4), Fraction(2))})
    >>> parse_ice("001525713 0000 32", rule)
    '001525713000032'
    """
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdigit()):
        raise NotANumber("digits")
    if len(digits) != sum(rule.numbers("groups")):
        raise NotANumber("length")
    return digits
