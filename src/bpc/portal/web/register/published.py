"""What was published on cooperatives: each figure with its year, its source and how sure it is."""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from bpc.datasets.cooperative_statistics import (
    CooperativeFigure,
    FigureName,
    read_cooperative_figures,
    read_figure_names,
)
from bpc.portal.foundation.writing import written_amount, written_month, written_number, written_percent
from bpc.portal.reference.places import Place, reference
from bpc.portal.register.tallies import COUNTRY
from bpc.portal.web.charts.bars import Bar, bars

_TOTAL = ("total", "cooperatives")
_TIMELINE_FROM = 2010
_RECENT = 2020


@cache
def _figures() -> tuple[CooperativeFigure, ...]:
    return read_cooperative_figures(settings.DATA)


@cache
def _names() -> dict[tuple[str, str], FigureName]:
    return read_figure_names(settings.DATA)


def published_context(code: str) -> dict[str, Any]:
    """The published figures of the country or a region (its provinces and delegations included), newest first."""
    found = [figure for figure in _figures() if _is_about(figure, code)]
    found.sort(
        key=lambda figure: (-figure.year, -(figure.month or 13), figure.territory, figure.sector != "total")
    )
    found.sort(key=lambda figure: figure.confidence == "target")  # objectives last
    latest = _latest(found, code)
    return {
        "latest": [_line(figure, code) for figure in latest],
        "lines": [_line(figure, code) for figure in found if figure not in latest],
        "timeline": _timeline(found) if code == COUNTRY else None,
        "others": [_line(figure, code) for figure in _figures() if not figure.territory]
        if code == COUNTRY
        else [],
    }


def _latest(found: list[CooperativeFigure], code: str) -> list[CooperativeFigure]:
    """The last figure of each kind on all activities of the place itself, the surest part of what was published."""
    kept: dict[str, CooperativeFigure] = {}
    for figure in found:
        whole = figure.territory == code and figure.sector == "total" and figure.confidence == "sourced"
        if whole and figure.year >= _RECENT:
            kept.setdefault(figure.indicator, figure)
    return list(kept.values())


def _is_about(figure: CooperativeFigure, code: str) -> bool:
    if code == COUNTRY:
        return figure.territory == COUNTRY
    return figure.territory == code or figure.territory.startswith(f"{code}.")


def _line(figure: CooperativeFigure, code: str) -> dict[str, Any]:
    indicator = _names()[("indicator", figure.indicator)]
    sector = _names()[("sector", figure.sector)]
    return {
        "date": written_month(figure.year, figure.month) if figure.month else str(figure.year),
        "place": _place_words(figure) if figure.territory != code else "",
        "label": _in_language(indicator),
        "sector": "" if figure.sector == "total" else _in_language(sector),
        "value": value_words(figure, indicator.unit),
        "confidence": figure.confidence,
        "is_target": figure.confidence == "target",
        "host": urlsplit(figure.source_url).hostname or "",
        "address": figure.source_url if figure.link_is_whole else "",
    }


def value_words(figure: CooperativeFigure, unit: str) -> str:
    """The figure as the source gives it: « plus de 6 000 », « environ 79 000 », 62 %."""
    decimals = 0 if float(figure.value).is_integer() else 1 if round(figure.value, 1) == figure.value else 2
    if unit == "percent":
        text = written_percent(figure.value, decimals)
    elif unit == "mad":
        text = written_amount(figure.value)
    else:
        text = written_number(figure.value, decimals)
    if figure.qualifier == "more_than":
        return _("plus de %(number)s") % {"number": text}
    return _("environ %(number)s") % {"number": text} if figure.qualifier == "about" else text


def _timeline(found: list[CooperativeFigure]) -> Any:
    """The number of cooperatives in the country, as published over the years; the last of each year."""
    last: dict[int, CooperativeFigure] = {}
    for figure in sorted(found, key=lambda one: (one.year, one.month or 13)):
        if (figure.sector, figure.indicator) == _TOTAL and figure.year >= _TIMELINE_FROM:
            last[figure.year] = figure
    rows = [
        Bar(str(year), figure.value, value_words(figure, "count")) for year, figure in sorted(last.items())
    ]
    return bars(
        rows,
        label=_("Nombre de coopératives au Maroc, chiffres publiés"),
        rtl=get_language_bidi(),
        full=1.4 * max(figure.value for figure in last.values()),  # room for « environ 60 000 »
    )


def _place_words(figure: CooperativeFigure) -> str:
    if not figure.territory:
        return figure.area_ar if get_language() == "ar" else figure.area_fr
    return _in_language(reference().places[figure.territory])


def _in_language(named: FigureName | Place) -> str:
    return named.name_ar if get_language() == "ar" else named.name_fr
