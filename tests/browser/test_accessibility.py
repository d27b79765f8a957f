"""Every kind of page for everybody: axe, one title, the right direction, no sideways scrolling, a focus one sees."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import give_axe, run_axe
from tests.browser.conftest import SIZES, watched_context
from tests.browser.kinds import Kind, open_kind
from tests.browser.pages import KINDS
from tests.browser.site import Site, latinise
from tests.browser.things import Things

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
WITHOUT_CONTRAST = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1);
  }).slice(0, 5).map((one) => `${one.tagName}.${one.className}`);
}"""


def _violations(page: Page, options: dict[str, Any]) -> list[str]:
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')[:300]}"
        for rule in run_axe(page, options)
        for node in rule["nodes"][:4]
        # points of a map lie where they lie (WCAG 2.5.8, "essential"); the list and the plain map tell them too
        if not (rule["id"] == "target-size" and "-mark" in node["html"])
    ]


# a document begins with nothing that another left on this device; one in a sandbox has no storage to begin with
_FORGET = (
    "if (location.protocol === 'http:' && self === top) { localStorage.clear(); sessionStorage.clear(); }"
)


@pytest.fixture(scope="module")
def kept_page(
    browser: Browser, site: Site, session_of: Callable[[str], Any]
) -> Iterator[Callable[[str, str], tuple[Page, list[str]]]]:
    """One page per role and language, and its faults: a new page for each kind costs twice the processor's time."""
    kept: dict[tuple[str, str], tuple[Page, list[str]]] = {}

    def page_of(role: str, language: str) -> tuple[Page, list[str]]:
        if (role, language) not in kept:
            faults: list[str] = []
            options = {"storage_state": session_of(role)} if role else {}
            context = watched_context(
                browser, site, faults, "desk", language, reduced_motion="reduce", **options
            )
            context.add_init_script(_FORGET)
            kept[role, language] = context.new_page(), faults
        return kept[role, language]

    yield page_of
    for page, _ in kept.values():
        page.context.close()


@pytest.fixture
def page_as(
    kept_page: Callable[[str, str], tuple[Page, list[str]]],
) -> Iterator[Callable[[str, str], Page]]:
    """A page signed in as a role ("" for a stranger), as if it were new; what it noted fails the test."""
    used: list[list[str]] = []

    def opened(role: str, language: str) -> Page:
        page, faults = kept_page(role, language)
        used.append(faults)
        if not role:
            page.context.clear_cookies()
        width, height = SIZES["desk"]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        return page

    yield opened
    found = [fault for faults in used for fault in faults]
    for faults in used:
        faults.clear()
    assert not found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_everybody_can_use(
    page_as: Callable[[str, str], Page], kind: Kind, language: str, things: Things
) -> None:
    page = page_as(kind.role, language)
    open_kind(page, kind, language, things)
    expect(page.locator("h1:visible")).to_have_count(1)
    root = page.locator("html")
    expect(root).to_have_attribute("lang", language)
    expect(root).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    faults = []
    # Structure is the same at each size and colours in each language: all rules where the page is widest in French,
    # and on the phone in Arabic, where targets are smallest; the dark is measured in French.
    if language == "ar":
        latinise(page)
    give_axe(page)
    measured = {"desk": RULES} if language == "fr" else {"phone": WITHOUT_CONTRAST if kind.role else RULES}
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        faults += [f"{name}: wider than the screen: {wide}" for wide in page.evaluate(_WIDE)]
        if name in measured:
            faults += [f"{name}: {fault}" for fault in _violations(page, measured[name])]
    if language == "fr":
        page.set_viewport_size(dict(zip(("width", "height"), SIZES["desk"], strict=True)))
        page.emulate_media(color_scheme="dark")
        faults += [f"dark: {fault}" for fault in _violations(page, CONTRAST)]
    assert not faults, "\n".join(faults)


_MOVING = """() => document.getAnimations().filter((one) => {
  const time = one.effect.getComputedTiming();
  return one.playState === 'running' && time.duration > 10;
}).length"""
# a card or a label rings as a whole, a shape of a map by its outline; the body has the focus past the last link
_RING = """() => {
  const one = document.activeElement;
  if (one === document.body) return '';
  const rings = (node) => {
    const style = getComputedStyle(node);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const shape = one.querySelector(':scope > path');
  const outlined = shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 2;
  const around = [one, one.closest('.card'), one.closest('label')].filter(Boolean);
  return outlined || around.some(rings) ? '' : one.outerHTML.slice(0, 120);
}"""


@pytest.mark.parametrize(
    "path", ["", "carte?dans=09", "idees", "idees/proposer", "compte/login/", "territoires/09"]
)
def test_the_focus_is_seen_and_nothing_moves(
    open_context: Callable[..., BrowserContext], path: str, size: str, language: str
) -> None:
    page = open_context(size, language, reduced_motion="reduce").new_page()
    page.goto(f"/{language}/{path}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    unseen = set()
    for _ in range(25):
        unseen.add(page.evaluate(_RING))
        page.keyboard.press("Tab")
    assert unseen == {""}
    assert page.evaluate(_MOVING) == 0
