"""What a source of money or help is made of: its rules, money, calendar, papers and the pages that say so."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool, StrictInt, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from bpc.core.matching.scheme import Condition
from bpc.core.matching.vocabulary import FIELDS, Operator, operators_of
from bpc.datasets.project_model_fields import (
    Amount,
    Arabic,
    Bilingual,
    Filled,
    French,
    Number,
    Part,
    Percent,
    Positive,
)

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
#: A day, a month or a year, as precisely as it is known.
Dated = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Url = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=600)]
#: Only `stated` may be shown as a ceiling.
AmountBasis = Literal[
    "stated", "computed", "observed_average", "observed_maximum", "older_scheme", "other_country_page"
]
Unit = Literal[
    "project", "cooperative", "member", "client", "employee", "hectare", "hectare_year", "machine", "unit_year",
    "operation", "enterprise", "dwelling", "plant", "month",
]  # fmt: skip


class Text(Part):
    """A sentence in both languages."""

    fr: French
    ar: Arabic

    @property
    def words(self) -> Bilingual:
        """Both languages."""
        return Bilingual(self.fr, self.ar)


class Test(Part):
    """A condition of the closed vocabulary."""

    field: str
    op: Operator
    value: Any

    @field_validator("value", mode="before")
    @classmethod
    def _as_days(cls, value: Any, info: ValidationInfo) -> Any:
        """JSON knows no days: those of a field that is a day come as text."""
        field = FIELDS.get(info.data.get("field", ""))
        if field is None or field.nature != "day":
            return value
        return [_day(one) for one in value] if isinstance(value, list | tuple) else _day(value)

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.field not in FIELDS:
            raise PydanticCustomError("unknown_field", "{field} is not a field", {"field": self.field})
        if self.op not in operators_of(self.field):
            raise PydanticCustomError(
                "operator", "{op} does not suit {field}", {"op": self.op, "field": self.field}
            )
        listed = self.op in (Operator.IN, Operator.NOT_IN, Operator.BETWEEN)
        if listed != isinstance(self.value, list | tuple) or (
            self.op == Operator.BETWEEN and len(self.value) != 2
        ):
            raise PydanticCustomError("value", "the value does not suit the operator")
        _check_values(self.field, self.value if listed else [self.value])
        return self

    def condition(self, *, inferred: bool = False) -> Condition:
        """The same for `core.matching`."""
        value = tuple(self.value) if isinstance(self.value, list) else self.value
        return Condition(self.field, self.op, value, inferred)


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _check_values(name: str, values: Any) -> None:
    field = FIELDS[name]
    for value in values:
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        right = {
            "boolean": isinstance(value, bool),
            "number": numeric,
            "amount": numeric,
            "share": numeric and 0 <= value <= 1,
            "day": isinstance(value, date),
            "choice": value in field.choices,
        }.get(field.nature, isinstance(value, str))
        if not right:
            raise PydanticCustomError(
                "value", "{value} is no value of {field}", {"value": str(value), "field": name}
            )


class Page(Part):
    """A page read: `published` is its date as far as known, `read` the day we read it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=20)]
    title_fr: French
    url: Url
    published: Dated | None = None
    read: date


class Role(Part):
    """Who does what: who pays, who receives files, who runs it on the ground, who guarantees."""

    role: Literal["funder", "instructor", "operator", "guarantor", "trainer"]
    name_fr: French
    name_ar: Arabic


class Original(Part):
    """The amount in the currency it was said in; MAD is then approximate."""

    amount: Positive
    currency: Literal["USD", "EUR", "CAD"]
    rate: Positive  # MAD for one


class Amounts(Part):
    """For one file, MAD, unless `ceilings` say otherwise; null is not known, never "no limit"."""

    min_mad: Positive | None = None
    max_mad: Positive | None = None
    basis: AmountBasis | None = None
    original: Original | None = None
    typical_mad: Positive | None = None  # what was given in fact, on average
    typical: Text | None = None  # where and when it was observed

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min_mad and self.max_mad and self.min_mad > self.max_mad:
            raise PydanticCustomError("amounts", "the minimum is above the maximum")
        if (self.max_mad is None) != (self.basis is None):
            raise PydanticCustomError("basis", "a maximum says what it rests on")
        if (self.typical_mad is None) != (self.typical is None):
            raise PydanticCustomError("typical", "a typical award says where it was seen")
        return self


class Ceiling(Part):
    """So much for each `per`, at most `units` of them; `when` says for whom this ceiling is."""

    per: Unit
    amount_mad: Positive | None = None
    units: Positive | None = None
    pct: Percent | None = None  # of the cost of that unit
    years: Positive | None = None
    when: tuple[Test, ...] = ()
    note: Text | None = None


class SharePoint(Part):
    """At this cost of the project, this own contribution; straight lines between two points."""

    cost_mad: Amount
    own_pct: Percent


class CostShare(Part):
    """What part of the cost is paid. `by_cost` slides the own contribution with the cost of the project."""

    max_pct: Percent | None = None
    by_cost: tuple[SharePoint, ...] = ()

    @field_validator("by_cost")
    @classmethod
    def _rising(cls, points: tuple[SharePoint, ...]) -> tuple[SharePoint, ...]:
        costs = [point.cost_mad for point in points]
        if costs != sorted(set(costs)):
            raise PydanticCustomError("by_cost", "costs must rise")
        return points


class OwnContribution(Part):
    """What the group brings, percent of the cost; `in_kind_max_pct` of that contribution may be in kind."""

    min_pct: Percent | None = None
    in_kind_max_pct: Percent | None = None


class Credit(Part):
    """Terms of a loan; `months_max` and `grace_months` null when not known."""

    rate_pct: Percent | None = None
    months_max: Annotated[StrictInt, Field(ge=1, le=480)] | None = None
    grace_months: Annotated[StrictInt, Field(ge=0, le=120)] | None = None
    #: A loan to each member (or client), that members bring together.
    to_members: StrictBool = False


class Window(Part):
    """An edition: when files were (or are) taken. `closes_at` is the hour of the last day."""

    edition: Text | None = None
    opens: Dated | None = None
    closes: Dated | None = None
    closes_at: Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")] | None = None
    page: str | None = None


class Calendar(Part):
    """`permanent`: files at any time. `every_months`: from one edition to the next, our reading of the past."""

    permanent: StrictBool = False
    windows: tuple[Window, ...] = ()
    every_months: Annotated[StrictInt, Field(ge=1, le=72)] | None = None
    ends: Dated | None = None  # of the programme
    note: Text | None = None


class Quota(Part):
    """What is left of a limited amount, as last said by who keeps it."""

    state: Literal["unknown", "open", "used_up"]
    as_of: date | None = None
    note: Text


class Cumulation(Part):
    """What may not be had together. `public_share_max_pct`: all public money of the same cost.

    `past_aid_wait_years` null with `past_aid_excludes`: for ever; ids of sources, `self` for a second time.
    """

    public_share_max_pct: Percent | None = None
    excludes: tuple[Slug, ...] = ()
    past_aid_excludes: tuple[Slug, ...] = ()
    past_aid_wait_years: Number | None = None
    same_item: StrictBool = True  # False: the same item may be paid twice
    note: Text | None = None


class Route(Part):
    """A way in for a cooperative that may not ask by itself."""

    through: Literal["member", "partner_association", "subsidiary", "bank", "federation", "field_office"]
    how: Text


class Selection(Part):
    """One edition's outcome, as published: null is not known."""

    year: Annotated[StrictInt, Field(ge=1990, le=2100)]
    edition: Text | None = None
    applicants: Annotated[StrictInt, Field(ge=1)] | None = None
    winners: Annotated[StrictInt, Field(ge=0)] | None = None
    cooperatives: Annotated[StrictInt, Field(ge=0)] | None = None  # among the winners
    counted: Literal["files", "products", "people"] = "files"
    page: str | None = None


class Contact(Part):
    """Who to call."""

    name_fr: French
    name_ar: Arabic
    phone: Annotated[str, Field(pattern=r"^[+0-9 ]{4,20}$")] | None = None
    url: Url | None = None


class Apply(Part):
    """How to ask. Without a counter nobody applies: `how` then says how to be noticed."""

    counter: StrictBool = True
    how: Text
    url: Url | None = None


class Places(Part):
    """Codes of `data/territories` (regions 01–12, provinces, communes); all empty: the whole country."""

    regions: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()


Texts = Annotated[tuple[Text, ...], Field(max_length=20)]
Tests = Annotated[tuple[Test, ...], Filled]
