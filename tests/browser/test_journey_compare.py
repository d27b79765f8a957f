"""From a computed layer of the map to the needs women told of, then to two communes side by side."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_journey_interactive import READY
from tests.browser.test_journey_map import _unfold_choices

LAYER = "lack.running_water"
TYPED = {"fr": "taznakht", "ar": "تازناخت"}
TAZNAKHT, AZROU = "08.401.01.09", "03.271.01.01"


def _choose(page: Page, field: str, word: str, said: str) -> None:
    """Choose in a list of the map, unfolded where it must be, and wait for the view that says so."""
    _unfold_choices(page)
    more = page.locator(".map-more")
    if not page.locator(field).is_visible():
        more.locator("summary").click()
    with page.expect_response(re.compile(re.escape(said))):
        page.locator(field).select_option(word)
    expect(page.locator("#map-view")).not_to_have_attribute("aria-busy", "true")


def _heard(page: Page) -> int:
    """How many needs the circles of the drawing tell."""
    return sum(int(text) for text in page.locator(".symbols.needs text").all_text_contents())


def test_what_is_computed_and_what_women_said_stay_apart(page: Page, language: str) -> None:
    page.goto(f"/{language}/carte")
    _choose(page, "#choice-indicator", LAYER, LAYER)
    expect(page.locator("#map-title .column-origin")).to_be_visible()
    expect(page.locator(".map-about a[href*='/methodes#shortfalls']")).to_be_visible()
    _choose(page, "#choice-points", "besoins", "points=besoins")
    everybody = _heard(page)
    assert everybody > 0
    expect(page.locator(".symbols.needs circle").first).to_be_attached()
    _choose(page, "#choice-public", "femmes", "public=femmes")
    page.wait_for_url("**public=femmes*")
    women = _heard(page)
    assert 0 < women < everybody
    expect(page.locator(".map-figure .map-legend-title")).not_to_have_count(0)
    origins = page.locator(".map-table thead .column-origin")
    expect(origins).to_have_count(2)
    other = page.context.new_page()
    other.goto(page.url)
    assert _heard(other) == women
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_two_communes_are_set_side_by_side(page: Page, language: str) -> None:
    page.goto(f"/{language}/comparer?lieux={AZROU}")
    box = page.locator("#compare-place")
    box.press_sequentially(TYPED[language], delay=20)
    option = page.locator(f"[role=option][data-code='{TAZNAKHT}']")
    expect(option).to_be_visible()
    while option.get_attribute("aria-selected") != "true":
        box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"**/{language}/comparer?lieux={AZROU},{TAZNAKHT}")
    names = [
        page.request.get(f"/api/v1/territories/{code}").json()[f"name_{language}"]
        for code in (AZROU, TAZNAKHT)
    ]
    expect(page.locator(".compare-places li > a:first-child")).to_have_text(names)
    for section in (
        "chiffres",
        "evolution",
        "metiers",
        "etablissements",
        "manques",
        "voix",
        "ressources",
        "modeles",
    ):
        rows = page.locator(f"#{section} tbody tr")
        assert rows.count() > 0
        assert rows.first.locator("td").count() in {2, 3}
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator(".compare-places .button").first.click()
    page.wait_for_url(f"**/{language}/comparer?lieux={TAZNAKHT}")
    expect(page.locator(".compare-places li > a:first-child")).to_have_text(names[1:])


def test_needs_are_shown_on_the_interactive_map_when_asked(page: Page, language: str) -> None:
    page.goto(f"/{language}/carte/interactive")
    expect(page.locator(READY)).to_be_attached(timeout=40_000)
    expect(page.locator(".cluster-mark.of-needs")).to_have_count(0)
    with page.expect_response("**/carte/points/needs.geojson"):
        page.locator("#show-needs").check()
    mark = page.locator(".cluster-mark.of-needs").first
    expect(mark).to_be_visible(timeout=20_000)
    page.locator("#show-ideas").uncheck()
    expect(page.locator(".cluster-mark.of-ideas")).to_have_count(0)
    for _ in range(8):  # a cluster opens into its points, a point tells what was said
        if page.locator(".maplibregl-popup a").count():
            break
        page.locator(".cluster-mark.of-needs").first.press("Enter")
        page.wait_for_timeout(700)
    link = page.locator(".maplibregl-popup a").first
    expect(link).to_be_visible()
    title = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_have_text(title)
