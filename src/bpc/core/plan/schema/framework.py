"""The rules a plan chooses among: value added tax, corporate tax, sharing of the surplus."""

from typing import Annotated, Literal

from pydantic import Field

from bpc.core.plan.schema.base import Assumptions, Fraction, Rate


class Vat(Assumptions):
    """The regime. Exempt without deduction: every amount is VAT included and VAT is a cost, which is the usual case.

    `amounts_exclude_vat` adds the rate of each item to its cost in an exempt regime; in the taxable one amounts always
    exclude it. `period` is how often what is due is paid, in the month that follows.
    """

    regime: Literal["exempt_no_deduction", "exempt_with_deduction", "taxable"] = "exempt_no_deduction"
    period: Literal["monthly", "quarterly"] = "monthly"
    amounts_exclude_vat: bool = False


class Tax(Assumptions):
    """Corporate tax. Collection and processing may be exempt (CGI art. 7-I-A); for services the user must choose."""

    enabled: bool = True
    activity: Literal["collection", "processing", "services"] = "processing"
    services_choice: Literal["exempt", "taxable"] | None = None
    refunds_deductible: bool = False
    #: Months since registration when the plan begins, for the minimum contribution and article 6.
    months_since_registration: Annotated[int, Field(ge=0, le=1200)] = 0


class Allocation(Assumptions):
    """Where the surplus goes once the legal reserve is served (law 112-12 art. 69), as shares of what is left."""

    education_rate: Fraction = 0.0
    share_interest_rate: Rate = 0.0
    patronage_share: Fraction = 0.0
    special_reserve_share: Fraction = 0.0
    #: Months from the end of the year to the general meeting that decides and pays.
    agm_month: Annotated[int, Field(ge=1, le=6)] = 6
