"""The catalogue of the data sets (DCAT), for portals that gather catalogues: licence, source, date, files, services."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from bpc.datasets.sources import Source, read_sources
from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.reference.models import LoadedFile
from bpc.portal.web.site.data_sets import DATA_SETS, DataSet
from bpc.portal.web.site.downloads import DOWNLOADS
from bpc.portal.web.site.linked_data import Ref, Text, Thing, Typed, as_json, as_turtle

JSON_LD, TURTLE = "application/ld+json", "text/turtle; charset=utf-8"
LICENCE = Ref("https://creativecommons.org/licenses/by/4.0/")
_MEDIA = "https://www.iana.org/assignments/media-types/"
_TYPES = {
    "CSV": "text/csv",
    "GeoJSON": "application/geo+json",
    "TopoJSON": "application/json",
    "JSON": "application/json",
}
_THEME = "http://publications.europa.eu/resource/authority/data-theme/"
_COUNTRY = "http://publications.europa.eu/resource/authority/country/MAR"
_LANGUAGES = tuple(
    Ref(f"http://publications.europa.eu/resource/authority/language/{code}") for code in ("FRA", "ARA")
)
_OFTEN = Ref("http://publications.europa.eu/resource/authority/frequency/CONT")
_PUBLISHERS = {
    "odco": (_("Office du Développement de la Coopération"), "https://www.odco.gov.ma/"),
    "hcp": (_("Haut-Commissariat au Plan"), "https://www.hcp.ma/"),
}
_API, _MAP = "api", "ogc"


def told(text: Any) -> tuple[Text, ...]:
    """A text of the interface in every language of the site."""
    found = []
    for code, _label in settings.LANGUAGES:
        with override(code):
            found.append(Text(str(text), code))
    return tuple(found)


def describe(origin: str) -> list[Thing]:
    """The catalogue, its services and its data sets; `origin` is the scheme and host it is read at."""
    here = f"{origin}{reverse('catalogue_jsonld')}"
    sets = [_data_set(origin, here, one) for one in DATA_SETS]
    catalogue = Thing(
        ("dcat:Catalog",),
        {
            "dct:title": told(_("Données ouvertes de la Banque de Projets Coopératifs")),
            "dct:description": told(
                _(
                    "Territoires, recensements, ressources, besoins, opportunités, idées et coopératives du Maroc."
                )
            ),
            "dct:publisher": (_publisher("odco"),),
            "dct:license": (LICENCE,),
            "dct:language": _LANGUAGES,
            "dct:spatial": (Ref(_COUNTRY),),
            "foaf:homepage": (Ref(f"{origin}/fr/donnees"),),
            "dct:modified": _modified(),
            "dcat:dataset": tuple(Ref(one.address) for one in sets),
            "dcat:service": (Ref(f"{here}#{_API}"), Ref(f"{here}#{_MAP}")),
        },
        here,
    )
    return [catalogue, *_services(origin, here), *sets]


def _publisher(name: str) -> Thing:
    title, address = _PUBLISHERS[name]
    return Thing(("foaf:Organization",), {"foaf:name": told(title), "foaf:homepage": (Ref(address),)})


def _modified() -> tuple[Typed, ...]:
    """When the facts were last loaded."""
    at = LoadedFile.objects.aggregate(at=Max("loaded_at"))["at"]
    return () if at is None else (Typed(at.isoformat(timespec="seconds"), "xsd:dateTime"),)


def _services(origin: str, here: str) -> list[Thing]:
    def service(key: str, title: Any, url: str, description: str, standard: str) -> Thing:
        serves = tuple(
            Ref(f"{here}#{one.id}") for one in DATA_SETS if (one.reading if key == _API else one.collection)
        )
        properties = {
            "dct:title": told(title),
            "dcat:endpointURL": (Ref(url),),
            "dcat:endpointDescription": (Ref(description),),
            "dct:conformsTo": (Ref(standard),),
            "dct:license": (LICENCE,),
            "dcat:servesDataset": serves,
        }
        return Thing(("dcat:DataService",), properties, f"{here}#{key}")

    openapi = "https://spec.openapis.org/oas/v3.1.0"
    features = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
    api, maps = f"{origin}/api/v1/", f"{origin}/ogc"
    return [
        service(_API, _("API pour les programmes"), api, f"{api}openapi.json", openapi),
        service(_MAP, _("Service de cartographie (OGC API – Features)"), maps, f"{maps}/api", features),
    ]


def _data_set(origin: str, here: str, one: DataSet) -> Thing:
    sources = [_sources()[key] for key in one.sources]
    read_on = max((source.read_on for source in sources), default=None)
    dates = () if one.is_live or read_on is None else (Typed(read_on.isoformat(), "xsd:date"),)
    return Thing(
        ("dcat:Dataset",),
        {
            "dct:identifier": (Typed(one.id, "xsd:string"),),
            "dct:title": told(one.title),
            "dct:description": told(one.text),
            "dct:publisher": (_publisher("odco"),),
            "dct:creator": (_publisher(one.creator),),
            "dct:license": (LICENCE,),
            "dct:language": _LANGUAGES,
            "dct:spatial": (_country(),),
            "dct:modified": dates,
            "dct:accrualPeriodicity": (_OFTEN,) if one.is_live else (),
            "dct:source": tuple(Ref(source.url) for source in sources),
            "dct:provenance": tuple(_provenance(source) for source in sources),
            "dcat:theme": tuple(Ref(f"{_THEME}{theme}") for theme in one.themes),
            "dcat:landingPage": (Ref(f"{origin}/fr/donnees"),),
            "dcat:distribution": tuple(_distributions(origin, here, one)),
        },
        f"{here}#{one.id}",
    )


@cache
def _sources() -> dict[str, Source]:
    return {source.id: source for source in read_sources(settings.DATA)}


def _provenance(source: Source) -> Thing:
    """What was read, when, and what was changed."""
    labels = (
        Text(f"{source.title_fr} ({source.read_on.isoformat()}). {source.changes_fr}", "fr"),
        Text(f"{source.title_ar} ({source.read_on.isoformat()}). {source.changes_ar}", "ar"),
    )
    return Thing(("dct:ProvenanceStatement",), {"rdfs:label": labels})


def _country() -> Thing:
    west, south, east, north = gazetteer().by_code["MA"].box
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    ring = ", ".join(f"{lon} {lat}" for lon, lat in corners)
    box = Typed(f"POLYGON(({ring}))", "geo:wktLiteral")
    return Thing(("dct:Location",), {"dcat:bbox": (box,), "dct:identifier": (Typed(_COUNTRY, "xsd:anyURI"),)})


def _distributions(origin: str, here: str, one: DataSet) -> Iterable[Thing]:
    for name in one.files:
        file = DOWNLOADS[name]
        url = Ref(f"{origin}{reverse('web:download', args=[name])}")
        yield _distribution(file.title, url, _TYPES[file.kind], **{"dcat:downloadURL": (url,)})
    if one.collection:
        url = Ref(f"{origin}/ogc/collections/{one.collection}/items")
        service = {"dcat:accessService": (Ref(f"{here}#{_MAP}"),)}
        yield _distribution(
            _("Service de cartographie (OGC API – Features)"), url, "application/geo+json", **service
        )
    if one.reading:
        url = Ref(f"{origin}{one.reading}")
        service = {"dcat:accessService": (Ref(f"{here}#{_API}"),)}
        yield _distribution(_("API pour les programmes"), url, "application/json", **service)


def _distribution(title: Any, url: Ref, media: str, **more: tuple[Any, ...]) -> Thing:
    return Thing(
        ("dcat:Distribution",),
        {
            "dct:title": told(title),
            "dcat:accessURL": (url,),
            **more,
            "dcat:mediaType": (Ref(f"{_MEDIA}{media}"),),
            "dct:license": (LICENCE,),
        },
    )


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@kept_for_strangers("reference")
def jsonld(request: HttpRequest) -> HttpResponse:
    """The catalogue as JSON-LD."""
    with override("fr"):  # addresses that begin with a language begin with this one
        body = as_json(describe(_origin(request)))
    return _open(HttpResponse(body, content_type=JSON_LD))


@kept_for_strangers("reference")
def turtle(request: HttpRequest) -> HttpResponse:
    """The catalogue as Turtle."""
    with override("fr"):
        body = as_turtle(describe(_origin(request)))
    return _open(HttpResponse(body, content_type=TURTLE))


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    return response


patterns = [
    page("donnees/catalogue.jsonld", jsonld, name="catalogue_jsonld", right=PUBLIC),
    page("donnees/catalogue.ttl", turtle, name="catalogue_ttl", right=PUBLIC),
]
