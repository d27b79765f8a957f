"""An application from the first click to the answer: opened, read, ticked, a paper added, sent with proof, granted."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.proposals import new_word

COMMUNE, COMMUNE_NAME = "09.163.01.03", "Ait Baha"
SOURCE = "indh-p3-ess"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
_SAVE = "main form[method=post] button[type=submit]"


def _begin(page: Page, language: str) -> str:
    """A project; returns its address."""
    page.goto(f"/{language}/mon-espace/projets/nouveau")
    page.locator("#id_name").fill(f"Miel {new_word()}")
    page.locator("#id_commune_name").fill(COMMUNE_NAME)
    page.locator("input[name=sector][value=beekeeping]").check()
    page.locator("input[name=stage][value=launch]").check()
    page.locator(_SAVE).click()
    page.wait_for_url(re.compile(r"/mon-espace/projets/([0-9A-Z]{4}-[0-9A-Z]{3}|nouveau)$"))
    if page.url.endswith("nouveau"):
        page.locator(f"#commune-choices input[value='{COMMUNE}']").check()
        page.locator(_SAVE).click()
    page.wait_for_url(re.compile(r"/mon-espace/projets/[0-9A-Z]{4}-[0-9A-Z]{3}$"))
    return page.url


def _file(name: str, content: bytes = PDF) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def _open(page: Page, address: str) -> str:
    page.goto(f"{address}/dossiers/nouveau?source={SOURCE}")
    page.locator("#id_amount").fill("100 000")
    page.locator(_SAVE).click()
    page.wait_for_url(re.compile(r"/dossiers/\d+$"))
    return page.url


def _write_letter(page: Page, file: str, language: str) -> None:
    """Read, rewritten, taken as two files, said to be read."""
    page.locator("a[href*='/pieces/letter/']").click()
    page.locator("#id_text").fill("سيدتي،\n\nنطلب" if language == "ar" else "Madame,\n\nnous demandons")
    page.locator(_SAVE).first.click()
    expect(page.locator("main .alert-success")).to_be_visible()
    for ending in ("pdf", "docx"):
        with page.expect_download() as taken:
            page.locator(f"a[href$='fichier.{ending}']").click()
        assert taken.value.suggested_filename.endswith(f"-{language}.{ending}")
    page.locator("form[action$='/cocher'] button").click()
    page.wait_for_url(file)
    expect(page.locator(".line-ready").filter(has=page.locator("a[href*='/pieces/letter/']"))).to_have_count(
        1
    )


def _add_paper(page: Page, file: str, address: str) -> None:
    """A file that is no paper is refused, the right one makes its line ready."""
    page.locator("a[href$='piece=statutes']").click()
    page.locator("#id_file").set_input_files(_file("statuts.pdf", b"<html>"))
    page.locator(_SAVE).click()
    expect(page.locator("#errors a[href='#id_file']")).to_be_visible()
    page.locator("#id_file").set_input_files(_file("statuts.pdf"))
    page.locator(_SAVE).click()
    page.wait_for_url(f"{address}/coffre")
    expect(page.locator(".papers > li")).to_have_count(1)
    with page.expect_download() as taken:
        page.locator(".papers a[download]").click()
    assert taken.value.suggested_filename == "statuts.pdf"
    page.goto(file)
    expect(page.locator("a[href$='piece=statutes']")).to_have_count(0)


def _send_and_hear(page: Page, file: str) -> None:
    """Sent with a proof, granted, then the last step taken back and told again."""
    page.locator("a[href$='/suivi/send']").click()
    page.locator("#id_proof").set_input_files(_file("recu.pdf"))
    page.locator(_SAVE).click()
    page.wait_for_url(file)
    expect(page.locator(".timeline a[download]")).to_have_count(1)
    for _time in range(2):
        page.locator("a[href$='/suivi/grant']").click()
        page.locator("#id_amount").fill("80 000")
        page.locator(_SAVE).click()
        page.wait_for_url(file)
        expect(page.locator("h1 + .meta, header .meta").first).to_contain_text("80\u202f000")
        if _time == 0:
            page.locator("form[action$='/suivi/annuler'] button").click()
            expect(page.locator(".timeline .undone")).to_have_count(1)
    expect(page.locator("a[href$='/suivi/pay']")).to_be_visible()


def _stays_in_its_width(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_an_application_from_opening_to_the_answer(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], size: str, language: str
) -> None:
    page = open_context(size, language, storage_state=session_of("holder")).new_page()
    address = _begin(page, language)
    file = _open(page, address)
    _stays_in_its_width(page)
    _write_letter(page, file, language)
    _add_paper(page, file, address)
    with page.expect_download() as taken:
        page.locator(f"a[href$='dossier-{language}.zip']").click()
    assert taken.value.suggested_filename.endswith(f"{SOURCE}-{language}.zip")
    _send_and_hear(page, file)
    _stays_in_its_width(page)
    stranger = open_context(size, language, storage_state=session_of("citizen")).new_page()
    for hidden in (file, f"{address}/coffre"):
        answer = stranger.goto(hidden)
        assert answer is not None
        assert answer.status == 404
