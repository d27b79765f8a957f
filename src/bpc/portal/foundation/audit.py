"""The trail: who did what to which row, when and why. Rows are only ever added."""

from typing import Any

from django.db.models import Model, QuerySet

from bpc.portal.foundation.models import AuditEntry


def record(
    *,
    actor: Any,
    verb: str,
    obj: Model,
    at: Any,
    before: str = "",
    after: str = "",
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one row to the trail. `actor` is None when the system itself acted or the author has no account.

    An actor who `acts_for` somebody (the key of that person's account, under a mandate) is written with them.
    """
    person = getattr(actor, "acts_for", None)
    under = {} if person is None else {"mandate": actor.acting_under}
    return AuditEntry.objects.create(
        actor=actor if actor is not None and actor.is_authenticated else None,
        on_behalf_of_id=person,
        verb=verb,
        object_kind=obj._meta.label_lower,
        object_key=str(obj.pk),
        before=before,
        after=after,
        reason=reason,
        data={**(data or {}), **under},
        at=at,
    )


def trail_of(obj: Model) -> "QuerySet[AuditEntry]":
    """Everything that happened to `obj`, oldest first."""
    return AuditEntry.objects.filter(object_kind=obj._meta.label_lower, object_key=str(obj.pk)).order_by(
        "at", "pk"
    )
