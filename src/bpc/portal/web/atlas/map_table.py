"""The table beside a map: the same figures, sorted by the address, paged, whole in the CSV file."""

import csv
from collections.abc import Iterator
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.atlas.country import Country
from bpc.portal.atlas.units import number_text
from bpc.portal.web.atlas.map_points import LAYERS
from bpc.portal.web.atlas.map_query import MapQuery
from bpc.portal.web.atlas.map_rows import MapRow, MapTable, sorted_rows
from bpc.portal.web.atlas.map_subject import Subject
from bpc.portal.web.atlas.map_svg import link_pattern, link_to
from bpc.portal.web.atlas.map_words import Words, count_of_territories, side_names, value_heading

PER_PAGE = 100  # rows; the whole is in the CSV file and on the following pages


def table_context(query: MapQuery, table: MapTable, words: Words, country: Country) -> dict[str, Any]:
    """One page of the table, its headings and the addresses of its other pages."""
    rows = sorted_rows(table.rows, query.sort)
    pages = max(1, -(-len(rows) // PER_PAGE))
    current = min(query.page, pages)
    shown = rows[(current - 1) * PER_PAGE : current * PER_PAGE]
    numbers = range(1, pages + 1) if pages > 1 else ()
    return {
        "columns": _columns(query, words),
        "rows": bool(rows),
        "body": _body(shown, query, table, words),
        "row_count": len(rows),
        "row_total": count_of_territories(len(rows)),
        "unfiltered": query.address(kind="", minimum=0),
        "pages": [
            {"number": number, "address": query.address(page=number), "current": number == current}
            for number in numbers
        ],
    }


def _columns(query: MapQuery, words: Words) -> list[dict[str, str]]:
    """Headings of the table; those that sort lead to the other order."""
    columns = [
        _sorting(query, "nom", _("Territoire"), ""),
        *({"label": name, "kind": "number"} for name in side_names(query.comparison)),
        _sorting(query, "valeur", value_heading(words), "-", _("Calculé") if words.subject.computed else ""),
        {"label": _("Rang"), "kind": "number"},
        _sorting(query, "population", _("Population 2024"), "-"),
    ]
    if query.points:
        layer = LAYERS[query.points]
        columns.append(_sorting(query, "points", str(layer.name), "-", str(layer.origin)))
    return columns


def _sorting(query: MapQuery, word: str, label: str, first: str, origin: str = "") -> dict[str, str]:
    """A heading that sorts: `first` is the sign of the order given by the first click.

    `origin` says above the label where the column comes from: said by people, or made from data.
    """
    current = query.sort.removeprefix("-") == word
    descending = query.sort.startswith("-")
    following = (word if descending else f"-{word}") if current else f"{first}{word}"
    order = "descending" if descending else "ascending"
    return {
        "word": word,
        "label": label,
        "origin": origin,
        "kind": "text" if word == "nom" else "number",
        "address": query.address(sort=following),
        "order": order if current else "",
    }


def _body(rows: list[MapRow], query: MapQuery, table: MapTable, words: Words) -> SafeString:
    """Rows of the table, written as text like the map they repeat."""
    headings = [
        escape(" · ".join(filter(None, (column.get("origin"), column["label"]))))
        for column in _columns(query, words)
    ]
    sheet = reverse("web:territory", args=["MA"]).removesuffix("MA")
    other = 'lang="fr" dir="ltr"' if get_language() == "ar" else 'lang="ar" dir="rtl"'
    card = escape(_("Fiche"))
    links = link_pattern(query)
    pieces = []
    for row in rows:
        chosen = ' class="chosen"' if row.place.code == query.chosen else ""
        name = (
            f'<a href="{link_to(row.place.code, links)}">{escape(row.name)}</a> '
            f'<span class="other-name" {other}>{escape(row.other_name)}</span>'
        )
        if row.place.level != "commune":
            label = f"{card}, {escape(row.name)}"
            name += f' <a class="to-sheet" href="{sheet}{row.place.code}" aria-label="{label}">{card}</a>'
        cells = [
            f'<td class="num" data-label="{heading}">{cell}</td>'
            for heading, cell in zip(headings[1:], _cells(row, query, table, words), strict=True)
        ]
        pieces.append(f'<tr{chosen}><th scope="row">{name}</th>{"".join(cells)}</tr>')
    return mark_safe("".join(pieces))  # noqa: S308 - names and words are escaped, the rest is ours


def _cells(row: MapRow, query: MapQuery, table: MapTable, words: Words) -> list[str]:
    swatch = f'<span class="swatch {table.shade(row.shade)}"></span>'
    value = escape(words.figure(row.value))
    cells = [escape(words.side(value)) for value in row.sides] if words.is_gap else []
    cells.append(f'<span class="value">{swatch}{value}</span>')
    cells.append(number_text(row.rank) if row.rank else "–")
    population = row.place.population
    cells.append(escape(_("inconnu")) if population is None else number_text(population))
    if query.points:
        cells.append(escape(_("inconnu")) if row.points is None else number_text(row.points))
    return cells


class Echo:
    """A file that gives back what is written, so that rows can be sent as they are made."""

    def write(self, text: str) -> str:
        return text


def csv_lines(query: MapQuery, table: MapTable, subject: Subject) -> Iterator[str]:
    """The whole table as CSV, every page of it, numbers with a point, unknown left empty.

    Begins with the mark that makes spreadsheets read UTF-8.
    """
    writer = csv.writer(Echo())
    sides = [f"valeur_{name}" for name in _side_columns(query)]
    header = ["code", "nom_fr", "nom_ar", "niveau", "dans", "indicateur", "unite", "annee", "sexe", "milieu"]
    made = ["confiance", "methode", "sources"] if subject.computed else []
    narrowed = {name: word for name, word in vars(query.narrowing).items() if word}
    extra = [query.points, *(f"{query.points}_{name}" for name in narrowed)] if query.points else []
    yield "\ufeff" + writer.writerow([*header, *sides, "valeur", "rang", "population_2024", *made, *extra])
    told = [query.indicator, subject.drawn_unit, query.year, query.sex, query.area]
    origin = [subject.confidence, subject.method_page, subject.source] if made else []
    for row in sorted_rows(table.rows, query.sort):
        place = row.place
        figures = [*row.sides, row.value] if sides else [row.value]
        yield writer.writerow(
            [
                place.code, place.name_fr, place.name_ar, place.level, place.parent, *told,
                *(plain(figure) for figure in figures),
                row.rank or "", "" if place.population is None else place.population,
                *origin,
                *(["" if row.points is None else row.points, *narrowed.values()] if extra else []),
            ]
        )  # fmt: skip


def plain(figure: float | None) -> str:
    """The figure as published, with a point; empty where unknown."""
    if figure is None:
        return ""
    return f"{figure:.2f}".rstrip("0").rstrip(".")


def _side_columns(query: MapQuery) -> tuple[str, ...]:
    if not query.comparison:
        return ()
    first, second = query.reading.sides()
    kinds = {"years": "year", "sexes": "sex", "areas": "area"}
    field = kinds[query.comparison.value]
    return str(getattr(first, field)), str(getattr(second, field))
