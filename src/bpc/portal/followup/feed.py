"""A person's calendar: the dates of their projects' paths, at a secret address that can be replaced or withdrawn.

Titles name steps and delays as the templates do, never a project nor a person: a calendar is often shared.
"""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from bpc.portal.followup.models import CalendarFeed
from bpc.portal.followup.queries import ProjectReading, read_projects
from bpc.portal.followup.standing import DueKind
from bpc.portal.followup.words import DUE_WORDS, clock_title, told
from bpc.portal.foundation.audit import record
from bpc.portal.people.models import User
from bpc.portal.people.notices import full_address
from bpc.portal.projects.models import Project

_SALT = "bpc.portal.followup.feed"
#: From the reminder to the midnight at which the day begins.
_BEFORE = timedelta(hours=15)
MOST_PROJECTS = 50  # in one calendar


def token_of(feed: CalendarFeed) -> str:
    """What makes the address secret: made of the nonce and the site's own key, so that the rows alone give nothing."""
    return salted_hmac(_SALT, f"{feed.pk}:{feed.nonce}", algorithm="sha256").hexdigest()


def feed_by_token(pk: int, token: str) -> CalendarFeed | None:
    """The feed of this address; None for a wrong one, a withdrawn one, or one whose person left."""
    feed = CalendarFeed.objects.select_related("user").filter(pk=pk, user__is_active=True).first()
    if feed is None or not constant_time_compare(token_of(feed), token):
        return None
    return feed


@transaction.atomic
def renew_feed(*, user: User, at: datetime) -> CalendarFeed:
    """A new secret address; the former one answers no more."""
    fresh = {"nonce": secrets.token_hex(32), "created_at": at}
    feed, _made = CalendarFeed.objects.update_or_create(user=user, defaults=fresh)
    record(actor=user, verb="renew calendar address", obj=feed, at=at)
    return feed


@transaction.atomic
def withdraw_feed(*, user: User, at: datetime) -> None:
    """The address answers no more."""
    for feed in CalendarFeed.objects.filter(user=user):
        record(actor=user, verb="withdraw calendar address", obj=feed, at=at)
        feed.delete()


def calendar_of(user: User, *, at: datetime, host: str) -> bytes:
    """The calendar of the person's own projects, in the language now active: four queries and those of the paths."""
    own = Project.objects.filter(members__user=user, archived_at=None).order_by("-changed_at", "-pk")
    today = timezone.localtime(at).date()
    calendar = Calendar()
    calendar.add("prodid", f"-//{host}//Banque de Projets Coopératifs//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Banque de Projets Coopératifs : mes étapes"))
    for reading in read_projects(list(own[:MOST_PROJECTS]), today):
        for uid, on, summary, note in _entries(reading, today):
            address = full_address(reverse("web:paths", args=[reading.project.reference]))
            calendar.add_component(_event(f"{uid}@{host}", on, summary, f"{note}\n{address}", address, at))
    return bytes(calendar.to_ical())


def _entries(reading: ProjectReading, today: date) -> Iterable[tuple[str, date, str, str]]:
    """The last day of each delay of the law, and of each step that has a date and can be done now."""
    key = reading.project.pk
    for clock in reading.clocks:
        if not clock.over:
            summary = _("Dernier jour : %(delay)s") % {"delay": clock_title(clock.name)}
            yield f"delai-{key}-{clock.name}", clock.due_on, summary, str(DUE_WORDS[DueKind.LEGAL])
    running = {clock.name for clock in reading.clocks}
    for one in reading.paths:
        for step in one.standing.steps:
            if step.settled or step.waits_for or step.due is None or step.due.on < today:
                continue
            if step.step.clock in running:
                continue  # told by its delay already
            yield (
                f"etape-{one.path.pk}-{step.step.id}",
                step.due.on,
                told(step.step.title),
                str(DUE_WORDS[step.due.kind]),
            )


def _event(uid: str, on: date, summary: str, note: str, address: str, at: datetime) -> Any:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", note)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(summary))
    return event


def _alarm(summary: str) -> Any:
    """Rings at nine the day before. A day has no hour of its own: it is told by the reader's clock, ramadan or not."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_BEFORE)
    return alarm
