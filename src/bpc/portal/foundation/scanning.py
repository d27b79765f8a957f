"""Asks a virus scanner that speaks clamd's INSTREAM, when the deployment names one. It sees bytes, never names."""

import socket
import struct
from enum import Enum

_PIECE = 64 * 1024
_PATIENCE = 20.0  # seconds, for each exchange
_LONGEST_ANSWER = 4096


class Verdict(Enum):
    """What the scanner said."""

    CLEAN = "clean"
    FOUND = "found"
    NO_ANSWER = "no-answer"


def scan(data: bytes, address: str) -> Verdict:
    """Ask the scanner at `address` (`host:port`, or the path of a socket). It never raises: no answer is a verdict."""
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), _PIECE):
                piece = data[start : start + _PIECE]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            return _judged(_answer(line))
    except (OSError, ValueError):
        return Verdict.NO_ANSWER


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_PATIENCE)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE)


def _answer(line: socket.socket) -> bytes:
    said = b""
    while b"\0" not in said and len(said) < _LONGEST_ANSWER:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.partition(b"\0")[0].strip()


def _judged(said: bytes) -> Verdict:
    if said.endswith(b" FOUND"):
        return Verdict.FOUND
    return Verdict.CLEAN if said == b"stream: OK" else Verdict.NO_ANSWER
