"""Features written as GeoJSON: text put together piece by piece, since geometries come out of GEOS already written."""

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import numpy as np
import shapely
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override
from numpy.typing import NDArray

from bpc.portal.ogc.collection import Collection, Property, Row
from bpc.portal.ogc.crs import ReferenceSystem, written_in
from bpc.portal.ogc.links import GEOJSON, HTML, JSON, Link, address, link
from bpc.portal.ogc.query import Query, write_mark
from bpc.portal.ogc.reading import Page


def compact(content: Any) -> str:
    """JSON without spaces, Arabic as written."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def instant(moment: datetime) -> str:
    """A moment in UTC, as RFC 3339 writes it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _value(one: Property, row: Row) -> Any:
    value = one.value(row) if one.value is not None else row[one.path]
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value  # nothing said is unknown, never an empty text


def _features(
    collection: Collection, rows: list[Row], geometries: NDArray[np.object_], system: ReferenceSystem
) -> list[str]:
    """Each feature without its closing brace, so that links may follow."""
    if not rows:
        return []
    shapes = shapely.to_geojson(written_in(system, geometries))
    written = []
    for row, shape in zip(rows, shapes, strict=True):
        properties = compact({one.name: _value(one, row) for one in collection.properties})
        name = compact(str(row[collection.name]))
        written.append(
            f'{{"type":"Feature","id":{name},"geometry":{shape or "null"},"properties":{properties}'
        )
    return written


def write_page(
    collection: Collection, query: Query, page: Page, origin: str, given: QueryDict, number: int | None
) -> bytes:
    """A page as a FeatureCollection; `number`: how many features answer, where that is known."""
    head: dict[str, Any] = {"type": "FeatureCollection"}
    if number is not None:
        head["numberMatched"] = number
    head |= {"numberReturned": len(page.rows), "timeStamp": instant(timezone.now())}
    head["links"] = page_links(collection, page, origin, given)
    features = ",\n".join(
        f"{feature}}}" for feature in _features(collection, page.rows, page.geometries, query.crs)
    )
    return f'{compact(head)[:-1]},"features":[\n{features}\n]}}\n'.encode()


def page_links(collection: Collection, page: Page, origin: str, given: QueryDict) -> list[Link]:
    """This page, the collection, and the next page where there is one."""
    here = address(origin, "items", collection.id)
    asked = given.dict()
    links = [
        link(f"{here}?{urlencode(asked)}" if asked else here, "self", GEOJSON),
        link(address(origin, "collection", collection.id), "collection", JSON),
    ]
    if page.mark is not None:
        following = {**asked, "cursor": write_mark(collection.order, page.mark)}
        links.append(link(f"{here}?{urlencode(following)}", "next", GEOJSON))
    return links


def write_one(collection: Collection, row: Row, origin: str, system: ReferenceSystem) -> bytes:
    """One feature with its links, the pages where a person reads it among them."""
    (feature,) = _features(collection, [row], collection.place.geometries([row]), system)
    name = str(row[collection.name])
    asked = {} if system.kept_as_is else {"crs": system.uri}
    links = [
        link(address(origin, "item", collection.id, name, **asked), "self", GEOJSON),
        link(address(origin, "collection", collection.id), "collection", JSON),
    ]
    if collection.page is not None:
        for language in ("fr", "ar"):
            with override(language):
                read_at = f"{origin}{collection.page(name)}"
            links.append(link(read_at, "alternate", HTML, hreflang=language))
    return f'{feature},"links":{compact(links)}}}\n'.encode()
