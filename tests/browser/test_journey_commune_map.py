"""The commune chosen on the map laid over the form: by finger, mouse or keyboard, and nothing typed is lost."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import give_axe, run_axe
from tests.browser.site import latinise

COMMUNE, PROVINCE, REGION = "09.541.01.13", "09.541", "09"
NAMES = {"fr": "Taroudannt", "ar": "تارودانت"}
TITLE = "Un four commun"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


@pytest.fixture
def picker(page: Page, language: str) -> Locator:
    """The form with a title typed, and the map opened from it."""
    page.goto(f"/{language}/idees/proposer")
    expect(page.locator("[data-map-link]")).to_be_hidden()
    page.locator("#id_title").fill(TITLE)
    page.locator("[data-map-open]").click()
    opened = page.locator("dialog[open]")
    expect(opened.locator(".picker-list a")).to_have_count(12)
    return opened


def _opener_has_focus(page: Page) -> None:
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("[data-map-open]")).to_be_focused()


def _is_written(page: Page, language: str) -> None:
    """As the search writes it: the box, the one choice, ready to be sent, and kept in the draft."""
    expect(page.locator(f"#commune-choices input[value='{COMMUNE}']")).to_be_checked()
    expect(page.locator("#id_commune_name")).to_have_value(NAMES[language])
    expect(page.locator("[name=commune_for]")).to_have_value(NAMES[language])
    expect(page.locator("#id_title")).to_have_value(TITLE)
    page.wait_for_function("code => (localStorage.getItem('bpc:idea:new') || '').includes(code)", arg=COMMUNE)


def _draft(page: Page) -> Any:
    page.wait_for_function("title => (localStorage.getItem('bpc:idea:new') || '').includes(title)", arg=TITLE)
    return json.loads(page.evaluate("localStorage.getItem('bpc:idea:new')"))["values"]


def _middle(page: Page, code: str) -> tuple[float, float]:
    """A point inside the shape, where its number or its middle lies."""
    found = page.locator(f".picker-map path[data-code='{code}']").evaluate(
        """(shape) => {
          const box = shape.getBBox(), view = shape.ownerSVGElement;
          for (let i = 1; i < 20; i += 1) for (let j = 1; j < 20; j += 1) {
            const point = view.createSVGPoint();
            point.x = box.x + box.width * ((i * 7) % 20) / 20; point.y = box.y + box.height * ((j * 9) % 20) / 20;
            if (!shape.isPointInFill(point)) continue;
            const seen = point.matrixTransform(shape.getScreenCTM());
            if (document.elementFromPoint(seen.x, seen.y) === shape) return [seen.x, seen.y];
          }
          return null;
        }"""
    )
    assert found is not None, code
    return found[0], found[1]


def _faults(page: Page) -> list[str]:
    found = run_axe(page, RULES, "dialog[open]")
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


def test_by_the_map_itself(page: Page, picker: Locator, language: str, size: str) -> None:
    for code, inside in ((REGION, PROVINCE), (PROVINCE, COMMUNE)):
        page.mouse.click(*_middle(page, code))
        expect(picker.locator(f".picker-list a[data-code='{inside}']")).to_be_attached()
    page.mouse.click(*_middle(page, COMMUNE))
    expect(picker.locator("[data-picker-name]")).to_have_text(NAMES[language])
    expect(picker.locator(f"path[data-code='{COMMUNE}']")).to_have_class(re.compile("pointed"))
    expect(page.locator("#id_commune_name")).to_have_value("")  # named, not yet chosen
    picker.locator("[data-picker-choose]").click()
    _is_written(page, language)
    _opener_has_focus(page)
    page.locator("[data-map-open]").click()  # opened again: in the province, the commune marked
    expect(picker.locator(f".picker-list a[data-code='{COMMUNE}']")).to_have_attribute("aria-current", "true")
    expect(picker.locator("[data-picker-name]")).to_have_text(NAMES[language])


def test_by_the_keyboard_alone(page: Page, picker: Locator, language: str) -> None:
    expect(picker.locator("[data-picker-step]")).to_be_focused()
    for code in (REGION, PROVINCE, COMMUNE):
        link = picker.locator(f".picker-list a[data-code='{code}']")
        expect(link).to_be_attached()
        for _ in range(120):
            page.keyboard.press("Tab")
            if link.evaluate("(one) => one === document.activeElement"):
                break
        expect(link).to_be_focused()
        expect(picker.locator(f"path[data-code='{code}']")).to_have_class(re.compile("reached"))
        page.keyboard.press("Enter")
    _is_written(page, language)
    _opener_has_focus(page)


def test_escape_changes_nothing(page: Page, picker: Locator) -> None:
    before = _draft(page)
    address = page.url
    picker.locator(f".picker-list a[data-code='{REGION}']").click()
    expect(picker.locator(".picker-trail")).to_be_visible()
    page.keyboard.press("Escape")
    _opener_has_focus(page)
    expect(page.locator("#id_commune_name")).to_have_value("")
    expect(page.locator("#commune-choices input")).to_have_count(0)
    expect(page.locator("#id_title")).to_have_value(TITLE)
    assert page.url == address
    page.wait_for_timeout(600)  # longer than the draft waits before it is written
    assert _draft(page) == before


def test_a_line_that_fails_is_told_and_tried_again(page: Page, picker: Locator) -> None:
    page.route("**/proposer/carte**", lambda route: route.abort())
    picker.locator(f".picker-list a[data-code='{REGION}']").click()
    expect(picker.locator("[data-picker-failed]")).to_be_visible()
    page.unroute("**/proposer/carte**")
    picker.locator("[data-picker-again]").click()
    expect(picker.locator(f".picker-list a[data-code='{PROVINCE}']")).to_be_visible()
    expect(picker.locator("[data-picker-failed]")).to_be_hidden()
    picker.locator(f".picker-list a[data-code='{PROVINCE}']").click()
    page.route("**/proposer/communes**", lambda route: route.abort())
    picker.locator(f".picker-list a[data-code='{COMMUNE}']").click()
    _opener_has_focus(page)
    expect(page.locator("[data-locate-status]")).not_to_be_empty()


def test_everybody_can_use_it(page: Page, picker: Locator, language: str) -> None:
    give_axe(page)
    faults = _faults(page)
    for code in (REGION, PROVINCE, COMMUNE):
        if code == COMMUNE:
            page.mouse.click(*_middle(page, code))
            expect(picker.locator("[data-picker-choose]")).to_be_visible()
        else:
            picker.locator(f".picker-list a[data-code='{code}']").click()
            expect(
                picker.locator(f".picker-trail a[data-code='{'MA' if code == REGION else REGION}']")
            ).to_be_visible()
        faults += _faults(page)
    assert picker.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    latinise(page)
    page.emulate_media(color_scheme="dark")
    faults += _faults(page)
    assert not faults, "\n".join(faults)
