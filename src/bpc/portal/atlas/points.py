"""What people brought to the map and what is listed there, counted per territory; never figures made from data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from bpc.portal.atlas.nesting import parent_code
from bpc.portal.ideas.models import Idea, IdeaTally
from bpc.portal.ideas.states import IdeaState
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import OPEN_STATES
from bpc.portal.observations.tallies import heard_per_place
from bpc.portal.register.models import CooperativeTally
from bpc.portal.resources.queries import all_active

COUNTRY = "MA"
#: Counts by code of every level, places without any absent; one that is there without a number is unknown. None:
#: nothing is known anywhere, which is not the same as none.
Counts = Mapping[str, int | None] | None


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


def heard(kind: str, narrowing: Narrowing | None = None) -> dict[str, int]:
    """Needs or opportunities told by people by code of territory, of every level. One query.

    Those still open, unless a stage is asked. From the kept tallies where they tell, else one row per place that has
    any. What was said of a whole province counts in it and above, never in its communes.
    """
    asked = narrowing or Narrowing()
    if not (asked.sector or asked.audience or asked.stage):
        return heard_per_place(kind, asked.category or None)
    rows = Observation.objects.filter(kind=kind, state__in=[asked.stage] if asked.stage else OPEN_STATES)
    narrowed = {"sector": asked.sector, "audience": asked.audience}
    rows = rows.filter(**{name: value for name, value in narrowed.items() if value})
    if asked.category:
        # the others are a list of codes in JSON, and no database but one looks into it
        rows = rows.annotate(others=Cast("other_categories", TextField())).filter(
            Q(category=asked.category) | Q(others__contains=f'"{asked.category}"')
        )
    return summed_upwards(dict(rows.order_by().values_list("territory_id").annotate(number=Count("pk"))))


def resources_per_place(narrowing: Narrowing | None = None) -> dict[str, int]:
    """Known resources by code of territory: each where its source places it and above, never below."""
    sector = narrowing.sector if narrowing else ""
    return counted_upwards(fact.territory for fact in all_active() if not sector or fact.sector == sector)


def cooperatives_per_place(narrowing: Narrowing | None = None) -> Counts:
    """Cooperatives of the register by code of territory, of every level; None before a register is imported. One query.

    Of women or of young people: unknown where the register tells it of none of the cooperatives there.
    """
    asked = narrowing or Narrowing()
    column, known = {
        "women": ("women_count", "women_known"),
        "youth": ("youth_count", "youth_known"),
    }.get(asked.audience, ("count", "count"))
    rows = CooperativeTally.objects.filter(
        Q(sector=asked.sector or None)
        | Q(sector=None, territory=COUNTRY)  # the latter: is there a register at all
    )
    found: dict[str, int | None] = {}
    is_known = False
    for territory, sector, number, told in rows.values_list("territory_id", "sector_id", column, known):
        is_known = is_known or (territory == COUNTRY and sector is None)
        if (sector or "") == asked.sector:
            found[territory] = number if told else None
    return found if is_known else None


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
        for holder in {code, code[:6], code[:2], COUNTRY}:
            counts[holder] += number
    return dict(counts)


def finest(counts: Mapping[str, int | None]) -> dict[str, int]:
    """Numbers where they are known and no closer: what a place holds beyond the places inside it.

    >>> finest({"MA": 6, "01": 6, "01.511": 5, "01.511.01.0": 2})
    {'01': 1, '01.511': 3, '01.511.01.0': 2}
    """
    own = {code: number for code, number in counts.items() if number}
    for code, number in counts.items():
        holder = parent_code(code)
        if number and holder in own:
            own[holder] -= number
    return {code: number for code, number in own.items() if number > 0}
