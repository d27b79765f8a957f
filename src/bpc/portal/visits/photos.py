"""Photos of a visit: only with the group's agreement, re-encoded without hidden data, kept once, withdrawn by it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.kept_files import delete_files, random_file
from bpc.portal.foundation.permissions import can, check
from bpc.portal.ideas.photos import CleanPhoto, clean_photo
from bpc.portal.visits.models import VisitPhoto, VisitReport
from bpc.portal.visits.reporting import TooLate, Withdrawn, lock_visit
from bpc.portal.visits.visibility import CHANGE_WITHIN

MOST_PHOTOS = 4  # of one report


class TooManyPhotos(Exception):
    """The report has all the photos it may have."""


class NotAgreed(Exception):
    """Nothing says that the group agreed."""


def receive_photo(file: BinaryIO, size: int) -> CleanPhoto:
    """The picture and nothing else of the file. Raises `RefusedPhoto`."""
    return clean_photo(file, size)


@transaction.atomic
def add_photo(*, visit: VisitReport, key: UUID, photo: CleanPhoto, actor: Any, at: datetime) -> VisitPhoto:
    """Keep a photo with its report; the same one sent twice is one photo.

    Raises `Withdrawn`, `TooLate`, `NotAgreed`, `TooManyPhotos`, `PermissionDenied`.
    """
    row = lock_visit(visit)
    known = VisitPhoto.objects.filter(key=key).first()
    if known is not None:
        if known.visit_id != row.pk or row.author_id != actor.pk:
            raise PermissionDenied("visits.change")
        return known
    if row.author_id != actor.pk or not can(actor, "visits.write", row.project):
        raise Withdrawn("visits.write")
    if at > row.received_at + CHANGE_WITHIN:
        raise TooLate
    if not row.photos_agreed:
        raise NotAgreed
    if row.photos.filter(withdrawn_at=None).count() >= MOST_PHOTOS:
        raise TooManyPhotos
    made = VisitPhoto.objects.create(
        visit=row, key=key, file=random_file(photo.content), size=len(photo.content), width=photo.width,
        height=photo.height, added_at=at,
    )  # fmt: skip
    record(actor=actor, verb="add visit photo", obj=row, at=at, data={"photo": made.pk})
    return made


@transaction.atomic
def withdraw_photo(*, photo: VisitPhoto, actor: Any, at: datetime) -> None:
    """Take a photo off, for whoever is on it; its file goes."""
    row = VisitPhoto.objects.select_for_update().get(pk=photo.pk)
    row.visit = lock_visit(photo.visit)
    check(actor, "visits.withdraw_photo", row)
    delete_files([str(row.file.name)])
    row.file, row.withdrawn_at = "", at
    row.save(update_fields=["file", "withdrawn_at"])
    record(actor=actor, verb="withdraw visit photo", obj=row.visit, at=at, data={"photo": row.pk})


def delete_files_of_projects(projects: Iterable[int]) -> None:
    """The files of projects about to be erased; their rows go with the projects."""
    rows = VisitPhoto.objects.filter(visit__project__in=list(projects))
    delete_files(list(rows.values_list("file", flat=True)))
