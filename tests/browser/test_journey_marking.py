"""A juror marks on a line that comes and goes: nothing is lost, nothing arrives twice, nothing newer is overwritten."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.axe import give_axe, run_axe
from tests.browser.site import Site

_MAKE = """
import json
from bpc.portal.contests.states import Phase
from bpc.portal.people.models import User
from tests.portal.contests.contest_world import make_edition, make_entry, make_juror, make_reading
holder = User.objects.get(email="porteuse@demo.invalid")
author = User.objects.get(email="citoyenne@demo.invalid")
edition = make_edition(Phase.MARKING, slug="notation-{word}")
juror = make_juror(edition, holder)
readings = [
    make_reading(juror, make_entry(edition, author, reference="{word}" + str(number))).pk for number in range(2)
]
print(json.dumps([edition.slug, readings]))
"""
_TOLD = """
import json
from bpc.portal.contests.models import Mark, Reading
from bpc.portal.foundation.audit import trail_of
row = Reading.objects.get(pk={pk})
marks = list(Mark.objects.filter(reading=row).order_by("criterion__position").values_list("value", "comment"))
print(json.dumps([row.state, row.revision, marks, [entry.verb for entry in trail_of(row)]]))
"""
CRITERIA = ("innovation", "impact", "environment", "territory")


@dataclass
class Told:
    """What the site holds of a reading."""

    state: str
    revision: int
    marks: list[Any]
    verbs: list[str]


def told(site: Site, pk: int) -> Told:
    return Told(*json.loads(site.manage("shell", "-v0", "-c", _TOLD.format(pk=pk))))


@pytest.fixture
def jury(site: Site) -> tuple[str, list[int]]:
    """An edition whose marking runs, and two readings asked of the demonstration's holder."""
    word = uuid4().hex[:10]
    slug, readings = json.loads(site.manage("shell", "-v0", "-c", _MAKE.format(word=word)))
    return slug, readings


@pytest.fixture
def juror(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], size: str, language: str
) -> BrowserContext:
    """The browser of the juror, signed in."""
    return open_context(size, language, storage_state=session_of("holder"))


def kept_offline(page: Page) -> None:
    expect(page.locator("html[data-kept-offline]")).to_have_count(1)


def fill(page: Page, value: int, words: str, criteria: tuple[str, ...] = CRITERIA) -> None:
    for code in criteria:
        page.locator(f"input[name=mark_{code}][value='{value}']").check()
        page.locator(f"textarea[name=why_{code}]").fill(f"{words} {code}")


def state_of(page: Page) -> Any:
    return page.locator("[data-marking-state]")


def check_arrived(site: Site, first: int, second: int) -> None:
    """The first is finished, the second begun, each sent once."""
    done, begun = told(site, first), told(site, second)
    assert (done.state, done.revision) == ("done", 1)
    assert done.marks == [[4, "Vu innovation"], [4, "Vu impact"], [5, "Su environment"], [5, "Su territory"]]
    assert done.verbs == ["save reading", "finish reading"]
    assert (begun.state, begun.revision, begun.verbs) == ("assigned", 1, ["save reading"])
    assert [value for value, _words in begun.marks] == [None, 2, None, None]


def test_marks_given_without_network_arrive_once(
    site: Site, juror: BrowserContext, jury: tuple[str, list[int]], language: str
) -> None:
    slug, (first, second) = jury
    page = juror.new_page()
    page.goto(f"/{language}/mon-espace/jury/{slug}")
    kept_offline(page)
    page.locator("[data-marking-keep] button").click()
    expect(page.locator("[data-marking-keep] [role=status]")).to_have_text(re.compile(r"\S"))
    page.locator(f"li[data-reading='{first}'] a").first.click()
    kept_offline(page)
    give_axe(page)
    assert run_axe(page, {}) == []

    juror.set_offline(True)
    fill(page, 4, "Vu", CRITERIA[:2])
    expect(state_of(page)).to_have_attribute("data-state", "waiting")
    page.reload()  # the worker answers
    expect(page.locator("textarea[name=why_impact]")).to_have_value("Vu impact")
    expect(page.locator("input[name=mark_innovation][value='4']")).to_be_checked()
    page.locator("button[value=finish]").click()  # two criteria are missing
    expect(state_of(page)).to_have_attribute("data-state", "missing")
    fill(page, 5, "Su", CRITERIA[2:])
    page.locator("button[value=finish]").click()
    expect(state_of(page)).to_have_attribute("data-state", "finishing")

    page.goto(f"/{language}/mon-espace/jury/lectures/{second}")  # kept from the list, never opened before
    page.locator("input[name=mark_impact][value='2']").check()
    expect(state_of(page)).to_have_attribute("data-state", "waiting")
    page.goto(f"/{language}/mon-espace/jury/{slug}")
    expect(page.locator("[data-marking-kept]:visible")).to_have_count(2)
    assert (told(site, first).revision, told(site, second).revision) == (0, 0)

    juror.set_offline(False)
    expect(page.locator("[data-marking-kept]:visible")).to_have_count(0)
    check_arrived(site, first, second)
    page.goto(f"/{language}/mon-espace/jury/lectures/{first}")
    expect(page.locator("[data-marking-form]")).to_have_count(0)


def test_a_lost_answer_makes_no_second_draft(
    site: Site, juror: BrowserContext, jury: tuple[str, list[int]], language: str
) -> None:
    _slug, (first, _second) = jury
    page = juror.new_page()
    page.goto(f"/{language}/mon-espace/jury/lectures/{first}")
    lost = []

    def lose(route: Route) -> None:
        """The site receives it; its answer never comes back, twice."""
        if len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/brouillon", lose)
    fill(page, 3, "Perdu")
    expect(state_of(page)).to_have_attribute("data-state", "sent", timeout=30_000)
    assert lost == [200, 200]
    found = told(site, first)
    assert found.verbs.count("save reading") == found.revision
    assert [value for value, _words in found.marks] == [3, 3, 3, 3]
    assert found.revision <= 2  # the lost one, and what was typed meanwhile


def test_an_older_draft_never_overwrites_a_newer_one(
    site: Site,
    juror: BrowserContext,
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    jury: tuple[str, list[int]],
    language: str,
) -> None:
    _slug, (first, _second) = jury
    phone = juror.new_page()
    phone.goto(f"/{language}/mon-espace/jury/lectures/{first}")
    juror.set_offline(True)
    fill(phone, 1, "Téléphone")
    expect(state_of(phone)).to_have_attribute("data-state", "waiting")

    desk = open_context("desk", language, storage_state=session_of("holder")).new_page()
    desk.goto(f"/{language}/mon-espace/jury/lectures/{first}")
    fill(desk, 5, "Bureau")
    expect(state_of(desk)).to_have_attribute("data-state", "sent")
    juror.set_offline(False)
    clash = phone.locator("[data-marking-clash]")
    expect(clash).to_be_visible()
    assert [value for value, _words in told(site, first).marks] == [5, 5, 5, 5]
    clash.locator("[data-clash=mine]").click()
    expect(state_of(phone)).to_have_attribute("data-state", "sent")
    assert [value for value, _words in told(site, first).marks] == [1, 1, 1, 1]


def test_leaving_takes_the_private_pages_away(
    juror: BrowserContext, jury: tuple[str, list[int]], language: str
) -> None:
    slug, _readings = jury
    page = juror.new_page()
    page.goto(f"/{language}/mon-espace/jury/{slug}")
    kept_offline(page)
    names = "caches.keys().then((names) => names.filter((name) => name.startsWith('bpc-jury-')))"
    assert len(page.evaluate(names)) == 1
    page.goto(f"/{language}/compte/logout/")
    page.wait_for_function(f"{names}.then((left) => left.length === 0)")
