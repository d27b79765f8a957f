"""Reads of the meetings; those without a known date come last, never first."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet

from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.permissions import visible
from bpc.portal.gatherings.models import Gathering


def meetings_in(person: Any, region: str = "") -> QuerySet[Gathering]:
    """The meetings of a region (its code; empty: all), in order of date, unknown dates last. One query."""
    meetings = visible(person, Gathering).select_related("region", "commune")
    if region:
        meetings = meetings.filter(region=region)
    return meetings.order_by(F("date").asc(nulls_last=True), "key")


@lru_cache(maxsize=1)
def _tour(generation: str) -> tuple[Gathering, ...]:
    return tuple(meetings_in(AnonymousUser()).select_related(None))


def meetings_held(region: str = "") -> list[Gathering]:
    """As `meetings_in` for a stranger, from memory: they change only when the facts are loaded. Places are not read."""
    return [one for one in _tour(generations("reference")) if not region or one.region_id == region]


def meetings_to_come(person: Any, today: date, limit: int = 3) -> QuerySet[Gathering]:
    """The next meetings from `today` on; a meeting without a date is not announced as one to come."""
    return meetings_in(person).filter(date__gte=today)[:limit]
