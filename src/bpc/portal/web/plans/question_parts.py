"""What a question is made of: cards of boxes, each with what stands in it now and the assumption it changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bpc.core.plan.simulation import Simulation
from bpc.portal.plans.paths import MISSING, Document, value_at
from bpc.portal.web.ideas.fields import PlainText
from bpc.portal.web.plans.typed_numbers import NotANumber, read_number, shown_number

Sort = Literal["amount", "number", "whole", "percent", "text", "choice", "check"]
Changes = dict[str, Any]
Values = Mapping[str, Any]
LONGEST_NAME = 160
#: What the engine's letters for confidence are called on pages.
EVIDENCE = {"S": "sourced", "D": "deduced", "K": "to_verify", "E": "estimate"}


class Fault(ValueError):
    """What is wrong with one answer, in words."""


@dataclass(frozen=True)
class Sheet:
    """The plan a question is asked about: its assumptions in full, what they give, what its model proposes."""

    document: Document
    model: Mapping[str, Any]
    run: Simulation
    language: str

    def items(self, family: str) -> list[Mapping[str, Any]]:
        """The items of a list of the plan."""
        return list(self.document.get(family) or ())

    def in_model(self, path: str) -> Any:
        """What the model writes at a path; None where it writes nothing."""
        found = value_at(self.model, path)
        return None if found is MISSING else found


@dataclass
class Box:
    """One thing asked. `shown`: what stands; `apply`: what an answer changes; `paths`: where refusals land."""

    name: str
    label: str
    sort: Sort
    shown: str = ""
    apply: Callable[[Any], Changes] | None = None
    paths: tuple[str, ...] = ()
    unit: str = ""
    hint: str = ""
    evidence: str = ""
    choices: Sequence[tuple[str, str]] = ()
    optional: bool = False
    narrow: bool = False  # stands beside others
    note: str = ""  # a legal minimum, said in full

    fault: str = ""
    typed: str | None = None

    @property
    def value(self) -> str:
        """What the box holds: what was typed, else what stands."""
        return self.shown if self.typed is None else self.typed

    @property
    def identity(self) -> str:
        """Its id in the page."""
        return "q-" + self.name.replace(".", "-").replace("+", "new-")

    @property
    def described(self) -> str:
        """What assistive tools read with it."""
        parts = [f"{self.identity}-hint"] if self.hint or self.note or self.evidence else []
        return " ".join([*parts, f"{self.identity}-fault"])

    def read(self, text: str) -> Any:
        """The answer. Raises `Fault`."""
        text = text.strip()
        match self.sort:
            case "check":
                return bool(text)
            case "choice":
                if text not in {key for key, _words in self.choices}:
                    raise Fault(_("Choisissez une réponse de la liste."))
                return text
            case "text":
                return self._text(text)
        return self._number(text)

    def _text(self, text: str) -> str:
        missing = _("Il manque cette information : remplissez-la.")
        field = PlainText(longest=LONGEST_NAME, required=not self.optional, required_message=missing)
        try:
            return str(field.clean(text))
        except ValidationError as refused:
            raise Fault(" ".join(refused.messages)) from None

    def _number(self, text: str) -> float | int:
        try:
            number = read_number(text)
        except NotANumber as fault:
            raise Fault(str(fault)) from None
        if number < 0:
            raise Fault(_("Écrivez zéro ou plus : ce nombre ne peut pas être négatif."))
        if self.sort == "whole":
            if number != int(number):
                raise Fault(_("Écrivez un nombre entier, sans virgule."))
            return int(number)
        if self.sort == "percent":
            if number > 100:
                raise Fault(_("Écrivez un pourcentage entre 0 et 100."))
            return number / 100
        return number


@dataclass
class Card:
    """The boxes about one item. `together`: what they change when they must be read as one; `out`: what removes it."""

    title: str = ""
    boxes: list[Box] = field(default_factory=list)
    together: Callable[[Values, frozenset[str]], Changes] | None = None
    out: Changes | None = None
    key: str = ""
    text: str = ""

    leaving: bool = False  # ticked, in a form that was refused

    @property
    def out_name(self) -> str:
        """The box that takes the item out."""
        return f"out.{self.key}"


@dataclass
class Adding:
    """One item more: a card that is empty until somebody fills it."""

    key: str
    title: str
    boxes: list[Box]
    make: Callable[[Values], Changes]

    @property
    def touched(self) -> bool:
        """Whether something was typed in it."""
        return any(box.typed for box in self.boxes if box.sort not in {"choice", "check"})

    @property
    def faulty(self) -> bool:
        """Whether it is shown open with what is wrong."""
        return any(box.fault for box in self.boxes)


@dataclass
class Question:
    """One of the ten, with its cards."""

    slug: str
    icon: str
    title: str
    text: str
    cards: list[Card]
    additions: list[Adding] = field(default_factory=list)
    empty: str = ""

    @property
    def boxes(self) -> list[Box]:
        """Those of the cards, in order."""
        return [box for card in self.cards for box in card.boxes]

    @property
    def every_box(self) -> list[Box]:
        """Those of the cards and of what may be added."""
        return [*self.boxes, *(box for one in self.additions for box in one.boxes)]


def mode_of(value: Any) -> float:
    """The number of an estimate, or a plain number."""
    return float(value["mode"]) if isinstance(value, Mapping) else float(value or 0)


def restated(old: Any, mode: float, *, verified: bool = False, market: bool = False) -> dict[str, Any]:
    """An estimate with what the group says instead. Its range follows; a range of the market only stretches.

    What nobody checked is an estimate, whatever source the former figure had.
    """
    before = dict(old) if isinstance(old, Mapping) else {}
    low, former, high = (float(before.get(part, mode)) for part in ("low", "mode", "high"))
    if market or not former:
        low, high = min(low, mode), max(high, mode)
    else:
        low, high = min(low * mode / former, mode), max(high * mode / former, mode)
    return {"mode": mode, "low": low, "high": high, "conf": "K" if verified else "E", "src": []}


def evidence_of(value: Any) -> str:
    """The chip of an estimate; empty when its confidence is not said."""
    return EVIDENCE.get(value.get("conf") or "", "") if isinstance(value, Mapping) else ""


def in_model_words(value: Any, unit: str = "", factor: float = 1.0) -> str:
    """« Dans le modèle : 450 MAD, de 250 à 600 »; empty without a model."""
    if value is None:
        return ""
    written = f"{shown_number(mode_of(value) * factor)}\u202f{unit}".strip()
    if isinstance(value, Mapping) and value["low"] < value["high"]:
        bounds = {"low": shown_number(value["low"] * factor), "high": shown_number(value["high"] * factor)}
        return _("Dans le modèle : %(value)s, de %(low)s à %(high)s") % {"value": written, **bounds}
    return _("Dans le modèle : %(value)s") % {"value": written}


def name_of(item: Mapping[str, Any]) -> str:
    """What an item is called."""
    return str(item.get("name") or item.get("role") or item["id"])


def amount_box(path: str, label: str, value: float, **more: Any) -> Box:
    """A box in dirhams that sets its path."""
    more.setdefault("apply", lambda number: {path: number})
    return Box(path, label, "amount", shown_number(value), paths=(path,), unit=_("MAD"), **more)


def estimate_box(path: str, label: str, value: Any, sheet: Sheet, **more: Any) -> Box:
    """A box in dirhams over an estimate, with what the model proposes."""
    market = bool(more.pop("market", False))
    proposed = sheet.in_model(path)
    return amount_box(
        path, label, mode_of(value), evidence=evidence_of(value),
        hint=in_model_words(proposed, _("MAD")),
        apply=lambda number: {path: restated(value, number, market=market)}, **more,
    )  # fmt: skip
