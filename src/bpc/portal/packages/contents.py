"""The files of a kept package, read from its archive one by one; the run-time put first in its pages."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZipFile

from bpc.portal.packages.archives import folded
from bpc.portal.packages.kinds import type_of
from bpc.portal.packages.models import Package

_PIECE = 256 * 1024
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
#: Encodings of lessons, old ones too, by names browsers share with Python; our tags are written in each as in ASCII.
_READABLE = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "iso8859-6", "cp1252", "cp1256"})
_SEARCHED = 2048  # bytes in which a page declares its encoding
#: What may come before the first thing a page loads.
_BEFORE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<!--.*?-->|<!doctype[^>]*>|<\?xml.*?\?>|<html(?:\s[^>]*)?>)*(?:<head(?:\s[^>]*)?>)?",
    re.I | re.S,
)


@dataclass(frozen=True)
class Entry:
    """A file of a package: its path as written, the type it is served with, its bytes counted."""

    path: str
    content_type: str
    size: int


def find_entry(package: Package, path: str) -> Entry | None:
    """The file at `path`, whatever its capitals; None when the package has none."""
    wanted = folded(path)
    with package.file.open("rb") as stored, ZipFile(stored) as archive:
        for info in archive.infolist():
            if folded(info.filename) == wanted:
                return Entry(info.filename, type_of(info.filename), info.file_size)
    return None


def read_entry(package: Package, entry: Entry) -> bytes:
    """The whole of a file."""
    with package.file.open("rb") as stored, ZipFile(stored) as archive:
        return archive.read(entry.path)


def pieces_of(package: Package, entry: Entry, first: int, last: int) -> Iterator[bytes]:
    """The bytes from `first` to `last`, both included, never all in memory."""
    with package.file.open("rb") as stored, ZipFile(stored) as archive, archive.open(entry.path) as opened:
        opened.seek(first)
        left = last - first + 1
        while left > 0 and (piece := opened.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece


def page_with(page: bytes, tags: str) -> tuple[bytes, str]:
    """A page with these tags before anything else it loads, and its encoding; "" when nothing tells it.

    >>> page_with(b"<!doctype html><html><head><title>A</title>", "<i>")
    (b'<!doctype html><html><head><i><title>A</title>', 'utf-8')
    """
    page, encoding = _readable(page)
    before = _BEFORE.match(page)
    at = before.end() if before else 0
    return page[:at] + tags.encode("ascii") + page[at:], encoding


def _readable(page: bytes) -> tuple[bytes, str]:
    """The page with its encoding, in one where our tags are written as in ASCII."""
    if page.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return page.decode("utf-16", "replace").encode(), "utf-8"
    declared = _DECLARED.search(page[:_SEARCHED])
    if declared and not page.startswith(codecs.BOM_UTF8):
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
        except LookupError:
            encoding = ""
        if encoding in _READABLE:
            return page, encoding
    try:
        page.decode()
    except UnicodeDecodeError:
        return page, ""
    return page, "utf-8"
