"""How many ideas are published where, and on what: one row per count, kept in step by the moves.

Whoever moves an idea into or out of `published` calls `count_in` or `count_out` in the same transaction;
`rebuild` counts everything afresh, after an import or to prove the rows right.
"""

from collections import Counter
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Count, F

from bpc.portal.ideas.models import Idea, IdeaTally
from bpc.portal.ideas.states import IdeaState

COUNTRY = "MA"
_OVERALL = f"SELECT territory_id, published FROM {IdeaTally._meta.db_table} WHERE sector_id IS NULL"  # noqa: S608 - our own name


def _keys(commune: str, province: str, region: str, sector: str) -> list[tuple[str, str | None]]:
    """The rows an idea counts in, always in the same order so that two moves never wait for each other."""
    return [(place, kind) for place in (COUNTRY, region, province, commune) for kind in (None, sector)]


def _add(idea: Idea, step: int) -> None:
    with transaction.atomic():
        for place, sector in _keys(idea.commune_id, idea.province_id, idea.region_id, idea.sector_id):
            rows = IdeaTally.objects.filter(territory=place, sector=sector)
            if not rows.update(published=F("published") + step) and step > 0:
                IdeaTally.objects.get_or_create(territory_id=place, sector_id=sector)
                rows.update(published=F("published") + step)


def count_in(idea: Idea) -> None:
    """Count an idea that has just been published. Call it in the transaction of the move, once per move."""
    _add(idea, 1)


def count_out(idea: Idea) -> None:
    """Stop counting an idea that has just left `published`. Call it in the transaction of the move."""
    _add(idea, -1)


def published_count(territory: str | None = None, sector: str | None = None) -> int:
    """How many ideas are published in this territory (code; None: the country) and sector (None: all)."""
    row = IdeaTally.objects.filter(territory=territory or COUNTRY, sector=sector)
    return row.values_list("published", flat=True).first() or 0


def published_counts(territories: Sequence[str]) -> dict[str, int]:
    """How many ideas are published in each of these territories (codes, at least one); those without may be absent.

    One query, written out: composed by the ORM it takes eight times as long, a tenth of a province's page.
    """
    asked = ", ".join(["%s"] * len(territories))
    with connection.cursor() as cursor:
        cursor.execute(f"{_OVERALL} AND territory_id IN ({asked})", territories)
        return dict(cursor.fetchall())


def rebuild() -> int:
    """Count all published ideas afresh and return how many there are."""
    with transaction.atomic():
        IdeaTally.objects.all().delete()
        groups = (
            Idea.objects.filter(state=IdeaState.PUBLISHED)
            .values_list("commune", "province", "region", "sector")
            .annotate(number=Count("pk"))
        )
        counts: Counter[tuple[str, str | None]] = Counter()
        for commune, province, region, sector, number in groups.order_by():
            for key in _keys(commune, province, region, sector):
                counts[key] += number
        IdeaTally.objects.bulk_create(
            (
                IdeaTally(territory_id=place, sector_id=sector, published=number)
                for (place, sector), number in counts.items()
            ),
            batch_size=500,
        )
    return counts[(COUNTRY, None)]
