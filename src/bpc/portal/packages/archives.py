"""A ZIP as received → a ZIP as kept: every name and size judged before anything is unpacked, every byte read once.

What is kept is written anew: nothing before, between or after its files, only types that are served.
"""

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from zipfile import ZipFile, ZipInfo

from bpc.portal.packages.kinds import (
    ARCHIVES,
    PROGRAMS,
    SERVER_CODE,
    ending_of,
    is_archive,
    is_program,
    type_of,
)
from bpc.portal.packages.refusals import Refusal, RefusedPackage

MAX_BYTES = 60 * 1024 * 1024  # as received
MAX_UNPACKED = 200 * 1024 * 1024
MAX_FILE = 60 * 1024 * 1024
MAX_FILES = 3000
LONGEST_PATH = 200
_MOST_SQUEEZED = 200  # times: beyond, and heavy, is made to fill a memory
_SQUEEZED_FROM = 5 * 1024 * 1024  # bytes unpacked
_DIRECTORY_ENTRY = 46 + LONGEST_PATH * 4 + 256  # bytes, generously, of one file in the table at the end
_END, _END_SIZE = b"PK\x05\x06", 22
_KEPT_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Archive:
    """Judged files by their folded path, and those left out because nothing serves them."""

    content: bytes  # written anew
    paths: dict[str, str]  # folded → as written
    unpacked: int  # bytes
    left_out: tuple[str, ...]

    def path_of(self, path: str) -> str:
        """The path as written in the archive, whatever its capitals; "" when there is none."""
        return self.paths.get(folded(path), "")

    def read(self, path: str) -> bytes:
        """The bytes of a file that is there, `path` as written."""
        with ZipFile(io.BytesIO(self.content)) as opened:
            return opened.read(path)


def folded(path: str) -> str:
    """What two names must not share: some disks see no difference between them.

    >>> folded("Leçon/Page.HTML") == folded("lec\\u0327on/page.html")
    True
    """
    return unicodedata.normalize("NFC", path).casefold()


def judged_archive(data: bytes) -> Archive:
    """The archive, written anew from its judged files. Raises `RefusedPackage`."""
    _check_table(data)
    try:
        opened = ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError):
        raise RefusedPackage(Refusal.NOT_A_ZIP) from None
    with opened:
        files = _judged_files(opened.infolist())
        kept = [info for info in files if type_of(info.filename)]
        left_out = tuple(info.filename for info in files if not type_of(info.filename))
        content = _written_anew(opened, files)
    paths = {folded(info.filename): info.filename for info in kept}
    return Archive(content, paths, sum(info.file_size for info in kept), left_out)


def _check_table(data: bytes) -> None:
    """The table at the end says how many files there are: believed only while it is small enough to be read."""
    at = data.rfind(_END, max(0, len(data) - _END_SIZE - 65_535))
    if at < 0 or len(data) < at + _END_SIZE:
        raise RefusedPackage(Refusal.NOT_A_ZIP)
    count, size = struct.unpack_from("<HL", data, at + 10)
    # the larger tables of ZIP64 only serve archives that would be refused for their size
    if (
        count > MAX_FILES
        or size > MAX_FILES * _DIRECTORY_ENTRY
        or b"PK\x06\x07" in data[max(0, at - 20) : at]
    ):
        raise RefusedPackage(Refusal.TOO_MANY_FILES, detail=str(MAX_FILES))


def _judged_files(entries: list[ZipInfo]) -> list[ZipInfo]:
    """The files among the entries, in their order. Raises `RefusedPackage`."""
    if len(entries) > MAX_FILES:
        raise RefusedPackage(Refusal.TOO_MANY_FILES, detail=str(MAX_FILES))
    files, seen = [], set()
    for info in entries:
        _check_path(info)
        if info.is_dir():
            continue
        _check_entry(info)
        name = folded(info.filename)
        if name in seen:
            raise RefusedPackage(Refusal.TWICE, info.filename)
        seen.add(name)
        if not _is_debris(info.filename):
            _check_ending(info.filename)
            files.append(info)
    if sum(info.file_size for info in files) > MAX_UNPACKED:
        raise RefusedPackage(Refusal.UNPACKED_TOO_HEAVY, detail=str(MAX_UNPACKED // 1024 // 1024))
    return files


def _check_path(info: ZipInfo) -> None:
    name = info.filename
    parts = name.rstrip("/").split("/") if info.is_dir() else name.split("/")
    wrong = (
        len(name) > LONGEST_PATH
        or "\0" in info.orig_filename  # where the library cuts it
        or "\\" in name
        or ":" in name
        or any(part in ("", ".", "..") or part != part.strip() for part in parts)
        or any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name)
    )
    if wrong:
        raise RefusedPackage(Refusal.BAD_PATH, _shown(info.orig_filename))


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "□" for letter in name)


def _check_entry(info: ZipInfo) -> None:
    """Neither locked, nor a link or a device, nor squeezed in a way that hides its size."""
    if info.flag_bits & 0x41:  # encrypted, one way or the stronger
        raise RefusedPackage(Refusal.LOCKED, info.filename)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise RefusedPackage(Refusal.LINK, info.filename)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusedPackage(Refusal.COMPRESSION, info.filename)
    if info.file_size > _SQUEEZED_FROM and info.file_size > _MOST_SQUEEZED * max(info.compress_size, 1):
        raise RefusedPackage(Refusal.BOMB, info.filename)
    if info.file_size > MAX_FILE:
        raise RefusedPackage(Refusal.FILE_TOO_HEAVY, info.filename, str(MAX_FILE // 1024 // 1024))


def _is_debris(path: str) -> bool:
    """What computers leave in folders, which is in no lesson."""
    parts = path.split("/")
    return "__MACOSX" in parts or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


def _check_ending(path: str) -> None:
    ending = ending_of(path)
    for endings, reason in (
        (SERVER_CODE, Refusal.SERVER_CODE), (PROGRAMS, Refusal.PROGRAM), (ARCHIVES, Refusal.NESTED),
    ):  # fmt: skip
        if ending in endings:
            raise RefusedPackage(reason, path)


def _written_anew(opened: ZipFile, files: list[ZipInfo]) -> bytes:
    """Every file read to its end, those served written. Raises `RefusedPackage`."""
    out = io.BytesIO()
    with ZipFile(out, "w") as fresh:
        for info in files:
            content = _content(opened, info)
            if type_of(info.filename):
                kept = ZipInfo(info.filename, _KEPT_DATE)
                kept.compress_type = info.compress_type
                fresh.writestr(kept, content)
    return out.getvalue()


def _content(opened: ZipFile, info: ZipInfo) -> bytes:
    """The bytes of a file, no more than announced, as its name says. Raises `RefusedPackage`."""
    try:
        with opened.open(info) as stream:
            content = stream.read()  # the library stops at the announced size, then compares the sum
    except RuntimeError:  # a password is asked after all
        raise RefusedPackage(Refusal.LOCKED, info.filename) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, struct.error):
        raise RefusedPackage(Refusal.DAMAGED, info.filename) from None
    if len(content) != info.file_size:
        raise RefusedPackage(Refusal.DAMAGED, info.filename)
    if is_program(content):
        raise RefusedPackage(Refusal.PROGRAM, info.filename)
    if type_of(info.filename) and is_archive(content):
        raise RefusedPackage(Refusal.NESTED, info.filename)
    return content
