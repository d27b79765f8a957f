"""The other side, written by others: a tool that answers over HTTP and thinks by PyLTI1p3."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import requests
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from pylti1p3.cookie import CookieService
from pylti1p3.exception import LtiException
from pylti1p3.grade import Grade
from pylti1p3.message_launch import MessageLaunch
from pylti1p3.oidc_login import OIDCLogin
from pylti1p3.redirect import Redirect
from pylti1p3.request import Request
from pylti1p3.session import SessionService
from pylti1p3.tool_config import ToolConfDict


class _Asked(Request):
    """One request as PyLTI1p3 reads it."""

    def __init__(self, params: dict[str, str], cookies: dict[str, str], session: dict[str, Any]) -> None:
        self.params, self.cookies, self._session = params, cookies, session

    @property
    def session(self) -> dict[str, Any]:
        return self._session

    def is_secure(self) -> bool:
        return False

    def get_param(self, key: str) -> str:
        return self.params.get(key, "")


class _Cookies(CookieService):
    def __init__(self, asked: _Asked) -> None:
        self.asked, self.to_set = asked, dict[str, str]()

    def get_cookie(self, name: str) -> str | None:
        return self.asked.cookies.get(name)

    def set_cookie(self, name: str, value: str | int, exp: int | None = 3600) -> None:
        self.to_set[name] = str(value)


class _Address(Redirect[str]):
    def __init__(self, address: str) -> None:
        self.address = address

    def do_redirect(self) -> str:
        return self.address


class _Login(OIDCLogin[Any, Any, Any, Any, Any]):
    def get_redirect(self, url: str) -> Any:
        return _Address(url)


class _Launch(MessageLaunch[Any, Any, Any, Any]):
    def _get_request_param(self, key: str) -> str:
        return str(self._request.get_param(key))


@cache
def key_pair(number: int = 0) -> tuple[str, str]:
    """A private and a public key in PEM; one pair a number, for the whole run."""
    private = generate_private_key(65537, 2048)
    return (
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
    )


class PartnerTool:
    """A tool that is told of our platform once it is registered. `launches`: those it found valid, the last last."""

    def __init__(self, address: str, web: requests.Session) -> None:
        self.address, self.web = address, web
        self.private, self.public = key_pair()
        self.launches: list[Any] = []
        self.refused: list[str] = []
        self.sessions: dict[str, dict[str, Any]] = {}
        self.config: Any = None
        self.keys_asked = 0

    def learn(self, site: str, client: str, deployment: str = "1") -> None:
        """What the administrator copies into the tool."""
        told = {
            "client_id": client,
            "auth_login_url": f"{site}/lti/auth",
            "auth_token_url": f"{site}/lti/token",
            "key_set_url": f"{site}/lti/keys",
            "deployment_ids": [deployment],
        }
        self.config = ToolConfDict({site: told})  # type: ignore[dict-item]
        self.config.set_private_key(site, self.private)
        self.config.set_public_key(site, self.public)

    def grades(self) -> Any:
        """The service of grades, as the last launch offers it."""
        return self.launches[-1].get_ags()

    def send_score(self, given: float, maximum: float, at: str, **more: str) -> Any:
        """Send a score for the learner of the last launch."""
        grade = Grade().set_score_given(given).set_score_maximum(maximum).set_timestamp(at)
        grade.set_activity_progress(more.get("activity", "Completed"))
        grade.set_grading_progress(more.get("grading", "FullyGraded"))
        grade.set_user_id(more.get("user", self.launches[-1].get_launch_data()["sub"]))
        return self.grades().put_grade(grade)

    def login(self, asked: _Asked) -> tuple[str, dict[str, str]]:
        """Where the browser goes, with which cookies."""
        cookies = _Cookies(asked)
        login = _Login(asked, self.config, SessionService(asked), cookies)
        return str(login.redirect(f"{self.address}/launch")), cookies.to_set

    def launch(self, asked: _Asked) -> tuple[int, str]:
        """Check everything PyLTI1p3 checks: the status and the words it answers."""
        launch = _Launch(
            asked, self.config, SessionService(asked), _Cookies(asked), requests_session=self.web
        )
        try:
            launch.validate()
        except LtiException as fault:
            self.refused.append(str(fault))
            return 400, str(fault)
        self.launches.append(launch)
        return 200, str(launch.get_launch_data()["sub"])


def _handler(tool_of: list[PartnerTool]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(dict(parse_qsl(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(dict(parse_qsl(body)))

        def _answer(self, params: dict[str, str]) -> None:
            tool, path = tool_of[0], urlsplit(self.path).path
            cookies = {name: one.value for name, one in SimpleCookie(self.headers.get("Cookie", "")).items()}
            session = cookies.get("tool-session") or uuid4().hex
            asked = _Asked(params, cookies, tool.sessions.setdefault(session, {}))
            if path == "/keys":
                tool.keys_asked += 1
                self._say(200, json.dumps(tool.config.get_jwks()))
            elif path == "/login":
                address, to_set = tool.login(asked)
                self._say(302, "", Location=address, cookies={**to_set, "tool-session": session})
            else:
                self._say(*tool.launch(asked))

        def _say(self, status: int, body: str, cookies: dict[str, str] | None = None, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            for name, value in (cookies or {}).items():
                self.send_header("Set-Cookie", f"{name}={value}; Path=/")
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def running_tool() -> Iterator[PartnerTool]:
    """A tool that answers until the test is over."""
    holder: list[PartnerTool] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(holder))
    with requests.Session() as web:
        holder.append(PartnerTool(f"http://127.0.0.1:{server.server_port}", web))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield holder[0]
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
