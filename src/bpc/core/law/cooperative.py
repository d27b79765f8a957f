"""A cooperative that lives: its state, its papers and what it agrees, as the rules after the creation need them told.

As in `creation_file`, None is "not known", never zero or no; money is in dirhams (MAD).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bpc.core.law.creation_file import LeftoverTo


@dataclass(frozen=True, slots=True)
class Cooperative:
    """The state of a registered cooperative on a day. `started`: whether it ever worked; `idle`: whether it stopped.

    `below_minimum_since`: the day members fell under the minimum, None while they are enough or nobody knows.
    `statutes_conform`: whether statutes older than the law were brought in line, and `conformed_on` when.
    """

    registered_on: date | None = None
    duration_years: int | None = None
    members: int | None = None
    below_minimum_since: date | None = None
    started: bool | None = None
    idle: bool | None = None
    idle_since: date | None = None
    statutes_conform: bool | None = None
    conformed_on: date | None = None
    member_register_numbered: bool | None = None
    member_register_up_to_date: bool | None = None


@dataclass(frozen=True, slots=True)
class BusinessPaper:
    """What an invoice, a letter or a notice says of who writes it; `registered` is whether a registered body does."""

    name: str | None = None
    seat: str | None = None
    registration_place: str | None = None
    registration_number: str | None = None
    registered: bool | None = None


class AgreementKind(StrEnum):
    """What is agreed with a director, or with someone close."""

    CONTRACT = "contract"
    LOAN = "loan"
    GUARANTEE = "guarantee"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with a director. `degree` of kinship: 0 the director, 1 parent or child, 2 brother or sister."""

    kind: AgreementKind | None = None
    degree: int | None = None
    authorised: bool | None = None


@dataclass(frozen=True, slots=True)
class Auditor:
    """An auditor of the accounts, for a number of years; `by_statutes`: the first, named in the statutes."""

    registered_expert: bool | None = None
    by_statutes: bool | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True)
class AuditorChallenge:
    """Members who ask the judge to set an auditor aside: their MAD of capital, of the whole, and the days."""

    capital_held: Decimal | None = None
    capital: Decimal | None = None
    named_on: date | None = None
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Transformation:
    """A cooperative that becomes a company. `opponent`: whether a member who objects would leave."""

    by_extraordinary: bool | None = None
    authority_told: bool | None = None
    decided_on: date | None = None
    opponent: bool | None = None
    opponent_wrote_on: date | None = None


@dataclass(frozen=True, slots=True)
class Liquidation:
    """What liquidation leaves, and who would receive it. `leftover` in MAD, 0 when nothing is left."""

    leftover: Decimal | None = None
    leftover_to: LeftoverTo | None = None


@dataclass(frozen=True, slots=True)
class UnionMember:
    """A cooperative of a union, and its votes."""

    key: str
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Union:
    """A union of cooperatives. `works_for_others`: whether it serves others than its cooperatives."""

    members: tuple[UnionMember, ...] = ()
    related_objects: bool | None = None
    has_board: bool | None = None
    works_for_others: bool | None = None
