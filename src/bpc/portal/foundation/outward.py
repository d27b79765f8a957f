"""Asking another site something: bounded in time and bytes, and never inside our own network.

An address is written by people: it may name anything. Only http and https are opened, on their own ports, and only at
public addresses: every address of the name is looked at, and the connection is made to the one that was looked at, so
that a name cannot change its mind in between.
"""

import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Timer
from urllib.parse import SplitResult, quote, urlsplit

TIMEOUT = 10.0  # seconds for each exchange
DEADLINE = 25.0  # seconds for one answer, however slowly it is told
PORTS: Mapping[str, int] = {"http": 80, "https": 443}
_QUERY = "/%:@!$&'()*+,;=~-._?"

Address = IPv4Address | IPv6Address


class RefusedAddress(Exception):
    """An address we do not open."""


class TooLong(OSError):
    """More was answered than was to be read."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered; `body` holds what was read of it, nothing where nothing was to be read."""

    status: int
    location: str = ""
    body: bytes = b""


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


def is_any(address: Address) -> bool:
    """For tests, and partners inside one's own network."""
    return True


@dataclass(frozen=True)
class Door:
    """Which addresses, schemes and ports may be opened, in how much time."""

    allows: Callable[[Address], bool] = is_public
    any_port: bool = False
    schemes: tuple[str, ...] = ("http", "https")
    timeout: float = TIMEOUT
    deadline: float = DEADLINE
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(
        self,
        method: str,
        url: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        longest: int = 0,
    ) -> Reply:
        """One exchange, no redirection followed; at most `longest` bytes of the answer are read.

        Raises `RefusedAddress`, `TooLong`, `OSError`, `http.client.HTTPException`, `ValueError` (no address at all).
        """
        parts = urlsplit(url)
        host, port = self._host(parts)
        connection = HTTPConnection(host, port, timeout=self.timeout)
        connection.sock = self._open(host, port, secure=parts.scheme == "https")
        timer = Timer(self.deadline, _cut, [connection.sock])
        timer.daemon = True
        timer.start()
        try:
            sent = {"Accept": "*/*", "Connection": "close", **self.headers, **(headers or {})}
            connection.request(method, _target(parts), body=body, headers=sent)
            response = connection.getresponse()
            read = response.read(longest + 1) if longest else b""
            if len(read) > longest:
                raise TooLong(url)
            return Reply(response.status, response.getheader("Location") or "", read)
        finally:
            timer.cancel()
            connection.close()

    def _host(self, parts: SplitResult) -> tuple[str, int]:
        usual = PORTS.get(parts.scheme) if parts.scheme in self.schemes else None
        if usual is None or not parts.hostname or parts.username or parts.password:
            raise RefusedAddress(parts.geturl())
        port = parts.port or usual
        if port != usual and not self.any_port:
            raise RefusedAddress(parts.geturl())
        return parts.hostname.encode("idna").decode(), port

    def _open(self, host: str, port: int, *, secure: bool) -> socket.socket:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for *_others, place in found:
            if not self.allows(ip_address(str(place[0]).partition("%")[0])):
                raise RefusedAddress(host)
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


def _target(parts: SplitResult) -> str:
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    return quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + query


def _cut(opened: socket.socket) -> None:
    """Stop listening to a site that says its answer one letter at a time."""
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)
