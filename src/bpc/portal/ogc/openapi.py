"""The definition of the interface (OpenAPI 3.0), each collection with the parameters that are its own."""

from typing import Any

from django.utils.translation import gettext as _

from bpc.portal.foundation.problems import CONTENT_TYPE
from bpc.portal.ogc.collection import Collection
from bpc.portal.ogc.crs import CRS84_URI, SYSTEMS
from bpc.portal.ogc.documents import schema_of
from bpc.portal.ogc.links import GEOJSON, JSON, OPENAPI, SCHEMA
from bpc.portal.ogc.query import LONGEST, MOST, USUAL

_TEXT: dict[str, Any] = {"type": "string"}
_WHOLE: dict[str, Any] = {"type": "integer", "minimum": 0}


def definition(origin: str, collections: list[Collection]) -> dict[str, Any]:
    """The whole document."""
    paths = {
        "/": _reading("getLandingPage", _("Où commencer"), JSON, _ref("Landing")),
        "/api": _reading("getApiDefinition", _("Ce document"), OPENAPI, {"type": "object"}),
        "/conformance": _reading("getConformance", _("Classes de conformité"), JSON, _ref("Conformance")),
        "/collections": _reading("getCollections", _("Les collections"), JSON, _ref("Collections")),
    }
    for collection in collections:
        paths |= _paths_of(collection)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Banque de Projets Coopératifs, OGC API – Features",
            "version": "1.0.0",
            "description": _(
                "Lire les données ouvertes depuis un logiciel de cartographie : sans inscription ni clé. La suite "
                "d’une liste se lit en suivant « next »."
            ),
            "contact": {"name": "Office du Développement de la Coopération", "url": origin},
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": f"{origin}/ogc"}],
        "tags": [
            {"name": "Capabilities", "description": _("Ce que le service sait faire")},
            {"name": "Data", "description": _("Les données")},
        ],
        "paths": paths,
        "components": {"parameters": _parameters(), "responses": _responses(), "schemas": _schemas()},
    }


def _ref(name: str, kind: str = "schemas") -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _reading(
    key: str,
    summary: Any,
    media: str,
    schema: dict[str, Any],
    parameters: list[dict[str, Any]] | None = None,
    *,
    tag: str = "Capabilities",
    missing: bool = False,
    headers: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A path that is read: its answer, and its problems."""
    found = {"description": str(summary), "content": {media: {"schema": schema}}}
    responses: dict[str, Any] = {"200": {**found, "headers": headers} if headers else found}
    responses["400"] = _ref("Invalid", "responses")
    if missing:
        responses["404"] = _ref("Missing", "responses")
    return {
        "get": {
            "tags": [tag],
            "operationId": key,
            "summary": str(summary),
            "parameters": [_ref("f", "parameters"), _ref("lang", "parameters"), *(parameters or [])],
            "responses": responses,
        }
    }


def _paths_of(collection: Collection) -> dict[str, Any]:
    here, title = f"/collections/{collection.id}", collection.title
    key = collection.id.title()
    crs = {"Content-Crs": {"description": "URI", "schema": _TEXT}}
    asked = [_ref(name, "parameters") for name in ("limit", "bbox", "bbox-crs", "crs", "datetime", "cursor")]
    own = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": str(one.title),
            "schema": {"maxLength": LONGEST, **schema_of(one, closed=True)}
            if one.kind == "string"
            else schema_of(one, closed=True),
            "style": "form",
            "explode": False,
        }
        for name, one in collection.queryables.items()
    ]
    feature: list[dict[str, Any]] = [
        {"name": "featureId", "in": "path", "required": True, "schema": _TEXT},
        _ref("crs", "parameters"),
    ]
    return {
        here: _reading(f"describe{key}", title, JSON, _ref("Collection")),
        f"{here}/queryables": _reading(f"queryables{key}", title, SCHEMA, {"type": "object"}),
        f"{here}/items": _reading(
            f"get{key}", collection.text, GEOJSON, _page(collection), [*asked, *own], tag="Data", headers=crs
        ),
        f"{here}/items/{{featureId}}": _reading(
            f"getOneOf{key}",
            title,
            GEOJSON,
            _feature(collection),
            feature,
            tag="Data",
            missing=True,
            headers=crs,
        ),
    }


def _feature(collection: Collection) -> dict[str, Any]:
    properties = {
        one.name: {**schema_of(one, closed=False), "nullable": True} for one in collection.properties
    }
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": _TEXT,
            "geometry": {"type": "object", "nullable": True},
            "properties": {"type": "object", "properties": properties},
            "links": {"type": "array", "items": _ref("Link")},
        },
    }


def _page(collection: Collection) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "features", "numberReturned", "links"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "numberMatched": {
                **_WHOLE,
                "description": _("Nombre de réponses, dit quand il est connu sans tout relire"),
            },
            "numberReturned": _WHOLE,
            "timeStamp": {"type": "string", "format": "date-time"},
            "links": {"type": "array", "items": _ref("Link")},
            "features": {"type": "array", "items": _feature(collection)},
        },
    }


def _query(name: str, text: Any, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": str(text),
        "schema": schema,
        "style": "form",
        "explode": False,
    }


def _parameters() -> dict[str, Any]:
    systems = {"type": "string", "format": "uri", "enum": list(SYSTEMS), "default": CRS84_URI}
    box = {
        "type": "array",
        "items": {"type": "number"},
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    }
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    return {
        "f": _query("f", _("Format des réponses"), {"type": "string", "enum": ["json", "geojson"]}),
        "lang": _query("lang", _("Langue des titres"), {"type": "string", "enum": ["fr", "ar"]}),
        "limit": _query(
            "limit", _("Nombre de réponses par page ; au-delà du plus grand, le plus grand"), limit
        ),
        "bbox": _query("bbox", _("Rectangle : les minimums, puis les maximums"), box),
        "bbox-crs": _query("bbox-crs", _("Système de coordonnées du rectangle"), systems),
        "crs": _query("crs", _("Système de coordonnées des réponses"), systems),
        "datetime": _query(
            "datetime", _("Un moment (RFC 3339), ou deux séparés par une barre ; « .. » laisse ouvert"), _TEXT
        ),
        "cursor": _query("cursor", _("Repère donné par « next »"), {"type": "string", "maxLength": LONGEST}),
    }


def _responses() -> dict[str, Any]:
    content = {CONTENT_TYPE: {"schema": _ref("Problem")}}
    return {
        "Invalid": {"description": _("Un paramètre n’existe pas ou n’est pas valable"), "content": content},
        "Missing": {"description": _("Rien ne se trouve à cette adresse"), "content": content},
    }


def _schemas() -> dict[str, Any]:
    links = {"type": "array", "items": _ref("Link")}
    texts = {"type": "array", "items": _TEXT}
    return {
        "Link": _object(["href", "rel"], href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT, hreflang=_TEXT),
        "Landing": _object(["links"], title=_TEXT, description=_TEXT, attribution=_TEXT, links=links),
        "Conformance": _object(["conformsTo"], conformsTo=texts),
        "Collection": _object(
            ["id", "links"],
            id=_TEXT,
            title=_TEXT,
            description=_TEXT,
            links=links,
            extent={"type": "object"},
            itemType=_TEXT,
            crs=texts,
            storageCrs=_TEXT,
        ),
        "Collections": _object(
            ["links", "collections"],
            links=links,
            crs=texts,
            collections={"type": "array", "items": _ref("Collection")},
        ),
        "Problem": _object(
            ["status", "title"],
            type=_TEXT,
            title=_TEXT,
            status={"type": "integer"},
            code=_TEXT,
            detail=_TEXT,
            errors={"type": "array", "items": {"type": "object"}},
        ),
    }


def _object(required: list[str], **properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}
