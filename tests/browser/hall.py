"""A hall without network: what somebody does on a device of the room, and what the site holds of it in the end."""

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.site import Site

MEETING = "2025-10"  # Agadir
COMMUNE = {"fr": ("agad", "Agadir"), "ar": ("أكاد", "أكادير")}

_STATE = """
import json
from bpc.portal.gatherings.models import Device, GatheredIdea, RoomEvent, Registration
from bpc.portal.observations.models import Observation
ideas = GatheredIdea.objects.filter(gathering__key=%(key)r, idea__title__startswith=%(mark)r).select_related("idea")
print("STATE" + json.dumps({
    "ideas": sorted([g.idea.title, g.hands, g.idea.state, g.idea.door, g.idea.contact_name, g.idea.region_id] for g in ideas),
    "people": sorted(Registration.objects.filter(gathering__key=%(key)r, name__startswith=%(mark)r, attended_at__isnull=False, state="registered").values_list("name", "phone", "woman")),
    "needs": sorted(Observation.objects.filter(title__startswith=%(mark)r).values_list("title", "state")),
    "events": sorted(d.events.count() for d in Device.objects.filter(name__startswith=%(mark)r)),
}))
"""  # noqa: E501


_NUMBERS = """document.querySelector('[data-queue]').textContent.split(' · ').slice(0, 2)
    .map((part) => Number(part.replace(/[^0-9]/g, '')))"""
_QUEUE_IS = (
    f"([waiting, sent]) => {{ const told = {_NUMBERS}; return told[0] === waiting && told[1] === sent; }}"
)
_QUEUE_GROWS = f"(number) => {_NUMBERS}.reduce((sum, one) => sum + one, 0) > number"


@dataclass
class Hall:
    """One device in the room."""

    page: Page
    language: str

    def open(self, name: str) -> None:
        """Let the device in, and wait until the page is kept on it."""
        self.page.goto(f"/{self.language}/rencontres/{MEETING}/salle")
        self.page.locator("#device-name").fill(name)
        self.page.locator("[data-device-form] button[type=submit]").click()
        expect(self.page.locator("[data-device]")).to_be_hidden()
        expect(self.page.locator("body[data-ready]")).to_be_attached(timeout=30_000)

    def tab(self, name: str) -> None:
        """Show one of the four panels."""
        self.page.locator(f"[data-tab={name}]").click()

    def note_person(self, name: str, *, phone: str = "", agreed: bool = True) -> None:
        """Sign somebody in."""
        self.tab("attendee")
        if agreed:
            self.page.locator("#a-agreed").check()
        self.page.locator("#a-name").fill(name)
        self.page.locator("#a-phone").fill(phone)
        self.page.locator("[data-panel=attendee] input[name=woman][value=yes]").check()
        self._keep("attendee")

    def note_idea(self, title: str, *, speaker: str = "", sector: str = "food") -> None:
        """Take an idea down; the commune stays from the one before."""
        self.tab("idea")
        self.page.locator("#i-title").fill(title)
        self._choose_commune("i")
        self.page.locator(f"[data-panel=idea] input[name=sector][value={sector}]").check(force=True)
        if speaker:
            self.page.locator("#i-speaker").fill(speaker)
            self.page.locator("#i-agreed").check()
        self._keep("idea")

    def note_need(self, title: str) -> None:
        """Take a need down."""
        self.tab("told")
        self.page.locator("#t-title").fill(title)
        self._choose_commune("t")
        self.page.locator("[data-categories=need] input").first.check(force=True)
        self._keep("told")

    def count_hands(self, title: str, hands: int) -> None:
        """Hands counted for an idea of the list."""
        self.tab("kept")
        line = self.page.locator("[data-panel=kept] li").filter(has_text=title)
        line.locator("input[name=hands]").fill(str(hands))
        line.locator("[data-hands] button").click()
        expect(line.locator("[data-about]")).to_contain_text(str(hands))

    def queue(self) -> tuple[int, int]:
        """Kept here, sent: as the page says."""
        numbers = [int("".join(filter(str.isdigit, part))) for part in self._said().split(" · ")[:2]]
        return numbers[0], numbers[1]

    def expect_queue(self, waiting: int, sent: int) -> None:
        """Wait until the page says so."""
        self.page.wait_for_function(_QUEUE_IS, arg=[waiting, sent], timeout=20_000)

    def send_now(self) -> None:
        """Press « Envoyer maintenant »."""
        self.tab("kept")
        self.page.locator("[data-send-now]").click()

    def _said(self) -> str:
        return str(self.page.locator("[data-queue]").inner_text())

    def _choose_commune(self, prefix: str) -> None:
        box = self.page.locator(f"#{prefix}-commune")
        if box.input_value():
            return
        typed, name = COMMUNE[self.language]
        box.fill(typed)
        self.page.locator(f"#{prefix}-commune-list [role=option]").filter(has_text=name).first.click()

    def _keep(self, form: str) -> None:
        number = sum(self.queue())
        self.page.locator(f"[data-form={form}] button[type=submit]").click()
        self.page.wait_for_function(_QUEUE_GROWS, arg=number)


class PoorLine:
    """What the line does to each batch in turn: "lost", "unanswered" (it arrives, the answer does not), "passes"."""

    def __init__(self, context: BrowserContext, *fates: str) -> None:
        self.fates, self.seen = list(fates), []
        context.route("**/salle/envoi", self._meet)

    seen: list[str]

    def _meet(self, route: Route) -> None:
        fate = self.fates.pop(0) if self.fates else "passes"
        self.seen.append(fate)
        if fate == "lost":
            route.abort("connectionreset")
        elif fate == "unanswered":
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()


def state_of(site: Site, mark: str) -> dict[str, Any]:
    """What the site holds of the meeting, of the rows whose names begin with `mark`."""
    printed = site.manage("shell", "-v", "0", "-c", _STATE % {"key": MEETING, "mark": mark})
    found: dict[str, Any] = json.loads(printed.rsplit("STATE", 1)[1])
    return found
