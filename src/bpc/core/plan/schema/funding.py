"""Investments and the money that pays for them."""

from typing import Annotated, Literal

from pydantic import Field

from bpc.core.plan.schema.base import (
    Assumptions,
    Finite,
    Fraction,
    Id,
    Label,
    MonthIndex,
    Positive,
    PositiveEstimate,
    Rate,
)

Months = Annotated[int, Field(ge=1, le=480)]
#: 0.25 year is three months: depreciation needs one month at least.
Life = Annotated[float, Field(allow_inf_nan=False, ge=0.25, le=60)]


class Asset(Assumptions):
    """An investment. `life_years` null: land, never depreciated. `in_kind`: brought against shares, no cash."""

    id: Id
    name: Label = ""
    amount: PositiveEstimate
    month: MonthIndex = 0
    life_years: Life | None
    residual: Fraction = 0.0
    renew: bool = True
    in_kind: bool = False
    vat_rate: Fraction = 0.0
    phase: Id | None = None


class Grant(Assumptions):
    """Money that is not paid back. An investment grant is released to income as the items it paid for depreciate."""

    id: Id
    name: Label = ""
    kind: Literal["investment", "operating"] = "investment"
    amount: Positive
    #: The investments it pays for; none named: all of them.
    items: tuple[Id, ...] = ()
    claim_month: MonthIndex = 0
    cash_month: Annotated[int, Field(ge=0, le=179)] = 0
    #: The part that paid for land: kept, or released over ten years.
    land_part: Literal["ten_years", "keep"] = "ten_years"


class Draw(Assumptions):
    """A part of a loan paid out in a month."""

    month: MonthIndex
    amount: Positive


class Loan(Assumptions):
    """A loan paid back monthly, the first time in the month after it is drawn; `months` counts the grace."""

    id: Id
    name: Label = ""
    lender: Literal["bank", "members"] = "bank"
    draws: Annotated[tuple[Draw, ...], Field(min_length=1, max_length=12)]
    annual_rate: Rate
    months: Months
    grace_months: Annotated[int, Field(ge=0, le=120)] = 0
    grace: Literal["interest_only", "capitalised"] = "interest_only"
    kind: Literal["annuity", "constant_principal", "in_fine"] = "annuity"
    rate_basis: Literal["proportional", "actuarial"] = "proportional"
    interest_vat: Fraction = 0.10
    fees: Positive = 0.0
    spread_fees: bool = False
    #: Drawn before the plan begins: the draw is the balance still owed, in the opening balance sheet.
    existing: bool = False


class ShareCall(Assumptions):
    """A part of the shares paid so many months after they are subscribed."""

    after_months: Annotated[int, Field(ge=0, le=60)]
    fraction: Fraction


class Subscription(Assumptions):
    """People who join in a month, with so many shares each."""

    month: MonthIndex
    members: Annotated[int, Field(ge=1, le=100_000)]
    shares_each: Annotated[float, Field(allow_inf_nan=False, gt=0, le=100_000)]


class ShareExit(Assumptions):
    """People who leave: what they have paid is refunded at its face value in that month."""

    month: MonthIndex
    amount: Positive


class Shares(Assumptions):
    """The capital: who subscribes when, how it is called, who leaves."""

    nominal: Annotated[float, Field(allow_inf_nan=False, gt=0, le=1e7)] = 100.0
    subscriptions: tuple[Subscription, ...] = ()
    calls: Annotated[tuple[ShareCall, ...], Field(min_length=1, max_length=12)] = (
        ShareCall(after_months=0, fraction=1.0),
    )
    exits: tuple[ShareExit, ...] = ()


class Overdraft(Assumptions):
    """A line of credit the bank lets run up to a limit; its interest of a month is counted on the month before."""

    limit: Positive
    annual_rate: Rate


class OpeningDebt(Assumptions):
    """What a cooperative that already works owes or is owed: spread evenly over the months it takes to be settled."""

    amount: Positive
    months: Annotated[int, Field(ge=1, le=24)] = 1


class OpeningAsset(Assumptions):
    """Something already owned: its book value, the years it still lasts."""

    id: Id
    name: Label = ""
    book_value: Positive
    years_left: Life | None


class Opening(Assumptions):
    """The balance sheet on the day before the plan begins; what balances it is carried forward (either sign)."""

    cash: Finite = 0.0
    assets: tuple[OpeningAsset, ...] = ()
    stock: Positive = 0.0
    receivables: OpeningDebt | None = None
    payables: OpeningDebt | None = None
    member_payables: OpeningDebt | None = None
    capital: Positive = 0.0
    legal_reserve: Positive = 0.0
    other_reserves: Positive = 0.0
    losses_for_tax: Positive = 0.0
