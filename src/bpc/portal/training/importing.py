"""A course given as a ZIP of its files: hostile until read, nothing unpacked beyond what is expected."""

import io
import re
import struct
import zipfile
import zlib
from enum import Enum
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bpc.datasets.training import COURSE_FILE, course_of_files
from bpc.datasets.training_courses import Course
from bpc.datasets.training_writing import write_course

MAX_BYTES = 2 * 1024 * 1024  # as received: a whole course of ours takes 60 kB
MAX_FILE = 200_000  # bytes, of one file unpacked
MAX_FILES = 80
_DATE = (1980, 1, 1, 0, 0, 0)  # the same course writes the same bytes
_EXPECTED = re.compile(
    r"(?:([a-z0-9]+(?:-[a-z0-9]+)*)/)?(course\.yaml|[a-z0-9-]{1,60}\.[a-z]{2,3}\.(?:md|gift))"
)
_DEBRIS = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")


class ZipRefusal(Enum):
    """Why a file is not taken for a course."""

    TOO_HEAVY = "too-heavy"
    NOT_A_ZIP = "not-a-zip"
    TOO_MANY = "too-many"
    UNEXPECTED = "unexpected"  # a file that is none of a course, or in another folder
    FILE_TOO_HEAVY = "file-too-heavy"
    DAMAGED = "damaged"
    NO_COURSE = "no-course"


class RefusedZip(Exception):
    """The ZIP holds no course; `reason` says why, `name` which file."""

    def __init__(self, reason: ZipRefusal, name: str = "") -> None:
        super().__init__(f"{reason.value} {name}")
        self.reason, self.name = reason, name


def course_of_zip(data: bytes) -> Course:
    """The course of a ZIP. Raises `RefusedZip`, InvalidCourse with every problem of its files."""
    if len(data) > MAX_BYTES:
        raise RefusedZip(ZipRefusal.TOO_HEAVY)
    try:
        opened = ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError):
        raise RefusedZip(ZipRefusal.NOT_A_ZIP) from None
    with opened:
        entries = [one for one in opened.infolist() if not one.is_dir() and not _DEBRIS.search(one.filename)]
        if len(entries) > MAX_FILES:
            raise RefusedZip(ZipRefusal.TOO_MANY)
        files: dict[str, bytes] = {}
        folders: set[str | None] = set()
        for entry in entries:
            found = _EXPECTED.fullmatch(entry.filename)
            if found is None or found[2] in files or len(folders | {found[1]}) > 1:
                raise RefusedZip(ZipRefusal.UNEXPECTED, _shown(entry.filename))
            folders.add(found[1])
            files[found[2]] = _content(opened, entry)
    if COURSE_FILE not in files:
        raise RefusedZip(ZipRefusal.NO_COURSE)
    return course_of_files(files)


def zip_of_course(course: Course) -> bytes:
    """The files of a course, in a folder of its code, as `data/training` has them."""
    out = io.BytesIO()
    with ZipFile(out, "w") as written:
        for name, content in write_course(course).items():
            entry = ZipInfo(f"{course.code}/{name}", _DATE)
            entry.compress_type = ZIP_DEFLATED
            written.writestr(entry, content)
    return out.getvalue()


def _content(opened: ZipFile, entry: ZipInfo) -> bytes:
    if entry.flag_bits & 0x41 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise RefusedZip(ZipRefusal.DAMAGED, _shown(entry.filename))
    if entry.file_size > MAX_FILE:
        raise RefusedZip(ZipRefusal.FILE_TOO_HEAVY, _shown(entry.filename))
    try:
        with opened.open(entry) as stream:
            content = stream.read(MAX_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError, struct.error):
        raise RefusedZip(ZipRefusal.DAMAGED, _shown(entry.filename)) from None
    if len(content) > MAX_FILE:
        raise RefusedZip(ZipRefusal.FILE_TOO_HEAVY, _shown(entry.filename))
    return content


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "□" for letter in name[:80])
