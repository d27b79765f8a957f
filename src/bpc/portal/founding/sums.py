"""What follows from the answers and the founders: capital, shares, officers, the surplus; None where not known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bpc.core.law.surplus import Accounts, owed_to_reserve
from bpc.datasets.law_rules import read_law
from bpc.portal.founding.answers import Answers, value_of
from bpc.portal.founding.models import FoundingMember


@dataclass(frozen=True, slots=True)
class Lines:
    """The worth of a founder's shares, MAD."""

    founder: FoundingMember
    subscribed: Decimal | None
    cash: Decimal | None
    in_kind: Decimal | None
    paid: Decimal | None


def lines_of(founder: FoundingMember, share_value: Decimal | None) -> Lines:
    """Subscribed, in cash and in kind; `paid` counts what was brought in goods and handed over as paid."""
    subscribed = None if founder.shares is None or share_value is None else founder.shares * share_value
    known = subscribed is not None and founder.in_kind is not None
    cash = (
        subscribed - founder.in_kind
        if known and subscribed is not None and founder.in_kind is not None
        else None
    )
    paid = None
    if founder.cash_paid is not None and founder.in_kind is not None:
        paid = founder.cash_paid + founder.in_kind
    return Lines(founder, subscribed, cash, founder.in_kind, paid)


def total(figures: Iterable[Decimal | int | None]) -> Decimal | None:
    """The sum; None when one is not known, or when there is none."""
    found = list(figures)
    if not found or any(one is None for one in found):
        return None
    return sum((Decimal(one) for one in found if one is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class Capital:
    """The capital as subscribed by the founders."""

    shares: Decimal | None
    subscribed: Decimal | None
    cash: Decimal | None
    in_kind: Decimal | None
    paid: Decimal | None
    cash_paid: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """What is still to be paid."""
        if self.subscribed is None or self.paid is None:
            return None
        return self.subscribed - self.paid


def capital_of(answers: Answers, founders: Sequence[FoundingMember]) -> Capital:
    """Sums over the founders."""
    share_value = value_of(answers, "share_value")
    lines = [lines_of(founder, share_value) for founder in founders]
    return Capital(
        total(founder.shares for founder in founders),
        total(one.subscribed for one in lines),
        total(one.cash for one in lines),
        total(one.in_kind for one in lines),
        total(one.paid for one in lines),
        total(founder.cash_paid for founder in founders),
    )


@dataclass(frozen=True, slots=True)
class Allocation:
    """A surplus shared in the order of article 69, MAD."""

    surplus: Decimal
    legal_reserve: Decimal
    interest: Decimal
    refunds: Decimal
    training: Decimal
    special: Decimal

    @property
    def carried(self) -> Decimal:
        """What is carried forward; negative when more was shared than there is."""
        shared = self.legal_reserve + self.interest + self.refunds + self.training + self.special
        return self.surplus - shared


def allocation_of(answers: Answers, founders: Sequence[FoundingMember]) -> Allocation | None:
    """None while the surplus, the reserve or the capital is not known. What was not written of the rest is shared
    nowhere, and so stays carried forward."""
    surplus, before = value_of(answers, "surplus"), value_of(answers, "reserve_before")
    capital = capital_of(answers, founders).subscribed
    if surplus is None or before is None or capital is None:
        return None
    reserve = owed_to_reserve(Accounts(surplus, capital, before), read_law())
    names = ("interest_paid", "refunds", "training_fund", "special_reserve")
    interest, refunds, training, special = (value_of(answers, name) or Decimal(0) for name in names)
    return Allocation(surplus, reserve, interest, refunds, training, special)
