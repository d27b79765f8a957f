"""The surplus shared by member, to the centime, in the order of article 69: what each receives, and why nothing is yet.

`core.law.surplus` does the sum: reserve first, then interest on shares wholly paid, then refunds by operations or work.
Parts add up exactly: largest remainders (`core.kernel.money.share_exactly`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bpc.core.law.creation_file import RefundBasis
from bpc.core.law.surplus import Accounts, Refusal, Vote, VoteRefused, share_surplus
from bpc.datasets.law_rules import read_law
from bpc.portal.founding.answers import Answers, value_of, value_or_assumed
from bpc.portal.founding.models import FoundingMember
from bpc.portal.founding.sums import capital_of, lines_of
from bpc.portal.projects.states import Answer

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class MemberShare:
    """What one member did in the year (None: not known), and what the vote gives, MAD."""

    member: FoundingMember
    operations: Decimal | None
    interest: Decimal | None
    refund: Decimal | None

    @property
    def total(self) -> Decimal | None:
        """Interest and refund; None while one is not known."""
        return None if self.interest is None or self.refund is None else self.interest + self.refund


@dataclass(frozen=True, slots=True)
class Sharing:
    """The table of a year. `waiting`: members whose operations are not known; `refusals`: what the law forbids."""

    rows: tuple[MemberShare, ...]
    waiting: tuple[FoundingMember, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    is_shared: bool = False

    @property
    def refunds(self) -> Decimal:
        """The sum of the refunds."""
        return sum((one.refund for one in self.rows if one.refund is not None), ZERO)

    @property
    def interest(self) -> Decimal:
        """The sum of the interest."""
        return sum((one.interest for one in self.rows if one.interest is not None), ZERO)


def current_members(members: Iterable[FoundingMember], on: date | None = None) -> list[FoundingMember]:
    """Those in the cooperative on a day, or now: entered by then, and not yet gone."""
    return [
        one
        for one in members
        if (one.left_on is None or (on is not None and one.left_on > on))
        and (on is None or one.entered_on is None or one.entered_on <= on)
    ]


def operations_in(member: FoundingMember, year: date | None) -> Decimal | None:
    """What a member did in the year that closed that day; None when it was told of another year, or not told."""
    return member.operations if year is not None and member.operations_of == year else None


def wholly_paid(member: FoundingMember, share_value: Decimal | None) -> Decimal:
    """MAD of a member's shares wholly paid: interest goes to no other (art. 31). Goods count once handed over."""
    lines = lines_of(member, share_value)
    goods = (member.in_kind or ZERO) if member.in_kind_released == Answer.YES else ZERO
    paid = lines.cash is not None and member.cash_paid is not None and member.cash_paid >= lines.cash
    return goods + (lines.cash if paid and lines.cash is not None else ZERO)


def sharing_of(answers: Answers, members: Sequence[FoundingMember]) -> Sharing:
    """What each receives; unknown while the surplus, the reserve, the capital or some operations are not known."""
    year = value_of(answers, "year_closed_on")
    done = {one.pk: operations_in(one, year) for one in members}
    present = {one.pk for one in current_members(members, year)}
    rows = [one for one in members if one.pk in present or done[one.pk]]
    empty = tuple(MemberShare(one, done[one.pk], None, None) for one in rows)
    waiting = tuple(one for one in rows if done[one.pk] is None)
    capital = capital_of(answers, [one for one in members if one.pk in present]).subscribed
    surplus, before = value_of(answers, "surplus"), value_of(answers, "reserve_before")
    asked = (value_of(answers, "refunds") or ZERO) > 0
    if surplus is None or before is None or capital is None or (asked and waiting):
        return Sharing(empty, waiting if asked else ())
    worth = value_of(answers, "share_value")
    vote = Vote(
        interest=value_of(answers, "interest_paid") or ZERO,
        interest_in_statutes=value_or_assumed(answers, "share_interest") == "yes",
        paid_shares={str(one.pk): wholly_paid(one, worth) for one in rows},
        refunds=value_of(answers, "refunds") or ZERO,
        refund_basis=RefundBasis(value_or_assumed(answers, "refund_basis")),
        operations={str(one.pk): done[one.pk] or ZERO for one in rows},
        special_reserve=value_of(answers, "special_reserve") or ZERO,
        purpose=value_of(answers, "training_fund") or ZERO,
    )
    try:
        shared = share_surplus(Accounts(surplus, capital, before), vote, read_law())
    except VoteRefused as refused:
        return Sharing(empty, refusals=refused.refusals)
    return Sharing(
        tuple(
            MemberShare(
                one,
                done[one.pk],
                shared.interest.get(str(one.pk), ZERO),
                shared.refunds.get(str(one.pk), ZERO),
            )
            for one in rows
        ),
        is_shared=True,
    )
