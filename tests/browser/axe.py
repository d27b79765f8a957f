"""The rules of axe-core, run by the page itself."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SCRIPT = Axe().axe_script
_RUN = "([within, options]) => axe.run(within ?? document, options).then((found) => found.violations)"


def give_axe(page: Page) -> None:
    """Bring axe into the document that is open now: half a megabyte, so once for all its runs."""
    page.evaluate(_SCRIPT)


def run_axe(page: Page, options: dict[str, Any], within: str | None = None) -> list[dict[str, Any]]:
    """The rules broken `within` a selector, or anywhere in the document."""
    violations: list[dict[str, Any]] = page.evaluate(_RUN, [within, options])
    return violations
