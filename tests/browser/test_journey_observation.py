"""A need is told from the sheet of a commune, published by the delegate, confirmed by another, answered, closed."""

import re
import secrets
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.proposals import Proposal, open_screen, send, wait_as_a_person
from tests.browser.signing import SecondFactor, sign_in

COMMUNE = "09.163.01.03"
TWO_MINUTES = 120
_WORDS = {
    "fr": ("Le puits est à sec", "Depuis l’été, les femmes du douar marchent une heure.", "Un forage est prévu en mai.",
           "L’eau est revenue au puits."),
    "ar": ("جفت بئر الدوار", "منذ الصيف تمشي النساء ساعة كاملة لجلب الماء.", "حفر ثقب جديد مبرمج في شهر ماي.",
           "عاد الماء إلى البئر."),
}  # fmt: skip


def _heard(page: Page, language: str) -> int:
    """How many needs the sheet of the commune says are open."""
    page.goto(f"/{language}/territoires/{COMMUNE}")
    told = (
        page.locator("section[aria-labelledby=entendu] .sheet-columns > div").first.locator("p strong").first
    )
    return int(re.sub(r"\D", "", told.inner_text())) if told.count() else 0


def _tell(page: Page, language: str, title: str, text: str) -> str:
    """From the sheet to the thanks page, as somebody without account; returns the code."""
    page.goto(f"/{language}/territoires/{COMMUNE}")
    page.locator("section[aria-labelledby=entendu] a[href*='/besoins/signaler']").first.click()
    page.wait_for_url("**/besoins/signaler?commune=*")
    opened = time.monotonic()
    expect(page.locator("#commune-choices input:checked")).to_have_value(COMMUNE)
    page.locator("input[name=category][value=N08]").check()
    page.locator("#id_title").fill(title)
    open_screen(page, 2)
    page.locator("#id_text").fill(text)
    open_screen(page, 3)
    page.locator("input[name=speaker][value=citizen]").check()
    page.locator("#id_contact").fill(f"{secrets.token_hex(5)}@exemple.ma")
    page.locator("#id_agreed").check()
    wait_as_a_person(page, opened)
    send(page)
    expect(page).to_have_url(re.compile("/besoins/envoye/"), timeout=20_000)
    return page.locator(".idea-code").inner_text().strip()


def _publish(desk: Page, language: str, code: str) -> None:
    """The delegate finds it in the queue, reads, ticks, publishes."""
    desk.goto(f"/{language}/moderation/besoins")
    desk.locator(f"main a[href$='/moderation/besoins/{code}']").click()
    desk.locator("#id_publish-confirmed").check()
    desk.locator("form[action$='/publish'] button[type=submit]").click()
    desk.wait_for_url(f"**/{language}/moderation/besoins")


def _answer(desk: Page, language: str, code: str, words: str) -> None:
    """The delegation answers, from the page of the need."""
    desk.goto(f"/{language}/besoins/{code}")
    desk.locator(f"a[href$='/besoins/{code}/repondre']").click()
    desk.locator("#answer_text").fill(words)
    desk.locator("main form[method=post] button[type=submit]").click()
    desk.wait_for_url(re.compile(f"/besoins/{code}#reponse-"))


def _close(desk: Page, code: str, words: str) -> None:
    """It is solved, in words everybody reads."""
    desk.locator(f"a[href$='/besoins/{code}/clore']").click()
    desk.locator("input[name=closing][value=solved]").check()
    desk.locator("#id_reason").fill(words)
    desk.locator("main form[method=post] button[type=submit]").click()
    desk.wait_for_url(re.compile(f"/besoins/{code}$"))


def test_told_published_confirmed_answered_closed(
    open_context: Callable[..., BrowserContext], factor: SecondFactor, size: str, language: str
) -> None:
    word = Proposal(language).word
    title, text, answer, closing = _WORDS[language]
    title, text = f"{title} {word}", f"{text} {secrets.token_hex(24)}"
    stranger = open_context(size, language).new_page()
    heard = _heard(stranger, language)
    began = time.monotonic()
    code = _tell(stranger, language, title, text)
    assert time.monotonic() - began < TWO_MINUTES
    address = f"/{language}/besoins/{code}"
    assert stranger.request.get(address).status == 404
    assert _heard(stranger, language) == heard

    desk = open_context(size, language).new_page()
    sign_in(desk, language, "delegate", factor)
    _publish(desk, language, code)
    assert _heard(stranger, language) == heard + 1
    stranger.goto(f"/{language}/besoins?q={word}")
    expect(stranger.locator("#results h3 a")).to_have_text([title])

    other = open_context(size, language).new_page()
    sign_in(other, language, "citizen", factor)
    other.goto(address)
    other.locator("#confirm-button").click()
    expect(other.locator("#confirmations")).to_have_attribute("data-count", "1")

    _answer(desk, language, code, answer)
    stranger.goto(address)
    expect(stranger.locator("#reponses article")).to_contain_text(answer)
    expect(stranger.locator("#confirmations")).to_have_attribute("data-count", "1")
    _close(desk, code, closing)
    stranger.goto(address)
    expect(stranger.locator("section[aria-labelledby=closed-title]")).to_contain_text(closing)
    assert _heard(stranger, language) == heard
    other.goto(f"/{language}/mon-espace/notifications")
    expect(other.locator("main")).to_contain_text(title)


def test_told_without_javascript(open_context: Callable[..., BrowserContext], language: str) -> None:
    """One page, the commune by its name, the same thanks."""
    page = open_context("phone", language, java_script_enabled=False).new_page()
    page.goto(f"/{language}/opportunites/signaler")
    opened = time.monotonic()
    page.locator("#id_commune_name").fill("Ait Baha")
    page.locator("input[name=category][value=O03]").check()
    page.locator("#id_title").fill(f"{Proposal(language).word} miel")
    page.locator("#id_text").fill(secrets.token_hex(40))
    page.locator("input[name=speaker][value=citizen]").check()
    page.locator("#id_contact").fill(f"{secrets.token_hex(5)}@exemple.ma")
    page.locator("#id_agreed").check()
    wait_as_a_person(page, opened)
    send(page)
    expect(page).to_have_url(re.compile("/besoins/envoye/"))
