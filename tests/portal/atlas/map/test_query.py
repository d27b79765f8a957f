"""The address of a map says everything, and a wrong one is corrected with a word, never an error."""

from urllib.parse import parse_qsl

import pytest

from bpc.portal.atlas.country import country
from bpc.portal.reference.census import census
from bpc.portal.web.atlas.map_forms import MapForm
from bpc.portal.web.atlas.map_query import DEFAULT_INDICATOR

pytestmark = pytest.mark.django_db

VIEWS = [
    "",
    "niveau=communes",
    "dans=09",
    "dans=09&niveau=communes&type=rurales&population=5000",
    "dans=09.541&choisi=09.541.01.13",
    "indicateur=population_legal&annee=2014",
    "indicateur=illiteracy_rate_10_plus&sexe=femmes&milieu=rural",
    "indicateur=illiteracy_rate_10_plus&comparer=annees&sexe=femmes",
    "comparer=sexes&milieu=urbain",
    "comparer=milieux&tri=nom",
    "points=idees&tri=-points",
    "niveau=communes&page=3&tri=population",
]


def parse(address):
    form = MapForm(dict(parse_qsl(address)), census(), country())
    return form.read(), form.notices


@pytest.mark.parametrize("address", VIEWS)
def test_a_view_and_its_address_are_the_same(address):
    query, notices = parse(address)
    assert notices == []
    assert dict(parse_qsl(query.address(page=query.page).removeprefix("?"))) == dict(parse_qsl(address))
    assert parse(query.address(page=query.page).removeprefix("?")) == (query, [])


@pytest.mark.parametrize(
    "address",
    [
        "indicateur=inconnu",
        "dans=99",
        "dans=<script>",
        "dans=MA&niveau=quartiers",
        "dans=09&niveau=regions",
        "annee=1912",
        "annee=deux",
        "comparer=tout",
        "indicateur=cooking_fuel_firewood&comparer=annees",
        "indicateur=households_count&comparer=sexes",
        "indicateur=households_count&sexe=femmes",
        "sexe=x",
        "milieu=x",
        "points=bananes",
        "niveau=communes&type=grandes",
        "population=beaucoup",
        "population=-5",
        "population=99999999999999999999",
        "tri=hasard",
        "tri=--valeur",
        "page=moins",
        "page=-2",
    ],
)
def test_a_wrong_address_is_corrected_and_says_so(address, client):
    query, notices = parse(address)
    assert notices
    assert parse(query.address().removeprefix("?"))[1] == []
    response = client.get(f"/fr/carte?{address}")
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<main")[1].split("</main")[0]


def test_every_choice_of_the_page_is_valid(client):
    """Each published breakdown of each indicator can be asked without a correction."""
    words = {"male": "hommes", "female": "femmes", "urban": "urbain", "rural": "rural"}
    for entry in census().indicators.values():
        for year, area, sex in entry.breakdowns:
            address = f"indicateur={entry.id}&annee={year}"
            address += f"&sexe={words[sex]}" if sex in words else ""
            address += f"&milieu={words[area]}" if area in words else ""
            query, notices = parse(address)
            assert notices == []
            assert (query.year, query.area, query.sex) == (year, area, sex)


def test_a_commune_as_the_place_shows_its_province_with_it_outlined():
    query, notices = parse("dans=09.541.01.13")
    assert (query.within, query.level, query.chosen, notices) == ("09.541", "commune", "09.541.01.13", [])


def test_empty_parameters_of_a_form_without_script_mean_the_usual_choice():
    query, notices = parse_with_blanks("indicateur", "annee", "comparer", "sexe", "milieu", "points", "dans")
    assert notices == []
    assert query.indicator == DEFAULT_INDICATOR
    assert query.address() == "?"


def parse_with_blanks(*names):
    form = MapForm(dict.fromkeys(names, ""), census(), country())
    return form.read(), form.notices


def test_arabic_digits_are_read():
    assert parse("population=٥٠٠٠")[0].minimum == 5000


def test_going_elsewhere_keeps_the_figures_and_leaves_the_page():
    query, _ = parse("niveau=communes&page=4&comparer=sexes")
    assert query.into("09", "province") == "?dans=09&comparer=sexes"
