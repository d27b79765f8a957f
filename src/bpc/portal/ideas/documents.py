"""One document may come with an idea: a PDF, known by its content and kept as it is.

It is never opened on the server and always downloaded, in a sandbox, so what it holds runs nowhere.
"""

from enum import Enum
from typing import BinaryIO

MAX_BYTES = 10 * 1024 * 1024
CONTENT_TYPE = "application/pdf"
_HEADER, _END = b"%PDF-", b"%%EOF"
_HEADER_WITHIN, _END_WITHIN = 1024, 2048  # bytes; readers accept a little noise at both ends


class DocumentRefusal(Enum):
    """Why a document is not taken."""

    TOO_HEAVY = "too-heavy"
    EMPTY = "empty"
    NOT_A_PDF = "not-a-pdf"
    DAMAGED = "damaged"
    LOCKED = "locked"


class RefusedDocument(Exception):
    """The file is not kept; `reason` says why."""

    def __init__(self, reason: DocumentRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


def clean_document(file: BinaryIO, size: int) -> bytes:
    """The bytes of the PDF in `file`, of `size` bytes. Raises `RefusedDocument`.

    >>> import io
    >>> clean_document(io.BytesIO(b"%PDF-1.7 ... %%EOF"), 18)
    b'%PDF-1.7 ... %%EOF'
    """
    if size > MAX_BYTES:
        raise RefusedDocument(DocumentRefusal.TOO_HEAVY)
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise RefusedDocument(DocumentRefusal.EMPTY)
    if _HEADER not in data[:_HEADER_WITHIN]:
        raise RefusedDocument(DocumentRefusal.NOT_A_PDF)
    if _END not in data[-_END_WITHIN:]:
        raise RefusedDocument(DocumentRefusal.DAMAGED)
    if b"/Encrypt" in data:
        raise RefusedDocument(DocumentRefusal.LOCKED)
    return data
