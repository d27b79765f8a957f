"""The HTML of every kind of page, in both languages, before the W3C's own checker (Nu)."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext

from tests.browser.conftest import LANGUAGES, ROOT
from tests.browser.kinds import asks_for_proof, open_kind
from tests.browser.pages import KINDS
from tests.browser.things import Things


def _checker() -> Path:
    """The jar that `bin/ensure_test_tools.py` puts into the var folder."""
    var = Path(os.environ.get("BPC_VAR") or ROOT / "var" / "test")
    jar = var / "tools" / "vnu.jar"
    assert jar.exists(), "the W3C checker is missing: run .venv/bin/python bin/ensure_test_tools.py"
    return jar


def test_the_html_of_every_kind_of_page_is_valid(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    things: Things,
    tmp_path: Path,
) -> None:
    contexts: dict[str, BrowserContext] = {}
    for language in LANGUAGES:
        for kind in KINDS:
            if kind.role not in contexts:
                options = {"storage_state": session_of(kind.role)} if kind.role else {}
                contexts[kind.role] = open_context("desk", language, **options)
            context = contexts[kind.role]
            plain = None if kind.act else context.request.get(kind.address(language, things))
            if plain is None or asks_for_proof(plain.url, kind):
                page = context.new_page()
                body = open_kind(page, kind, language, things).body()
                page.close()
            else:
                body = plain.body()
            if not kind.role:
                context.clear_cookies()
            (tmp_path / f"{kind.name}.{language}.html").write_bytes(body)
    files = sorted(map(str, tmp_path.glob("*.html")))
    assert len(files) == len(KINDS) * len(LANGUAGES)
    run = subprocess.run(
        ["java", "-Xss2m", "-jar", str(_checker()), "--format", "json", "--errors-only", "--exit-zero-always", *files],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    faults = {
        f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')[:160]!r}"
        for one in json.loads(run.stderr)["messages"]
    }
    assert not faults, "\n".join(sorted(faults))
