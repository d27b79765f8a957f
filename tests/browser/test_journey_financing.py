"""From a plan without money to a loan written in it: what lacks, why nothing fits, own cash, a choice, the plan."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.proposals import new_word

MODEL = "miel"
COMMUNE, COMMUNE_NAME = "09.163.01.03", "Ait Baha"


def _begin(page: Page, language: str, name: str) -> None:
    """A project from the model of honey, with its plan as the model gives it."""
    page.goto(f"/{language}/mon-espace/projets/nouveau?modele={MODEL}")
    page.locator("#id_name").fill(name)
    page.locator("#id_commune_name").fill(COMMUNE_NAME)
    page.locator(f"#commune-choices input[value='{COMMUNE}']").check()
    page.locator("input[name=sector][value=beekeeping]").check()
    page.locator("input[name=stage][value=idea]").check()
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url(re.compile(rf"/{language}/mon-espace/projets/[0-9A-Z]{{4}}-[0-9A-Z]{{3}}$"))
    project = page.url
    page.locator("main a[href$='/plans/commencer']").click()
    page.locator(f"button[name=modele][value={MODEL}]").click()
    page.wait_for_url(re.compile(r"/plans/\d+/questions/1$"))
    page.goto(project)


def _no_wider_than_the_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_from_what_lacks_to_a_loan_in_the_plan(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    size: str,
    language: str,
) -> None:
    page = open_context(size, language, storage_state=session_of("holder")).new_page()
    _begin(page, language, f"Miel {new_word()}")
    page.locator("main a[href$='/plan-de-financement']").click()
    expect(page.locator(".plan-figures > li")).to_have_count(4)
    _no_wider_than_the_screen(page)
    # the members' shares alone are not enough, and it is said why
    page.locator(".wish-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/plan-de-financement/1"), timeout=60_000)
    expect(page.locator("#trouve .alert-error li").first).to_be_visible()
    expect(page.locator("article.proposal")).to_have_count(0)
    page.locator("#id_own_cash").fill("600 000")
    page.locator(".wish-form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/plan-de-financement/2"), timeout=60_000)
    expect(page.locator("article.proposal").first).to_be_visible()
    expect(page.locator("#id_own_cash")).to_have_value(re.compile(r"600\s000"))
    _no_wider_than_the_screen(page)
    page.locator("article.proposal a[href*='/accepter/0']").click()
    page.wait_for_url(re.compile(r"/plan-de-financement/2/accepter/0$"))
    expect(page.locator("tbody tr").first).to_be_visible()
    _no_wider_than_the_screen(page)
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url(re.compile(r"/plan-de-financement/2$"))
    expect(page.locator(".alert-success").first).to_be_visible()
    expect(page.locator("article.proposal.chosen")).to_have_count(1)
    page.locator(".alert-success a[href*='/plans/']").first.click()
    page.wait_for_url(re.compile(r"/plans/\d+$"))
    # the plan no longer lacks money
    expect(page.locator(".plan-figures > li").first).to_be_visible()
    expect(page.locator(".plan-warnings .alert-error")).to_have_count(0)
