"""What anyone may reuse of public needs and opportunities: never who told them, how to reach them, or where they live.

A position given by its author is rounded to a thousandth of a degree, about 100 m. What is said of a whole province has
the province's representative point and no commune.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter
from typing import Any, Literal, TypeVar

from django.db.models import Q, QuerySet

from bpc.portal.ideas.open_data import DECIMALS, SLICE
from bpc.portal.ideas.references import normalise
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import PUBLIC_STATES
from bpc.portal.observations.tallies import heard_count

_LISTED = (
    "reference", "kind", "state", "title", "language", "category_id", "other_categories", "sector_id",
    "resource__reference", "audience",
    "territory_id", "commune_id", "province_id", "region_id", "speaker", "published_at", "answered_at",
    "closed_at", "closing", "confirmation_count", "is_demo",
)  # fmt: skip
_TEXTS = ("text",)
_POSITION = ("lon", "lat", "territory__lon", "territory__lat")


@dataclass(frozen=True, slots=True)
class OpenObservation:
    """One public need or opportunity as it may be reused, without its text.

    `position` tells what `lon` and `lat` (degrees, WGS84) are: `own`, given by the author, or the representative
    point of the `commune` or of the whole `province`.
    """

    reference: str
    kind: str
    state: str
    title: str
    language: str
    category: str
    other_categories: list[str]
    sector: str | None
    resource: str | None
    audience: str
    territory: str
    commune: str | None
    province: str
    region: str
    speaker: str
    published_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    closing: str
    confirmation_count: int
    is_demo: bool
    lon: float
    lat: float
    position: Literal["own", "commune", "province"]


@dataclass(frozen=True, slots=True)
class WholeObservation(OpenObservation):
    """One public need or opportunity with its text, in the language it was written in."""

    text: str


Shape = TypeVar("Shape", bound=OpenObservation)


@dataclass(frozen=True, slots=True)
class ObservationFilter:
    """Which are asked for. `kind` is need or opportunity; elsewhere empty means any.

    `territory`: code of a region, province or commune. `category`: the main one. `state`: one of the public states.
    """

    kind: str
    territory: str = ""
    category: str = ""
    sector: str = ""
    state: str = ""

    def count(self) -> int | None:
        """How many there are, from the kept tallies; None where no tally tells (a category, a sector, a state)."""
        if self.category or self.sector or self.state:
            return None
        return sum(heard_count(self.kind, self.territory, closed=closed) for closed in (False, True))


def _public(chosen: ObservationFilter) -> QuerySet[Observation]:
    states = [chosen.state] if chosen.state in PUBLIC_STATES else [] if chosen.state else PUBLIC_STATES
    found = Observation.objects.filter(kind=chosen.kind, state__in=states)
    if chosen.territory:
        column = {2: "region", 6: "province"}.get(len(chosen.territory), "commune")
        found = found.filter(**{column: chosen.territory})
    for name in ("category", "sector"):
        if value := getattr(chosen, name):
            found = found.filter(**{name: value})
    return found.order_by("-published_at", "-id")


def _open(shape: type[Shape], row: dict[str, Any]) -> Shape:
    own = row.pop("lon"), row.pop("lat")
    around = row.pop("territory__lon"), row.pop("territory__lat")
    given = own[0] is not None and own[1] is not None
    lon, lat = own if given else around
    row.pop("pk", None)
    return shape(
        lon=round(lon, DECIMALS),
        lat=round(lat, DECIMALS),
        position="own" if given else "province" if row["commune_id"] is None else "commune",
        **{name.removesuffix("__reference").removesuffix("_id"): value for name, value in row.items()},
    )


def list_open_observations(
    chosen: ObservationFilter, *, limit: int, after: tuple[datetime, int] | None = None
) -> tuple[list[OpenObservation], tuple[datetime, int] | None]:
    """At most `limit` of them, newest first, from just after `after`; and the mark to go on from, if any.

    Read state by state, since the index is in order of date within one: a slice costs the same however far it is.
    """
    rows: list[dict[str, Any]] = []
    for state in (chosen.state,) if chosen.state else PUBLIC_STATES:
        found = _public(replace(chosen, state=state))
        if after is not None:
            at, key = after
            found = found.filter(published_at__lte=at).filter(Q(published_at__lt=at) | Q(pk__lt=key))
        rows += found.values("pk", *_LISTED, *_POSITION)[: limit + 1]
    rows.sort(key=itemgetter("published_at", "pk"), reverse=True)
    mark = (rows[limit - 1]["published_at"], rows[limit - 1]["pk"]) if len(rows) > limit else None
    return [_open(OpenObservation, row) for row in rows[:limit]], mark


def open_observation(kind: str, reference: str) -> WholeObservation | None:
    """One public observation in full by its code, however typed; None when nothing is public under it."""
    rows = _public(ObservationFilter(kind)).filter(reference=normalise(reference) or reference)
    row = rows.values(*_LISTED, *_POSITION, *_TEXTS).first()
    return _open(WholeObservation, row) if row else None


def every_open_observation(kind: str) -> Iterator[WholeObservation]:
    """All public ones of a kind in full, newest first, read in slices: memory does not grow with their number."""
    rows = _public(ObservationFilter(kind)).values(*_LISTED, *_POSITION, *_TEXTS)
    return (_open(WholeObservation, dict(row)) for row in rows.iterator(chunk_size=2000))


def observation_slices() -> list[int]:
    """Numbers of the slices of keys that may hold public observations: one look at the largest key."""
    largest = Observation.objects.order_by("-pk").values_list("pk", flat=True).first()
    return [] if largest is None else list(range(largest // SLICE + 1))


def observations_in_slice(number: int) -> list[tuple[str, str, datetime]]:
    """(kind, code, date of publication) of the public observations whose keys are in a slice."""
    keys = range(number * SLICE, (number + 1) * SLICE)
    found = Observation.objects.filter(pk__gte=keys.start, pk__lt=keys.stop, state__in=PUBLIC_STATES)
    rows = found.order_by("pk").values_list("kind", "reference", "published_at")
    return [(kind, code, at) for kind, code, at in rows if at]
