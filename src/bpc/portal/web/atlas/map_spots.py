"""Points for the interactive map, few enough for a slow line: one each, or one a place where there are many."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language

from bpc.portal.atlas.country import country, name_in
from bpc.portal.atlas.points import Counts, Narrowing, finest
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.observations.open_data import ObservationFilter, list_open_observations
from bpc.portal.web.atlas.map_points import LAYERS

#: Points told one by one; beyond, each place has one with its number. Both weigh less than 60 kB compressed.
MOST = 300
_DECIMALS = 3


@kept_for_strangers("reference", "observations", "register")
def spots(request: HttpRequest, layer: str) -> HttpResponse:
    """Open needs or opportunities, or the cooperatives of the register, as GeoJSON; 404 for another layer.

    `known` is false where nobody knows how many there are.
    """
    if layer not in {"needs", "opportunities", "cooperatives"}:
        raise Http404(layer)
    counts = LAYERS[layer].count(Narrowing())
    kind = LAYERS[layer].kind
    total = (counts or {}).get("MA", 0) or 0
    features = list(_told(kind) if kind and total <= MOST else _counted(counts))
    return JsonResponse({"type": "FeatureCollection", "known": counts is not None, "features": features})


def _told(kind: str) -> Iterable[dict[str, Any]]:
    """One point each: where its author put it, else that of its commune or province."""
    for state in ("published", "answered"):
        rows, _mark = list_open_observations(ObservationFilter(kind, state=state), limit=MOST)
        for one in rows:
            yield _feature(
                one.lon, one.lat, {"reference": one.reference, "title": one.title, "place": one.territory}
            )


def _counted(counts: Counts) -> Iterable[dict[str, Any]]:
    """One point a place, with how many are known of it and of nothing smaller in it."""
    places, language = country().places, get_language() or "fr"
    for code, number in sorted(finest(counts or {}).items()):
        place = places[code]
        yield _feature(
            place.lon, place.lat, {"place": code, "count": number, "title": name_in(place, language)}
        )


def _feature(lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": (round(lon, _DECIMALS), round(lat, _DECIMALS))}
    return {"type": "Feature", "geometry": point, "properties": properties}
