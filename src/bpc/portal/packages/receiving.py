"""A file as a trainer sends it → a package as kept, or the reason why not. Takes a while: never in a transaction."""

from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from bpc.portal.foundation.scanning import Verdict, scan
from bpc.portal.packages.archives import MAX_BYTES, Archive, judged_archive
from bpc.portal.packages.described import Described
from bpc.portal.packages.h5p import PACKAGE, read_h5p
from bpc.portal.packages.refusals import Refusal, RefusedPackage
from bpc.portal.packages.scorm import MANIFEST, read_scorm


@dataclass(frozen=True)
class ReceivedPackage:
    """What is kept of a file that passed."""

    archive: Archive
    described: Described

    @property
    def digest(self) -> str:
        """SHA-256 of what is kept."""
        return sha256(self.archive.content).hexdigest()


def received_package(file: BinaryIO, size: int, scanner: str = "") -> ReceivedPackage:
    """The package in `file`, of `size` bytes, shown to the `scanner` if one is named. Raises `RefusedPackage`."""
    if size > MAX_BYTES:
        raise RefusedPackage(Refusal.TOO_HEAVY, detail=str(MAX_BYTES // 1024 // 1024))
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise RefusedPackage(Refusal.EMPTY)
    archive = judged_archive(data)
    kept = ReceivedPackage(archive, _described(archive))
    if scanner:
        match scan(data, scanner):  # as it came: what is left out is scanned too
            case Verdict.FOUND:
                raise RefusedPackage(Refusal.INFECTED)
            case Verdict.NO_ANSWER:
                raise RefusedPackage(Refusal.UNSCANNED)
    return kept


def _described(archive: Archive) -> Described:
    """By what it holds at its root: a manifest first, since some SCORM packages carry H5P inside."""
    if archive.path_of(MANIFEST):
        return read_scorm(archive)
    if archive.path_of(PACKAGE):
        return read_h5p(archive)
    deep = [path for path in archive.paths.values() if path.lower().endswith((f"/{MANIFEST}", f"/{PACKAGE}"))]
    if deep:
        raise RefusedPackage(Refusal.IN_A_FOLDER, min(deep, key=len))
    raise RefusedPackage(Refusal.UNKNOWN_KIND)
