"""Reads of the meetings; those without a known date come last, never first."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, QuerySet

from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.permissions import visible
from bpc.portal.gatherings.models import Gathering, MeetingPhoto, Registration
from bpc.portal.gatherings.states import GatheringState
from bpc.portal.gatherings.visibility import gatherings_organised_by
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState
from bpc.portal.seats.states import RegistrationState

_GONE = (GatheringState.CANCELLED, GatheringState.HELD)
#: What a line of the calendar shows: no note, no partners, no address.
_LINE = (
    "key", "origin", "state", "date", "date_status", "starts_at", "ends_at", "city_fr", "city_ar", "title_fr",
    "title_ar", "theme_fr", "theme_ar", "venue_fr", "venue_ar", "source_url", "capacity", "seat_count",
    "waiting_count", "registration_until", "is_demo", "region__name_fr", "region__name_ar", "region__code",
)  # fmt: skip


def meetings_in(person: Any, region: str = "") -> QuerySet[Gathering]:
    """The meetings of a region (its code; empty: all), in order of date, unknown dates last. One query."""
    meetings = visible(person, Gathering).select_related("region", "commune")
    if region:
        meetings = meetings.filter(region=region)
    return meetings.order_by(F("date").asc(nulls_last=True), "key")


@lru_cache(maxsize=1)
def _tour(generation: str) -> tuple[Gathering, ...]:
    rows = meetings_in(AnonymousUser()).select_related(None)
    return tuple(rows.filter(origin="facts"))


def meetings_held(region: str = "") -> list[Gathering]:
    """As `meetings_in` for a stranger, those of the facts, from memory: they change only when facts are loaded.

    Places are not read.
    """
    return [one for one in _tour(generations("reference")) if not region or one.region_id == region]


def meetings_to_come(person: Any, today: date, limit: int = 3) -> QuerySet[Gathering]:
    """The next meetings from `today` on; one without a date, held or cancelled is not announced as one to come."""
    return meetings_in(person).filter(date__gte=today).exclude(state__in=_GONE)[:limit]


def meetings_announced(today: date, region: str = "", limit: int = 3) -> list[Gathering]:
    """The next meetings of a region for its sheet, or those of the country: one query."""
    rows = meetings_in(AnonymousUser(), region).select_related(None).filter(date__gte=today)
    return list(rows.exclude(state__in=_GONE).only(*(name for name in _LINE if "__" not in name))[:limit])


def calendar_lines(person: Any, region: str = "") -> QuerySet[Gathering]:
    """The meetings as lines of the calendar, without their longer words."""
    return meetings_in(person, region).select_related(None).select_related("region").only(*_LINE)


def coming(lines: QuerySet[Gathering], today: date) -> QuerySet[Gathering]:
    """From today on, the nearest first; the cancelled too, so that nobody travels for nothing."""
    return lines.filter(date__gte=today).exclude(state=GatheringState.HELD)


def past(lines: QuerySet[Gathering], today: date) -> QuerySet[Gathering]:
    """Before today, or held today: the latest first."""
    gone = lines.filter(date__isnull=False).exclude(pk__in=coming(lines, today).values("pk"))
    return gone.order_by("-date", "-key")


def undated(lines: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Those whose day is not known."""
    return lines.filter(date=None).order_by("key")


def counts_by_region(person: Any) -> Mapping[str, int]:
    """How many meetings each region has, by code: one query."""
    rows = visible(person, Gathering).order_by().values_list("region_id").annotate(Count("pk"))
    return dict(rows)


def whole_meetings() -> QuerySet[Gathering]:
    """With all a sheet shows: places, programme, report."""
    return Gathering.objects.select_related("region", "commune", "report").prefetch_related("programme")


def photos_of(gathering: Gathering) -> list[MeetingPhoto]:
    """The photos that were not withdrawn, in the order they were added."""
    return list(gathering.photos.filter(withdrawn_at=None))


def ideas_born_at(gathering: Gathering, limit: int = 12) -> list[Idea]:
    """The published ideas said in this meeting, the latest first, without their texts."""
    said = Idea.objects.filter(gathered__gathering=gathering, state=IdeaState.PUBLISHED)
    lines = said.select_related("commune", "sector", "gathered").order_by("-published_at", "-pk")
    return list(
        lines.only(
            "reference", "title", "language", "is_demo", "commune__name_fr", "commune__name_ar",
            "sector__name_fr", "sector__name_ar", "sector__icon", "gathered__hands",
        )[:limit]
    )  # fmt: skip


def meetings_organised(person: Any) -> QuerySet[Gathering]:
    """Those the person organises, the latest first, unknown dates before: they wait for one."""
    rows = gatherings_organised_by(person).select_related("region").only(*_LINE)
    return rows.order_by(F("date").desc(nulls_first=True), "-key")


def own_registration(person: Any, gathering: Gathering) -> Registration | None:
    """The running registration of a signed-in person."""
    if not person.is_authenticated:
        return None
    running = gathering.registrations.exclude(state=RegistrationState.CANCELLED)
    return running.filter(user=person).first()


def own_registrations(person: Any, today: date) -> QuerySet[Registration]:
    """The person's running registrations for meetings to come, the nearest first."""
    rows = Registration.objects.filter(user=person, gathering__date__gte=today)
    rows = rows.exclude(state=RegistrationState.CANCELLED)
    return rows.select_related("gathering").order_by("gathering__date", "pk")


def attendees(gathering: Gathering, query: str = "", state: str = "") -> QuerySet[Registration]:
    """The registrations of a meeting: seats first, then those who wait in their order, then the cancelled."""
    rows = gathering.registrations.all()
    if state:
        rows = rows.filter(state=state)
    if query:
        rows = rows.filter(name__icontains=query)
    return rows.order_by(F("cancelled_at").asc(nulls_first=True), F("seated_at").asc(nulls_last=True), "pk")
