"""A partner's module from a file to a result, in a real browser: SCORM 1.2, SCORM 2004, H5P; left, and resumed."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from tests.portal.packages.package_world import changed, h5p, scorm

_WORDS = {
    "title_fr": "Le prix et la marge", "title_ar": "الثمن والهامش", "about_fr": "Calculer un prix.",
    "about_ar": "حساب الثمن.", "licence": "CC BY 4.0", "credit": "Association Tifaouine",
}  # fmt: skip


@pytest.fixture
def trainer(open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any]) -> Page:
    """The desk of the trainer."""
    return open_context("desk", "fr", storage_state=session_of("trainer")).new_page()


@pytest.fixture
def learner(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], size: str, language: str
) -> Page:
    """Somebody who learns, in each view."""
    return open_context(size, language, storage_state=session_of("holder")).new_page()


def fresh(data: bytes) -> bytes:
    """The same package with a mark of its own: the same file twice is one package."""
    return changed(data, mark_dot_txt=uuid4().hex)


def publish(page: Page, data: bytes, name: str) -> str:
    """Put a file in, look at it, write what it is, publish it; returns its code."""
    page.goto("/fr/mon-espace/modules-partenaires/importer")
    page.locator("#id_file").set_input_files({"name": name, "mimeType": "application/zip", "buffer": data})
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_url(lambda address: not address.endswith("/importer"))
    code = page.url.rpartition("/")[2]
    for field, words in _WORDS.items():
        page.locator(f"#id_{field}").fill(words)
    page.locator("main form:has(#id_licence) button[type=submit]").click()
    page.locator(f"form[action$='{code}/publier'] button").click()
    expect(page.locator(f"form[action$='{code}/retirer']")).to_be_visible()
    return code


def open_module(page: Page, language: str, code: str) -> FrameLocator:
    """From the page of a module to its first screen."""
    page.goto(f"/{language}/formations/modules/{code}")
    page.locator("a[href$='/suivre']").click()
    page.wait_for_url("**/suivre")
    return page.frame_locator("iframe.package-frame")


def leave(page: Page, code: str) -> None:
    page.locator("[data-package-leave]").click()
    page.wait_for_url(f"**/formations/modules/{code}")


@pytest.mark.browser
@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_a_scorm_module_is_left_resumed_and_passed(
    trainer: Page, learner: Page, language: str, version: str
) -> None:
    code = publish(trainer, fresh(scorm(version)), "prix.zip")
    lesson = open_module(learner, language, code)
    expect(lesson.locator("h2", has_text="Ce que coûte un pot")).to_be_visible()
    lesson.locator("button[data-next]").click()
    expect(lesson.locator("h2", has_text="Ce qui reste")).to_be_visible()
    assert lesson.locator("img").evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1
    leave(learner, code)
    lesson = open_module(learner, language, code)
    expect(lesson.locator("h2", has_text="Ce qui reste")).to_be_visible()
    lesson.locator("button[data-next]").click()
    for question, answer in (("q1", "0"), ("q2", "1")):
        lesson.locator(f"input[name={question}][value='{answer}']").check()
    lesson.locator("form[data-test] button[type=submit]").click()
    expect(lesson.locator("[role=status]")).to_have_text("Vous avez 2 bonnes réponses sur 2.")
    expect(learner.locator("[data-package-said]")).to_contain_text("100")
    leave(learner, code)
    expect(learner.locator("main")).to_contain_text("100")
    trainer.reload()
    expect(trainer.locator("dl.package-facts")).to_contain_text("Personnes qui l’ont terminé")
    assert trainer.locator("dl.package-facts dd").last.inner_text() == "1"


@pytest.mark.browser
def test_an_h5p_content_is_answered_and_remembers_it(trainer: Page, learner: Page, language: str) -> None:
    code = publish(trainer, fresh(h5p()), "question.h5p")
    content = open_module(learner, language, code)
    question = content.locator(".plain-question")
    expect(question).to_have_text("Où vend-on le miel ?")
    assert (
        question.evaluate("(one) => getComputedStyle(one).fontWeight") == "700"
    )  # by the library it asks for
    content.get_by_role("button", name="Au souk").click()
    expect(learner.locator("[data-package-said]")).to_contain_text("100")
    leave(learner, code)
    content = open_module(learner, language, code)
    expect(content.locator(".plain-question")).to_have_text("Où vend-on le miel ? (0)")


@pytest.mark.browser
def test_a_preview_shows_the_module_and_writes_nothing(trainer: Page) -> None:
    code = publish(trainer, fresh(scorm()), "prix.zip")
    trainer.goto(f"/fr/mon-espace/modules-partenaires/{code}/apercu")
    lesson = trainer.frame_locator("iframe.package-frame")
    expect(lesson.locator("h2", has_text="Ce que coûte un pot")).to_be_visible()
    lesson.locator("button[data-next]").click()
    trainer.locator("[data-package-leave]").click()
    trainer.wait_for_url(f"**/modules-partenaires/{code}")
    assert [one.inner_text() for one in trainer.locator("dl.package-facts dd").all()[-2:]] == ["0", "0"]


@pytest.mark.browser
def test_a_broken_file_is_refused_with_its_reason(trainer: Page) -> None:
    trainer.goto("/fr/mon-espace/modules-partenaires/importer")
    data = changed(scorm(), envoi_dot_php="<?php")
    trainer.locator("#id_file").set_input_files(
        {"name": "prix.zip", "mimeType": "application/zip", "buffer": data}
    )
    trainer.locator("main form[enctype] button[type=submit]").click()
    expect(trainer.locator("#id_file_error")).to_contain_text("envoi.php")
