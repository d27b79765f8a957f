"""The ready-to-use project models: the list, and one in the exchange schema with its sources."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema

from bpc.datasets.project_models import ModelSource, read_sources
from bpc.portal.api.problems import Problem, RefusedError
from bpc.portal.api.shapes import LICENCE, place_or_refuse
from bpc.portal.blueprints.catalogue import Published, published
from bpc.portal.blueprints.contents import write_content
from bpc.portal.blueprints.queries import find_published

router = Router()
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LANGUAGES = ("fr", "ar")


class Headline(Schema):
    """What the model's own plan gives, in MAD and years; null where the engine gives no value.

    `estimated_share` is the part of turnover that rests on estimated prices; `problems` are codes of the engine.
    """

    npv: float | None
    irr: float | None
    payback_years: float | None
    investment: float | None
    peak_need: float | None
    income_per_member: float | None
    jobs: float | None
    break_even_sales: float | None
    estimated_share: float | None
    members_min: int
    members_typical: int
    problems: list[str]
    engine_version: str


class ModelLine(Schema):
    """A model in the list; `regions` are codes of territories."""

    slug: str
    version: int
    published_at: datetime
    name_fr: str
    name_ar: str
    summary_fr: str
    summary_ar: str
    sector: str
    kind: str
    regions: list[str]
    headline: Headline


class ModelPage(Schema):
    """A page of the list; `count` is the number of all that answer."""

    count: int
    page: int
    size: int
    results: list[ModelLine]


class SourceLine(Schema):
    """A source that the model cites, by the code its `src` fields use."""

    id: str
    title: str
    url: str
    seen: str


class ModelSheet(Schema):
    """A model whole: `content` is the exchange schema, that of the files of the bank."""

    slug: str
    version: int
    published_at: datetime
    headline: Headline
    content: dict[str, Any]
    sources: list[SourceLine]
    licence: str


@router.get(
    "/project-models",
    response={200: ModelPage, 404: Problem, 422: Problem},
    summary=_("Les modèles de projets"),
    description=_(
        "Les modèles publiés, prêts à l’emploi, avec les principaux résultats de leur plan d’affaires. Les "
        "filtres se combinent ; avec « q », les plus proches des mots cherchés viennent en premier."
    ),
    openapi_extra={"x-example": "/api/v1/project-models?region=09&size=2"},
)
def list_project_models(
    request: HttpRequest,
    region: Annotated[
        str | None, Query(pattern=r"^\d{2}$", description=_("Code d’une région où le modèle convient"))
    ] = None,
    sector: Annotated[
        str | None, Query(pattern=r"^[a-z_]{1,20}$", description=_("Code du secteur d’activité"))
    ] = None,
    q: Annotated[str, Query(max_length=80, description=_("Mots cherchés, en français ou en arabe"))] = "",
    page: Annotated[int, Query(ge=1, le=2000, description=_("Numéro de la page"))] = 1,
    size: Annotated[int, Query(ge=1, le=500, description=_("Nombre de lignes par page, 500 au plus"))] = 100,
) -> dict[str, Any]:
    """One page of what answers all the filters."""
    place = place_or_refuse(region).code if region else ""
    found = find_published(query=q, region=place, sector=sector or "")
    start = (page - 1) * size
    lines = [_line(one) for one in found[start : start + size]]
    return {"count": len(found), "page": page, "size": size, "results": lines}


@router.get(
    "/project-models/{slug}",
    response={200: ModelSheet, 404: Problem, 422: Problem},
    summary=_("Un modèle de projet"),
    description=_(
        "Tout ce que dit le modèle, chaque nombre avec son intervalle, sa confiance (S sourcé, D déduit, K su "
        "et à vérifier, E estimé) et ses sources. Avec « language », les textes de cette langue seulement."
    ),
    openapi_extra={"x-example": "/api/v1/project-models/safran?language=fr"},
)
def one_project_model(
    request: HttpRequest,
    slug: Annotated[str, Path(pattern=SLUG, max_length=60, description=_("Nom du modèle dans son adresse"))],
    language: Annotated[
        Literal["fr", "ar"] | None, Query(description=_("Langue des textes ; les deux si rien n’est dit"))
    ] = None,
) -> dict[str, Any]:
    """With its sources."""
    found = published_or_refuse(slug)
    content = write_content(found.model)
    return {
        **_identity(found),
        "content": in_language(content, language) if language else content,
        "sources": _cited(found.model.cited_sources),
        "licence": LICENCE,
    }


def published_or_refuse(slug: str) -> Published:
    """The published model of this slug; a problem 404 when there is none."""
    found = published(slug)
    if found is None:
        raise RefusedError(404, "unknown_model", gettext("Aucun modèle n’est publié sous ce nom."))
    return found


def in_language(value: Any, language: str) -> Any:
    """The same content without the texts of other languages.

    >>> in_language({"name_fr": "Miel", "name_ar": "عسل", "steps": [{"fr": "a", "ar": "ب"}]}, "fr")
    {'name_fr': 'Miel', 'steps': [{'fr': 'a'}]}
    """
    if isinstance(value, dict):
        others = [other for other in LANGUAGES if other != language]
        return {
            name: in_language(part, language)
            for name, part in value.items()
            if not any(name == other or name.endswith(f"_{other}") for other in others)
        }
    if isinstance(value, list):
        return [in_language(part, language) for part in value]
    return value


def _identity(one: Published) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "version": one.version,
        "published_at": one.published_at,
        "headline": dict(one.headline),
    }


def _line(one: Published) -> dict[str, Any]:
    model = one.model
    return {
        **_identity(one),
        "name_fr": model.name_fr,
        "name_ar": model.name_ar,
        "summary_fr": model.summary_fr,
        "summary_ar": model.summary_ar,
        "sector": model.sector,
        "kind": model.kind,
        "regions": [place.territory for place in model.regions],
    }


@lru_cache(maxsize=1)
def _sources() -> dict[str, ModelSource]:
    """They change with the files of the site only."""
    return read_sources(settings.DATA / "models")


def _cited(ids: Iterable[str]) -> list[dict[str, str]]:
    known = _sources()
    return [
        {"id": key, "title": known[key].title_fr, "url": known[key].url, "seen": known[key].seen.isoformat()}
        for key in ids
        if key in known
    ]
