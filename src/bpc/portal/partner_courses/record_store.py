"""The learning record store: where statements leave for, held by administrators; off until one turns it on."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.sealing import seal
from bpc.portal.partner_courses.models import RecordStore, Statement
from bpc.portal.partner_courses.sending import SECRET, plan_sending, waiting


@transaction.atomic
def keep_record_store(
    *, endpoint: str, key: str, secret: str, is_on: bool, actor: Any, at: datetime
) -> RecordStore:
    """Keep where statements leave for, and how we sign in there; an empty `secret` keeps the former one.

    Turned off, nothing more is noted, and what waited is forgotten. Raises ValueError without any secret.
    """
    check(actor, "partner_courses.register")
    store = RecordStore.objects.select_for_update().first() or RecordStore()
    if secret:
        store.secret_sealed = seal(secret, SECRET)
    if not store.secret_sealed:
        raise ValueError("a record store needs a secret")
    store.endpoint, store.key, store.is_on = endpoint, key, is_on
    store.changed_by, store.changed_at, store.problem, store.problem_at = actor, at, "", None
    store.next_send_at = None
    store.save()
    record(actor=actor, verb="keep record store", obj=store, at=at, data={"endpoint": endpoint, "on": is_on})
    if not is_on:
        waiting().delete()
    else:
        transaction.on_commit(partial(plan_sending, at))
    return store


def record_store() -> RecordStore | None:
    """The store as it is kept, if any."""
    return RecordStore.objects.select_related("changed_by").first()


def statement_counts() -> dict[str, int]:
    """How many statements wait, left, were refused."""
    return {
        "waiting": waiting().count(),
        "sent": Statement.objects.exclude(sent_at=None).count(),
        "refused": Statement.objects.exclude(refused="").count(),
    }
