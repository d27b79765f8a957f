"""What the sheet of a territory shows, put together from the census, the ideas and the meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.datasets.census import Topic
from bpc.portal.atlas.country import NATION, Country, name_in
from bpc.portal.atlas.figure_words import (
    figure,
    kind_words,
    label_in,
    method_in,
    source_line,
    unit_words,
    why_unknown,
)
from bpc.portal.reference import profile
from bpc.portal.reference.places import Place
from bpc.portal.reference.profile import Fact, Pair
from bpc.portal.web.charts.figures import difference
from bpc.portal.web.charts.sheet_charts import (
    Chart,
    Names,
    against,
    age_chart,
    facts_table,
    share_bars,
)
from bpc.portal.web.charts.table import figure_table


@dataclass(frozen=True)
class KeyFigure:
    """One of the six figures that open the sheet. `reason` says why it is unknown, where it is."""

    title: str
    text: str
    unit: str
    known: bool
    reason: str
    aside: str
    chart: SafeString | str
    year: int
    source: str
    method: str


def names_of(place: Place, country: Country) -> Names:
    """The place, its parent and the country, in the language of the page."""
    language = get_language() or ""
    above = country.places.get(place.parent)
    return Names(
        here=name_in(place, language),
        above=name_in(above, language) if above else "",
        above_kind=kind_words(above) if above else "",
        nation=name_in(country.places[NATION], language),
        language=language,
    )


def key_figures(place: Place, names: Names) -> list[KeyFigure]:
    """The six figures, each against the parent and the country."""
    return [_key_figure(entry, place, names) for entry in profile.key_facts(place)]


def _key_figure(entry: Fact, place: Place, names: Names) -> KeyFigure:
    title, aside, compared = label_in(entry.indicator, names.language), "", entry
    if entry.sex == "female":
        title = _("%(indicator)s des femmes") % {"indicator": title}
    if entry.indicator.id == "population_legal":
        compared = profile.fact(place.code, "population_change", parent=place.parent)
        told = figure(compared.value, "percent", signed=True)
        # the country has nothing to be compared with: its change is told in words
        aside = (
            _("Évolution de 2014 à 2024") if names.above else _("%(change)s depuis 2014") % {"change": told}
        )
    return KeyFigure(
        title=title,
        text=figure(entry.value, entry.indicator.unit),
        unit=unit_words(entry.indicator.unit) if entry.value is not None else "",
        known=entry.value is not None,
        reason="" if entry.value is not None else why_unknown(place, entry),
        aside=aside,
        chart=against(compared, title=title, names=names),
        year=entry.year,
        source=source_line(entry.year, [entry.indicator]),
        method=method_in(entry.indicator, names.language),
    )


def charts(place: Place, names: Names) -> dict[str, Chart | None]:
    """The charts by name; None where the census published nothing for the place."""
    ages = profile.ages(place.code, place.parent)
    titles = {
        "employment_status": (_("Statut des personnes qui travaillent"), 0),
        "work_sectors": (_("Secteurs où l’on travaille"), 0),
        "education": (_("Niveau d’études"), 0),
        "comforts": (_("Confort des logements"), 100),
    }
    drawn: dict[str, Chart | None] = {"ages": age_chart(ages["male"], ages["female"], names=names)}
    for name, (title, full) in titles.items():
        facts = profile.breakdown(name, place.code, place.parent)
        drawn[name] = share_bars(facts, title=title, names=names, full=full) if facts else None
    return drawn


def change_table(code: str, language: str) -> SafeString | str:
    """2014 beside 2024, only for questions asked alike; empty where nothing can be compared."""
    pairs = profile.changes(code)
    head = ["", "2014", "2024", _("Écart")]
    return _pair_table(pairs, _("Ce qui a changé de 2014 à 2024"), head, language) if pairs else ""


def sexes_table(code: str, language: str) -> SafeString | str:
    """Men beside women; empty where nothing is known."""
    pairs = profile.men_and_women(code)
    head = ["", _("Hommes"), _("Femmes"), _("Écart")]
    return _pair_table(pairs, _("Les hommes et les femmes"), head, language) if pairs else ""


def areas_table(code: str, language: str) -> SafeString | str:
    """Town beside country; empty unless the place has both."""
    pairs = profile.town_and_country(code)
    head = ["", _("Urbain"), _("Rural")]
    return _pair_table(pairs, _("La ville et la campagne"), head, language) if pairs else ""


def _pair_table(pairs: Sequence[Pair], caption: str, head: list[str], language: str) -> SafeString:
    rows = []
    for pair in pairs:
        unit = pair.indicator.unit
        label = label_in(pair.indicator, language)
        cells = [label, figure(pair.first, unit), figure(pair.second, unit)]
        rows.append([*cells, difference(pair)] if len(head) == 4 else cells)
    return figure_table(caption, head, rows, hide_caption=True)


def economy_table(place: Place, names: Names) -> SafeString:
    """Souks, businesses and jobs counted in 2024."""
    facts = profile.economy(place.code, place.parent)
    return facts_table(facts, title=_("Souks, entreprises et emplois"), names=names)


def cooperative_share(place: Place, names: Names) -> dict[str, Any]:
    """The share of members of cooperatives among people who work, against parent and country."""
    entry = profile.fact(place.code, profile.COOPERATIVE_SHARE, parent=place.parent)
    title = label_in(entry.indicator, names.language)
    return {
        "title": title,
        "text": figure(entry.value, "percent"),
        "known": entry.value is not None,
        "reason": why_unknown(place, entry),
        "chart": against(entry, title=title, names=names),
        "source": source_line(entry.year, [entry.indicator]),
    }


def topic_words(topic: Topic, column: str, language: str) -> str:
    """The name of a topic or the note on it, French where the language has no column."""
    return str(getattr(topic, f"{column}_{language}", "") or getattr(topic, f"{column}_fr"))


def topics(code: str) -> list[dict[str, Any]]:
    """Every indicator known for the place, a table per topic."""
    language = get_language() or ""
    return [
        {
            "id": topic.id,
            "name": topic_words(topic, "name", language),
            "note": topic_words(topic, "note", language),
            "number": len(pairs),
            "table": _topic_table(topic_words(topic, "name", language), pairs, language),
        }
        for topic, pairs in profile.everything(code)
    ]


def _topic_table(name: str, pairs: Sequence[Pair], language: str) -> SafeString:
    rows = []
    units = {unit: unit_words(unit) for unit in {pair.indicator.unit for pair in pairs}}
    for pair in pairs:
        entry = pair.indicator
        label = label_in(entry, language)
        if units[entry.unit]:
            label = f"{label} ({units[entry.unit]})"
        sides = ((2014, pair.first), (2024, pair.second))
        # a year in which the question was not asked is no unknown figure
        cells = [figure(value, entry.unit) if year in entry.years else "–" for year, value in sides]
        rows.append([label, *cells])
    return figure_table(name, ["", "2014", "2024"], rows, hide_caption=True)
