"""What happens between a member and the cooperative: coming in, leaving, shares, questions asked.

As in `creation_file`, None is "not known", never zero or no; money is in dirhams (MAD).
The day of what must be done, such as `paid_on`, is None while it is not done, as far as known.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Admission:
    """Someone who asks to join. `voted_by_next_ordinary`: the next ordinary assembly voted on it."""

    in_writing: bool | None = None
    in_the_trade: bool | None = None
    same_object_elsewhere: bool | None = None
    voted_by_next_ordinary: bool | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A member who asks to leave."""

    registered_letter: bool | None = None
    asked_on: date | None = None
    year_ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A member put out. `for_unpaid_shares`: the ground; then `payment_demanded_on` is the day of the formal notice."""

    by_extraordinary: bool | None = None
    decided_on: date | None = None
    notified_on: date | None = None
    for_unpaid_shares: bool | None = None
    payment_demanded_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExitRefund:
    """Shares given back to who left: on which day, and the assembly after which it was due, and MAD of interest."""

    left_on: date | None = None
    assembly_on: date | None = None
    postponed: bool | None = None
    paid_on: date | None = None
    interest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OldDebt:
    """A debt claimed from a former member."""

    left_on: date | None = None
    arose_on: date | None = None
    claimed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ShareTransfer:
    """Shares given over to another member. It has effect when entered in the register."""

    agreed_by_management: bool | None = None
    validated_by_next_assembly: bool | None = None
    entered_in_register: bool | None = None


@dataclass(frozen=True, slots=True)
class CapitalRefund:
    """Shares paid back: the MAD of capital after it, and the highest that the capital ever was."""

    capital_after: Decimal | None = None
    highest_capital: Decimal | None = None


class Document(StrEnum):
    """What a member may ask to see."""

    MEMBER_REGISTER = "member_register"
    MINUTES = "minutes"
    INVENTORY = "inventory"
    STATEMENTS = "statements"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class InformationRequest:
    """A member who asks to see a document, or to copy it; `years_ago` of accounts: 1 is the last closed year."""

    document: Document | None = None
    copy: bool | None = None
    years_ago: int | None = None
    granted: bool | None = None
