"""What people brought to the map, counted per territory."""

from collections import Counter
from collections.abc import Iterable

from bpc.portal.ideas.models import IdeaTally


def ideas_per_place() -> dict[str, int]:
    """Published ideas by code of territory, of every level; places without any are absent. One query."""
    rows = IdeaTally.objects.filter(sector__isnull=True, published__gt=0)
    return dict(rows.values_list("territory_id", "published"))


def counted_upwards(codes: Iterable[str]) -> dict[str, int]:
    """How many of the places given lie in each territory that holds them, themselves included.

    A code of a commune counts in its province, its region and the country; a code of a region (where the
    exact place is not known) counts in the region and the country only.

    >>> sorted(counted_upwards(["01.511.01.0", "01"]).items())
    [('01', 2), ('01.511', 1), ('01.511.01.0', 1), ('MA', 2)]
    """
    counts: Counter[str] = Counter()
    for code in codes:
        counts.update({code, code[:6], code[:2], "MA"})
    return dict(counts)
