"""What handing in anything has in common: one row per form, in whose name, and no words lost to a stale form."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model

from bpc.portal.ideas.references import new_reference
from bpc.portal.people.queries import organisations_of

W = TypeVar("W", bound=Model)
_DRAWS = 5  # two twins in a row among 148 million codes do not happen


class StaleForm(Exception):
    """What was written changed after the form was opened; `current` is it as it is now."""

    def __init__(self, current: Any) -> None:
        super().__init__(current.reference)
        self.current = current


class KeyTaken(Exception):
    """Somebody else's words hold this submission key: the form was copied, and needs a new one."""


def check_speaks_for(organisation: int | None, actor: Any) -> None:
    """Only members speak in the name of an organisation."""
    if organisation is None:
        return
    if actor is None or not organisations_of(actor).filter(pk=organisation).exists():
        raise PermissionDenied("organisation")


def begin(model: type[W], columns: dict[str, Any], key: UUID, actor: Any, at: Any) -> tuple[W, bool]:
    """A new row of `model` under a fresh code (that of `columns` where they name one), or the one that this key
    already made; and whether it is new.

    Raises `KeyTaken`, `PermissionDenied`.
    """
    check_speaks_for(columns["organisation_id"], actor)
    author = actor if actor is not None and actor.is_authenticated else None
    rows = model._default_manager
    for _ in range(_DRAWS):
        if (twin := rows.filter(submission_key=key).first()) is not None:
            if twin.author_id != (author.pk if author is not None else None):  # type: ignore[attr-defined]
                raise KeyTaken(key)
            return twin, False
        try:
            with transaction.atomic():
                made = rows.create(
                    author=author,
                    submission_key=key,
                    created_at=at,
                    **{"reference": new_reference(), **columns},
                )
            return made, True
        except IntegrityError:
            continue  # the twin form was quicker, or the code is taken: look again
    raise IntegrityError("no free code")


def locked_at(written: W, version: int) -> W:
    """The row, locked, if it is still at `version`. Raises `StaleForm`."""
    row: Any = type(written)._default_manager.select_for_update().get(pk=written.pk)
    if row.version != version:
        raise StaleForm(row)
    found: W = row
    return found


def rewrite(written: Any, columns: dict[str, Any]) -> list[str]:
    """Write the words as the next version; returns the columns that changed."""
    changed = [name for name, value in columns.items() if getattr(written, name) != value]
    for name, value in columns.items():
        setattr(written, name, value)
    written.version += 1
    written.save()
    return changed
