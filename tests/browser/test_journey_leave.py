"""Journey 6: an account by telephone, its profile, consents, organisation and data, until it is deleted."""

import json
import random
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site
from tests.browser.test_journey_react import PASSWORD, sign_up


def _submit(page: Page, field: str) -> None:
    page.locator(f"form:has({field}) button[type=submit]").first.click()


def _tell_who_one_is(page: Page, language: str) -> None:
    page.goto(f"/{language}/mon-espace/profil")
    page.locator("#id_display_name").fill("Fatima ⵣ <b>")
    page.locator("#id_place").fill("ait baha" if language == "fr" else "ايت باها")
    page.locator(f"input[name=language][value={language}]").check()
    _submit(page, "#id_display_name")
    expect(page.locator("main .alert-success, main .alert-info").first).to_be_visible()
    page.goto(f"/{language}/mon-espace/profil")
    expect(page.locator("#id_display_name")).to_have_value("Fatima ⵣ <b>")
    expect(page.locator("#id_place")).to_have_value("Ait Baha" if language == "fr" else "آيت باها")


def _agree_to_one_thing(page: Page, language: str) -> None:
    page.goto(f"/{language}/mon-espace/accords")
    optional = page.locator("section:has(button[value=yes])")
    purposes = optional.count()
    optional.first.locator("button[value=yes]").click()
    expect(page.locator("section:has(button[value=no])")).to_have_count(1)
    expect(page.locator("section:has(button[value=yes])")).to_have_count(purposes - 1)


def _found_an_organisation(page: Page, language: str, name: str) -> None:
    page.goto(f"/{language}/mon-espace/organisations/nouvelle")
    page.locator("#id_name").fill(name)
    page.locator("input[name=kind]").first.check()
    page.locator("#id_place").fill("Taroudannt" if language == "fr" else "تارودانت")
    _submit(page, "#id_name")
    expect(page.locator("h1")).to_have_text(name)


def _take_one_s_data(page: Page, language: str) -> str:
    page.goto(f"/{language}/mon-espace/donnees")
    with page.expect_download() as download:
        page.locator("main a[href$='/telecharger']").click()
    return json.dumps(json.loads(Path(download.value.path()).read_text(encoding="utf-8")), ensure_ascii=False)


def _leave(page: Page, language: str) -> None:
    page.goto(f"/{language}/mon-espace/supprimer")
    if page.locator("#id_password").count():
        page.locator("#id_password").fill(PASSWORD)
        _submit(page, "#id_password")
    _submit(page, "#id_sure")
    expect(page.locator("#errors")).to_be_visible()
    page.locator("#id_sure").check()
    _submit(page, "#id_sure")
    page.wait_for_url(lambda address: "supprimer" not in address)


def test_an_account_by_telephone_is_used_and_deleted(
    open_context: Callable[..., BrowserContext], site: Site, size: str, language: str
) -> None:
    number = f"06{random.randint(10_000_000, 99_999_999)}"
    page = open_context(size, language).new_page()
    sign_up(page, site, language, f"+212{number[1:]}")
    _tell_who_one_is(page, language)
    _agree_to_one_thing(page, language)
    _found_an_organisation(page, language, f"Coopérative {number}")
    data = _take_one_s_data(page, language)
    assert f"+212{number[1:]}" in data
    assert f"Coopérative {number}" in data
    _leave(page, language)
    page.goto(f"/{language}/mon-espace")
    page.wait_for_url("**/compte/login/**")
    page.locator("#id_login").fill(number)
    page.locator("#id_password").fill(PASSWORD)
    _submit(page, "#id_login")
    expect(page.locator("#errors")).to_be_visible()
