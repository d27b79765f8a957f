"""What became of projects, as published each quarter by territory and sector; nothing from fewer than five of them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema

from bpc.portal.api.asking import Commune, Province, Region, narrowest
from bpc.portal.api.problems import Problem
from bpc.portal.api.shapes import LICENCE, Level
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.results.counting import MEASURES
from bpc.portal.results.public_figures import PublicRow, current_quarter, narrowed, public_row

router = Router()
Measure = Literal[
    "living", "members", "women", "youth", "jobs_permanent", "jobs_seasonal", "turnover_mad",
    "income_per_member_mad", "silent",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResultFigure:
    """A figure. `value` is null where nobody told it or, `hidden`, where it may not be told: never zero.

    living, silent: projects; members to jobs_seasonal: persons, added up; turnover_mad, income_per_member_mad: dirhams
    of a year, the median, to two significant figures. `projects`: from how many answers. `low`, `high`: nine chances
    in ten, in percent of the answers for living; null under twenty answers.
    """

    measure: Measure
    value: float | None
    low: float | None
    high: float | None
    projects: int | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A territory, all sectors together where `sector` is null. `projects_answered` is null where it is hidden."""

    territory: str
    level: Level
    name_fr: str
    name_ar: str
    sector: str | None
    projects_answered: int | None
    figures: list[ResultFigure]


class ResultPage(Schema):
    """One page of results. `last_day`: of the answers counted, null while nothing was published.

    `confidence`: told by the groups themselves and not verified. `demonstration`: invented projects only.
    """

    last_day: str | None
    confidence: Literal["estimate"]
    demonstration: bool
    licence: str
    count: int
    page: int
    size: int
    results: list[ResultLine]


def _line(row: PublicRow) -> ResultLine:
    place = gazetteer().by_code[row.place]
    figures = [
        ResultFigure(name, one.value, one.low, one.high, one.projects, one.hidden)  # type: ignore[arg-type]
        for name, one in ((name, row.figures[name]) for name in MEASURES)
    ]
    return ResultLine(
        row.place, place.level, place.name_fr, place.name_ar, row.sector or None, row.answered, figures
    )


@router.get(
    "/results",
    response={200: ResultPage, 404: Problem, 422: Problem},
    summary=_("Ce que deviennent les projets"),
    description=_(
        "Ce que disent les groupes de leur projet démarré, additionné par territoire et par secteur, publié une fois "
        "par trimestre. Aucun chiffre ne vient de moins de cinq projets, ni ne ferait retrouver un tel chiffre par "
        "soustraction. Le lieu donné et ceux qu’il contient répondent."
    ),
    openapi_extra={"x-example": "/api/v1/results?level=region&size=2"},
)
def list_results(
    request: HttpRequest,
    region: Region = None,
    province: Province = None,
    commune: Commune = None,
    level: Annotated[Level | None, Query(description=_("Niveau des territoires voulus"))] = None,
    sector: Annotated[
        str | None,
        Query(
            pattern=r"^([a-z_]{1,20}|all)$",
            description=_(
                "Code d’un secteur (pays et régions seulement), « all » pour tous ; sans lui, leur ensemble"
            ),
        ),
    ] = None,
    page: Annotated[int, Query(ge=1, le=2000, description=_("Numéro de la page"))] = 1,
    size: Annotated[int, Query(ge=1, le=500, description=_("Nombre de lignes par page, 500 au plus"))] = 100,
) -> dict[str, Any]:
    """One page of what answers all the filters, by place then sector."""
    place = narrowest(region, province, commune)
    quarter = current_quarter()
    start = (page - 1) * size
    rows, count = [], 0
    if quarter is not None:
        wanted = None if sector == "all" else sector or ""
        found = narrowed(quarter, place=place, level=level or "", sector=wanted)
        count = found.count()
        rows = [public_row(row, quarter) for row in found[start : start + size]]
    return {
        "last_day": None if quarter is None else (quarter.until - timedelta(days=1)).isoformat(),
        "confidence": "estimate",
        "demonstration": quarter is not None and quarter.is_demo,
        "licence": LICENCE,
        "count": count,
        "page": page,
        "size": size,
        "results": [_line(row) for row in rows],
    }
