"""Every assumption of the schema as a field of a page: found by walking the schema, so that none is forgotten."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from bpc.core.plan.schema import Estimate, Plan
from bpc.portal.plans.field_names import FIELDS, Sort

#: Never typed: the version of the format, and the ids that paths are made of.
NOT_TYPED = frozenset({"schema_version", "id"})
#: Lists whose numbers are shares, written in percent.
_SHARES = frozenset(
    {"seasonality", "harvest", "purchase_months", "ramp", "ramp_up", "phasing", "staff_phasing", "fixed_phasing"}
)  # fmt: skip
_TWELVE = frozenset({"seasonality", "harvest", "purchase_months", "month_weights"})


class Kind(StrEnum):
    """How a field is typed."""

    ESTIMATE = "estimate"  # a number, its range, what it rests on
    NUMBER = "number"
    INTEGER = "integer"
    TEXT = "text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    REFERENCE = "reference"  # another item, by its id
    SERIES = "series"  # numbers in one box
    REFERENCES = "references"
    ROWS = "rows"  # a small table of numbers


@dataclass(frozen=True, slots=True)
class Field:
    """One assumption. `pattern` is its name in `plans.field_names`; `name` what follows the item it belongs to."""

    pattern: str
    name: str
    kind: Kind
    sort: Sort
    optional: bool
    required: bool  # has no default
    choices: tuple[Any, ...] = ()
    refers: str = ""  # the family whose ids it takes
    each: str = ""  # one field for each item of this family
    parts: tuple["Field", ...] = ()  # of each row
    twelve: bool = False

    @property
    def words(self) -> str:
        """What it is called."""
        return str(FIELDS[self.pattern].words)


def bare(annotation: Any) -> tuple[Any, bool]:
    """The type beneath bounds and « or nothing », and whether nothing is accepted."""
    optional = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, UnionType):
            inside = [one for one in get_args(annotation) if one is not NoneType]
            optional = optional or len(inside) < len(get_args(annotation))
            annotation = inside[0]
        else:
            return annotation, optional


@cache
def fields_of(model: type[BaseModel], prefix: str) -> tuple[Field, ...]:
    """The fields of one item (or of one part of the plan); families with ids of their own are not among them.

    >>> from bpc.core.plan.schema.funding import Overdraft
    >>> [field.name for field in fields_of(Overdraft, "overdraft")]
    ['limit', 'annual_rate']
    """
    return tuple(_walk(model, prefix, "", False))


def _walk(model: type[BaseModel], prefix: str, inner: str, absent: bool) -> list[Field]:
    found: list[Field] = []
    for name, info in model.model_fields.items():
        if name in NOT_TYPED:
            continue
        kind, optional = bare(info.annotation)
        pattern = ".".join(part for part in (prefix, inner, name) if part)
        whole = f"{inner}.{name}" if inner else name
        if isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not Estimate:
            if prefix:  # the parts of the plan itself stand in groups of their own
                found += _walk(kind, prefix, whole, absent or optional)
        elif (field := _field(pattern, whole, kind, optional, info.is_required())) is not None:
            found.append(field)
    return found


def _field(pattern: str, name: str, kind: Any, optional: bool, required: bool) -> Field | None:
    sort = FIELDS[pattern].sort
    origin = get_origin(kind)
    if origin is tuple:
        return _list(pattern, name, bare(get_args(kind)[0])[0], optional, required)
    if origin is dict:
        inside, _none = bare(get_args(kind)[1])
        each = "inputs" if name.endswith("own_cost_per_unit") else "products"
        shown = Kind.ESTIMATE if inside is Estimate else Kind.NUMBER
        many = f"{pattern}.*"
        return Field(many, name, shown, FIELDS[many].sort, True, False, each=each)
    if origin is Literal:
        return Field(pattern, name, Kind.CHOICE, sort, optional, required, choices=get_args(kind))
    if kind is Estimate:
        return Field(pattern, name, Kind.ESTIMATE, sort, optional, required)
    if sort == Sort.NAME:
        return Field(pattern, name, Kind.REFERENCE, sort, optional, required, refers="phases")
    simple = {bool: Kind.YES_NO, int: Kind.INTEGER, float: Kind.NUMBER, str: Kind.TEXT}[kind]
    return Field(pattern, name, simple, sort, optional, required)


def _list(pattern: str, name: str, inside: Any, optional: bool, required: bool) -> Field | None:
    last = name.rpartition(".")[2]
    if isinstance(inside, type) and issubclass(inside, BaseModel):
        if "id" in inside.model_fields:
            return None
        parts = tuple(_walk(inside, f"{pattern}.#", "", False))
        return Field(pattern, name, Kind.ROWS, Sort.LIST, optional, required, parts=parts)
    if inside is str:
        return Field(pattern, name, Kind.REFERENCES, Sort.LIST, optional, required, refers="assets")
    sort = Sort.SHARE if last in _SHARES else Sort.CALENDAR if last == "months" else Sort.NUMBER
    return Field(pattern, name, Kind.SERIES, sort, optional, required, twelve=last in _TWELVE)


def model_of(part: str) -> type[BaseModel]:
    """The schema of a part ("overdraft") or of the items of a family ("products", "opening.assets").

    >>> model_of("opening.assets").__name__
    'OpeningAsset'
    """
    here: type[BaseModel] = Plan
    for step in part.split("."):
        kind, _optional = bare(here.model_fields[step].annotation)
        if get_origin(kind) is tuple:
            kind, _optional = bare(get_args(kind)[0])
        here = kind
    return here
