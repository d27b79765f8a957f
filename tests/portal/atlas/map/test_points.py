"""Circles over the colours: what people said, narrowed by the address, never mixed with what is computed."""

import csv
import io
import re
from collections import Counter

import pytest

from bpc.portal.atlas.country import country
from bpc.portal.ideas.tallies import count_in
from bpc.portal.resources.queries import all_active
from bpc.portal.web.atlas.map_svg import MOST_NUMBERED
from tests.portal.atlas.map.test_map_page import open_map, rows_of
from tests.portal.observations.observation_world import make_observation
from tests.portal.register.register_world import count_and_index, make_cooperative
from tests.portal.world import ELSEWHERE, HERE, make_idea

pytestmark = pytest.mark.django_db

SYMBOLS = re.compile(r'<g class="symbols .*?</g>', re.S)


def circles(html):
    found = SYMBOLS.search(html)
    return sorted(int(number) for number in re.findall(r">(\d+)</text>", found.group(0))) if found else []


@pytest.fixture
def ideas():
    for commune, sector, audience in (
        (HERE, "food", "women"),
        (HERE, "food", "everyone"),
        (HERE, "crafts", "women"),
        (ELSEWHERE, "food", "youth"),
    ):
        count_in(make_idea(commune, sector_id=sector, audience=audience))
    make_idea(HERE, state="submitted", audience="women")  # not published: never on the map


@pytest.mark.parametrize(
    ("filters", "here", "elsewhere"),
    [
        ("", "3", "1"),
        ("&secteur=food", "2", "1"),
        ("&public=femmes", "2", "0"),
        ("&public=jeunes", "0", "1"),
        ("&secteur=food&public=femmes", "1", "0"),
    ],
)
def test_ideas_are_narrowed_by_sector_and_public(client, ideas, filters, here, elsewhere):
    html = open_map(client, f"points=idees{filters}")
    rows = rows_of(html)
    assert rows["09"]["Idées publiées"] == here
    assert rows["02"]["Idées publiées"] == elsewhere
    assert circles(html) == sorted(int(count) for count in (here, elsewhere) if count != "0")
    below = rows_of(open_map(client, f"points=idees&dans={HERE[:6]}{filters}"))
    assert below[HERE]["Idées publiées"] == here
    assert '<span class="column-origin">Entendu</span>' in html


def test_the_filters_in_force_are_in_the_form_and_in_the_file(client, ideas):
    html = open_map(client, "points=idees&secteur=food&public=femmes")
    assert '<option value="food" selected>' in html
    assert '<option value="femmes" selected>' in html
    response = client.get("/fr/carte/tableau.csv?points=idees&secteur=food&public=femmes")
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    line = next(line for line in lines if line["code"] == "09")
    assert (line["ideas"], line["ideas_sector"], line["ideas_audience"]) == ("1", "food", "women")


def test_filters_without_circles_are_left_aside(client):
    html = open_map(client, "secteur=food&public=femmes")
    assert "choice-secteur" not in html
    assert 'href="?niveau=provinces"' in html


@pytest.mark.parametrize("wrong", ["secteur=or", "public=martiens"])
def test_a_filter_that_does_not_exist_is_told(client, wrong):
    assert "n&#x27;existe pas" in open_map(client, f"points=idees&{wrong}").replace(
        "n'existe", "n&#x27;existe"
    )


@pytest.mark.parametrize(
    "address", ["points=idees", "points=idees&secteur=food", "points=idees&public=femmes"]
)
@pytest.mark.parametrize("number", [1, 60])
def test_queries_do_not_grow_with_the_ideas(client, address, number, django_assert_max_num_queries):
    for _ in range(number):
        count_in(make_idea(HERE, audience="women"))
    open_map(client, "niveau=provinces")
    with django_assert_max_num_queries(6):
        open_map(client, f"{address}&niveau=communes")


@pytest.fixture
def observations():
    make_observation(HERE, category_id="N08", audience="women", sector_id="food")
    make_observation(HERE, category_id="N02", other_categories=["N08"], audience="youth")
    make_observation(HERE, category_id="N08", state="answered")
    make_observation(HERE, category_id="N08", state="closed")
    make_observation(HERE, category_id="N08", state="submitted")
    make_observation(HERE[:6], category_id="N08")  # said of the whole province
    make_observation(ELSEWHERE, kind="opportunity", category_id="O01", audience="women")


@pytest.mark.parametrize(
    ("filters", "region", "commune"),
    [
        ("", 4, 3),
        ("&categorie=N08", 4, 3),
        ("&categorie=N02", 1, 1),
        ("&public=femmes", 1, 1),
        ("&public=jeunes&categorie=N08", 1, 1),
        ("&secteur=food", 1, 1),
        ("&etat=publies", 3, 2),
        ("&etat=repondus", 1, 1),
        ("&etat=clos", 1, 1),
        ("&etat=clos&categorie=N02", 0, 0),
    ],
)
def test_needs_are_counted_where_they_were_said(client, observations, filters, region, commune):
    rows = rows_of(open_map(client, f"points=besoins{filters}"))
    assert rows["09"]["Besoins signalés"] == str(region)
    assert rows["02"]["Besoins signalés"] == "0"
    below = rows_of(open_map(client, f"points=besoins&dans={HERE[:6]}{filters}"))
    assert below[HERE]["Besoins signalés"] == str(commune)
    # what was said of the province is no commune's
    assert sum(int(cells["Besoins signalés"]) for cells in below.values()) == commune


def test_opportunities_have_their_own_categories(client, observations):
    html = open_map(client, "points=opportunites&categorie=O01&public=femmes")
    assert rows_of(html)["02"]["Opportunités signalées"] == "1"
    assert '<option value="O01" selected>' in html
    assert 'value="N08"' not in html
    assert "n'existe pas" in open_map(client, "points=opportunites&categorie=N08").replace("&#x27;", "'")


def test_resources_count_where_their_source_places_them_and_never_below(client):
    by_place = Counter(fact.territory for fact in all_active())
    province = next(code for code in by_place if len(code) == 6)
    above = rows_of(open_map(client, f"points=ressources&dans={province[:2]}"))
    assert above[province]["Ressources connues"] == str(
        sum(number for code, number in by_place.items() if code.startswith(province))
    )
    below = rows_of(open_map(client, f"points=ressources&dans={province}"))
    assert sum(int(cells["Ressources connues"]) for cells in below.values()) == sum(
        number for code, number in by_place.items() if code.startswith(f"{province}.")
    )
    food = rows_of(open_map(client, "points=ressources&secteur=food"))
    assert food[province[:2]]["Ressources connues"] == str(
        sum(fact.territory.startswith(province[:2]) and fact.sector == "food" for fact in all_active())
    )


def test_without_a_register_cooperatives_are_unknown_and_never_zero(client):
    html = open_map(client, "points=cooperatives")
    assert {cells["Coopératives inscrites"] for cells in rows_of(html).values()} == {"inconnu"}
    assert circles(html) == []
    assert "Aucun registre n’a encore été importé" in html
    response = client.get("/fr/carte/tableau.csv?points=cooperatives")
    lines = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert {line["cooperatives"] for line in lines} == {""}


def test_cooperatives_are_summed_and_narrowed(client):
    make_cooperative(HERE, is_women=True)
    make_cooperative(HERE, is_women=False, sector_id="crafts")
    make_cooperative(HERE[:6])  # the commune is not known
    make_cooperative(ELSEWHERE)  # whether of women is not told anywhere there
    count_and_index()
    rows = rows_of(open_map(client, "points=cooperatives"))
    assert [rows[code]["Coopératives inscrites"] for code in ("09", "02", "01")] == ["3", "1", "0"]
    women = rows_of(open_map(client, "points=cooperatives&public=femmes"))
    assert [women[code]["Coopératives inscrites"] for code in ("09", "02", "01")] == ["1", "inconnu", "0"]
    crafts = rows_of(open_map(client, "points=cooperatives&secteur=crafts"))
    assert [crafts[code]["Coopératives inscrites"] for code in ("09", "02")] == ["1", "0"]


def test_hundreds_of_circles_are_dots_without_numbers(client):
    for code in country().by_level["commune"][:MOST_NUMBERED]:
        make_observation(code)
    assert len(circles(open_map(client, "points=besoins&niveau=communes"))) == MOST_NUMBERED
    make_observation(country().by_level["commune"][MOST_NUMBERED])
    html = open_map(client, "points=besoins&niveau=communes")
    assert circles(html) == []
    assert SYMBOLS.search(html).group(0).count("<circle") == MOST_NUMBERED + 1


@pytest.mark.parametrize(
    "address",
    [
        "points=besoins",
        "points=besoins&etat=clos",
        "points=besoins&categorie=N08&public=femmes&secteur=food",
        "points=opportunites",
        "points=ressources",
        "points=cooperatives&public=femmes",
    ],
)
@pytest.mark.parametrize("number", [1, 40])
def test_queries_do_not_grow_with_what_was_said(client, address, number, django_assert_max_num_queries):
    for _ in range(number):
        make_observation(HERE, audience="women", sector_id="food")
        make_cooperative(HERE, is_women=True)
    count_and_index()
    open_map(client, "niveau=provinces&points=ressources")
    open_map(client, "niveau=provinces&points=besoins")
    with django_assert_max_num_queries(9):
        open_map(client, f"{address}&niveau=communes")
    with django_assert_max_num_queries(1):
        open_map(client, f"{address}&niveau=communes")
