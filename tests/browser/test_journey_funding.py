"""Journey: find money for one's province, read its sheet, work out one's part, put its dates in a calendar."""

import re

from icalendar import Calendar
from playwright.sync_api import Page, expect

PLACE = {"fr": "Taroudannt", "ar": "تارودانت"}


def test_from_a_place_to_a_date_in_the_calendar(page: Page, language: str) -> None:
    page.goto(f"/{language}/")
    page.locator("main .cards a[href$='/financements']").first.click()
    page.wait_for_url(f"**/{language}/financements")
    place = page.locator("#filter-lieu")
    place.fill(PLACE[language])
    page.locator("#filter-q").fill("INDH")
    page.locator("main form[role=search] .search-line button[type=submit]").click()
    page.wait_for_url("**/financements?**lieu=**")
    call = page.locator("#results a[href$='/financements/indh-taroudant-2026']")
    expect(call).to_be_visible()
    expect(page.locator("#results a[href$='/financements/indh-p3-ess']")).to_have_count(0)
    call.click()
    page.wait_for_url(f"**/{language}/financements/indh-taroudant-2026")

    page.locator("input[name=cout]").fill("150 000")
    page.locator("#combien button[type=submit]").click()
    expect(page.locator("#combien dl")).to_contain_text("135\u202f000")
    expect(page.locator("#combien dl")).to_contain_text("15\u202f000")
    mark = page.locator("details.mark").first
    mark.locator("summary").click()
    expect(mark.locator("a")).to_have_attribute("href", re.compile("^https?://"))

    page.goto(f"/{language}/financements/peche-cooperatives")
    with page.expect_download() as caught:
        page.locator("a[href$='/peche-cooperatives.ics']").click()
    events = Calendar.from_ical(caught.value.path().read_bytes()).walk("VEVENT")
    assert [str(event["status"]) for event in events] == ["TENTATIVE", "TENTATIVE"]  # a forecast, told as one
