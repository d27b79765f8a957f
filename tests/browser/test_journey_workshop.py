"""A citizen asks for a course in her commune; a trainer opens it; she comes, says what she thinks, has a badge."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from bpc.portal.workshops.models import QUESTIONS
from tests.browser.site import Site

_COMMUNE, _NAMES = "09.163.01.03", {"fr": "Ait Baha", "ar": "آيت باها"}
_COURSES = {"fr": "cash-and-seasons", "ar": "sharing-the-surplus"}  # a badge is given once: one course a view
# its day comes: what people wait for, and a test does not
_COMES = """
from datetime import timedelta
from django.db.models import F
from bpc.portal.workshops.models import Workshop, WorkshopDay
two = timedelta(days=2)
row = Workshop.objects.filter(reference="{reference}")
row.update(starts_at=F("starts_at") - two, ends_at=F("ends_at") - two)
day = WorkshopDay.objects.get(workshop__reference="{reference}")
day.day -= two
day.save()
"""


@pytest.fixture(params=[("phone", "fr"), ("desk", "ar")], ids=["phone-fr", "desk-ar"])
def view(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The size and the language of the citizen."""
    size, language = request.param
    return size, language


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def ask(page: Page, language: str, course: str) -> str:
    """From the page of the course; returns its name."""
    page.goto(f"/{language}/formations/{course}")
    name = page.locator("h1").inner_text().strip()
    press(page, f"main a[href$='/seances/demander/{course}']")
    page.locator("#id_commune_name").fill(_NAMES[language])
    page.locator("#id_people").fill("12")
    press(page, "main form[method=post] button[type=submit]")
    page.wait_for_url("**/mon-espace/seances")
    asked = page.locator("main .sheet", has_text=name)
    expect(asked).to_contain_text(_NAMES[language])
    return name


def open_session(page: Page, language: str, course: str) -> str:
    """Where it is asked for, tomorrow's session, announced; returns its code."""
    page.goto(f"/{language}/seances/ou-ouvrir")
    group = page.locator("tr").filter(has=page.locator(f"a[href*='cours={course}&commune={_COMMUNE}']"))
    expect(group.locator("td.num").first).to_contain_text("12")
    expect(group.locator(".chip-success")).to_be_visible()
    group.locator("a").first.click()
    expect(page.locator("#id_commune_name")).to_have_value(re.compile("."))
    expect(page.locator("#id_course")).to_have_value(course)
    page.locator("#id_place").fill("Maison de la culture")
    page.locator("#id_capacity").fill("12")
    day = timezone.localdate() + timedelta(days=1)
    page.locator("#id_days-0-day_day").fill(str(day.day))
    page.locator("#id_days-0-day_month").select_option(str(day.month))
    page.locator("#id_days-0-day_year").fill(str(day.year))
    page.locator("#id_days-0-starts").fill("09:00")
    page.locator("#id_days-0-ends").fill("12:30")
    press(page, "main form[method=post] button[type=submit]")
    page.wait_for_url("**/tenir")
    press(page, "button[name=act][value=announce]")
    expect(page.locator("main .alert-success")).to_contain_text("1" if language == "fr" else "شخص")
    return page.url.split("/seances/")[1].split("/")[0]


def take_seat(page: Page, language: str, reference: str) -> str:
    """From what she was told to her seat; returns its code."""
    page.goto(f"/{language}/mon-espace/notifications")
    press(page, "main .plain-list li a")  # the last one; it names the session in her own language
    assert page.url.endswith(f"/seances/{reference}")
    press(page, "form[action$='/je-viens'] button")
    expect(page.locator("main .seat svg")).to_be_visible()
    return page.locator("main .seat-code").inner_text()


def note_presence(page: Page, language: str, reference: str, code: str) -> None:
    """By the code she says, then on the list."""
    page.goto(f"/{language}/seances/{reference}/presence")
    page.locator("#id_code").fill(code.lower())
    press(page, "form:has(#id_code) button[type=submit]")
    assert page.url.endswith(f"/presence/{code}")
    expect(page.locator("h1")).to_contain_text("Citoyenne")
    press(page, "button[name=act][value=in]")
    page.goto(f"/{language}/seances/{reference}/presence")
    expect(page.locator(".tick-list input[type=checkbox]")).to_be_checked()
    page.goto(f"/{language}/seances/{reference}/tenir")
    press(page, "button[name=act][value=hold]")
    expect(page.locator("main .alert-success")).to_be_visible()


def judge(page: Page, language: str, reference: str) -> None:
    """Five faces and a word, from her own sessions."""
    page.goto(f"/{language}/mon-espace/seances")
    press(page, f"main a[href*='/seances/{reference}/inscription/']")
    press(page, "main a[href*='/mon-avis/']")
    for question in QUESTIONS:
        page.locator(f"input[name={question}][value='3']").check()
    page.locator("#id_words").fill("Le tableau des douze mois m’a aidée.")
    press(page, "main form[method=post] button[type=submit]")
    expect(page.locator("main a[href*='/mon-avis/']")).to_have_count(0)


def test_from_a_wish_to_a_badge(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    site: Site,
    view: tuple[str, str],
) -> None:
    size, language = view
    course = _COURSES[language]
    citizen = open_context(size, language, storage_state=session_of("citizen")).new_page()
    trainer = open_context("desk", language, storage_state=session_of("trainer")).new_page()
    name = ask(citizen, language, course)
    reference = open_session(trainer, language, course)
    code = take_seat(citizen, language, reference)
    citizen.goto(f"/{language}/mon-espace/seances")
    expect(citizen.locator(f"main a[href$='/seances/demander/{course}']")).to_have_count(
        0
    )  # met: asked no more
    site.manage("shell", "-v0", "-c", _COMES.format(reference=reference))
    note_presence(trainer, language, reference, code)
    judge(citizen, language, reference)
    trainer.goto(f"/{language}/seances/{reference}/tenir/avis")
    expect(trainer.locator("main .empty")).to_contain_text("5")  # one alone is never read
    expect(trainer.locator("main")).not_to_contain_text("douze mois")

    citizen.goto(f"/{language}/mon-espace/attestations")
    press(citizen, f"main .sheet:has-text('{name}') h2 a")
    expect(citizen.locator("h1")).to_contain_text(name)
    badge = citizen.url.rpartition("/")[2]
    anybody = open_context("phone", language).new_page()
    anybody.goto(f"/{language}/verifier/{badge}")
    expect(anybody.locator("main")).to_contain_text(_NAMES[language])
    expect(anybody.locator("main")).not_to_contain_text("Citoyenne")  # her name only if she shows it
