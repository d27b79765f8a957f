"""The public pages of the models, as a stranger opens them in both languages."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.appraisal import appraise
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_models
from bpc.portal.blueprints.catalogue import catalogue

pytestmark = pytest.mark.django_db
MODELS = read_models()


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def slugs_in(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/fr/modeles/([a-z-]+)"', html)


def test_all_models_are_listed_and_lead_to_their_sheets(client: Client) -> None:
    assert set(slugs_in(text_of(client, "/fr/modeles"))) == set(MODELS)


def test_filters_narrow_and_combine(client: Client) -> None:
    crafts = slugs_in(text_of(client, "/fr/modeles?secteur=crafts"))
    assert sorted(crafts) == ["cuir", "poterie", "tapis"]
    here = slugs_in(text_of(client, "/fr/modeles?secteur=crafts&region=09"))
    assert here == [slug for slug in crafts if "09" in {place.territory for place in MODELS[slug].regions}]
    assert slugs_in(text_of(client, "/fr/modeles?q=زرابي")) == ["tapis"]
    assert slugs_in(text_of(client, "/fr/modeles?q=MIELLERIE")) == ["miel"]
    cheap = slugs_in(text_of(client, "/fr/modeles?budget=500000"))
    assert cheap
    assert all((catalogue()[slug].headline["investment"] or 0) < 500_000 for slug in cheap)


def test_the_order_asked_is_given(client: Client) -> None:
    incomes = [
        catalogue()[slug].headline["income_per_member"]
        for slug in slugs_in(text_of(client, "/fr/modeles?tri=revenu"))
    ]
    known = [income for income in incomes if income is not None]
    assert known == sorted(known, reverse=True)


@pytest.mark.parametrize(
    "query", ["secteur=nope", "region=99", "budget=abc", "tri=x", "q=%27%22%3Cscript%3E"]
)
def test_values_that_mean_nothing_filter_nothing(query: str, client: Client) -> None:
    assert client.get(f"/fr/modeles?{query}").status_code == 200


def test_nothing_found_says_so_and_offers_a_way_on(client: Client) -> None:
    html = text_of(client, "/fr/modeles?q=zzzz")
    assert "Aucun modèle ne correspond" in html
    assert "/fr/idees/proposer" in html


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("slug", MODELS)
def test_every_sheet_opens_with_its_name_and_its_result(slug: str, language: str, client: Client) -> None:
    html = unescape(text_of(client, f"/{language}/modeles/{slug}"))
    assert MODELS[slug].name.in_language(language) in html
    assert 'id="result"' in html
    assert html.count('class="chart"') >= 2


def test_the_sheet_says_what_the_engine_says(client: Client) -> None:
    html = text_of(client, "/fr/modeles/huile-argan").replace("\u202f", "").replace("\xa0", " ")
    assert "383404 MAD" in html
    assert "33825 MAD" in html


def test_choices_change_the_result(client: Client) -> None:
    def worth(query: str) -> float:
        document = json.loads(text_of(client, f"/fr/modeles/tapis/plan.json{query}"))
        return appraise(parse_plan(document), plan_rules()).figures["npv"].value or 0.0

    plain = worth("")
    assert plain == pytest.approx(92_884.86, abs=0.01)
    assert worth("?prix=10") > plain > worth("?prix=-10")
    assert worth("?taille=200") == pytest.approx(2 * plain, rel=1e-6)


def test_a_place_brings_its_reasons_its_resources_and_its_rate(client: Client) -> None:
    html = unescape(text_of(client, "/fr/modeles/safran?commune=09.541.01.13"))
    assert MODELS["safran"].regions[0].why_fr[:20] in html
    document = json.loads(text_of(client, "/fr/modeles/services-numeriques/plan.json?commune=09.541.05.05"))
    assert document["loans"][0]["annual_rate"] == 0.0175  # a rural commune; 2 % in the model


@pytest.mark.parametrize(
    "query", ["taille=7", "membres=-3", "membres=x", "debut=hier", "commune=..%2F", "prix=1000"]
)
def test_wrong_choices_change_nothing(query: str, client: Client) -> None:
    plain = json.loads(text_of(client, "/fr/modeles/tapis/plan.json"))
    assert json.loads(text_of(client, f"/fr/modeles/tapis/plan.json?{query}")) == plain


def test_the_result_alone_answers_a_change_on_the_page(client: Client) -> None:
    part = client.get("/fr/modeles/tapis?prix=10", headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="result"')
    assert "HX-Request" in part["Vary"]


def test_estimates_that_carry_the_result_are_said(client: Client) -> None:
    assert "À valider localement" in text_of(client, "/fr/modeles/algues")
    assert "À valider localement" not in text_of(client, "/fr/modeles/huile-argan")


def test_an_unknown_model_is_not_found(client: Client) -> None:
    assert client.get("/fr/modeles/inconnu").status_code == 404
    assert client.get("/fr/modeles/inconnu/plan.json").status_code == 404


@pytest.mark.parametrize("address", ["/fr/modeles", "/fr/modeles/huile-argan"])
def test_queries_stay_few(
    address: str, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(address)
    with django_assert_max_num_queries(6):
        client.get(f"{address}?debut=&taille=100&x=1")


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize(
    ("name", "head"), [("banque.pdf", b"%PDF-"), ("membres.pdf", b"%PDF-"), ("plan.xlsx", b"PK")]
)
def test_the_plan_of_a_model_can_be_taken_away(language: str, name: str, head: bytes, client: Client) -> None:
    answer = client.get(f"/{language}/modeles/tapis/{name}")
    assert answer.status_code == 200
    assert answer.content.startswith(head)
    assert f"tapis-{language}" in answer["Content-Disposition"]
    assert client.get(f"/{language}/modeles/inconnu/{name}").status_code == 404
