"""The context of the map page: drawing, legend, table and choices of one view."""

import math
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bpc.datasets.census import Census, Indicator
from bpc.portal.atlas.country import BELOW, NATION, Country, name_in
from bpc.portal.atlas.shapes import drawing
from bpc.portal.atlas.units import number_text
from bpc.portal.reference.places import Place, search_places
from bpc.portal.web.atlas import map_choices as choices
from bpc.portal.web.atlas.compare_query import address_of
from bpc.portal.web.atlas.map_computed import subject_of
from bpc.portal.web.atlas.map_legend import legend_of
from bpc.portal.web.atlas.map_pair import pair_of
from bpc.portal.web.atlas.map_points import LAYERS, counts_of
from bpc.portal.web.atlas.map_query import MapQuery
from bpc.portal.web.atlas.map_rows import MapTable, build_table
from bpc.portal.web.atlas.map_subject import Subject
from bpc.portal.web.atlas.map_svg import labels_svg, shapes_svg, symbols_svg
from bpc.portal.web.atlas.map_table import table_context
from bpc.portal.web.atlas.map_words import Words, level_name, level_one


@dataclass(frozen=True)
class MapView:
    """What a view needs to be drawn, listed or downloaded."""

    query: MapQuery
    census: Census
    country: Country
    language: str
    subject: Subject
    table: MapTable
    words: Words

    @classmethod
    def of(cls, query: MapQuery, census: Census, country: Country, language: str) -> "MapView":
        """Read everything the view shows; one query when it shows points, none otherwise."""
        subject = subject_of(query, census, language)
        points = counts_of(query.points, query.narrowing)
        table = build_table(query, subject, country, points, language)
        words = Words(query, subject, len(table.rows))
        return cls(query, census, country, language, subject, table, words)

    @property
    def indicator(self) -> Indicator | None:
        """The indicator of the census that is shown, if it is one."""
        return self.census.indicators.get(self.query.indicator)


def map_context(view: MapView, notices: list[str], asked_place: str) -> dict[str, Any]:
    """Everything `atlas/map.html` and its fragment show."""
    query, words, table = view.query, view.words, view.table
    place = view.country.places[query.within]
    drawn = drawing(query.within, query.level)
    return {
        "query": query,
        "address": query.address(),
        "notices": notices,
        "subject": view.subject,
        "label": view.subject.label,
        "reading": words.reading_words(),
        "unit": words.unit_words(),
        "level_name": level_name(query.level),
        "place_name": name_in(place, view.language),
        "trail": _trail(view),
        "reference_figures": _reference_figures(view),
        "view_box": " ".join(map(str, drawn.view_box)),
        "shapes": shapes_svg(drawn, table, query, words),
        "symbols": symbols_svg(drawn, table.rows),
        "labels": "" if query.points else labels_svg(drawn, table, words),
        "legend": legend_of(table, view.subject.directions),
        "pair": pair_of(drawn, table, words) if words.is_gap else None,
        "known": table.known,
        "chosen": _chosen(view),
        "found_places": _found_places(view, asked_place),
        "asked_place": asked_place,
        "points": _points(view),
        "compared": address_of(code for code in [query.chosen or query.within] if code != NATION),
        "csv": f"{reverse('web:map_csv')}{query.address(page=1)}",
        **_choices(view),
        **table_context(query, table, words, view.country),
    }


def _points(view: MapView) -> dict[str, Any] | None:
    """What the circles are and how many there are here; None on a map without any."""
    if not view.query.points:
        return None
    layer = LAYERS[view.query.points]
    numbers = [row.points for row in view.table.rows]
    return {
        "id": layer.id,
        "name": layer.name,
        "origin": layer.origin,
        "about": layer.about,
        "list": reverse(layer.page) if layer.page else "",
        "known": any(number is not None for number in numbers) or not numbers,
        "registered": layer.id != "cooperatives"
        or any(number is not None for number in numbers)
        or not numbers,
        "total": number_text(sum(number or 0 for number in numbers)),
        "none": not any(numbers),
    }


def _choices(view: MapView) -> dict[str, Any]:
    query, indicator = view.query, view.indicator
    filters = (query.kind, query.minimum, query.points, *vars(query.narrowing).values())
    return {
        "indicator_options": choices.indicator_options(view.census, view.language, query.indicator),
        "levels": choices.level_choices(query, view.country),
        "models": choices.model_choices(query, view.language),
        "point_kinds": choices.point_choices(query),
        "narrowings": choices.narrowing_choices(query, view.language),
        "kinds": choices.kind_choices(query),
        "regions": choices.region_choices(query, view.country, view.language),
        "filter_count": sum(bool(part) for part in filters),
        **(choices.reading_choices(query, indicator) if indicator else {}),
    }


def _trail(view: MapView) -> list[dict[str, str]]:
    """The places that hold the map, from the country down, each with the address of its map."""
    steps = view.country.path_to(view.query.within)
    return [
        {"name": name_in(place, view.language), "address": view.query.into(place.code, BELOW[place.level])}
        for place in steps
    ]


def _reference_figures(view: MapView) -> list[dict[str, str]]:
    """The same figure for the place on the map and those that hold it; in a comparison both sides too."""
    steps = view.country.path_to(view.query.within)
    figures = view.subject.read(tuple(step.code for step in steps))
    values, *sides = (
        [None if math.isnan(value) else value for value in column.tolist()]
        for column in (figures.values, *figures.sides)
    )
    words = view.words
    return [
        {
            "name": name_in(place, view.language),
            "value": words.gap(value) if words.is_gap else words.figure(value),
            "sides": words.sides(both),
        }
        for place, value, both in zip(steps, values, zip(*sides, strict=True), strict=True)
        # what is computed against the country says nothing of the country itself
        if value is not None or not view.subject.computed
    ]


def _chosen(view: MapView) -> dict[str, str] | None:
    """The place pointed at by the address (a search, a position), if it is on the map."""
    for row in view.table.rows:
        if row.place.code == view.query.chosen:
            sheet = reverse("web:territory", args=[row.place.code])
            words = view.words
            value = (
                f"{words.sides(row.sides)} · {words.gap(row.value)}"
                if words.is_gap
                else words.figure(row.value)
            )
            return {"name": row.name, "value": value, "sheet": sheet}
    return None


def _found_places(view: MapView, asked: str) -> list[dict[str, str]]:
    """Places whose name answers the search, each with the map where it is seen."""
    found = search_places(asked) if asked else []
    return [
        {
            "name": name_in(place, view.language),
            "kind": level_one(place.level),
            "parent": name_in(view.country.places[place.parent], view.language) if place.parent else "",
            "address": address_of_place(view.query, place),
        }
        for place in found
    ]


def address_of_place(query: MapQuery, place: Place) -> str:
    """The map that shows a place found: inside it, or its province with the commune outlined."""
    if place.level == "commune":
        changed = {
            "within": place.parent,
            "level": "commune",
            "default_level": "commune",
            "chosen": place.code,
        }
        return query.address(**changed)
    return query.into(place.code, BELOW[place.level])
