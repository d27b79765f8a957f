"""The moments that advisors keep for teams, for the other rooms that keep people's time."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from bpc.portal.contests.models import AdvisorSlot
from bpc.portal.people.engagements import Engagement, declare_engagements

ROOM = "contests"
LONGEST = 180  # minutes of a moment


def _kept(people: Iterable[int], begins: datetime, ends: datetime) -> Iterator[Engagement]:
    """A moment offered is kept, whether or not a team took it yet."""
    rows = AdvisorSlot.objects.filter(
        advisor__in=list(people), starts_at__lt=ends, starts_at__gt=begins - timedelta(minutes=LONGEST)
    )
    for person, starts_at, minutes in rows.order_by("starts_at").values_list(
        "advisor", "starts_at", "minutes"
    ):
        if (over := starts_at + timedelta(minutes=minutes)) > begins:
            yield Engagement(person, starts_at, over)


def declare() -> None:
    """Called once when the app is ready."""
    declare_engagements(ROOM, _kept)
