"""Meetings in order of date, unknown dates last and never announced."""

from datetime import date

import pytest

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.queries import meetings_held, meetings_in, meetings_to_come


@pytest.mark.django_db
def test_the_tour_has_one_meeting_per_region_unknown_dates_last() -> None:
    days = [meeting.date for meeting in meetings_in(None)]
    known = [day for day in days if day is not None]
    assert len(days) == 12
    assert known == sorted(known)
    assert days == known + [None] * (12 - len(known))
    assert known[0] == date(2025, 4, 3)


@pytest.mark.django_db
def test_a_region_has_its_own() -> None:
    (agadir,) = meetings_in(None, "09")
    assert (agadir.city_fr, agadir.date, agadir.date_status) == ("Agadir", None, "unknown")


@pytest.mark.django_db
def test_only_dated_meetings_are_to_come() -> None:
    assert list(meetings_to_come(None, date(2026, 1, 1))) == []
    Gathering.objects.create(
        key="next",
        region_id="09",
        date=date(2026, 3, 2),
        date_status="reported",
        city_fr="Tiznit",
        city_ar="تيزنيت",
    )
    assert [meeting.city_fr for meeting in meetings_to_come(None, date(2026, 3, 2))] == ["Tiznit"]
    assert list(meetings_to_come(None, date(2026, 3, 3))) == []


@pytest.mark.django_db
def test_meetings_in_memory_are_those_of_the_rows_and_follow_a_new_loading() -> None:
    outdate("reference")
    assert meetings_held() == list(meetings_in(None))
    assert meetings_held("09") == list(meetings_in(None, "09"))
    Gathering.objects.filter(region="09").update(date=date(2025, 5, 2), date_status="reported")
    outdate("reference")
    assert [meeting.date for meeting in meetings_held("09")] == [date(2025, 5, 2)]
