"""The fields of a form, made from the schema of project models: no field is written by hand.

A `Spec` says what kind of control a part of the schema is, what it is called, and what it is made of.
"""

import types
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen
from django.utils.functional import Promise
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bpc.datasets.project_model_parts import Estimate
from bpc.datasets.project_models import ProjectModel
from bpc.portal.web.blueprints.choices import codes_of
from bpc.portal.web.blueprints.labels import CHOICES, HINTS, LABELS, UNITS, UNSHOWN
from bpc.portal.web.boxes.specs import Spec

#: Closed lists kept in files of `data/`, by the field that takes its values there.
VOCABULARIES = frozenset({"sector", "unit", "code"})
#: Texts of more than a line.
LONG = frozenset({"description", "fits", "tax_note", "notes", "text", "summary"})
CODES = frozenset({"src", "sources"})
#: Where a part has them they come in this order, the others as the schema writes them.
_FIRST, _LAST = ("code", "low", "mode", "high"), ("conf", "src")


@cache
def model_spec() -> Spec:
    """The whole model."""
    return group_of(ProjectModel, "", "")


def group_of(
    part: type[BaseModel],
    name: str,
    label: "str | Promise",
    hint: "str | Promise" = "",
    *,
    required: bool = True,
) -> Spec:
    """The controls of a part of the schema, in its order; one that is not `required` may be left all empty."""
    children = _ordered(_children(part))
    return Spec("group", name, label, hint, required=required, children=children, estimate=part is Estimate)


def _ordered(specs: Iterator[Spec]) -> tuple[Spec, ...]:
    def place(spec: Spec) -> tuple[int, int]:
        if spec.name in _FIRST:
            return (0, _FIRST.index(spec.name))
        return (2, _LAST.index(spec.name)) if spec.name in _LAST else (1, 0)

    return tuple(sorted(specs, key=place))


def _children(part: type[BaseModel]) -> Iterator[Spec]:
    shown, title = LABELS[part.__name__], part.__name__
    for field, info in part.model_fields.items():
        if field == "id":
            yield Spec("hidden", "id", "")
        elif field in UNSHOWN.get(title, ()) or field == "ar" or field.endswith("_ar"):
            continue
        else:
            yield _spec(part, field, info, shown)


def _spec(part: type[BaseModel], field: str, info: FieldInfo, shown: Any) -> Spec:
    hints = HINTS.get(part.__name__, {})
    if field == "fr" or field.endswith("_fr"):
        name = "text" if field == "fr" else field.removesuffix("_fr")
        longest = next((one.max_length for one in info.metadata if isinstance(one, MaxLen)), 0)
        return Spec(
            "pair", name, shown[name], hints.get(name, ""), required=info.is_required(),
            longest=longest, count=3 if name in LONG else 1,
        )  # fmt: skip
    label, hint = shown[field], hints.get(field, "")
    required, annotation = _optional(info)
    unit = UNITS.get(part.__name__, {}).get(field, "")
    if field in CODES or field.endswith("_src"):
        return Spec("codes", field, label, hint, required=False)
    if (field in CHOICES and get_origin(annotation) is not tuple) or field in VOCABULARIES:
        integer = annotation is int or _is_int(annotation)
        return Spec("choice", field, label, hint, required=required, choices=field, integer=integer)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return group_of(annotation, field, label, hint, required=required)
    if get_origin(annotation) is tuple:
        return _listed(field, label, hint, annotation, info)
    if get_origin(annotation) is dict:
        bounds = _number_bounds(get_args(annotation)[1])
        return Spec("per_product", field, label, hint, required=False, unit=unit, **bounds)
    if annotation is bool:
        return Spec("flag", field, label, hint, required=False)
    bounds = _bounds(annotation, info.metadata)
    return Spec("number", field, label, hint, required=required, unit=unit, **bounds)


def _optional(info: FieldInfo) -> tuple[bool, Any]:
    """Whether a value must be given, and its type without `None` nor the constraints around it."""
    annotation = info.annotation
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [one for one in get_args(annotation) if one is not type(None)]
        if len(inner) < len(get_args(annotation)):
            return False, _bare(inner[0])
    required = info.is_required() or info.default is not None
    return required, _bare(annotation)


def _bare(annotation: Any) -> Any:
    """`X` of `Annotated[X, …]`; unions keep what they had, read again by `_bounds`."""
    while hasattr(annotation, "__metadata__") and get_origin(annotation.__origin__) in (tuple, dict):
        annotation = annotation.__origin__
    return annotation


def _listed(field: str, label: Any, hint: Any, annotation: Any, info: FieldInfo) -> Spec:
    """A list: of parts, of months, or of numbers, month by month or year by year."""
    inner = get_args(annotation)[0]
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return Spec("rows", field, label, hint, children=_ordered(_children(inner)))
    if is_worded(inner):
        return Spec("several", field, label, hint, required=False, choices=field, codes=codes_of(field))
    if field == "months":
        return Spec("months", field, label, hint, required=False)
    count = 12 if field == "seasonality" else 10
    return Spec("shares", field, label, hint, count=count, **{**_number_bounds(inner), "percent": True})


def is_worded(annotation: Any) -> bool:
    """Whether a value is a code: one of a closed list, or a text of a form of its own."""
    if get_origin(annotation) is Literal:
        return all(isinstance(one, str) for one in get_args(annotation))
    return getattr(annotation, "__origin__", None) is str


def _is_int(annotation: Any) -> bool:
    return bool(get_args(annotation)) and all(isinstance(one, int) for one in get_args(annotation))


def _number_bounds(annotation: Any) -> dict[str, Any]:
    metadata = list(getattr(annotation, "__metadata__", ()))
    return _bounds(annotation, metadata)


def _bounds(annotation: Any, metadata: Any) -> dict[str, Any]:
    """How a number is written and bounded."""
    flat = list(_flat([*getattr(annotation, "__metadata__", ()), *metadata]))
    base = annotation
    while hasattr(base, "__origin__") and hasattr(base, "__metadata__"):
        base = base.__origin__
    found: dict[str, Any] = {"integer": base is int}
    for one in flat:
        if isinstance(one, Ge | Gt):
            found |= {"low": float(one.ge if isinstance(one, Ge) else one.gt), "above": isinstance(one, Gt)}  # type: ignore[arg-type]
        if isinstance(one, Le | Lt):
            found |= {"high": float(one.le if isinstance(one, Le) else one.lt), "below": isinstance(one, Lt)}  # type: ignore[arg-type]
    high = found.get("high")
    return {**found, "percent": not found["integer"] and high is not None and high <= 1.5}


def _flat(metadata: Any) -> Iterator[Any]:
    for one in metadata:
        if isinstance(one, FieldInfo):
            yield from _flat(one.metadata)
        else:
            yield one
