"""The public list of resources: filtered, by pages, at a cost that does not grow with their number."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from bpc.portal.resources.models import Resource, ResourceProduct
from bpc.portal.resources.states import ResourceState

PAGE_SIZE = 24
COUNT_CAP = 1_000  # beyond, narrowing serves better than turning pages
_CARD = (
    "reference", "name_fr", "name_ar", "label", "season_start", "season_end", "confidence", "source_url", "observed_on",
    "state", "territory__code", "territory__level", "territory__kind", "territory__name_fr", "territory__name_ar",
    "sector__code", "sector__name_fr", "sector__name_ar", "sector__icon",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What is asked of the list; empty means any. `territory`: code of a region, province or commune."""

    territory: str = ""
    product: str = ""
    sector: str = ""
    label: str = ""
    page: int = 1


@dataclass(frozen=True)
class ResourcePage:
    """One page of resources. `capped`: there are more than `total`."""

    resources: list[Resource]
    total: int
    capped: bool
    number: int
    last: int


def list_resources(wanted: Wanted) -> ResourcePage:
    """One page of the resources shown to everybody, by place: three queries."""
    found = _narrowed(wanted)
    counted = found.order_by()[: COUNT_CAP + 1].count()
    total = min(counted, COUNT_CAP)
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, wanted.page), last)
    start = (number - 1) * PAGE_SIZE
    return ResourcePage(
        list(_cards(found)[start : start + PAGE_SIZE]), total, counted > COUNT_CAP, number, last
    )


def _narrowed(wanted: Wanted) -> QuerySet[Resource]:
    found = Resource.objects.filter(state=ResourceState.ACTIVE)
    if wanted.territory:
        column = {2: "region", 6: "province"}.get(len(wanted.territory), "commune")
        found = found.filter(**{column: wanted.territory})
    if wanted.product:
        found = found.filter(product_rows__product=wanted.product)
    if wanted.sector:
        found = found.filter(sector=wanted.sector)
    if wanted.label:
        found = found.filter(label=wanted.label)
    return found.order_by("territory", "reference")


def _cards(found: QuerySet[Resource]) -> QuerySet[Resource]:
    products = Prefetch("product_rows", ResourceProduct.objects.order_by("product"))
    return found.select_related("territory", "sector").only(*_CARD).prefetch_related(products)


def waiting_proposals(rows: QuerySet[Resource]) -> QuerySet[Resource]:
    """Those of `rows` of which the file of facts now says something else than what a person wrote."""
    return rows.filter(proposal__isnull=False).only("reference", "name_fr", "name_ar").order_by("reference")


def retired_among(rows: QuerySet[Resource]) -> QuerySet[Resource]:
    """Those of `rows` that were taken off, the last one first."""
    return (
        rows.filter(state=ResourceState.RETIRED)
        .only("reference", "name_fr", "name_ar", "updated_at")
        .order_by("-updated_at", "-pk")
    )
