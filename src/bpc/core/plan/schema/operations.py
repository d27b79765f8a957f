"""What the cooperative makes, buys, pays and who works there."""

from typing import Annotated, Literal

from pydantic import Field

from bpc.core.plan.schema.base import (
    Assumptions,
    CoverDays,
    Days,
    Fraction,
    Id,
    Label,
    MonthIndex,
    Phasing,
    Positive,
    PositiveEstimate,
    Rate,
    Seasonality,
    Weights,
)

#: A loss cannot take everything: dividing by what is left must stay possible.
LossRate = Annotated[float, Field(allow_inf_nan=False, ge=0, lt=1)]
#: Events of the hijri calendar that move a season by about eleven days a year.
HijriEvent = Literal["ramadan", "eid_al_fitr", "eid_al_adha"]
CalendarMonth = Annotated[int, Field(ge=1, le=12)]


class Phase(Assumptions):
    """A period of the works other items may wait for; it begins when the phase it comes after has ended."""

    id: Id
    name: Label = ""
    months: Annotated[int, Field(ge=0, le=60)]
    after: Id | None = None


class Product(Assumptions):
    """Something sold. `capacity`: units a year at full size; `price`: for third parties, `member_price`: for members.

    With `harvest` (twelve shares) it is made in those months and sold along `seasonality` out of a stock which must
    never be short; without, it is sold as it is made.
    """

    id: Id
    name: Label = ""
    unit: Label = ""
    capacity: PositiveEstimate
    price: PositiveEstimate
    member_price: PositiveEstimate | None = None
    member_share: Fraction = 0.0
    ramp: Phasing | None = None
    seasonality: Seasonality
    hijri_event: HijriEvent | None = None
    harvest: Seasonality | None = None
    loss_rate: LossRate = 0.0
    receivable_days: Days | None = None
    bad_debt_rate: Fraction = 0.0
    vat_rate: Fraction = 0.0
    vat_class: Literal["exempt", "with_deduction", "taxable"] = "taxable"
    phase: Id | None = None


class MemberPrice(Assumptions):
    """How the price paid to members for what they bring is set.

    `fixed`: the unit cost. `share`: a share of the sale price of each product made with it. `residual`: the highest
    unit cost for which `target` holds, found by the solver. `floor_plus_bonus`: the unit cost at delivery, and at the
    end of the year `bonus_share` of the result as a price complement.
    """

    kind: Literal["fixed", "share", "residual", "floor_plus_bonus"] = "fixed"
    share: dict[Id, Fraction] = Field(default_factory=dict)
    bonus_share: Fraction = 0.0
    target: Literal["npv", "cash"] = "npv"


class Input(Assumptions):
    """Something bought to make products: `qty_per_unit` for each unit of a product made (losses included)."""

    id: Id
    name: Label = ""
    unit: Label = ""
    unit_cost: PositiveEstimate
    qty_per_unit: dict[Id, Positive]
    from_members: bool = False
    #: Bought outside although members supply the like: what article 6 of law 112-12 limits for class 1.
    replaces_members: bool = False
    member_price: MemberPrice = MemberPrice()
    stock_days: CoverDays | None = None
    payment_days: Days | None = None
    #: Twelve shares of the year in which it is bought (a campaign) instead of a stock in days.
    purchase_months: Seasonality | None = None
    vat_rate: Fraction = 0.0


class PieceWork(Assumptions):
    """Work paid by the piece: MAD for each unit of a product made."""

    id: Id
    name: Label = ""
    rate_per_unit: dict[Id, PositiveEstimate]
    by_members: bool = True
    hours_per_unit: dict[Id, Positive] = Field(default_factory=dict)


class FixedCost(Assumptions):
    """A cost that does not follow production: a yearly amount, spread evenly or along twelve weights."""

    id: Id
    name: Label = ""
    annual: PositiveEstimate
    family: Literal["energy", "other"] = "other"
    month_weights: Weights | None = None
    phasing: Phasing | None = None
    payment_days: Days | None = None
    vat_rate: Fraction = 0.0
    phase: Id | None = None


class Position(Assumptions):
    """Salaried work. `gross`: MAD a month for a full-time post; with `minimum`, at least the legal wage."""

    id: Id
    role: Label = ""
    fte: Annotated[float, Field(allow_inf_nan=False, ge=0, le=500)]
    gross: PositiveEstimate | None = None
    minimum: Literal["smig", "smag"] | None = None
    #: Farm work: the legal minimum is the daily SMAG, not the hourly SMIG.
    farm_work: bool = False
    months: tuple[CalendarMonth, ...] | None = None
    phasing: Phasing | None = None
    members: Fraction = 0.0
    women: Fraction | None = None
    youth: Fraction | None = None
    phase: Id | None = None


class WorkingCapital(Assumptions):
    """Payment terms and stock, in days of 30-day months, unless an item has its own."""

    receivable_days: Days = 0.0
    payable_days: Days = 0.0
    member_payable_days: Days = 0.0
    stock_days: CoverDays = 0.0


class Inflation(Assumptions):
    """Yearly growth of each family of prices, in nominal mode; all zero in constant prices."""

    sales: Rate = 0.0
    inputs: Rate = 0.0
    wages: Rate = 0.0
    energy: Rate = 0.0
    other: Rate = 0.0
    capex: Rate = 0.0


class Members(Assumptions):
    """The people of the cooperative. Unknown shares stay unknown."""

    count: Annotated[int, Field(ge=1, le=100_000)]
    women: Fraction | None = None
    youth: Fraction | None = None
    #: What each member delivers, buys or works, for sharing the refund; empty when not known.
    transactions: tuple[Positive, ...] = ()
    #: What bringing one unit of an input costs the member herself, to speak of net income.
    own_cost_per_unit: dict[Id, Positive] = Field(default_factory=dict)


class WithoutProject(Assumptions):
    """What would happen anyway, MAD a year; the last year repeats. Compared with the project, never added to it."""

    cooperative_net: tuple[Annotated[float, Field(allow_inf_nan=False)], ...] = (0.0,)
    household_net: tuple[Annotated[float, Field(allow_inf_nan=False)], ...] = (0.0,)


class Beneficiaries(Assumptions):
    """For projects that do not live on sales: who benefits, and how many months of upkeep must be paid for."""

    count: Annotated[int, Field(ge=1)]
    unit: Label = ""
    first_month: MonthIndex = 0
