"""Sharing the surplus of a year, and covering a loss, to the centime (law 112-12, articles 2, 31, 69 and 70).

In order: losses brought forward are filled; the legal reserve takes its tenth until it equals the capital; levies that
texts ask; interest on shares wholly paid; and of what remains, as the assembly votes, refunds to members by operations
or work, reserves, a purpose of the cooperative; the rest is carried forward. Amounts are exact MAD (Decimal), rounded
once, by `core.kernel.money`; the parts sum to the surplus.

A vote that the law forbids is refused as a whole, every ground told at once. What was made with non-members is kept out
of refunds: the law does not say where it goes, so this one refusal is prudence, and says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bpc.core.kernel.money import nearest_centime, share_exactly
from bpc.core.law.creation_file import RefundBasis
from bpc.core.law.parameters import Law

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Accounts:
    """What a year closed with, MAD: its net surplus, older losses (positive), capital, and the legal reserve before.

    `with_third_parties`: the part of the surplus made with non-members.
    """

    surplus: Decimal
    capital: Decimal
    legal_reserve: Decimal
    losses_brought_forward: Decimal = ZERO
    with_third_parties: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Vote:
    """What the assembly is asked to vote, MAD, and what it rests on.

    `interest`: MAD voted for shares as a whole, shared between those wholly paid, instead of a rate.
    `paid_shares`: by member, the MAD of shares wholly paid. `operations`: by member, what each did with the
    cooperative, or worked, in the year. `refund_due_on`: when refunds are put off. `from_reserves`: what would be taken
    from reserves for members, which the law forbids.
    """

    levies: Decimal = ZERO
    interest_rate: Fraction = Fraction(0)
    interest: Decimal = ZERO
    interest_in_statutes: bool = False
    paid_shares: Mapping[str, Decimal] = field(default_factory=dict)
    refunds: Decimal = ZERO
    refund_basis: RefundBasis = RefundBasis.OPERATIONS
    operations: Mapping[str, Decimal] = field(default_factory=dict)
    refunds_put_off: bool = False
    refund_due_on: date | None = None
    special_reserve: Decimal = ZERO
    purpose: Decimal = ZERO
    from_reserves: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the law forbids in a vote; `prudent` when the law is silent and prudence refuses."""

    code: str
    rule: str
    article: str
    prudent: bool = False


class VoteRefused(ValueError):
    """A vote that cannot be, with every ground."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(one.code for one in refusals))
        self.refusals = refusals


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where the surplus went, MAD; `interest` and `refunds` by member."""

    losses_filled: Decimal
    legal_reserve: Decimal
    levies: Decimal
    interest: Mapping[str, Decimal]
    refunds: Mapping[str, Decimal]
    special_reserve: Decimal
    purpose: Decimal
    carried_forward: Decimal

    @property
    def total(self) -> Decimal:
        """The sum of all parts: the surplus."""
        shared = sum(self.interest.values(), ZERO) + sum(self.refunds.values(), ZERO)
        kept = self.losses_filled + self.legal_reserve + self.levies + self.special_reserve
        return kept + shared + self.purpose + self.carried_forward


@dataclass(frozen=True, slots=True)
class LossCover:
    """What covers a loss, MAD; `left` is what the assembly is told of."""

    from_funds: Decimal
    from_legal_reserve: Decimal
    left: Decimal


def owed_to_reserve(accounts: Accounts, law: Law) -> Decimal:
    """What the legal reserve must take: min(10 % of what losses leave, capital - reserve) (art. 69).

    Raises NoFigure, and ValueError for an amount below zero.
    """
    if min(accounts.surplus, accounts.capital, accounts.legal_reserve, accounts.losses_brought_forward) < 0:
        raise ValueError("an amount below zero")
    rule = law["legal_reserve"]
    base = max(accounts.surplus - accounts.losses_brought_forward, ZERO)
    room = Fraction(accounts.capital) * rule.number("until") - Fraction(accounts.legal_reserve)
    return nearest_centime(min(Fraction(base) * rule.number("rate"), max(room, Fraction(0))))


def share_surplus(accounts: Accounts, vote: Vote, law: Law) -> Allocation:
    """The surplus shared as voted. Raises VoteRefused with every ground, ValueError below zero, NoFigure."""
    legal = owed_to_reserve(accounts, law)
    filled = min(accounts.surplus, accounts.losses_brought_forward)
    interest = _interest(vote)
    left = accounts.surplus - filled - legal - vote.levies - max(vote.interest, sum(interest.values(), ZERO))
    rest = left - vote.refunds - vote.special_reserve - vote.purpose
    refusals = tuple(_refusals(accounts, vote, left, rest, law))
    if refusals:
        raise VoteRefused(refusals)
    parts = (
        share_exactly(vote.refunds, [float(done) for done in vote.operations.values()])
        if vote.refunds
        else []
    )
    return Allocation(
        losses_filled=filled,
        legal_reserve=legal,
        levies=vote.levies,
        interest=interest,
        refunds=dict(zip(vote.operations, parts, strict=False)),
        special_reserve=vote.special_reserve,
        purpose=vote.purpose,
        carried_forward=rest,
    )


def _interest(vote: Vote) -> dict[str, Decimal]:
    """By member: at the rate, each rounded, or the whole amount shared by largest remainders."""
    if vote.interest > 0 and any(vote.paid_shares.values()):
        parts = share_exactly(vote.interest, [float(paid) for paid in vote.paid_shares.values()])
        return dict(zip(vote.paid_shares, parts, strict=True))
    return {
        key: nearest_centime(Fraction(paid) * vote.interest_rate) for key, paid in vote.paid_shares.items()
    }


def cover_loss(loss: Decimal, funds: Decimal, legal_reserve: Decimal) -> LossCover:
    """A loss is taken from the funds meant for it, then from the legal reserve (art. 70). Raises ValueError below zero.

    >>> cover_loss(Decimal(900), funds=Decimal(200), legal_reserve=Decimal(500))
    LossCover(from_funds=Decimal('200'), from_legal_reserve=Decimal('500'), left=Decimal('200'))
    """
    if min(loss, funds, legal_reserve) < 0:
        raise ValueError("an amount below zero")
    from_funds = min(loss, funds)
    from_reserve = min(loss - from_funds, legal_reserve)
    return LossCover(from_funds, from_reserve, loss - from_funds - from_reserve)


def _refusals(accounts: Accounts, vote: Vote, left: Decimal, rest: Decimal, law: Law) -> Iterator[Refusal]:
    voted = vote.interest_rate > 0 or vote.interest > 0
    amounts = (
        vote.levies,
        vote.interest,
        vote.refunds,
        vote.special_reserve,
        vote.purpose,
        vote.from_reserves,
    )
    if min(*amounts, *vote.paid_shares.values(), *vote.operations.values()) < 0 or vote.interest_rate < 0:
        raise ValueError("an amount below zero")
    wrong: dict[str, tuple[str, bool]] = {
        "reserves_shared": ("reserves_indivisible", vote.from_reserves > 0),
        "more_than_left": ("surplus_order", left < 0 or rest < 0),
        "interest_not_in_statutes": (
            "share_interest",
            voted and not vote.interest_in_statutes,
        ),
        "no_paid_shares": ("share_interest", vote.interest > 0 and not any(vote.paid_shares.values())),
        "refund_by_shares": (
            "patronage_refund",
            vote.refunds > 0 and vote.refund_basis not in (RefundBasis.OPERATIONS, RefundBasis.WORK),
        ),
        "no_operations": ("patronage_refund", vote.refunds > 0 and not any(vote.operations.values())),
        "no_date_of_refunds": ("patronage_refund", vote.refunds_put_off and vote.refund_due_on is None),
    }
    for code, (name, found) in wrong.items():
        if found:
            yield Refusal(code, name, law[name].article)
    if accounts.with_third_parties and vote.refunds > left - accounts.with_third_parties:
        rule = law["third_party_accounts"]
        yield Refusal("third_party_surplus_shared", rule.rule, rule.article, prudent=True)
