"""What a report is told besides its territory: the day, the language, its address, the meetings of the region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bpc.portal.atlas.country import NATION, Country, name_in
from bpc.portal.atlas.figure_words import kind_words
from bpc.portal.reference.places import Place


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the region; `day` None is unknown, `inferred` when no source prints it in full."""

    city: str
    day: date | None
    inferred: bool
    venue: str


@dataclass(frozen=True, slots=True)
class ReportContext:
    """How a report presents itself. `address` is that of the territory's sheet, drawn as a QR code."""

    place: Place
    country: Country
    language: Literal["fr", "ar"]
    made_on: date
    address: str = ""
    meetings: Sequence[Meeting] = ()
    #: What people say in it is made up, and the report says so.
    is_demo: bool = False

    @property
    def name(self) -> str:
        """The place in the language of the report."""
        return name_in(self.place, self.language)

    @property
    def above(self) -> Place:
        """The place that holds it; the country for a region."""
        return self.country.places[self.place.parent]

    @property
    def compared_with(self) -> list[tuple[str, str]]:
        """What its figures are set beside: code and word, the nearest first."""
        nation = (NATION, name_in(self.country.places[NATION], self.language))
        if self.above.code == NATION:
            return [nation]
        return [(self.above.code, kind_words(self.above)), nation]

    def name_of(self, code: str) -> str:
        """Another place in the language of the report."""
        return name_in(self.country.places[code], self.language)

    def in_words(self, code: str) -> str:
        """A place with its kind, « Province · Taroudannt »."""
        place = self.country.places[code]
        return f"{kind_words(place)} · {name_in(place, self.language)}"
