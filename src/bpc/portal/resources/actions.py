"""What is done to the resources: add, edit, retire, restore, undo, take or leave what the file of facts now says."""

import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.foundation.audit import record, trail_of
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.resources.contents import (
    Content,
    as_json,
    check_content,
    content_of,
    from_json,
    put_content,
    put_products,
)
from bpc.portal.resources.models import Resource
from bpc.portal.resources.queries import GENERATION
from bpc.portal.resources.states import RESOURCE_MOVES, Origin, ResourceState
from bpc.portal.resources.visibility import keeps_in

RIGHT = "resources.keep"
ADDED, EDITED, UNDONE, TAKEN, LEFT = (
    "add resource",
    "edit resource",
    "undo resource",
    "take resource file",
    "leave resource file",
)
RETIRED, RESTORED = "retire", "restore"
#: what an undo can take back
CHANGES = frozenset({EDITED, UNDONE, TAKEN, RETIRED, RESTORED})


class StaleResource(Exception):
    """Somebody else changed the resource since the form was opened; `current` is what is stored now."""

    def __init__(self, current: Resource) -> None:
        super().__init__(str(current))
        self.current = current


class NothingToUndo(Exception):
    """Nobody has changed the resource since it was written."""


@transaction.atomic
def add_resource(*, content: Content, actor: Any, at: Any) -> Resource:
    """A new resource of a place the actor keeps. Raises InvalidContent, PermissionDenied."""
    content = check_content(content)
    _check_region(actor, content)
    # a drawn name first: the readable one is made of the row's own number
    row = Resource(
        reference=f"~{secrets.token_hex(5)}", origin=Origin.DELEGATION, by_hand=True, created_at=at
    )
    put_content(row, content)
    row.updated_at, row.updated_by = at, actor
    row.save()
    row.reference = f"D{row.pk:04d}"
    row.save(update_fields=["reference"])
    put_products(row, content)
    record(actor=actor, verb=ADDED, obj=row, at=at, data={"after": as_json(content)})
    outdate(GENERATION)
    return row


@transaction.atomic
def edit_resource(*, resource: Resource, content: Content, version: int, actor: Any, at: Any) -> Resource:
    """Replace what a resource says. Raises InvalidContent, PermissionDenied, StaleResource."""
    content = check_content(content)
    row = _locked(resource, version, actor)
    _check_region(actor, content)
    if content == content_of(row):
        return row
    _rewrite(row, content, EDITED, actor, at)
    return row


@transaction.atomic
def retire_resource(*, resource: Resource, version: int, reason: str, actor: Any, at: Any) -> Resource:
    """Take a resource off the site, the row is kept. Raises ReasonMissing, IllegalMove, StaleResource."""
    return _move(_locked(resource, version, actor), RETIRED, actor, at, reason)


@transaction.atomic
def restore_resource(*, resource: Resource, version: int, actor: Any, at: Any) -> Resource:
    """Put a retired resource back as it was. Raises IllegalMove, StaleResource."""
    return _move(_locked(resource, version, actor), RESTORED, actor, at)


@transaction.atomic
def undo_change(*, resource: Resource, version: int, actor: Any, at: Any) -> Resource:
    """Take back the last change; a second undo brings it again. Raises NothingToUndo, StaleResource."""
    row = _locked(resource, version, actor)
    last = last_change(row)
    if last is None:
        raise NothingToUndo(str(row))
    if last.verb in {RETIRED, RESTORED}:
        opposite = RESTORED if row.state == ResourceState.RETIRED else RETIRED
        return _move(row, opposite, actor, at, "undo")
    before = check_content(from_json(last.data["before"]))
    _check_region(actor, before)
    _rewrite(row, before, UNDONE, actor, at)
    return row


@transaction.atomic
def take_file_content(*, resource: Resource, version: int, actor: Any, at: Any) -> Resource:
    """Write what the file of facts now says over what a person wrote; the row follows the file again."""
    row = _locked(resource, version, actor)
    content = check_content(_waiting(row))
    _check_region(actor, content)
    row.file_content, row.proposal = as_json(content), None
    _rewrite(row, content, TAKEN, actor, at, by_hand=False)
    return row


@transaction.atomic
def leave_file_content(*, resource: Resource, version: int, actor: Any, at: Any) -> Resource:
    """Keep what a person wrote: the file's present version is seen and not proposed again."""
    row = _locked(resource, version, actor)
    row.file_content, row.proposal = as_json(_waiting(row)), None
    row.save(update_fields=["file_content", "proposal"])
    record(actor=actor, verb=LEFT, obj=row, at=at)
    return row


def last_change(resource: Resource) -> AuditEntry | None:
    """The last act an undo would take back, None when there is none."""
    return trail_of(resource).filter(verb__in=CHANGES).order_by("-at", "-pk").first()


def _waiting(row: Resource) -> Content:
    if row.proposal is None:
        raise IllegalMove("the file proposes nothing")
    return from_json(row.proposal)


def _check_region(actor: Any, content: Content) -> None:
    if not keeps_in(actor, content.territory[:2]):
        raise PermissionDenied(RIGHT)


def _locked(resource: Resource, version: int, actor: Any) -> Resource:
    """The row as it is now, kept from others until the transaction ends."""
    row = Resource.objects.select_for_update().get(pk=resource.pk)
    check(actor, RIGHT, row)
    if row.version != version:
        raise StaleResource(row)
    return row


def _rewrite(
    row: Resource, content: Content, verb: str, actor: Any, at: Any, *, by_hand: bool = True
) -> None:
    before = content_of(row)
    put_content(row, content)
    row.version, row.by_hand, row.updated_at, row.updated_by = row.version + 1, by_hand, at, actor
    row.save()
    put_products(row, content)
    data = {"before": as_json(before), "after": as_json(content)}
    record(actor=actor, verb=verb, obj=row, at=at, data=data)
    outdate(GENERATION)


def _move(row: Resource, name: str, actor: Any, at: Any, reason: str = "") -> Resource:
    move(row, RESOURCE_MOVES, name, actor=actor, at=at, reason=reason.strip())
    row.version, row.by_hand, row.updated_at, row.updated_by = row.version + 1, True, at, actor
    row.save(update_fields=["version", "by_hand", "updated_at", "updated_by"])
    outdate(GENERATION)
    return row
