"""Journey: from one's commune to what could be done there, a weight moved, and a model adapted to the place."""

import re

from playwright.sync_api import Page, expect

COMMUNE, NAME = "09.541.01.11", {"fr": "Taliouine", "ar": "تالوين"}


def _models(page: Page) -> list[str]:
    """The models as the page ranks them."""
    return [str(one.get_attribute("id")) for one in page.locator(".prospect").all()]


def test_from_home_to_a_model_adapted_to_the_commune(page: Page, language: str) -> None:
    page.goto(f"/{language}/")
    box = page.locator("main [data-commune-box] input[type=search]")
    box.press_sequentially(NAME[language])
    page.locator(f"main .suggestions [data-code='{COMMUNE}']").click()
    page.wait_for_url(f"**/{language}/territoires/{COMMUNE}")
    section = page.locator("section:has(> #faire)")
    expect(section.locator("li")).to_have_count(3)
    section.locator("a.button").click()
    page.wait_for_url(f"**/que-faire-ici?commune={COMMUNE}")
    before = _models(page)
    assert "modele-safran" in before[:2]

    page.locator("details:has(#poids-besoin) > summary").click()
    slider = page.locator("#poids-ressource")
    slider.focus()
    slider.press("Home")  # nothing
    page.wait_for_url("**ressource=0**")
    expect(page.locator(".prospect").nth(1)).not_to_have_id(before[1])
    moved = _models(page)
    page.reload()
    assert _models(page) == moved
    expect(page.locator("#poids-ressource")).to_have_value("0")

    page.goto(f"/{language}/que-faire-ici?commune={COMMUNE}&modele=safran")
    saffron = page.locator("#modele-safran")
    expect(saffron.locator("details.reasons")).to_have_attribute("open", "")
    saffron.locator("a.button").first.click()
    page.wait_for_url(f"**/modeles/safran?commune={COMMUNE}#adapter")
    expect(page.locator("#result")).to_contain_text(NAME[language])


def test_a_commune_named_without_the_list_is_found(page: Page, language: str) -> None:
    page.goto(f"/{language}/que-faire-ici")
    box = page.locator("main [data-commune-box]")
    box.locator("input[type=search]").fill(NAME[language])
    box.locator("button[type=submit]").click()
    page.wait_for_url("**/que-faire-ici?**")
    if "q=" in page.url:  # several are so named in this script
        page.locator(f"main a[href='?commune={COMMUNE}']").click()
    page.wait_for_url(f"**/que-faire-ici?commune={COMMUNE}")
    assert len(_models(page)) == 8


def test_the_map_of_a_model_leads_into_a_region_and_follows_the_weights(page: Page, language: str) -> None:
    page.goto(f"/{language}/modeles/safran/ou")
    expect(page.locator("svg.choropleth .shapes a")).to_have_count(75)
    page.locator("#where-region").select_option("09")
    page.wait_for_url("**dans=09**")
    shapes = page.locator("svg.choropleth .shapes a")
    expect(page.locator("#map-table tbody tr")).to_have_count(shapes.count())
    first = page.locator("#map-table tbody tr").first
    expect(first.locator("th")).to_have_text(NAME[language])
    score = first.locator("td").nth(1).inner_text()
    page.locator("details:has(#poids-besoin) > summary").click()
    page.locator("#poids-besoin").focus()
    page.locator("#poids-besoin").press("End")
    page.wait_for_url("**besoin=100**")
    expect(page.locator("#map-table tbody tr").first.locator("td").nth(1)).not_to_have_text(score)
    assert re.search(r"dans=09", page.url)
