"""What anyone may reuse of published ideas: never who wrote one, how to reach them, or where they live.

A position given by its author is rounded to a thousandth of a degree, about 100 m.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from django.db.models import Q, QuerySet

from bpc.portal.ideas.models import Idea, IdeaTally
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.tallies import published_count

DECIMALS = 3
SLICE = 2000  # keys in one part of the site map
_LISTED = (
    "reference", "title", "language", "sector_id", "commune_id", "province_id", "region_id", "speaker",
    "audience", "published_at", "support_count", "comment_count", "is_demo",
)  # fmt: skip
_TEXTS = ("need", "proposal")
_POSITION = ("lon", "lat", "commune__lon", "commune__lat")


@dataclass(frozen=True, slots=True)
class OpenIdea:
    """One published idea as it may be reused, without its long texts.

    `position` tells what `lon` and `lat` (degrees, WGS84) are: `own`, given by the author, or `commune`, the
    representative point of the commune.
    """

    reference: str
    title: str
    language: str
    sector: str
    commune: str
    province: str
    region: str
    speaker: str
    audience: str
    published_at: datetime
    support_count: int
    comment_count: int
    is_demo: bool
    lon: float
    lat: float
    position: Literal["own", "commune"]


@dataclass(frozen=True, slots=True)
class WholeIdea(OpenIdea):
    """One published idea with its texts, in the language they were written in."""

    need: str
    proposal: str


Kind = TypeVar("Kind", bound=OpenIdea)


@dataclass(frozen=True, slots=True)
class IdeaFilter:
    """Which ideas are asked for; empty means any. `territory`: code of a region, province or commune."""

    territory: str = ""
    sector: str = ""
    language: str = ""

    def count(self) -> int | None:
        """How many there are, from the kept tallies; None where no tally tells (a language)."""
        if self.language:
            return None
        return published_count(self.territory or None, self.sector or None)


def _published(chosen: IdeaFilter) -> QuerySet[Idea]:
    found = Idea.objects.filter(state=IdeaState.PUBLISHED)
    if chosen.territory:
        column = {2: "region", 6: "province"}.get(len(chosen.territory), "commune")
        found = found.filter(**{column: chosen.territory})
    if chosen.sector:
        found = found.filter(sector=chosen.sector)
    if chosen.language:
        found = found.filter(language=chosen.language)
    return found.order_by("-published_at", "-id")


def _open(kind: type[Kind], row: dict[str, Any]) -> Kind:
    own = row.pop("lon"), row.pop("lat")
    around = row.pop("commune__lon"), row.pop("commune__lat")
    given = own[0] is not None and own[1] is not None
    lon, lat = own if given else around
    row.pop("pk", None)
    return kind(
        lon=round(lon, DECIMALS),
        lat=round(lat, DECIMALS),
        position="own" if given else "commune",
        **{name.removesuffix("_id"): value for name, value in row.items()},
    )


def list_open_ideas(
    chosen: IdeaFilter, *, limit: int, after: tuple[datetime, int] | None = None
) -> tuple[list[OpenIdea], tuple[datetime, int] | None]:
    """At most `limit` ideas, newest first, from just after `after`; and the mark to go on from, if any."""
    found = _published(chosen)
    if after is not None:
        at, key = after
        found = found.filter(published_at__lte=at).filter(Q(published_at__lt=at) | Q(pk__lt=key))
    rows = list(found.values("pk", *_LISTED, *_POSITION)[: limit + 1])
    mark = (rows[limit - 1]["published_at"], rows[limit - 1]["pk"]) if len(rows) > limit else None
    return [_open(OpenIdea, row) for row in rows[:limit]], mark


def open_idea(reference: str) -> WholeIdea | None:
    """One published idea in full by its code, however typed; None when nothing is published under it."""
    row = (
        _published(IdeaFilter())
        .filter(reference=normalise(reference) or reference)
        .values(*_LISTED, *_POSITION, *_TEXTS)
        .first()
    )
    return _open(WholeIdea, row) if row else None


def every_open_idea() -> Iterator[WholeIdea]:
    """All published ideas in full, newest first, read in slices: memory does not grow with their number."""
    rows = _published(IdeaFilter()).values(*_LISTED, *_POSITION, *_TEXTS)
    return (_open(WholeIdea, dict(row)) for row in rows.iterator(chunk_size=2000))


def ideas_per_commune(chosen: IdeaFilter) -> list[tuple[str, int]]:
    """(code of the commune, number of published ideas) from the kept tallies, in order of code."""
    rows = IdeaTally.objects.filter(territory__level="commune", sector=chosen.sector or None, published__gt=0)
    if len(chosen.territory) > len("09.541"):
        rows = rows.filter(territory=chosen.territory)
    elif chosen.territory:
        rows = rows.filter(territory__code__startswith=f"{chosen.territory}.")
    return list(rows.order_by("territory").values_list("territory", "published"))


def idea_slices() -> list[int]:
    """Numbers of the slices of keys that may hold published ideas: one look at the largest key."""
    largest = Idea.objects.order_by("-pk").values_list("pk", flat=True).first()
    return [] if largest is None else list(range(largest // SLICE + 1))


def ideas_in_slice(number: int) -> list[tuple[str, datetime]]:
    """(code, date of publication) of the published ideas whose keys are in a slice."""
    keys = range(number * SLICE, (number + 1) * SLICE)
    found = Idea.objects.filter(pk__gte=keys.start, pk__lt=keys.stop, state=IdeaState.PUBLISHED)
    return [(code, at) for code, at in found.order_by("pk").values_list("reference", "published_at") if at]
