"""Signing in as a demonstration account, past the second factor where the role demands one."""

import time

from playwright.sync_api import Page, expect

from bpc.portal.people.demo_codes import code_at

PASSWORD = "cooperative-demo"
STEP = 30  # seconds a code lasts
LOGINS = {
    "citizen": "citoyenne@demo.invalid",
    "holder": "porteuse@demo.invalid",
    "cooperative": "cooperative@demo.invalid",
    "delegate": "delegue@demo.invalid",
    "advisor": "conseillere@demo.invalid",
    "juror": "jury@demo.invalid",
    "trainer": "formatrice@demo.invalid",
    "funder": "financeur@demo.invalid",
    "administrator": "administratrice@demo.invalid",
}
STAFF = {"delegate", "advisor", "juror", "trainer", "funder", "administrator"}


class SecondFactor:
    """Codes of the demonstration secret; each account may use one only once, as the site demands."""

    def __init__(self) -> None:
        self._used: set[tuple[str, int]] = set()

    def code_for(self, login: str) -> str:
        """A code never given for `login`: of this moment, or of a neighbouring step, waiting if need be."""
        while True:
            now = int(time.time()) // STEP
            for step in (now, now - 1, now + 1):
                if (login, step) not in self._used:
                    self._used.add((login, step))
                    return code_at(step * STEP)
            time.sleep(1)


def sign_in(page: Page, language: str, role: str, factor: SecondFactor) -> None:
    """From the sign-in page to one's own space, as a person does."""
    login = LOGINS[role]
    page.goto(f"/{language}/compte/login/")
    page.locator("#id_login").fill(login)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form:has(#id_login) button[type=submit]").click()
    if role in STAFF:
        page.wait_for_url("**/compte/2fa/authenticate/**")
        page.locator("#id_code").fill(factor.code_for(login))
        page.locator("form:has(#id_code) button[type=submit]").click()
    page.wait_for_url(f"**/{language}/mon-espace")
    expect(page.locator("h1")).to_have_count(1)
