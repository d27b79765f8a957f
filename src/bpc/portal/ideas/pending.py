"""Files accepted from a form that is not accepted yet, kept under the form's key until it is.

The key is drawn at random with the form and known to its author only. What is not claimed within a day goes.
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, BinaryIO, Protocol
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from bpc.portal.ideas.documents import CONTENT_TYPE, clean_document
from bpc.portal.ideas.models import GivenFile, PendingFile
from bpc.portal.ideas.photos import MAX_PHOTOS, clean_photo

LIFETIME = timedelta(days=1)
PHOTO, DOCUMENT = GivenFile.Kind.PHOTO, GivenFile.Kind.DOCUMENT


class Holder(Protocol):
    """Something told with files, kept as rows of `GivenFile`: an idea, a need, an opportunity."""

    @property
    def attachments(self) -> Any:
        """The related manager of its files."""


class NoRoom(Exception):
    """The idea already has all the photos, or the document, that it may have."""


def pending_files(key: UUID) -> QuerySet[PendingFile]:
    """What waits under this key, in the order received."""
    return PendingFile.objects.filter(submission_key=key)


def put_photo_aside(
    file: BinaryIO, *, size: int, name: str, key: UUID, at: datetime, idea: Holder | None = None
) -> PendingFile:
    """Keep a photo, cleaned. Raises `RefusedPhoto`, and `NoRoom` beyond three with those of `idea`."""
    photo = clean_photo(file, size)
    digest = sha256(photo.content).hexdigest()
    if (known := _known(key, digest, PHOTO, MAX_PHOTOS, idea)) is not None:
        return known
    stem = secrets.token_hex(12)
    content, thumbnail = (
        ContentFile(photo.content, f"{stem}.jpg"),
        ContentFile(photo.thumbnail, f"{stem}-s.jpg"),
    )
    return _keep(
        key, PHOTO, digest, name, at, file=content, thumbnail=thumbnail,
        content_type="image/jpeg", size=len(photo.content), width=photo.width, height=photo.height,
    )  # fmt: skip


def put_document_aside(
    file: BinaryIO, *, size: int, name: str, key: UUID, at: datetime, idea: Holder | None = None
) -> PendingFile:
    """Keep a document. Raises `RefusedDocument`, and `NoRoom` beyond one with that of `idea`."""
    data = clean_document(file, size)
    digest = sha256(data).hexdigest()
    if (known := _known(key, digest, DOCUMENT, 1, idea)) is not None:
        return known
    content = ContentFile(data, f"{secrets.token_hex(12)}.pdf")
    return _keep(key, DOCUMENT, digest, name, at, file=content, content_type=CONTENT_TYPE, size=len(data))


def describe_pending(key: UUID, words: Mapping[int, str]) -> None:
    """Write what photos waiting under `key` show, by their number."""
    _describe(pending_files(key), words)


def describe_attachments(idea: Holder, words: Mapping[int, str]) -> None:
    """Write what photos of `idea` show, by their number; the right to amend it was checked before."""
    _describe(idea.attachments.all(), words)


def drop_pending(key: UUID, keys: Iterable[int]) -> None:
    """Let go of some of the files waiting under `key`."""
    for row in pending_files(key).filter(pk__in=list(keys)):
        _delete(row)


def drop_attachments(idea: Holder, keys: Iterable[int]) -> None:
    """Remove some of the files of `idea`; the right to amend it was checked before."""
    for row in idea.attachments.filter(pk__in=list(keys)):
        _delete(row)


def attach_pending(idea: Holder, key: UUID) -> int:
    """Give `idea` what waits under `key`, in the caller's transaction; returns the number of files."""
    rows = list(pending_files(key).select_for_update())
    first = idea.attachments.count()
    for position, row in enumerate(rows, start=first):
        idea.attachments.create(
            kind=row.kind, file=row.file.name, thumbnail=row.thumbnail.name,
            original_name=row.original_name, content_type=row.content_type, size=row.size,
            width=row.width, height=row.height, alt=row.alt, position=position,
        )  # fmt: skip
        row.delete()  # the row only: its file is the idea's now
    return len(rows)


def forget_unclaimed(at: datetime) -> int:
    """Delete what waited more than a day; returns the number of files."""
    old = list(PendingFile.objects.filter(created_at__lt=at - LIFETIME)[:100])
    for row in old:
        _delete(row)
    return len(old)


def _describe(files: QuerySet[Any], words: Mapping[int, str]) -> None:
    for row in files.filter(pk__in=list(words), kind=PHOTO):
        if row.alt != words[row.pk]:
            row.alt = words[row.pk]
            row.save(update_fields=["alt"])


def _known(key: UUID, digest: str, kind: str, most: int, idea: Holder | None) -> PendingFile | None:
    """This very file, if it waits already; raises `NoRoom` when one more is too many."""
    waiting = pending_files(key).filter(kind=kind)
    if (twin := waiting.filter(digest=digest).first()) is not None:
        return twin
    held = idea.attachments.filter(kind=kind).count() if idea is not None else 0
    if waiting.count() + held >= most:
        raise NoRoom(kind)
    return None


def _keep(key: UUID, kind: str, digest: str, name: str, at: datetime, **values: Any) -> PendingFile:
    forget_unclaimed(at)
    row = PendingFile(
        submission_key=key, kind=kind, digest=digest, original_name=_plain_name(name), created_at=at, **values
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same form pressed twice at once: the twin request keeps the file
        for stored in (row.file, row.thumbnail):
            if stored:
                stored.storage.delete(str(stored.name))
        return PendingFile.objects.get(submission_key=key, digest=digest)
    return row


def _plain_name(name: str) -> str:
    """A file name to show: no folder, no control or direction character, 120 at most, its ending kept."""
    shown = "".join(char for char in name.replace("\\", "/").rsplit("/", 1)[-1] if char.isprintable()).strip()
    return shown if len(shown) <= 120 else f"{shown[:100]}…{shown[-12:]}"


def _delete(row: PendingFile | GivenFile) -> None:
    files = [(stored.storage, str(stored.name)) for stored in (row.file, row.thumbnail) if stored]
    row.delete()

    def delete_files() -> None:
        for storage, name in files:
            storage.delete(name)

    transaction.on_commit(delete_files)  # a transaction undone keeps its files
