"""What territories produce or hold: the list with its filters, and one. Each row says of which place it speaks."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema

from bpc.portal.api.asking import Commune, Province, Region, SectorCode, narrowest
from bpc.portal.api.problems import Problem, RefusedError
from bpc.portal.api.shapes import LICENCE, Level
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.resources.queries import ResourceFact, all_active

router = Router()
Scope = Literal["here", "above", "inside", "all"]


@dataclass(frozen=True, slots=True)
class ResourceLine(ResourceFact):
    """A resource. `territory` is exactly what its source speaks of, at `level`: never to be told of a smaller place.

    `lon`, `lat`: the representative point of that territory (degrees, WGS84). `season_start`, `season_end`: months from
    1 to 12, null when nobody knows.
    """

    level: Level
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class LicensedResource(ResourceLine):
    """A resource, and on which terms it may be reused."""

    licence: str


class ResourcePage(Schema):
    """One page of resources; `count` is the number of all that answer."""

    count: int
    page: int
    size: int
    results: list[ResourceLine]


def _line(fact: ResourceFact) -> ResourceLine:
    place = gazetteer().by_code[fact.territory]
    return ResourceLine(**asdict(fact), level=place.level, lon=place.lon, lat=place.lat)


def _is_in_scope(fact: ResourceFact, place: str, scope: Scope) -> bool:
    """Of the place itself, of a place that holds it, of a place in it, or any of these."""
    places = gazetteer()
    if fact.territory == place:
        return scope in {"here", "all"}
    if places.within(place, fact.territory):
        return scope in {"inside", "all"}
    return scope in {"above", "all"} and places.within(fact.territory, place)


@router.get(
    "/resources",
    response={200: ResourcePage, 404: Problem, 422: Problem},
    summary=_("Les ressources des territoires"),
    description=_(
        "Produits et savoir-faire, avec leur preuve et leur fiabilité. « territory » est le lieu dont parle la source "
        "(ce qui est dit d’une province ne l’est d’aucune de ses communes). « scope » dit quoi chercher autour du lieu "
        "donné."
    ),
    openapi_extra={"x-example": "/api/v1/resources?product=saffron&size=2"},
)
def list_resources(
    request: HttpRequest,
    region: Region = None,
    province: Province = None,
    commune: Commune = None,
    scope: Annotated[
        Scope,
        Query(
            description=_(
                "here : du lieu même ; inside : des lieux qu’il contient ; above : de ceux qui le contiennent ; "
                "all : tous"
            )
        ),
    ] = "all",
    product: Annotated[
        str | None, Query(pattern=r"^[a-z_]{1,30}$", description=_("Code d’un produit, par exemple saffron"))
    ] = None,
    sector: SectorCode = None,
    confidence: Annotated[
        Literal["sourced", "reported", "to_verify"] | None,
        Query(description=_("Fiabilité : sourced (une source publiée), reported (dit sur place), to_verify")),
    ] = None,
    page: Annotated[int, Query(ge=1, le=2000, description=_("Numéro de la page"))] = 1,
    size: Annotated[int, Query(ge=1, le=500, description=_("Nombre de lignes par page, 500 au plus"))] = 100,
) -> dict[str, Any]:
    """One page of what answers all the filters, by place."""
    place = narrowest(region, province, commune)
    found = [
        fact
        for fact in all_active()
        if (not place or _is_in_scope(fact, place, scope))
        and (product is None or product in fact.products)
        and (sector is None or fact.sector == sector)
        and (confidence is None or fact.confidence == confidence)
    ]
    start = (page - 1) * size
    lines = [_line(fact) for fact in found[start : start + size]]
    return {"count": len(found), "page": page, "size": size, "results": lines}


@router.get(
    "/resources/{reference}",
    response={200: LicensedResource, 404: Problem, 422: Problem},
    summary=_("Une ressource"),
    description=_("La même ligne, seule, avec les conditions de sa reprise."),
    openapi_extra={"x-example": "/api/v1/resources/{reference}"},
)
def one_resource(
    request: HttpRequest,
    reference: Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,12}$", description=_("Code de la ressource"))],
) -> LicensedResource:
    """By its code."""
    found = next((fact for fact in all_active() if fact.reference == reference), None)
    if found is None:
        raise RefusedError(404, "unknown_resource", gettext("Aucune ressource ne porte ce code."))
    return LicensedResource(**asdict(_line(found)), licence=LICENCE)
