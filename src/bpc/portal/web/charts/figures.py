"""Gaps as a sheet writes them: with the unit where it is short, and « inconnu » where nothing is known."""

from django.utils.translation import gettext as _

from bpc.portal.atlas.figure_words import figure
from bpc.portal.atlas.readings import gap_unit
from bpc.portal.reference.profile import Pair


def difference(pair: Pair) -> str:
    """How far the second figure is from the first: points, percent of a count, or its own unit."""
    unit = pair.indicator.unit
    if pair.difference is None or pair.first is None:
        return _("inconnu")
    told = gap_unit(unit)
    if told == "percent" and unit != "percent":
        return figure(100 * pair.difference / pair.first, told, signed=True) if pair.first else _("inconnu")
    return figure(round(pair.difference, 2), told, signed=True)
