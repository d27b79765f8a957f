"""Indicators: the dictionary, and the values of one at a level as compact lists."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema

from bpc.datasets.census import Area, Indicator, Sex
from bpc.portal.api.problems import Problem, RefusedError
from bpc.portal.api.shapes import CODE, LICENCE, Level, place_or_refuse
from bpc.portal.reference.census import census
from bpc.portal.reference.gazetteer import gazetteer

router = Router()
#: The night both censuses refer to.
CENSUS_NIGHT = {2014: "2014-09-01", 2024: "2024-09-01"}
PUBLISHER = "Haut-Commissariat au Plan, RGPH {year}"
IDENTIFIER = r"^[a-z][a-z0-9_]{1,79}$"


class TopicLine(Schema):
    """A group of indicators, with a note on the quality of its figures (may be empty)."""

    id: str
    name_fr: str
    name_ar: str
    note_fr: str
    note_ar: str


class Breakdown(Schema):
    """A combination for which figures were published."""

    year: int
    area: Area
    sex: Sex


class IndicatorLine(Schema):
    """One entry of the dictionary; `years` latest first, `denominator` the indicator a share applies to."""

    id: str
    topic: str
    label_fr: str
    label_ar: str
    unit: str
    direction: Literal["higher", "lower", "neutral"]
    years: list[int]
    comparable: bool
    comparison_fr: str
    comparison_ar: str
    breakdowns: list[Breakdown]
    sources: list[str]
    confidence: Literal["official", "deduced"]
    denominator: str | None
    method_fr: str
    method_ar: str


class IndicatorList(Schema):
    """The whole dictionary."""

    count: int
    licence: str
    topics: list[TopicLine]
    results: list[IndicatorLine]


class IndicatorValues(Schema):
    """`values[i]` is the figure of `codes[i]`, null where nothing was published (unknown is not zero).

    `deduced` lists the codes whose figure was computed from published ones; `date` is the census night.
    """

    indicator: str
    label_fr: str
    label_ar: str
    unit: str
    level: Level
    within: str
    year: int
    area: Area
    sex: Sex
    date: str
    source: str
    sources: list[str]
    licence: str
    codes: list[str]
    values: list[float | None]
    deduced: list[str]


def _line(entry: Indicator) -> IndicatorLine:
    return IndicatorLine(
        id=entry.id,
        topic=entry.topic,
        label_fr=entry.label_fr,
        label_ar=entry.label_ar,
        unit=entry.unit,
        direction=entry.direction,
        years=list(entry.years),
        comparable=entry.comparable,
        comparison_fr=entry.comparison_fr,
        comparison_ar=entry.comparison_ar,
        breakdowns=[Breakdown(year=year, area=area, sex=sex) for year, area, sex in entry.breakdowns],
        sources=list(entry.sources),
        confidence=entry.confidence,
        denominator=entry.denominator or None,
        method_fr=entry.method_fr,
        method_ar=entry.method_ar,
    )


def _entry_or_refuse(identifier: str) -> Indicator:
    entry = census().indicators.get(identifier)
    if entry is None:
        detail = gettext("Aucun indicateur ne s’appelle %(id)s.") % {"id": identifier}
        raise RefusedError(404, "unknown_indicator", detail)
    return entry


@router.get(
    "/indicators",
    response={200: IndicatorList, 422: Problem},
    summary=_("Les indicateurs"),
    description=_(
        "Le dictionnaire : libellé en français et en arabe, unité, années, croisements publiés, sources, "
        "méthode, et si le chiffre est officiel ou déduit de chiffres officiels."
    ),
    openapi_extra={"x-example": "/api/v1/indicators?topic=water"},
)
def list_indicators(
    request: HttpRequest,
    topic: Annotated[str | None, Query(max_length=40, description=_("Thème, par exemple « labour »"))] = None,
    year: Annotated[int | None, Query(ge=1900, le=2100, description=_("Année du recensement"))] = None,
) -> IndicatorList:
    """The dictionary, whole or by topic and year."""
    found = [
        entry
        for entry in census().indicators.values()
        if (topic is None or entry.topic == topic) and (year is None or year in entry.years)
    ]
    shown = {entry.topic for entry in found}
    topics = [
        TopicLine(id=t.id, name_fr=t.name_fr, name_ar=t.name_ar, note_fr=t.note_fr, note_ar=t.note_ar)
        for t in census().topics
        if t.id in shown
    ]
    return IndicatorList(
        count=len(found), licence=LICENCE, topics=topics, results=[_line(entry) for entry in found]
    )


@router.get(
    "/indicators/{id}",
    response={200: IndicatorLine, 404: Problem, 422: Problem},
    summary=_("Un indicateur"),
    description=_("Une entrée du dictionnaire."),
    openapi_extra={"x-example": "/api/v1/indicators/labour_unemployment_rate"},
)
def one_indicator(
    request: HttpRequest,
    id: Annotated[str, Path(pattern=IDENTIFIER, description=_("Identifiant de l’indicateur"))],
) -> IndicatorLine:
    """One entry."""
    return _line(_entry_or_refuse(id))


def _whole(figure: float) -> float | int | None:
    """NaN as null, and no decimal point where there is nothing after it."""
    if figure != figure:
        return None
    return int(figure) if figure.is_integer() else figure


@router.get(
    "/indicators/{id}/values",
    response={200: IndicatorValues, 404: Problem, 422: Problem},
    summary=_("Les valeurs d’un indicateur"),
    description=_(
        "Deux listes de même longueur : les codes des territoires du niveau demandé et leurs valeurs. Ce "
        "que le recensement n’a pas publié vaut null, jamais zéro. Sans « year », l’année la plus récente."
    ),
    openapi_extra={"x-example": "/api/v1/indicators/labour_unemployment_rate/values?level=region&sex=female"},
)
def indicator_values(
    request: HttpRequest,
    id: Annotated[str, Path(pattern=IDENTIFIER, description=_("Identifiant de l’indicateur"))],
    level: Annotated[Level, Query(description=_("Niveau : country, region, province ou commune"))] = "region",
    year: Annotated[int | None, Query(ge=1900, le=2100, description=_("Année du recensement"))] = None,
    area: Annotated[Area, Query(description=_("Milieu : total, urban ou rural"))] = "total",
    sex: Annotated[Sex, Query(description=_("Sexe : all, male ou female"))] = "all",
    within: Annotated[str, Query(pattern=CODE, description=_("Code du territoire où se limiter"))] = "MA",
) -> dict[str, Any]:
    """Codes and figures in two lists, straight from the cube."""
    entry, cube, places = _entry_or_refuse(id), census(), gazetteer()
    at = entry.years[0] if year is None else year
    if (at, area, sex) not in entry.breakdowns:
        detail = gettext("Cet indicateur n’est pas publié pour cette année, ce milieu et ce sexe.")
        raise RefusedError(404, "not_published", detail)
    holder = place_or_refuse(within).code
    codes = [
        code
        for code in cube.territories
        if places.by_code[code].level == level and places.within(holder, code)
    ]
    column = cube.column(id, at, area, sex).tolist()
    return {
        "indicator": id,
        "label_fr": entry.label_fr,
        "label_ar": entry.label_ar,
        "unit": entry.unit,
        "level": level,
        "within": holder,
        "year": at,
        "area": area,
        "sex": sex,
        "date": CENSUS_NIGHT[at],
        "source": PUBLISHER.format(year=at),
        "sources": list(entry.sources),
        "licence": LICENCE,
        "codes": codes,
        "values": [_whole(column[cube.position[code]]) for code in codes],
        "deduced": [code for code in codes if cube.is_deduced(code, id, at)],
    }
