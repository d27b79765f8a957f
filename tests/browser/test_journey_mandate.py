"""An advisor fills in for somebody who cannot: a code by SMS, a save at both names, and an end from the message."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.proposals import new_word
from tests.browser.site import Site

_SAVE = "main form[method=post]:not([action*='mandats']) button[type=submit]"
_SCRIPT = """
import json, uuid
from django.utils import timezone
from bpc.portal.people.models import User
from bpc.portal.projects.actions import Description, Start, create_project
from bpc.portal.reference.models import Territory
phone = "+2126" + str(uuid.uuid4().int)[:8]
person = User.objects.create_user(phone=phone, display_name="Fadma A.", language="ar")
place = Territory.objects.get(pk="09.541.01.13")
said = Description("Miel {word}", "Nos ruches.", "fr", "food", place)
made = create_project(description=said, stage="idea", start=Start(), submission_key=uuid.uuid4(), actor=person,
                      at=timezone.now())
print(json.dumps([phone, made.reference]))
"""


def _record(page: Page, site: Site, language: str, phone: str, code: str) -> str:
    """Recorded, then confirmed by the code the person tells; returns the address of the mandate."""
    page.goto(f"/{language}/mon-espace/mandats/demander?projet={code}")
    page.locator("#id_contact").fill("0600000000")
    page.locator("input[name=given][value=code]").check()
    page.locator("input[name=language][value=ar]").check()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#errors a[href='#id_project']")).to_be_visible()
    expect(page.locator("#id_contact")).to_have_value("0600000000")
    page.locator("#id_contact").fill("0" + phone.removeprefix("+212"))
    before = site.log.stat().st_size
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/mandats/\d+$"))
    page.locator("#id_code").fill(site.last_code_sent_to(phone, after=before))
    page.locator("form:has(#id_code) button[type=submit]").click()
    expect(page.locator("form[action$='/remplir'] button")).to_be_visible()
    return page.url


def _stays_in_its_width(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_filled_in_for_somebody_until_they_say_stop(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    site: Site,
    size: str,
    language: str,
) -> None:
    word = new_word()
    phone, code = json.loads(site.manage("shell", "-v0", "-c", _SCRIPT.format(word=word)).splitlines()[-1])
    page = open_context(size, language, storage_state=session_of("advisor")).new_page()
    begun = site.log.stat().st_size
    mandate = _record(page, site, language, phone, code)
    _stays_in_its_width(page)
    page.locator("form[action$='/remplir'] button").click()
    page.wait_for_url(re.compile(rf"/projets/{code}$"))
    expect(page.locator("aside form[action$='/arreter-de-remplir']")).to_be_visible()
    _stays_in_its_width(page)
    person_page = f"/{language}/mon-espace/projets/{code}/personnes/nouvelle"
    page.goto(person_page)
    page.locator("#id_name").fill(f"Rkia {word}")
    page.locator(_SAVE).first.click()
    page.wait_for_url(re.compile(rf"/projets/{code}"))
    page.goto(mandate)
    expect(page.locator(".timeline li")).to_have_count(1)
    page.goto(person_page)
    page.locator("#id_name").fill(f"Zahra {word}")
    _stop_from_the_message(open_context, site, phone, begun)
    page.locator(_SAVE).first.click()
    expect(page.locator("main ul")).to_contain_text(f"Zahra {word}")  # not saved, not lost
    expect(page.locator("main form[action$='/personnes/nouvelle'] button")).to_be_visible()
    page.goto(mandate)
    expect(page.locator(".timeline li")).to_have_count(1)
    expect(page.locator("form[action$='/remplir']")).to_have_count(0)


def _stop_from_the_message(
    open_context: Callable[..., BrowserContext], site: Site, phone: str, begun: int
) -> None:
    """The person opens the address of her message, in Arabic, on her telephone, without signing in."""
    told = site.text_to(phone, saying="/ar/m/", after=begun)
    found = re.search(r"/ar/m/[\w:=-]+", told)
    assert found is not None
    hers = open_context("phone", "ar").new_page()
    hers.goto(found[0])
    assert hers.evaluate("document.documentElement.dir") == "rtl"
    _stays_in_its_width(hers)
    hers.locator("main form button").click()
    expect(hers.locator("main [role=status]")).to_be_visible()
