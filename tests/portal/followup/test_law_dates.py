"""Every delay of the law in words, told at each of its moments once, and a calendar whose days never slip."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bpc.core.law.clocks import CLOCKS, DELAYS
from bpc.core.law.events import Event
from bpc.datasets.law_rules import read_law
from bpc.portal.followup.actions import DayToCome, say_date
from bpc.portal.followup.clocks import running_clocks
from bpc.portal.followup.feed import calendar_of, renew_feed, token_of
from bpc.portal.followup.law_dates import CLOCK_TITLES, EVENT_WORDS, USUAL
from bpc.portal.followup.models import ClockNotice, LegalDate
from bpc.portal.followup.reminders import remind
from tests.portal.followup.followup_world import NOW, TODAY, open_creation
from tests.portal.projects.project_world import make_group

MOROCCO = ZoneInfo("Africa/Casablanca")
KNOWN = date(2026, 1, 15)


def test_every_delay_and_every_fact_has_its_words() -> None:
    assert set(CLOCK_TITLES) == set(CLOCKS)
    assert set(EVENT_WORDS) == set(Event)
    assert (USUAL[0], USUAL[-1], len(USUAL)) == (Event.NAME_REQUESTED, Event.CAPITAL_FULLY_PAID, 23)
    assert settings.TIME_ZONE == "Africa/Casablanca"


@pytest.mark.django_db
@pytest.mark.parametrize("delay", DELAYS, ids=lambda delay: delay.code)
def test_each_delay_is_told_in_time_at_each_moment_once(delay: object) -> None:
    """From the day its fact is known to a month after its end, run every day: at most once at each moment."""
    code, starts = delay.code, delay.starts  # type: ignore[attr-defined]
    group = make_group()
    LegalDate.objects.create(project=group.project, event=starts, on=KNOWN)
    due = _due(code, starts)
    warn = read_law(settings.DATA)[delay.rule].warn_days  # type: ignore[attr-defined]
    moments = {"warned": timedelta(days=warn), "last": timedelta(days=1)} if warn is not None else {}
    first = min(KNOWN, due - timedelta(days=40))  # papers are due before an assembly that is planned
    around = {due + timedelta(days=n) for n in (-2, -1, 0, 1, 2, 31, 32)}
    around |= {due - distance + timedelta(days=n) for distance in moments.values() for n in (-1, 0, 1)}
    for day in sorted(one for one in around if one >= first):
        for _run in range(2):
            remind(datetime(day.year, day.month, day.day, 8, tzinfo=MOROCCO))
    told = {
        row.moment: timezone.localtime(row.told_at).date()
        for row in ClockNotice.objects.filter(clock=code, project=group.project)
    }
    rows = ClockNotice.objects.filter(clock=code, project=group.project).count()
    assert rows == len(told)
    if code in {"name_answer", "central_register", "accounts_transmission"} or code.startswith("derogation"):
        assert not told  # an administration's: the group is not told to hurry
        return
    assert told["over"] == due + timedelta(days=1)
    assert told["last"] == due - timedelta(days=1)
    if warn is not None and warn > 1 and due - timedelta(days=warn) >= first:
        assert told["warned"] == due - timedelta(days=warn)


def _due(code: str, starts: Event) -> date:
    """The last day as the engine counts it, looked for day by day."""
    for offset in range(-40, 365 * 6):
        for clock in running_clocks({starts.value: KNOWN}, KNOWN + timedelta(days=offset)):
            if clock.name == code:
                return clock.due_on
    raise AssertionError(code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "day"),
    [
        # ramadan 2026: the clock goes back an hour on 15 February, forward again on 22 March
        (datetime(2026, 2, 14, 22, 59, tzinfo=UTC), date(2026, 2, 14)),
        (datetime(2026, 2, 14, 23, 1, tzinfo=UTC), date(2026, 2, 15)),
        (datetime(2026, 2, 15, 23, 59, tzinfo=UTC), date(2026, 2, 15)),
        (datetime(2026, 3, 21, 23, 30, tzinfo=UTC), date(2026, 3, 21)),
        (datetime(2026, 3, 22, 23, 30, tzinfo=UTC), date(2026, 3, 23)),
    ],
)
def test_around_ramadan_the_day_is_morocco_s_and_the_calendar_counts_whole_days(
    at: datetime, day: date
) -> None:
    group = make_group()
    owner = group.inside["owner"]
    assert timezone.localtime(at).date() == day
    received = day - timedelta(days=30)
    LegalDate.objects.create(project=group.project, event=Event.NAME_APPROVED, on=received)
    calendar = Calendar.from_ical(calendar_of(owner, at=at, host="bpc.example.org"))
    (event,) = [one for one in calendar.walk("VEVENT") if "delai" in str(one["uid"])]
    # sixty days of the calendar, whatever the clocks did between: a day, never an hour that a change would move
    assert event.decoded("dtstart") == received + timedelta(days=60)
    assert event.decoded("dtend") == received + timedelta(days=61)
    assert not isinstance(event.decoded("dtstart"), datetime)
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == -timedelta(hours=15)
    fact = Event.FUNDS_RECEIVED
    with pytest.raises(DayToCome):
        say_date(project=group.project, event=fact, on=day + timedelta(days=1), actor=owner, at=at)
    say_date(project=group.project, event=fact, on=day, actor=owner, at=at)


@pytest.mark.django_db
def test_the_calendar_is_one_that_a_calendar_reads(client: Client) -> None:
    group = make_group()
    owner = group.inside["owner"]
    open_creation(group.project, owner)
    say_date(project=group.project, event=Event.REGISTERED, on=TODAY, actor=owner, at=NOW)
    feed = renew_feed(user=owner, at=NOW)
    body = client.get(reverse("web:calendar_file", args=[feed.pk, token_of(feed)])).content
    calendar = Calendar.from_ical(body)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    events = calendar.walk("VEVENT")
    assert len(events) >= 3
    uids = [str(one["uid"]) for one in events]
    assert len(set(uids)) == len(uids)
    for one in events:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "URL"} <= set(one)
        assert one.decoded("dtend") - one.decoded("dtstart") == timedelta(days=1)
        assert len(one.walk("VALARM")) == 1
        assert not one.errors
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
