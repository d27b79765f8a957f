"""What is done to the templates of paths: begin one, draft, save, discard, take a former version up, publish."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from bpc.datasets.path_templates import parse_template
from bpc.portal.followup.contents import check_content, hash_content
from bpc.portal.followup.models import PathTemplate, TemplateVersion
from bpc.portal.followup.states import VERSION_MOVES, VersionOrigin, VersionState
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.differences import changed_fields
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.versions import (
    DraftOpen,
    NothingNew,
    StaleDraft,
    lock,
    locked_in,
    take_the_place,
    to_publish,
)

RIGHT = "followup.templates"


class SlugTaken(Exception):
    """Another template has this slug."""


@transaction.atomic
def create_template(*, slug: str, content: Mapping[str, Any], actor: Any, at: Any) -> TemplateVersion:
    """A template of its own, as a first draft; nobody sees it before it is published.

    Raises InvalidTemplate, `SlugTaken`.
    """
    check(actor, RIGHT, None)
    last = PathTemplate.objects.aggregate(last=Max("position"))["last"]
    row, made = PathTemplate.objects.get_or_create(
        slug=slug, defaults={"position": (last or 0) + 1, "created_at": at}
    )
    if not made:
        raise SlugTaken(slug)
    written = check_content({**content, "slug": slug, "version": 1, "updated": at.date().isoformat()})
    return _drafted(row, 1, written, actor, at)


def _drafted(
    template: PathTemplate, number: int, content: Mapping[str, Any], actor: Any, at: Any
) -> TemplateVersion:
    draft = TemplateVersion.objects.create(
        template=template, number=number, content=content, content_hash=hash_content(content),
        origin=VersionOrigin.PERSON, made_by=actor, made_at=at, changed_at=at,
    )  # fmt: skip
    record(actor=actor, verb="draft path template", obj=draft, at=at, data={"path": template.slug})
    return draft


@transaction.atomic
def start_draft(*, template: PathTemplate, actor: Any, at: Any) -> TemplateVersion:
    """The open draft of the template, or a new one that begins as its last version."""
    check(actor, RIGHT, template)
    lock(template)
    versions = list(template.versions.order_by("number"))
    opened = next((one for one in versions if one.state == VersionState.DRAFT), None)
    if opened is not None:
        return opened
    return _as_draft(template, versions[-1], versions[-1].number + 1, actor, at)


@transaction.atomic
def take_up_version(*, version: TemplateVersion, actor: Any, at: Any) -> TemplateVersion:
    """A new draft that says what a former version said; published, it takes the place of today's.

    Raises `DraftOpen`: a draft somebody works on is not overwritten.
    """
    check(actor, RIGHT, version)
    template = PathTemplate.objects.select_for_update().get(pk=version.template_id)
    if template.versions.filter(state=VersionState.DRAFT).exists():
        raise DraftOpen(str(version))
    last = template.versions.aggregate(last=Max("number"))["last"]
    return _as_draft(template, version, last + 1, actor, at)


def _as_draft(
    template: PathTemplate, version: TemplateVersion, number: int, actor: Any, at: Any
) -> TemplateVersion:
    content = {**version.content, "version": number, "updated": at.date().isoformat()}
    return _drafted(template, number, content, actor, at)


@transaction.atomic
def save_draft(
    *, draft: TemplateVersion, content: Mapping[str, Any], revision: int, actor: Any, at: Any
) -> TemplateVersion:
    """Replace what a draft says, whole or not at all; its slug and number stay.

    Raises InvalidTemplate with the path of each field, `StaleDraft` when it changed since `revision`, IllegalMove
    when it is no draft any more.
    """
    check(actor, RIGHT, draft)
    row = locked_in(draft, VersionState.DRAFT)
    own = {"slug": row.content["slug"], "version": row.number, "updated": at.date().isoformat()}
    written = check_content({**content, **own})
    if hash_content(written) == row.content_hash:
        return row
    if row.revision != revision:
        raise StaleDraft(row)
    fields = changed_fields(row.content, written)
    row.content, row.content_hash = written, hash_content(written)
    row.origin, row.made_by = VersionOrigin.PERSON, actor
    row.revision, row.changed_at = row.revision + 1, at
    row.save()
    record(actor=actor, verb="edit path template", obj=row, at=at, data={"fields": fields})
    return row


@transaction.atomic
def discard_draft(*, draft: TemplateVersion, actor: Any, at: Any) -> None:
    """Throw a draft away; the published version stands. A template that never had another goes with it."""
    check(actor, RIGHT, draft)
    row = locked_in(draft, VersionState.DRAFT)
    template = row.template
    record(actor=actor, verb="discard path template draft", obj=row, at=at, data={"path": template.slug})
    row.delete()
    if not template.versions.exists():
        template.delete()


@transaction.atomic
def publish(*, draft: TemplateVersion, revision: int, note: str, actor: Any, at: Any) -> TemplateVersion:
    """Make the draft the version new paths are opened on; running paths keep theirs and are offered this one.

    Raises InvalidTemplate, ReasonMissing without a note, `StaleDraft`, `NothingNew`, IllegalMove.
    """
    check(actor, RIGHT, draft)
    row = locked_in(draft, VersionState.DRAFT)
    to_publish(row, revision=revision, note=note)
    parse_template(row.content)
    former = row.template.versions.filter(state=VersionState.PUBLISHED).first()
    if former is not None and former.content_hash == row.content_hash:
        raise NothingNew(str(row))
    take_the_place(row, former, VERSION_MOVES, note=note, actor=actor, at=at)
    return row
