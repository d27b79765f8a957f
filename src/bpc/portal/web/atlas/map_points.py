"""The points a map can add to its colours, counted per territory."""

from bpc.portal.atlas.points import counted_upwards, ideas_per_place
from bpc.portal.gatherings.models import Gathering


def gatherings_per_place() -> dict[str, int]:
    """Meetings by code of territory, of every level; without a known commune, of its region only."""
    rows = Gathering.objects.order_by().values_list("commune_id", "region_id")
    return counted_upwards(commune or region for commune, region in rows)


def counts_of(points: str) -> dict[str, int]:
    """Counts by code for a choice of the address ("ideas", "gatherings" or none). One query at most."""
    if points == "ideas":
        return ideas_per_place()
    return gatherings_per_place() if points == "gatherings" else {}
