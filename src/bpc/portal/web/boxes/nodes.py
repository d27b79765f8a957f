"""What a template draws: each control with its label, what stands in it and its faults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import month_names
from bpc.portal.web.boxes.entries import Faults, count_rows
from bpc.portal.web.boxes.rows import most_rows
from bpc.portal.web.boxes.specs import LANGUAGES, Spec, pair_names

#: The fields, each followed by a language, that name a row in its legend where they are written.
_NAMING = ("name_", "role_", "ask-", "label-", "say-", "text-")


@dataclass
class Box:
    """One input: `kind` is line, long, number, choice, flag or hidden. `language` is that of its text."""

    kind: str
    name: str
    label: Any
    value: str = ""
    hint: Any = ""
    required: bool = True
    faults: list[str] = field(default_factory=list)
    unit: Any = ""
    language: str = ""
    longest: int = 0
    lines: int = 1
    options: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Where a fault leads."""
        return f"id_{self.name}"

    @property
    def described(self) -> str:
        """The ids of what explains it."""
        parts = [f"{self.id}_hint"] if self.hint else []
        return " ".join([*parts, f"{self.id}_error"] if self.faults else parts)


@dataclass
class Node:
    """Several controls under a legend. `layout`: group, estimate, rows, row, pair, few (many small ones),
    several (many, each with its words)."""

    layout: str
    name: str
    label: Any
    hint: Any = ""
    faults: list[str] = field(default_factory=list)
    parts: list["Node | Box"] = field(default_factory=list)
    optional: bool = False
    number: int = 0
    named_in: str = ""  # of a row named by what is written in it: the language of its label
    can_move: bool = False  # of a row: it may go up
    can_add: bool = False

    @property
    def id(self) -> str:
        """Where a fault leads."""
        return f"id_{self.name}"

    @property
    def is_node(self) -> bool:
        """For templates: not a box."""
        return True


class Choices(Protocol):
    """The lists that a form offers. `products`: the id and the name of each, where rows are per product."""

    @property
    def products(self) -> list[tuple[str, str]]: ...

    def of(self, name: str, required: bool) -> list[tuple[str, Any]]:
        """What the field `name` may hold; first of all nothing."""

    def options(self, name: str) -> list[tuple[str, Any]]:
        """What the list `name` offers."""


@dataclass(frozen=True)
class Desk:
    """What every control is drawn from: what was typed, what is wrong in it, what may be chosen."""

    typed: Mapping[str, str]
    faults: Faults
    choices: Choices

    def said(self, name: str) -> str:
        """What stands in a box."""
        return self.typed.get(name, "")

    def wrong(self, name: str) -> list[str]:
        """What is wrong in it."""
        return self.faults.get(name, [])


def draw(spec: Spec, name: str, desk: Desk) -> Node | Box:
    """The control of a spec."""
    match spec.kind:
        case "group":
            layout = "estimate" if spec.estimate else "group"
            return _node(layout, spec, name, desk, list(_parts(spec, name, desk)))
        case "rows":
            return _rows(spec, name, desk)
        case "pair":
            return _pair(spec, name, desk)
        case "words":
            return _words(spec, name, desk)
        case "shares":
            return _node("few", spec, name, desk, list(_shares(spec, name, desk)))
        case "months":
            months = enumerate(month_names(), start=1)
            boxes = [_box("flag", f"{name}-{at}", label, desk, required=False) for at, label in months]
            return _node("few", spec, name, desk, list(boxes), optional=True)
        case "several":
            boxes = [
                _box("flag", f"{name}-{code}", words, desk, required=False)
                for code, words in desk.choices.options(spec.choices)
            ]
            return _node("several", spec, name, desk, list(boxes), optional=True)
        case "per_product":
            return _node("few", spec, name, desk, list(_per_product(spec, name, desk)))
    return _single(spec, name, desk)


def _node(
    layout: str, spec: Spec, name: str, desk: Desk, parts: list[Any], *, optional: bool = False
) -> Node:
    return Node(layout, name, spec.label, spec.hint, desk.wrong(name), parts, optional)


def _box(kind: str, name: str, label: Any, desk: Desk, **more: Any) -> Box:
    return Box(kind, name, label, desk.said(name), faults=desk.wrong(name), **more)


def _parts(spec: Spec, name: str, desk: Desk) -> Iterator[Node | Box]:
    for part in spec.children:
        # a text in two languages is named by its fields, each below the same part
        yield draw(part, f"{name}-{part.name}" if name else part.name, desk)


def _rows(spec: Spec, name: str, desk: Desk) -> Node:
    number = count_rows(name, desk.typed)
    row = Spec("group", "", "", children=spec.children)
    parts: list[Any] = []
    for at in range(number):
        place = f"{name}-{at}"
        node = _node("row", row, place, desk, list(_parts(row, place, desk)))
        node.number = at
        node.label, node.named_in = _row_name(place, desk) or (_("Ligne %(number)s") % {"number": at + 1}, "")
        node.can_move = spec.ordered and at > 0
        parts.append(node)
    node = _node("rows", spec, name, desk, parts)
    node.number, node.can_add = number, number < most_rows(name)
    return node


def _row_name(place: str, desk: Desk) -> tuple[str, str] | None:
    """What is written in the row that names it, and in which language: the page's own if it can be."""
    own = get_language() or "fr"
    for language in sorted(LANGUAGES, key=lambda one: one != own):
        if named := next(filter(None, (desk.said(f"{place}-{field}{language}") for field in _NAMING)), ""):
            return named, language
    return None


def _pair(spec: Spec, name: str, desk: Desk) -> Node:
    above = name.removesuffix(spec.name)
    boxes = [
        _box(
            "long" if spec.count > 1 else "line", f"{above}{field}", in_language(language), desk,
            language=language, longest=spec.longest, lines=spec.count, required=spec.required,
        )
        for language, field in pair_names(spec)
    ]  # fmt: skip
    return _node("pair", spec, name, desk, list(boxes), optional=not spec.required)


def _words(spec: Spec, name: str, desk: Desk) -> Node:
    boxes = [
        _box(
            "long" if spec.count > 1 else "line", f"{name}-{language}", in_language(language), desk,
            language=language, longest=spec.longest, lines=spec.count, required=spec.required,
        )
        for language in LANGUAGES
    ]  # fmt: skip
    return _node("pair", spec, name, desk, list(boxes), optional=not spec.required)


def in_language(language: str) -> str:
    """What the box of a text is called."""
    return _("En arabe") if language == "ar" else _("En français")


def _shares(spec: Spec, name: str, desk: Desk) -> Iterator[Box]:
    months = list(month_names())
    for at in range(spec.count):
        label = months[at] if spec.count == 12 else _("Année %(number)s") % {"number": at + 1}
        needed = spec.count == 12 or at == 0
        yield _box("number", f"{name}-{at}", label, desk, unit="%", required=needed)


def _per_product(spec: Spec, name: str, desk: Desk) -> Iterator[Box]:
    unit = "%" if spec.percent else spec.unit
    for product, label in desk.choices.products:
        yield _box("number", f"{name}-{product}", label, desk, unit=unit, required=False)


def _single(spec: Spec, name: str, desk: Desk) -> Box:
    kind = {"number": "number", "choice": "choice", "flag": "flag", "hidden": "hidden"}.get(spec.kind, "line")
    options = desk.choices.of(spec.choices, spec.required) if spec.kind == "choice" else []
    return _box(
        kind, name, spec.label, desk, hint=spec.hint, required=spec.required or kind == "flag",
        unit="%" if spec.percent else spec.unit, options=options,
    )  # fmt: skip


def wrong(controls: list[Node | Box], above: str = "") -> Iterator[dict[str, Any]]:
    """Every fault with the way to its box, for the summary at the top."""
    for one in controls:
        label = f"{above} · {one.label}" if above and one.label else str(one.label or above)
        for fault in one.faults:
            yield {"id": one.id, "label": label, "fault": fault}
        if isinstance(one, Node):
            yield from wrong(one.parts, label)
