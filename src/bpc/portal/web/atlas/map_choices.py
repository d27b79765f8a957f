"""The choices beside a map: indicators by topic, years, comparisons, filters, each with the one in force."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bpc.datasets.census import Census, Indicator
from bpc.portal.atlas import computed
from bpc.portal.atlas.country import Country, divisions_of, name_in
from bpc.portal.atlas.fit_layers import GROUP as FIT
from bpc.portal.atlas.readings import Comparison, Reading, is_published, possible_comparisons
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.observations.queries import categories
from bpc.portal.reference.places import reference
from bpc.portal.web.atlas import map_query
from bpc.portal.web.atlas.map_computed import group_name
from bpc.portal.web.atlas.map_points import LAYERS, PointLayer
from bpc.portal.web.atlas.map_query import MapQuery
from bpc.portal.web.atlas.map_subject import text_in
from bpc.portal.web.atlas.map_words import comparison_name, level_name

#: What a group choosing a project asks first; the other indicators follow by topic.
MOST_USEFUL = (
    "labour_unemployment_rate",
    "employment_status_cooperative_member",
    "labour_activity_rate",
    "age_15_34",
    "illiteracy_rate_10_plus",
    "population_change",
    "density",
    "work_sector_agriculture",
    "amenities_running_water",
    "households_distance_to_paved_road_km",
    "establishments_weekly_souks",
    "associations_per_1000",
)


@dataclass(frozen=True)
class Choice:
    """One option: the word of the address, its label, whether it is in force, and where it leads."""

    word: str
    label: str
    chosen: bool
    address: str = ""


@lru_cache(maxsize=8)
def _indicator_options(census: Census, language: str, useful: str) -> str:
    chosen = [census.indicators[name] for name in MOST_USEFUL if name in census.indicators]
    groups = [_option_group(useful, [_option(entry, language) for entry in chosen])]
    for group in computed.GROUPS:
        layers = [(layer.id, str(layer.label)) for layer in computed.layers_in(group)]
        # thirty-four models are chosen in a list of their own, which only their maps pay for
        told = [(FIT, _("Choisir un modèle de projet"))] if group == FIT else layers
        groups.append(_option_group(group_name(group), told))
    for topic in census.topics:
        found = [_option(entry, language) for entry in census.indicators.values() if entry.topic == topic.id]
        groups.append(_option_group(text_in(topic, "name", language), found))
    return "".join(groups)


def _option_group(label: str, options: list[tuple[str, str]]) -> str:
    written = "".join(f'<option value="{word}">{escape(text)}</option>' for word, text in options)
    return f'<optgroup label="{escape(label)}">{written}</optgroup>'


def _option(entry: Indicator, language: str) -> tuple[str, str]:
    label = text_in(entry, "label", language)
    return entry.id, label if entry.years[0] == 2024 else f"{label} ({entry.years[0]})"


def indicator_options(census: Census, language: str, chosen: str) -> SafeString:
    """The options of the indicator list, grouped by topic, « les plus utiles » first."""
    options = _indicator_options(census, language, _("Les plus utiles"))
    mark = f'<option value="{FIT if chosen.startswith(f"{FIT}.") else chosen}"'
    return mark_safe(options.replace(mark, f"{mark} selected", 1))  # noqa: S308 - labels are escaped above


def model_choices(query: MapQuery, language: str) -> list[Choice]:
    """The published models whose fit can be drawn; empty on every other map."""
    group, _dot, chosen = query.indicator.partition(".")
    if group != FIT:
        return []
    return [
        Choice(slug, one.model.name.in_language(language), slug == chosen)
        for slug, one in catalogue().items()
        if f"{FIT}.{slug}" in computed.LAYERS
    ]


def level_choices(query: MapQuery, country: Country) -> list[Choice]:
    """The levels the place on the map can be divided into."""
    words = {value: word for word, value in map_query.LEVELS.items()}
    return [
        Choice(words[level], level_name(level), level == query.level, query.address(level=level, kind=""))
        for level in divisions_of(country.places[query.within].level)
    ]


def reading_choices(query: MapQuery, indicator: Indicator) -> dict[str, list[Choice]]:
    """What can be varied of an indicator of the census; each list is empty where there is nothing to choose."""
    return {
        "years": year_choices(query, indicator),
        "comparisons": comparison_choices(query, indicator),
        "sexes": sex_choices(query, indicator),
        "areas": area_choices(query, indicator),
    }


def year_choices(query: MapQuery, indicator: Indicator) -> list[Choice]:
    """Years the indicator is known for; none to choose in a comparison of years."""
    if query.comparison is Comparison.YEARS or len(indicator.years) < 2:
        return []
    return [Choice(str(year), str(year), year == query.year) for year in indicator.years]


def comparison_choices(query: MapQuery, indicator: Indicator) -> list[Choice]:
    """Comparisons the census allows for the indicator, « ne pas comparer » first; maybe none."""
    possible = possible_comparisons(indicator, query.year)
    words = {value: word for word, value in map_query.COMPARISONS.items()}
    choices = [
        Choice(words.get(choice, ""), comparison_name(choice), choice == query.comparison)
        for choice in (Comparison.NONE, *possible)
    ]
    return choices if possible else []


def sex_choices(query: MapQuery, indicator: Indicator) -> list[Choice]:
    """Everybody, women or men, where the census published them."""
    labels = {"": _("Femmes et hommes"), "femmes": _("Femmes"), "hommes": _("Hommes")}
    values = {"": "all", **map_query.SEXES}
    if query.comparison is Comparison.SEXES:
        return []
    return _published(
        [
            (word, label, values[word] == query.sex, _varied(query, sex=values[word]))
            for word, label in labels.items()
        ],
        indicator,
    )


def area_choices(query: MapQuery, indicator: Indicator) -> list[Choice]:
    """The whole territory, its urban or its rural part, where the census published them."""
    labels = {"": _("Urbain et rural"), "urbain": _("Urbain"), "rural": _("Rural")}
    values = {"": "total", **map_query.AREAS}
    if query.comparison is Comparison.AREAS:
        return []
    return _published(
        [
            (word, label, values[word] == query.area, _varied(query, area=values[word]))
            for word, label in labels.items()
        ],
        indicator,
    )


def _varied(query: MapQuery, **changes: Any) -> Reading:
    reading = query.reading
    kept = {"area": reading.area, "sex": reading.sex, "comparison": reading.comparison}
    return Reading(reading.indicator, reading.year, **{**kept, **changes})


def _published(options: list[tuple[str, str, bool, Reading]], indicator: Indicator) -> list[Choice]:
    found = [
        Choice(word, label, chosen)
        for word, label, chosen, reading in options
        if is_published(indicator, reading)
    ]
    return found if len(found) > 1 else []


def point_choices(query: MapQuery) -> list[Choice]:
    """What can be added to the colours."""
    layers = [
        Choice(word, str(LAYERS[layer].name), layer == query.points)
        for word, layer in map_query.POINTS.items()
    ]
    return [Choice("", _("Aucun"), not query.points), *layers]


def narrowing_choices(query: MapQuery, language: str) -> list[dict[str, Any]]:
    """The filters of the circles shown, each with its label, its name in the address and its options."""
    if not query.points:
        return []
    layer = LAYERS[query.points]
    in_force = query.parameters()
    found = []
    for name, filter_of in _FILTERS.items():
        if name in layer.filters:
            word = map_query.NAMES[name]
            label, options = filter_of(layer, language)
            choices = [Choice(value, text, value == in_force.get(word, "")) for value, text in options]
            found.append({"id": f"choice-{word}", "name": word, "label": label, "options": choices})
    return found


Options = tuple[str, list[tuple[str, str]]]


def _category_filter(layer: PointLayer, language: str) -> Options:
    known = [(code, text_in(one, "name", language)) for code, one in categories(layer.kind).items()]
    return _("Catégorie"), [("", _("Toutes les catégories")), *known]


def _sector_filter(layer: PointLayer, language: str) -> Options:
    known = [(code, text_in(sector, "name", language)) for code, sector in reference().sectors.items()]
    return _("Secteur"), [("", _("Tous les secteurs")), *known]


def _audience_filter(layer: PointLayer, language: str) -> Options:
    if layer.id == "cooperatives":
        return _("De qui"), [("", _("Toutes")), ("femmes", _("De femmes")), ("jeunes", _("De jeunes"))]
    return _("Pour qui"), [("", _("Tout le monde")), ("femmes", _("Les femmes")), ("jeunes", _("Les jeunes"))]


def _stage_filter(layer: PointLayer, language: str) -> Options:
    stages = [
        ("", _("Encore ouverts")),
        ("publies", _("En attente de réponse")),
        ("repondus", _("Ont reçu une réponse")),
        ("clos", _("Clos")),
    ]
    return _("Étape"), stages


_FILTERS: dict[str, Callable[[PointLayer, str], Options]] = {
    "category": _category_filter,
    "sector": _sector_filter,
    "audience": _audience_filter,
    "stage": _stage_filter,
}


def kind_choices(query: MapQuery) -> list[Choice]:
    """Urban or rural communes; nothing to choose at other levels."""
    if query.level != "commune":
        return []
    labels = {
        "": _("Toutes les communes"),
        "urbaines": _("Communes urbaines"),
        "rurales": _("Communes rurales"),
    }
    values = {"": "", **map_query.KINDS}
    return [Choice(word, label, values[word] == query.kind) for word, label in labels.items()]


def region_choices(query: MapQuery, country: Country, language: str) -> list[Choice]:
    """The country and its regions, with the one that holds the map."""
    held = {place.code for place in country.path_to(query.within)}
    regions = [country.places[code] for code in country.by_level["region"]]
    return [
        Choice("", _("Tout le pays"), len(held) == 1),
        *(Choice(place.code, name_in(place, language), place.code in held) for place in regions),
    ]
