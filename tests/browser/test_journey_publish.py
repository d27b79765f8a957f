"""Journey 3: a delegate signs in with the second factor and publishes; everybody then finds the idea everywhere."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.proposals import Proposal, deposit
from tests.browser.signing import SecondFactor, sign_in
from tests.browser.staff import publish

PROVINCE = "09.163"


def _points_of(page: Page, language: str, within: str, code: str) -> int:
    """The number of ideas that the map's table tells for a commune."""
    page.goto(f"/{language}/carte?dans={within}&points=idees&tri=-points")
    row = page.locator(".map-table tbody tr").filter(has=page.locator(f"a[href$='territoires/{code}']"))
    return int(re.sub(r"\D", "", row.locator("td").last.inner_text()) or 0)


def test_published_by_the_delegate_and_found_by_all(
    open_context: Callable[..., BrowserContext], factor: SecondFactor, size: str, language: str
) -> None:
    proposal = Proposal(language)
    stranger = open_context(size, language).new_page()
    counted = _points_of(stranger, language, PROVINCE, proposal.commune)
    code = deposit(stranger, proposal)
    assert stranger.request.get(f"/{language}/idees/{code}").status == 404
    assert _points_of(stranger, language, PROVINCE, proposal.commune) == counted
    desk = open_context(size, language).new_page()
    sign_in(desk, language, "delegate", factor)
    desk.goto(f"/{language}/moderation")
    expect(desk.locator(f"main a[href$='/moderation/idees/{code}']")).to_be_visible()
    publish(desk, language, code)
    desk.goto(f"/{language}/moderation")
    expect(desk.locator(f"main a[href$='/moderation/idees/{code}']")).to_have_count(0)

    link = f"main a[href$='/idees/{code}']"
    stranger.goto(f"/{language}/idees")
    expect(stranger.locator(link).first).to_have_text(proposal.title)
    stranger.goto(f"/{language}/idees?q={proposal.word}")
    expect(stranger.locator("#results h3 a")).to_have_count(1)
    expect(stranger.locator(link)).to_have_text(proposal.title)
    stranger.goto(f"/{language}/territoires/{proposal.commune}")
    expect(stranger.locator(link)).to_have_text(proposal.title)
    assert _points_of(stranger, language, PROVINCE, proposal.commune) == counted + 1
    stranger.goto(f"/{language}/idees/{code}")
    expect(stranger.locator("h1")).to_have_text(proposal.title)
    expect(stranger.locator("h1")).to_have_attribute("lang", language)
    expect(stranger.locator("main")).not_to_contain_text(proposal.contact)
    assert code in stranger.request.get("/api/v1/ideas.geojson").text()


def test_a_wrong_second_factor_opens_nothing(
    open_context: Callable[..., BrowserContext], size: str, language: str
) -> None:
    page = open_context(size, language).new_page()
    page.goto(f"/{language}/compte/login/?next=/{language}/moderation")
    page.locator("#id_login").fill("administratrice@demo.invalid")
    page.locator("#id_password").fill("cooperative-demo")
    page.locator("form:has(#id_login) button[type=submit]").click()
    page.wait_for_url("**/2fa/authenticate/**")
    page.locator("#id_code").fill("000000")
    page.locator("form:has(#id_code) button[type=submit]").click()
    expect(page.locator("#errors")).to_be_visible()
    page.goto(f"/{language}/moderation")
    assert "/moderation" not in page.url.split("?")[0]
