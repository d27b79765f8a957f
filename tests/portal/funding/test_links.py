"""Pages asked for real, of a server of our own: what each answer means, and what is never opened."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import ClassVar

import pytest
from django.core.management import call_command

from bpc.portal.funding.keeping import bad_links
from bpc.portal.funding.link_checks import check_links, links_of
from bpc.portal.funding.links import Answer, Visitor
from bpc.portal.funding.models import LinkCheck
from bpc.portal.people.roles import Role
from tests.portal.funding.funding_world import NOW, make_document, put
from tests.portal.world import make_user


class _Site(BaseHTTPRequestHandler):
    """Answers by the address asked: `/200`, `/404`, a redirection, only to those who read, or never."""

    asked: ClassVar[list[str]] = []

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        name = self.path.strip("/")
        if name == "slow":
            for letter in "HTTP/1.0 200":
                self.wfile.write(letter.encode())
                self.wfile.flush()
                time.sleep(0.2)
            return
        places = {
            "old": (301, "/200"),
            "login": (302, "/200"),
            "loop": (302, "/loop"),
            "in": (302, "file:///etc"),
        }
        status, location = places.get(name, (int(name) if name.isdigit() else 200, ""))
        if name == "readers":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server that answers until the tests are over."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


VISITOR = Visitor("essai", allows=lambda address: True, any_port=True, timeout=2.0, deadline=1.0)


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("/200", "fine", 200),
        ("/404", "broken", 404),
        ("/410", "broken", 410),
        ("/403", "guarded", 403),
        ("/429", "guarded", 429),
        ("/500", "silent", 500),
        ("/readers", "fine", 200),
        ("/login", "fine", 200),
        ("/loop", "silent", 302),
        ("/in", "refused", None),
    ],
)
def test_what_an_answer_means(site: str, path: str, outcome: str, status: int | None) -> None:
    assert VISITOR.visit(site + path) == Answer(outcome, status)  # type: ignore[arg-type]  # an enum of words


def test_a_page_that_moved_says_where(site: str) -> None:
    answer = VISITOR.visit(f"{site}/old")
    assert (answer.outcome, answer.moved_to) == ("moved", f"{site}/200")


def test_a_page_that_speaks_one_letter_at_a_time_is_left(site: str) -> None:
    began = time.monotonic()
    assert VISITOR.visit(f"{site}/slow").outcome == "silent"
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://user:secret@example.org/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "https://8.8.8.8:8080/",
    ],
)
def test_what_is_never_opened(url: str) -> None:
    assert Visitor("essai").visit(url) == Answer("refused")  # type: ignore[arg-type]


def test_our_own_server_is_not_opened_by_the_one_that_asks_for_us(site: str) -> None:
    _Site.asked.clear()
    assert Visitor("essai", any_port=True).visit(f"{site}/200").outcome == "refused"
    assert _Site.asked == []


def test_an_address_that_is_none_is_silent() -> None:
    for url in ("http://", "https://[", "http://exa mple", "http://" + "a" * 300):
        assert Visitor("essai").visit(url).outcome in {"refused", "silent"}, url


def _pages(*urls: str) -> list[dict[str, str]]:
    return [
        {"id": f"p{at}", "title_fr": "Page", "url": url, "read": "2026-11-01"} for at, url in enumerate(urls)
    ]


@pytest.mark.django_db
def test_what_pages_answer_is_kept_for_those_who_keep_the_sheet(site: str) -> None:
    first, second = put(
        make_document("une", pages=_pages(f"{site}/200", f"{site}/404")),
        make_document("deux", pages=_pages(f"{site}/404")),
    )
    said: list[str] = []
    _Site.asked.clear()
    assert check_links(VISITOR, NOW, pause=0, say=said.append) == {"fine": 1, "broken": 1}
    assert sorted(_Site.asked) == ["GET /404", "HEAD /200", "HEAD /404"], "a page of two sheets is asked once"
    assert len(said) == 1
    assert [(one.source, one.failures) for one in bad_links(make_user(Role.ADMINISTRATOR))] == [
        (second, 1),
        (first, 1),
    ]
    assert list(bad_links(make_user())) == []
    assert check_links(VISITOR, NOW, pause=0) == {}, "not again within the week"
    later = NOW + timedelta(days=7)
    assert sum(check_links(VISITOR, later, pause=0, limit=1).values()) == 1
    check_links(VISITOR, later, pause=0)
    assert LinkCheck.objects.get(source=first, outcome="broken").failures == 2


@pytest.mark.django_db
def test_a_page_no_longer_cited_is_forgotten_and_hosts_are_asked_in_turn(site: str) -> None:
    (row,) = put(make_document(pages=_pages(f"{site}/200")))
    LinkCheck.objects.create(source=row, url="https://example.org/gone", outcome="broken", checked_at=NOW)
    check_links(VISITOR, NOW, pause=0)
    assert list(LinkCheck.objects.values_list("url", "outcome")) == [(f"{site}/200", "fine")]


@pytest.mark.django_db
def test_the_command_asks_nothing_inside(site: str) -> None:
    put(make_document(pages=_pages(f"{site}/200")))
    out = StringIO()
    call_command("check_funding_links", stdout=out)
    assert out.getvalue().splitlines()[-1] == "refused: 1"


def test_every_link_of_a_sheet_is_asked() -> None:
    document = make_document(
        apply={"how": {"fr": "En ligne.", "ar": "عبر الخط."}, "url": "https://example.org/a"},
        contacts=[{"name_fr": "Guichet", "name_ar": "شباك", "url": "https://example.org/b"}],
    )
    assert links_of(document) == (
        "https://example.org/a",
        "https://example.org/annonce",
        "https://example.org/b",
    )
