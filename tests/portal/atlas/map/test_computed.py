"""Layers computed from data on the map: told apart from the census and from what people said."""

import csv
import io
import re

import numpy as np
import pytest

from bpc.core.territory.ratio_classes import RatioClasses
from bpc.portal.atlas import computed
from bpc.portal.atlas.country import country
from bpc.portal.atlas.fit import all_scores
from bpc.portal.atlas.units import figure_text, shown_figures
from bpc.portal.ideas.tallies import count_in
from bpc.portal.reference.census import census
from bpc.portal.web.atlas.map_computed import GROUPS
from tests.portal.atlas.map.test_map_page import SHAPE, open_map, rows_of
from tests.portal.atlas.map.test_query import parse
from tests.portal.world import HERE, make_idea

pytestmark = pytest.mark.django_db

ROSE = "eau-de-rose"
DRAWN = re.compile(r'<g class="\w+">.*?</g>', re.S)
QUOTIENT, LACK = "lq.work_sector_agriculture", "lack.running_water"


def values_at(layer, level):
    found = computed.values(layer, level)
    return {code: float(found[census().position[code]]) for code in country().by_level[level]}


def test_every_group_has_its_words_and_no_layer_the_name_of_an_indicator():
    assert set(computed.GROUPS) <= set(GROUPS)
    assert not set(computed.LAYERS) & set(census().indicators)


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("layer", list(computed.LAYERS))
def test_every_layer_is_drawn_with_its_values(client, layer, language):
    html = open_map(client, f"indicateur={layer}", language)
    rows = rows_of(html)
    unit = computed.LAYERS[layer].unit
    for code, value in values_at(layer, "region").items():
        shown = next(iter(rows[code].values()))
        signed = computed.LAYERS[layer].signed
        assert (
            shown == ("inconnu" if np.isnan(value) else figure_text(value, unit, signed=signed))
            or language == "ar"
        )
    assert len(SHAPE.findall(html)) == 12
    chosen = layer.removeprefix("fit.")
    assert f'<option value="{chosen}" selected>' in html
    assert "chip-deduced" in html


def test_a_quotient_is_classed_on_both_sides_of_one(client):
    html = open_map(client, f"indicateur={QUOTIENT}&niveau=provinces")
    classes = RatioClasses()
    values = values_at(QUOTIENT, "province")
    shown = dict(zip(values, shown_figures(values.values(), "times the country"), strict=True))
    for number, shade in enumerate(("d0", "d2", "d3", "d4", "d6")):
        group = re.search(rf'<g class="{shade}">(.*?)</g>', html, re.S)
        drawn = (
            {re.search(r"dans=([\d.]+)", link).group(1) for link, _, _ in SHAPE.findall(group.group(1))}
            if group
            else set()
        )
        assert drawn == {code for code, value in shown.items() if classes.class_of(value) == number}
    titles = re.findall(r'class="map-legend-title">(.*?)</p>', html)
    assert titles == ["Moins que dans le pays", "À peu près comme le pays", "Plus que dans le pays"]
    assert sum(map(int, re.findall(r"\((\d+)\)</span>", html))) == 75


def test_what_is_lacking_says_which_side_is_worse(client):
    html = open_map(client, f"indicateur={LACK}")
    titles = re.findall(r'class="map-legend-title">(.*?)</p>', html.replace("\xa0", " "))
    assert titles == ["Mieux que le pays (points)", "Moins bien que le pays (points)"]
    assert "Calculé à partir des données" in html
    assert 'href="/fr/methodes#shortfalls"' in html


def test_unknown_is_hatched(client):
    html = open_map(client, f"indicateur={LACK}&niveau=communes")
    unknown = {code for code, value in values_at(LACK, "commune").items() if np.isnan(value)}
    group = re.search(r'<g class="un">(.*?)</g>', html, re.S).group(1)
    assert {link.removeprefix("territoires/") for link, _, _ in SHAPE.findall(group)} == unknown != set()


def test_computed_and_heard_have_columns_and_legends_of_their_own(client):
    count_in(make_idea(HERE))
    html = open_map(client, f"indicateur={LACK}&points=idees")
    assert re.findall(r'<span class="column-origin">(\w+)</span>', html.split("<table")[1]) == [
        "Calculé",
        "Entendu",
    ]
    assert rows_of(html)["09"]["Idées publiées"] == "1"
    assert '<p class="map-legend-title">Entendu</p>' in html


def test_the_file_says_how_it_was_computed_and_from_what(client):
    response = client.get(f"/fr/carte/tableau.csv?indicateur={QUOTIENT}&niveau=communes")
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    values = values_at(QUOTIENT, "commune")
    assert len(lines) == 1503
    for line in lines[:50]:
        assert line["valeur"] == f"{values[line['code']]:.2f}".rstrip("0").rstrip(".")
    assert {line["valeur"] for line in lines if np.isnan(values[line["code"]])} == {""}
    assert {(line["confiance"], line["annee"]) for line in lines} == {("deduced", "2014")}
    assert {line["methode"] for line in lines} == {"/fr/methodes#specialisation"}


@pytest.mark.parametrize("detail", ["sexe=femmes", "milieu=rural", "comparer=annees"])
def test_a_detail_that_is_not_computed_is_told(detail):
    query, notices = parse(f"indicateur={QUOTIENT}&{detail}")
    assert len(notices) == 1
    assert query.address() == f"?indicateur={QUOTIENT}"


def test_computed_layers_cost_no_query_more(client, django_assert_max_num_queries):
    open_map(client, "niveau=provinces")
    with django_assert_max_num_queries(4):
        open_map(client, f"indicateur={QUOTIENT}&niveau=communes")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_methods_of_every_layer_are_explained(client, language):
    html = client.get(f"/{language}/methodes").content.decode()
    for layer in computed.LAYERS.values():
        assert f'id="{layer.method}"' in html
        assert f'href="/{language}/carte?indicateur={layer.id}"' in html


def test_the_fit_of_a_model_is_chosen_in_two_steps(client):
    first = open_map(client, "indicateur=fit")
    assert '<option value="fit" selected>' in first
    assert 'id="choice-model"' in first
    assert "choice-model" not in open_map(client, f"indicateur={QUOTIENT}")
    inside = "niveau=communes&dans=08.577"
    html = open_map(client, f"indicateur=fit&modele={ROSE}&{inside}")
    whole = open_map(client, f"indicateur=fit.{ROSE}&{inside}")
    assert DRAWN.findall(html) == DRAWN.findall(whole) != []
    scores = all_scores(ROSE)
    rows = rows_of(html)
    for code, cells in rows.items():
        assert cells["Valeur"] == figure_text(scores[code], "of 100 points")
    assert 'href="/fr/modeles/eau-de-rose/ou"' in html
    assert parse("indicateur=fit&modele=nuage")[1] != []


def test_wider_places_have_the_score_of_their_best_commune(client):
    scores = all_scores(ROSE)
    best = max(score for code, score in scores.items() if code.startswith("08."))
    assert rows_of(open_map(client, "indicateur=fit.eau-de-rose"))["08"]["Valeur"] == figure_text(
        best, "of 100 points"
    )
