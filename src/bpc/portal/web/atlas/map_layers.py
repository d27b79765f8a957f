"""The interactive map and what it loads: outlines, meetings. Ideas come from the API."""

import gzip
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.atlas.country import country, name_in
from bpc.portal.atlas.layers import commune_outlines, wide_outlines
from bpc.portal.foundation.page_cache import accepts_gzip, kept_for_strangers
from bpc.portal.foundation.permissions import visible
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.states import GatheringState
from bpc.portal.reference.census import census
from bpc.portal.register.queries import register_is_known

_WEEK = 7 * 24 * 3600


@kept_for_strangers("reference", "register")
def interactive_map(request: HttpRequest) -> HttpResponse:
    """The page; without JavaScript or WebGL it leads to the plain map, which says the same."""
    language = get_language() or "fr"
    places = country()
    regions = [
        {
            "code": place.code,
            "name": name_in(place, language),
            "lon": f"{place.lon:.3f}",
            "lat": f"{place.lat:.3f}",
        }
        for place in (places.places[code] for code in places.by_level["region"])
    ]
    context = {
        "regions": regions,
        # outlines are kept by the browser for a week: a new edition of the data has another address
        "edition": census().fingerprint,
        "sheet_address": reverse("web:territory", args=["MA"]).removesuffix("MA"),
        "layers": _point_layers(),
    }
    return render(request, "atlas/interactive_map.html", context)


def _point_layers() -> list[dict[str, Any]]:
    """The layers of points a visitor can show, each loaded when it is: the one list the page and its script follow.

    `page`: what follows it is a reference; empty where a point leads to the sheet of its place.
    """
    layers = [
        {"id": "ideas", "label": _("Idées publiées"), "word": _("idées"), "page": reverse("web:ideas")},
        {"id": "needs", "label": _("Besoins signalés"), "word": _("besoins"), "page": reverse("web:needs")},
        {
            "id": "opportunities",
            "label": _("Opportunités signalées"),
            "word": _("opportunités"),
            "page": reverse("web:opportunities"),
        },
    ]
    if register_is_known():
        word = _("coopératives")
        layers.append({"id": "cooperatives", "label": _("Coopératives inscrites"), "word": word, "page": ""})
    for layer in layers:
        layer["points"] = reverse("web:map_spots", args=[layer["id"]])
    layers[0]["points"] = "/api/v1/ideas.geojson"
    return layers


def _packed(request: HttpRequest, body: bytes) -> HttpResponse:
    """Bytes compressed beforehand, for browsers that read them; the address tells the edition."""
    response = HttpResponse(content_type="application/json")
    if accepts_gzip(request):
        response.content = body
        response["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(body)
    response["Cache-Control"] = f"public, max-age={_WEEK}"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def outlines(request: HttpRequest) -> HttpResponse:
    """Regions and provinces as TopoJSON."""
    return _packed(request, wide_outlines(get_language() or "fr"))


def region_outlines(request: HttpRequest, region: str) -> HttpResponse:
    """The communes of one region as TopoJSON; 404 when no region has this code."""
    try:
        return _packed(request, commune_outlines(region, get_language() or "fr"))
    except KeyError:
        raise Http404(region) from None


@kept_for_strangers("reference", "gatherings")
def gathering_points(request: HttpRequest) -> HttpResponse:
    """Meetings whose commune is known, as GeoJSON points."""
    shown = visible(request.user, Gathering).exclude(state=GatheringState.CANCELLED)
    meetings = shown.filter(commune__isnull=False, is_demo=False).select_related("commune")
    features = [_meeting(meeting, get_language() or "fr") for meeting in meetings]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _meeting(meeting: Gathering, language: str) -> dict[str, Any]:
    assert meeting.commune is not None  # filtered by the caller
    city = getattr(meeting, f"city_{language}", "") or meeting.city_fr
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [meeting.commune.lon, meeting.commune.lat]},
        "properties": {
            "city": city,
            "commune": meeting.commune_id,
            "date": meeting.date.isoformat() if meeting.date else "",
        },
    }
