"""The places inside a territory as a short table that can be sorted, and the ones beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from operator import itemgetter

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.core.text.folding import fold
from bpc.portal.atlas.country import Country, divisions_of, name_in
from bpc.portal.atlas.figure_words import figure
from bpc.portal.reference.census import census
from bpc.portal.reference.places import Place
from bpc.portal.reference.surroundings import neighbours_of
from bpc.portal.web.atlas.sheet_links import ANY_PLACE, Link, place_link, place_url

#: Column of the table → indicator and sex; the name and the number of ideas come beside them.
_COLUMNS = {
    "population": ("population_legal", "all"),
    "evolution": ("population_change", "all"),
    "activite": ("labour_activity_rate", "female"),
    "chomage": ("labour_unemployment_rate", "all"),
}
#: Classes of the columns after the name; a narrow screen leaves out the ones it has no room for.
_CLASSES = ("num", "num wide-only", "num wide-only", "num", "num")
SORTS = ("nom", *_COLUMNS, "idees")


@dataclass(frozen=True)
class _Row:
    place: Place
    figures: tuple[float | None, ...]  # None: unknown
    ideas: int


def children_of(place: Place, country: Country) -> tuple[str, ...]:
    """Codes of the places one level below; none for a commune."""
    below = divisions_of(place.level)
    return country.inside(place.code, below[0]) if below else ()


def children_table(
    place: Place,
    codes: Sequence[str],
    country: Country,
    *,
    ideas: Mapping[str, int],
    sort: str,
    descending: bool,
) -> SafeString | str:
    """The places one level below (`codes`), sorted; empty for a commune. `ideas`: how many are published where."""
    if not codes:
        return ""
    rows = _sorted(_rows(codes, country, ideas), sort, descending)
    heads = format_html_join("", "{}", ((_head(place, key, sort, descending),) for key in SORTS))
    return format_html(
        '<div class="table-wrap"><table class="figures"><caption class="visually-hidden">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        _("Les territoires qui le composent"),
        heads,
        _body(rows),
    )


def _rows(codes: Sequence[str], country: Country, ideas: Mapping[str, int]) -> list[_Row]:
    cube = census()
    where = [cube.position[code] for code in codes]
    columns = [cube.column(name, 2024, "total", sex)[where].tolist() for name, sex in _COLUMNS.values()]  # type: ignore[arg-type]
    return [
        _Row(country.places[code], tuple(_known(value) for value in figures), ideas.get(code, 0))
        for code, *figures in zip(codes, *columns, strict=True)
    ]


def _known(value: float) -> float | None:
    return None if value != value else value  # NaN is the only number that differs from itself


def _sorted(rows: list[_Row], sort: str, descending: bool) -> list[_Row]:
    """Sorted by one column, unknown figures last in both directions."""
    if sort == "nom":
        language = get_language() or ""
        return sorted(rows, key=lambda row: _folded(name_in(row.place, language)), reverse=descending)
    if sort == "idees":
        return sorted(rows, key=lambda row: row.ideas, reverse=descending)
    column = list(_COLUMNS).index(sort)
    known = [(value, row) for row in rows if (value := row.figures[column]) is not None]
    unknown = [row for row in rows if row.figures[column] is None]
    return [row for _value, row in sorted(known, key=itemgetter(0), reverse=descending)] + unknown


@lru_cache(maxsize=4096)  # the names of all places in two languages; folding takes long
def _folded(name: str) -> str:
    return fold(name)


def _labels() -> dict[str, str]:
    return {
        "nom": _("Territoire"),
        "population": _("Population"),
        "evolution": _("Évolution depuis 2014"),
        "activite": _("Activité des femmes"),
        "chomage": _("Chômage"),
        "idees": _("Idées"),
    }


def _head(place: Place, key: str, sort: str, descending: bool) -> SafeString:
    current = key == sort
    # figures are first asked for from the highest, names from the first letter
    turned = not descending if current else key != "nom"
    url = f"{place_url(place.code)}?tri={key}&ordre={'desc' if turned else 'asc'}#dedans"
    state = ("descending" if descending else "ascending") if current else "none"
    look = "" if key == "nom" else _CLASSES[SORTS.index(key) - 1]
    return format_html(
        '<th scope="col" aria-sort="{}" class="{}"><a href="{}" rel="nofollow">{}'
        '<span aria-hidden="true">{}</span></a></th>',
        state,
        look,
        url,
        _labels()[key],
        (" ↓" if descending else " ↑") if current else "",
    )


def _body(rows: list[_Row]) -> SafeString:
    """The rows as text: a province has up to ninety, and a template or a look-up of each address takes long."""
    language, address = get_language() or "", place_url(ANY_PLACE)
    lines = (
        f'<tr><th scope="row"><a href="{address.replace(ANY_PLACE, row.place.code)}">'
        f"{escape(name_in(row.place, language))}</a></th>{_cells(row)}</tr>"
        for row in rows
    )
    return mark_safe("".join(lines))  # noqa: S308 - names are escaped, the rest is ours


def _cells(row: _Row) -> str:
    indicators = census().indicators
    texts = (
        figure(value, indicators[name].unit, signed=name == "population_change")
        for value, (name, _sex) in zip(row.figures, _COLUMNS.values(), strict=True)
    )
    cells = zip(_CLASSES, (*texts, row.ideas), strict=True)
    return "".join([f'<td class="{look}">{text}</td>' for look, text in cells])


def neighbour_links(place: Place, country: Country) -> list[Link]:
    """The places of the same level beside this one, the longest common boundary first."""
    beside = (country.places.get(code) for code in neighbours_of(place.code))
    return [place_link(one) for one in beside if one is not None]
