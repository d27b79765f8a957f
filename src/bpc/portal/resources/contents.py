"""What a resource says, apart from its row: checked once, compared, kept in the trail, put back by an undo."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings

from bpc.datasets.products import Product, read_products
from bpc.datasets.resources import Resource as FileRow
from bpc.portal.reference.places import reference
from bpc.portal.reference.surroundings import quality_signs
from bpc.portal.resources.models import Resource, ResourceProduct
from bpc.portal.resources.states import Confidence

LEVELS = ("region", "province", "commune")


class InvalidContent(Exception):
    """The content may not be written; `fields` names what is wrong."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Content:
    """What a delegation writes of a resource. Months run from 1 to 12; empty text and None are unknown."""

    territory: str
    sector: str
    products: tuple[str, ...]
    name_fr: str
    name_ar: str
    label: str = ""
    season_start: int | None = None
    season_end: int | None = None
    evidence_fr: str = ""
    evidence_ar: str = ""
    source_url: str = ""
    source_note: str = ""
    observed_on: date | None = None
    confidence: str = Confidence.TO_VERIFY.value


_PLAIN = tuple(
    field.name for field in fields(Content) if field.name not in {"territory", "sector", "products"}
)


@lru_cache(maxsize=1)
def products() -> dict[str, Product]:
    """The closed list of products by their code, in the order they are offered; to be read only."""
    return {product.code: product for product in read_products(settings.DATA)}


def check_content(content: Content) -> Content:
    """The same content, its products in order. Raises InvalidContent with every field that is wrong."""
    known = reference()
    place = known.places.get(content.territory)
    season = (content.season_start, content.season_end)
    wrong = {
        "territory": place is None or place.level not in LEVELS,
        "sector": content.sector not in known.sectors,
        "products": not set(content.products) <= set(products()),
        "name_fr": not content.name_fr.strip(),
        "name_ar": not content.name_ar.strip(),
        "label": bool(content.label) and content.label not in quality_signs(),
        "season": (None in season and season != (None, None))
        or any(month is not None and not 1 <= month <= 12 for month in season),
        "confidence": content.confidence not in Confidence.values,
        "source": content.confidence == Confidence.SOURCED
        and not (content.source_url or content.source_note),
    }
    if found := [name for name, is_wrong in wrong.items() if is_wrong]:
        raise InvalidContent(found)
    return replace(content, products=tuple(sorted(set(content.products))))


def content_of(row: Resource) -> Content:
    """What a row says now: one query for its products."""
    return Content(
        territory=row.territory_id,
        sector=row.sector_id,
        products=tuple(row.product_rows.order_by("product").values_list("product", flat=True)),
        **{name: getattr(row, name) for name in _PLAIN},
    )


def content_of_file(entry: FileRow) -> Content:
    """What a line of `data/resources.csv` says."""
    first, last = entry.months or (None, None)
    return Content(
        territory=entry.territory,
        sector=entry.sector,
        products=entry.products,
        name_fr=entry.name_fr,
        name_ar=entry.name_ar,
        label=entry.label,
        season_start=first,
        season_end=last,
        evidence_fr=entry.evidence_fr,
        source_url=entry.source_url,
        confidence=entry.confidence,
    )


def as_json(content: Content) -> dict[str, Any]:
    """The content as it is kept in the trail."""
    day = content.observed_on.isoformat() if content.observed_on else None
    return {**asdict(content), "products": list(content.products), "observed_on": day}


def from_json(kept: Mapping[str, Any]) -> Content:
    """The content as it was kept. Raises TypeError for a field of another time."""
    day = date.fromisoformat(kept["observed_on"]) if kept["observed_on"] else None
    return Content(**{**kept, "products": tuple(kept["products"]), "observed_on": day})


def put_content(row: Resource, content: Content) -> None:
    """Write a checked content into a row, without saving it."""
    for name in _PLAIN:
        setattr(row, name, getattr(content, name))
    code = content.territory
    row.territory_id, row.sector_id = code, content.sector
    row.region_id = code[:2]
    row.province_id = code[:6] if len(code) >= 6 else None
    row.commune_id = code if len(code) > 6 else None


def put_products(row: Resource, content: Content) -> None:
    """Make the products of a saved row those of its content."""
    present = set(ResourceProduct.objects.filter(resource=row).values_list("product", flat=True))
    wanted = set(content.products)
    ResourceProduct.objects.filter(resource=row, product__in=present - wanted).delete()
    missing = sorted(wanted - present)
    ResourceProduct.objects.bulk_create(ResourceProduct(resource=row, product=code) for code in missing)
