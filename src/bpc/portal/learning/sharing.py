"""What a device is told of what the others did: every event that arrived, piece after piece, in its own terms."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bpc.core.learning.progress import Event
from bpc.portal.learning.events import events_of
from bpc.portal.learning.models import Following
from bpc.portal.training.catalogue import Published

MOST_TOLD = 200


@dataclass(frozen=True)
class Told:
    """Events as JSON; `since`: what the device asks after next; `more`: whether some are left."""

    events: list[dict[str, Any]]
    since: int
    more: bool


def tell_events(following: Following | None, published: Published, *, since: int) -> Told:
    """Those that arrived after `since`, 0 for all, with the options of the version given."""
    if following is None:
        return Told([], since, False)
    found = events_of(following, published, after=since, most=MOST_TOLD + 1)
    shown = found[:MOST_TOLD]
    events = [_told(one.event, published.version) for one in shown]
    return Told(events, shown[-1].rank if shown else since, len(found) > MOST_TOLD)


def _told(event: Event, version: int) -> dict[str, Any]:
    """The day is that of the people here: review counts in days."""
    moment = event.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {
        "key": event.id, "at": moment, "day": str(timezone.localtime(event.at).date()), "did": str(event.did),
        "lesson": event.lesson, "question": event.question, "answer": event.answer, "version": version,
    }  # fmt: skip
