"""Which model fits which commune: rows with the reasons and the objections, the best first."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema
from pydantic import Field

from bpc.portal.api.asking import Province, Region, narrowest
from bpc.portal.api.calculations import meter
from bpc.portal.api.problems import Problem, RefusedError
from bpc.portal.api.project_models import SLUG
from bpc.portal.api.shapes import LICENCE, place_or_refuse
from bpc.portal.atlas.fit import (
    DEFAULT,
    NATION,
    Fit,
    FitPart,
    Weights,
    fit_of,
    fits_of_place,
    models_with_fit,
    places_for_model,
)
from bpc.portal.atlas.fit_reasons import Objection, Reason
from bpc.portal.atlas.fit_words import change_text, objection_text, reason_text
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.foundation.client import client_address
from bpc.portal.reference.gazetteer import gazetteer

router = Router()


class ReasonLine(Schema):
    """One fact behind a part: `text` for people, the rest for programs. What is not about the fact is null or empty.

    `value` and `nation` (the country's) are in `unit`; `sources` are codes of sources.csv or addresses; `confidence` is
    that of the fact; `holder` the code of the territory a resource is said of; `standing`, from 0 to 1, how good it is.
    """

    code: str
    text: str
    value: float | None
    nation: float | None
    unit: str
    year: int | None
    sources: list[str]
    level: str
    resource: str
    holder: str
    commune: str
    product: str
    wanted: float | None
    standing: float | None
    confidence: str


class ChangeLine(Schema):
    """One thing that would change the score, and to what."""

    code: str
    measure: str
    score: float | None
    text: str


class ObjectionLine(Schema):
    """What speaks against. `cap`: the score it does not let exceed; `is_unknown`: to be checked on the spot."""

    code: str
    cap: float | None
    is_unknown: bool
    text: str


class PartLine(Schema):
    """One part, from 0 to 100; null where it is unknown or does not concern the model. `weight` in percent.

    `known`: how much of the part rests on known facts, from 0 to 1.
    """

    name: str
    score: float | None
    weight: float
    known: float
    applies: bool
    reasons: list[ReasonLine]
    would_change: list[ChangeLine]


class FitLine(Schema):
    """A model in a commune. `score` from 0 to 100, null where nothing is known; the truth lies from `low` to `high`.

    `coverage`: percent of the weight that rests on known facts. `cap`: the score unmet conditions do not let exceed.
    """

    commune: str
    model: str
    score: float | None
    low: float | None
    high: float | None
    coverage: float
    cap: float
    parts: list[PartLine]
    objections: list[ObjectionLine]


def _weight(name: str, text: str) -> Any:
    return Field(getattr(DEFAULT, name), ge=0, le=100, description=text)


class WeightsAsked(Schema):
    """How much each part counts, as asked."""

    resource: float = _weight("resource", _("Poids de la ressource"))
    labour: float = _weight("labour", _("Poids de la main-d’œuvre et des savoir-faire"))
    access: float = _weight("access", _("Poids de l’eau, de la route et des réseaux"))
    market: float = _weight("market", _("Poids du marché"))
    saturation: float = _weight("saturation", _("Poids de la place laissée par les coopératives voisines"))
    need: float = _weight("need", _("Poids du besoin auquel le modèle répond"))


class FitPage(Schema):
    """The best first; `count` is the number of all there are. The score is an estimate, made from the facts told."""

    count: int
    weights: WeightsAsked
    confidence: Literal["estimated"]
    method: str
    licence: str
    results: list[FitLine]


@router.get(
    "/fit",
    response={200: FitPage, 404: Problem, 422: Problem, 429: Problem},
    summary=_("Les modèles qui conviennent à une commune, les communes où un modèle convient"),
    description=_(
        "Donnez « commune », « model » ou les deux. Chaque ligne dit sa note, ses raisons avec leurs faits et leurs "
        "sources, ce qui la changerait et ce qui s’y oppose, les meilleures d’abord. C’est une estimation : un fait "
        "inconnu reste inconnu et la note dit entre quelles bornes elle se tient. Les poids se changent (60 demandes "
        "par minute et par adresse)."
    ),
    openapi_extra={"x-example": "/api/v1/fit?commune=09.541.01.13&limit=1"},
)
def list_fits(
    request: HttpRequest,
    commune: Annotated[
        str | None, Query(pattern=r"^\d{2}\.\d{3}\.\d{2}\.\d{1,2}$", description=_("Code de la commune"))
    ] = None,
    model: Annotated[str | None, Query(pattern=SLUG, max_length=80, description=_("Nom du modèle"))] = None,
    region: Region = None,
    province: Province = None,
    limit: Annotated[int, Query(ge=1, le=200, description=_("Nombre de lignes, 200 au plus"))] = 20,
    lang: Annotated[Literal["fr", "ar"], Query(description=_("Langue des phrases"))] = "fr",
    asked: Annotated[WeightsAsked, Query()] = WeightsAsked(),  # noqa: B008 - never changed
) -> dict[str, Any]:
    """The rows asked for."""
    weights = _weights(request, Weights(**asked.model_dump()))
    within = narrowest(region, province)
    if commune is not None:
        place_or_refuse(commune)
    if model is not None:
        _check_model(model)
    found, count = _found(commune, model, within, limit, weights)
    with override(lang):
        results = [_line(fit) for fit in found]
        method = f"{reverse('web:methods')}#fit"
    return {
        "count": count,
        "weights": weights._asdict(),
        "confidence": "estimated",
        "method": method,
        "licence": LICENCE,
        "results": results,
    }


def _weights(request: HttpRequest, weights: Weights) -> Weights:
    """Usual ones are computed already; others cost a calculation, which is metered."""
    if not any(weights):
        raise RefusedError(422, "invalid_weights", gettext("Un poids au moins dépasse zéro."))
    if weights != DEFAULT and meter.count(client_address(request)):
        raise RefusedError(429, "too_many", gettext("Trop de calculs en une minute : attendez un peu."))
    return weights


def _check_model(slug: str) -> None:
    if slug in models_with_fit():
        return
    if slug in catalogue():
        detail = gettext(
            "Ce modèle ne dit pas encore ce qu’il demande d’une commune : où il convient est inconnu."
        )
        raise RefusedError(404, "no_fit", detail)
    raise RefusedError(404, "unknown_model", gettext("Aucun modèle publié ne porte ce nom."))


def _found(
    commune: str | None, model: str | None, within: str, limit: int, weights: Weights
) -> tuple[list[Fit], int]:
    """The rows, and how many there are in all."""
    if commune is not None and model is not None:
        return [fit_of(commune, model, weights)], 1
    if commune is not None:
        return fits_of_place(commune, weights, limit=limit), len(models_with_fit())
    if model is not None:
        place = within or NATION
        return places_for_model(model, weights, within=place, limit=limit), _communes_in(place)
    raise RefusedError(422, "invalid_parameter", gettext("Donnez une commune, un modèle, ou les deux."))


def _communes_in(place: str) -> int:
    places = gazetteer()
    return sum(one.level == "commune" and places.within(place, code) for code, one in places.by_code.items())


def _line(fit: Fit) -> dict[str, Any]:
    return {
        "commune": fit.place,
        "model": fit.model,
        "score": fit.score,
        "low": fit.low,
        "high": fit.high,
        "coverage": fit.coverage,
        "cap": fit.cap,
        "parts": [_part(part) for part in fit.parts],
        "objections": [_objection(one) for one in fit.objections],
    }


def _part(part: FitPart) -> dict[str, Any]:
    return {
        "name": part.name,
        "score": part.score,
        "weight": part.weight,
        "known": part.known,
        "applies": part.applies,
        "reasons": [_reason(one) for one in part.reasons],
        "would_change": [{**asdict(one), "text": change_text(one)} for one in part.would_change],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {**asdict(reason), "text": reason_text(reason)}


def _objection(one: Objection) -> dict[str, Any]:
    return {"code": one.code, "cap": one.cap, "is_unknown": one.is_unknown, "text": objection_text(one)}
