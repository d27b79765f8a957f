"""A partner's tool is registered, its course added, opened by a learner; its result comes back. It is PyLTI1p3's."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES
from tests.browser.site import Site
from tests.portal.partner_courses.partner_tool import PartnerTool, running_tool

_DONE = {"fr": "Réussi", "ar": "نجاح"}
_TITLES = {"fr": "Fixer son prix", "ar": "تحديد الثمن"}


@pytest.fixture
def tool() -> Iterator[PartnerTool]:
    """A partner's tool."""
    with running_tool() as running:
        yield running


@pytest.fixture
def open_page(
    browser: Browser, site: Site, session_of: Callable[[str], Any], size: str
) -> Iterator[Callable[[str], Page]]:
    """A page of a role's session that may go to another site, as this journey does."""
    contexts = []

    def open_one(role: str) -> Page:
        width, height = SIZES[size]
        contexts.append(
            browser.new_context(
                base_url=site.address,
                storage_state=session_of(role),
                viewport={"width": width, "height": height},
            )
        )
        contexts[-1].set_default_timeout(15_000)
        return contexts[-1].new_page()

    yield open_one
    for context in contexts:
        context.close()


def _register(page: Page, language: str, tool: PartnerTool, site: Site, name: str) -> None:
    page.goto(f"/{language}/mon-espace/partenaires-formation/ajouter")
    told = {"name": name, "login_url": f"{tool.address}/login", "launch_url": f"{tool.address}/launch",
            "redirect_urls": f"{tool.address}/launch", "keyset_url": f"{tool.address}/keys"}  # fmt: skip
    for field, value in told.items():
        page.locator(f"#id_{field}").fill(value)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/partenaires-formation/*")
    expect(page.locator("h1")).to_contain_text(name)
    copied = page.locator("section:has(#copy-title) code").all_inner_texts()
    assert copied[0] == site.address
    tool.learn(site.address, copied[1], copied[2])


def _add_course(page: Page, language: str, name: str) -> str:
    page.goto(f"/{language}/formations/partenaires/tenir/ajouter")
    page.locator("#id_partner").select_option(label=name)
    told = {"title_fr": f"{_TITLES['fr']} {name}", "title_ar": f"{_TITLES['ar']} {name}", "licence": "CC BY 4.0",
            "about_fr": "Compter, puis choisir un prix.", "about_ar": "حساب التكلفة ثم اختيار الثمن.",
            "credit": name, "pass_percent": "60"}  # fmt: skip
    for field, value in told.items():
        page.locator(f"#id_{field}").fill(value)
    page.locator("input[name=languages][value=fr]").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/tenir")
    row = page.locator("main li.sheet", has_text=name)
    row.locator("form button[type=submit]").click()
    page.wait_for_load_state()
    return str(page.locator("main li.sheet", has_text=name).locator("h2 a").get_attribute("href"))


def test_a_partner_course_from_its_registration_to_its_result(
    site: Site, tool: PartnerTool, open_page: Callable[[str], Page], language: str
) -> None:
    name = f"Académie {uuid4().hex[:6]}"
    _register(open_page("administrator"), language, tool, site, name)
    address = _add_course(open_page("trainer"), language, name)
    page = open_page("holder")
    page.goto(address)
    page.locator("section:has(#open-title) a.button").click()
    expect(page.locator("h1 bdi")).to_have_text(name)
    page.locator("#id_name").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(
        f"{tool.address}/launch"
    )  # through the login of the tool, our answer, and the form it posts
    said = tool.launches[-1].get_launch_data()
    expect(page.locator("body")).to_have_text(said["sub"])
    assert (said["name"], "email" in said, said["locale"]) == (
        "Porteuse de projet (démonstration)",
        False,
        language,
    )
    tool.send_score(17, 20, "2026-11-02T10:00:00+00:00")
    page.goto(f"/{language}/mon-espace/cours-partenaires")
    mine = page.locator("main li.sheet", has_text=f"{_TITLES[language]} {name}")
    expect(mine).to_contain_text("85")
    expect(mine.locator(".chip")).to_contain_text(_DONE[language])
    page.goto(address)
    page.locator("section:has(#open-title) form button").click()  # what was chosen is remembered
    page.wait_for_url(f"{tool.address}/launch")
    assert tool.launches[-1].get_launch_data()["sub"] == said["sub"]
