"""From a position to the commune that holds it."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema

from bpc.portal.api.problems import Problem, RefusedError
from bpc.portal.api.shapes import PlaceName, named
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.reference.places import locator

router = Router()


class Located(Schema):
    """The commune of a point, and what the commune is in."""

    lat: float
    lon: float
    commune: PlaceName
    province: PlaceName
    region: PlaceName


@router.get(
    "/locate",
    response={200: Located, 404: Problem, 422: Problem},
    summary=_("La commune d’un point"),
    description=_(
        "La commune qui contient le point ; en bord de mer et dans les ports, la plus proche à moins de "
        "2 km. Hors du Maroc ou au large, la réponse est 404 avec le code « outside »."
    ),
    openapi_extra={"x-example": "/api/v1/locate?lat=30.4703&lon=-8.8770"},
)
def locate(
    request: HttpRequest,
    lat: Annotated[
        float, Query(ge=-90, le=90, allow_inf_nan=False, description=_("Latitude en degrés (WGS84)"))
    ],
    lon: Annotated[
        float, Query(ge=-180, le=180, allow_inf_nan=False, description=_("Longitude en degrés (WGS84)"))
    ],
) -> Located:
    """The outlines decide; the nearest one along the shore."""
    code = locator().locate(lat, lon)
    if code is None:
        detail = gettext("Ce point se trouve hors du Maroc, ou en mer à plus de 2 km de la côte.")
        raise RefusedError(404, "outside", detail)
    places = gazetteer().by_code
    province = places[places[code].parent]
    commune, region = places[code], places[province.parent]
    return Located(lat=lat, lon=lon, commune=named(commune), province=named(province), region=named(region))
