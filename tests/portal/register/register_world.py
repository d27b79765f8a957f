"""Cooperatives written straight into the database, for tests that are not about imports."""

import itertools
from typing import Any

from bpc.portal.reference.models import Territory
from bpc.portal.register.models import Cooperative, CooperativeEntry
from bpc.portal.register.search import entry_of, sort_name
from bpc.portal.register.tallies import rebuild
from tests.portal.world import HERE

_numbers = itertools.count(1)


def make_cooperative(place: str = HERE, **fields: Any) -> Cooperative:
    """A cooperative in a territory of any level; `count_and_index` then makes it counted and found."""
    territory = Territory.objects.get(pk=place)
    values: dict[str, Any] = {
        "number": f"T-{next(_numbers)}",
        "name_fr": "Coopérative Tifaouine",
        "sector_id": "food",
        "status": "active",
        "territory": territory,
        "commune_id": place if territory.level == "commune" else None,
        "province_id": territory.province_code or None,
        "region_id": territory.region_code or None,
        **fields,
    }
    values.setdefault("sort_name", sort_name(values["name_fr"], values.get("name_ar", "")))
    return Cooperative.objects.create(**values)


def count_and_index() -> None:
    """Bring counts and search to what the rows are."""
    CooperativeEntry.objects.all().delete()
    CooperativeEntry.objects.bulk_create(entry_of(row) for row in Cooperative.objects.all())
    rebuild()
