"""The parts of a project model: what is sold, bought, built, paid, borrowed, and where it fits.

Texts come in pairs `<name>_fr`, `<name>_ar`, as columns do in the other files; the property `<name>` gives
both at once. Amounts are in MAD, taxes included; shares and rates are fractions of 1, percents of 100.
"""

import math
from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StrictInt, field_validator, model_validator
from pydantic_core import PydanticCustomError

from bpc.datasets.project_model_fields import (
    Amount,
    Arabic,
    Bilingual,
    Cited,
    Confidence,
    Days,
    Filled,
    French,
    Id,
    Month,
    Named,
    Part,
    Percent,
    Positive,
    Share,
    ShareBelowOne,
    SourceIds,
    refuse_repeated,
)

HijriEvent = Literal["ramadan", "eid_al_adha"]

#: What a place must be (`known_product`: a source knows one of the products there, or nearly).
Requirement = Literal["sea", "near_sea", "inland", "altitude", "town", "countryside", "known_product"]
Skill = Literal["farming", "crafts", "trading", "literacy", "diplomas", "languages"]
Need = Literal[
    "women_work", "jobs", "unpaid_work", "children",
    "elderly", "schooling", "waste", "housing", "firewood",
]  # fmt: skip
Importance = Literal["useful", "essential"]

#: How far the twelve shares of a year may be from 1: they are published with four decimals, then normalised.
SEASONALITY_TOLERANCE = 0.002
#: The peaks that follow the moon, so move by about eleven days a year.
HIJRI_EVENTS: dict[str, HijriEvent] = {"ramadan": "ramadan", "eid": "eid_al_adha"}


class Estimate(Cited):
    """A figure with its range: the most likely value, and the lowest and highest to be expected."""

    mode: Amount
    low: Amount
    high: Amount
    conf: Confidence

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise PydanticCustomError("range", "low ≤ mode ≤ high does not hold")
        return self


class Statement(Cited):
    """A risk, an authorisation or a step, in both languages."""

    fr: French
    ar: Arabic


class Place(Cited):
    """A region where the model fits, by its ISO 3166-2 code (`MA-09`), and why."""

    code: Annotated[str, Field(pattern=r"^MA-\d{2}$")]
    why_fr: French
    why_ar: Arabic

    @property
    def territory(self) -> str:
        """Its code in `data/territories`: the regions have the same number in both."""
        return self.code.removeprefix("MA-")

    @property
    def why(self) -> Bilingual:
        """Why there, in both languages."""
        return Bilingual(self.why_fr, self.why_ar)


class Siting(Cited):
    """What a place must offer for the model to fit there: read by the fit of each model to each commune.

    `products` are codes of products.csv, any of which will do; none when nothing local is needed. `requires` are
    conditions that forbid more than they rank. What is left out does not matter to the model. All of it is our
    estimate (`conf` E) unless `src` says otherwise.
    """

    products: tuple[Id, ...] = ()
    requires: tuple[Requirement, ...] = ()
    skills: tuple[Skill, ...] = ()
    water: Importance | None = None
    power: Importance | None = None
    road: Importance | None = None
    internet: Importance | None = None
    reach: Importance | None = None
    town: Importance | None = None
    souks: Importance | None = None
    visitors: Importance | None = None
    firms: Importance | None = None
    needs: tuple[Need, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for name in ("products", "requires", "skills", "needs"):
            refuse_repeated(name, getattr(self, name))
        if "known_product" in self.requires and not self.products:
            raise PydanticCustomError("siting", "known_product is required, but no product is named")
        return self


class Vat(Cited):
    """The rate of VAT should the cooperative be taxable, and the article when the product is exempt."""

    rate: ShareBelowOne
    basis_fr: French | None = None
    basis_ar: Arabic | None = None
    conf: Confidence

    @model_validator(mode="after")
    def _both_languages(self) -> Self:
        if (self.basis_fr is None) != (self.basis_ar is None):
            raise PydanticCustomError("text_missing", "basis_fr and basis_ar go together")
        return self

    @property
    def basis(self) -> Bilingual | None:
        """Why this rate, in both languages, None when there is nothing to say."""
        return Bilingual(self.basis_fr, self.basis_ar) if self.basis_fr and self.basis_ar else None


class Product(Named):
    """What is sold; `annual_capacity` in `unit` per year at full capacity, seasonality from January."""

    unit: str
    annual_capacity: Positive
    price_mad: Estimate
    seasonality: tuple[Amount, ...]
    seasonality_key: Id
    hijri_event: HijriEvent | None = None
    share_sold_to_members: Share
    finished_loss_rate: ShareBelowOne
    vat_if_taxable: Vat

    @field_validator("seasonality")
    @classmethod
    def _whole_year(cls, shares: tuple[float, ...]) -> tuple[float, ...]:
        if len(shares) != 12:
            raise PydanticCustomError(
                "months", "{count} shares, not one for each month", {"count": len(shares)}
            )
        total = math.fsum(shares)
        if abs(total - 1) > SEASONALITY_TOLERANCE:
            raise PydanticCustomError(
                "seasonality", "the twelve shares add up to {total}, not 1", {"total": round(total, 4)}
            )
        return shares

    @model_validator(mode="after")
    def _moving_peak(self) -> Self:
        if self.hijri_event != HIJRI_EVENTS.get(self.seasonality_key):
            raise PydanticCustomError(
                "hijri_event", "seasonality_key {key} and hijri_event disagree", {"key": self.seasonality_key}
            )
        return self


class Input(Named):
    """What is bought, from members or not; `qty_per_unit` of each product."""

    unit: str
    unit_cost_mad: Estimate
    qty_per_unit: Annotated[dict[str, Amount], Filled]
    from_members: StrictBool


class MemberLabour(Named, Cited):
    """Work paid to members by the piece, in MAD per unit of each product."""

    mad_per_unit: Annotated[dict[str, Amount], Filled]
    conf: Confidence


class Equipment(Named):
    """An investment; `life_years` is None for land, `year` 0 is before the start."""

    amount_mad: Estimate
    life_years: Positive | None
    residual_pct: ShareBelowOne
    year: Annotated[StrictInt, Field(ge=0, le=10)]


class Job(Part):
    """A paid job, in full-time equivalents; all year unless `months` says which."""

    id: Id
    role_fr: French
    role_ar: Arabic
    fte: Positive
    monthly_gross_mad: Estimate
    farm_work: StrictBool = False
    months: Annotated[tuple[Month, ...], Filled] | None = None

    @field_validator("months")
    @classmethod
    def _each_once(cls, months: tuple[int, ...] | None) -> tuple[int, ...] | None:
        refuse_repeated("month", months or ())
        return months

    @property
    def role(self) -> Bilingual:
        """The job's title in both languages."""
        return Bilingual(self.role_fr, self.role_ar)


class FixedCost(Named):
    """A cost of the year that does not follow the volume."""

    annual_mad: Estimate


class WorkingCapital(Cited):
    """Days of sales not yet received, of purchases not yet paid, of stock; to members apart."""

    receivable: Days
    payable: Days
    stock: Days
    member_payable: Days
    conf: Confidence


class Loan(Cited):
    """The loan assumed, with the months during which only interest is paid."""

    annual_rate: ShareBelowOne
    months: Annotated[StrictInt, Field(gt=0, le=360)]
    grace_months: Annotated[StrictInt, Field(ge=0)]

    @model_validator(mode="after")
    def _repaid(self) -> Self:
        if self.grace_months >= self.months:
            raise PydanticCustomError("grace", "the grace period leaves no month to repay")
        return self


class Financing(Part):
    """Who pays for the start, in percent that add up to 100."""

    members_equity_pct: Percent
    grant_pct: Percent
    loan_pct: Percent
    grant_programme_fr: French
    grant_programme_ar: Arabic
    grant_src: SourceIds = ()
    loan: Loan
    conf: Confidence

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = self.members_equity_pct + self.grant_pct + self.loan_pct
        if abs(total - 100) > 1e-9:
            raise PydanticCustomError("financing", "the shares add up to {total}, not 100", {"total": total})
        return self

    @property
    def grant_programme(self) -> Bilingual:
        """The programmes that may give the grant, in both languages."""
        return Bilingual(self.grant_programme_fr, self.grant_programme_ar)


class MemberPrice(Part):
    """How members are paid for what they bring: the policy, and their share of each product's price."""

    suggested: Literal["fixed", "share_of_sale_price", "residual", "floor_plus_bonus", "none"]
    member_share_of_price: dict[str, Share]
    conf: Confidence

    @model_validator(mode="after")
    def _share_or_none(self) -> Self:
        if (self.suggested == "share_of_sale_price") != bool(self.member_share_of_price):
            raise PydanticCustomError(
                "member_price", "shares go with the policy share_of_sale_price, and only it"
            )
        return self
