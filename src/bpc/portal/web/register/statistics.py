"""The statistics page: the register counted by sector, region and year, and apart the figures that were published."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import written_number, written_percent
from bpc.portal.reference.places import Place, reference
from bpc.portal.register.models import CooperativeTally
from bpc.portal.register.queries import (
    holds_invented,
    tallies_by_place,
    tallies_by_sector,
    tallies_by_year,
    tally_of,
)
from bpc.portal.register.tallies import COUNTRY
from bpc.portal.web.charts.bars import Bar, bars
from bpc.portal.web.charts.series import yearly_bars
from bpc.portal.web.charts.sheet_charts import Chart
from bpc.portal.web.charts.table import figure_table
from bpc.portal.web.register.published import published_context

_YEARS_SHOWN = 12


@dataclass(frozen=True)
class KeyFigure:
    """A figure of the register: unknown is told, and of how many it is known."""

    label: str
    value: int | None
    note: str = ""


def chosen_place(code: str) -> Place:
    """The region of this code, else the country."""
    places = reference().places
    place = places.get(code)
    return place if place is not None and place.level == "region" else places[COUNTRY]


def statistics_context(place: Place) -> dict[str, Any]:
    """Everything `register/statistics.html` shows."""
    tally, invented = tally_of(place.code), holds_invented()
    return {
        "invented": invented,
        "place": place,
        "place_name": _name(place),
        "is_country": place.code == COUNTRY,
        "regions": [{"code": region.code, "name": _name(region)} for region in reference().at("region")],
        "known": tally_of() is not None,
        "key_figures": _key_figures(tally) if tally else [],
        "charts": _charts(place, tally, _source(invented)) if tally else [],
        "published": published_context(place.code),
        "trail": [
            (_("Accueil"), reverse("web:home")),
            (_("Coopératives"), reverse("web:cooperatives")),
            (_("Chiffres"), ""),
        ],
    }


def _key_figures(tally: CooperativeTally) -> list[KeyFigure]:
    return [
        KeyFigure(_("Coopératives"), tally.count),
        _partly_known(_("Coopératives féminines"), tally.women_count, tally.women_known, tally.count),
        _partly_known(_("Coopératives de jeunes"), tally.youth_count, tally.youth_known, tally.count),
        _partly_known(_("Membres"), tally.members, tally.members_known, tally.count),
    ]


def _partly_known(label: str, value: int, known: int, count: int) -> KeyFigure:
    """A figure that some rows do not give; « inconnu » when none does."""
    if not known:
        return KeyFigure(label, None)
    if known == count:
        return KeyFigure(label, value)
    words = _("connu pour %(known)s sur %(count)s")
    return KeyFigure(label, value, words % {"known": written_number(known), "count": written_number(count)})


def _charts(place: Place, tally: CooperativeTally, source: str) -> list[Chart]:
    found = [_by_sector(place, tally), _by_year(place)]
    if place.code == COUNTRY:
        found.append(_by_place(place, "region", _("Par région")))
    else:
        found.append(_by_place(place, "province", _("Par province ou préfecture")))
    return [replace(chart, source=source) for chart in found if chart is not None]


def _by_sector(place: Place, tally: CooperativeTally) -> Chart | None:
    rows = tallies_by_sector(place.code)
    sectors = reference().sectors
    named = [(str(sectors[row.sector_id or ""].name), row) for row in rows]
    unknown = tally.count - sum(row.count for row in rows)
    return _tally_chart(_("Par secteur"), place, named, unknown, tally.count)


def _by_place(place: Place, level: str, title: str) -> Chart | None:
    places = reference().places
    rows = sorted(tallies_by_place(level, within=place.code), key=lambda row: -row.count)
    named = [(_name(places[row.territory_id]), row) for row in rows]
    whole = tally_of(place.code)
    unknown = (whole.count if whole else 0) - sum(row.count for row in rows)
    return _tally_chart(title, place, named, unknown, whole.count if whole else 0)


def _tally_chart(
    title: str, place: Place, named: Sequence[tuple[str, CooperativeTally]], unknown: int, total: int
) -> Chart | None:
    if not named:
        return None
    drawn = [Bar(name, row.count, written_number(row.count)) for name, row in named]
    head = ["", _("Coopératives"), _("Part"), _("Dont féminines")]
    lines = [
        [
            name,
            written_number(row.count),
            written_percent(100 * row.count / total, 1),
            written_number(row.women_count if row.women_known else None),
        ]
        for name, row in named
    ]
    if unknown:
        lines.append([_("inconnu"), written_number(unknown), written_percent(100 * unknown / total, 1), "–"])
    drawing = bars(drawn, label=f"{title} – {_name(place)}", rtl=get_language_bidi())
    note = _("Non classées : %(count)s.") % {"count": written_number(unknown)} if unknown else ""
    return Chart(title, drawing, figure_table(title, head, lines, hide_caption=True), "", note)


def _by_year(place: Place) -> Chart | None:
    rows = [row for row in tallies_by_year(place.code) if row.year is not None]
    if not rows:
        return None
    shown = rows[-_YEARS_SHOWN:]
    title = _("Par année d’immatriculation")
    drawing = yearly_bars(
        [row.count for row in shown],
        [f"{row.year}"[2:] if len(shown) > 6 else f"{row.year}" for row in shown],
        [written_number(row.count) for row in shown],
        label=f"{title} – {_name(place)}",
        rtl=get_language_bidi(),
    )
    lines = [
        [str(row.year), written_number(row.count), written_number(row.women_count)] for row in reversed(rows)
    ]
    table = figure_table(title, ["", _("Coopératives"), _("Dont féminines")], lines, hide_caption=True)
    note = _("Les coopératives encore au registre, selon l’année où elles y sont entrées.")
    return Chart(title, drawing, table, "", note)


def _source(invented: bool) -> str:
    if invented:
        return _("registre inventé pour la démonstration")
    return _("registre des coopératives importé sur ce site")


def _name(place: Place) -> str:
    return place.name_ar if get_language() == "ar" else place.name_fr
