"""Published ideas: the list, one, and points for a map. No answer holds a personal datum."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema

from bpc.portal.api.asking import (
    After,
    Commune,
    Province,
    Region,
    SectorCode,
    narrowest,
    read_mark,
    write_mark,
)
from bpc.portal.api.problems import Problem, RefusedError
from bpc.portal.api.shapes import LICENCE
from bpc.portal.ideas.open_data import (
    IdeaFilter,
    OpenIdea,
    WholeIdea,
    ideas_per_commune,
    list_open_ideas,
    open_idea,
)
from bpc.portal.reference.gazetteer import gazetteer

router = Router()
MOST_POINTS = 2000
_ON_MAP = ("reference", "title", "language", "sector", "commune", "position", "support_count", "is_demo")
_LANGUAGE = r"^[a-z]{2,3}$"


class IdeaPage(Schema):
    """A slice of the list, newest first. `next` is the `after` of the following slice, null at the end.

    `count` is the number of all that answer, null when it is filtered by language.
    """

    count: int | None
    next: str | None
    results: list[OpenIdea]


@dataclass(frozen=True, slots=True)
class LicensedIdea(WholeIdea):
    """An idea with its texts, and on which terms they may be reused."""

    licence: str


class Point(Schema):
    """A GeoJSON point: longitude, latitude."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class Feature(Schema):
    """One idea, or all ideas of a commune."""

    type: Literal["Feature"]
    id: str
    geometry: Point
    properties: dict[str, str | int | bool]


class FeatureCollection(Schema):
    """`detail` says what a point is, `count` the number of ideas; `truncated`: points were left out."""

    type: Literal["FeatureCollection"]
    detail: Literal["ideas", "communes"]
    count: int
    truncated: bool
    features: list[Feature]


def _filter(
    region: str | None,
    province: str | None,
    commune: str | None,
    sector: str | None,
    language: str | None = None,
) -> IdeaFilter:
    """The narrowest of the three places; the wider ones must hold it."""
    place = narrowest(region, province, commune)
    return IdeaFilter(territory=place, sector=sector or "", language=language or "")


@router.get(
    "/ideas",
    response={200: IdeaPage, 404: Problem, 422: Problem},
    summary=_("Les idées publiées"),
    description=_(
        "Les plus récentes d’abord, sans les textes longs. Pour la suite, rendez « next » dans « after ». "
        "Jamais le nom ni les coordonnées d’une personne ; une position donnée par l’auteur est arrondie à "
        "100 m environ."
    ),
    openapi_extra={"x-example": "/api/v1/ideas?limit=2"},
)
def list_ideas(
    request: HttpRequest,
    region: Region = None,
    province: Province = None,
    commune: Commune = None,
    sector: SectorCode = None,
    language: Annotated[
        str | None, Query(pattern=_LANGUAGE, description=_("Langue de l’idée : fr, ar…"))
    ] = None,
    after: After = None,
    limit: Annotated[int, Query(ge=1, le=200, description=_("Nombre d’idées, 200 au plus"))] = 50,
) -> dict[str, Any]:
    """A slice of the list."""
    chosen = _filter(region, province, commune, sector, language)
    ideas, mark = list_open_ideas(chosen, limit=limit, after=read_mark(after))
    return {"count": chosen.count(), "next": write_mark(mark), "results": ideas}


@router.get(
    "/ideas.geojson",
    response={200: FeatureCollection, 404: Problem, 422: Problem},
    summary=_("Les idées sur une carte"),
    description=_(
        "GeoJSON. Un point par idée ; au-delà de 2 000 idées, un point par commune avec leur nombre. "
        "« detail » impose l’un ou l’autre ; les points sont alors limités aux 2 000 idées les plus récentes."
    ),
    openapi_extra={"x-example": "/api/v1/ideas.geojson?detail=communes"},
)
def ideas_geojson(
    request: HttpRequest,
    region: Region = None,
    province: Province = None,
    commune: Commune = None,
    sector: SectorCode = None,
    detail: Annotated[
        Literal["auto", "ideas", "communes"],
        Query(description=_("Ce qu’est un point : auto, ideas ou communes")),
    ] = "auto",
) -> dict[str, Any]:
    """Points, fewer than a phone can bear."""
    chosen = _filter(region, province, commune, sector)
    total = chosen.count() or 0
    per_commune = detail == "communes" or (detail == "auto" and total > MOST_POINTS)
    features = list(_commune_points(chosen) if per_commune else _idea_points(chosen))
    return {
        "type": "FeatureCollection",
        "detail": "communes" if per_commune else "ideas",
        "count": total,
        "truncated": not per_commune and total > len(features),
        "features": features,
    }


def _feature(key: str, lon: float, lat: float, properties: dict[str, str | int | bool]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": (lon, lat)}
    return {"type": "Feature", "id": key, "geometry": point, "properties": properties}


def _commune_points(chosen: IdeaFilter) -> Iterable[dict[str, Any]]:
    places = gazetteer().by_code
    for code, number in ideas_per_commune(chosen):
        place = places[code]
        names: dict[str, str | int | bool] = {"name_fr": place.name_fr, "name_ar": place.name_ar}
        yield _feature(code, place.lon, place.lat, {"commune": code, **names, "count": number})


def _idea_points(chosen: IdeaFilter) -> Iterable[dict[str, Any]]:
    ideas, _mark = list_open_ideas(chosen, limit=MOST_POINTS)
    for idea in ideas:
        yield _feature(idea.reference, idea.lon, idea.lat, {name: getattr(idea, name) for name in _ON_MAP})


@router.get(
    "/ideas/{reference}",
    response={200: LicensedIdea, 404: Problem, 422: Problem},
    summary=_("Une idée publiée"),
    description=_(
        "Le besoin et la proposition, dans la langue où ils ont été écrits, sans rien sur leur auteur."
    ),
    openapi_extra={"x-example": "/api/v1/ideas/{reference}"},
)
def one_idea(
    request: HttpRequest,
    reference: Annotated[
        str, Path(pattern=r"^[0-9A-Za-z -]{4,16}$", description=_("Code de l’idée, par exemple K7M4-2QX"))
    ],
) -> LicensedIdea:
    """With its texts."""
    idea = open_idea(reference)
    if idea is None:
        raise RefusedError(404, "unknown_idea", gettext("Aucune idée n’est publiée sous ce code."))
    return LicensedIdea(**asdict(idea), licence=LICENCE)
