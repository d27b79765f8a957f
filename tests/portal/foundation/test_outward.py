"""What another site is asked, for real, of a server of our own: what is read, what is refused."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bpc.portal.foundation.outward import Door, RefusedAddress, TooLong, is_any


class _Echo(BaseHTTPRequestHandler):
    """Says what it was told."""

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.headers["X-Mark"].encode() + b" " + self.path.encode() + b" " + said)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def echo() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_what_is_sent_arrives_and_the_answer_is_read(echo: str) -> None:
    door = Door(is_any, any_port=True, headers={"X-Mark": "m"})
    reply = door.ask("POST", f"{echo}/é?q=a b", body=b"bonjour", longest=100)
    assert (reply.status, reply.body) == (200, b"m /%C3%A9?q=a%20b bonjour")


def test_no_more_is_read_than_was_asked_for(echo: str) -> None:
    door = Door(is_any, any_port=True, headers={"X-Mark": "m"})
    with pytest.raises(TooLong):
        door.ask("POST", echo, body=b"x" * 200, longest=100)
    assert door.ask("POST", echo, body=b"x" * 200).body == b""


def test_our_own_network_and_schemes_left_out_are_refused(echo: str) -> None:
    with pytest.raises(RefusedAddress):
        Door(any_port=True).ask("POST", echo, body=b"")
    with pytest.raises(RefusedAddress):
        Door(is_any, any_port=True, schemes=("https",)).ask("POST", echo, body=b"")
