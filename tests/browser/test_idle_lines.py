"""Browsers open lines ahead and leave them idle; the site answers everybody else meanwhile."""

import socket
import urllib.request
from contextlib import ExitStack
from urllib.parse import urlsplit

from tests.browser.site import Site

IDLE = 12  # twice what a browser holds open to one site


def test_idle_lines_do_not_stop_the_site(site: Site) -> None:
    at = urlsplit(site.address)
    assert at.hostname
    assert at.port
    with ExitStack() as lines:
        for _ in range(IDLE):
            lines.enter_context(socket.create_connection((at.hostname, at.port), timeout=10))
        with urllib.request.urlopen(f"{site.address}/healthz", timeout=10) as answer:  # noqa: S310 - our own address
            assert answer.status == 200
