"""A learning record store: keeps statements that are as the Experience API 1.0.3 says, letter for letter, no other."""

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
_ADL = "http://adlnet.gov/expapi/verbs/"


class Wrong(Exception):
    """What is not as the standard says."""


def _only(said: Any, needed: set[str], allowed: set[str], where: str) -> None:
    if not isinstance(said, dict):
        raise Wrong(f"{where} is no object")
    if missing := needed - said.keys():
        raise Wrong(f"{where} lacks {sorted(missing)}")
    if foreign := said.keys() - needed - allowed:
        raise Wrong(f"{where} has {sorted(foreign)}")


def _iri(text: Any, where: str) -> None:
    if not isinstance(text, str) or not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text):
        raise Wrong(f"{where} is no IRI")


def _words(said: Any, where: str) -> None:
    if not isinstance(said, dict) or not said:
        raise Wrong(f"{where} is no language map")
    if not all(_LANGUAGE.fullmatch(code) and isinstance(text, str) and text for code, text in said.items()):
        raise Wrong(f"{where} is no language map")


def check_statement(said: Any) -> None:
    """Raise `Wrong`."""
    _only(said, {"actor", "verb", "object"}, {"id", "result", "context", "timestamp"}, "statement")
    if str(UUID(said.get("id", ""))) != said["id"]:
        raise Wrong("id")
    _only(said["actor"], {"objectType", "account"}, set(), "actor")  # never a name, never a mailbox
    _only(said["actor"]["account"], {"homePage", "name"}, set(), "account")
    _iri(said["actor"]["account"]["homePage"], "homePage")
    _only(said["verb"], {"id"}, {"display"}, "verb")
    _iri(said["verb"]["id"], "verb")
    if not said["verb"]["id"].startswith(_ADL):
        raise Wrong("verb is not of the ADL vocabulary")
    _words(said["verb"].get("display", {"en": "-"}), "display")
    _only(said["object"], {"id"}, {"objectType", "definition"}, "object")
    _iri(said["object"]["id"], "object")
    definition = said["object"].get("definition", {})
    _only(definition, set(), {"type", "name", "description"}, "definition")
    _iri(definition.get("type", "http://a.example"), "type")
    _words(definition.get("name", {"en": "-"}), "name")
    _check_result(said.get("result", {}))
    _only(said.get("context", {}), set(), {"platform", "language", "registration"}, "context")
    if not _MOMENT.fullmatch(said.get("timestamp", "")):
        raise Wrong("timestamp")


def _check_result(said: Any) -> None:
    _only(said, set(), {"score", "success", "completion"}, "result")
    for name in ("success", "completion"):
        if not isinstance(said.get(name, False), bool):
            raise Wrong(name)
    _only(said.get("score", {}), set(), {"scaled"}, "score")
    scaled = said.get("score", {}).get("scaled", 0)
    if isinstance(scaled, bool) or not isinstance(scaled, int | float) or not -1 <= scaled <= 1:
        raise Wrong("scaled")


class Store:
    """What was received. `answers`: statuses to give first, before looking at anything; `batches`: their sizes."""

    def __init__(self, address: str) -> None:
        self.address, self.key, self.secret = address, "bpc", "clé du registre"
        self.kept: dict[str, Any] = {}
        self.answers: list[int] = []
        self.batches: list[int] = []
        self.refuses: set[str] = set()  # identifiers that it takes for wrong, whatever they hold

    def receive(self, headers: Any, body: bytes) -> tuple[int, Any]:
        """Status and answer to `POST /statements`."""
        if self.answers:
            return self.answers.pop(0), "not now"
        said = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
        if headers["Authorization"] != f"Basic {said}":
            return 401, "who?"
        if headers["X-Experience-API-Version"] != "1.0.3" or headers["Content-Type"] != "application/json":
            return 400, "headers"
        batch = json.loads(body)
        self.batches.append(len(batch))
        try:
            for one in batch:
                check_statement(one)
                if one["id"] in self.refuses:
                    raise Wrong("refused")
        except (Wrong, ValueError) as fault:
            return 400, str(fault)
        if any(self.kept.get(one["id"], one) != one for one in batch):
            return 409, "another statement of this id"
        self.kept.update({one["id"]: one for one in batch})
        return 200, [one["id"] for one in batch]


@contextmanager
def running_store() -> Iterator[Store]:
    """A store that answers until the test is over."""
    holder: list[Store] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = (
                (404, "no") if self.path != "/xapi/statements" else holder[0].receive(self.headers, body)
            )
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    holder.append(Store(f"http://127.0.0.1:{server.server_port}/xapi"))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield holder[0]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
