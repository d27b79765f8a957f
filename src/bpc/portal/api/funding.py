"""Sources of money and help: the list with its filters, and one whole, with where each value comes from."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema
from pydantic import BaseModel

from bpc.core.matching.vocabulary import Beneficiary, Stage
from bpc.datasets.funding_sources import Confidence, FundingSource, Kind, Payment, Status
from bpc.portal.api.asking import Commune, Province, Region, SectorCode, narrowest
from bpc.portal.api.problems import Problem, RefusedError
from bpc.portal.api.shapes import LICENCE
from bpc.portal.funding.calendar import next_window
from bpc.portal.funding.queries import Sort, SourceFilters, all_sources, cards
from bpc.portal.funding.terms import effective

router = Router()
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SORTS = {"deadline": Sort.DEADLINE, "amount": Sort.AMOUNT, "name": Sort.NAME, "relevance": Sort.RELEVANCE}
#: Fields of which the source of each value is told; words of the site, keys and pages are left out.
_TOLD = (
    "kind", "status", "payment", "prior_approval", "amounts", "ceilings", "cost_share", "own_contribution", "credit",
    "places", "sectors", "beneficiaries", "conditions", "any_of", "preferences", "checks", "stages", "requires_any",
    "cumulation", "calendar", "quota", "selections", "documents", "apply",
)  # fmt: skip

Text = Annotated[str, Query(max_length=80, description=_("Mots à chercher, en français ou en arabe"))]
StageCode = Annotated[Stage | None, Query(description=_("Étape du projet"))]
KindCode = Annotated[Kind | None, Query(description=_("Sorte de financement"))]
BeneficiaryCode = Annotated[Beneficiary | None, Query(description=_("Pour qui"))]
StatusCode = Annotated[Status | None, Query(description=_("État"))]
AmountMin = Annotated[
    int | None,
    Query(ge=1, le=10**12, description=_("La source écrit qu’un dossier peut recevoir autant, en MAD")),
]
ClosesWithin = Annotated[
    int | None,
    Query(ge=0, le=3650, description=_("Dernier jour, annoncé ou prévu, dans tant de jours au plus")),
]
Women = Annotated[bool, Query(description=_("Pensés pour les femmes"))]
Youth = Annotated[bool, Query(description=_("Pensés pour les jeunes"))]
SortCode = Annotated[
    Literal["deadline", "amount", "name", "relevance"] | None, Query(description=_("Ordre de la liste"))
]
PageNumber = Annotated[int, Query(ge=1, le=2000, description=_("Numéro de la page"))]
PageSize = Annotated[int, Query(ge=1, le=500, description=_("Nombre de lignes par page, 500 au plus"))]


class FundingWindow(Schema):
    """The next time files are taken. `forecast` is worked out from past editions, never announced."""

    kind: Literal["dated", "forecast", "permanent", "unknown", "closed"]
    opens: date | None
    closes: date | None
    precision: Literal["day", "month", "year"]


class FundingLine(Schema):
    """A source in the list. `amount_max_mad`: only what the source itself states for one file; null is not known."""

    id: str
    name_fr: str
    name_ar: str
    provider_fr: str
    provider_ar: str
    summary_fr: str
    summary_ar: str
    kind: Kind
    status: Status
    payment: Payment
    amount_max_mad: float | None
    share_max_pct: float | None
    own_contribution_min_pct: float | None
    regions: list[str]
    provinces: list[str]
    communes: list[str]
    sectors: list[str]
    beneficiaries: list[str]
    stages: list[str]
    parent: str | None
    counter: bool
    window: FundingWindow
    confidence: Confidence
    verified: date


class FundingPage(Schema):
    """One page of sources; `count` is the number of all that answer."""

    count: int
    page: int
    size: int
    results: list[FundingLine]


class ValueSource(Schema):
    """Where the value at a path comes from. `stated`: in the source's words; else read into it. `side`: whose rule."""

    path: str
    url: str | None
    published: str | None
    read: date | None
    stated: bool
    confidence: Confidence
    side: Literal["source", "frame"]


class FundingRecord(Schema):
    """A source whole: `source` as it is kept, `effective` with what a local call takes from its national frame."""

    id: str
    source: dict[str, Any]
    effective: dict[str, Any]
    from_frame: list[str]
    provenance: list[ValueSource]
    local_calls: list[str]
    window: FundingWindow
    licence: str


@router.get(
    "/funding",
    response={200: FundingPage, 404: Problem, 422: Problem},
    summary=_("Les financements"),
    description=_(
        "Subventions, prêts, garanties, prix et aides en nature, du plus proche de son dernier jour au plus lointain. "
        "« amount_max_mad » n’est donné que si la source l’écrit. Un cadre national et son appel local ne sont jamais "
        "dans la même liste pour un même lieu."
    ),
    openapi_extra={"x-example": "/api/v1/funding?region=09&kind=grant&size=2"},
)
def list_funding(
    request: HttpRequest,
    q: Text = "",
    region: Region = None,
    province: Province = None,
    commune: Commune = None,
    sector: SectorCode = None,
    stage: StageCode = None,
    kind: KindCode = None,
    beneficiary: BeneficiaryCode = None,
    status: StatusCode = None,
    amount_min: AmountMin = None,
    closes_within: ClosesWithin = None,
    women: Women = False,
    youth: Youth = False,
    sort: SortCode = None,
    page: PageNumber = 1,
    size: PageSize = 100,
) -> dict[str, Any]:
    """One page of the sources that answer all the filters."""
    today = timezone.localdate()
    place = narrowest(region, province, commune)
    filters = SourceFilters(
        text=q,
        region=place[:2],
        province=place if len(place) > 2 else "",
        sector=sector or "",
        stage=stage or "",
        kind=kind or "",
        amount_min=amount_min,
        closes_before=None if closes_within is None else today + timedelta(days=closes_within),
        women=women,
        youth=youth,
        beneficiary=beneficiary or "",
        status=status or "",
    )
    return _page(filters, SORTS[sort] if sort else None, page, size, today)


@router.get(
    "/funding/{id}",
    response={200: FundingRecord, 404: Problem, 422: Problem},
    summary=_("Un financement"),
    description=_(
        "La fiche entière : ce qu’elle dit, ce qu’un appel local reprend de son cadre national, et pour chaque valeur "
        "la page d’où elle vient, dite ou déduite."
    ),
    openapi_extra={"x-example": "/api/v1/funding/{id}"},
)
def one_funding(
    request: HttpRequest,
    id: Annotated[str, Path(pattern=SLUG, max_length=60, description=_("Code du financement"))],
) -> dict[str, Any]:
    """By its code."""
    known = all_sources()
    source = known.get(id)
    if source is None:
        raise RefusedError(404, "unknown_funding", gettext("Aucun financement ne porte ce code."))
    held = effective(source, known.get(source.parent or ""))
    provenance = [_value_source(path, held.provenance(path), held.side(path)) for path in _paths(held.source)]
    return {
        "id": id,
        "source": source.model_dump(mode="json"),
        "effective": held.source.model_dump(mode="json"),
        "from_frame": sorted(held.from_frame),
        "provenance": provenance,
        "local_calls": [one.id for one in known.values() if one.parent == id],
        "window": _window(source, timezone.localdate()),
        "licence": LICENCE,
    }


def _page(filters: SourceFilters, sort: Sort | None, page: int, size: int, today: date) -> dict[str, Any]:
    found = cards(filters, sort, page=page, size=size)
    known = all_sources()
    shown = found.cards if found.number == page else []  # beyond the last page there is nothing
    lines = [_line(known[card.slug], today) for card in shown if card.slug in known]
    return {"count": found.total, "page": page, "size": size, "results": lines}


def _line(source: FundingSource, today: date) -> dict[str, Any]:
    names = (
        "id", "name_fr", "name_ar", "provider_fr", "provider_ar", "summary_fr", "summary_ar", "kind", "status",
        "payment", "parent", "confidence", "verified",
    )  # fmt: skip
    return {
        **{name: getattr(source, name) for name in names},
        "amount_max_mad": source.ceiling_mad,
        "share_max_pct": source.cost_share.max_pct,
        "own_contribution_min_pct": source.own_contribution.min_pct,
        "regions": list(source.places.regions),
        "provinces": list(source.places.provinces),
        "communes": list(source.places.communes),
        "sectors": list(source.sectors),
        "beneficiaries": list(source.beneficiaries),
        "stages": list(source.stages),
        "counter": source.apply.counter,
        "window": _window(source, today),
    }


def _window(source: FundingSource, today: date) -> dict[str, Any]:
    window = next_window(source, today)
    return {
        "kind": window.kind,
        "opens": window.opens,
        "closes": window.closes,
        "precision": window.precision,
    }


def _paths(source: FundingSource) -> Iterator[str]:
    """The paths of what it says: each field, and one step further in groups and lists."""
    for name in _TOLD:
        value = getattr(source, name)
        if isinstance(value, BaseModel):
            yield from (f"{name}.{field}" for field, inner in value if inner not in (None, (), ""))
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            yield from (f"{name}.{at}" for at in range(len(value)))
        elif value not in (None, ()):
            yield name


def _value_source(path: str, known: Any, side: str) -> dict[str, Any]:
    page = known.page
    return {
        "path": path,
        "url": page.url if page else None,
        "published": page.published if page else None,
        "read": page.read if page else None,
        "stated": known.stated,
        "confidence": known.confidence,
        "side": side,
    }
