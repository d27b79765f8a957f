"""The time that appointments keep, for the other rooms that keep people's time."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from bpc.portal.appointments.models import STEP, TakenTime
from bpc.portal.people.engagements import Engagement, declare_engagements

ROOM = "appointments"


def _taken(people: Iterable[int], begins: datetime, ends: datetime) -> Iterator[Engagement]:
    step = timedelta(minutes=STEP)
    rows = TakenTime.objects.filter(user__in=list(people), moment__gt=begins - step, moment__lt=ends)
    for person, moment in rows.order_by("moment").values_list("user", "moment"):
        yield Engagement(person, moment, moment + step)


def declare() -> None:
    """Called once when the app is ready."""
    declare_engagements(ROOM, _taken)
