"""The real site, prepared and served as `make run` does, and a real Chromium that talks to nobody else.

Tests run in several processes (`pytest -n 2`). Each has a site of its own, from the database to the mails sent, and
a browser of its own: a code that serves once, or the last mail sent, is never another process's.
"""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.ideas_in_bulk import Crowd, write_crowd
from tests.browser.preparing import database_of, prepare, prepare_copy
from tests.browser.signing import SecondFactor, sign_in
from tests.browser.site import Site
from tests.browser.things import Things, find_things

ROOT = Path(__file__).resolve().parents[2]
# the first is the same browser without windows: a page costs it a third less of the processor's time
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SIZES = {"phone": (360, 740), "desk": (1280, 900)}
LANGUAGES = ("fr", "ar")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the site did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """The address of a running site with its demonstration content, mails and messages in a log."""
    kept = os.environ.get("BPC_BROWSER_VAR")  # while writing tests: prepared once, used again
    var = Path(kept) / worker_id if kept else tmp_path_factory.mktemp("site")
    var.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bpc.portal.settings.dev",
        "BPC_VAR": str(var),
        "DATABASE_URL": database_of(worker_id),
        "PORT": str(port),
        "DEMO": "1",
        "DEBUG": "0",
        "PRIVATE_PARTNERS": "1",  # a partner's tool answers on this machine
        "PYTHONUNBUFFERED": "1",
    }
    if kept:
        prepare(environment)
    else:
        base = tmp_path_factory.getbasetemp()
        prepare_copy((base if worker_id == "master" else base.parent) / "prepared", environment)
    log = var / "site.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_it_answers(address, process, log)
            yield Site(address, log, environment)
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or Playwright's own where there is none."""
    system = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=system,
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def factor() -> SecondFactor:
    """The second factor of the staff, shared by every test: a code serves once."""
    return SecondFactor()


@pytest.fixture(scope="session")
def session_of(browser: Browser, site: Site, factor: SecondFactor) -> Callable[[str], Any]:
    """Cookies of a role's session, signed in once for the whole run."""
    kept: dict[str, Any] = {}

    def session(role: str) -> Any:
        if role not in kept:
            context = browser.new_context(base_url=site.address, locale="fr-MA")
            sign_in(context.new_page(), "fr", role, factor)
            kept[role] = context.storage_state()
            context.close()
        return kept[role]

    return session


@pytest.fixture(scope="session")
def crowd(site: Site) -> Crowd:
    """Enough published ideas for two pages."""
    return write_crowd(site)


@pytest.fixture(scope="session")
def published(crowd: Crowd) -> str:
    """The code of a published idea that tests may react to."""
    return crowd.codes[0]


@pytest.fixture(scope="session")
def things(site: Site, crowd: Crowd) -> Things:
    """Keys of what the addresses of `pages.KINDS` name."""
    return find_things(site, crowd)


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    """Phone and desk."""
    return str(request.param)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """French and Arabic."""
    return str(request.param)


def watched_context(
    browser: Browser, site: Site, faults: list[str], size: str, language: str, **options: object
) -> BrowserContext:
    """A browser context that notes in `faults` any foreign request, script error or refused policy."""

    def note_foreign(url: str) -> None:
        if urlsplit(url).scheme in {"http", "https", "ws", "wss"} and not url.startswith(site.address):
            faults.append(f"request to another host: {url}")

    def note_console(text: str) -> None:
        if "Content Security Policy" in text:
            faults.append(text)

    def watch(page: Page) -> None:
        page.on("request", lambda request: note_foreign(request.url))
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("console", lambda line: note_console(line.text))

    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="ar-MA" if language == "ar" else "fr-MA",
        base_url=site.address,
        **options,  # type: ignore[arg-type]
    )
    context.set_default_timeout(10_000)
    context.on("page", watch)
    return context


@pytest.fixture
def open_context(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Open watched contexts, closed when the test ends; what they noted fails it."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(size: str = "desk", language: str = "fr", **options: object) -> BrowserContext:
        contexts.append(watched_context(browser, site, faults, size, language, **options))
        return contexts[-1]

    yield open_one
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def page(open_context: Callable[..., BrowserContext], size: str, language: str) -> Page:
    """A page of the size and language of this run."""
    return open_context(size, language).new_page()


def _crosses(item: pytest.Item) -> bool:
    """Whether the test is one of the half tried by default among the views (size × language) of the same test.

    Each test runs once in each size and once in each language: on a phone in French and at a desk in Arabic, or the
    other way round, by its name. `BPC_EVERY_VIEW=1` runs the four.
    """
    chosen = getattr(item, "callspec", None)
    if chosen is None or not {"size", "language"} <= chosen.params.keys():
        return True
    others = {name: value for name, value in chosen.params.items() if name not in ("size", "language")}
    name = f"{item.path.name} {getattr(item, 'originalname', item.name)} {sorted(map(str, others.values()))}"
    views = list(itertools.product(SIZES, LANGUAGES))
    diagonal = [views[0], views[3]] if zlib.crc32(name.encode()) % 2 else [views[1], views[2]]
    return (chosen.params["size"], chosen.params["language"]) in diagonal


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test; of the four views of a test, two that cross are tried."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
    if os.environ.get("BPC_EVERY_VIEW") == "1":
        return
    left = [item for item in here if not _crosses(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        gone = set(map(id, left))
        items[:] = [item for item in items if id(item) not in gone]
