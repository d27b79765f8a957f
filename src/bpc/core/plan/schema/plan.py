"""A whole plan: the assumptions of one project, and what must hold between its parts."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from bpc.core.kernel.months import Month
from bpc.core.plan.schema.base import Assumptions, Finite, Fraction, Label, Phasing, Rate
from bpc.core.plan.schema.framework import Allocation, Tax, Vat
from bpc.core.plan.schema.funding import Asset, Grant, Loan, Opening, Overdraft, Shares
from bpc.core.plan.schema.operations import (
    Beneficiaries,
    FixedCost,
    Inflation,
    Input,
    Members,
    Phase,
    PieceWork,
    Position,
    Product,
    WithoutProject,
    WorkingCapital,
)

#: Enough for any village project; more is a mistake or an attack.
MOST_ITEMS = 40
YearMonth = Annotated[str, StringConstraints(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$")]


class Plan(Assumptions):
    """The assumptions of a project, in MAD and months. How each is used: docs/methods/plan-engine.md."""

    schema_version: Literal[1] = 1
    name: Label = ""
    kind: Literal["income_generating", "social_income_generating", "cost_recovery"] = "income_generating"
    law_class: Literal[1, 2, 3] = 1
    start: YearMonth
    #: False for a model of no particular year: its seasons then stay where they are written.
    dated: bool = True
    years: Annotated[int, Field(ge=1, le=10)] = 10
    fiscal_year_end: Annotated[int, Field(ge=1, le=12)] = 12
    prices: Literal["constant", "nominal"] = "constant"
    discount_rate: Rate = 0.10
    rate_is_nominal: bool = False
    inflation: Inflation = Inflation()
    cash_floor: Finite = 0.0
    members: Members
    phases: Annotated[tuple[Phase, ...], Field(max_length=MOST_ITEMS)] = ()
    products: Annotated[tuple[Product, ...], Field(max_length=MOST_ITEMS)] = ()
    inputs: Annotated[tuple[Input, ...], Field(max_length=MOST_ITEMS)] = ()
    piece_work: Annotated[tuple[PieceWork, ...], Field(max_length=MOST_ITEMS)] = ()
    fixed_costs: Annotated[tuple[FixedCost, ...], Field(max_length=MOST_ITEMS)] = ()
    staff: Annotated[tuple[Position, ...], Field(max_length=MOST_ITEMS)] = ()
    assets: Annotated[tuple[Asset, ...], Field(max_length=MOST_ITEMS)] = ()
    contingency: Fraction = 0.0
    grants: Annotated[tuple[Grant, ...], Field(max_length=MOST_ITEMS)] = ()
    loans: Annotated[tuple[Loan, ...], Field(max_length=MOST_ITEMS)] = ()
    shares: Shares = Shares()
    overdraft: Overdraft | None = None
    ramp_up: Phasing = (1.0,)
    staff_phasing: Phasing = (1.0,)
    fixed_phasing: Phasing = (1.0,)
    working_capital: WorkingCapital = WorkingCapital()
    vat: Vat = Vat()
    tax: Tax = Tax()
    allocation: Allocation = Allocation()
    opening: Opening | None = None
    without_project: WithoutProject | None = None
    beneficiaries: Beneficiaries | None = None

    @property
    def months(self) -> int:
        """Number of months of the plan, T."""
        return 12 * self.years

    @property
    def first_month(self) -> Month:
        """The calendar month of t = 0."""
        return Month.parse(self.start)

    @field_validator(
        "phases", "products", "inputs", "piece_work", "fixed_costs", "staff", "assets", "grants", "loans"
    )
    @classmethod
    def _ids_differ(cls, items: tuple[Any, ...]) -> tuple[Any, ...]:
        seen: set[str] = set()
        for item in items:
            if item.id in seen:
                raise PydanticCustomError("duplicate_id", "two items are named {id}", {"id": item.id})
            seen.add(item.id)
        return items
