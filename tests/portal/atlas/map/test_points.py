"""Circles over the colours: what people said, narrowed by the address, never mixed with what is computed."""

import csv
import io
import re

import pytest

from bpc.portal.ideas.tallies import count_in
from tests.portal.atlas.map.test_map_page import open_map, rows_of
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
