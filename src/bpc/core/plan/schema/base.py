"""What every assumption has in common: frozen, nothing unknown accepted, finite numbers, ranges and confidence."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

#: S sourced, D derived from a source, K known but unsourced (to verify), E estimate.
Confidence = Literal["S", "D", "K", "E"]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Label = Annotated[str, StringConstraints(max_length=160)]
Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)]
Positive = Annotated[float, Field(allow_inf_nan=False, ge=0, le=1e12)]
Fraction = Annotated[float, Field(allow_inf_nan=False, ge=0, le=1)]
#: A yearly rate; beyond 300 % it is a percentage typed as a number.
Rate = Annotated[float, Field(allow_inf_nan=False, ge=0, le=3)]
Growth = Annotated[float, Field(allow_inf_nan=False, ge=-0.5, le=1)]
MonthIndex = Annotated[int, Field(ge=0, le=119)]
#: Payment term in days of 30-day months; negative: paid in advance.
Days = Annotated[float, Field(allow_inf_nan=False, ge=-180, le=720)]
CoverDays = Annotated[float, Field(allow_inf_nan=False, ge=0, le=360)]
#: Multiplier per project year; the last one repeats.
Phasing = Annotated[
    tuple[Annotated[float, Field(allow_inf_nan=False, ge=0, le=1.5)], ...], Field(min_length=1, max_length=10)
]
Weights = Annotated[tuple[Positive, ...], Field(min_length=12, max_length=12)]


class Assumptions(BaseModel):
    """Parent of all parts of a plan."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, ser_json_inf_nan="null")


class Estimate(Assumptions):
    """A number with the range it may take (triangular) and what it rests on. A plain number stands for itself.

    >>> Estimate.model_validate(450.0).high
    450.0
    >>> Estimate.model_validate({"mode": 450, "low": 250, "high": 600, "conf": "D"}).low
    250.0
    """

    mode: Finite
    low: Finite
    high: Finite
    conf: Confidence | None = None
    src: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, given: Any) -> Any:
        if isinstance(given, int | float) and not isinstance(given, bool):
            return {"mode": given, "low": given, "high": given}
        if isinstance(given, dict) and "mode" in given:
            whole = {"low": given["mode"], "high": given["mode"], **given}
            return {**whole, "src": tuple(whole["src"])} if isinstance(whole.get("src"), list) else whole
        return given

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise PydanticCustomError("range_order", "low <= mode <= high does not hold")
        return self

    @model_serializer
    def _plain(self) -> Any:
        if self.low == self.high and self.conf is None and not self.src:
            return self.mode
        return {
            "mode": self.mode,
            "low": self.low,
            "high": self.high,
            "conf": self.conf,
            "src": list(self.src),
        }

    @property
    def varies(self) -> bool:
        """Whether the range is wider than the number."""
        return self.low < self.high


def _not_negative(estimate: Estimate) -> Estimate:
    if estimate.low < 0:
        raise PydanticCustomError("negative", "must not be negative")
    return estimate


PositiveEstimate = Annotated[Estimate, AfterValidator(_not_negative)]


def check_weights(weights: tuple[float, ...] | None) -> tuple[float, ...] | None:
    """Twelve monthly shares must sum to 1 within 0.5 % (published ones are rounded); the engine makes them exact."""
    if weights is not None and abs(sum(weights) - 1.0) > 0.005:
        raise PydanticCustomError(
            "seasonality_sum", "the twelve shares sum to {total}, not to 1", {"total": round(sum(weights), 4)}
        )
    return weights


Seasonality = Annotated[Weights, AfterValidator(check_weights)]
