"""What a study holds, as it is kept: what is needed, up to three proposals with their reasons, or why there is none.

Amounts are MAD, months count from the first of the plan (0), texts are codes with their figures: `proposal_words` says
them in the language of the page. What is read back is checked whole, so that a page never meets half a study.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

MOST_MONTHS, MOST_SOURCES, MOST_REASONS = 180, 150, 40
MOST_OWN = 1e9  # MAD that a group may say it has
#: Parts of a plan's document that say who pays; a proposal replaces these alone.
FUNDING_PARTS = frozenset({"shares", "grants", "loans", "overdraft", "start"})
MOST_FUNDING_BYTES = 100_000

Amount = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
Positive = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
Own = Annotated[float, Field(ge=0, le=MOST_OWN, allow_inf_nan=False)]
Slug = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Code = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-zA-Z][a-zA-Z0-9_.-]*$")]
First = Annotated[str, Field(pattern=r"^(\d{4}-\d{2})?$")]
Slugs = Annotated[tuple[Slug, ...], Field(max_length=MOST_SOURCES)]
Month = Annotated[int, Field(ge=-36, le=2 * MOST_MONTHS)]
Cash = Annotated[tuple[Amount, ...], Field(min_length=1, max_length=MOST_MONTHS)]
#: Least cost to the members, all money soonest, least own cash; `other`: a fourth way beside the best ones.
Goal = Literal["cost", "time", "own_cash", "other"]
GOALS: tuple[Goal, ...] = ("cost", "time", "own_cash")
Kind = Literal["grant", "in_kind", "loan", "member_loan", "bridge", "line"]  # as in core.financing.need
PASSING: frozenset[Kind] = frozenset(
    {"bridge", "line"}
)  # they wait for other money, and pay for nothing by themselves


class UnreadableStudy(Exception):
    """What is kept is not a study that this version of the site reads."""


class Kept(BaseModel):
    """A part of a study: nothing more than what is declared, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Options(Kept):
    """What the group asked. `own_cash` and `own_in_kind` null: as the plan says. `floor` null: that of the plan."""

    own_cash: Own | None = None
    own_in_kind: Own | None = None
    floor: Own | None = None
    goal: Goal = "cost"  # the one shown first
    struck: Slugs = ()
    forced: Slugs = ()
    to_confirm: bool = True  # sources whose right is to be confirmed may be used
    may_wait: bool = True  # the plan may begin later, when money is there

    @model_validator(mode="after")
    def _one_wish_a_source(self) -> "Options":
        if set(self.struck) & set(self.forced):
            raise ValueError("a source struck out and forced")
        return self


class Reason(Kept):
    """One thing to say: a code and the figures of its sentence. `source` empty: of no source."""

    code: Code
    source: Slug | Literal[""] = ""
    params: Annotated[dict[str, Amount | str | bool | None], Field(max_length=12)] = {}


Reasons = Annotated[tuple[Reason, ...], Field(max_length=MOST_REASONS)]


class Need(Kept):
    """What is to be paid. `first` is the first month, « 2027-01 »; empty in a plan of no particular year."""

    first: First = ""
    base_cash: Cash  # at each month's end, without any of the sources
    outlays: Cash  # of investment, VAT included, by month
    floor: Amount
    eligible_cost: Positive
    own_cash_max: Positive | None = None  # None: not limited
    own_in_kind_max: Positive = 0.0

    @model_validator(mode="after")
    def _of_one_length(self) -> "Need":
        if len(self.base_cash) != len(self.outlays):
            raise ValueError("cash and outlays of one length")
        return self

    @property
    def to_find(self) -> float:
        """How far cash without the sources falls under the floor, MAD."""
        return max(0.0, self.floor - min(self.base_cash))

    @property
    def lowest_month(self) -> int:
        """The month with least cash."""
        return self.base_cash.index(min(self.base_cash))


class Part(Kept):
    """What one source brings. `month` is when the money arrives; None where none does (help in kind).

    `offer` is its name in the study, `source` its slug in the directory (empty: none, a bridge for instance).
    `payment` is how it pays (`datasets.funding_sources.Payment`); `without`: how much worse the goal is without it.
    """

    offer: Name
    source: Slug | Literal[""] = ""
    kind: Kind
    amount: Positive
    month: Month | None = None
    wait: Annotated[int, Field(ge=0, le=240)] | None = (
        None  # months from the day of the study to its last money
    )
    cost: Amount = 0.0
    payment: Annotated[str, Field(max_length=20)] = ""
    share: Annotated[float, Field(ge=0, le=1)] | None = None  # of the cost, the most it pays
    rate: Annotated[float, Field(ge=0, le=1)] | None = None
    months: Annotated[int, Field(ge=1, le=480)] | None = None
    grace: Annotated[int, Field(ge=0, le=480)] | None = None
    to_confirm: bool = False
    prior_approval: bool = False
    without: Amount | None = None
    needed: bool = False  # nothing fits without it
    assumed: Annotated[
        tuple[Code, ...], Field(max_length=8)
    ] = ()  # terms set by us, since no source says them


class Step(Kept):
    """Something to do or that happens in a month, in order."""

    month: Month
    code: Code
    source: Slug | Literal[""] = ""
    amount: Positive | None = None


class Proposal(Kept):
    """One combination: who pays what, what it costs, what cash becomes, and why.

    `funding`: the parts of the plan's document it replaces, as they are written when the group accepts.
    """

    goal: Goal
    also: Annotated[tuple[Goal, ...], Field(max_length=2)] = ()  # other goals it reaches as well
    optimistic: bool = False  # uses sources whose right is to be confirmed
    first: First = ""  # the month it makes the plan begin in; its months count from there
    postponed: Annotated[int, Field(ge=0, le=60)] = 0  # months after the plan's own beginning
    parts: Annotated[tuple[Part, ...], Field(max_length=MOST_SOURCES)]
    own_cash: Positive
    own_in_kind: Positive
    cash: Cash
    line: Annotated[tuple[Amount, ...], Field(max_length=MOST_MONTHS)] = ()  # campaign credit in use
    cost: Amount  # to the members: interest and fees
    months_to_money: Annotated[int, Field(ge=0, le=240)] | None = None
    left_out: Annotated[tuple[Reason, ...], Field(max_length=MOST_SOURCES)] = ()
    binding: Reasons = ()
    value_of_own_cash: Amount | None = None  # members' cost saved by one more dirham; None: not known
    steps: Annotated[tuple[Step, ...], Field(max_length=300)] = ()
    warnings: Annotated[tuple[Reason, ...], Field(max_length=MOST_SOURCES)] = ()
    funding: dict[str, Any] = {}
    gap: Positive | None = None  # the largest difference between this cash and the engine's, MAD

    @field_validator("funding")
    @classmethod
    def _is_part_of_a_plan(cls, value: dict[str, Any]) -> dict[str, Any]:
        if not set(value) <= FUNDING_PARTS or len(json.dumps(value)) > MOST_FUNDING_BYTES:
            raise ValueError("parts of a plan that say who pays, and no more")
        return value

    @property
    def total(self) -> float:
        """All that pays, MAD; not what only bridges a wait."""
        return self.own_cash + self.own_in_kind + sum(p.amount for p in self.parts if p.kind not in PASSING)

    @property
    def bridged(self) -> float:
        """All that is borrowed only to wait for money promised, MAD."""
        return sum(part.amount for part in self.parts if part.kind == "bridge")

    @property
    def bridge_cost(self) -> float:
        """What that wait costs, MAD."""
        return sum(part.cost for part in self.parts if part.kind == "bridge")

    @property
    def lowest_month(self) -> int:
        """The month with least cash."""
        return self.cash.index(min(self.cash))


class Study(Kept):
    """What was found. Without proposals, `reasons` is the smallest set of causes and `opens` what would help.

    `to_complete`, `alike`, `unpriced`, `unplanned`: sources told, never calculated.
    """

    format: Literal[1] = 1
    need: Need
    proposals: Annotated[tuple[Proposal, ...], Field(max_length=6)] = ()
    reasons: Reasons = ()
    opens: Reasons = ()
    to_complete: Slugs = ()  # the group's answers lack
    alike: Slugs = ()  # on the terms of another, which stands for them
    unpriced: Slugs = ()  # sources without a figure to plan with
    unplanned: Slugs = ()  # help that is no money to count on: prizes, guarantees, tax reliefs
    seconds: Annotated[float, Field(ge=0, le=3600)] | None = None

    @model_validator(mode="after")
    def _tells_something(self) -> "Study":
        if any(len(one.cash) != len(self.need.base_cash) for one in self.proposals):
            raise ValueError("cash of one length")
        if not self.proposals and not self.reasons:
            raise ValueError("proposals or reasons")
        return self


def read_study(stored: Mapping[str, Any]) -> Study:
    """The study of a row. Raises `UnreadableStudy`."""
    try:
        return Study.model_validate(stored)
    except ValidationError as error:
        raise UnreadableStudy(str(error)) from error


def read_options(stored: Mapping[str, Any]) -> Options:
    """The options of a row. Raises `UnreadableStudy`."""
    try:
        return Options.model_validate(stored)
    except ValidationError as error:
        raise UnreadableStudy(str(error)) from error
