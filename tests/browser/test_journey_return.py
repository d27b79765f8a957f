"""Journey 4: returned with a reason, mended by an author without account, published."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.proposals import Proposal, deposit, open_screen, send
from tests.browser.site import Site
from tests.browser.staff import publish, return_with

REASON = {"fr": "Dites combien de potières participent.", "ar": "اذكروا عدد الصانعات المشاركات."}
MENDED = {"fr": "Nous sommes neuf potières.", "ar": "عددنا تسع صانعات."}


def _follow(page: Page, language: str, code: str, contact: str) -> None:
    page.goto(f"/{language}/idees/suivre")
    page.locator("#id_reference").fill(code)
    page.locator("#id_contact").fill(contact)
    page.locator("form:has(#id_reference) button[type=submit]").click()
    page.wait_for_url("**/idees/suivre?lien=*")


def test_returned_mended_and_published(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    site: Site,
    size: str,
    language: str,
) -> None:
    proposal = Proposal(language)
    author = open_context(size, language).new_page()
    code = deposit(author, proposal)
    desk = open_context(size, language, storage_state=session_of("delegate")).new_page()
    printed = site.log.stat().st_size
    return_with(desk, language, code, REASON[language])
    mail = site.mail_to(proposal.contact, saying=REASON[language], after=printed)
    assert code in mail

    _follow(author, language, code, proposal.contact)
    expect(author.locator("main .chip-warning")).to_be_visible()
    expect(author.locator(".timeline")).to_contain_text(REASON[language])
    author.locator(f"main a[href*='/idees/{code}/modifier?lien=']").click()
    expect(author.locator("main .panel").first).to_contain_text(REASON[language])
    expect(author.locator("#id_title")).to_have_value(proposal.title)
    open_screen(author, 2)
    author.locator("#id_proposal").fill(f"{proposal.proposal} {MENDED[language]}")
    open_screen(author, 3)
    send(author)
    assert author.locator(".idea-code").inner_text().strip() == code

    publish(desk, language, code)
    public = open_context(size, language).new_page()
    public.goto(f"/{language}/idees/{code}")
    expect(public.locator("article .prose").nth(1)).to_contain_text(MENDED[language])
    expect(public.locator("main")).not_to_contain_text(
        REASON[language]
    )  # between the delegate and the author
    _follow(author, language, code, proposal.contact)
    expect(author.locator("main .chip-success")).to_be_visible()
    expect(author.locator(f"main a[href$='/idees/{code}']")).to_be_visible()
