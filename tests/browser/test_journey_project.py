"""A group's project from the empty form to the end: begun, gathered, shared, edited by two, moved on, erased."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.proposals import new_word

COMMUNE, COMMUNE_NAME = "09.163.01.03", "Ait Baha"
_NAMES = {"fr": "Miel de la vallée", "ar": "عسل الوادي"}
_SUMMARIES = {"fr": "Trente ruches et un seul extracteur.", "ar": "ثلاثون خلية وآلة واحدة للاستخراج."}


def _begin(page: Page, language: str, name: str) -> str:
    """From one's space, through the empty form with its faults; returns the address of the project."""
    page.goto(f"/{language}/mon-espace/projets")
    page.locator("main a[href$='/projets/nouveau']").first.click()
    page.locator("#id_name").fill(name)
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.locator("#errors a[href='#id_sector_0']")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value(name)
    page.locator("#id_commune_name").fill(COMMUNE_NAME)
    page.locator(f"#commune-choices input[value='{COMMUNE}']").check()
    page.locator("input[name=sector][value=beekeeping]").check()
    page.locator("input[name=stage][value=design]").check()
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url(re.compile(rf"/{language}/mon-espace/projets/[0-9A-Z]{{4}}-[0-9A-Z]{{3}}$"))
    expect(page.locator("h1")).to_have_text(name)
    return page.url


def _gather(page: Page, address: str) -> None:
    """Two people, one after the other; one is taken away again, once confirmed."""
    page.goto(f"{address}/personnes/nouvelle")
    page.locator("#id_name").fill("Zineb")
    page.locator("#id_function").select_option("president")
    page.locator("input[name=woman][value=yes]").check()
    page.locator("button[name=act][value=again]").click()
    expect(page.locator("main .alert-success")).to_be_visible()
    page.locator("#id_name").fill("Hassan")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_url(address)
    expect(page.locator(".people > li")).to_have_count(2)
    page.locator(".people > li").filter(has_text="Hassan").locator("a").click()
    page.locator("main a[href$='/retirer']").click()
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url(address)
    expect(page.locator(".people > li")).to_have_count(1)


def _invite(page: Page, address: str, contact: str) -> None:
    page.goto(f"{address}/acces")
    page.locator("#id_contact").fill(contact)
    page.locator("input[name=role][value=editor]").check()
    page.locator("form[action$='/acces/inviter'] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(contact)


def _accept(page: Page, address: str, language: str, name: str) -> None:
    """Nothing before, the project after."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    page.goto(f"/{language}/mon-espace/projets")
    page.locator("section.panel").filter(has_text=name).locator("button[value=accept]").click()
    page.wait_for_url(address)


def _edit_at_once(owner: Page, editor: Page, address: str, language: str, name: str) -> None:
    """Both open the form; the second to save sees the first one's name, and loses nothing of what was typed."""
    for page in (owner, editor):
        page.goto(f"{address}/modifier")
    owner.locator("#id_name").fill(f"{name} 1")
    owner.locator("main form[method=post] button[type=submit]").click()
    owner.wait_for_url(address)
    editor.locator("#id_name").fill(f"{name} 2")
    editor.locator("#id_summary").fill(_SUMMARIES[language])
    editor.locator("main form[method=post] button[type=submit]").click()
    differences = editor.locator("[aria-labelledby=differences-title]")
    expect(differences).to_contain_text(f"{name} 1")
    expect(differences).to_contain_text(f"{name} 2")
    expect(editor.locator("#id_summary")).to_have_value(_SUMMARIES[language])
    editor.locator("main form[method=post] button[type=submit]").click()
    editor.wait_for_url(address)
    expect(editor.locator("h1")).to_have_text(f"{name} 2")
    expect(editor.locator("main")).to_contain_text(_SUMMARIES[language])


def _move_on(page: Page, address: str) -> None:
    page.goto(f"{address}/etape")
    page.locator("input[name=stage][value=creation]").check()
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url(address)
    expect(page.locator(".steps > .done")).to_have_count(2)
    page.locator("main details summary").first.click()
    expect(page.locator("main .timeline > li")).to_have_count(2)


def _erase(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/effacer")
    page.locator("#id_name").fill("autre chose")
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.locator("#id_name_error")).to_be_visible()
    page.locator("#id_name").fill(name)
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url("**/mon-espace/projets")


def _stays_in_its_width(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_group_and_its_project(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], size: str, language: str
) -> None:
    name = f"{_NAMES[language]} {new_word()}"
    owner = open_context(size, language, storage_state=session_of("holder")).new_page()
    editor = open_context(size, language, storage_state=session_of("cooperative")).new_page()
    address = _begin(owner, language, name)
    _stays_in_its_width(owner)
    _gather(owner, address)
    _invite(owner, address, "cooperative@demo.invalid")
    _stays_in_its_width(owner)
    _accept(editor, address, language, name)
    _edit_at_once(owner, editor, address, language, name)
    _move_on(editor, address)
    stranger = open_context(size, language, storage_state=session_of("citizen")).new_page()
    answer = stranger.goto(address)
    assert answer is not None
    assert answer.status == 404
    expect(stranger.locator("body")).not_to_contain_text(name)
    _erase(owner, address, f"{name} 2")
    answer = editor.goto(address)
    assert answer is not None
    assert answer.status == 404
