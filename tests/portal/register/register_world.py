"""Cooperatives written straight into the database, for tests that are not about imports."""

import itertools
from typing import Any

from bpc.portal.reference.models import Territory
from bpc.portal.register.applying import lexemes
from bpc.portal.register.fictional import Invented, invented_register
from bpc.portal.register.models import Cooperative, CooperativeEntry, RegisterImport
from bpc.portal.register.plans import FIELDS, Values
from bpc.portal.register.rows import place_values
from bpc.portal.register.search import entry_of, sort_name
from bpc.portal.register.statements import insert_cooperatives, insert_entries
from bpc.portal.register.tallies import rebuild
from tests.portal.costs import count_rows
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


def fill_register(count: int) -> None:
    """An invented register of this size, the first 5,000 of it found by name, written as fast as an import."""
    parent = RegisterImport.objects.create(file_name="registre.csv", sha256="0" * 64, size=1)
    rows = [(one.number, _values(one)) for one in invented_register(count)]
    insert_cooperatives(rows, parent.pk)
    keys = dict(Cooperative.objects.order_by("pk").values_list("number", "pk")[:5_000])
    insert_entries((keys[number], lexemes(values)) for number, values in rows if number in keys)
    rebuild()
    count_rows()


def _values(one: Invented) -> Values:
    said: dict[str, Any] = {
        **vars(one),
        **place_values(one.commune),
        "sort_name": sort_name(one.name_fr, one.name_ar),
        "sector_id": one.sector,
        "year": one.registered_on.year,
        "status": "active",
        "is_listed": True,
    }
    return tuple(said.get(name) for name in FIELDS)
