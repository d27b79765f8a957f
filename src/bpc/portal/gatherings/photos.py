"""Photos of a meeting: re-encoded, never without a statement on who is on them, withdrawn on request."""

import secrets
from datetime import datetime
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings.models import Gathering, MeetingPhoto
from bpc.portal.gatherings.states import GatheringState, PhotoConsent
from bpc.portal.ideas.models import GivenFile
from bpc.portal.ideas.photos import clean_photo

MOST = 12  # photos of one meeting


class TooManyPhotos(Exception):
    """The meeting has all the photos it may have."""


class NoStatement(Exception):
    """People are on the photo and nothing says how they agreed."""


def add_photo(
    *,
    gathering: Gathering,
    file: BinaryIO,
    size: int,
    consent: str,
    statement: str,
    alt: str,
    actor: Any,
    at: datetime,
) -> MeetingPhoto:
    """Keep a photo without its hidden data. `statement`: how recognisable people agreed, kept with the photo.

    Raises `NoStatement`, `TooManyPhotos`, `RefusedPhoto`, `IllegalMove` (the meeting was not held), `PermissionDenied`.
    """
    if consent == PhotoConsent.EVERYBODY and not statement.strip():
        raise NoStatement
    check(actor, "gatherings.organise", gathering)
    cleaned = clean_photo(file, size)
    stem = secrets.token_hex(12)
    with transaction.atomic():
        row = Gathering.objects.select_for_update().get(pk=gathering.pk)
        if row.state != GatheringState.HELD:
            raise IllegalMove(f"photo: {row.state}")
        shown = row.photos.filter(withdrawn_at=None).count()
        if shown >= MOST:
            raise TooManyPhotos
        photo = MeetingPhoto.objects.create(
            gathering=row, kind=GivenFile.Kind.PHOTO, consent=PhotoConsent(consent), statement=statement.strip(),
            file=ContentFile(cleaned.content, f"{stem}.jpg"),
            thumbnail=ContentFile(cleaned.thumbnail, f"{stem}-s.jpg"),
            original_name=f"{row.key}-{row.photos.count() + 1}.jpg", content_type="image/jpeg",
            size=len(cleaned.content), width=cleaned.width, height=cleaned.height, alt=alt,
            position=row.photos.count(), added_by=actor, added_at=at,
        )  # fmt: skip
        record(
            actor=actor, verb="add photo", obj=row, at=at, data={"photo": photo.pk, "consent": photo.consent}
        )
        outdate("gatherings")
    return photo


def withdraw_photo(*, photo: MeetingPhoto, reason: str, actor: Any, at: datetime) -> MeetingPhoto:
    """Take a photo off, for somebody on it or for any reason; its files are deleted once that stands."""
    with transaction.atomic():
        row = MeetingPhoto.objects.select_for_update().select_related("gathering").get(pk=photo.pk)
        check(actor, "gatherings.organise", row.gathering)
        if row.withdrawn_at is not None:
            raise IllegalMove("withdraw photo: it is withdrawn")
        files = [(stored.storage, str(stored.name)) for stored in (row.file, row.thumbnail) if stored]
        row.withdrawn_at, row.file, row.thumbnail, row.alt = at, "", "", ""
        row.save(update_fields=["withdrawn_at", "file", "thumbnail", "alt"])
        record(
            actor=actor, verb="withdraw photo", obj=row.gathering, at=at, reason=reason, data={"photo": row.pk}
        )  # fmt: skip
        outdate("gatherings")

        def delete_files() -> None:
            for storage, name in files:
                storage.delete(name)

        transaction.on_commit(delete_files)
    return row
