"""A trainer writes a course in the site, somebody else reads and publishes it, and a stranger learns from it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site

# the first lesson twice more, under other names: what is tried on the first need not be typed three times
_REPEAT = """
import copy
from django.utils import timezone
from bpc.portal.training.editing import keep
from bpc.portal.training.models import CourseVersion
row = CourseVersion.objects.get(course__code="{code}")
lessons = list(row.content["lessons"])
for name in ("deux", "trois"):
    more = copy.deepcopy(lessons[0])
    more["code"] = name
    for text in more["texts"].values():
        text["title"] += " " + name
    lessons.append(more)
keep(row, {{**row.content, "lessons": lessons}}, said="", actor=row.made_by, at=timezone.now())
"""
_GIFT = {
    "fr": """::un:: 12 pots à 5 MAD, combien ? {#=60:0#Oui : 12 fois 5.}

::deux:: Le loyer est fixe. {T#Si.#Oui.}

::trois:: Que compter ? { =Tout#Oui. ~Le grain seul#Non. }""",
    "ar": """::un:: 12 وعاء بـ 5 دراهم، كم؟ {#=60:0#نعم.}

::deux:: الكراء قار. {T#بلى.#نعم.}

::trois:: ماذا نحسب؟ { =الكل#نعم. ~العلف وحده#لا. }""",
}


@pytest.fixture(params=[("phone", "fr"), ("desk", "ar")], ids=["phone-fr", "desk-ar"])
def view(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The size and the language of the desk."""
    size, language = request.param
    return size, language


def fill(page: Page, **boxes: str) -> None:
    for name, text in boxes.items():
        page.locator(f"#id_{name.replace('__', '-')}").fill(text)


def press(page: Page, value: str = "") -> None:
    """The first button of the page's form, or the one that says this."""
    which = f"button[name=act][value='{value}']" if value else ".cluster > button[type=submit]:not([name])"
    with page.expect_navigation():
        page.locator(f"main form[method=post] {which}").first.click()


def start(page: Page, language: str, name: str) -> str:
    """The presentation, in both languages; the code of the course."""
    page.goto(f"/{language}/mon-espace/cours/nouveau")
    page.locator("#id_stage").select_option("run")
    page.locator("#id_roles_0").check()
    fill(page, name_fr=name, name_ar=f"دورة {name}", about_fr="Compter.", about_ar="الحساب.")
    fill(page, outcome_fr="Un prix.", outcome_ar="ثمن.")
    press(page)
    return page.url.split("/cours/")[1].split("/")[0]


def write_lesson(page: Page, language: str, home: str) -> None:
    """Text in both languages, picture, exercise tried, questions pasted."""
    page.goto(f"{home}/lecons/nouvelle")
    page.locator("#id_language").select_option("fr")
    fill(page, title="Le vrai prix", aim="Vous saurez compter.", body="## Un pot\n\nIl coûte **12 500 MAD**.")
    press(page)
    lesson = f"{home}/lecons/le-vrai-prix"
    page.goto(f"{lesson}/texte/ar")
    expect(page.locator("main")).to_contain_text("Il coûte **12 500 MAD**")
    fill(page, title="الثمن الحقيقي", aim="ستعرفون الحساب.", body="## وعاء\n\nثمنه **12 500 درهم**.")
    press(page, "look")
    expect(page.locator(".lesson-body strong")).to_have_text("12\u202f500\u202fدرهم")
    press(page)
    draw(page, lesson)
    make_exercise(page, lesson)
    page.goto(f"{lesson}/quiz/gift")
    fill(page, text_fr="::un:: 12 pots {", text_ar=_GIFT["ar"])
    press(page)
    expect(page.locator("#id_text_fr_error")).to_contain_text("1")
    expect(page.locator("#id_text_ar")).to_have_value(_GIFT["ar"])
    fill(page, text_fr=_GIFT["fr"])
    press(page)
    expect(page.locator("main ol.plain-list > li")).to_have_count(3)


def draw(page: Page, lesson: str) -> None:
    page.goto(f"{lesson}/schema")
    page.locator("#id_kind").select_option("bars")
    press(page, "add:items")
    press(page, "add:items")
    fill(page, title__fr="Un pot", title__ar="وعاء", unit__fr="MAD", unit__ar="درهم")
    for at, (french, arabic, value) in enumerate((("Miel", "عسل", "32"), ("Verre", "زجاج", "7"))):
        fill(page, **{f"items__{at}__label__fr": french, f"items__{at}__label__ar": arabic})
        fill(page, **{f"items__{at}__value": value})
    press(page)


def make_exercise(page: Page, lesson: str) -> None:
    page.goto(f"{lesson}/exercice")
    for rows in ("fields", "results", "verdicts"):
        press(page, f"add:{rows}")
    fill(page, aim__fr="Comptez.", aim__ar="احسبوا.", fields__0__ask__fr="Prix", fields__0__ask__ar="الثمن")
    page.locator("#id_fields-0-kind").select_option("amount")
    fill(page, results__0__say__fr="Le double", results__0__say__ar="الضعف", results__0__formula="prix *")
    page.locator("#id_results-0-kind").select_option("amount")
    fill(
        page,
        verdicts__0__when="le_double > 100",
        verdicts__0__say__fr="C’est cher.",
        verdicts__0__say__ar="غال.",
    )
    press(page)
    expect(page.locator("#id_results-0-formula_error")).to_be_visible()
    fill(page, results__0__formula="prix * 2")
    press(page)
    page.locator("#id_x-prix").fill("60")
    with page.expect_navigation():
        page.locator("form[method=get] button[type=submit]").last.click()
    expect(page.locator("dl.outcome dd")).to_contain_text("120")


def test_from_a_name_to_a_stranger(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    site: Site,
    view: tuple[str, str],
) -> None:
    size, language = view
    page = open_context(size, language, storage_state=session_of("trainer")).new_page()
    name = f"Compter juste {uuid4().hex[:5]}"
    code = start(page, language, name)
    home = f"/{language}/mon-espace/cours/{code}"
    write_lesson(page, language, home)
    site.manage("shell", "-v0", "-c", _REPEAT.format(code=code))
    page.goto(home)
    with page.expect_navigation():
        page.locator(f"form[action$='{code}/soumettre'] button").click()
    expect(page.locator(f"form[action$='{code}/reprendre'] button")).to_be_visible()
    expect(page.locator("a[href$='/publier']")).to_have_count(0)
    stranger = open_context("phone", language).new_page()
    assert stranger.goto(f"/{language}/formations/{code}").status == 404  # type: ignore[union-attr]

    other = open_context("desk", language, storage_state=session_of("administrator")).new_page()
    other.goto(f"{home}/versions/1/le-vrai-prix")
    expect(other.locator(".diagram")).to_be_visible()
    other.goto(f"{home}/publier")
    other.locator("#id_note").fill("Relu dans les deux langues")
    other.locator("#id_confirmed").check()
    with other.expect_navigation():
        other.locator("main form[method=post] .cluster > button[type=submit]").first.click()
    stranger.goto(f"/{language}/formations/{code}")
    expect(stranger.locator("h1")).to_contain_text(name)
    stranger.goto(f"/{language}/formations/{code}/le-vrai-prix")
    unit = "MAD" if language == "fr" else "درهم"
    expect(stranger.locator(".lesson-body")).to_contain_text(f"12\u202f500\u202f{unit}")
