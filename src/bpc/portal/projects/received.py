"""Papers as received → papers as kept: known by their content, never by their name.

Photos are re-encoded, which drops position, date, camera and whatever hides beside the picture. A PDF is kept as it
is: never opened on the server, always downloaded, in a sandbox; one that is something else besides is refused, since
the group will send it on to others.
"""

from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import BinaryIO

from bpc.portal.foundation.scanning import Verdict, scan
from bpc.portal.ideas.documents import CONTENT_TYPE, DocumentRefusal, RefusedDocument, clean_document
from bpc.portal.ideas.photos import PhotoRefusal, RefusedPhoto, clean_photo
from bpc.portal.projects.pdf_parts import Inflated, is_active, is_locked

MAX_BYTES = 15 * 1024 * 1024
PAPER_SIDE = 2400  # pixels: a page of small print photographed stays readable
_PDF = b"%PDF-"
_NOISE_AFTER = 64  # bytes some scanners add after the end


class PaperRefusal(Enum):
    """Why a paper is not taken."""

    TOO_HEAVY = "too-heavy"
    EMPTY = "empty"
    WRONG_TYPE = "wrong-type"
    HEIC = "heic"
    DAMAGED = "damaged"
    LOCKED = "locked"
    ACTIVE = "active"
    TOO_LARGE = "too-large"
    INFECTED = "infected"
    UNSCANNED = "unscanned"  # a scanner is named, and did not answer: nothing passes unseen


class RefusedPaper(Exception):
    """The file is not kept; `reason` says why."""

    def __init__(self, reason: PaperRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class ReceivedPaper:
    """What is kept: bytes, their type and the ending of their name."""

    content: bytes
    content_type: str
    ending: str


_PHOTO_REASONS = {
    PhotoRefusal.TOO_HEAVY: PaperRefusal.TOO_HEAVY,
    PhotoRefusal.EMPTY: PaperRefusal.EMPTY,
    PhotoRefusal.HEIC: PaperRefusal.HEIC,
    PhotoRefusal.NOT_A_PHOTO: PaperRefusal.WRONG_TYPE,
    PhotoRefusal.ANIMATED: PaperRefusal.WRONG_TYPE,
    PhotoRefusal.TOO_MANY_PIXELS: PaperRefusal.TOO_LARGE,
    PhotoRefusal.DAMAGED: PaperRefusal.DAMAGED,
}
_DOCUMENT_REASONS = {
    DocumentRefusal.TOO_HEAVY: PaperRefusal.TOO_HEAVY,
    DocumentRefusal.EMPTY: PaperRefusal.EMPTY,
    DocumentRefusal.NOT_A_PDF: PaperRefusal.WRONG_TYPE,
    DocumentRefusal.DAMAGED: PaperRefusal.DAMAGED,
    DocumentRefusal.LOCKED: PaperRefusal.LOCKED,
}


def received_paper(file: BinaryIO, size: int, scanner: str = "") -> ReceivedPaper:
    """The paper in `file`, of `size` bytes, shown to the `scanner` if one is named. Raises `RefusedPaper`."""
    if size > MAX_BYTES:
        raise RefusedPaper(PaperRefusal.TOO_HEAVY)
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise RefusedPaper(PaperRefusal.EMPTY)
    kept = _kept(data)
    if scanner:
        match scan(data, scanner):  # as it came: what a photo loses is scanned too
            case Verdict.FOUND:
                raise RefusedPaper(PaperRefusal.INFECTED)
            case Verdict.NO_ANSWER:
                raise RefusedPaper(PaperRefusal.UNSCANNED)
    return kept


def _kept(data: bytes) -> ReceivedPaper:
    if data.startswith(_PDF):
        return ReceivedPaper(_document(data), CONTENT_TYPE, "pdf")
    try:
        photo = clean_photo(BytesIO(data), len(data), PAPER_SIDE)
    except RefusedPhoto as refusal:
        raise RefusedPaper(_PHOTO_REASONS[refusal.reason]) from None
    return ReceivedPaper(photo.content, "image/jpeg", "jpg")


def _document(data: bytes) -> bytes:
    """A PDF and nothing else: nothing before, nothing after, nothing that acts."""
    try:
        clean_document(BytesIO(data), len(data))
    except RefusedDocument as refusal:
        raise RefusedPaper(_DOCUMENT_REASONS[refusal.reason]) from None
    after = data[data.rindex(b"%%EOF") + 5 :].strip(b"\r\n\t \0")
    if len(after) > _NOISE_AFTER or b"PK\x05\x06" in data[-66_000:]:
        raise RefusedPaper(PaperRefusal.DAMAGED)
    if is_locked(data):
        raise RefusedPaper(PaperRefusal.LOCKED)
    try:
        active = is_active(data)
    except Inflated:
        raise RefusedPaper(PaperRefusal.TOO_LARGE) from None
    if active:
        raise RefusedPaper(PaperRefusal.ACTIVE)
    return data
