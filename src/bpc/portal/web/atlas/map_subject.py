"""What the colours of a map tell: an indicator of the census, or a layer computed from data.

The drawing, the legend, the table and the file know a `Subject` only; where its figures come from is said here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from bpc.datasets.census import Census, Indicator
from bpc.portal.atlas.readings import Comparison, Figures, gap_unit, positions, read
from bpc.portal.web.atlas.map_query import MapQuery


class Scale(StrEnum):
    """How figures are classed: low to high, on both sides of zero, or on both sides of one."""

    PLAIN = "plain"
    GAP = "gap"
    RATIO = "ratio"


@dataclass(frozen=True)
class Directions:
    """What a figure below, at and above the middle of a scale is called."""

    below: str
    same: str
    above: str


@dataclass(frozen=True)
class Subject:
    """One thing drawn. `unit` is that of a plain figure, `drawn_unit` of what is coloured (a gap has another).

    `read` gives the figures of territories by code; `directions` is set unless the scale is plain.
    """

    id: str
    label: str
    method: str
    note: str
    source: str
    confidence: str
    unit: str
    drawn_unit: str
    scale: Scale
    directions: Directions | None
    read: Callable[[tuple[str, ...]], Figures]
    computed: bool = False
    method_page: str = ""
    page: str = ""  # where the reasons of the figures are


def census_subject(query: MapQuery, census: Census, language: str) -> Subject:
    """The indicator of the query, or the gap between its two sides. Raises KeyError for an unknown indicator."""
    entry = census.indicators[query.indicator]
    notes = {topic.id: text_in(topic, "note", language) for topic in census.topics}
    compared = query.comparison is not Comparison.NONE
    return Subject(
        id=entry.id,
        label=text_in(entry, "label", language),
        method=text_in(entry, "method", language),
        note=notes[entry.topic],
        source=source_words(entry.sources, {side.year for side in query.reading.sides()}),
        confidence=entry.confidence,
        unit=entry.unit,
        drawn_unit=_drawn_unit(entry, query),
        scale=Scale.GAP if compared else Scale.PLAIN,
        directions=direction_names(query.comparison) if compared else None,
        read=lambda codes: read(census, query.reading, positions(census, codes)),
    )


def _drawn_unit(entry: Indicator, query: MapQuery) -> str:
    return entry.unit if query.comparison is Comparison.NONE else gap_unit(entry.unit)


def text_in(entry: object, name: str, language: str) -> str:
    """A text of the dictionary in the language of the page, French where that language has no column."""
    return str(getattr(entry, f"{name}_{language}", "") or getattr(entry, f"{name}_fr"))


def direction_names(comparison: Comparison) -> Directions:
    """What a lower, an equal and a higher second figure are called."""
    return {
        Comparison.YEARS: Directions(_("A baissé"), _("N'a pas changé"), _("A augmenté")),
        Comparison.SEXES: Directions(
            _("Plus bas chez les femmes"),
            _("Égal chez les femmes et les hommes"),
            _("Plus haut chez les femmes"),
        ),
        Comparison.AREAS: Directions(
            _("Plus bas en rural"), _("Égal en urbain et en rural"), _("Plus haut en rural")
        ),
    }[comparison]


def source_words(sources: tuple[str, ...], years: set[int]) -> str:
    """Where the figures of these years come from, each source once."""
    named = {
        "hcp-2024-establishments": _("HCP, cartographie des établissements 2024"),
        "hcp-maroc-en-cartes": _("HCP, Maroc en cartes"),
    }
    surveys = {"hcp-2024": _("HCP, recensement 2024"), "hcp-2014": _("HCP, recensement 2014")}
    dated = [source for source in sources if any(str(year) in source for year in years)]
    found = [named.get(source) or surveys.get(source[:8], source) for source in dated or sources]
    return " · ".join(dict.fromkeys(found))
