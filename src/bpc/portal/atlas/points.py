"""What people brought to the map, counted per territory. Counts of people, never figures made from data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from bpc.portal.ideas.models import Idea, IdeaTally
from bpc.portal.ideas.states import IdeaState


@dataclass(frozen=True)
class Narrowing:
    """Which of them are counted; empty means all. A layer reads only the parts it knows."""

    sector: str = ""
    audience: str = ""
    category: str = ""
    stage: str = ""


def ideas_per_place(narrowing: Narrowing | None = None) -> dict[str, int]:
    """Published ideas by code of territory, of every level; places without any are absent. One query.

    From the kept tallies, except for a part of the public: then one row per commune that has any.
    """
    asked = narrowing or Narrowing()
    if not asked.audience:
        rows = IdeaTally.objects.filter(sector=asked.sector or None, published__gt=0)
        return dict(rows.values_list("territory_id", "published"))
    ideas = Idea.objects.filter(state=IdeaState.PUBLISHED, audience=asked.audience)
    if asked.sector:
        ideas = ideas.filter(sector=asked.sector)
    return summed_upwards(dict(ideas.order_by().values_list("commune_id").annotate(number=Count("pk"))))


def counted_upwards(codes: Iterable[str]) -> dict[str, int]:
    """How many of the places given lie in each territory that holds them, themselves included.

    A code of a commune counts in its province, its region and the country; a code of a region (where the
    exact place is not known) counts in the region and the country only.

    >>> sorted(counted_upwards(["01.511.01.0", "01"]).items())
    [('01', 2), ('01.511', 1), ('01.511.01.0', 1), ('MA', 2)]
    """
    return summed_upwards(Counter(codes))


def summed_upwards(numbers: Mapping[str, int]) -> dict[str, int]:
    """Numbers by code of any level, added up in each territory that holds them; never shared out downwards.

    >>> sorted(summed_upwards({"01.511.01.0": 2, "01.511": 3}).items())
    [('01', 5), ('01.511', 5), ('01.511.01.0', 2), ('MA', 5)]
    """
    counts: Counter[str] = Counter()
    for code, number in numbers.items():
        for holder in {code, code[:6], code[:2], "MA"}:
            counts[holder] += number
    return dict(counts)
