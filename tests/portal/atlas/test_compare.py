"""Up to four territories side by side: the same figures as everywhere else, unknown never zero."""

import csv
import io
import re

import pytest

from bpc.portal.atlas.country import country
from bpc.portal.atlas.fit import fits_of_place
from bpc.portal.atlas.insight_words import LACKS
from bpc.portal.atlas.insights import shortfalls, specialisations
from bpc.portal.atlas.units import figure_text, number_text
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.ideas.tallies import count_in
from bpc.portal.reference.census import census
from bpc.portal.resources.queries import all_active
from bpc.portal.web.atlas.compare_query import read_compared
from bpc.portal.web.atlas.compare_rows import bars_of
from tests.portal.observations.observation_world import make_observation
from tests.portal.register.register_world import count_and_index, make_cooperative
from tests.portal.world import ELSEWHERE, HERE, make_idea

pytestmark = pytest.mark.django_db

PAIR = ("09.541", "05.081")


def open_page(client, address, language="fr"):
    response = client.get(f"/{language}/comparer?{address}")
    assert response.status_code == 200
    return response.content.decode()


def row(html, label):
    """The cells of a line by the heading each bears on a phone."""
    line = next(part for part in html.split("<tr>") if f'<th scope="row">{label}' in part)
    cells = re.findall(r'<td data-label="([^"]*)">.*?<(?:span class="num"|a [^>]*)>(.*?)</', line, re.S)
    return dict(cells)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_each_territory_has_its_own_figures_beside_the_country(client, language):
    html = open_page(client, f"lieux={','.join(PAIR)}", language)
    names = [getattr(country().places[code], f"name_{language}") for code in (*PAIR, "MA")]
    label = {"fr": "Taux de chômage", "ar": census().indicators["labour_unemployment_rate"].label_ar}[
        language
    ]
    cells = row(html, label)
    assert list(cells) == names
    expected = [
        figure_text(census().value(code, "labour_unemployment_rate"), "percent") for code in (*PAIR, "MA")
    ]
    assert list(cells.values()) == expected


def test_a_change_tells_both_years_and_the_gap(client):
    html = open_page(client, "lieux=09.541,02")
    then, now = (census().value("02", "labour_unemployment_rate", year) for year in (2014, 2024))
    part = html.split('id="evolution"')[1]
    line = next(piece for piece in part.split("<tr>") if "Taux de chômage" in piece)
    assert f"{figure_text(then, 'percent')} puis {figure_text(now, 'percent')}" in line
    assert figure_text(round(now - then, 2), "points", signed=True) in line


def test_an_unknown_figure_is_told_and_is_no_zero(client):
    towns = [
        code
        for code in country().by_level["commune"]
        if census().value(code, "households_distance_to_paved_road_km") is None
        and country().places[code].population
    ][:2]
    cells = row(open_page(client, f"lieux={','.join(towns)}"), "Distance")
    assert list(cells.values())[:2] == ["inconnu", "inconnu"]


@pytest.mark.parametrize(
    ("address", "codes", "told"),
    [
        ("lieux=09,02", ("09", "02"), ""),
        ("lieux=09,09, 02 ", ("09", "02"), ""),
        ("lieux=09,99", ("09",), "99"),
        ("lieux=MA,09", ("09",), "dernière colonne"),
        ("lieux=01,02,03,04,05", ("01", "02", "03", "04"), "quatre territoires au plus"),
        ("lieux=<script>", (), "script"),
        ("", (), ""),
    ],
)
def test_what_cannot_be_compared_is_told(client, address, codes, told):
    given = {"lieux": address.removeprefix("lieux=")}
    compared = read_compared(given, country())
    assert compared.codes == codes
    assert bool(compared.notices) == bool(told)
    html = open_page(client, address)
    assert told.replace("<", "&lt;") in html
    assert "<script>" not in html.split("<main")[1].split("</main")[0]


def test_levels_that_differ_are_warned_of(client):
    assert "pas du même niveau" in open_page(client, "lieux=09,09.541")
    assert "pas du même niveau" not in open_page(client, "lieux=09,02")


def test_a_territory_is_added_and_removed_by_links(client):
    html = open_page(client, "lieux=09.541&lieu=azilal")
    assert 'href="?lieux=09.541,05.081"' in html
    assert 'href="/fr/comparer?lieux=05.081"' in open_page(client, "lieux=09.541,05.081")
    assert 'href="/fr/comparer"' in open_page(client, "lieux=09.541").split("<main")[1]
    assert 'data-base="/fr/comparer?lieux=09.541,"' in open_page(client, "lieux=09.541")
    assert "compare-add" not in open_page(client, "lieux=01,02,03,04")


def test_nothing_yet_shows_examples_that_work(client):
    html = open_page(client, "")
    examples = re.findall(r'class="chip" href="\?(lieux=[^"]+)"', html)
    assert len(examples) == 3
    for address in examples:
        assert read_compared({"lieux": address.removeprefix("lieux=")}, country()).notices == []
        assert "Les chiffres clés" in open_page(client, address)


def test_the_file_says_what_the_page_says(client):
    response = client.get(f"/fr/comparer/tableau.csv?lieux={','.join(PAIR)}")
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    found = {(line["mesure"], line["code"]): line for line in lines if line["rubrique"] == "chiffres"}
    for code in (*PAIR, "MA"):
        line = found["population_legal", code]
        assert float(line["valeur"]) == census().value(code, "population_legal")
        assert line["texte"] == number_text(census().value(code, "population_legal"))
    unknown = [line for line in lines if line["texte"] == "inconnu"]
    assert {line["valeur"] for line in unknown} <= {""}


@pytest.mark.parametrize("address", ["lieux=09,02", "lieux=09.541,05.081,01.511,02.411", ""])
def test_queries_do_not_depend_on_what_is_compared(client, address, django_assert_max_num_queries):
    open_page(client, "lieux=01,03")
    with django_assert_max_num_queries(20):
        open_page(client, address)
    with django_assert_max_num_queries(1):
        open_page(client, address)


def test_bars_share_one_scale_and_a_zero_line():
    bars = bars_of([50.0, -50.0, None], rtl=False)
    assert [
        re.search(r'class="(\w+)" x="([\d.]+)" y="1" width="([\d.]+)"', bar).groups() for bar in bars
    ] == [
        ("more", "50.0", "50.0"),
        ("less", "0.0", "50.0"),
        ("unknown", "50.0", "12.0"),
    ]
    mirrored = bars_of([50.0, -50.0], rtl=True)
    assert 'x="0.0"' in mirrored[0]
    assert 'x="50.0"' in mirrored[1]


COMMUNES = (HERE, ELSEWHERE)


def section(html, anchor):
    return html.split(f'<section class="compare-section" id="{anchor}"')[1].split("</section>")[0]


def test_both_measures_of_specialisation_stand_side_by_side(client):
    html = open_page(client, f"lieux={','.join(PAIR)}")
    for anchor, measure, label, activity in (
        ("metiers", "sectors", "Agriculture, forêt et pêche", "work_sector_agriculture"),
        ("etablissements", "establishments", "Entreprises de commerce", "sector_commerce"),
    ):
        cells = row(section(html, anchor), label)
        for code, told in zip(PAIR, cells.values(), strict=True):
            (one,) = [
                one for one in specialisations(code) if (one.measure, one.activity) == (measure, activity)
            ]
            assert told == f"× {figure_text(one.quotient, 'times the country')}"
        assert "Calculé à partir des données" in section(html, anchor)
        assert 'href="/fr/methodes#specialisation"' in section(html, anchor)


def test_what_is_missing_is_told_the_worst_first(client):
    part = section(open_page(client, "lieux=05.081"), "manques")
    worst = shortfalls("05.081")[0]
    first = re.search(r'<th scope="row">(.*?)</th>.*?<span class="num">(.*?)</span>', part, re.S)
    assert first.group(1).lower().startswith(str(LACKS[worst.lack]).lower())
    assert first.group(2).startswith(figure_text(worst.behind_nation, "points", signed=True))


def test_voices_are_counts_of_people_apart_from_figures(client):
    count_in(make_idea(HERE))
    make_observation(HERE)
    make_observation(HERE, state="closed")
    make_observation(ELSEWHERE, kind="opportunity", category_id="O01")
    part = section(open_page(client, f"lieux={','.join(COMMUNES)}"), "voix")
    assert list(row(part, "Besoins signalés").values()) == ["1", "0"]
    assert list(row(part, "Opportunités signalées").values()) == ["0", "1"]
    assert list(row(part, "Besoins et opportunités clos").values()) == ["1", "0"]
    assert list(row(part, "Idées publiées").values()) == ["1", "0"]
    assert "Entendu" in part
    assert "chip-" not in part


def test_cooperatives_are_unknown_before_a_register_and_counted_after(client):
    part = section(open_page(client, f"lieux={','.join(COMMUNES)}"), "cooperatives")
    assert set(row(part, "Coopératives inscrites").values()) == {"inconnu"}
    assert "Aucun registre" in part
    make_cooperative(HERE, is_women=True, members=12)
    make_cooperative(HERE)
    count_and_index()
    outdate("register")
    part = section(open_page(client, f"lieux={','.join(COMMUNES)}"), "cooperatives")
    assert list(row(part, "Coopératives inscrites").values()) == ["2", "0"]
    assert list(row(part, "dont de femmes").values()) == ["1", "0"]
    assert list(row(part, "dont de jeunes").values()) == ["inconnu", "0"]
    assert list(row(part, "Membres").values()) == ["12", "0"]


def test_a_resource_of_the_province_is_never_said_of_the_commune(client):
    fact = next(fact for fact in all_active() if len(fact.territory) == 6)
    commune = country().inside(fact.territory, "commune")[0]
    part = section(open_page(client, f"lieux={commune}"), "ressources")
    here, above = row(part, "Connues de ce territoire même"), row(part, "Connues de la province")
    name = country().places[commune].name_fr
    assert fact.name_fr.lower() not in here[name].lower()
    assert country().places[fact.territory].name_fr in part.split("Connues de la province")[1]
    assert above[name] != "aucune n’est décrite"


def test_the_best_models_of_communes_and_of_communes_only(client):
    html = open_page(client, f"lieux={HERE},05.081")
    first, second = row(section(html, "modeles"), "Choix 1").values()
    best = fits_of_place(HERE, limit=1)[0]
    assert first == catalogue()[best.model].model.name.fr
    assert second == "choisissez une commune"
    assert f"{round(best.score)} sur 100" in section(html, "modeles")
    assert 'id="modeles"' not in open_page(client, "lieux=09,05")
