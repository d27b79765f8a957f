"""What a group knows of the cooperative it is creating, as law 112-12 needs it told.

Everywhere None is "not known", never zero, no or nobody; an amount of zero is written zero. Money is in dirhams (MAD),
as Decimal; a ratio (a quorum, a majority, a share of trade) is a Fraction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from bpc.core.law.events import Event


class Person(StrEnum):
    """Who joins: a natural person, or a legal one (art. 1)."""

    NATURAL = "natural"
    LEGAL = "legal"


class Category(StrEnum):
    """The three categories, which may be combined (art. 1)."""

    SUPPLY = "supply"  # members supply products or services, sold to others
    SERVICE = "service"  # goods or services for the members
    WORK = "work"  # paid work for the members


class Management(StrEnum):
    """Who manages (art. 47): never both."""

    BOARD = "board"
    MANAGERS = "managers"


class Function(StrEnum):
    """What a person does in the first organs."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    DIRECTOR = "director"  # any other member of the board
    MANAGER = "manager"
    SUPERVISOR = "supervisor"  # member of the supervisory committee (art. 67)


#: Functions that only a member of the board can have.
ON_THE_BOARD = frozenset(
    {Function.CHAIR, Function.VICE_CHAIR, Function.SECRETARY, Function.TREASURER, Function.DIRECTOR}
)


class RefundBasis(StrEnum):
    """In proportion to what a surplus would be returned to members; the law knows the first two (art. 2, 69)."""

    OPERATIONS = "operations"
    WORK = "work"
    SHARES = "shares"
    EQUALLY = "equally"


class LeftoverTo(StrEnum):
    """Who would receive what liquidation leaves (art. 84)."""

    COOPERATIVES = "cooperatives"
    UNION = "union"
    FEDERATION = "federation"
    MEMBERS = "members"


class Mention(StrEnum):
    """What statutes must say (art. 5)."""

    MEMBERS = "members"
    NAME = "name"
    SEAT = "seat"
    DURATION = "duration"
    PURPOSE = "purpose"
    CAPITAL = "capital"
    IN_KIND = "in_kind"
    PAYMENT_OF_SHARES = "payment_of_shares"
    TRANSFER_OF_SHARES = "transfer_of_shares"
    VARIABLE_CAPITAL = "variable_capital"
    MINIMUM_SHARES = "minimum_shares"
    SHARE_INTEREST = "share_interest"
    ADMISSION_AND_EXIT = "admission_and_exit"
    RIGHTS_AND_DUTIES = "rights_and_duties"
    LIABILITY = "liability"
    COMMITMENTS = "commitments"
    ORGANS = "organs"
    FIRST_OFFICERS = "first_officers"
    MEETINGS = "meetings"
    VOTES = "votes"
    ABSENCES = "absences"
    YEAR_END = "year_end"
    CONTROL = "control"
    SURPLUS = "surplus"
    ENDING = "ending"
    LEFTOVER = "leftover"
    DISPUTES = "disputes"


class Paper(StrEnum):
    """What the request of registration is made of (art. 11 and decree 2-15-617)."""

    FORM = "form"
    STATUTES = "statutes"
    MEMBER_LIST = "member_list"
    IDENTITIES = "identities"
    BANK_CERTIFICATE = "bank_certificate"
    LOCAL_RECEIPT = "local_receipt"
    NAME_CERTIFICATE = "name_certificate"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The conditions of article 65 to manage, one answer each; None while nobody answered."""

    civil_rights: bool | None = None
    not_banned: bool | None = None
    no_competing_business: bool | None = None
    dues_paid: bool | None = None


@dataclass(frozen=True, slots=True)
class Founder:
    """A founder. `key` names the row, and comes back in findings.

    `shares` counts all shares subscribed; `in_kind` is the MAD worth of those paid in goods (0: all in cash) and
    `in_kind_released` whether they are wholly handed over; `cash_paid` is what was paid so far on the others.
    `same_object_elsewhere`: already a member of a cooperative of the same object in the same area. `functions` is
    empty for a founder without any.
    """

    key: str
    person: Person | None = None
    adult: bool | None = None
    in_the_trade: bool | None = None
    same_object_elsewhere: bool | None = None
    shares: int | None = None
    cash_paid: Decimal | None = None
    in_kind: Decimal | None = None
    in_kind_released: bool | None = None
    expert_report: bool | None = None
    signed_name_request: bool | None = None
    signed_statutes: bool | None = None
    functions: frozenset[Function] | None = None
    eligibility: Eligibility = Eligibility()

    def cash_subscribed(self, share_value: Decimal) -> Decimal | None:
        """MAD subscribed in cash: all shares at their value, less those in kind.

        >>> Founder("a", shares=5, in_kind=Decimal(200)).cash_subscribed(Decimal(100))
        Decimal('300')
        """
        if self.shares is None or self.in_kind is None:
            return None
        return self.shares * share_value - self.in_kind


@dataclass(frozen=True, slots=True)
class OutsideManager:
    """A manager who is no member, which article 65 allows."""

    key: str
    eligibility: Eligibility = Eligibility()


@dataclass(frozen=True, slots=True)
class StatutesChoices:
    """What the statutes choose, where the law fixes, bounds or leaves open. Delays in days unless named otherwise.

    `liability_times`: members answer for so many times their shares. `legal_reserve_rate` and `legal_reserve_until`
    (1: the whole capital). `reserves_shared`: whether reserves may be given to members. Quorums are in the order of
    calls. `assembly_on_request`: the fraction of members who may require an assembly. `third_party_share`: the most
    that would be done with non-members; `third_party_at_once`: already in the first year. `year_end`: (month, day).
    """

    duration_years: int | None = None
    categories: frozenset[Category] | None = None
    share_value: Decimal | None = None
    capital: Decimal | None = None
    minimum_shares: int | None = None
    liability_times: Decimal | None = None
    share_interest: bool | None = None
    share_interest_rate: Fraction | None = None
    share_interest_on_paid_only: bool | None = None
    refund_basis: RefundBasis | None = None
    legal_reserve_rate: Fraction | None = None
    legal_reserve_until: Fraction | None = None
    education_rate: Fraction | None = None
    reserves_shared: bool | None = None
    leftover_to: LeftoverTo | None = None
    capital_floor: Fraction | None = None
    balance_years: int | None = None
    management: Management | None = None
    board_size: int | None = None
    board_term_years: int | None = None
    board_renewed_by_thirds: bool | None = None
    board_paid: bool | None = None
    board_meetings: int | None = None
    absences: int | None = None
    managers: int | None = None
    manager_term_years: int | None = None
    supervisory_committee: bool | None = None
    supervisory_size: int | None = None
    supervisory_term_years: int | None = None
    votes_per_member: int | None = None
    proxies: bool | None = None
    proxies_per_member: int | None = None
    proxy_member_only: bool | None = None
    proxy_legalised: bool | None = None
    first_call_days: int | None = None
    next_call_days: int | None = None
    assemblies_in_province: bool | None = None
    assembly_on_request: Fraction | None = None
    ordinary_assembly_months: int | None = None
    ordinary_quorums: tuple[Fraction, ...] | None = None
    extraordinary_quorums: tuple[Fraction, ...] | None = None
    ordinary_majority: Fraction | None = None
    extraordinary_majority: Fraction | None = None
    section_assemblies: bool | None = None
    third_party_trade: bool | None = None
    third_party_share: Fraction | None = None
    third_party_at_once: bool | None = None
    year_end: tuple[int, int] | None = None
    year_months: int | None = None
    withdrawal_notice_months: int | None = None
    withdrawal_answer_days: int | None = None
    exit_refund_years: int | None = None
    exclusion_by_extraordinary: bool | None = None
    mentions: frozenset[Mention] | None = None


@dataclass(frozen=True, slots=True)
class CreationFile:
    """A cooperative being created. No founder means that none was written yet, which is unknown.

    `events` holds the day of what happened; what is absent has not, as far as known. `extension_signed_by_all` is
    about the request to extend the approved name. `expected_turnover` (MAD) and `several_provinces` are of the plan.
    """

    proposed_names: tuple[str, ...] | None = None
    approved_name: str | None = None
    statutes_name: str | None = None
    seat_address: str | None = None
    seat_province: str | None = None
    court_province: str | None = None
    purpose: str | None = None
    area: str | None = None
    several_provinces: bool | None = None
    agrarian_reform: bool | None = None
    founders: tuple[Founder, ...] = ()
    outside_managers: tuple[OutsideManager, ...] = ()
    choices: StatutesChoices = StatutesChoices()
    papers: frozenset[Paper] | None = None
    extension_signed_by_all: bool | None = None
    events: Mapping[Event, date] = field(default_factory=dict)

    def holding(self, *functions: Function) -> tuple[str, ...] | None:
        """Keys of the founders with one of these functions; None while a founder's functions are not known."""
        if any(founder.functions is None for founder in self.founders):
            return None
        return tuple(
            founder.key for founder in self.founders if (founder.functions or set()) & set(functions)
        )
