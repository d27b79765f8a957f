"""A hostile package reaches nothing: not our page, cookies and storage, not another host, not our other addresses."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import hostile_package
from tests.browser.site import Site
from tests.browser.test_journey_package import fresh, open_module, publish
from tests.portal.packages.package_world import scorm


@dataclass
class Elsewhere:
    """Another host, that writes down whatever reaches it."""

    address: str = ""
    stun: str = ""
    heard: list[str] = field(default_factory=list)


def _listen(calls: socket.socket, host: Elsewhere) -> None:
    """Write down what comes by UDP, until the end is told."""
    while (said := calls.recv(2000)) != b"end":
        host.heard.append(f"stun {len(said)}")


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A web server and a UDP socket of another origin."""
    host = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET  # noqa: N815  # the name the library calls

        def log_message(self, *_arguments: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    calls = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    calls.bind(("127.0.0.1", 0))
    host.address = f"http://localhost:{server.server_port}"
    host.stun = f"127.0.0.1:{calls.getsockname()[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()

    listener = threading.Thread(target=_listen, args=(calls, host), daemon=True)
    listener.start()
    yield host
    server.shutdown()
    server.server_close()
    ends = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ends.sendto(b"end", calls.getsockname())
    ends.close()
    listener.join(5)
    calls.close()


@pytest.fixture
def trainer(open_context: Callable[..., BrowserContext], session_of: Callable[[str], Any]) -> Page:
    return open_context("desk", "fr", storage_state=session_of("trainer")).new_page()


@pytest.fixture
def victim(browser: Browser, site: Site, session_of: Callable[[str], Any]) -> Iterator[Page]:
    """Somebody signed in, with something to steal; not watched, since refusals are what is looked for."""
    context = browser.new_context(base_url=site.address, storage_state=session_of("holder"), locale="fr-MA")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto("/fr/formations")
    page.evaluate("() => localStorage.setItem('secret', 'du site')")
    yield page
    context.close()


@pytest.mark.browser
def test_a_hostile_package_reaches_nothing(trainer: Page, victim: Page, elsewhere: Elsewhere) -> None:
    code = publish(trainer, fresh(hostile_package.hostile(elsewhere.address, elsewhere.stun)), "hostile.zip")
    cookies = {one["name"]: one["value"] for one in victim.context.cookies()}
    lesson = open_module(victim, "fr", code)
    outcome = lesson.locator("#outcome")
    expect(outcome).to_have_attribute("data-done", str(hostile_package.COUNT), timeout=30_000)
    assert [line for line in outcome.inner_text().splitlines() if not line.startswith("refused")] == []
    assert elsewhere.heard == []
    assert victim.url.endswith(f"/{code}/suivre")
    assert victim.evaluate("() => [window.stolen, localStorage.getItem('secret'), Object.keys(localStorage)]") == [
        None, "du site", ["secret"],
    ]  # fmt: skip
    after = {one["name"]: one["value"] for one in victim.context.cookies()}
    assert {name: after.get(name) for name in cookies} == cookies
    assert "planted" not in after
    victim.goto("/fr/mon-espace")  # still signed in
    assert victim.url.endswith("/fr/mon-espace")
    assert len(victim.context.pages) == 1


@pytest.mark.browser
@pytest.mark.parametrize("where", ["elsewhere", "ours"])
def test_the_frame_itself_goes_nowhere(
    trainer: Page, victim: Page, elsewhere: Elsewhere, site: Site, where: str
) -> None:
    address = f"{elsewhere.address}/moved" if where == "elsewhere" else f"{site.address}/fr/mon-espace"
    code = publish(trainer, fresh(hostile_package.leaving(address)), "part.zip")
    victim.goto(f"/fr/formations/modules/{code}/suivre")
    refused = victim.wait_for_event("console", lambda line: "Content Security Policy" in line.text)
    assert "frame-src" in refused.text
    assert elsewhere.heard == []
    assert victim.url.endswith("/suivre")


@pytest.mark.browser
def test_what_a_package_forges_is_judged(trainer: Page, victim: Page) -> None:
    """It may lie about its own score, which is its to give; it can write nothing else, nor lean on another's run."""
    good = {
        "completed": False,
        "success": "",
        "score": {"scaled": 0.5},
        "place": "3",
        "suspended": "",
        "seconds": 5,
    }
    forged: list[Any] = [
        None, 7, "texte", {}, {"bpcRun": "x"}, {"bpcRun": {**good, "user": 1}, "commit": True},
        {"bpcRun": {**good, "score": {"scaled": 9}}, "commit": True},
        {"bpcRun": {**good, "suspended": "x" * 70_000}, "commit": True},
    ]  # fmt: skip
    code = publish(trainer, fresh(hostile_package.forging(json.dumps(forged))), "forge.zip")
    open_module(victim, "fr", code)
    expect(victim.locator("[data-package-said]")).to_contain_text("ne se comprend pas")
    trainer.reload()
    assert [one.inner_text() for one in trainer.locator("dl.package-facts dd").all()[-2:]] == ["1", "0"]
    victim.goto(f"/fr/formations/modules/{code}")
    expect(victim.locator("main")).to_contain_text("Commencé. Vous reprendrez où vous en étiez.")


@pytest.mark.browser
def test_the_address_of_files_opened_alone_is_as_poor(
    trainer: Page, victim: Page, elsewhere: Elsewhere
) -> None:
    """Copied into a tab of its own, where cookies are sent, the page still has no origin."""
    code = publish(trainer, fresh(scorm()), "lecon.zip")
    victim.goto(f"/fr/formations/modules/{code}/suivre")
    launch = victim.locator("[data-package]").get_attribute("data-launch")
    assert launch
    victim.goto("/fr/formations")
    victim.goto(launch)
    assert victim.evaluate("() => self.origin") == "null"
    assert victim.evaluate("() => document.cookie + localStorage.length") == "0"
    with pytest.raises(Exception, match="Failed to fetch"):
        victim.evaluate("(url) => fetch(url, { credentials: 'include' })", "/fr/mon-espace")
