"""Meeting mode: a hall whose network goes, two devices, a page reloaded without network, and a line that comes back in
pieces. In the end nothing is lost and nothing is doubled.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, expect

from tests.browser.hall import Hall, PoorLine, state_of
from tests.browser.site import Site


def test_a_hall_without_network_loses_and_doubles_nothing(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    site: Site,
    size: str,
    language: str,
) -> None:
    mark, phone = f"{size}{language}{uuid4().hex[:6]}", f"06{uuid4().int % 10**8:08d}"
    contexts = [open_context(size, language, storage_state=session_of("administrator")) for _ in range(2)]
    first, second = (Hall(context.new_page(), language) for context in contexts)
    first.open(f"{mark} un")
    second.open(f"{mark} deux")
    for context in contexts:
        context.set_offline(True)
    _take_down_on_the_first(first, mark, phone)
    first.page.reload()  # no network: the page and all that was kept come back
    first.expect_queue(14, 0)
    first.tab("kept")
    expect(first.page.locator("[data-list] > li")).to_have_count(10)
    second.note_idea(f"{mark} Coopérative de tri", sector="recycling")
    second.count_hands("Coopérative de tri", 8)
    second.expect_queue(2, 0)
    assert state_of(site, mark)["ideas"] == []
    line = PoorLine(contexts[0], "lost", "unanswered", "passes", "unanswered", "lost")
    for context in contexts:
        context.set_offline(False)
    second.send_now()
    second.expect_queue(0, 2)
    for _ in range(5):
        first.send_now()
        first.page.wait_for_timeout(300)
    first.expect_queue(0, 14)
    assert "lost" in line.seen
    assert "unanswered" in line.seen
    assert state_of(site, mark) == _expected(mark, phone)


def _take_down_on_the_first(hall: Hall, mark: str, phone: str) -> None:
    """14 notes: two people, seven ideas, hands counted twice, a need, an idea corrected, the last thing taken back."""
    page = hall.page
    hall.note_person(f"{mark} Amina", phone=phone)
    hall.note_person(f"{mark} Sans accord", agreed=False)
    hall.note_idea(f"{mark} Four solaire", speaker=f"{mark} Amina")
    for number in range(1, 7):
        hall.note_idea(f"{mark} Séchoir {number}", sector="agriculture")
    hall.count_hands("Four solaire", 12)
    hall.count_hands("Four solaire", 34)
    hall.note_need(f"{mark} Eau potable")
    hall.note_idea(f"{mark} Dite par erreur")
    hall.tab("kept")
    page.locator("[data-undo]").click()
    hall.expect_queue(14, 0)
    page.locator("[data-list] li").filter(has_text="Séchoir 6").locator("[data-edit]").click()
    expect(page.locator("#i-title")).to_have_value(f"{mark} Séchoir 6")
    page.locator("[data-form=idea] [data-cancel]").click()


def _expected(mark: str, phone: str) -> dict[str, Any]:
    ideas: list[list[Any]] = [
        [f"{mark} Séchoir {number}", None, "submitted", "meeting", "", "09"] for number in range(1, 7)
    ]
    ideas.append([f"{mark} Four solaire", 34, "submitted", "meeting", f"{mark} Amina", "09"])
    ideas.append([f"{mark} Coopérative de tri", 8, "submitted", "meeting", "", "09"])
    return {
        "ideas": sorted(ideas, key=lambda idea: str(idea[0])),
        "people": [[f"{mark} Amina", f"+212{phone[1:]}", "yes"]],
        "needs": [[f"{mark} Eau potable", "submitted"]],
        "events": [2, 14],
    }
