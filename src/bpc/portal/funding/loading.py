"""Fill the directory from `data/funding`: a newer file never undoes what a funder or a delegation wrote.

A source nobody touched follows its file. One that a person wrote stays as it is; what its file says since then waits
as a proposal, that those who keep the source accept or return.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bpc.datasets.funding_sources import FundingSource as Document
from bpc.datasets.funding_sources import read_funding_sources
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.differences import changed_fields
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.states import move
from bpc.portal.funding.calendar import next_window
from bpc.portal.funding.contents import (
    hash_content,
    put_document,
    put_rows,
    put_verified,
    put_window,
    read_content,
    write_content,
)
from bpc.portal.funding.models import FundingSource, SourceEdit, SourceVersion
from bpc.portal.funding.names import GENERATION
from bpc.portal.funding.states import SOURCE_MOVES, EditState, Origin, SourceState
from bpc.portal.reference.loading import Say
from bpc.portal.reference.models import LoadedFile

FOLDER = "funding/"
GONE = "no longer in the files of facts"


def load_funding(say: Say, *, force: bool = False) -> None:
    """Bring the directory up to date with its files and with the day, unless neither has changed."""
    refresh_windows()
    digest = _digest(settings.DATA / "funding")
    complete = LoadedFile.objects.filter(name=FOLDER, sha256=digest).exists()
    if complete and not force:
        return
    with transaction.atomic():
        # read anew: the files may have changed since this process last read them
        documents = read_funding_sources.__wrapped__(settings.DATA / "funding")
        load_sources(documents)
        loaded = {"sha256": digest, "loaded_at": timezone.now()}
        LoadedFile.objects.update_or_create(name=FOLDER, defaults=loaded)
    say(f"  {FOLDER}: {len(documents)}")


@transaction.atomic
def load_sources(documents: Mapping[str, Document]) -> None:
    """Write these documents of the files; a source whose file is gone is taken off, unless a person wrote it."""
    at = timezone.now()
    rows = {row.slug: row for row in FundingSource.objects.select_for_update()}
    for slug, document in documents.items():
        row = rows.get(slug)
        if row is None:
            _create(document, at)
        elif document.version >= row.file_version:
            _bring_up_to_date(row, document, at)
    for slug in sorted(rows.keys() - documents.keys()):
        row = rows[slug]
        if row.origin == Origin.FACTS and not row.by_hand and row.state == SourceState.ACTIVE:
            move(row, SOURCE_MOVES, "retire", actor=None, at=at, reason=GONE)
    link_frames()
    outdate(GENERATION)


def refresh_windows() -> int:
    """Work out again the next window of sources whose last day or opening has passed. Returns how many changed."""
    today = timezone.localdate()
    opened = Q(closes_on=None, opens_on__lt=today)
    passed = FundingSource.objects.filter(Q(closes_on__lt=today) | opened).exclude(closes_kind="closed")
    changed = 0
    for row in passed.only("pk", "content").iterator(chunk_size=200):
        put_window(row, next_window(read_content(row.content), today))
        row.save(update_fields=["opens_on", "closes_on", "closes_kind", "deadline_key"])
        changed += 1
    if changed:
        outdate(GENERATION)
    return changed


def link_frames() -> None:
    """Tie each local call to its national frame; a frame not in the directory ties nothing."""
    rows = FundingSource.objects.only("pk", "slug", "frame_id", "content")
    keys = dict(rows.values_list("slug", "pk"))
    parents = FundingSource.objects.values_list("pk", "frame_id", "content__parent")
    for key, frame, parent in parents:
        wanted = keys.get(parent) if parent else None
        if frame != wanted:
            FundingSource.objects.filter(pk=key).update(frame=wanted)


def write_version(row: FundingSource, *, origin: str, note: str, actor: Any, at: Any) -> SourceVersion:
    """Keep what a saved row says now as its version."""
    return SourceVersion.objects.create(
        source=row,
        number=row.version,
        content=row.content,
        content_hash=row.content_hash,
        origin=origin,
        note=note,
        made_by=actor,
        made_at=at,
    )


def _create(document: Document, at: Any) -> None:
    row = FundingSource(slug=document.id, origin=Origin.FACTS, created_at=at, updated_at=at)
    _heed(row, document, hash_content(write_content(document)))
    put_document(row, document, at.date())
    row.save()
    put_rows(row, document)
    write_version(row, origin=Origin.FACTS, note="", actor=None, at=at)


def _bring_up_to_date(row: FundingSource, document: Document, at: Any) -> None:
    said = hash_content(write_content(document))
    if row.by_hand:
        _propose(row, document, said, at)
        return
    if row.state == SourceState.RETIRED:
        move(row, SOURCE_MOVES, "restore", actor=None, at=at)
    if said == row.file_hash == row.content_hash:
        put_verified(row, document.verified)
        row.file_version = document.version
        row.save(update_fields=["verified_on", "verified_day", "file_version"])
        return
    fields = changed_fields(row.content, write_content(document))
    _heed(row, document, said)
    put_document(row, document, at.date())
    row.version, row.updated_at, row.updated_by = row.version + 1, at, None
    row.save()
    put_rows(row, document)
    write_version(row, origin=Origin.FACTS, note="", actor=None, at=at)
    record(actor=None, verb="load funding source", obj=row, at=at, data={"fields": fields})


def _propose(row: FundingSource, document: Document, said: str, at: Any) -> None:
    """Let what the file says now wait beside what a person wrote; once for each thing it says."""
    if said == row.file_hash:
        return
    waiting = SourceEdit.objects.filter(source=row, origin=Origin.FACTS, state=EditState.PENDING)
    waiting.delete()
    _heed(row, document, said)
    row.save(update_fields=["file_hash", "file_version"])
    if said == row.content_hash:
        return
    content = write_content(document)
    SourceEdit.objects.create(
        source=row,
        slug=row.slug,
        origin=Origin.FACTS,
        base_version=row.version,
        content=content,
        fields=changed_fields(row.content, content),
        proposed_at=at,
    )


def _heed(row: FundingSource, document: Document, said: str) -> None:
    row.file_hash, row.file_version = said, document.version


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
