"""Old telephones and blocked scripts: the map, an idea, a support and the desk, as plain pages and forms."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.proposals import Proposal, deposit
from tests.browser.signing import LOGINS, PASSWORD
from tests.browser.staff import publish


@pytest.fixture
def plain(open_context: Callable[..., BrowserContext], size: str, language: str) -> Page:
    """A page whose browser runs no script."""
    return open_context(size, language, java_script_enabled=False).new_page()


def test_the_map_is_walked_by_links_and_forms(plain: Page, language: str) -> None:
    plain.goto(f"/{language}/carte")
    plain.goto(
        f"/{language}/"
        + str(plain.locator(".shapes a[href$='dans=09']").get_attribute("href")).replace("?", "carte?")
    )
    expect(plain.locator(".map-trail [aria-current=true]").first).to_be_visible()
    plain.locator(".map-table tbody th a").first.click()
    expect(plain.locator("h1")).to_have_count(1)
    plain.goto(f"/{language}/carte?dans=09")
    before = plain.locator(".map-legend").inner_text()
    fold = plain.locator(".map-fold > summary")
    if fold.is_visible():
        fold.click()
    plain.locator("#choice-indicator").select_option("illiteracy_rate_10_plus")
    plain.locator(".map-choices button[type=submit]").click()
    plain.wait_for_url("**indicateur=illiteracy_rate_10_plus*")
    assert "dans=09" in plain.url
    assert plain.locator(".map-legend").inner_text() != before
    plain.locator("#commune-q, #map-place").first.fill("taroudannt")
    plain.locator(".map-search button[type=submit]").click()
    expect(plain.locator("#map-found a").first).to_be_visible()


def test_an_idea_is_proposed_and_published(
    plain: Page,
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    size: str,
    language: str,
) -> None:
    proposal = Proposal(language)
    code = deposit(plain, proposal)
    desk = open_context(
        size, language, storage_state=session_of("delegate"), java_script_enabled=False
    ).new_page()
    publish(desk, language, code)
    plain.goto(f"/{language}/idees?q={proposal.word}")
    expect(plain.locator("#results h3 a")).to_have_text([proposal.title])


def test_one_signs_in_and_supports(plain: Page, published: str, language: str) -> None:
    plain.goto(f"/{language}/compte/login/?next=/{language}/idees/{published}")
    plain.locator("#id_login").fill(LOGINS["holder"])
    plain.locator("#id_password").fill(PASSWORD)
    plain.locator("form:has(#id_login) button[type=submit]").click()
    plain.wait_for_url(f"**/{language}/idees/{published}")
    before = plain.locator("#soutiens").get_attribute("data-count")
    plain.locator("#soutiens button[value=support]").click()
    expect(plain.locator("#soutiens button[value=stop]")).to_be_visible()
    assert plain.locator("#soutiens").get_attribute("data-count") != before
    plain.locator("#soutiens button[value=stop]").click()
    expect(plain.locator("#soutiens button[value=support]")).to_be_visible()
    assert plain.locator("#soutiens").get_attribute("data-count") == before
