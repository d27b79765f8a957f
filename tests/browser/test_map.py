"""The map in a real browser: with and without scripts, by keyboard, on paper, and the interactive one."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import give_axe, run_axe
from tests.browser.site import Site, latinise

LIMIT_FIRST_VIEW = 100_000
LIMIT_INTERACTIVE = 650_000


def weigh(page: Page) -> list[tuple[str, int]]:
    """Collect what arrives over the wire, headers left out: (address, bytes)."""
    arrived: list[tuple[str, int]] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    session.on(
        "Network.responseReceived", lambda event: names.update({event["requestId"]: event["response"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda event: arrived.append((names.get(event["requestId"], ""), int(event["encodedDataLength"]))),
    )
    return arrived


def no_violation(page: Page) -> None:
    latinise(page)
    give_axe(page)
    found = run_axe(page, {"resultTypes": ["violations"]}, within="main")
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found] == []


@pytest.mark.parametrize(
    "address",
    [
        "carte",
        "carte?dans=09&points=idees",
        "carte?comparer=sexes&niveau=provinces",
        "carte?indicateur=lq.work_sector_agriculture&dans=09&points=besoins&public=femmes",
    ],
)
def test_accessible_and_inside_the_screen(page: Page, language: str, address: str) -> None:
    page.goto(f"/{language}/{address}")
    expect(page.locator(".map-figure .choropleth")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    no_violation(page)


def test_first_view_weighs_less_than_100_kb(page: Page, language: str) -> None:
    arrived = weigh(page)
    page.goto(f"/{language}/carte", wait_until="networkidle")
    assert len(arrived) > 5
    assert sum(size for _, size in arrived) <= LIMIT_FIRST_VIEW, arrived


def test_drilling_changes_the_page_without_a_new_one(page: Page, language: str) -> None:
    page.goto(f"/{language}/carte")
    page.evaluate("document.body.dataset.same = 'yes'")
    page.locator('.shapes a[href*="dans=09"]').click()
    expect(page).to_have_url(re.compile(r"/carte\?dans=09$"))
    expect(page.locator(".shapes a")).to_have_count(6)
    expect(page.locator("#map-title")).to_be_focused()
    fold = page.locator(".map-fold > summary")  # on a phone; the choices fold again to let the map be seen
    folded = fold.is_visible()
    if folded:
        fold.click()
    page.locator("#choice-indicator").focus()
    page.locator("#choice-indicator").select_option("density")
    expect(page).to_have_url(re.compile(r"indicateur=density&dans=09|dans=09&indicateur=density"))
    expect(fold if folded else page.locator("#choice-indicator")).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/carte\?dans=09$"))
    expect(page.locator("#choice-indicator")).to_have_value("labour_unemployment_rate")
    assert page.evaluate("document.body.dataset.same") == "yes"
    other = "ar" if language == "fr" else "fr"
    assert page.locator(f'.languages a[hreflang="{other}"]').first.get_attribute("href").endswith("?dans=09")


def test_keyboard_walks_the_shapes(page: Page, language: str) -> None:
    page.goto(f"/{language}/carte?niveau=communes")
    assert page.locator('.shapes a[tabindex="0"]').count() == 1
    page.locator('.shapes a[tabindex="0"]').focus()
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowUp")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    assert second != first
    tip = page.locator(".map-tip")
    expect(tip).to_be_visible()
    assert "%" in tip.inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/{language}/{re.escape(second)}$"))


def test_search_and_position_lead_to_the_commune(open_context, language: str) -> None:
    context = open_context(
        "phone",
        language,
        permissions=["geolocation"],
        geolocation={"latitude": 30.4703, "longitude": -8.8770},
    )
    page = context.new_page()
    page.goto(f"/{language}/carte?indicateur=density")
    page.locator("#map-locate").click()
    expect(page).to_have_url(re.compile(r"indicateur=density&dans=09\.541"))
    expect(page.locator(".shapes .chosen a")).to_have_count(1)
    page.locator("#map-place").fill("ازيلال")
    page.keyboard.press("Enter")
    expect(page.locator("#map-found a").first).to_be_visible()


def test_without_script_everything_is_there(open_context, language: str) -> None:
    page = open_context("phone", language, java_script_enabled=False).new_page()
    page.goto(f"/{language}/carte")
    expect(page.locator("#map-locate")).to_be_hidden()
    page.locator(".map-fold > summary").click()
    page.locator("#choice-indicator").select_option("density")
    page.locator(".map-choices button[type=submit]").click()
    expect(page).to_have_url(re.compile("indicateur=density"))
    expect(page.locator(".map-view .alert")).to_have_count(0)
    page.locator('.map-table a[href*="dans=09"]').first.click()
    expect(page.locator(".shapes a")).to_have_count(6)


def test_interactive_map_draws_within_its_weight(page: Page, language: str) -> None:
    arrived = weigh(page)
    page.goto(f"/{language}/carte/interactive")
    expect(page.locator("#interactive[data-ready=yes]")).to_be_visible(timeout=60_000)
    expect(page.locator("#no-map")).to_be_hidden()
    expect(page.locator(".place-label").first).to_be_visible()
    names = page.locator(".place-label").all_inner_texts()
    assert any(re.search("[\u0600-\u06ff]" if language == "ar" else "[A-Za-z]", name) for name in names)
    assert sum(size for _, size in arrived) <= LIMIT_INTERACTIVE, arrived
    no_violation(page)


def test_interactive_map_opens_a_place_by_keyboard(page: Page, language: str) -> None:
    page.goto(f"/{language}/carte/interactive")
    expect(page.locator("#interactive[data-ready=yes]")).to_be_visible(timeout=60_000)
    names = page.locator(".place-label")
    expect(names.first).to_be_visible()
    seen_from_afar = names.all_inner_texts()
    page.locator("#go-to").select_option("09")
    expect(names).not_to_have_text(seen_from_afar, timeout=20_000)  # written anew where the flight ends
    page.locator(".maplibregl-canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".maplibregl-popup-content strong")).to_be_visible()
    expect(page.locator('.maplibregl-popup-content a[href*="/territoires/09"]')).to_be_visible()


def test_without_webgl_the_plain_map_is_offered(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address)
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = context.new_page()
    page.goto("/fr/carte/interactive")
    expect(page.locator("#no-map")).to_be_visible()
    expect(page.locator("#interactive")).to_be_hidden()
    page.locator("#no-map a").click()
    expect(page).to_have_url(re.compile("/fr/carte$"))
    context.close()
