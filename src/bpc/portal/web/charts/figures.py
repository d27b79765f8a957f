"""Figures as a sheet writes them: with the unit where it is short, and « inconnu » where nothing is known."""

from django.utils.translation import gettext as _

from bpc.portal.atlas.readings import gap_unit
from bpc.portal.atlas.units import THIN, figure_text, unit_name
from bpc.portal.reference.profile import Pair

_SHORT = frozenset({"km"})  # units that follow their number everywhere


def figure(value: float | None, unit: str, *, signed: bool = False) -> str:
    """The figure with a short unit (%, km), alone otherwise; « inconnu » for None, never 0."""
    if value is None:
        return _("inconnu")
    text = figure_text(value, unit, signed=signed)
    return f"{text}{THIN}{unit_name(unit)}" if unit in _SHORT else text


def unit_words(unit: str) -> str:
    """The unit beside a large figure; empty where `figure` or the name of the indicator already says it."""
    return "" if unit in {*_SHORT, "percent", "per 1,000 people"} else unit_name(unit)


def difference(pair: Pair) -> str:
    """How far the second figure is from the first: points, percent of a count, or its own unit."""
    unit = pair.indicator.unit
    if pair.difference is None or pair.first is None:
        return _("inconnu")
    told = gap_unit(unit)
    if told == "percent" and unit != "percent":
        return figure(100 * pair.difference / pair.first, told, signed=True) if pair.first else _("inconnu")
    return figure(round(pair.difference, 2), told, signed=True)
