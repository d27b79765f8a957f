"""Journey 7: ideas found in whatever spelling, filtered and turned in the address, in either language."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from bpc.portal.ideas.queries import PAGE_SIZE
from tests.browser.ideas_in_bulk import CROWD, Crowd


def _titles(page: Page) -> list[str]:
    return page.locator("#results h3 a").all_inner_texts()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("elevage chevre laitiere", "fr"), ("ÉLEVAGE de chèvres", "fr"), ("l'élevage des chèvres", "fr"),
        ("المدرسه", "ar"), ("مَدْرَسَة", "ar"), ("مدرســـة", "ar"), ("للمراه القرويه", "ar"),
    ],
)  # fmt: skip
def test_search_forgives_spelling(page: Page, language: str, crowd: Crowd, typed: str, found: str) -> None:
    page.goto(f"/{language}/idees")
    page.locator("#filter-q").fill(f"{typed} {crowd.word}")
    page.locator("#filter-q").press("Enter")
    # whatever holds every word comes first; what holds some of them follows
    expect(page.locator("#results h3 a").first).to_have_text(crowd.special[found])


def test_filters_pages_and_order_live_in_the_address(page: Page, language: str, crowd: Crowd) -> None:
    page.goto(f"/{language}/idees?q={crowd.plain}")
    expect(page.locator("#results h3 a")).to_have_count(PAGE_SIZE)
    first = set(_titles(page))
    page.locator("#results nav a[href*='page=2']").first.click()
    page.wait_for_url("**page=2**")
    second = set(_titles(page))
    assert len(second) == CROWD - PAGE_SIZE
    assert not first & second
    page.goto(f"/{language}/idees?q={crowd.plain}&sort=soutenues")
    assert _titles(page)[0] == crowd.supported
    page.goto(f"/{language}/idees?q={crowd.plain}")
    page.locator(".drawer summary").click()
    page.locator("#filter-sector").select_option("beekeeping")
    page.wait_for_url("**sector=beekeeping**")
    expect(page.locator("#results h3 a")).to_have_count(crowd.bees)
    page.locator("#results a.chip-remove").first.click()
    page.wait_for_url(lambda address: "sector=beekeeping" not in address)
    expect(page.locator("#results h3 a")).to_have_count(PAGE_SIZE)


def test_nothing_found_offers_a_way_out(page: Page, language: str, crowd: Crowd) -> None:
    page.goto(f"/{language}/idees?q=introuvable{crowd.plain}%22%27*")
    expect(page.locator("#results h3 a")).to_have_count(0)
    page.locator("#results a[href$='/idees']").click()
    expect(page.locator("#results h3 a").first).to_be_visible()


def test_the_other_language_keeps_page_and_filters(
    page: Page, language: str, size: str, crowd: Crowd
) -> None:
    other = "ar" if language == "fr" else "fr"
    page.goto(f"/{language}/idees?q={crowd.plain}")
    page.locator(".drawer summary").click()
    page.locator("#filter-sector").select_option("beekeeping")
    page.wait_for_url("**sector=beekeeping**")
    if size == "phone":
        page.locator("details.menu > summary").click()
    page.locator(f"header a[hreflang={other}]:visible").click()
    page.wait_for_url(f"**/{other}/idees?**")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["q"] == [crowd.plain]
    assert asked["sector"] == ["beekeeping"]
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator("#filter-sector")).to_have_value("beekeeping")
    expect(page.locator("#results h3 a")).to_have_count(crowd.bees)
