"""Territories: the list with its filters, and one in full."""

from collections.abc import Iterable
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema

from bpc.datasets.territories import Territory
from bpc.portal.api.problems import Problem
from bpc.portal.api.shapes import CODE, LICENCE, Level, PlaceName, named, place_or_refuse
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.reference.places import search_places

SOURCE = "HCP, recensements 2014 et 2024 ; limites HCP 2014"
BOX = r"^-?\d{1,3}(\.\d{1,8})?(,-?\d{1,3}(\.\d{1,8})?){3}$"
router = Router()


class TerritoryLine(PlaceName):
    """A territory in a list. `lon`, `lat`: a point inside it (degrees, WGS84)."""

    level: Level
    kind: str
    parent: str | None
    parent_name: PlaceName | None
    population_2024: int | None
    lon: float
    lat: float


class TerritoryPage(Schema):
    """One page of territories; `count` is the number of all that answer."""

    count: int
    page: int
    size: int
    results: list[TerritoryLine]


class NeighbourName(PlaceName):
    """A territory of the same level that shares a boundary, and the length they share in km."""

    shared_km: float


class TerritorySheet(TerritoryLine):
    """One territory in full. A figure that was not published is null, never zero."""

    population_2014: int | None
    households_2014: int | None
    households_2024: int | None
    area_km2: float
    centroid: tuple[float, float]
    box: tuple[float, float, float, float]
    children: list[PlaceName]
    neighbours: list[NeighbourName]
    source: str
    licence: str


def _line(place: Territory) -> TerritoryLine:
    return TerritoryLine(
        code=place.code,
        name_fr=place.name_fr,
        name_ar=place.name_ar,
        level=place.level,
        kind=place.type,
        parent=place.parent or None,
        parent_name=named(gazetteer().by_code[place.parent]) if place.parent else None,
        population_2024=place.population_2024,
        lon=place.lon,
        lat=place.lat,
    )


def _answering(query: str, level: str | None) -> Iterable[Territory]:
    """All in order of code, or the ones whose name answers, best first."""
    places = gazetteer().by_code
    if not query.strip():
        return (place for place in places.values() if level is None or place.level == level)
    return (places[place.code] for place in search_places(query, level=level, limit=len(places)))


def _filtered(
    places: Iterable[Territory], parent: str | None, within: str | None, bbox: str | None
) -> list[Territory]:
    found = list(places)
    if parent is not None:
        above = place_or_refuse(parent).code
        found = [place for place in found if place.parent == above]
    if within is not None:
        holder = place_or_refuse(within).code
        found = [place for place in found if gazetteer().within(holder, place.code)]
    if bbox is not None:
        west, south, east, north = (float(number) for number in bbox.split(","))
        found = [
            place
            for place in found
            if place.west <= east and place.east >= west and place.south <= north and place.north >= south
        ]
    return found


@router.get(
    "/territories",
    response={200: TerritoryPage, 404: Problem, 422: Problem},
    summary=_("Les territoires"),
    description=_(
        "Le pays, les 12 régions, les 75 provinces et préfectures, les 1 503 communes. Les filtres se "
        "combinent. Avec « q », les plus proches du nom cherché viennent en premier ; accents, article et "
        "variantes de l’écriture arabe ne comptent pas."
    ),
    openapi_extra={"x-example": "/api/v1/territories?q=taroudannt&level=commune"},
)
def list_territories(
    request: HttpRequest,
    level: Annotated[
        Level | None, Query(description=_("Niveau : country, region, province, commune"))
    ] = None,
    parent: Annotated[
        str | None, Query(pattern=CODE, description=_("Code du territoire dont on veut les subdivisions"))
    ] = None,
    within: Annotated[
        str | None, Query(pattern=CODE, description=_("Code du territoire où chercher, à tous les niveaux"))
    ] = None,
    q: Annotated[str, Query(max_length=80, description=_("Nom cherché, en français ou en arabe"))] = "",
    bbox: Annotated[
        str | None, Query(pattern=BOX, description=_("Rectangle « ouest,sud,est,nord » en degrés"))
    ] = None,
    page: Annotated[int, Query(ge=1, le=2000, description=_("Numéro de la page"))] = 1,
    size: Annotated[int, Query(ge=1, le=500, description=_("Nombre de lignes par page, 500 au plus"))] = 100,
) -> TerritoryPage:
    """One page of what answers all the filters."""
    found = _filtered(_answering(q, level), parent, within, bbox)
    start = (page - 1) * size
    lines = [_line(place) for place in found[start : start + size]]
    return TerritoryPage(count=len(found), page=page, size=size, results=lines)


@router.get(
    "/territories/{code}",
    response={200: TerritorySheet, 404: Problem, 422: Problem},
    summary=_("Un territoire"),
    description=_(
        "Population et ménages de 2014 et 2024, noms, parent, subdivisions, centre, rectangle, superficie "
        "calculée et voisins du même niveau avec la longueur de la limite commune."
    ),
    openapi_extra={"x-example": "/api/v1/territories/09.541.01.13"},
)
def one_territory(
    request: HttpRequest, code: Annotated[str, Path(pattern=CODE, description=_("Code HCP du territoire"))]
) -> TerritorySheet:
    """All that is known of it, with what touches it."""
    place = place_or_refuse(code)
    places = gazetteer()
    neighbours = []
    for pair in places.neighbours.get(code, ()):
        other = places.by_code[pair.neighbour]
        neighbours.append(
            NeighbourName(
                code=other.code, name_fr=other.name_fr, name_ar=other.name_ar, shared_km=pair.shared_km
            )
        )
    return TerritorySheet(
        **_line(place).model_dump(),
        population_2014=place.population_2014,
        households_2014=place.households_2014,
        households_2024=place.households_2024,
        area_km2=place.area_km2,
        centroid=(place.centroid_lon, place.centroid_lat),
        box=place.box,
        children=[named(places.by_code[child]) for child in places.children.get(code, ())],
        neighbours=neighbours,
        source=SOURCE,
        licence=LICENCE,
    )
