"""From a hall to a laureate: an idea said aloud, published, taken up, entered, marked, decided, and a verdict that
anybody recomputes.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.contest_site import ContestSite
from tests.browser.hall import Hall
from tests.browser.signing import LOGINS
from tests.browser.site import Site
from tests.browser.staff import publish

SIZE = "phone"  # what a village has; the desk's pages are looked at one by one elsewhere
WORDS = {
    "fr": "Nous séchons nos figues ensemble et nous les vendons en sachets.",
    "ar": "نجفف التين معا ونبيعه في أكياس صغيرة.",
}


def test_an_idea_said_in_a_hall_becomes_a_laureate(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    site: Site,
    language: str,
    tmp_path: Path,
) -> None:
    word, phone = f"Séchoir {language}{uuid4().hex[:6]}", f"06{uuid4().int % 10**8:08d}"
    contest = ContestSite(site, f"Idéathon {uuid4().hex[:8]}", f"+212{phone[1:]}")

    def page_of(role: str) -> Page:
        return open_context(SIZE, language, storage_state=session_of(role)).new_page()

    administrator, holder = page_of("administrator"), page_of("holder")
    _say_it_in_the_hall(Hall(administrator, language), word, phone)
    code = contest.idea_called(word)
    publish(administrator, language, code)
    reference = _take_it_up_and_enter(holder, language, contest.slug, code)
    assert contest.close_entries() == reference
    _accept(administrator, language, contest.slug, reference)
    pk, login = contest.seat_jury()
    role = next(role for role, known in LOGINS.items() if known == login)
    _mark(page_of(role), language, pk, reference)
    contest.mark_the_rest()
    _choose(administrator, language, contest, reference)
    stranger = open_context(SIZE, language).new_page()
    _recompute(stranger, language, contest.slug, word, tmp_path)
    stranger.goto(f"/{language}/ideathons/{contest.slug}/laureats/{reference}")
    expect(stranger.locator("h1")).to_have_text(word)
    holder.goto(f"/{language}/mon-espace/candidatures/{reference}")
    expect(holder.locator("main a[href*='/attestations/']").first).to_be_visible()
    holder.goto(f"/{language}/idees/{code}")
    expect(holder.locator(f"main a[href*='/ideathons/{contest.slug}']").first).to_be_visible()


def _say_it_in_the_hall(hall: Hall, title: str, phone: str) -> None:
    hall.open(f"{title} appareil")
    hall.note_person(f"Fatima {phone}", phone=phone)
    hall.note_idea(title, speaker=f"Fatima {phone}")
    hall.count_hands(title, 21)
    hall.send_now()
    hall.expect_queue(0, 3)


def _take_it_up_and_enter(page: Page, language: str, slug: str, code: str) -> str:
    """The idea given with her number is hers; she enters with it; returns the entry's code."""
    page.goto(f"/{language}/mon-espace/idees")
    page.locator(f"form[action$='/{code}/reprendre'] button").click()
    expect(page.locator(f"main a[href$='/idees/{code}']").first).to_be_visible()
    page.goto(f"/{language}/ideathons/{slug}/participer")
    page.locator(f"form:has(input[name=idee][value='{code}']) button").click()
    page.wait_for_url("**/mon-espace/candidatures/*")
    reference = page.url.rstrip("/").rsplit("/", 1)[1]
    page.goto(f"/{language}/mon-espace/candidatures/{reference}/texte")
    for box in page.locator("main form[data-entry-form] textarea").all():
        box.fill(WORDS[language])
    page.locator("input[name=entrant]").first.check()
    page.locator("form[data-entry-form] button[type=submit]").first.click()
    page.goto(f"/{language}/mon-espace/candidatures/{reference}/envoyer")
    page.locator("#id_agreed").check()
    page.locator("form:has(#id_agreed) button[type=submit]").click()
    page.wait_for_url("**/recu")
    expect(page.locator("main")).to_contain_text(reference)
    return reference


def _accept(page: Page, language: str, slug: str, reference: str) -> None:
    page.goto(f"/{language}/ideathons/{slug}/candidatures")
    page.locator(f"main a[href$='/candidatures/{reference}']").first.click()
    page.locator("input[name=decision]").first.check()
    page.locator("form:has(input[name=decision]) button[type=submit]").click()
    expect(page.locator("main .alert-success").first).to_be_visible()


def _mark(page: Page, language: str, pk: int, reference: str) -> None:
    """Blind: the juror reads the entry and not who wrote it."""
    page.goto(f"/{language}/mon-espace/jury/lectures/{pk}")
    expect(page.locator("main")).not_to_contain_text("Porteuse de projet")
    for box in page.locator("input[name^=mark_][value='5']").all():
        box.check()
    for box in page.locator("textarea[name^=why_]").all():
        box.fill(WORDS[language])
    page.locator("button[value=finish]").click()
    expect(page.locator("input[name^=mark_]:enabled")).to_have_count(0)


def _choose(page: Page, language: str, contest: ContestSite, reference: str) -> None:
    """The president computes, decides with a reason, publishes."""
    desk = f"/{language}/ideathons/{contest.slug}/presidence/palmares"
    page.goto(desk)
    page.locator("form[action$='/calculer'] button").click()
    page.locator(f"main a[href$='/palmares/{reference}']").first.click()
    page.locator("input[name=outcome][value=laureate]").check()
    page.locator("#id_place").fill("1")
    page.locator("textarea[name=reason]").fill(WORDS[language])
    page.locator("form:has(input[name=outcome]) button[type=submit]").click()
    page.wait_for_url("**/palmares**")
    contest.decide_the_rest()
    page.goto(f"{desk}/publier")
    page.locator("main form button[type=submit]").click()
    page.goto(f"/{language}/ideathons/{contest.slug}/resultats")
    expect(page.locator("h1")).to_be_visible()


def _recompute(page: Page, language: str, slug: str, title: str, folder: Path) -> None:
    """As the page tells: the file, the script, Python; then one mark is altered."""
    page.goto(f"/{language}/ideathons/{slug}/resultats")
    expect(page.locator("main")).to_contain_text(title)
    verdict, script = folder / "verdict.json", folder / "recalculer.py"
    text = page.request.get(f"/{language}/ideathons/{slug}/verdict.json").text()
    verdict.write_text(text, encoding="utf-8")
    script.write_bytes(page.request.get(f"/{language}/ideathons/recalculer.py").body())
    assert "Porteuse" not in text
    assert title not in text

    def run() -> int:
        command = [sys.executable, "-I", str(script), str(verdict)]
        return subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode

    assert run() == 0
    assert '"5"' in text or "[5" in text or ":5" in text
    altered = text.replace("5", "4", 1)
    verdict.write_text(altered, encoding="utf-8")
    assert run() != 0
