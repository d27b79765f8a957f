"""A closed financial year: its length, trade, organs and balance, as the yearly rules need them told.

As in `creation_file`, None is "not known", never zero or no; money is in dirhams (MAD).
The day of what must be done, such as `net_worth_assembly_on`, is None while it is not done, as far as known.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bpc.core.law.creation_file import Management


@dataclass(frozen=True, slots=True)
class FinancialYear:
    """A closed year, from its first day to its last.

    `shortened`: whether it is the first, the last, or one whose closing day was moved. `third_party_trade` is what was
    done with others than members and cooperatives, `member_base` what members brought, bought or earned in the last
    closed year, the same measure for both (art. 6). `turnovers`: this year's and those before, the latest first.
    """

    starts_on: date | None = None
    ends_on: date | None = None
    shortened: bool | None = None
    registered_on: date | None = None
    turnovers: tuple[Decimal, ...] = ()
    members_at_closing: int | None = None
    management: Management | None = None
    board_meetings: int | None = None
    has_auditor: bool | None = None
    third_party_trade: Decimal | None = None
    member_base: Decimal | None = None
    derogation: bool | None = None
    separate_statements: bool | None = None
    net_worth: Decimal | None = None
    capital: Decimal | None = None
    accounts_approved_on: date | None = None
    net_worth_assembly_on: date | None = None
