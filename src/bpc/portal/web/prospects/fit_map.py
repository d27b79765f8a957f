"""The map of « Où faire cela ? » and the table equal to it: provinces of the country, or communes of a region."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.core.territory.classes import UNKNOWN, Classes
from bpc.portal.atlas.country import Country, country, name_in, other_name_in
from bpc.portal.atlas.fit_words import score_text
from bpc.portal.atlas.shapes import Drawing, drawing
from bpc.portal.reference.places import Place
from bpc.portal.web.atlas.map_legend import legend_of
from bpc.portal.web.atlas.map_rows import MapRow, MapTable
from bpc.portal.web.atlas.map_svg import MOST_TAB_STOPS
from bpc.portal.web.prospects.scores import CommuneScore, ProvinceScore, province_scores

#: The same classes whatever the weights, so that a map that moves can be compared with itself.
LIMITS = (20.0, 40.0, 60.0, 80.0)
NATION = "MA"


@dataclass(frozen=True)
class Line:
    """A row of the table: one place of the map, with what its colour does not say."""

    rank: int
    name: str
    other_name: str
    url: str
    score: str
    best: str
    best_url: str
    suiting: str
    model: str


@dataclass(frozen=True)
class FitView:
    """What is drawn: the scores of communes, where, and how the addresses of this page are written."""

    within: str
    scores: dict[str, CommuneScore]
    model_names: dict[str, str]
    address: Callable[[str], str]  # code of a region → the address of its map

    @property
    def level(self) -> str:
        """What the map is divided into."""
        return "province" if self.within == NATION else "commune"


def map_context(view: FitView) -> dict[str, Any]:
    """Everything the drawing, its legend and its table show. One query."""
    known, language = country(), get_language() or ""
    drawn = drawing(view.within, view.level)
    lines, table = _rows(view, known, language)
    return {
        "query": {"within": view.within},
        "row_count": len(table.rows),
        "view_box": " ".join(map(str, drawn.view_box)),
        "place_name": name_in(known.places[view.within], language),
        "shapes": _shapes(drawn, table, view),
        "labels": _labels(drawn, table),
        "legend": legend_of(table, None),
        "known": table.known,
        "lines": lines,
        "by_province": view.level == "province",
    }


def _rows(view: FitView, known: Country, language: str) -> tuple[list[Line], MapTable]:
    """The rows of the drawing in code order, those of the table best first."""
    codes = known.inside(view.within, view.level)
    provinces = province_scores(view.scores) if view.level == "province" else {}
    best = {code: provinces[code].best if code in provinces else view.scores.get(code) for code in codes}
    ranked = sorted(codes, key=lambda code: (-(_score(best[code]) or -1.0), code))
    rank = {code: position for position, code in enumerate(ranked, start=1)}
    classes = Classes(LIMITS, 0.0, 100.0)
    rows = []
    for code in codes:
        place, score = known.places[code], _score(best[code])
        shade = UNKNOWN if score is None else classes.class_of(round(score))
        rows.append(
            MapRow(
                place,
                name_in(place, language),
                other_name_in(place, language),
                score,
                (),
                rank[code],
                shade,
                None,
            )
        )
    table = MapTable(rows, classes, "points", ())
    named = {row.place.code: row for row in rows}
    return [_line(named[code], best[code], provinces.get(code), view, known) for code in ranked], table


def _line(
    row: MapRow, one: CommuneScore | None, province: ProvinceScore | None, view: FitView, known: Country
) -> Line:
    several = len(view.model_names) > 1 and one is not None
    return Line(
        rank=row.rank,
        name=row.name,
        other_name=row.other_name,
        url=_link(row.place, view),
        score=score_text(row.value),
        best=name_in(known.places[one.code], get_language() or "") if one and province else "",
        best_url=reverse("web:territory", args=[one.code]) if one and province else "",
        suiting=f"{province.suiting}/{province.known}" if province else "",
        model=view.model_names[one.model] if several and one else "",
    )


def _score(one: CommuneScore | None) -> float | None:
    return None if one is None else one.score


def _link(place: Place, view: FitView) -> str:
    """Into the region of a province; to the sheet of a commune."""
    if place.level == "province":
        return view.address(place.parent)
    return reverse("web:territory", args=[place.code])


def _shapes(drawn: Drawing, table: MapTable, view: FitView) -> SafeString:
    """Every shape as a link that tells its name and score, by class, over the enclaves."""
    pieces = [f'<path class="enclave" d="{path}"/>' for path in drawn.enclaves.values()]
    stop = "" if len(table.rows) <= MOST_TAB_STOPS else ' tabindex="-1"'
    groups: dict[int, list[str]] = {}
    for row in table.rows:
        title = _("%(name)s : %(value)s") % {"name": row.name, "value": score_text(row.value)}
        groups.setdefault(row.shade, []).append(
            f'<a{stop} href="{escape(_link(row.place, view))}"><title>{escape(title)}</title>'
            f'<path d="{drawn.paths[row.place.code]}"/></a>'
        )
    pieces += [f'<g class="{table.shade(shade)}">{"".join(groups[shade])}</g>' for shade in sorted(groups)]
    return mark_safe("".join(pieces))  # noqa: S308 - names and addresses are escaped above, the rest is ours


def _labels(drawn: Drawing, table: MapTable) -> SafeString:
    """The score written on each place, where there is room."""
    if len(table.rows) > MOST_TAB_STOPS:
        return mark_safe("")
    pieces = []
    for row in table.rows:
        x, y = drawn.position(row.place.lon, row.place.lat)
        text = "?" if row.value is None else f"{row.value:.0f}"
        pieces.append(f'<text class="{table.shade(row.shade)}" x="{x}" y="{y}">{text}</text>')
    return mark_safe("".join(pieces))  # noqa: S308 - numbers only
