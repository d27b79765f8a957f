"""What the service says of itself: where to begin, what it conforms to, its collections, what they are asked by."""

from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.portal.ogc.collection import Collection, Property
from bpc.portal.ogc.crs import CRS84_URI, SYSTEMS
from bpc.portal.ogc.features import instant
from bpc.portal.ogc.links import GEOJSON, HTML, JSON, OPENAPI, QUERYABLES, SCHEMA, address, link
from bpc.portal.reference.gazetteer import gazetteer

_PART = "http://www.opengis.net/spec/ogcapi-features-"
CONFORMS_TO = (
    f"{_PART}1/1.0/conf/core",
    f"{_PART}1/1.0/conf/oas30",
    f"{_PART}1/1.0/conf/geojson",
    f"{_PART}2/1.0/conf/crs",
    f"{_PART}3/1.0/conf/queryables",
    f"{_PART}3/1.0/conf/queryables-query-parameters",
)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
JSON_TYPES: dict[str, dict[str, str]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "date-time": {"type": "string", "format": "date-time"},
}


def landing(origin: str) -> dict[str, Any]:
    """Where to begin."""
    return {
        "title": _("Banque de Projets Coopératifs : les données sur une carte"),
        "description": _(
            "Territoires, idées, besoins, opportunités, rencontres et coopératives du Maroc, pour les logiciels de "
            "cartographie."
        ),
        "attribution": _("Banque de Projets Coopératifs (ODCO) ; limites : Haut-Commissariat au Plan"),
        "links": [
            link(address(origin, "landing"), "self", JSON),
            link(
                address(origin, "api"), "service-desc", OPENAPI, _("Description de l’interface (OpenAPI 3.0)")
            ),
            link(f"{origin}{reverse('web:open_data')}", "service-doc", HTML, _("Données ouvertes")),
            link(address(origin, "conformance"), "conformance", JSON, _("Classes de conformité")),
            link(address(origin, "collections"), "data", JSON, _("Collections")),
            link(LICENCE, "license", HTML, "CC BY 4.0"),
        ],
    }


def conformance() -> dict[str, Any]:
    """Exactly what is implemented."""
    return {"conformsTo": list(CONFORMS_TO)}


def all_collections(origin: str, collections: list[Collection]) -> dict[str, Any]:
    """Every collection."""
    return {
        "links": [
            link(address(origin, "collections"), "self", JSON),
            link(address(origin, "landing"), "parent", JSON),
        ],
        "crs": list(SYSTEMS),
        "collections": [one_collection(origin, one) for one in collections],
    }


def one_collection(origin: str, collection: Collection) -> dict[str, Any]:
    """One collection: where it is, when, and where its features are read."""
    extent: dict[str, Any] = {"spatial": {"bbox": [list(_country_box())], "crs": CRS84_URI}}
    if (interval := _interval(collection)) is not None:
        extent["temporal"] = {
            "interval": [interval],
            "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
        }
    return {
        "id": collection.id,
        "title": str(collection.title),
        "description": str(collection.text),
        "extent": extent,
        "itemType": "feature",
        "crs": list(SYSTEMS),
        "storageCrs": CRS84_URI,
        "links": [
            link(address(origin, "collection", collection.id), "self", JSON),
            link(address(origin, "items", collection.id), "items", GEOJSON, collection.title),
            link(
                address(origin, "queryables", collection.id), QUERYABLES, SCHEMA, _("Propriétés à demander")
            ),
            link(LICENCE, "license", HTML, "CC BY 4.0"),
        ],
    }


@cache
def _country_box() -> tuple[float, float, float, float]:
    """Round everything there is, a thousandth of a degree wider: positions are told to that."""
    west, south, east, north = gazetteer().by_code["MA"].box
    return round(west - 0.002, 3), round(south - 0.002, 3), round(east + 0.002, 3), round(north + 0.002, 3)


def _interval(collection: Collection) -> list[str | None] | None:
    """From the first known moment to the last, by the two ends of an index; None without any."""
    if not collection.moment:
        return None
    column = collection.moment
    ends: list[Any] = []
    for part in collection.parts:
        known = collection.rows().filter(**part, **{f"{column}__isnull": False})
        for way in (column, f"-{column}"):
            ends += known.order_by(way).values_list(column, flat=True)[:1]
    if not ends:
        return [None, None]
    first, last = min(ends), max(ends)
    if collection.moment_kind == "date":
        return [f"{first.isoformat()}T00:00:00Z", f"{last.isoformat()}T23:59:59Z"]
    return [instant(first), instant(last)]


def queryables(origin: str, collection: Collection) -> dict[str, Any]:
    """What features can be chosen by, as a JSON schema (part 3)."""
    described = {name: schema_of(one, closed=True) for name, one in collection.queryables.items()}
    geometry = {
        "title": _("Position"),
        "format": collection.place.geometry_type,
        "x-ogc-role": "primary-geometry",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address(origin, "queryables", collection.id),
        "type": "object",
        "title": str(collection.title),
        "properties": {"geometry": geometry, **described},
        "additionalProperties": False,
    }


def schema_of(one: Property, *, closed: bool) -> dict[str, Any]:
    """The schema of a property; `closed` tells its list of values or its form."""
    schema: dict[str, Any] = {"title": str(one.title), **JSON_TYPES[one.kind]}
    if closed and one.values:
        schema["enum"] = list(one.values)
    if closed and one.pattern:
        schema["pattern"] = f"^{one.pattern}$"
    return schema
