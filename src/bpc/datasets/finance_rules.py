"""Reads law/finance_params.yaml: the dated figures of law, tax, wages and credit that a business plan needs.

Rows of one `family` follow each other in time, like the minimum wage of each year. `value_on` gives the one in
force on a day; a day that no row covers is refused, never guessed. Both ends of a period count.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from bpc.datasets.paths import DATA

FILE = DATA / "law" / "finance_params.yaml"

#: A official text read, B professional guide, C press, D general knowledge to be verified.
Confidence = Literal["A", "B", "C", "D"]

#: `rate` is a fraction of 1 of what the label says; MAD amounts are Moroccan dirhams.
Unit = Literal[
    "rate",
    "rate/year",
    "MAD",
    "MAD/hour",
    "MAD/day",
    "MAD/month",
    "MAD/year",
    "hours/week",
    "hours/month",
    "hours/year",
    "days/month",
    "months",
    "years",
    "members",
]

RATES: tuple[Unit, ...] = ("rate", "rate/year")

Figure = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
Day = Annotated[date, Field(strict=True)]
Address = Annotated[str, Field(pattern=r"^https?://\S+$")]


class Row(BaseModel):
    """Refuses unknown fields, and cannot be changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Band(Row):
    """A step of a scale: reached up to an amount, that amount counted (`up_to`) or not (`below`), else open."""

    up_to: Figure | None = None
    below: Figure | None = None
    rate: Annotated[Figure, Field(le=1)]

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.up_to is not None and self.below is not None:
            raise PydanticCustomError("band", "up_to and below exclude each other")
        return self

    @property
    def end(self) -> float:
        """Where it ends, infinity when it is open."""
        return self.up_to if self.up_to is not None else self.below if self.below is not None else math.inf

    def holds(self, amount: float) -> bool:
        """Whether an amount that no earlier band held is in this one."""
        return amount <= self.end if self.below is None else amount < self.end


#: One figure, several named figures (employer and employee, low and high), or a scale.
Value = float | dict[str, float] | tuple[Band, ...]


class FinanceParam(Row):
    """One figure in force from `valid_from` (None: start unknown, so always) to `valid_to` (None: until replaced)."""

    id: Key
    family: Key
    label_fr: Text
    label_ar: Text
    value: Value
    unit: Unit
    valid_from: Day | None
    valid_to: Day | None
    sources: tuple[Address, ...]
    confidence: Confidence
    note_fr: Text | None

    @field_validator("value", mode="before")
    @classmethod
    def _shape(cls, value: object) -> Value:
        if isinstance(value, list):
            return _scale(value)
        if isinstance(value, dict):
            if not value:
                raise PydanticCustomError("value", "no figure")
            return {_part_name(name): _figure(each) for name, each in value.items()}
        return _figure(value)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise PydanticCustomError("period", "valid_from is after valid_to")
        if self.confidence != "D" and not self.sources:
            raise PydanticCustomError("source_missing", "only confidence D may go without a source")
        if self.unit in RATES and any(figure > 1 for figure in _figures(self.value)):
            raise PydanticCustomError("rate", "a rate above 1: rates are fractions of 1")
        if isinstance(self.value, tuple) and self.unit != "rate":
            raise PydanticCustomError("scale_unit", "a scale is in rates")
        return self

    @property
    def source(self) -> str | None:
        """The address of the main source, None when the figure is general knowledge."""
        return self.sources[0] if self.sources else None

    @property
    def number(self) -> float:
        """The figure, when there is just one. Raises WrongShape."""
        if not isinstance(self.value, float):
            raise WrongShape(f"{self.id} is not one figure")
        return self.value

    @property
    def parts(self) -> dict[str, float]:
        """The figures by name, when there are several. Raises WrongShape."""
        if not isinstance(self.value, dict):
            raise WrongShape(f"{self.id} has no named figures")
        return dict(self.value)

    @property
    def bands(self) -> tuple[Band, ...]:
        """The scale. Raises WrongShape when it is not one."""
        if not isinstance(self.value, tuple):
            raise WrongShape(f"{self.id} is not a scale")
        return self.value

    def rate_at(self, amount: float) -> float:
        """The rate of the band that an amount reaches, which applies to the whole amount.

        Raises WrongShape when the value is no scale, ValueError when the amount is not a number.
        """
        if math.isnan(amount):
            raise ValueError("the amount is not a number")
        return next(band.rate for band in self.bands if band.holds(amount))

    def covers(self, day: date) -> bool:
        """Whether the figure is in force on this day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class InvalidFinanceParams(ValueError):
    """A file that cannot be used, with everything that is wrong in it, each with the path of its field."""

    def __init__(self, name: str, problems: Sequence[str]) -> None:
        super().__init__("\n".join(f"{name} {problem}" for problem in problems))
        self.problems = tuple(problems)


class NoValue(LookupError):
    """No figure of this family is known for this day, or there is no such family."""


class WrongShape(TypeError):
    """One figure asked of a scale, or the like."""


def read_finance_params(path: Path = FILE) -> tuple[FinanceParam, ...]:
    """Rows in the order of the file. Raises InvalidFinanceParams with every problem."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidFinanceParams(path.name, [" ".join(str(error).split())]) from None
    rows = content.get("params") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not rows:
        raise InvalidFinanceParams(path.name, ["params: not a list of rows"])
    return parse_finance_params(rows, path.name)


def parse_finance_params(rows: Sequence[object], name: str = "params") -> tuple[FinanceParam, ...]:
    """The parameters that these rows describe. Raises InvalidFinanceParams with every problem."""
    params, problems = [], []
    for at, row in enumerate(rows):
        try:
            params.append(FinanceParam.model_validate(row))
        except ValidationError as error:
            problems += [_problem(at, row, detail) for detail in error.errors()]
    problems = problems or [*_repeated_ids(params), *_broken_families(params)]
    if problems:
        raise InvalidFinanceParams(name, problems)
    return tuple(params)


def param_on(params: Iterable[FinanceParam], family: str, day: date) -> FinanceParam:
    """The row of a family in force on a day, with its source and confidence. Raises NoValue."""
    rows = [param for param in params if param.family == family]
    if not rows:
        raise NoValue(f"no family {family}")
    for row in rows:
        if row.covers(day):
            return row
    raise NoValue(f"{family}: nothing known on {day.isoformat()}")


def value_on(params: Iterable[FinanceParam], family: str, day: date) -> Value:
    """The value of a family in force on a day. Raises NoValue.

    >>> value_on(read_finance_params(), "smig", date(2026, 1, 1))
    17.92
    """
    return param_on(params, family, day).value


def _figure(value: object) -> float:
    """A finite figure of 0 or more; `True` is not 1, and "0.2" is not 0.2."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("value", "not a figure: {value}", {"value": repr(value)})
    if not math.isfinite(value) or value < 0:
        raise PydanticCustomError("value", "not a figure of 0 or more: {value}", {"value": repr(value)})
    return float(value)


def _part_name(name: object) -> str:
    if not isinstance(name, str) or not name.replace("_", "").isalnum():
        raise PydanticCustomError("value", "not the name of a figure: {name}", {"name": repr(name)})
    return name


def _scale(steps: list[Any]) -> tuple[Band, ...]:
    """The bands of a scale, each beyond the one before, the last without end."""
    bands = tuple(_band(at, step) for at, step in enumerate(steps))
    ends = [band.end for band in bands]
    if not bands or ends[-1] != math.inf or any(a >= b for a, b in pairwise(ends)):
        raise PydanticCustomError("scale", "bands do not follow each other up to an open one")
    return bands


def _band(at: int, step: object) -> Band:
    try:
        return Band.model_validate(step)
    except ValidationError as error:
        detail = error.errors()[0]
        path = "".join(f".{name}" for name in detail["loc"])
        raise PydanticCustomError(
            "band", "{where}: {what}", {"where": f"band[{at}]{path}", "what": detail["msg"]}
        ) from None


def _figures(value: Value) -> tuple[float, ...]:
    if isinstance(value, tuple):
        return tuple(band.rate for band in value)
    return tuple(value.values()) if isinstance(value, dict) else (value,)


def _problem(at: int, row: object, detail: ErrorDetails) -> str:
    known = f" ({row['id']})" if isinstance(row, dict) and row.get("id") else ""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in detail["loc"])
    return f"params[{at}]{path}{known}: {detail['msg']}"


def _repeated_ids(params: Sequence[FinanceParam]) -> Iterator[str]:
    seen: set[str] = set()
    for at, param in enumerate(params):
        if param.id in seen:
            yield f"params[{at}].id: {param.id} is there twice"
        seen.add(param.id)


def _broken_families(params: Sequence[FinanceParam]) -> Iterator[str]:
    """Rows of a family that overlap, differ in unit, or do not hold figures of the same kind."""
    families: defaultdict[str, list[FinanceParam]] = defaultdict(list)
    for param in params:
        families[param.family].append(param)
    for family, rows in families.items():
        rows.sort(key=lambda row: row.valid_from or date.min)
        for before, after in pairwise(rows):
            if after.valid_from is None or before.valid_to is None or before.valid_to >= after.valid_from:
                yield f"family {family}: {before.id} and {after.id} overlap"
            if before.unit != after.unit:
                yield f"family {family}: {before.id} and {after.id} have different units"
            if _kind(before.value) != _kind(after.value):
                yield f"family {family}: {before.id} and {after.id} have different kinds of value"


def _kind(value: Value) -> object:
    """What must stay the same when a value is replaced: its type, and the names of its figures."""
    return sorted(value) if isinstance(value, dict) else type(value)
