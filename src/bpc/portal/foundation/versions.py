"""What is written version by version: one open draft, one version published, the former ones kept.

A parent row has `versions` and a version has `number`, `state`, `content_hash`, `revision`, `note`, `published_at`
and `published_by`; each room keeps its own states and table of moves.
"""

from typing import Any, TypeVar

from django.db.models import Model

from bpc.portal.foundation.states import IllegalMove, ReasonMissing, StateTable, move

V = TypeVar("V", bound=Model)


class StaleDraft(Exception):
    """Somebody else changed the draft since the form was opened; `current` is what is stored now."""

    def __init__(self, current: Any) -> None:
        super().__init__(str(current))
        self.current = current


class NothingNew(Exception):
    """The draft says exactly what is published already."""


class DraftOpen(Exception):
    """Another draft is open: it is published or thrown away first."""


def locked_in(version: V, *states: str) -> V:
    """The version as it is now, kept from others until the transaction ends. Raises IllegalMove outside `states`."""
    row = type(version)._default_manager.select_for_update().filter(pk=version.pk, state__in=states).first()
    if row is None:
        raise IllegalMove(f"no longer {' or '.join(states)}")
    return row


def lock(parent: Model) -> None:
    """Keep what the parent's versions become from others until the transaction ends."""
    type(parent)._default_manager.select_for_update().get(pk=parent.pk)


def last_in(parent: Any, state: str, name: str) -> Any:
    """The parent's last version in this state. Raises IllegalMove: the move `name` has nothing to start from."""
    row = parent.versions.filter(state=state).order_by("-number").first()
    if row is None:
        raise IllegalMove(f"{name}: no version is {state}")
    return row


def to_publish(row: Any, *, revision: int, note: str) -> None:
    """What every publication asks. Raises ReasonMissing without a note, StaleDraft when it changed meanwhile."""
    if not note.strip():
        raise ReasonMissing("publish")
    if row.revision != revision:
        raise StaleDraft(row)


def take_the_place(row: Any, former: Any, table: StateTable, *, note: str, actor: Any, at: Any) -> None:
    """Publish `row`; `former`, if any, is kept as superseded."""
    if former is not None:
        move(former, table, "supersede", actor=actor, at=at)
    row.published_at, row.published_by, row.note = at, actor, note.strip()
    row.save(update_fields=["published_at", "published_by", "note"])
    move(row, table, "publish", actor=actor, at=at, reason=row.note)
