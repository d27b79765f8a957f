"""Needs and opportunities told by people: the lists, and one. Never what is computed, never a person."""

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
from bpc.portal.observations.open_data import (
    ObservationFilter,
    OpenObservation,
    WholeObservation,
    list_open_observations,
    open_observation,
)
from bpc.portal.observations.states import Kind

router = Router()
Stage = Annotated[
    Literal["published", "answered", "closed"] | None,
    Query(description=_("État : published (en attente), answered (a reçu une réponse), closed (clos)")),
]
Limit = Annotated[int, Query(ge=1, le=200, description=_("Nombre de lignes, 200 au plus"))]
Reference = Annotated[
    str, Path(pattern=r"^[0-9A-Za-z -]{4,16}$", description=_("Code du signalement, par exemple K7M4-2QX"))
]
_LIST = _(
    "Les plus récents d’abord, sans les textes longs. Pour la suite, rendez « next » dans « after ». Jamais le nom ni "
    "les coordonnées d’une personne ; une position donnée par l’auteur est arrondie à 100 m environ. Ce qui est dit de "
    "toute une province n’a pas de commune."
)
_ONE = _("Le texte, dans la langue où il a été écrit, sans rien sur son auteur.")


class ObservationPage(Schema):
    """A slice of the list, newest first. `next` is the `after` of the following slice, null at the end.

    `count` is the number of all that answer, null when no kept count tells it (a category, a sector, a state).
    """

    count: int | None
    next: str | None
    results: list[OpenObservation]


@dataclass(frozen=True, slots=True)
class LicensedObservation(WholeObservation):
    """A need or an opportunity with its text, and on which terms it may be reused."""

    licence: str


def _page(chosen: ObservationFilter, limit: int, after: str | None) -> dict[str, Any]:
    found, mark = list_open_observations(chosen, limit=limit, after=read_mark(after))
    return {"count": chosen.count(), "next": write_mark(mark), "results": found}


def _one(kind: Kind, reference: str) -> LicensedObservation:
    found = open_observation(kind, reference)
    if found is None:
        raise RefusedError(404, "unknown_observation", gettext("Rien n’est publié sous ce code."))
    return LicensedObservation(**asdict(found), licence=LICENCE)


@router.get(
    "/needs",
    response={200: ObservationPage, 404: Problem, 422: Problem},
    summary=_("Les besoins signalés"),
    description=_LIST,
    openapi_extra={"x-example": "/api/v1/needs?limit=2"},
)
def list_needs(
    request: HttpRequest,
    region: Region = None,
    province: Province = None,
    commune: Commune = None,
    category: Annotated[
        str | None, Query(pattern=r"^N\d{2}$", description=_("Code de la catégorie, de N01 à N12"))
    ] = None,
    sector: SectorCode = None,
    state: Stage = None,
    after: After = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """A slice of the list."""
    place = narrowest(region, province, commune)
    return _page(ObservationFilter(Kind.NEED, place, category or "", sector or "", state or ""), limit, after)


@router.get(
    "/needs/{reference}",
    response={200: LicensedObservation, 404: Problem, 422: Problem},
    summary=_("Un besoin signalé"),
    description=_ONE,
    openapi_extra={"x-example": "/api/v1/needs/{reference}"},
)
def one_need(request: HttpRequest, reference: Reference) -> LicensedObservation:
    """With its text."""
    return _one(Kind.NEED, reference)


@router.get(
    "/opportunities",
    response={200: ObservationPage, 404: Problem, 422: Problem},
    summary=_("Les opportunités signalées"),
    description=_LIST,
    openapi_extra={"x-example": "/api/v1/opportunities?limit=2"},
)
def list_opportunities(
    request: HttpRequest,
    region: Region = None,
    province: Province = None,
    commune: Commune = None,
    category: Annotated[
        str | None, Query(pattern=r"^O\d{2}$", description=_("Code de la catégorie, de O01 à O12"))
    ] = None,
    sector: SectorCode = None,
    state: Stage = None,
    after: After = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """A slice of the list."""
    place = narrowest(region, province, commune)
    chosen = ObservationFilter(Kind.OPPORTUNITY, place, category or "", sector or "", state or "")
    return _page(chosen, limit, after)


@router.get(
    "/opportunities/{reference}",
    response={200: LicensedObservation, 404: Problem, 422: Problem},
    summary=_("Une opportunité signalée"),
    description=_ONE,
    openapi_extra={"x-example": "/api/v1/opportunities/{reference}"},
)
def one_opportunity(request: HttpRequest, reference: Reference) -> LicensedObservation:
    """With its text."""
    return _one(Kind.OPPORTUNITY, reference)
