"""Ideas as the tests type them, and the deposit form as a person fills it."""

import io
import re
import secrets
import time
from dataclasses import dataclass, field

from PIL import Image
from playwright.sync_api import Page, expect

from bpc.portal.ideas.limits import QUICKEST

_WORDS = {
    "fr": (
        "Atelier de poterie",
        "Les potières travaillent chacune chez elle et vendent seules au souk.",
        "Ouvrir un atelier commun avec un four et vendre sous une seule étiquette.",
    ),
    "ar": (
        "ورشة جماعية للفخار",
        "تشتغل كل صانعة وحدها في بيتها وتبيع وحدها في السوق.",
        "نفتح ورشة مشتركة بها فرن واحد ونبيع تحت علامة واحدة.",
    ),
}


def new_word() -> str:
    """A word that no other idea holds."""
    return f"zq{secrets.token_hex(4)}"


@dataclass(frozen=True)
class Proposal:
    """What somebody says; `word` is in the title and nowhere else."""

    language: str
    commune: str = "09.163.01.03"
    commune_name: str = "Ait Baha"
    sector: str = "crafts"
    word: str = field(default_factory=new_word)
    telephone: bool = False

    @property
    def title(self) -> str:
        return f"{_WORDS[self.language][0]} {self.word}"

    @property
    def need(self) -> str:
        return _WORDS[self.language][1]

    @property
    def proposal(self) -> str:
        return _WORDS[self.language][2]

    @property
    def contact(self) -> str:
        return f"{self.word}@exemple.ma"


def photo(width: int = 640, height: int = 480, colour: str = "peru") -> bytes:
    """A JPEG of one colour."""
    stored = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stored, "JPEG")
    return stored.getvalue()


def open_screen(page: Page, number: int) -> None:
    """Go to one of the three screens by its link, where the script made screens."""
    link = page.locator(f"[data-steps] a[href='#etape-{number}']")
    if link.is_visible():
        link.click()
    expect(page.locator(f"#etape-{number}")).to_be_visible()


def choose_commune(page: Page, proposal: Proposal) -> None:
    """Type the name; where the script offers choices, take the right one."""
    page.locator("#id_commune_name").fill(proposal.commune_name)
    choice = page.locator(f"#commune-choices input[value='{proposal.commune}']")
    if page.locator("[data-steps]").is_visible():
        choice.check()


def fill(page: Page, proposal: Proposal, *, stranger: bool = True) -> None:
    """The whole form, screen by screen, not sent."""
    open_screen(page, 1)
    choose_commune(page, proposal)
    page.locator(f"input[name=sector][value={proposal.sector}]").check()
    page.locator("#id_title").fill(proposal.title)
    open_screen(page, 2)
    page.locator("#id_need").fill(proposal.need)
    page.locator("#id_proposal").fill(proposal.proposal)
    open_screen(page, 3)
    page.locator("input[name=speaker][value=citizen]").check()
    if stranger:
        page.locator("#id_contact").fill(proposal.contact)
        page.locator("#id_agreed").check()


def wait_as_a_person(page: Page, opened: float) -> None:
    """The site takes anybody quicker than QUICKEST for a machine; `opened` is when the form was there (monotonic)."""
    page.wait_for_timeout(max(0, opened + QUICKEST.total_seconds() - time.monotonic()) * 1000)


def send(page: Page) -> None:
    """Press the button of the last screen."""
    page.locator("button[name=act][value=send]").click()


def code_shown(page: Page) -> str:
    """The code on the thanks page; an idea near to others is first said to be another."""
    different, code = page.locator("button[name=different]"), page.locator(".idea-code")
    expect(different.or_(code)).to_be_visible(timeout=20_000)
    if different.is_visible():
        different.click()
    # asked again and again, not awaited as one navigation: a double click aborts the first of two
    expect(page).to_have_url(re.compile("/idees/envoyee/"), timeout=20_000)
    return page.locator(".idea-code").inner_text().strip()


def deposit(page: Page, proposal: Proposal, *, stranger: bool = True) -> str:
    """Propose it in the language of `proposal`; returns its code."""
    page.goto(f"/{proposal.language}/idees/proposer")
    opened = time.monotonic()
    fill(page, proposal, stranger=stranger)
    if stranger:
        wait_as_a_person(page, opened)
    send(page)
    return code_shown(page)
