"""What a printed document is told besides the plan: its title, place, day, language, sources, and the risks studied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from bpc.portal.foundation.typesetting import document_data


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: a title in the document's language, perhaps an address and the day it was read."""

    title: str
    address: str = ""
    seen: date | None = None


@dataclass(frozen=True, slots=True)
class Stress:
    """What one bad turn would do, MAD; None where a figure has no value. `name` is in the document's language."""

    name: str
    npv: float | None
    min_cash: float | None
    dscr_min: float | None
    income_per_member: float | None


@dataclass(frozen=True, slots=True)
class Swing:
    """How far one assumption alone moves the net present value: at the low and at the high end of its range, MAD.

    `switching` is the change (a fraction, -0.2 for 20 % less) at which the project no longer pays; None if none does.
    """

    name: str
    at_low: float
    at_high: float
    switching: float | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """What was found by shaking the plan. `loss_probability` is that of a negative net present value over `draws`.

    `base` is the plan as written, measured like its stresses.
    """

    base: Stress
    stresses: Sequence[Stress] = ()
    swings: Sequence[Swing] = ()
    loss_probability: float | None = None
    draws: int = 0


@dataclass(frozen=True, slots=True)
class PrintContext:
    """How a document presents itself. `provenance`: the source of each id that the plan's estimates cite."""

    title: str
    place: str
    made_on: date
    language: Literal["fr", "ar"]
    provenance: Mapping[str, Source] = field(default_factory=dict)
    risk: Risk | None = None
    summary: str = ""
    #: Of the project's page, drawn as a QR code.
    address: str = ""
    #: Of the site's sprite, the sector's for instance.
    pictogram: str = "model"

    def document_data(self) -> dict[str, Any]:
        """What the template is given of it."""
        return document_data(
            title=self.title,
            place=self.place,
            language=self.language,
            made_on=self.made_on,
            address=self.address,
        )
