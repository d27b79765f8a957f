"""Journey 5: an account by e-mail; a support that counts once, a comment, a report; a moderator hides the comment."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.proposals import new_word
from tests.browser.site import Site

PASSWORD = "la montagne est haute 7"


def sign_up(page: Page, site: Site, language: str, contact: str) -> None:
    """Create an account and enter the code received."""
    printed = site.log.stat().st_size
    page.goto(f"/{language}/compte/signup/")
    page.locator("#id_contact").fill(contact)
    page.locator("#id_password1").fill(PASSWORD)
    for box in page.locator("form:has(#id_password1) input[type=checkbox]").all():
        box.check()
    page.locator("form:has(#id_password1) button[type=submit]").click()
    page.locator("#id_code").fill("000000")
    page.locator("form:has(#id_code) button[type=submit]").first.click()
    expect(page.locator("#errors")).to_be_visible()
    page.locator("#id_code").fill(site.last_code_sent_to(contact, after=printed))
    page.locator("form:has(#id_code) button[type=submit]").first.click()
    page.wait_for_url(f"**/{language}/mon-espace")


def _supports(page: Page) -> int:
    return int(page.locator("#soutiens").get_attribute("data-count") or -1)


def _support_twice(page: Page, site: Site, address: str) -> None:
    before = _supports(page)
    page.locator("#soutiens button[value=support]").click()
    expect(page.locator("#soutiens button[value=stop]")).to_be_visible()
    assert _supports(page) == before + 1
    other = page.context.new_page()  # a second window that still offers to support
    token = page.locator("#soutiens input[name=csrfmiddlewaretoken]").input_value()
    other.request.post(
        f"{address}/soutien",
        form={"csrfmiddlewaretoken": token, "wish": "support"},
        headers={"Referer": f"{site.address}{address}"},
    )
    other.goto(address)
    assert _supports(other) == before + 1
    other.close()


def _comment_and_report(page: Page, address: str, language: str, word: str) -> None:
    page.goto(address)
    page.locator("#comment_text").fill(f"{'Bonne idée' if language == 'fr' else 'فكرة جيدة'} {word}")
    page.locator("form[action$='/commenter'] button[type=submit]").click()
    expect(page.locator("#commentaires article").filter(has_text=word)).to_be_visible()
    page.goto(f"{address}/signaler")
    page.locator("#id_reason").fill(f"publicité {word}")
    page.locator("form:has(#id_reason) button[type=submit]").click()
    page.wait_for_url(f"**{address}**")


def _hide(desk: Page, address: str, language: str, word: str) -> None:
    desk.goto(f"/{language}/moderation/signalements")
    expect(desk.locator("main")).to_contain_text(f"publicité {word}")
    desk.goto(address)
    comment = desk.locator("#commentaires article").filter(has_text=word)
    comment.locator("a[href*='/moderation/commentaires/']").click()
    desk.locator("#id_hide-words, textarea[name$=words]").first.fill("Hors sujet.")
    desk.locator("form:has(textarea[name$=words]) button[type=submit]").click()


def test_an_account_by_mail_supports_comments_and_reports(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], site: Site,
    published: str, size: str, language: str,
) -> None:  # fmt: skip
    word, address = new_word(), f"/{language}/idees/{published}"
    page = open_context(size, language).new_page()
    page.goto(address)
    page.locator("#soutiens a").click()
    page.wait_for_url("**/compte/login/**")
    sign_up(page, site, language, f"{word}@exemple.ma")
    page.goto(address)
    _support_twice(page, site, address)
    _comment_and_report(page, address, language, word)
    _hide(
        open_context(size, language, storage_state=session_of("administrator")).new_page(),
        address,
        language,
        word,
    )
    stranger = open_context(size, language).new_page()
    stranger.goto(address)
    expect(stranger.locator("#commentaires")).not_to_contain_text(word)
    page.goto(address)
    hidden = page.locator("#commentaires article").filter(has_text=word)
    expect(hidden.locator(".chip-warning")).to_be_visible()
