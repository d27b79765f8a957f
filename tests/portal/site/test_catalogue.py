"""The DCAT catalogue, read as a harvester does: same graph in both forms, whole, and no link leads nowhere."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic

from bpc.datasets.sources import read_sources
from bpc.portal.web.site.data_sets import DATA_SETS
from bpc.portal.web.site.downloads import DOWNLOADS
from bpc.portal.web.site.linked_data import PREFIXES, Ref, Text, Thing, Typed, as_json, as_turtle

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),  # of its own reader
]
HERE = "http://testserver/donnees/catalogue.jsonld"
BY = URIRef("https://creativecommons.org/licenses/by/4.0/")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def _read(form: str) -> Graph:
    response = Client().get(f"/donnees/catalogue.{form}")
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    kinds = {"jsonld": ("json-ld", "application/ld+json"), "ttl": ("turtle", "text/turtle; charset=utf-8")}
    assert response["Content-Type"] == kinds[form][1]
    return Graph().parse(data=response.content.decode(), format=kinds[form][0])


def test_both_forms_tell_the_same() -> None:
    assert to_isomorphic(_read("jsonld")) == to_isomorphic(_read("ttl"))


def test_the_catalogue_holds_every_data_set_with_licence_source_and_date() -> None:
    graph = _read("ttl")
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    sets = set(graph.objects(catalogue, DCAT.dataset))
    assert (
        sets
        == set(graph.subjects(RDF.type, DCAT.Dataset))
        == {URIRef(f"{HERE}#{one.id}") for one in DATA_SETS}
    )
    assert len(set(graph.objects(catalogue, DCAT.service))) == 2
    read_on = {source.id: source.read_on for source in read_sources(site_settings.DATA)}
    for one in DATA_SETS:
        node = URIRef(f"{HERE}#{one.id}")
        assert set(graph.objects(node, DCTERMS.license)) == {BY}
        for told in (DCTERMS.title, DCTERMS.description):
            assert {text.language for text in graph.objects(node, told) if isinstance(text, Literal)} == {
                "fr",
                "ar",
            }
        assert len(set(graph.objects(node, DCTERMS.source))) == len(one.sources)
        dates = [
            text.toPython() for text in graph.objects(node, DCTERMS.modified) if isinstance(text, Literal)
        ]
        assert dates == ([max(read_on[key] for key in one.sources)] if one.sources else [])
        assert all(isinstance(day, date) for day in dates)
        assert list(graph.objects(node, DCAT.distribution))


def test_every_address_of_a_distribution_answers() -> None:
    graph = _read("jsonld")
    addresses = {str(url) for url in graph.objects(None, DCAT.accessURL)}
    addresses |= {str(url) for url in graph.objects(None, DCAT.endpointURL)}
    addresses |= {str(url) for url in graph.objects(None, DCAT.endpointDescription)}
    addresses |= {str(url) for url in graph.objects(None, DCAT.landingPage)}
    assert len(addresses) > 40
    for address in sorted(addresses):
        response = Client().get(address.removeprefix("http://testserver"))
        assert response.status_code == 200, address
    for node in graph.subjects(RDF.type, DCAT.Distribution):
        (url,), (media,) = graph.objects(node, DCAT.accessURL), graph.objects(node, DCAT.mediaType)
        answer = Client().get(str(url).removeprefix("http://testserver"))
        assert answer["Content-Type"].split(";")[0] == str(media).rsplit("media-types/", 1)[1]


def test_every_download_belongs_to_a_data_set() -> None:
    assert {name for one in DATA_SETS for name in one.files} == set(DOWNLOADS)


def test_texts_and_addresses_that_are_hard_to_write() -> None:
    hard = Text('Dit « oui » \\ "non"\n٢', "fr")
    things = [
        Thing(
            ("dcat:Dataset",),
            {
                "dct:title": (hard,),
                "dct:source": (Ref("https://a.example/b c?d=<e>"),),
                "dct:modified": (Typed("2026-11-22", "xsd:date"),),
                "dct:subject": (),
                "dct:relation": (Thing(("dct:Location",), {"dct:title": (hard,)}),),
            },
            "https://a.example/x",
        )
    ]
    turtle = Graph().parse(data=as_turtle(things).decode(), format="turtle")
    node = URIRef("https://a.example/x")
    assert turtle.value(node, DCTERMS.title) == Literal(hard.words, lang="fr")
    assert turtle.value(node, DCTERMS.source) == URIRef("https://a.example/b%20c?d=%3Ce%3E")
    assert len(turtle) == 7
    assert b"dct:subject" not in as_turtle(things) + as_json(things)
    assert {"dcat", "dct"} <= PREFIXES.keys()


def test_the_open_data_page_leads_to_it() -> None:
    page = Client().get("/fr/donnees").content.decode()
    assert '<link rel="alternate" type="application/ld+json" href="/donnees/catalogue.jsonld"' in page
    assert 'href="/donnees/catalogue.ttl"' in page
    assert "/ogc" in page
