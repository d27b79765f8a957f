"""Journey 1: from the first page to one's commune, its figures, and the map down to it with the keyboard alone."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

COMMUNE, PROVINCE, REGION = "09.163.01.03", "09.163", "09"
TYPED = {"fr": "àit bahâ", "ar": "ايت باها"}  # accents where there are none; no madda where there is one
NARROW = "\u202f"
ARROWS = ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight")


def _written(value: float, decimals: int = 0) -> str:
    return f"{value:,.{decimals}f}".replace(",", NARROW).replace(".", ",")


def _api(page: Page, address: str) -> dict:  # type: ignore[type-arg]
    answer = page.request.get(f"/api/v1/{address}")
    assert answer.ok
    found: dict = answer.json()  # type: ignore[type-arg]
    return found


def _value(page: Page, indicator: str, code: str, level: str) -> float:
    values = _api(page, f"indicators/{indicator}/values?level={level}")
    return float(values["values"][values["codes"].index(code)])


def test_a_commune_is_found_by_a_badly_spelled_name(page: Page, language: str) -> None:
    page.goto(f"/{language}/")
    box = page.locator("#commune-q")
    box.press_sequentially(TYPED[language], delay=20)
    option = page.locator(f"[role=option][data-code='{COMMUNE}']")
    expect(option).to_be_visible()
    place = _api(page, f"territories/{COMMUNE}")
    province = place["parent_name"][f"name_{language}"]
    expect(option).to_contain_text(place[f"name_{language}"])
    expect(option).to_contain_text(province)
    while option.get_attribute("aria-selected") != "true":
        box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"**/{language}/territoires/{COMMUNE}")
    expect(page.locator("h1")).to_have_text(place[f"name_{language}"])
    figures = page.locator(".key-figures")
    expect(figures).to_contain_text(_written(place["population_2024"]))
    rate = _value(page, "labour_unemployment_rate", COMMUNE, "commune")
    expect(page.locator("main")).to_contain_text(_written(rate, 1))
    page.locator(".sheet-head a[href*='/carte?']").click()
    page.wait_for_url("**/carte?**")
    expect(page.locator(".map-chosen")).to_contain_text(place[f"name_{language}"])
    expect(page.locator(".map-chosen")).to_contain_text(_written(rate, 1))
    expect(page.locator(".choropleth .shapes .chosen a")).to_have_count(1)


def _focused_place(page: Page) -> str:
    found: str = page.evaluate(
        "() => document.activeElement.closest('.shapes a')?.getAttribute('href') ?? ''"
    )
    return found


def _steps(page: Page) -> dict[str, dict[str, str]]:
    """Where each arrow leads from each shape, tried one by one."""
    found: dict[str, dict[str, str]] = page.evaluate(
        """(arrows) => {
          const shapes = [...document.querySelectorAll('.shapes a')];
          const name = (shape) => shape.getAttribute('href');
          return Object.fromEntries(shapes.map((shape) => [name(shape), Object.fromEntries(arrows.map((key) => {
            shape.focus();
            shape.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            return [key, name(document.activeElement)];
          }))]));
        }""",
        ARROWS,
    )
    return found


def _paths(steps: dict[str, dict[str, str]], start: str) -> dict[str, list[str]]:
    """The shortest series of arrows from `start` to every shape that arrows reach."""
    paths: dict[str, list[str]] = {start: []}
    waiting = [start]
    for address in waiting:
        for arrow, following in steps[address].items():
            if following not in paths:
                paths[following] = [*paths[address], arrow]
                waiting.append(following)
    return paths


def _walk_to(page: Page, wanted: str) -> None:
    """With arrows only, from the one stop of the drawing to the shape whose address ends with `wanted`."""
    steps = _steps(page)
    start = _enter_drawing(page)
    paths = _paths(steps, start)
    assert set(paths) == set(steps), "places out of the keyboard's reach"
    (target,) = [address for address in paths if address.endswith(wanted)]
    for arrow in paths[target]:
        page.keyboard.press(arrow)
    assert _focused_place(page) == target


def _enter_drawing(page: Page) -> str:
    """Tab from the link before the drawing; returns the address of the shape that takes the focus."""
    page.locator(".map-skip").focus()
    page.keyboard.press("Tab")
    entered = _focused_place(page)
    assert entered
    return entered


def test_the_map_is_walked_with_the_keyboard(page: Page, language: str) -> None:
    page.goto(f"/{language}/carte")
    expect(page.locator(".choropleth .shapes a")).to_have_count(12)
    _walk_to(page, f"dans={REGION}")
    expect(page.locator(".map-tip")).to_contain_text(
        _written(_value(page, "labour_unemployment_rate", REGION, "region"), 1)
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/carte?dans={REGION}")
    region = _api(page, f"territories/{REGION}")
    expect(page.locator(".choropleth .shapes a")).to_have_count(len(region["children"]))
    _walk_to(page, f"dans={PROVINCE}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/carte?dans={PROVINCE}")
    province = _api(page, f"territories/{PROVINCE}")
    expect(page.locator(".choropleth .shapes a")).to_have_count(len(province["children"]))
    _walk_to(page, f"territoires/{COMMUNE}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/territoires/{COMMUNE}")
    expect(page.locator("h1")).to_have_text(_api(page, f"territories/{COMMUNE}")[f"name_{language}"])


def _unfold_choices(page: Page) -> None:
    """On a phone the choices are folded, and folded again once the map has followed them."""
    if page.locator(".map-fold > summary").is_visible():
        page.locator(".map-fold > summary").click()


def _what_is_shown(page: Page) -> tuple[str, ...]:
    return (
        page.title(),
        page.locator("#choice-indicator").input_value(),
        page.locator(".map-reading").inner_text(),
        page.locator(".map-references").inner_text(),
        page.locator(".map-legend").inner_text(),
        page.locator(".map-table tbody").inner_text(),
        page.locator(".choropleth .shapes")
        .inner_html()
        .replace(' tabindex="0"', "")
        .replace(' tabindex="-1"', ""),
    )


def test_a_shared_address_gives_the_same_view(page: Page, language: str) -> None:
    page.goto(f"/{language}/carte?dans={REGION}")
    _unfold_choices(page)
    with page.expect_response("**/carte?*illiteracy*"):
        page.locator("#choice-indicator").select_option("illiteracy_rate_10_plus")
    page.wait_for_url("**indicateur=illiteracy_rate_10_plus*")
    expect(page.locator("#map-view")).not_to_have_attribute("aria-busy", "true")
    _unfold_choices(page)
    page.locator(".map-more summary").click()
    with page.expect_response("**/carte?*sexe=femmes*"):
        page.locator("#choice-sex").select_option("femmes")
    page.wait_for_url("**sexe=femmes*")
    expect(page.locator("#map-view")).not_to_have_attribute("aria-busy", "true")
    assert f"dans={REGION}" in urlsplit(page.url).query
    before = _what_is_shown(page)
    other = page.context.new_page()
    other.goto(page.url)
    assert _what_is_shown(other) == before
    page.go_back()
    page.wait_for_url(lambda url: "sexe=" not in url)
    expect(page.locator("#choice-indicator")).to_have_value("illiteracy_rate_10_plus")
