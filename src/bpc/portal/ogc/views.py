"""The resources of OGC API – Features, one view each."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bpc.portal.foundation.problems import RefusedError
from bpc.portal.ogc import documents
from bpc.portal.ogc.answers import Written, answer
from bpc.portal.ogc.catalogue import COLLECTIONS
from bpc.portal.ogc.collection import Collection
from bpc.portal.ogc.features import compact, write_one, write_page
from bpc.portal.ogc.links import GEOJSON, JSON, OPENAPI, SCHEMA, origin_of
from bpc.portal.ogc.openapi import definition
from bpc.portal.ogc.query import ALWAYS, check_known, read_crs, read_query
from bpc.portal.ogc.reading import read_one, read_page

_ALL = tuple(sorted({name for one in COLLECTIONS.values() for name in one.outdated_by}))


def _document(kind: str, content: Callable[[str], dict[str, Any]]) -> Callable[[HttpRequest], Written]:
    """A document that takes nothing but a format and a language."""

    def write(request: HttpRequest) -> Written:
        check_known(request.GET, ALWAYS)
        return compact(content(origin_of(request))).encode(), kind, {}

    return write


def _missing() -> RefusedError:
    return RefusedError(404, "not_found", _("Rien ne se trouve à cette adresse."))


def landing(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    return answer(request, _document(JSON, documents.landing), ())


def conformance(request: HttpRequest) -> HttpResponse:
    """What is implemented."""
    return answer(request, _document(JSON, lambda origin: documents.conformance()), ())


def api(request: HttpRequest) -> HttpResponse:
    """The definition of the interface."""
    return answer(
        request, _document(OPENAPI, lambda origin: definition(origin, list(COLLECTIONS.values()))), ()
    )


def collections(request: HttpRequest) -> HttpResponse:
    """Every collection."""
    told = list(COLLECTIONS.values())
    return answer(request, _document(JSON, lambda origin: documents.all_collections(origin, told)), _ALL)


def _of(request: HttpRequest, name: str, write: Callable[..., Written], **given: Any) -> HttpResponse:
    """An answer about one collection, 404 where there is none of that name."""
    collection = COLLECTIONS.get(name)
    if collection is None:
        return answer(request, _nothing, (), kept=False)
    # a page in the middle is read once by each reader: keeping it would only push others out
    kept = "cursor" not in request.GET
    return answer(request, write, collection.outdated_by, kept=kept, collection=collection, **given)


def _nothing(request: HttpRequest) -> Written:
    raise _missing()


def collection(request: HttpRequest, name: str) -> HttpResponse:
    """One collection."""
    return _of(request, name, _write_collection)


def _write_collection(request: HttpRequest, collection: Collection) -> Written:
    check_known(request.GET, ALWAYS)
    return compact(documents.one_collection(origin_of(request), collection)).encode(), JSON, {}


def queryables(request: HttpRequest, name: str) -> HttpResponse:
    """What its features can be chosen by."""
    return _of(request, name, _write_queryables)


def _write_queryables(request: HttpRequest, collection: Collection) -> Written:
    check_known(request.GET, ALWAYS)
    return compact(documents.queryables(origin_of(request), collection)).encode(), SCHEMA, {}


def items(request: HttpRequest, name: str) -> HttpResponse:
    """A page of its features."""
    return _of(request, name, _write_items)


def _write_items(request: HttpRequest, collection: Collection) -> Written:
    query = read_query(collection, request.GET)
    number = collection.number(query.equal) if query.only_properties else None
    page = read_page(collection, query)
    body = write_page(collection, query, page, origin_of(request), request.GET, number)
    return body, GEOJSON, {"Content-Crs": f"<{query.crs.uri}>"}


def item(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """One feature."""
    return _of(request, name, _write_item, key=key)


def _write_item(request: HttpRequest, collection: Collection, key: str) -> Written:
    check_known(request.GET, (*ALWAYS, "crs"))
    system = read_crs(request.GET, "crs")
    row = read_one(collection, key) if "\0" not in key else None
    if row is None:
        raise _missing()
    return write_one(collection, row, origin_of(request), system), GEOJSON, {"Content-Crs": f"<{system.uri}>"}


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address."""
    return answer(request, _nothing, (), kept=False)
