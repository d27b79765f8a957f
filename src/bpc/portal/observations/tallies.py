"""How many needs and opportunities were heard where, and on what: one row per count, kept in step by the moves.

Whoever moves an observation calls `shift` in the same transaction, with its state before; `rebuild` counts everything
afresh, after an import or to prove the rows right. What is computed from data is never counted here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from bpc.portal.ideas.tallies import COUNTRY
from bpc.portal.observations.models import Observation, ObservationTally
from bpc.portal.observations.states import OPEN_STATES, PUBLIC_STATES, Kind, ObservationState

_Key = tuple[str, str, str | None]  # place, kind, category


@dataclass(frozen=True)
class Heard:
    """What people said of one place: still so today, and closed since."""

    needs: int = 0
    opportunities: int = 0
    closed_needs: int = 0
    closed_opportunities: int = 0

    @property
    def total(self) -> int:
        """All that was ever public."""
        return self.needs + self.opportunities + self.closed_needs + self.closed_opportunities


def column_of(state: str) -> str | None:
    """The column of the tally a state counts in; None for what is not public."""
    if state in OPEN_STATES:
        return "published"
    return "closed" if state == ObservationState.CLOSED else None


def shift(observation: Observation, before: str) -> None:
    """Count an observation where its state now says, no longer where `before` said."""
    left, entered = column_of(before), column_of(observation.state)
    if left == entered:
        return
    with transaction.atomic():
        for column, step in ((left, -1), (entered, 1)):
            if column is not None:
                _add(observation, column, step)


def _add(observation: Observation, column: str, step: int) -> None:
    for place, kind, category in _keys(observation):
        rows = ObservationTally.objects.filter(territory=place, kind=kind, category=category)
        if not rows.update(**{column: F(column) + step}) and step > 0:
            ObservationTally.objects.get_or_create(territory_id=place, kind=kind, category_id=category)
            rows.update(**{column: F(column) + step})


def _keys(observation: Observation) -> list[_Key]:
    """The rows one counts in, always in the same order so that two moves never wait for each other."""
    places = [COUNTRY, observation.region_id, observation.province_id]
    if observation.commune_id is not None:
        places.append(observation.commune_id)
    categories: Iterable[str | None] = (
        None,
        *sorted({observation.category_id, *observation.other_categories}),
    )
    return [(place, observation.kind, category) for category in categories for place in places]


def heard_count(kind: str, territory: str = "", category: str = "", *, closed: bool = False) -> int:
    """How many of a kind are open (or closed) in this territory ("": the country) and category ("": all)."""
    rows = ObservationTally.objects.filter(
        territory=territory or COUNTRY, kind=kind, category=category or None
    )
    return rows.values_list("closed" if closed else "published", flat=True).first() or 0


def heard_per_place(kind: str, category: str | None = None, *, level: str = "") -> dict[str, int]:
    """Code of each territory (of a level, if given) where some of this kind are open → how many. One query."""
    rows = ObservationTally.objects.filter(kind=kind, category=category, published__gt=0)
    if level:
        rows = rows.filter(territory__level=level)
    return dict(rows.values_list("territory_id", "published"))


def heard_in(territories: Sequence[str]) -> dict[str, Heard]:
    """What was heard in each of these territories; those where nothing was are told so too. One query."""
    rows = ObservationTally.objects.filter(territory__in=territories, category=None)
    counts = {
        (place, kind): (published, closed)
        for place, kind, published, closed in rows.values_list("territory_id", "kind", "published", "closed")
    }
    found = {}
    for place in territories:
        needs, closed_needs = counts.get((place, Kind.NEED), (0, 0))
        chances, closed_chances = counts.get((place, Kind.OPPORTUNITY), (0, 0))
        found[place] = Heard(needs, chances, closed_needs, closed_chances)
    return found


def heard_whole(territory: str) -> dict[tuple[str, str | None], tuple[int, int]]:
    """(kind, category or None for all) → how many are open and closed in one territory. One query."""
    rows = ObservationTally.objects.filter(territory=territory).order_by("-published", "category")
    columns = rows.values_list("kind", "category_id", "published", "closed")
    return {(kind, category): (still, closed) for kind, category, still, closed in columns}


def heard_by_category(territory: str, kind: str) -> dict[str, int]:
    """Code of each category some of this kind are open in → how many, in a territory. One query."""
    rows = ObservationTally.objects.filter(
        territory=territory or COUNTRY, kind=kind, published__gt=0, category__isnull=False
    )
    return dict(rows.order_by("-published", "category").values_list("category_id", "published"))


def rebuild() -> int:
    """Count all public observations afresh and return how many there are."""
    counts: dict[str, Counter[_Key]] = {"published": Counter(), "closed": Counter()}
    number = 0
    with transaction.atomic():
        ObservationTally.objects.all().delete()
        rows = Observation.objects.filter(state__in=PUBLIC_STATES).only(
            "kind", "state", "category", "other_categories", "commune", "province", "region"
        )
        for row in rows.iterator(chunk_size=2000):
            number += 1
            for key in _keys(row):
                counts[column_of(row.state) or ""][key] += 1
        keys = sorted({*counts["published"], *counts["closed"]}, key=str)
        ObservationTally.objects.bulk_create(
            (
                ObservationTally(
                    territory_id=place,
                    kind=kind,
                    category_id=category,
                    published=counts["published"][(place, kind, category)],
                    closed=counts["closed"][(place, kind, category)],
                )
                for place, kind, category in keys
            ),
            batch_size=500,
        )
    return number
