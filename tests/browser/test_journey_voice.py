"""A voice note recorded in a real browser, from a microphone that Chromium plays: sent, heard by the other side."""

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import CHROMIUMS, watched_context
from tests.browser.site import Site

_WORDS = {"fr": "Écoutez, s’il vous plaît.", "ar": "استمعوا من فضلكم."}
_FAKE_MICROPHONE = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip
_HEARD = """async (sound) => {
  sound.preload = "auto"; sound.load();
  await new Promise((done, failed) => { sound.oncanplaythrough = done; sound.onerror = failed; });
  await sound.play();
  await new Promise((done) => { sound.ontimeupdate = () => { if (sound.currentTime > 0.3) done(); }; });
  sound.pause();
  return [sound.readyState, sound.currentTime, sound.error === null];
}"""


@pytest.fixture(scope="module")
def talking(browser: Browser) -> Iterator[Browser]:
    """The same browser with a microphone that beeps, which its owner lets every page use."""
    system = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    started = browser.browser_type.launch(executable_path=system, args=[*_FAKE_MICROPHONE])
    yield started
    started.close()


@pytest.fixture
def open_talking(talking: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Watched contexts of that browser."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(size: str, language: str, **options: object) -> BrowserContext:
        contexts.append(watched_context(talking, site, faults, size, language, **options))
        return contexts[-1]

    yield open_one
    for context in contexts:
        context.close()
    assert not faults


def _open_thread(page: Page, language: str) -> str:
    """The last thread of one's messages."""
    page.goto(f"/{language}/mon-espace/messages")
    page.locator(".thread-row a").first.click()
    page.wait_for_url(re.compile(r"/messages/\d+"))
    expect(page.locator("[data-voice-start]")).to_be_visible()
    return re.sub(r"[?#].*", "", page.url)


def _said(name: str, language: str) -> str:
    with translation.override(language):
        return gettext(name)


def _send(page: Page) -> int:
    """Send the form; the number of messages now on the page."""
    with page.expect_navigation():
        page.locator("[data-thread-form] > div > button[type=submit]").click()
    return page.locator("article.message").count()


def test_recorded_sent_and_heard_by_the_other_side(
    open_talking: Callable[..., BrowserContext], session_of: Callable[[str], Any], size: str, language: str
) -> None:
    speaker = open_talking(size, language, storage_state=session_of("holder"), permissions=["microphone"])
    page = speaker.new_page()
    thread = _open_thread(page, language)
    page.locator("#id_text").fill(_WORDS[language])
    page.locator("[data-voice-start]").click()
    expect(page.locator("[data-voice-seconds]")).to_have_text("0:02")
    expect(page.locator("[data-voice-said]")).to_have_text(_said("L’enregistrement a commencé.", language))
    page.locator("[data-voice-stop]").click()
    expect(page.locator("[data-voice-heard]")).to_be_visible()
    page.locator("[data-voice-again]").click()
    expect(page.locator("[data-voice-start]")).to_be_visible()
    assert page.locator("input[name=voice]").evaluate("box => box.files.length") == 0
    page.locator("[data-voice-start]").click()
    expect(page.locator("[data-voice-seconds]")).to_have_text("0:03")
    page.locator("[data-voice-stop]").click()
    state = page.locator("[data-voice-heard]").evaluate(_HEARD)
    assert state[0] >= 3, state
    _send(page)
    expect(page.locator("article.message-own").last.locator("audio")).to_have_count(1)
    expect(page.locator("#id_text")).to_have_value("")
    _hear(
        open_talking("phone", "ar" if language == "fr" else "fr", storage_state=session_of("advisor")),
        thread,
        language,
    )


def _hear(context: BrowserContext, thread: str, language: str) -> None:
    """In the other language: the words as they were typed, the duration, the sound as it was recorded."""
    other = "ar" if language == "fr" else "fr"
    page = context.new_page()
    page.goto(thread.replace(f"/{language}/", f"/{other}/"))
    message = page.locator("article.message").last
    expect(message.locator(".message-text")).to_have_text(_WORDS[language])
    expect(message.locator(".message-text")).to_have_attribute("lang", language)
    told = message.locator(".message-file .with-icon").first
    expect(told).to_contain_text(re.compile(r"(?<!\d)[345](?!\d)"))
    expect(told).to_contain_text("صوتية" if other == "ar" else "Message vocal")
    ready, moved, well = message.locator("audio").evaluate(_HEARD)
    assert (ready >= 3, moved > 0.3, well) == (True, True, True)
    sent = page.request.get(message.locator("audio").get_attribute("src") or "")
    assert sent.status == 200
    assert sent.headers["content-type"] == "audio/webm"
    assert sent.body().startswith(b"\x1aE\xdf\xa3")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_it_stops_by_itself_before_the_minute(
    open_talking: Callable[..., BrowserContext], session_of: Callable[[str], Any], size: str, language: str
) -> None:
    context = open_talking(size, language, storage_state=session_of("holder"), permissions=["microphone"])
    page = context.new_page()
    page.clock.install()
    _open_thread(page, language)
    page.locator("[data-voice-start]").click()
    expect(page.locator("[data-voice-stop]")).to_be_visible()
    page.wait_for_timeout(1_500)  # only the page's clock is moved: the microphone hears in real time
    page.clock.run_for(30_000)
    expect(page.locator("[data-voice-seconds]")).to_have_text(re.compile(r"^0:[345]\d$"))
    expect(page.locator("[data-voice-stop]")).to_be_visible()
    page.clock.run_for(30_000)
    expect(page.locator("[data-voice-stop]")).to_be_hidden()
    expect(page.locator("[data-voice-heard]")).to_be_visible()
    expect(page.locator("[data-voice-said]")).to_have_text(
        _said("L’enregistrement est prêt : écoutez-le, puis envoyez votre message.", language)
    )
    assert page.locator("input[name=voice]").evaluate("box => box.files[0].size") > 500


def test_a_refused_microphone_is_explained_and_nothing_typed_is_lost(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], size: str, language: str
) -> None:
    page = open_context(size, language, storage_state=session_of("holder"), permissions=[]).new_page()
    _open_thread(page, language)
    page.locator("#id_text").fill(_WORDS[language])
    expect(page.locator("[data-voice-denied]")).to_be_hidden()
    page.locator("[data-voice-start]").click()
    denied = page.locator("[data-voice-denied]")
    expect(denied).to_be_visible()
    expect(denied).to_contain_text(
        _said(
            "Le téléphone n’a pas donné accès au micro. Autorisez-le, ou choisissez un enregistrement déjà fait.",
            language,
        )
    )
    expect(page.locator("[data-voice-start]")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value(_WORDS[language])
    page.locator("details.joined summary").click()
    expect(page.locator("#id_voice")).to_be_visible()
