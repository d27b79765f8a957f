"""Figures and places in the words of sheets and reports: « inconnu » where nothing is known, never 0."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.census import Indicator
from bpc.portal.atlas.units import THIN, figure_text, unit_name
from bpc.portal.reference.places import Place
from bpc.portal.reference.profile import Fact

_SHORT = frozenset({"km"})  # units that follow their number everywhere
_KINDS = {
    "country": gettext_lazy("Pays"),
    "region": gettext_lazy("Région"),
    "province": gettext_lazy("Province"),
    "prefecture": gettext_lazy("Préfecture"),
    "urban": gettext_lazy("Commune urbaine"),
    "rural": gettext_lazy("Commune rurale"),
    "commune": gettext_lazy("Commune"),
}


def figure(value: float | None, unit: str, *, signed: bool = False) -> str:
    """The figure with a short unit (%, km), alone otherwise; « inconnu » for None, never 0."""
    if value is None:
        return _("inconnu")
    text = figure_text(value, unit, signed=signed)
    return f"{text}{THIN}{unit_name(unit)}" if unit in _SHORT else text


def unit_words(unit: str) -> str:
    """The unit beside a large figure; empty where `figure` or the name of the indicator already says it."""
    return "" if unit in {*_SHORT, "percent", "per 1,000 people"} else unit_name(unit)


def label_in(entry: Indicator, language: str) -> str:
    """The name of an indicator, French where the language has no column."""
    return str(getattr(entry, f"label_{language}", "") or entry.label_fr)


def method_in(entry: Indicator, language: str) -> str:
    """How the figures of an indicator are made, French where the language has no column."""
    return str(getattr(entry, f"method_{language}", "") or entry.method_fr)


def source_line(year: int, indicators: Sequence[Indicator]) -> str:
    """Who counted, and when."""
    deduced = any(entry.confidence == "deduced" for entry in indicators)
    template = _("Calcul d’après le recensement %(year)s, HCP") if deduced else _("Recensement %(year)s, HCP")
    return template % {"year": year}


def kind_words(place: Place) -> str:
    """What sort of territory this is, in words."""
    return str(_KINDS[place.kind or place.level])


def why_unknown(place: Place, entry: Fact) -> str:
    """The reason a figure is missing, as far as it is known."""
    if not place.population:
        return _("Aucun habitant n’y a été recensé en 2024.")
    if (
        entry.indicator.areas == ("total", "rural")
        or entry.indicator.id == "households_distance_to_paved_road_km"
    ):
        return _("Question posée en milieu rural seulement.")
    return _("Le recensement ne publie pas ce chiffre pour ce territoire.")
