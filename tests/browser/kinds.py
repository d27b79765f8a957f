"""What a kind of page is, and what is done on one to see it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, Response

from tests.browser.signing import PASSWORD
from tests.browser.things import Things

Act = Callable[[Page, str], Response]


@dataclass(frozen=True)
class Kind:
    """A kind of page: its address after the language, the role that opens it, what is done there to see it."""

    name: str
    path: str
    role: str = ""
    act: Act | None = None
    status: int = 200
    waits_for: str = ""

    def address(self, language: str, things: Things) -> str:
        """Its address in a language."""
        return f"/{language}/{self.path.format_map(vars(things))}"


def send_empty(selector: str) -> Act:
    """Press the button of a form as it is, to see its faults."""

    def act(page: Page, language: str) -> Response:
        with page.expect_navigation() as moved:
            page.locator(selector).first.evaluate("(button) => button.form.requestSubmit(button)")
        return moved.value  # type: ignore[return-value]

    return act


def send_without(box: str) -> Act:
    """Empty one box of a form and send it, to see its fault."""

    def act(page: Page, language: str) -> Response:
        page.locator(box).fill("")
        with page.expect_navigation() as moved:
            page.locator(box).evaluate("(box) => box.form.requestSubmit()")
        return moved.value  # type: ignore[return-value]

    return act


def follow(*selectors: str) -> Act:
    """Follow one link after another: pages whose address holds a key."""

    def act(page: Page, language: str) -> Response:
        for selector in selectors:
            with page.expect_navigation() as moved:
                page.locator(selector).first.click()
        return moved.value  # type: ignore[return-value]

    return act


def add_empty_row(button: str, form: str) -> Act:
    """Add a row to a form of rows and save it as it is, to see its faults."""

    def act(page: Page, language: str) -> Response:
        with page.expect_navigation():
            page.locator(f"button[value='{button}']").click()
        with page.expect_navigation() as moved:
            page.locator(form).evaluate("(form) => form.requestSubmit()")
        return moved.value  # type: ignore[return-value]

    return act


def sign_in_half(page: Page, language: str) -> Response:
    """Password right, second factor asked."""
    page.locator("#id_login").fill("jury@demo.invalid")
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation() as moved:
        page.locator("form:has(#id_login) button[type=submit]").click()
    return moved.value  # type: ignore[return-value]


def ask_for_code(page: Page, language: str) -> Response:
    """A code is on its way; the page waits for it."""
    page.locator("#id_contact, #id_login").first.fill("citoyenne@demo.invalid")
    with page.expect_navigation() as moved:
        page.locator(
            "form:has(#id_contact) button[type=submit], form:has(#id_login) button[type=submit]"
        ).first.click()
    return moved.value  # type: ignore[return-value]


def prove_oneself(page: Page) -> Response:
    """The password once more, before what changes or ends an account."""
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation() as moved:
        page.locator("form:has(#id_password) button[type=submit]").click()
    return moved.value  # type: ignore[return-value]


def add_half_a_product(page: Page, language: str) -> Response:
    """A product without its price is refused, and stays in its boxes."""
    page.locator("details.adding summary").first.click()
    page.locator("[name='products.+.name']").fill("Savon")
    with page.expect_navigation() as moved:
        page.locator("details.adding button[type=submit]").first.click()
    return moved.value  # type: ignore[return-value]


def send_register(page: Page, language: str) -> Response:
    """A small register sent: its columns, to be checked."""
    rows = "Numéro;Nom;الاسم;Commune;Téléphone\r\n7/2020;Al Amal;تعاونية الأمل;Taroudannt;0612345678\r\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "registre.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    with page.expect_navigation() as moved:
        page.locator("form:has(input[type=file]) button[type=submit]").click()
    return moved.value  # type: ignore[return-value]


def asks_for_proof(address: str, kind: Kind) -> bool:
    """Whether the password page came instead of the page asked for."""
    return "/reauthenticate/" in address and "/reauthenticate/" not in kind.path


def open_kind(page: Page, kind: Kind, language: str, things: Things) -> Response:
    """Open a page of this kind as its role does; returns the answer that brought it."""
    # an address that only moves within the page it is on brings no answer: open it anew
    answer = page.goto(kind.address(language, things)) or page.reload()
    if asks_for_proof(page.url, kind):
        answer = prove_oneself(page)
    assert not asks_for_proof(page.url, kind), f"{kind.name}: another page instead"
    if kind.act is not None:
        answer = kind.act(page, language)
    assert answer is not None
    assert answer.status == kind.status, f"{kind.name}: {answer.status} {answer.url}"
    if kind.waits_for:
        page.locator(kind.waits_for).first.wait_for(state="attached", timeout=40_000)
    return answer
