"""Registered cooperatives: the list by name, how many there are by place, and one. No person is in any answer."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema

from bpc.portal.api.asking import Commune, Province, Region, SectorCode, narrowest
from bpc.portal.api.problems import Problem, RefusedError
from bpc.portal.api.shapes import LICENCE
from bpc.portal.register.cells import CellError, read_number
from bpc.portal.register.models import CooperativeTally
from bpc.portal.register.queries import (
    Filters,
    Wanted,
    list_cooperatives,
    register_is_known,
    tallies_by_place,
    whole_cooperatives,
)

router = Router()
_NUMBER = r"^[0-9A-Za-z\u0621-\u064a-]{1,40}$"
_SAID = (
    "number", "name_fr", "name_ar", "activity", "registered_on", "year", "members", "women", "youth", "is_women",
    "is_youth", "status", "is_listed", "is_demo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CooperativeLine:
    """A cooperative as lists tell it. Null is what the register does not say; `territory` the finest place known."""

    number: str
    name_fr: str
    name_ar: str
    sector: str | None
    activity: str
    territory: str
    level: str
    year: int | None
    members: int | None
    is_women: bool | None
    is_youth: bool | None
    is_demo: bool


@dataclass(frozen=True, slots=True)
class OneCooperative:
    """All that the register says of one. `is_listed` False: the last whole register no longer names it."""

    number: str
    name_fr: str
    name_ar: str
    sector: str | None
    activity: str
    territory: str
    commune: str | None
    province: str | None
    region: str | None
    registered_on: date | None
    year: int | None
    members: int | None
    women: int | None
    youth: int | None
    is_women: bool | None
    is_youth: bool | None
    status: str
    is_listed: bool
    is_demo: bool
    licence: str


class CooperativeSlice(Schema):
    """A slice of the list, in order of names. `known` false: no register was imported, nothing is known.

    `count` is the number of all that answer, at least that number when `capped`. `next` is the `after` of the next.
    """

    known: bool
    count: int | None
    capped: bool
    next: str | None
    results: list[CooperativeLine]


class PlaceCount(Schema):
    """How many are known to be in a territory. Null where the register tells it of none of them."""

    territory: str
    count: int
    women: int | None
    youth: int | None
    members: int | None


class PlaceCounts(Schema):
    """One row per territory that has any; `known` false: no register was imported."""

    known: bool
    results: list[PlaceCount]


@router.get(
    "/cooperatives",
    response={200: CooperativeSlice, 404: Problem, 422: Problem},
    summary=_("Les coopératives du registre"),
    description=_(
        "Par ordre de nom, 24 à la fois ; « q » cherche dans les noms, en français ou en arabe. Pour la suite, rendez "
        "« next » dans « after ». « known » dit si un registre a été importé : sinon, rien n’est connu. Jamais le nom "
        "ni le téléphone d’une personne."
    ),
    openapi_extra={"x-example": "/api/v1/cooperatives?region=09&q=amal"},
)
def list_registered(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=100, description=_("Mots du nom"))] = "",
    region: Region = None,
    province: Province = None,
    commune: Commune = None,
    sector: SectorCode = None,
    women: Annotated[bool, Query(description=_("Coopératives féminines seulement"))] = False,
    youth: Annotated[bool, Query(description=_("Coopératives de jeunes seulement"))] = False,
    year: Annotated[int | None, Query(ge=1900, le=2100, description=_("Année d’immatriculation"))] = None,
    after: Annotated[str, Query(pattern=_NUMBER, description=_("Repère reçu dans « next »"))] = "",
) -> dict[str, Any]:
    """A slice of the list."""
    filters = Filters(narrowest(region, province, commune), sector or "", women, youth, year)
    page = list_cooperatives(Wanted(q.replace("\x00", " "), filters, after=after))
    known = register_is_known()
    lines = [
        CooperativeLine(
            number=card.number, name_fr=card.name_fr, name_ar=card.name_ar,
            sector=card.sector.code if card.sector else None, activity=card.activity, territory=card.territory.code,
            level=card.territory.level, year=card.year, members=card.members, is_women=card.is_women,
            is_youth=card.is_youth, is_demo=card.is_demo,
        )
        for card in page.cards
    ]  # fmt: skip
    return {
        "known": known,
        "count": page.total if known else None,
        "capped": page.capped,
        "next": lines[-1].number if page.has_next else None,
        "results": lines,
    }


@router.get(
    "/cooperatives/counts",
    response={200: PlaceCounts, 404: Problem, 422: Problem},
    summary=_("Les coopératives par territoire"),
    description=_(
        "Combien de coopératives du registre dans chaque région, province ou commune. Celles dont la commune n’est pas "
        "connue comptent dans leur province seulement. Un territoire absent n’en a pas, si « known » est vrai."
    ),
    openapi_extra={"x-example": "/api/v1/cooperatives/counts?level=region"},
)
def count_registered(
    request: HttpRequest,
    level: Annotated[
        Literal["region", "province", "commune"], Query(description=_("Niveau : region, province ou commune"))
    ] = "region",
    region: Region = None,
) -> dict[str, Any]:
    """From the kept tallies."""
    within = narrowest(region) or "MA"
    return {
        "known": register_is_known(),
        "results": [_counted(row) for row in tallies_by_place(level, within=within)],
    }


def _counted(row: CooperativeTally) -> dict[str, Any]:
    return {
        "territory": row.territory_id,
        "count": row.count,
        "women": row.women_count if row.women_known else None,
        "youth": row.youth_count if row.youth_known else None,
        "members": row.members if row.members_known else None,
    }


@router.get(
    "/cooperatives/{number}",
    response={200: OneCooperative, 404: Problem, 422: Problem},
    summary=_("Une coopérative du registre"),
    description=_("Tout ce que le registre en dit, avec les conditions de sa reprise."),
    openapi_extra={"x-example": "/api/v1/cooperatives/{number}"},
)
def one_registered(
    request: HttpRequest,
    number: Annotated[str, Path(pattern=_NUMBER, description=_("Numéro au registre"))],
) -> OneCooperative:
    """By its number, however written."""
    try:
        code = read_number(number) or number
    except CellError:
        code = number  # an invented one, or none
    row = whole_cooperatives().filter(number=code).first()
    if row is None:
        raise RefusedError(
            404, "unknown_cooperative", gettext("Aucune coopérative du registre n’a ce numéro.")
        )
    said = {name: getattr(row, name) for name in _SAID}
    return OneCooperative(
        **said, sector=row.sector_id, territory=row.territory_id, commune=row.commune_id, province=row.province_id,
        region=row.region_id, licence=LICENCE,
    )  # fmt: skip
