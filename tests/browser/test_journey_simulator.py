"""Journey: without an account, a few questions lead to what the group can have; with an account, to alerts."""

from playwright.sync_api import Page, expect

COMMUNE, NAME = "09.541.01.11", {"fr": "Taliouine", "ar": "تالوين"}


def _answer(page: Page) -> str:
    """Answer the question shown; its name."""
    if page.locator("main [data-commune-box]").count():
        box = page.locator("main [data-commune-box] input[type=search]")
        box.press_sequentially(NAME[page.evaluate("document.documentElement.lang")])
        page.locator(f"main .suggestions [data-code='{COMMUNE}']").click()
        return "commune"
    screen = page.locator("main input[name=repond]").get_attribute("value") or ""
    typed = {"members": "20", "women": "20", "women_or_youth": "20", "annual_turnover_mad": "8 500 000"}
    chosen = {"legal_form": "cooperative", "sector": "aromatic"}
    known = False
    for name, value in chosen.items():
        box = page.locator(f"main input[name='r-{name}'][value='{value}']")
        if box.count():
            box.check()
            known = True
    for name, value in typed.items():
        box = page.locator(f"main input[name='r-{name}']")
        if box.count():
            box.fill(value)
            known = True
    page.locator(f"main form button{':not([name=act])' if known else '[name=act]'}").click()
    return screen


def test_a_few_questions_then_what_the_group_can_have(page: Page, language: str) -> None:
    page.goto(f"/{language}/financements/pour-nous")
    asked: list[str] = []
    while "/resultats" not in page.url and len(asked) < 16:
        before = page.url
        asked.append(_answer(page))
        expect(page).not_to_have_url(before)
    assert {"legal_form", "commune", "sector", "members"} <= set(asked)
    assert len(asked) == len(set(asked)) <= 15
    expect(page.locator(".fund-line-eligible, .fund-line-to_confirm")).not_to_have_count(0)
    excluded = page.locator(".fund-out")
    expect(excluded.locator(".fund-line").first).to_be_hidden()
    excluded.locator("summary").first.click()
    expect(excluded.locator(".fund-line").first).to_be_visible()
    for line in excluded.locator(".fund-line").all()[:10]:
        expect(line.locator(".reasons-no li").first).to_be_visible()
    assert page.context.cookies() == []
    assert f"commune={COMMUNE}" in page.locator("#share").input_value()


def test_an_answer_changed_from_the_results_changes_them(page: Page, language: str) -> None:
    query = f"legal_form=cooperative&commune={COMMUNE}&sector=aromatic&members=20&women=20"
    page.goto(f"/{language}/financements/pour-nous/resultats?{query}")
    before = page.locator(".fund-counts").inner_text()
    page.goto(f"/{language}/financements/pour-nous?{query}&question=members&vers=resultats")
    page.locator("input[name='r-women']").fill("2")
    page.locator("main form button:not([name=act])").click()
    page.wait_for_url("**/resultats?**women=2**")
    assert page.locator(".fund-counts").inner_text() != before
