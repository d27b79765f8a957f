"""A lesson read aloud is taken with its course and heard without network."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import give_axe, run_axe
from tests.browser.course_on_phone import LESSON, forget, open_course, opened, run, take
from tests.browser.site import Site

_READ_ALOUD = """
import hashlib
from django.core.files.base import ContentFile
from bpc.portal.training.models import CourseVersion, LessonSound
version = CourseVersion.objects.get(course__code="{course}", state="published")
LessonSound.objects.filter(version=version).delete()
frame = bytes([0xFF, 0xFB, 0x10, 0xC0]) + bytes(100)  # 26.1 ms of silence
data = frame * 2300
LessonSound.objects.create(
    version=version, lesson="{lesson}", language="{language}", file=ContentFile(data, name="lecture.mp3"),
    name="lecture.mp3", content_type="audio/mpeg", size=len(data), seconds=60,
    sha256=hashlib.sha256(data).hexdigest(),
)
"""
_KEPT = """caches.open('bpc-course-files').then((files) => files.keys())
    .then((all) => all.filter(({ url }) => url.endsWith('.son')).length)"""
_PLAY = """async (sound, second) => {
  const told = (name, isIt) => new Promise((done) => { sound.addEventListener(name, () => { if (isIt()) done(); }); });
  sound.muted = true;
  try { await sound.play(); } catch { return false; }
  if (second) {
    const sought = told("seeked", () => true);
    sound.currentTime = second;
    await sought;
  }
  await told("timeupdate", () => sound.currentTime > second);
  sound.pause();
  return true;
}"""


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_lesson_is_heard_without_network(
    site: Site, open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], language: str
) -> None:
    forget(site)
    run(site, _READ_ALOUD, language=language)
    without = open_context("phone", language, storage_state=session_of("holder"))
    page = open_course(without, language)
    take(page)
    without.set_offline(True)
    page.reload()
    article = opened(page)
    assert not _plays(page, 0)
    expect(article.locator("audio + p")).to_be_visible()
    without.close()

    phone = open_context("phone", language, storage_state=session_of("holder"))
    page = open_course(phone, language)
    before = page.locator("[data-take]").inner_text()
    page.locator("[data-sound]").check()
    expect(page.locator("[data-take]")).not_to_have_text(before)
    take(page)
    phone.set_offline(True)
    page.reload()
    expect(page.locator("[data-course][data-ready]")).to_have_count(1)
    expect(page.locator("[data-sound]")).to_be_checked()
    article = opened(page)
    assert _plays(page, 0)
    assert _plays(page, 45), "a part of it is asked for"
    expect(article.locator("audio + p")).to_be_hidden()
    give_axe(page)
    assert run_axe(page, {}) == []
    assert page.evaluate(_KEPT) == 1
    phone.set_offline(False)
    page.goto(f"{page.url.split('#')[0]}#cours")
    page.locator("[data-sound]").uncheck()
    page.locator("[data-take]").click()
    page.wait_for_function(f"{_KEPT}.then((left) => left === 0)")


def _plays(page: Page, second: int) -> bool:
    """Whether the lesson's recording goes on from there."""
    return bool(page.locator(f"[data-lesson='{LESSON}'] audio").evaluate(_PLAY, second))
