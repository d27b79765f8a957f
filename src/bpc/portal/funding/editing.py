"""Changes to the directory written on the site: proposed by one person, accepted or returned by another."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.differences import changed_fields
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.funding.checking import check_written
from bpc.portal.funding.contents import hash_content, put_document, put_rows, write_content
from bpc.portal.funding.loading import link_frames, write_version
from bpc.portal.funding.models import FundingSource, SourceEdit, SourceVersion
from bpc.portal.funding.names import GENERATION
from bpc.portal.funding.notices import tell_decided, tell_proposed
from bpc.portal.funding.states import EDIT_MOVES, EditState, Origin
from bpc.portal.funding.visibility import funders_of
from bpc.portal.people.models import Organisation
from bpc.portal.people.visibility import is_administrator

KEEP, ACCEPT = "funding.keep", "funding.accept"


class StaleSource(Exception):
    """The source was changed since the form was opened; `current` is what is stored now."""

    def __init__(self, current: FundingSource) -> None:
        super().__init__(str(current))
        self.current = current


class NothingNew(Exception):
    """The proposal says exactly what the source says already."""


class SlugTaken(Exception):
    """Another source, or another proposal, has this name in addresses."""


class CrossedEdits(Exception):
    """Since the proposal was written, another one changed the same fields, named here."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


@transaction.atomic
def propose_edit(
    *, source: FundingSource, content: Mapping[str, Any], version: int, note: str, actor: Any, at: Any
) -> SourceEdit:
    """Propose that a source say something else; what the actor had already proposed about it gives way.

    Raises InvalidSources with the path of each field, StaleSource when it was changed since `version`, NothingNew.
    """
    row = FundingSource.objects.select_for_update().get(pk=source.pk)
    check(actor, KEEP, row)
    if row.version != version:
        raise StaleSource(row)
    written = write_content(check_written({**content, "id": row.slug, "updated": at.date().isoformat()}))
    if hash_content(written) == row.content_hash:
        raise NothingNew(row.slug)
    for former in row.edits.filter(proposed_by=actor, state=EditState.PENDING):
        move(former, EDIT_MOVES, "withdraw", actor=actor, at=at, reason="written again")
    edit = SourceEdit.objects.create(
        source=row,
        slug=row.slug,
        organisation=row.organisation,
        origin=Origin.ORGANISATION,
        base_version=row.version,
        content=written,
        fields=changed_fields(row.content, written),
        note=note.strip(),
        proposed_by=actor,
        proposed_at=at,
    )
    record(actor=actor, verb="propose funding edit", obj=edit, at=at, data={"fields": edit.fields})
    tell_proposed(edit, at=at)
    return edit


@transaction.atomic
def propose_source(
    *, content: Mapping[str, Any], organisation: Organisation | None, note: str, actor: Any, at: Any
) -> SourceEdit:
    """Propose a new source, in the name of a funding body of the actor's, or of a delegation without one.

    Raises InvalidSources, SlugTaken, PermissionDenied.
    """
    check(actor, KEEP)
    if organisation is None:
        if not (is_administrator(actor) or actor.regions_as("delegate")):
            raise PermissionDenied(KEEP)
    elif not funders_of(actor).filter(pk=organisation.pk).exists():
        raise PermissionDenied(KEEP)
    own = {"version": 1, "updated": at.date().isoformat(), "verified": at.date().isoformat()}
    document = check_written({**content, **own})
    waiting = SourceEdit.objects.filter(slug=document.id, state=EditState.PENDING)
    if FundingSource.objects.filter(slug=document.id).exists() or waiting.exists():
        raise SlugTaken(document.id)
    edit = SourceEdit.objects.create(
        slug=document.id,
        organisation=organisation,
        origin=Origin.ORGANISATION,
        content=write_content(document),
        note=note.strip(),
        proposed_by=actor,
        proposed_at=at,
    )
    record(actor=actor, verb="propose funding source", obj=edit, at=at, data={"slug": document.id})
    tell_proposed(edit, at=at)
    return edit


@transaction.atomic
def accept_edit(*, edit: SourceEdit, actor: Any, at: Any) -> FundingSource:
    """Make a proposal what the source says: a new version. Never one's own proposal.

    Where the source changed meanwhile, the fields proposed are written over what it says now, unless the same ones
    changed. Raises PermissionDenied, IllegalMove, CrossedEdits, InvalidSources when a code is gone, SlugTaken.
    """
    row = _locked(edit, actor)
    source = None
    if row.source_id is not None:
        source = FundingSource.objects.select_for_update().get(pk=row.source_id)
    content = row.content if source is None else _merged(row, source)
    document = check_written(content)
    move(row, EDIT_MOVES, "accept", actor=actor, at=at)
    if source is None:
        if FundingSource.objects.filter(slug=row.slug).exists():
            raise SlugTaken(row.slug)
        source = FundingSource(
            slug=row.slug, origin=Origin.ORGANISATION, organisation=row.organisation, created_at=at, version=0
        )
    put_document(source, document, at.date())
    # what a file proposed is the file's again; the rest is a person's
    source.by_hand = row.origin != Origin.FACTS
    source.version, source.updated_at, source.updated_by = source.version + 1, at, row.proposed_by
    source.save()
    put_rows(source, document)
    link_frames()
    write_version(source, origin=row.origin, note=row.note, actor=row.proposed_by, at=at)
    record(
        actor=actor,
        verb="accept funding edit",
        obj=source,
        at=at,
        data={"edit": row.pk, "fields": row.fields},
    )
    SourceEdit.objects.filter(pk=row.pk).update(source=source, decided_by=actor)
    tell_decided(row, EditState.ACCEPTED, reason="", at=at)
    outdate(GENERATION)
    return source


@transaction.atomic
def return_edit(*, edit: SourceEdit, reason: str, actor: Any, at: Any) -> SourceEdit:
    """Send a proposal back with the reason. Raises ReasonMissing, PermissionDenied, IllegalMove."""
    row = _locked(edit, actor)
    move(row, EDIT_MOVES, "return", actor=actor, at=at, reason=reason.strip())
    row.decided_by, row.reason = actor, reason.strip()[:1000]
    row.save(update_fields=["decided_by", "reason"])
    tell_decided(row, EditState.RETURNED, reason=row.reason, at=at)
    return row


@transaction.atomic
def withdraw_edit(*, edit: SourceEdit, actor: Any, at: Any) -> SourceEdit:
    """Take one's own proposal back. Raises PermissionDenied, IllegalMove."""
    move(edit, EDIT_MOVES, "withdraw", actor=actor, at=at)
    return edit


def _locked(edit: SourceEdit, actor: Any) -> SourceEdit:
    row = SourceEdit.objects.select_for_update(of=("self",)).select_related("source").get(pk=edit.pk)
    check(actor, ACCEPT, row)
    if row.state != EditState.PENDING:
        raise IllegalMove(f"{row.slug}: {row.state}")
    return row


def _merged(edit: SourceEdit, source: FundingSource) -> dict[str, Any]:
    """What is proposed, over what the source has come to say since."""
    if edit.base_version == source.version:
        return dict(edit.content)
    base = SourceVersion.objects.get(source=source, number=edit.base_version)
    crossed = sorted({*changed_fields(base.content, source.content)} & {*edit.fields})
    if crossed:
        raise CrossedEdits(crossed)
    proposed = {name: edit.content[name] for name in edit.fields}
    return {**source.content, **proposed, "updated": edit.content["updated"]}
