"""From a model to the PDF for the bank, on a phone as on a desk: project, plan, three answers, the paper."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.proposals import new_word

MODEL = "miel"
COMMUNE, COMMUNE_NAME = "09.163.01.03", "Ait Baha"
_NAMES = {"fr": "Miel de la montagne", "ar": "عسل الجبل"}


def _begin_from_model(page: Page, language: str, name: str) -> str:
    """The public sheet, its button, the short form; returns the project's address."""
    page.goto(f"/{language}/modeles/{MODEL}")
    page.locator(f"main a[href*='modele={MODEL}']").first.click()
    page.locator("#id_name").fill(name)
    page.locator("#id_commune_name").fill(COMMUNE_NAME)
    page.locator(f"#commune-choices input[value='{COMMUNE}']").check()
    page.locator("input[name=sector][value=beekeeping]").check()
    page.locator("input[name=stage][value=idea]").check()
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url(re.compile(rf"/{language}/mon-espace/projets/[0-9A-Z]{{4}}-[0-9A-Z]{{3}}$"))
    return page.url


def _begin_plan(page: Page) -> None:
    """From the project's page to the first question, with the model's own answers in it."""
    page.locator("main a[href$='/plans/commencer']").click()
    page.locator(f"button[name=modele][value={MODEL}]").click()
    page.wait_for_url(re.compile(r"/plans/\d+/questions/1$"))
    expect(page.locator("progress[max='10']")).to_have_attribute("value", "1")


def _answer(page: Page, box: str, typed: str) -> None:
    """Typed, saved at once, then on to the next question."""
    page.locator(box).first.fill(typed)
    with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        page.locator(box).first.blur()
    assert saved.value.status == 200
    expect(page.locator("#saved")).to_contain_text(re.compile(r"\d\d:\d\d"))
    before = page.url
    page.locator("button[name=act][value=next]").click()
    page.wait_for_url(lambda address: address != before)


def _no_wider_than_the_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_from_model_to_pdf(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    size: str,
    language: str,
    tmp_path: Path,
) -> None:
    page = open_context(size, language, storage_state=session_of("holder")).new_page()
    name = f"{_NAMES[language]} {new_word()}"
    _begin_from_model(page, language, name)
    _begin_plan(page)
    _answer(page, "input[name$='.capacity']:not([name*='+'])", "120")
    expect(page.locator("#effect .chip").first).to_be_visible()
    _answer(page, "input[name$='.price']:not([name*='+'])", "300")
    page.locator("select[name$='.receivable_days']").first.select_option("60")
    expect(page.locator("#saved")).to_contain_text(re.compile(r"\d\d:\d\d"))
    page.locator("button[name=act][value=next]").click()
    page.wait_for_url("**/questions/4")
    _no_wider_than_the_screen(page)
    page.locator("aside a[href*='/plans/']").last.click()
    page.wait_for_url(re.compile(r"/plans/\d+$"))
    expect(page.locator(".plan-figures > li").first).to_be_visible()
    _no_wider_than_the_screen(page)
    with page.expect_download() as brought:
        page.locator(f"#files ~ ul a[href^='/{language}/'][href$='/banque.pdf']").click()
    file = tmp_path / "banque.pdf"
    brought.value.save_as(file)
    assert brought.value.suggested_filename.endswith(f"-{language}.pdf")
    assert file.read_bytes().startswith(b"%PDF-")
    assert file.stat().st_size > 50_000


def _leave(page: Page, box: str, typed: str) -> None:
    page.locator(box).fill(typed)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(box).blur()


def test_boxes_are_saved_one_by_one_and_faults_stand_beside_them(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any]
) -> None:
    owner = open_context("phone", "fr", storage_state=session_of("holder")).new_page()
    _begin_from_model(owner, "fr", f"{_NAMES['fr']} {new_word()}")
    _begin_plan(owner)
    owner.goto(owner.url.replace("/questions/1", "/questions/8"))
    boxes = owner.locator("input[name^='assets.'][name$='.amount']:not([name*='+'])")
    first, second = (f"#{boxes.nth(number).get_attribute('id')}" for number in (0, 1))
    before = owner.locator("#effect dd strong").last.inner_text()
    _leave(owner, first, "beaucoup")
    expect(owner.locator(f"{first}-fault")).to_contain_text("n’est pas un nombre")
    _leave(owner, second, "190 000")
    expect(owner.locator(f"{first}-fault")).to_contain_text("n’est pas un nombre")
    expect(owner.locator(first)).to_have_value("beaucoup")
    expect(owner.locator("#effect dd strong").last).not_to_have_text(before)
    _leave(owner, first, "195000")
    expect(owner.locator(f"{first}-fault")).to_be_empty()
    expect(owner.locator("#effect .chip").first).to_be_visible()
    owner.reload()
    for box, kept in ((first, "195 000"), (second, "190 000")):
        expect(owner.locator(box)).to_have_value(re.compile(kept.replace(" ", r"\s")))
