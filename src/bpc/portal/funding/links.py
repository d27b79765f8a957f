"""Whether a page still answers: asked politely, bounded in time and bytes, never inside our own network.

A link is written by people: it may name anything. Only http and https are opened, on their own ports, and only at
public addresses: every address of the name is looked at, and the connection is made to the one that was looked at, so
that a name cannot change its mind in between. Each redirection is held to the same.
"""

import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from bpc.portal.funding.states import LinkOutcome

TIMEOUT = 10.0  # seconds for each exchange
DEADLINE = 25.0  # seconds for one page, however slowly it speaks
HOPS = 4
PORTS: Mapping[str, int] = {"http": 80, "https": 443}
MAX_LETTERS = 600
_PERMANENT = frozenset({301, 308})
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_GUARDED = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451, 999})
_NOT_BY_HEAD = frozenset({400, 403, 404, 405, 406, 410, 429, 500, 501, 503})

Address = IPv4Address | IPv6Address


class RefusedLink(Exception):
    """An address we do not open."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page answered. `status` None without an answer; `moved_to` where it says that it lives now."""

    outcome: LinkOutcome
    status: int | None = None
    moved_to: str = ""


def is_public(address: Address) -> bool:
    """Whether an address is one of the public Internet.

    >>> [is_public(ip_address(one)) for one in ("8.8.8.8", "10.0.0.1", "127.0.0.1", "169.254.169.254", "::1")]
    [True, False, False, False, False]
    >>> is_public(ip_address("::ffff:127.0.0.1")), is_public(ip_address("64:ff9b::7f00:1"))
    (False, False)
    """
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if isinstance(address, IPv6Address) and (address.sixtofour or address.teredo):
        return False  # an address of version 4 in disguise
    if isinstance(address, IPv6Address) and address.exploded.startswith("0064:ff9b"):
        return False
    return address.is_global and not address.is_multicast


@dataclass(frozen=True)
class Visitor:
    """Who asks: its name, which addresses and ports it may open."""

    agent: str
    allows: Callable[[Address], bool] = is_public
    any_port: bool = False
    timeout: float = TIMEOUT
    deadline: float = DEADLINE

    def visit(self, url: str) -> Answer:
        """What the page at this address answers; never raises for what is said outside."""
        try:
            answer = self._follow("HEAD", url)
            if answer.status in _NOT_BY_HEAD:  # many servers answer only whoever reads
                answer = self._follow("GET", url)
        except RefusedLink:
            return Answer(LinkOutcome.REFUSED)
        except (OSError, HTTPException, UnicodeError, ValueError):
            return Answer(LinkOutcome.SILENT)
        return answer

    def _follow(self, method: str, url: str) -> Answer:
        moved_to, permanent = "", True
        for _hop in range(HOPS + 1):
            status, location = self._ask(method, url)
            if status not in _REDIRECTIONS or not location:
                return Answer(_outcome(status, moved_to), status, moved_to)
            url = urljoin(url, location)
            permanent = permanent and status in _PERMANENT
            if permanent and len(url) <= MAX_LETTERS:
                moved_to = url
        return Answer(LinkOutcome.SILENT, status, moved_to)

    def _ask(self, method: str, url: str) -> tuple[int, str]:
        parts = urlsplit(url)
        host, port = self._host(parts)
        connection = HTTPConnection(host, port, timeout=self.timeout)
        connection.sock = self._open(host, port, secure=parts.scheme == "https")
        timer = Timer(self.deadline, _cut, [connection.sock])
        timer.daemon = True
        timer.start()
        try:
            target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
            query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
            headers = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
            connection.request(method, target + query, headers=headers)
            response = connection.getresponse()
            return response.status, response.getheader("Location") or ""
        finally:
            timer.cancel()
            connection.close()

    def _host(self, parts: SplitResult) -> tuple[str, int]:
        usual = PORTS.get(parts.scheme)
        if usual is None or not parts.hostname or parts.username or parts.password:
            raise RefusedLink(parts.geturl())
        port = parts.port or usual
        if port != usual and not self.any_port:
            raise RefusedLink(parts.geturl())
        return parts.hostname.encode("idna").decode(), port

    def _open(self, host: str, port: int, *, secure: bool) -> socket.socket:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for *_others, place in found:
            if not self.allows(ip_address(str(place[0]).partition("%")[0])):
                raise RefusedLink(host)
        family, kind, protocol, _name, place = found[0]
        opened = socket.socket(family, kind, protocol)
        try:
            opened.settimeout(self.timeout)
            opened.connect(place)
            if secure:
                return ssl.create_default_context().wrap_socket(opened, server_hostname=host)
        except BaseException:
            opened.close()
            raise
        return opened


_QUERY = "/%:@!$&'()*+,;=~-._?"


def _cut(opened: socket.socket) -> None:
    """Stop listening to a page that says its headers one letter at a time."""
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


def _outcome(status: int, moved_to: str) -> LinkOutcome:
    if 200 <= status < 300:
        return LinkOutcome.MOVED if moved_to else LinkOutcome.FINE
    if status in _GUARDED:
        return LinkOutcome.GUARDED
    return LinkOutcome.BROKEN if 400 <= status < 500 else LinkOutcome.SILENT
