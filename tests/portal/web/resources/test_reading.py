"""The list and the page of a resource: constant queries, everything in the address, each place only its own."""

import html

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.portal.resources.actions import retire_resource
from bpc.portal.resources.lists import PAGE_SIZE, Wanted, list_resources
from bpc.portal.resources.models import Resource, ResourceProduct
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.resources.resource_world import NOW, added, delegate, of_facts
from tests.portal.world import ELSEWHERE, HERE

pytestmark = pytest.mark.django_db
LIST = "/fr/ressources"


def page_of(client: Client, url: str) -> str:
    """The page as people read it."""
    response = client.get(url)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def many(number: int) -> None:
    """So many more resources of a commune, with two products each."""
    start = Resource.objects.count()
    rows = Resource.objects.bulk_create(
        Resource(
            reference=f"T{start + position:06d}", territory_id=HERE, region_id=HERE[:2], province_id=HERE[:6],
            commune_id=HERE, sector_id="agriculture", name_fr="Figues", name_ar="تين", confidence="to_verify",
            origin="delegation",
        )
        for position in range(number)
    )  # fmt: skip
    ResourceProduct.objects.bulk_create(
        ResourceProduct(resource=row, product=product) for row in rows for product in ("fig", "almond")
    )


@pytest.mark.parametrize("query", ["", "?region=09&province=09.541", "?produit=fig", "?secteur=agriculture"])
def test_as_many_queries_for_thousands_of_resources(client: Client, query: str) -> None:
    counts = []
    for number in (20, 3000):
        many(number)
        client.get(LIST)  # what the process reads once
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{LIST}{query}{'&' if query else '?'}nocache={number}")
        counts.append(len(seen))
        assert not any("evidence_fr" in row["sql"] for row in seen)
    assert counts[0] == counts[1] <= 8


def test_a_long_list_is_cut_and_says_so(client: Client) -> None:
    many(1100)
    page = list_resources(Wanted(page=999))
    assert (page.total, page.capped, page.number) == (1000, True, page.last)
    assert len(list_resources(Wanted()).resources) == PAGE_SIZE
    assert "Plus de 1\u202f000 ressources" in page_of(client, LIST)


def test_strangers_get_a_kept_page_until_a_resource_changes(client: Client) -> None:
    client.get(f"{LIST}?produit=fig")
    with CaptureQueriesContext(connection) as seen:
        client.get(f"{LIST}?produit=fig")
    assert len(seen) == 1
    added(delegate(), name_fr="Figues de la commune")
    assert "Figues de la commune" in page_of(client, f"{LIST}?produit=fig")


def test_filters_narrow_and_can_be_taken_off(client: Client) -> None:
    page = page_of(client, f"{LIST}?produit=saffron&region=09")
    assert "1 ressource<" in page
    assert "Safran de Taliouine" in page
    assert "Safran de Taznakht" not in page
    assert 'href="?region=09"' in page
    assert 'href="?produit=saffron"' in page
    assert list_resources(Wanted(product="saffron")).total == 4
    assert list_resources(Wanted(territory="09.541", label="AOP")).total == 1
    assert list_resources(Wanted(territory=HERE)).total == 0


def test_values_written_by_hand_filter_nothing(client: Client) -> None:
    assert "277 ressources" in page_of(client, f"{LIST}?produit=x&region=zz&signe=%3Cb%3E&page=abc")


def test_nothing_found_is_not_said_to_be_nothing_there(client: Client) -> None:
    page = page_of(client, f"{LIST}?produit=snails")
    assert "0 ressource" in page
    assert "personne ne l’a encore décrite" in page


def test_a_resource_says_of_which_place_and_on_whose_word(client: Client) -> None:
    page = page_of(client, "/fr/ressources/R223")
    for said in (
        "Safran de Taliouine",
        "Province · Taroudannt",
        "rien n’est affirmé de chaque commune",
        "Appellation d'origine protégée (AOP)",
        "Une source publiée le dit",
        of_facts().source_url,
        "inconnu",
    ):
        assert said in page, said
    assert "Tenir cette ligne" not in page
    arabic = page_of(client, "/ar/ressources/R223")
    assert of_facts().name_ar in arabic


def test_what_was_taken_off_is_hidden_from_the_public(client: Client) -> None:
    keeper = delegate()
    retire_resource(resource=of_facts(), version=1, reason="disparue", actor=keeper, at=NOW)
    assert client.get("/fr/ressources/R223").status_code == 404
    assert "Safran de Taliouine" not in page_of(client, f"{LIST}?produit=saffron")
    sign_in_with_factor(client, keeper)
    assert "Cette ressource est retirée" in page_of(client, "/fr/ressources/R223")
    assert "Ressources retirées de votre territoire" in page_of(client, LIST)
    sign_in_with_factor(client, delegate(ELSEWHERE[:2]))
    assert client.get("/fr/ressources/R223").status_code == 404


def test_a_fragment_refreshes_the_list(client: Client) -> None:
    answer = client.get(f"{LIST}?region=09", headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b'id="results"' in answer.content
    assert "HX-Request" in answer["Vary"]
    assert "Taroudannt" in answer.content.decode()


def test_the_table_to_download_is_what_is_kept_now(client: Client) -> None:
    added(delegate(), name_fr="=1+1", products=("fig", "almond"))
    text = client.get("/fr/donnees/fichiers/resources.csv").content.decode("utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 1 + 278
    assert lines[0].startswith("reference,territory,level,place_fr,place_ar,sector,products")
    saffron = next(line for line in lines if line.startswith("R223,"))
    assert saffron.startswith("R223,09.541,province,Taroudannt,تارودانت,aromatic,saffron,Safran de Taliouine")
    assert any(f"{HERE},commune" in line and "almond fig,'=1+1" in line for line in lines)
