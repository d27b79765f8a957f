"""A passkey from its creation to the next sign-in and to the end of the account, on a virtual authenticator."""

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site

_numbers = itertools.count(int(time.time()) % 1_000_000)


@pytest.fixture
def local_page(browser: Browser, site: Site) -> Iterator[Page]:
    """Keys are bound to a name, never to an IP address: the same site by its name, watched for foreign requests."""
    address = site.address.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=address, locale="fr-MA")
    context.set_default_timeout(10_000)
    page, faults = context.new_page(), []
    page.on("request", lambda request: request.url.startswith(address) or faults.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: "Content Security Policy" in line.text and faults.append(line.text))
    yield page
    context.close()
    assert faults == []


def plug_authenticator(page: Page) -> Any:
    """A phone's own authenticator that always recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def type_code_sent(page: Page, site: Site, contact: str) -> None:
    """Copy the six digits from the message printed by the site."""
    page.fill("[name=code]", site.last_code_sent_to(contact))
    page.locator("form:has([name=code]) button[type=submit]").click()


def sign_up_with_passkey(page: Page, site: Site) -> None:
    number = f"+2126{next(_numbers):08d}"
    page.goto("/fr/compte/signup/passkey/")
    page.fill("[name=contact]", number)
    page.check("[name=informed]")
    page.locator("form:has([name=contact]) button[type=submit]").click()
    page.wait_for_url("**/phone/verify/")
    type_code_sent(page, site, number)
    page.wait_for_url("**/2fa/webauthn/signup/")
    page.click("#mfa_webauthn_signup")
    page.wait_for_url("**/fr/mon-espace")


def test_a_passkey_replaces_the_password(local_page: Page, site: Site) -> None:
    plug_authenticator(local_page)
    sign_up_with_passkey(local_page, site)
    local_page.goto("/fr/compte/2fa/webauthn/")
    expect(local_page.locator("table.data tbody tr")).to_have_count(1)
    local_page.goto("/fr/compte/logout/")
    local_page.locator("main form button[type=submit]").click()
    local_page.goto("/fr/compte/login/?next=/fr/mon-espace/profil")
    local_page.click("#passkey_login")
    local_page.wait_for_url("**/fr/mon-espace/profil")


def test_without_a_key_the_page_says_what_to_do(local_page: Page) -> None:
    session = local_page.context.new_cdp_session(local_page)
    session.send("WebAuthn.enable", {"enableUI": False})
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}},
    )
    local_page.goto("/fr/compte/login/")
    expect(local_page.locator("[data-passkey-error]")).to_be_hidden()
    local_page.click("#passkey_login")
    expect(local_page.locator("[data-passkey-error]")).to_be_visible()


def test_a_key_opens_what_needs_proof(local_page: Page, site: Site) -> None:
    plug_authenticator(local_page)
    sign_up_with_passkey(local_page, site)
    local_page.goto("/fr/mon-espace/supprimer")
    local_page.wait_for_url("**/2fa/webauthn/reauthenticate/**")
    local_page.click("#mfa_webauthn_reauthenticate")
    local_page.wait_for_url("**/fr/mon-espace/supprimer")
    local_page.check("[name=sure]")
    local_page.locator("form:has([name=sure]) button[type=submit]").click()
    local_page.wait_for_url("**/fr/")
    local_page.goto("/fr/compte/login/")
    with local_page.expect_navigation():
        local_page.click("#passkey_login")  # the key still exists in the phone; the account does not
    local_page.goto("/fr/mon-espace")
    local_page.wait_for_url("**/compte/login/**")
