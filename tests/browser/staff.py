"""What a moderator does at the desk, on one idea."""

from playwright.sync_api import Page, expect


def open_decision(page: Page, language: str, code: str, step: str) -> None:
    """The page of the idea at the desk, with the form of one decision open."""
    page.goto(f"/{language}/moderation/idees/{code}")
    form = page.locator(f"form[action$='/{step}']")
    if not form.is_visible():
        page.locator(f"details:has(form[action$='/{step}']) summary").click()
    expect(form).to_be_visible()


def publish(page: Page, language: str, code: str) -> None:
    """Read, tick, publish."""
    open_decision(page, language, code, "publish")
    page.locator("#id_publish-confirmed").check()
    page.locator("form[action$='/publish'] button[type=submit]").click()
    page.wait_for_url(f"**/{language}/moderation**")
    expect(page.locator("main .alert-success, main .alert-info").first).to_be_visible()


def return_with(page: Page, language: str, code: str, words: str) -> None:
    """Send it back to its author with these words."""
    open_decision(page, language, code, "return")
    page.locator("#id_return-words").fill(words)
    page.locator("form[action$='/return'] button[type=submit]").click()
    page.wait_for_url(f"**/{language}/moderation**")
