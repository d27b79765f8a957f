"""What matching knows of one source of money or help: its rules, nothing of its words."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from bpc.core.matching.vocabulary import Beneficiary, Operator

Status = Literal["open", "recurring", "unknown", "closed"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One test: the fact `field` held against `value` (a tuple for `in`, `not_in`, `between`)."""

    field: str
    op: Operator
    value: Any
    inferred: bool = False  # our reading: a yes must be confirmed by the provider


@dataclass(frozen=True, slots=True)
class Scheme:
    """Rules of a source. Every list is empty when the source does not limit.

    `conditions` must all hold; each group of `any_of` needs one that holds; `preferences` only raise the chances.
    `beneficiaries` is an OR; `unconfirmed` names those the source may also take, to be asked. `parent` is the national
    frame of a local call. `requires_any`: one of these sources must be held first. `past_aid_excludes`: sources whose
    past help excludes for `past_aid_years` (None: for ever). `uncertain`: fields of the source's own record that are
    our reading and bear on who may ask ("beneficiaries", "places"…).
    """

    id: str
    status: Status
    regions: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    excluded_sectors: tuple[str, ...] = ()
    beneficiaries: tuple[Beneficiary, ...] = ()
    unconfirmed: tuple[Beneficiary, ...] = ()
    conditions: tuple[Condition, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()
    preferences: tuple[Condition, ...] = ()
    stages: tuple[str, ...] = ()
    parent: str | None = None
    requires_any: tuple[str, ...] = ()
    past_aid_excludes: tuple[str, ...] = ()
    past_aid_years: float | None = None
    uncertain: frozenset[str] = field(default_factory=frozenset)
    confidence: Literal["high", "medium", "low", "to_verify"] = "high"
    closes: date | None = None  # of a source with an end
