"""An advisor visits groups where no network reaches: what was written and photographed arrives later, exactly once."""

import io
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.axe import give_axe, run_axe
from tests.browser.site import Site

_MAKE = """
from uuid import uuid4
from django.utils import timezone
from bpc.portal.people.models import User
from bpc.portal.projects.actions import Description, Start, create_project
from bpc.portal.projects.sharing import grant_advisor
from bpc.portal.reference.models import Territory
owner = User.objects.get(email="porteuse@demo.invalid")
place = Territory.objects.get(code="09.541.01.11")
said = Description(name="{name}", summary="", language="fr", sector_id="food", commune=place)
now = timezone.now()
row = create_project(description=said, stage="idea", start=Start(), submission_key=uuid4(), actor=owner, at=now)
grant_advisor(project=row, advisor=User.objects.get(email="conseillere@demo.invalid"), actor=owner, at=now)
print(row.reference)
"""
_TOLD = """
import json
from bpc.portal.foundation.audit import trail_of
from bpc.portal.people.models import Notification
from bpc.portal.visits.models import VisitReport
rows = VisitReport.objects.filter(project__reference="{code}").order_by("place")
print(json.dumps([
    [row.place, row.women, row.difficulties, row.photos.count(),
     [one.verb for one in trail_of(row)], Notification.objects.filter(data__visit=row.pk).count()]
    for row in rows
]))
"""
_END = """
from django.utils import timezone
from bpc.portal.projects.models import AdvisorAccess
AdvisorAccess.objects.filter(project__reference="{code}").update(ended_at=timezone.now())
"""


def run(site: Site, script: str, **values: str) -> str:
    printed = site.manage("shell", "-v0", "-c", script.format(**values)).strip().splitlines()
    return printed[-1] if printed else ""


@pytest.fixture
def code(site: Site) -> str:
    """A project opened to the demonstration's advisor."""
    return run(site, _MAKE, name=f"Tissage {uuid4().hex[:6]}")


@pytest.fixture(params=["fr", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    """Both, on a telephone."""
    return str(request.param)


@pytest.fixture
def visitor(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], language: str
) -> BrowserContext:
    """The telephone of the advisor, signed in."""
    return open_context("phone", language, storage_state=session_of("advisor"))


def open_field(context: BrowserContext, language: str) -> Page:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/{language}/mon-espace/visites/terrain")
    expect(page.locator("html[data-kept-offline]")).to_have_count(1, timeout=30_000)
    return page


def photo() -> dict[str, Any]:
    out = io.BytesIO()
    Image.effect_noise((1900, 1400), 60).convert("RGB").save(out, "JPEG")
    return {"name": "local.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def write(page: Page, code: str, place: str, words: str) -> None:
    page.locator("[name=project]").select_option(code)
    page.locator("[name=place]").fill(place)
    page.locator("[name=women]").fill("5")
    page.locator("[name=difficulties]").fill(words)


def send(page: Page) -> None:
    page.locator("[data-visit-form] button[type=submit]").click()


def drafts(page: Page, state: str) -> Any:
    return page.locator(f"[data-draft][data-is='{state}']")


def arrive_once(page: Page, visitor: BrowserContext, site: Site, code: str) -> None:
    """The network comes back, and the first answer to each sending is lost."""
    lost = []

    def lose(route: Route) -> None:
        """The site receives the first of each; its answer never comes back."""
        if route.request.url not in lost:
            lost.append(route.request.url)
            assert route.fetch().status == 200
            route.abort()
        else:
            route.continue_()

    page.route("**/envoi", lose)
    page.route("**/mon-espace/visites/*/photos/*", lose)
    visitor.set_offline(False)
    expect(drafts(page, "arrived")).to_have_count(2, timeout=60_000)
    assert len(lost) == 3
    verbs = ["report visit"]
    assert json.loads(run(site, _TOLD, code=code)) == [
        ["A local", 5, "Le local n’a pas d’eau", 1, [*verbs, "add visit photo"], 1],
        ["B souk", 5, "لا طريق إلى السوق", 0, verbs, 1],
    ]


def test_two_reports_written_without_network_arrive_once(
    site: Site, visitor: BrowserContext, code: str, language: str
) -> None:
    page = open_field(visitor, language)
    give_axe(page)
    assert run_axe(page, {}) == []

    visitor.set_offline(True)
    page.reload()  # the worker answers
    write(page, code, "A local", "Le local n’a pas d’eau")
    page.locator("[name=photos_agreed]").check()
    page.locator("[name=photos]").set_input_files(photo())
    expect(page.locator("[data-photo-list] li")).to_have_count(1)
    expect(drafts(page, "draft")).to_have_count(1)
    page.reload()
    expect(page.locator("[name=difficulties]")).to_have_value("Le local n’a pas d’eau")
    expect(page.locator("[data-photo-list] li")).to_have_count(1)
    send(page)
    expect(drafts(page, "ready")).to_have_count(1)

    write(page, code, "", "لا طريق إلى السوق")
    send(page)  # nowhere: said at once, without network
    expect(page.locator("[name=place]")).to_be_focused()
    expect(drafts(page, "ready")).to_have_count(1)
    page.locator("[name=place]").fill("B souk")
    send(page)
    expect(drafts(page, "ready")).to_have_count(2)
    page.reload()
    expect(drafts(page, "ready")).to_have_count(2)
    give_axe(page)
    assert run_axe(page, {}) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert json.loads(run(site, _TOLD, code=code)) == []

    arrive_once(page, visitor, site, code)
    page.unroute_all()
    page.locator("[data-read]:visible").last.click()
    expect(page.locator("article.visit")).to_be_visible()


def test_what_is_refused_stays_with_its_reason_until_it_is_erased(
    site: Site, visitor: BrowserContext, code: str, language: str
) -> None:
    page = open_field(visitor, language)
    visitor.set_offline(True)
    write(page, code, "Au souk", "Rien à signaler")
    send(page)
    expect(drafts(page, "ready")).to_have_count(1)
    run(site, _END, code=code)
    visitor.set_offline(False)
    refused = drafts(page, "refused")
    expect(refused).to_have_count(1, timeout=60_000)
    expect(refused.locator("[data-why] li")).to_have_count(1)
    page.reload()
    refused.locator("[data-open]").click()
    expect(page.locator("[name=difficulties]")).to_have_value("Rien à signaler")
    assert json.loads(run(site, _TOLD, code=code)) == []
    refused.locator("[data-erase]").click()
    expect(page.locator("[data-draft]")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-draft]")).to_have_count(0)
    assert page.locator("[name=difficulties]").input_value() == ""


def test_leaving_takes_the_page_away_and_drafts_are_shown_to_their_account_only(
    visitor: BrowserContext, code: str, language: str
) -> None:
    page = open_field(visitor, language)
    write(page, code, "Au souk", "À finir")
    expect(drafts(page, "draft")).to_have_count(1)
    names = "caches.keys().then((names) => names.filter((name) => name.startsWith('bpc-visits-')))"
    assert len(page.evaluate(names)) == 1
    page.goto(f"/{language}/compte/logout/")
    page.wait_for_function(f"{names}.then((left) => left.length === 0)")
    kept = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    assert len([name for name in kept if name.startswith("visites:")]) == 1  # under the key of one account
    page.goto(f"/{language}/mon-espace/visites/terrain")
    page.locator("[data-erase-all]").click()
    expect(page.locator("[data-draft]")).to_have_count(0)
