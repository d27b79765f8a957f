"""Two people want the same moment of an advisor: one has it, the other is told, offered three more, loses no word."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import BrowserContext, Page, expect

_WORDS = {"fr": "Nous voulons relire nos statuts avec vous.", "ar": "نريد مراجعة نظامنا الأساسي معكم."}
_BOOK = "main form[method=post] button[type=submit]"
_ONE = re.compile(r"/mon-espace/rendez-vous/[0-9A-Z]{4}-[0-9A-Z]{3}$")


@dataclass(frozen=True)
class Asker:
    """A person with a page in a language."""

    page: Page
    language: str


@pytest.fixture
def askers(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], size: str, language: str
) -> Iterator[tuple[Asker, Asker]]:
    """Two people of the same region, the second in the language of this run; what they booked is cancelled."""
    other = "ar" if language == "fr" else "fr"
    two = tuple(
        Asker(open_context(size, spoken, storage_state=session_of(role)).new_page(), spoken)
        for role, spoken in (("holder", other), ("cooperative", language))
    )
    before = [_booked(one) for one in two]
    yield two[0], two[1]
    for one, kept in zip(two, before, strict=True):
        for address in _booked(one) - kept:
            one.page.goto(f"{address}/annuler")
            one.page.locator(_BOOK).click()
            one.page.wait_for_url(_ONE)


def _booked(one: Asker) -> set[str]:
    one.page.goto(f"/{one.language}/mon-espace/rendez-vous")
    links = one.page.locator("section[aria-labelledby=coming-title] a[href*='/rendez-vous/']")
    found = [link.evaluate("link => link.href") for link in links.all()]
    return {address for address in found if _ONE.search(address)}


def _hours(one: Asker) -> list[str]:
    """The free moments of the first calendar that both see, named as addresses name them."""
    one.page.goto(f"/{one.language}/mon-espace/rendez-vous")
    one.page.locator("section[aria-labelledby=with-title] a[href*='/avec/']").last.click()
    one.page.wait_for_url("**/rendez-vous/avec/*")
    if not one.page.locator("a.hour").count():
        one.page.locator(".panel a[href*='du=']").click()
        expect(one.page.locator("a.hour").first).to_be_visible()
    links = one.page.locator("a.hour").all()
    return [(link.get_attribute("href") or "").rpartition("/")[2] for link in links]


def _open_same_moment(first: Asker, second: Asker) -> str:
    """Both press the same hour and write what it is about."""
    free = _hours(first)
    seen = _hours(second)
    key = next(one for one in free if one in seen)
    for one in (first, second):
        one.page.locator(f"a.hour[href$='/{key}']").first.click()
        one.page.wait_for_url(f"**/{key}")
        one.page.locator("input[name=subject][value=creation]").check()
        one.page.locator("#id_words").fill(_WORDS[one.language])
        one.page.locator("#id_phone").fill("0612345678")
    return key


def _told(one: Asker, key: str) -> list[str]:
    """The one who came second is told clearly, keeps what was typed, and is offered three other moments."""
    page = one.page
    alert = page.locator(".alert-error[role=alert]")
    with translation.override(one.language):
        expect(alert.locator("h2")).to_have_text(gettext("Quelqu’un vient de prendre ce moment."))
        expect(alert.locator("p").first).to_have_text(
            gettext("Choisissez-en un autre : ce que vous avez écrit est gardé.")
        )
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if one.language == "ar" else "ltr")
    others = [button.get_attribute("value") or "" for button in alert.locator("button[name=slot]").all()]
    assert len(others) == len(set(others)) == 3
    assert key not in others
    for button in alert.locator("button[name=slot]").all():
        assert re.search(r"\d", button.inner_text())
    expect(page.locator("#id_words")).to_have_value(_WORDS[one.language])
    expect(page.locator("#id_phone")).to_have_value(re.compile("612345678"))
    expect(page.locator("input[name=subject][value=creation]")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return others


def _has_it(one: Asker) -> str:
    """The appointment, with the words; its hour as its page says it."""
    one.page.wait_for_url(_ONE)
    expect(one.page.locator("main .alert-success, .alert-success").first).to_be_visible()
    expect(one.page.locator("main .prose")).to_have_text(_WORDS[one.language])
    return one.page.locator("h1").inner_text() + one.page.locator("dl.facts dd").first.inner_text()


def test_who_presses_second_is_offered_three_other_moments(askers: tuple[Asker, Asker]) -> None:
    quick, slow = askers
    key = _open_same_moment(quick, slow)
    quick.page.locator(_BOOK).last.click()
    _has_it(quick)
    slow.page.locator(_BOOK).last.click()
    others = _told(slow, key)
    slow.page.locator(f"button[name=slot][value='{others[0]}']").click()
    _has_it(slow)
    slow.page.goto(f"/{slow.language}/mon-espace/rendez-vous")
    free = _hours(slow)
    assert not {key, others[0]} & set(free)
    for one in (quick, slow):
        with one.page.expect_download() as taken:
            one.page.goto(f"/{one.language}/mon-espace/rendez-vous")
            one.page.locator("section[aria-labelledby=coming-title] a[href*='/rendez-vous/']").last.click()
            one.page.locator("a[href$='.ics']").click()
        assert taken.value.path().read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_pressed_at_once_only_one_has_it(askers: tuple[Asker, Asker]) -> None:
    key = _open_same_moment(*askers)
    at = askers[0].page.evaluate("Date.now() + 1500")
    for one in askers:
        button = one.page.locator(_BOOK).last
        button.evaluate("(button, at) => { setTimeout(() => button.click(), at - Date.now()); }", at)
    for one in askers:
        won, lost = one.page.locator("h1.day-title"), one.page.locator(".alert-error[role=alert]")
        expect(won.or_(lost)).to_be_visible(timeout=20_000)
    winners = [one for one in askers if _ONE.search(one.page.url)]
    assert len(winners) == 1
    loser = next(one for one in askers if one is not winners[0])
    _has_it(winners[0])
    others = _told(loser, key)
    loser.page.locator(f"button[name=slot][value='{others[-1]}']").click()
    _has_it(loser)
