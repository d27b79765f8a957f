"""The one way a row changes state: a table of moves, a right per move, an audit row each time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.permissions import check


class IllegalMove(Exception):
    """The row is not in a state from which this move starts (often: somebody was quicker)."""


class ReasonMissing(Exception):
    """This move needs a written reason."""


@dataclass(frozen=True)
class Move:
    """One allowed change: from any of `sources` to `target`, by whoever holds `right`."""

    name: str
    sources: frozenset[str]
    target: str
    right: str
    needs_reason: bool = False


@dataclass(frozen=True)
class StateTable:
    """All moves of one kind of row, in `column`. `timestamps` maps a target state to the column that dates it."""

    moves: tuple[Move, ...]
    timestamps: dict[str, str] = field(default_factory=dict)
    column: str = "state"

    def named(self, name: str) -> Move:
        """The move called `name`; KeyError when there is none."""
        return {move.name: move for move in self.moves}[name]

    def from_state(self, state: str) -> Iterable[Move]:
        """The moves that start at `state`."""
        return (move for move in self.moves if state in move.sources)


def move(
    obj: models.Model, table: StateTable, name: str, *, actor: Any, at: Any, reason: str = "", **data: Any
) -> AuditEntry:
    """Move the state of `obj` (the column of `table`) by the move `name`, as `actor` (None: the system), dated `at`.

    Locks the row, so that two people pressing at once leave one move and one `IllegalMove`. Checks the right on the
    object, demands the reason where the table does, writes the state, its date and one audit row, all or nothing.
    """
    step = table.named(name)
    if step.needs_reason and not reason.strip():
        raise ReasonMissing(name)
    with transaction.atomic():
        row: Any = type(obj)._default_manager.select_for_update().get(pk=obj.pk)
        before = getattr(row, table.column)
        if before not in step.sources:
            raise IllegalMove(f"{name}: {before} is not one of {sorted(step.sources)}")
        if actor is not None:
            check(actor, step.right, row)
        changed = [table.column]
        setattr(row, table.column, step.target)
        if column := table.timestamps.get(step.target):
            setattr(row, column, at)
            changed.append(column)
        row.save(update_fields=changed)
        for column in changed:
            setattr(obj, column, getattr(row, column))
        return record(
            actor=actor, verb=name, obj=obj, before=before, after=step.target, reason=reason, data=data, at=at
        )
