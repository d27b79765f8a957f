"""A course is taken onto telephones, done without network; all that was done arrives once, from each of them."""

import json
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.axe import give_axe, run_axe
from tests.browser.course_on_phone import COURSE, LESSON, forget, open_course, opened, run, take
from tests.browser.site import Site

_TOLD = """
import json
from bpc.portal.learning.models import Following
from bpc.portal.learning.noting import standing_of
from bpc.portal.training.catalogue import published
row = Following.objects.filter(user__email="{email}", course__code="{course}").first()
if row is None:
    print(json.dumps(None))
else:
    standing = standing_of(row, published("{course}"))
    state = standing.states.get("{lesson}")
    print(json.dumps({{
        "keys": sorted(str(key) for key in row.events.values_list("key", flat=True)),
        "answers": dict(state.answers) if state else {{}},
        "fields": dict(state.fields) if state else {{}},
        "reviews": sorted([one.question, str(one.due)] for one in row.reviews.all()),
    }}))
"""
_LATER = """
from datetime import timedelta
from django.utils import timezone
from bpc.portal.learning.models import LearningEvent
for row in LearningEvent.objects.filter(following__user__email="{email}"):
    row.at -= timedelta(days=2)
    row.save()
"""
_NEWER = """
import copy
from django.utils import timezone
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.training.catalogue import GENERATION
from bpc.portal.training.models import CourseVersion
old = CourseVersion.objects.get(course__code="{course}", state="published")
content = copy.deepcopy(old.content)
asked = next(one for one in content["lessons"] if one["code"] == "{lesson}")["questions"]
next(one for one in asked if one["kind"] == "one")["options"].reverse()
number = old.course.versions.latest("number").number + 1  # a draft may be open
CourseVersion.objects.filter(pk=old.pk).update(state="superseded")
CourseVersion.objects.create(
    course=old.course, number=number, content=content, content_hash=f"{{number}}", origin="file",
    state="published", published_at=timezone.now(),
)
outdate(GENERATION)
"""
#: What a page holds of a course, for the test to compare.
_STATE = """async () => {
  const { fold } = await import("/static/web/js/course-progress.js");
  const { asked } = await import("/static/web/js/indexed.js");
  const name = (await indexedDB.databases()).map((one) => one.name).find((one) => one.startsWith("cours:"));
  const base = await asked(indexedDB.open(name));
  const all = await asked(base.transaction("events").objectStore("events").getAll());
  base.close();
  const { answers = {}, fields = {} } = fold(all).get("unit-cost") ?? {};
  const waiting = all.filter(({ state }) => state !== "kept").length;
  return { keys: all.map(({ key }) => key).sort(), waiting, answers, fields };
}"""
#: A clock that is days ahead or behind.
_CLOCK = """
const now = Date.now;
Date.now = () => now() + %d * 864e5;
const Real = Date;
window.Date = class extends Real { constructor(...parts) { super(...(parts.length ? parts : [Real.now()])); } };
"""


def told(site: Site) -> Any:
    return json.loads(run(site, _TOLD))


@pytest.fixture(params=["fr", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    """Both, on a telephone."""
    return str(request.param)


@pytest.fixture
def device(
    open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any], site: Site, language: str
) -> Callable[[], BrowserContext]:
    """Telephones of one account, which has learned nothing yet."""
    forget(site)
    return lambda: open_context("phone", language, storage_state=session_of("holder"))


def answer_first(page: Page, rank: int) -> str:
    """Answer the lesson's first question of one choice by this option."""
    box = page.locator(f"[data-lesson='{LESSON}'] [data-question]:has(input[type=radio])").first
    box.locator("input[type=radio]").nth(rank).check()
    box.locator("[data-check]").click()
    expect(box.locator("[data-mark] p").first).to_be_visible()
    return str(box.get_attribute("data-question"))


def write(page: Page, field: str, value: str) -> None:
    form = page.locator(f"[data-lesson='{LESSON}'] [data-exercise]")
    form.locator(f"[name$='-{field}']").fill(value)
    form.locator("button[type=submit]").click()
    expect(form.locator("[data-exercise-said]")).not_to_be_empty()


def fill_exercise(article: Any) -> None:
    """By the keyboard, with digits of both kinds."""
    for field, value in {"inputs": "30", "fixed": "12000", "units": "١٠٠٠", "price": "40"}.items():
        article.locator(f"[data-exercise] [name$='-{field}']").fill(value)
    article.locator("[data-exercise] button[type=submit]").press("Enter")
    expect(article.locator("[data-figures] dd")).to_have_text([re.compile("^42"), re.compile("-2")])


def losing(dice: random.Random, most: int = 4) -> Callable[[Route], None]:
    """A network that takes some sendings and never brings the answer back."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        if len(lost) < most and dice.random() < 0.6:
            lost.append(route.request.url)
            assert route.fetch().status == 200
            route.abort()
        else:
            route.continue_()

    return lose


def apart(phones: list[BrowserContext], language: str) -> list[Page]:
    """The course taken on each telephone, their clocks days apart, then no network."""
    pages = []
    for phone, days in zip(phones, (0, 3, -2), strict=True):
        phone.add_init_script(_CLOCK % days)
        page = open_course(phone, language)
        take(page)
        opened(page)
        phone.set_offline(True)
        pages.append(page)
    return pages


def all_sent(page: Page) -> None:
    expect(page.locator("[data-sending]")).to_have_attribute("data-waiting", "0", timeout=60_000)


def test_a_course_is_taken_done_without_network_and_arrives(
    site: Site, device: Callable[[], BrowserContext], language: str
) -> None:
    phone = device()
    page = open_course(phone, language)
    assert re.search(r"\d", page.locator("[data-take]").inner_text()), "its size is told before"
    give_axe(page)
    assert run_axe(page, {}) == []
    take(page)

    phone.set_offline(True)
    page.reload()  # the worker answers
    expect(page.locator("[data-course][data-ready]")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(f"[data-line='{LESSON}'] a").click()
    article = page.locator(f"[data-lesson='{LESSON}']")
    expect(article.locator("h2").first).to_be_focused()
    assert page.evaluate("document.fonts.check('16px \"Bpc Naskh\"', 'ثمن')")
    assert page.locator("svg.icon use").first.get_attribute("href")
    give_axe(page)
    assert run_axe(page, {}) == []
    fill_exercise(article)
    question = answer_first(page, 0)
    first = page.locator(f"[data-lesson='{LESSON}'] [data-question='{question}']")
    expect(first).to_have_class(re.compile("right|wrong"))
    page.reload()
    expect(page.locator("[data-course][data-ready]")).to_have_count(1)
    expect(article.locator("[data-exercise] [name$='-fixed']")).to_have_value(re.compile("12"))
    expect(first.locator("input[type=radio]").first).to_be_checked()
    assert told(site) is None
    waiting = int(str(page.locator("[data-sending]").get_attribute("data-waiting")))
    assert waiting >= 4

    phone.set_offline(False)
    all_sent(page)
    found = told(site)
    assert len(found["keys"]) == waiting
    assert found["answers"] == {question: 0}
    assert found["fields"] == {"inputs": 30.0, "fixed": 12000.0, "units": 1000.0, "price": 40.0}


def test_a_missed_question_is_reviewed_without_network(
    site: Site, device: Callable[[], BrowserContext], language: str
) -> None:
    phone = device()
    page = open_course(phone, language)
    take(page)
    opened(page)
    box = page.locator(f"[data-lesson='{LESSON}'] [data-question]:has(input[type=radio])").first
    for rank in range(box.locator("input[type=radio]").count()):
        answer_first(page, rank)
        if "wrong" in str(box.get_attribute("class")):
            break
    all_sent(page)
    run(site, _LATER)
    other = device()  # what the first did is there, two days old
    page = open_course(other, language)
    take(page)
    phone.close()
    expect(page.locator("[data-review-count]")).to_contain_text("1", timeout=30_000)
    other.set_offline(True)
    page.reload()
    page.locator("[data-review-count]").click()
    review = page.locator("[data-review]")
    expect(review).to_have_count(1)
    assert review.locator("input:checked").count() == 0
    for rank in range(review.locator("input[type=radio]").count()):
        review.locator("input[type=radio]").nth(rank).check()
        review.locator("[data-check]").click()
        expect(review.locator("[data-mark] p").first).to_be_visible()
        if "right" in str(review.get_attribute("class")):
            break
    other.set_offline(False)
    all_sent(page)
    assert len(told(site)["answers"]) == 1


def test_three_devices_with_different_clocks_come_to_the_same(
    site: Site, device: Callable[[], BrowserContext], language: str
) -> None:
    dice = random.Random(language)
    phones = [device() for _ in range(3)]
    pages = apart(phones, language)
    question = ""
    for turn in range(6):
        page = pages[turn % 3]
        question = answer_first(page, dice.randrange(2))
        write(page, dice.choice(["inputs", "fixed", "units", "price"]), str(dice.randrange(1, 999)))
    lose = losing(dice)
    for page in pages:
        page.route("**/envoi", lose)
    order = [0, 1, 2]
    dice.shuffle(order)
    for rank in order:
        phones[rank].set_offline(False)
        all_sent(pages[rank])
    for page in pages:
        page.unroute_all()
        page.reload()
        expect(page.locator("[data-course][data-ready]")).to_have_count(1)
        expect(page.locator("[data-sending]")).not_to_be_empty(timeout=30_000)
    found = told(site)
    states = [page.evaluate(_STATE) for page in pages]
    for state in states:
        assert state["waiting"] == 0
        assert state["keys"] == found["keys"]
        assert (state["answers"], state["fields"]) == (found["answers"], found["fields"])
    assert question in found["answers"]
    assert len(found["keys"]) == len(set(found["keys"])) >= 12


def test_a_new_version_is_offered_and_nothing_done_is_lost(
    site: Site, device: Callable[[], BrowserContext], language: str
) -> None:
    phone = device()
    page = open_course(phone, language)
    take(page)
    before = page.locator("[data-course]").get_attribute("data-taken")
    opened(page)
    phone.set_offline(True)
    page.reload()
    question = answer_first(page, 1)
    run(site, _NEWER)
    phone.set_offline(False)
    all_sent(page)
    expect(page.locator("[data-refused]")).to_be_hidden()
    options = page.locator(f"[data-lesson='{LESSON}'] [data-question='{question}'] input[type=radio]").count()
    page.goto(f"/{language}/formations/hors-ligne/{COURSE}")
    expect(page.locator("[data-pack-news]")).not_to_be_empty(timeout=30_000)
    page.locator("[data-take]").click()
    expect(page.locator("[data-course]")).not_to_have_attribute("data-taken", str(before), timeout=60_000)
    all_sent(page)
    assert told(site)["answers"] == {question: options - 2}, "the same option, where it is now"
    opened(page)
    chosen = page.locator(f"[data-lesson='{LESSON}'] [data-question='{question}'] input[type=radio]").nth(
        options - 2
    )
    expect(chosen).to_be_checked(timeout=30_000)


def test_leaving_warns_of_what_has_not_arrived_and_another_account_sees_nothing(
    site: Site, device: Callable[[], BrowserContext], session_of: Callable[[str], Any], language: str
) -> None:
    phone = device()
    page = open_course(phone, language)
    take(page)
    opened(page)
    page.route("**/envoi", lambda route: route.abort())
    write(page, "inputs", "12")
    page.goto(f"/{language}/compte/logout/")
    expect(page.locator("[data-course-leaving]")).to_be_visible()
    names = "caches.keys().then((names) => names.filter((name) => name.startsWith('bpc-courses-')))"
    page.wait_for_function(f"{names}.then((left) => left.length === 0)")
    phone.clear_cookies()
    phone.add_cookies(session_of("advisor")["cookies"])
    page.unroute_all()
    page.goto(f"/{language}/formations/hors-ligne/{COURSE}#lecon-{LESSON}")
    expect(page.locator("[data-course][data-ready]")).to_have_count(1)
    expect(page.locator("[data-course]")).to_have_attribute("data-taken", "")
    expect(page.locator(f"[data-lesson='{LESSON}'] [name$='-inputs']")).not_to_have_value("12")
    assert told(site) is None
    phone.clear_cookies()
    phone.add_cookies(session_of("holder")["cookies"])
    page.reload()
    expect(page.locator(f"[data-lesson='{LESSON}'] [name$='-inputs']")).to_have_value("12")
    page.goto(f"/{language}/formations/hors-ligne")
    expect(page.locator("[data-send-now]")).to_be_hidden(timeout=30_000)
    assert told(site)["fields"]["inputs"] == 12.0, "the others were filled by the project"


def test_a_course_is_taken_off_the_phone(device: Callable[[], BrowserContext], language: str) -> None:
    phone = device()
    page = open_course(phone, language)
    page.locator("[data-other]").check()
    take(page)
    assert phone.request.get(f"/{language}/formations/hors-ligne").ok
    page.goto(f"/{language}/formations/hors-ligne")
    row = page.locator(f"[data-row='{COURSE}']")
    expect(row.locator("[data-chip]")).to_be_visible()
    other = "ar" if language == "fr" else "fr"
    phone.set_offline(True)
    page.goto(f"/{other}/formations/hors-ligne/{COURSE}")
    expect(page.locator(f"html[lang={other}] [data-course][data-ready]")).to_have_count(1)
    page.goto(f"/{language}/formations/hors-ligne")
    row.locator("[data-off]").click()
    expect(row.locator("[data-chip]")).to_be_hidden()
    assert (
        page.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('bpc-course')))")
        == []
    )
