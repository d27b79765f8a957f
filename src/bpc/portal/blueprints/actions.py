"""What is done to the project models: draft, save, discard, publish, retire, bring back, duplicate."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bpc.core.plan.document import ENGINE_VERSION
from bpc.core.plan.problems import InvalidPlan
from bpc.portal.blueprints.catalogue import GENERATION
from bpc.portal.blueprints.contents import check_content, hash_content, write_content
from bpc.portal.blueprints.headlines import appraise_content, headline
from bpc.portal.blueprints.models import Blueprint, BlueprintVersion
from bpc.portal.blueprints.states import VERSION_MOVES, VersionOrigin, VersionState
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.differences import changed_fields
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.foundation.versions import (
    NothingNew,
    StaleDraft,
    last_in,
    lock,
    locked_in,
    take_the_place,
    to_publish,
)

RIGHT = "blueprints.edit"


class SlugTaken(Exception):
    """Another model has this name in addresses."""


@transaction.atomic
def start_draft(*, blueprint: Blueprint, actor: Any, at: Any) -> BlueprintVersion:
    """The open draft of the model, or a new one that begins as its last version."""
    check(actor, RIGHT, blueprint)
    lock(blueprint)
    versions = list(blueprint.versions.order_by("number"))
    opened = next((one for one in versions if one.state == VersionState.DRAFT), None)
    return opened or _draft(blueprint, versions[-1], versions[-1].number + 1, actor, at)


@transaction.atomic
def save_draft(
    *, draft: BlueprintVersion, content: Mapping[str, Any], revision: int, actor: Any, at: Any
) -> BlueprintVersion:
    """Replace what a draft says, whole or not at all; its slug and number stay.

    Raises InvalidModel or InvalidPlan with the path of each field, StaleDraft when it was changed since `revision`,
    IllegalMove when it is no draft any more.
    """
    check(actor, RIGHT, draft)
    row = locked_in(draft, VersionState.DRAFT)
    own = {"slug": row.content["slug"], "version": row.number, "updated": at.date().isoformat()}
    written = write_content(check_content({**content, **own}))
    appraisal = appraise_content(written)
    digest = hash_content(written)
    if digest == row.content_hash:
        return row
    if row.revision != revision:
        raise StaleDraft(row)
    fields = changed_fields(row.content, written)
    row.content, row.content_hash = written, digest
    row.headline, row.engine_version = headline(written, appraisal), ENGINE_VERSION
    row.origin, row.made_by = VersionOrigin.PERSON, actor
    row.revision, row.changed_at = row.revision + 1, at
    row.save()
    record(actor=actor, verb="edit project model", obj=row, at=at, data={"fields": fields})
    return row


@transaction.atomic
def discard_draft(*, draft: BlueprintVersion, actor: Any, at: Any) -> None:
    """Throw a draft away; a model that was never published goes with its only draft."""
    check(actor, RIGHT, draft)
    row = locked_in(draft, VersionState.DRAFT)
    record(
        actor=actor, verb="discard project model draft", obj=row, at=at, data={"slug": row.content["slug"]}
    )
    blueprint = row.blueprint
    row.delete()
    if not blueprint.versions.exists():
        blueprint.delete()


@transaction.atomic
def publish(*, draft: BlueprintVersion, revision: int, note: str, actor: Any, at: Any) -> BlueprintVersion:
    """Make the draft the version everybody reads; the former one is kept as superseded.

    Checks again that both languages are complete and that the engine finds no error. Raises InvalidModel,
    InvalidPlan, ReasonMissing without a note, StaleDraft, NothingNew, and IllegalMove for a retired model.
    """
    check(actor, RIGHT, draft)
    row = locked_in(draft, VersionState.DRAFT)
    to_publish(row, revision=revision, note=note)
    if row.blueprint.retired_at is not None:
        raise IllegalMove("publish: the model is retired")
    former = row.blueprint.versions.filter(state=VersionState.PUBLISHED).first()
    if former is not None and former.content_hash == row.content_hash:
        raise NothingNew(str(row))
    check_publishable(row.content)
    take_the_place(row, former, VERSION_MOVES, note=note, actor=actor, at=at)
    outdate(GENERATION)
    return row


def check_publishable(content: Mapping[str, Any]) -> None:
    """Raises InvalidModel or InvalidPlan when a content may not be published: a text missing, an error in its plan."""
    check_content(content)
    errors = [problem for problem in appraise_content(content).problems if problem.severity == "error"]
    if errors:
        raise InvalidPlan(errors)


@transaction.atomic
def retire(*, blueprint: Blueprint, reason: str, actor: Any, at: Any) -> None:
    """Take the model off the site; projects that adopted it keep theirs. Raises ReasonMissing, IllegalMove."""
    check(actor, RIGHT, blueprint)
    lock(blueprint)
    row = last_in(blueprint, VersionState.PUBLISHED, "retire")
    move(row, VERSION_MOVES, "retire", actor=actor, at=at, reason=reason.strip())
    _set_retired(blueprint, at)


@transaction.atomic
def bring_back(*, blueprint: Blueprint, actor: Any, at: Any) -> None:
    """Put a retired model back on the site, as it was. Raises IllegalMove when it is not retired."""
    check(actor, RIGHT, blueprint)
    lock(blueprint)
    row = last_in(blueprint, VersionState.RETIRED, "bring back")
    move(row, VERSION_MOVES, "bring back", actor=actor, at=at)
    _set_retired(blueprint, None)


@transaction.atomic
def duplicate(*, source: BlueprintVersion, slug: str, actor: Any, at: Any) -> BlueprintVersion:
    """A new model that begins as another, under a slug of its own, as a draft. Raises SlugTaken, InvalidModel."""
    check(actor, RIGHT, source)
    check_content({**source.content, "slug": slug, "version": 1})
    blueprint, created = Blueprint.objects.get_or_create(slug=slug, defaults={"created_at": at})
    if not created:
        raise SlugTaken(slug)
    return _draft(blueprint, source, 1, actor, at)


def _draft(
    blueprint: Blueprint, source: BlueprintVersion, number: int, actor: Any, at: Any
) -> BlueprintVersion:
    content = {
        **source.content,
        "slug": blueprint.slug,
        "version": number,
        "updated": at.date().isoformat(),
    }
    draft = BlueprintVersion.objects.create(
        blueprint=blueprint,
        number=number,
        content=content,
        content_hash=hash_content(content),
        origin=VersionOrigin.PERSON,
        made_by=actor,
        made_at=at,
        changed_at=at,
        headline=source.headline,
        engine_version=source.engine_version,
    )
    data = {"from": f"{source.blueprint.slug} {source.number}"}
    record(actor=actor, verb="draft project model", obj=draft, at=at, data=data)
    return draft


def _set_retired(blueprint: Blueprint, at: Any) -> None:
    blueprint.retired_at = at
    blueprint.save(update_fields=["retired_at"])
    outdate(GENERATION)
