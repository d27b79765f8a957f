"""A calendar file says moments in universal time and whole days without a zone, and strikes out what is cancelled."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bpc.portal.foundation.calendar_files import Entry, calendar_file

MOMENT = datetime(2027, 3, 10, 9, tzinfo=ZoneInfo("Africa/Casablanca"))


def test_moments_whole_days_and_what_is_cancelled() -> None:
    hours = Entry("a@b", 2, MOMENT, MOMENT, MOMENT.replace(hour=12), "Séance", url="https://exemple.ma/a")
    day = Entry("c@d", 0, MOMENT, date(2027, 3, 11), date(2027, 3, 12), "Jour", cancelled=True, private=True)
    text = calendar_file([hours, day], about="Essai", name="Mes dates").decode()
    first, second = Calendar.from_ical(text).walk("VEVENT")
    assert "X-WR-CALNAME:Mes dates" in text
    assert f"DTSTART:{MOMENT.astimezone(ZoneInfo('UTC')):%Y%m%dT%H%M%SZ}" in text
    assert "DTSTART;VALUE=DATE:20270311" in text
    assert (first["status"], first["sequence"], "class" in first) == ("CONFIRMED", 2, False)
    assert (second["status"], second["class"]) == ("CANCELLED", "PRIVATE")
