"""What a PDF does besides being read: found in its plain objects and in those it keeps compressed."""

import re
import zlib
from collections.abc import Iterator

MOST_INFLATED = 32 * 1024 * 1024  # bytes, of all its object streams: a statute has some hundred kilobytes
_MOST_STREAMS = 5000
_PIECE = 64 * 1024
#: What makes a PDF run, open or carry something.
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM = re.compile(rb"/ObjStm(?![A-Za-z0-9]).{0,2000}?stream\r?\n", re.S)


class Inflated(Exception):
    """Its compressed objects open into far more than a paper holds."""


def is_active(data: bytes) -> bool:
    """Whether the PDF runs, opens or carries something. Raises `Inflated`.

    Names written with escapes are read as the reader of a PDF reads them.

    >>> is_active(b"<< /S /J#61vaScript >>"), is_active(b"<< /Type /Page >>")
    (True, False)
    """
    return any(_ACTIVE.search(_plain(part)) for part in (data, *_object_streams(data)))


def is_locked(data: bytes) -> bool:
    """Whether it is encrypted."""
    return re.search(rb"/Encrypt(?![A-Za-z0-9])", _plain(data)) is not None


def _plain(data: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), data)


def _object_streams(data: bytes) -> Iterator[bytes]:
    left = MOST_INFLATED
    for number, found in enumerate(_OBJECT_STREAM.finditer(data)):
        if number >= _MOST_STREAMS:
            raise Inflated
        part = _inflated(data, found.end(), left)
        left -= len(part)
        if left <= 0:
            raise Inflated
        yield part


def _inflated(data: bytes, start: int, most: int) -> bytes:
    """What opens from `start`, `most` bytes at the longest; a piece at a time, as many streams may lie in one file."""
    reader, opened = zlib.decompressobj(), b""
    try:
        while start < len(data) and not reader.eof and len(opened) < most:
            piece = reader.unconsumed_tail or data[start : start + _PIECE]
            start += 0 if reader.unconsumed_tail else len(piece)
            opened += reader.decompress(piece, most - len(opened))
    except zlib.error:  # not compressed, or in a way nobody writes objects: what is plain was read already
        pass
    return opened
