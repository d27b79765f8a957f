"""The expert side in a real browser: each change saved as it is made, two people at once, a fault, undo; no script."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.things import Things

_PRICE = "input[name^='products.'][name$='.price.mode']:not([name*='+'])"
_LOSSES = "input[name^='products.'][name$='.loss_rate']:not([name*='+'])"


def _open(page: Page, language: str, things: Things) -> None:
    """A copy of the main scenario, so that other tests find theirs as it was."""
    page.goto(f"/{language}/mon-espace/projets/{things.project}/scenarios")
    page.locator(f"form[action$='/plans/{things.plan}/dupliquer'] button").click()
    page.wait_for_url(re.compile(r"/plans/\d+/expert$"))


def _close(page: Page, language: str, things: Things, plan: str) -> None:
    page.goto(f"/{language}/mon-espace/projets/{things.project}/plans/{plan}/supprimer")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/scenarios")


def _type(page: Page, box: str, text: str) -> None:
    page.locator(box).first.fill(text)
    with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        page.locator(box).first.blur()
    assert saved.value.status == 200


def test_saved_at_each_change_and_nobody_loses_anything(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    things: Things,
    size: str,
    language: str,
) -> None:
    one = open_context(size, language, storage_state=session_of("holder")).new_page()
    other = open_context(size, language, storage_state=session_of("cooperative")).new_page()
    _open(one, language, things)
    plan = one.url.split("/")[-2]
    other.goto(one.url)
    _type(one, _PRICE, "41,5")
    expect(one.locator(".moved dt").first).to_be_visible()
    expect(one.locator("#plan-state .saved")).to_contain_text(re.compile(r"\d\d:\d\d"))
    _type(one, _LOSSES, "trop")
    expect(one.locator(".field-invalid, .cell-notes .error").first).to_be_visible()
    expect(one.locator(_LOSSES).first).to_have_value("trop")
    _type(one, _LOSSES, "3 %")
    expect(one.locator(".cell-notes .error")).to_have_count(0)
    _type(other, _PRICE, "43")
    expect(other.locator("#plan-state form fieldset input[type=radio]")).to_have_count(2)
    other.locator("#plan-state input[value=yours]").check()
    other.locator("#plan-state form[action$='/choisir'] button").click()
    other.wait_for_url(re.compile(r"/expert/produits#plan-state$"))
    expect(other.locator(_PRICE).first).to_have_value("43")
    expect(other.locator(_LOSSES).first).to_have_value("3")
    other.locator("form[action$='/expert/annuler'] button").click()
    expect(other.locator(_PRICE).first).to_have_value("41,5")
    assert one.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    _close(one, language, things, plan)


def test_without_a_script(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], things: Things
) -> None:
    page = open_context(
        "phone", "fr", storage_state=session_of("holder"), java_script_enabled=False
    ).new_page()
    _open(page, "fr", things)
    plan = page.url.split("/")[-2]
    page.locator(_PRICE).first.fill("39")
    page.locator("tbody details summary").first.click()
    page.locator("button[form$='-form']").first.click()
    page.wait_for_url(re.compile(r"#plan-state$"))
    expect(page.locator(".moved")).to_be_visible()
    expect(page.locator(_PRICE).first).to_have_value("39")
    page.goto(page.url.split("#", maxsplit=1)[0] + "/coller")
    page.locator("#text").fill("Nom\tPrix de vente\nEssai\tbeaucoup")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".alert-error")).to_contain_text("beaucoup")
    _close(page, "fr", things, plan)
