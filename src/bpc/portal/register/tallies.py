"""How many cooperatives are registered where, in what and since when: counted afresh after each change.

An import changes thousands of rows at once, so all counts are made again from one grouped reading rather than kept
in step row by row. A cooperative known at province level counts in its province, region and country only.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum

from bpc.portal.register.models import Cooperative, CooperativeTally, CooperativeYearTally
from bpc.portal.register.states import PRESENT_STATUSES

COUNTRY = "MA"
_MEASURES = {
    "count": Count("pk"),
    "women_count": Count("pk", filter=Q(is_women=True)),
    "women_known": Count("is_women"),
    "youth_count": Count("pk", filter=Q(is_youth=True)),
    "youth_known": Count("is_youth"),
    "members_known": Count("members"),  # before the sum, which takes the name of the column
    "members": Sum("members"),
}


def present() -> QuerySet[Cooperative]:
    """The cooperatives that are counted and listed: neither dissolved nor gone from the register."""
    return Cooperative.objects.filter(is_listed=True, status__in=PRESENT_STATUSES)


def rebuild() -> int:
    """Count all cooperatives present; returns how many there are."""
    with transaction.atomic():
        counts = _counts()
        CooperativeTally.objects.all().delete()
        CooperativeTally.objects.bulk_create(
            (
                CooperativeTally(territory_id=place, sector_id=sector, **numbers)
                for (place, sector), numbers in counts.items()
            ),
            batch_size=500,
        )
        _rebuild_years()
    return counts[(COUNTRY, None)]["count"] if (COUNTRY, None) in counts else 0


def _counts() -> dict[tuple[str, str | None], dict[str, int]]:
    groups = present().order_by().values("commune", "province", "region", "sector").annotate(**_MEASURES)
    counts: dict[tuple[str, str | None], dict[str, int]] = defaultdict(lambda: dict.fromkeys(_MEASURES, 0))
    for group in map(dict[str, Any], groups):
        for place in _places(group):
            for sector in {None, group["sector"]}:
                numbers = counts[(place, sector)]
                for name in _MEASURES:
                    numbers[name] += group[name] or 0
    return counts


def _places(group: dict[str, Any]) -> Iterator[str]:
    yield COUNTRY
    for column in ("region", "province", "commune"):
        if group[column]:
            yield group[column]


def _rebuild_years() -> None:
    groups = (
        present()
        .order_by()
        .values_list("region", "year")
        .annotate(number=Count("pk"), women=Count("pk", filter=Q(is_women=True)))
    )
    counts: dict[tuple[str, int | None], list[int]] = defaultdict(lambda: [0, 0])
    for region, year, number, women in groups:
        for place in (COUNTRY, region) if region else (COUNTRY,):
            counts[(place, year)][0] += number
            counts[(place, year)][1] += women
    CooperativeYearTally.objects.all().delete()
    CooperativeYearTally.objects.bulk_create(
        (
            CooperativeYearTally(territory_id=place, year=year, count=number, women_count=women)
            for (place, year), (number, women) in counts.items()
        ),
        batch_size=500,
    )
