"""What the map page shows: the figures of the census at every level, in both languages, and nothing else."""

import csv
import io
import re

import pytest
from django.urls import reverse

from bpc.core.territory.classes import UNKNOWN, value_classes
from bpc.portal.atlas.country import country
from bpc.portal.atlas.units import figure_text, number_text
from bpc.portal.ideas.tallies import count_in
from bpc.portal.reference.census import census
from bpc.portal.web.atlas.map_table import PER_PAGE
from tests.portal.world import make_idea

pytestmark = pytest.mark.django_db

RATE = "labour_unemployment_rate"
ROW = re.compile(r'<tr[^>]*><th scope="row">(.*?)</th>(.*?)</tr>', re.S)
CELL = re.compile(r'<td class="num" data-label="([^"]*)">(.*?)</td>', re.S)
SHAPE = re.compile(r'<a[^>]* href="([^"]*)"><title>(.*?)</title><path d="([^"]+)"/></a>')
SHAPE_ID = re.compile(r'<path id="s\d+"')
LEVELS = [
    ("", "MA", "region", 12),
    ("niveau=provinces", "MA", "province", 75),
    ("niveau=communes", "MA", "commune", 1503),
    ("dans=09", "09", "province", 6),
    ("dans=09&niveau=communes", "09", "commune", 175),
    ("dans=09.541", "09.541", "commune", 89),
]


def open_map(client, address="", language="fr"):
    response = client.get(f"/{language}/carte?{address}")
    assert response.status_code == 200
    return response.content.decode()


def rows_of(html):
    found = {}
    for name, cells in ROW.findall(html):
        code = re.search(r"territoires/([\d.]+)", name).group(1)
        found[code] = {
            label.split(" · ")[-1]: re.sub("<[^>]+>", "", cell) for label, cell in CELL.findall(cells)
        }
    return found


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize(("address", "within", "level", "count"), LEVELS)
def test_table_and_shapes_tell_the_census(client, address, within, level, count, language):
    html = open_map(client, address, language)
    shapes = SHAPE.findall(html)
    codes = country().inside(within, level)
    assert len(shapes) == len(codes) == count
    figures = {code: census().value(code, RATE) for code in codes}
    rows = rows_of(html)
    assert len(rows) == min(count, PER_PAGE)
    for code, cells in rows.items():
        value = figures[code]
        shown = list(cells.values())
        assert value is not None, "unknown values come last, on later pages"
        assert shown[0] == figure_text(value, "percent")
        assert shown[2] == number_text(country().places[code].population)
    place = country().places[next(iter(rows))]
    assert (place.name_ar if language == "ar" else place.name_fr) in html
    known = [title for _, title, _ in shapes if "%" in title]
    assert len(known) == sum(value is not None for value in figures.values())


def test_rank_one_is_the_highest_and_comes_first(client):
    rows = rows_of(open_map(client))
    first = next(iter(rows))
    assert first == max(country().by_level["region"], key=lambda code: census().value(code, RATE))
    assert rows[first]["Rang"] == "1"


def test_every_row_is_reachable_page_by_page(client):
    seen = set()
    for page in range(1, 17):
        seen |= set(rows_of(open_map(client, f"niveau=communes&page={page}")))
    assert seen == set(country().by_level["commune"])
    assert set(rows_of(open_map(client, "niveau=communes&page=999"))) < seen


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_sorting_by_the_address(client, language):
    up = list(rows_of(open_map(client, "tri=population", language)))
    down = list(rows_of(open_map(client, "tri=-population", language)))
    assert up == down[::-1]
    assert down[0] == "06"
    html = open_map(client, "tri=nom")
    names = [re.search(r">([^<]+)</a>", name).group(1) for name, _ in ROW.findall(html)]
    assert names[:3] == ["Béni Mellal-Khénifra", "Casablanca-Settat", "Dakhla-Oued Ed-Dahab"]
    assert 'aria-sort="ascending"' in html


def test_unknown_is_hatched_named_and_last(client):
    address = "indicateur=households_distance_to_paved_road_km&niveau=communes"
    html = open_map(client, address)
    codes = country().by_level["commune"]
    unknown = [code for code in codes if census().value(code, "households_distance_to_paved_road_km") is None]
    assert len(unknown) > 100
    group = re.search(r'<g class="un">(.*?)</g>', html, re.S).group(1)
    assert {link.removeprefix("territoires/") for link, _, _ in SHAPE.findall(group)} == set(unknown)
    assert f'<span>inconnu</span> <span class="muted">({len(unknown)})</span>' in html
    last = rows_of(open_map(client, f"{address}&page=16"))
    assert [cells["Valeur"] for cells in last.values()][-3:] == ["inconnu"] * 3


def test_legend_counts_every_territory_in_its_class(client):
    html = open_map(client, "niveau=provinces")
    values = [census().value(code, RATE) for code in country().by_level["province"]]
    classes = value_classes(values)
    expected = [sum(classes.class_of(value) == number for value in values) for number in range(len(classes))]
    legend = re.search(r'<ul class="map-legend".*?</ul>', html, re.S).group(0)
    assert [int(text) for text in re.findall(r"\((\d+)\)</span>", legend)] == expected
    assert UNKNOWN not in [classes.class_of(value) for value in values]
    for number, count in enumerate(expected):
        group = re.search(rf'<g class="k{number}">(.*?)</g>', html, re.S).group(1)
        assert len(SHAPE.findall(group)) == count


def test_the_legend_tells_each_figure_in_one_class_only(client):
    html = open_map(client)
    legend = re.search(r'<ul class="map-legend".*?</ul>', html, re.S).group(0)
    texts = [text.replace("\u202f", " ") for text in re.findall(r"<span>(.*?)</span>", legend)]
    assert texts == [
        "moins de 15 %",
        "de 15 à moins de 20 %",
        "de 20 à moins de 25 %",
        "de 25 à moins de 30 %",
        "30 % et plus",
    ]


def test_a_class_of_one_whole_number_is_told_by_it(client):
    html = open_map(client, "indicateur=establishments_weekly_souks&niveau=communes&dans=09")
    legend = re.search(r'<ul class="map-legend".*?</ul>', html, re.S).group(0)
    assert re.findall(r"<span>(.*?)</span>", legend) == ["0", "1", "2", "3 et plus"]


def test_the_class_of_a_place_never_contradicts_the_figure_beside_it(client):
    html = open_map(client, "niveau=communes")
    codes = country().by_level["commune"]
    figures = {code: census().value(code, RATE) for code in codes}
    shown = {
        code: float(figure_text(value, "percent").removesuffix("%").strip().replace(",", "."))
        for code, value in figures.items()
        if value is not None
    }
    classes = value_classes(shown.values())
    for number in range(len(classes)):
        group = re.search(rf'<g class="k{number}">(.*?)</g>', html, re.S).group(1)
        drawn = {link.removeprefix("territoires/") for link, _, _ in SHAPE.findall(group)}
        assert drawn == {code for code, value in shown.items() if classes.class_of(value) == number}


def test_a_comparison_shows_both_figures_and_the_gap(client):
    html = open_map(client, "comparer=sexes")
    men = census().value("02", RATE, 2024, sex="male")
    women = census().value("02", RATE, 2024, sex="female")
    both = [figure_text(men, "percent"), figure_text(women, "percent")]
    gap = figure_text(round(women - men, 2), "points", signed=True)
    assert list(rows_of(html)["02"].values())[:3] == [*both, gap]
    title = f"<title>Oriental · Hommes : {both[0]} · Femmes : {both[1]} · écart : {gap} points</title>"
    assert title in html.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("comparison", "lower", "higher"),
    [
        ("annees", "A baissé (points)", "A augmenté (points)"),
        ("sexes", "Plus bas chez les femmes : aucun territoire", "Plus haut chez les femmes (points)"),
        ("milieux", "Plus bas en rural (points)", "Plus haut en rural (points)"),
    ],
)
def test_the_legend_of_a_comparison_says_what_fell_and_what_rose(client, comparison, lower, higher):
    html = open_map(client, f"comparer={comparison}")
    titles = re.findall(r'class="map-legend-title">(.*?)</p>', html.replace("\xa0", " "))
    assert titles == [lower, higher]
    legend = re.search(r'class="map-legend-groups".*?class="map-legend-note"', html, re.S).group(0)
    assert sum(map(int, re.findall(r"\((\d+)\)</span>", legend))) == 12


@pytest.mark.parametrize(("address", "side"), [("comparer=annees", "2014"), ("comparer=sexes", "Femmes")])
def test_both_sides_of_a_comparison_are_drawn_with_the_same_classes(client, address, side):
    html = open_map(client, f"{address}&niveau=provinces")
    pair = re.search(r'<div class="map-pair">.*?</ul>', html, re.S).group(0)
    years = {
        "2014": (2014, "all"),
        "2024": (2024, "all"),
        "Hommes": (2024, "male"),
        "Femmes": (2024, "female"),
    }
    names = ["2014", "2024"] if side == "2014" else ["Hommes", "Femmes"]
    codes = country().by_level["province"]
    columns = {
        name: [census().value(code, RATE, years[name][0], sex=years[name][1]) for code in codes]
        for name in names
    }
    classes = value_classes([value for column in columns.values() for value in column])
    drawn = dict(re.findall(r'<a href="[^"]*">(.*?)</a></figcaption>\s*<svg[^>]*>(.*?)</svg>', pair, re.S))
    assert list(drawn) == names
    for number in range(len(classes)):
        group = re.search(rf'<g class="k{number}">(.*?)</g>', drawn[side])
        used = set(re.findall(r'href="#s(\d+)"', group.group(1))) if group else set()
        expected = {
            code.replace(".", "")
            for code, value in zip(codes, columns[side], strict=True)
            if classes.class_of(value) == number
        }
        assert used == expected
    assert set(re.findall(r'<path id="s(\d+)"', html)) == {code.replace(".", "") for code in codes}


def test_a_plain_map_and_a_dense_one_do_not_pay_for_the_pair(client):
    plain = open_map(client, "niveau=provinces")
    assert "map-pair" not in plain
    assert not SHAPE_ID.search(plain)
    dense = open_map(client, "niveau=communes&comparer=annees")
    assert '<use href="#s' not in dense
    assert not SHAPE_ID.search(dense)
    assert '<a href="?niveau=communes&amp;annee=2014">Voir la carte · 2014</a>' in dense


@pytest.mark.parametrize("number", ["d0", "d3", "d6"])
def test_a_label_has_the_class_of_its_place(client, number):
    html = open_map(client, "comparer=milieux")
    group = re.search(rf'<g class="{number}">(.*?)</g>', html, re.S).group(1)
    labels = re.search(r'<g class="labels".*?</g>', html, re.S).group(0)
    assert len(SHAPE_ID.findall(group)) == labels.count(f'class="{number}"') > 0


def test_comparing_years_is_not_offered_where_questions_changed(client):
    html = open_map(client, "indicateur=cooking_fuel_firewood")
    assert 'value="annees"' not in html
    assert 'value="milieux"' in html


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("niveau=communes&type=urbaines", lambda place: place.kind == "urban"),
        (
            "niveau=communes&type=rurales&dans=09",
            lambda place: place.kind == "rural" and place.code[:2] == "09",
        ),
        ("niveau=communes&population=200000", lambda place: (place.population or 0) >= 200_000),
    ],
)
def test_filters_keep_only_what_they_say(client, address, kept):
    html = open_map(client, address)
    wanted = {code for code in country().by_level["commune"] if kept(country().places[code])}
    assert {link.removeprefix("territoires/") for link, _, _ in SHAPE.findall(html)} == wanted
    assert "hors du filtre" in html


def test_a_filter_that_nobody_passes_says_so(client):
    html = open_map(client, "population=40000000")
    assert "Aucun territoire ne passe ces filtres" in html
    assert not SHAPE.findall(html)


def test_a_figure_that_is_nowhere_published_says_so(client):
    rural = [code for code in country().inside("12.391", "commune") if country().places[code].kind == "rural"]
    assert [census().value(code, RATE, 2024, area="urban") for code in rural] == [None] * len(rural)
    assert "Aucune valeur" in open_map(client, "milieu=urbain&dans=12.391&type=rurales")


def test_published_ideas_are_summed_per_territory(client):
    for commune in ("09.541.01.13", "09.541.01.13", "02.411.01.23"):
        count_in(make_idea(commune))
    for address, expected in (
        ("points=idees", {"09": "2", "02": "1", "01": "0"}),
        ("points=idees&dans=09", {"09.541": "2"}),
        ("points=idees&dans=09.541", {"09.541.01.13": "2"}),
    ):
        html = open_map(client, address)
        rows = rows_of(html)
        for code, count in expected.items():
            assert rows[code]["Idées publiées"] == count
        drawn = re.search(r'<g class="symbols .*?</g>', html, re.S).group(0)
        assert sorted(re.findall(r">(\d+)</text>", drawn)) == sorted(c for c in expected.values() if c != "0")


def test_meetings_are_summed_per_region(client):
    rows = rows_of(open_map(client, "points=rencontres"))
    assert sum(int(cells["Rencontres régionales"]) for cells in rows.values()) == 12


def test_shapes_lead_down_and_communes_to_their_sheet(client):
    html = open_map(client, "indicateur=density")
    assert "?indicateur=density&amp;dans=09" in [link for link, _, _ in SHAPE.findall(html)]
    html = open_map(client, "dans=09.541")
    link = next(link for link, title, _ in SHAPE.findall(html) if title.startswith("Taroudannt"))
    assert f"/fr/{link}" == reverse("web:territory", args=["09.541.01.13"])


def test_enclaves_are_drawn_without_link(client):
    html = open_map(client, "niveau=communes")
    assert html.count('<path class="enclave"') == 2
    assert "01.573.00.00" not in html


def test_enclaves_and_the_filtered_out_are_on_the_small_maps_too(client):
    html = open_map(client, "dans=02.381&comparer=annees&type=rurales")
    sides = re.findall(r"</figcaption>\s*<svg[^>]*>(.*?)</svg>", html, re.S)
    assert len(sides) == 2
    urban = [code for code in country().inside("02.381", "commune") if country().places[code].kind == "urban"]
    assert urban
    for drawn in sides:
        assert '<g class="enclave"><use href="#s023810000"/></g>' in drawn
        out = re.search(r'<g class="out">(.*?)</g>', drawn).group(1)
        assert set(re.findall(r"#s(\d+)", out)) == {code.replace(".", "") for code in urban}
    assert html.count('id="s023810000"') == 1


@pytest.mark.parametrize(
    ("asked", "name", "link"),
    [
        ("azilal", "Azilal", "dans=05.081"),
        ("تارودانت", "Taroudannt", "choisi=09.541.01.13"),
        ("l oriental", "Oriental", "dans=02"),
    ],
)
def test_search_finds_places_in_either_language(client, asked, name, link):
    html = open_map(client, f"lieu={asked}")
    found = re.search(r'id="map-found".*?</ul>', html, re.S).group(0)
    assert f">{name}</a>" in found
    assert link in found


def test_search_without_answer_helps_and_escapes(client):
    html = open_map(client, "lieu=%3Cb%3Exyzzy")
    assert "Aucun lieu ne s&#x27;appelle" in html or "Aucun lieu ne s'appelle" in html
    assert "&lt;b&gt;xyzzy" in html
    assert "<b>xyzzy" not in html


def test_csv_holds_the_whole_table_as_published(client):
    response = client.get("/fr/carte/tableau.csv?niveau=communes&comparer=sexes&tri=nom")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == 1503
    line = next(line for line in lines if line["code"] == "09.541.01.13")
    assert float(line["valeur_female"]) == census().value("09.541.01.13", RATE, 2024, sex="female")
    assert line["nom_ar"] == country().places["09.541.01.13"].name_ar
    assert {line["valeur"] for line in lines if not line["valeur_male"]} <= {""}


def test_a_script_gets_only_what_changes(client):
    fragment = client.get("/fr/carte?dans=09", headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert len(SHAPE.findall(fragment.content.decode())) == 6
    assert "HX-Request" in fragment["Vary"]
    assert "<html" in open_map(client, "dans=09")


@pytest.mark.parametrize(
    ("address", "queries"), [("", 4), ("niveau=communes", 4), ("points=idees&dans=09", 5), ("lieu=azilal", 5)]
)
def test_query_counts(client, address, queries, django_assert_max_num_queries):
    open_map(client, "niveau=provinces")
    with django_assert_max_num_queries(queries):
        open_map(client, address)
    with django_assert_max_num_queries(1):
        open_map(client, address)


@pytest.mark.parametrize("address", ["/fr/carte/contours.json", "/ar/carte/contours/09.json"])
def test_outlines_of_the_interactive_map(client, address):
    document = client.get(address).json()
    assert document["type"] == "Topology"
    codes = {
        shape["properties"]["code"] for layer in document["objects"].values() for shape in layer["geometries"]
    }
    if "09" in address:
        assert codes == {*country().inside("09", "commune"), *country().inside("09", "province")}
    else:
        assert codes == {"", *country().by_level["region"], *country().by_level["province"]}
    used = max(abs(number) for number in _numbers(document["objects"]))
    assert used <= len(document["arcs"])


def _numbers(tree):
    if isinstance(tree, dict):
        return [number for value in tree.values() for number in _numbers(value)]
    if isinstance(tree, list):
        return [number for value in tree for number in _numbers(value)]
    return [tree] if isinstance(tree, int) else []


def test_outlines_of_an_unknown_region_are_not_found(client):
    assert client.get("/fr/carte/contours/77.json").status_code == 404
    assert client.get("/fr/carte/contours/09.541.json").status_code == 404
