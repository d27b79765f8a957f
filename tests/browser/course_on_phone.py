"""One course on a telephone of the person of the demonstration: opened, taken, one lesson shown."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site

COURSE = "price-and-margin"
LESSON = "unit-cost"
EMAIL = "porteuse@demo.invalid"
_FORGET = """
from bpc.portal.learning.models import Following
Following.objects.filter(user__email="{email}").delete()
"""


def run(site: Site, script: str, **values: str) -> str:
    values = {"email": EMAIL, "course": COURSE, "lesson": LESSON, **values}
    printed = site.manage("shell", "-v0", "-c", script.format(**values)).strip().splitlines()
    return printed[-1] if printed else ""


def forget(site: Site) -> None:
    """The person has learned nothing yet."""
    run(site, _FORGET)


def open_course(context: BrowserContext, language: str, *, at: str = "") -> Page:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/{language}/formations/hors-ligne/{COURSE}{at}")
    expect(page.locator("[data-course][data-ready]")).to_have_count(1, timeout=30_000)
    return page


def take(page: Page) -> None:
    page.locator("[data-take]").click()
    expect(page.locator("[data-course]")).to_have_attribute("data-taken", re.compile(r"\d+"), timeout=60_000)


def opened(page: Page, lesson: str = LESSON) -> Any:
    page.goto(f"{page.url.split('#')[0]}#lecon-{lesson}")
    article = page.locator(f"[data-lesson='{lesson}']")
    expect(article).to_be_visible()
    return article
