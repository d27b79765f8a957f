"""Statements leave in batches, by the background worker; what a store refuses for now is sent again, later and later.

A batch that a store cannot read is sent in halves, down to the one statement at fault, which is set aside with the
reason. Statements have their own identifiers: a batch whose answer was lost is sent again without harm.
"""

import base64
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from bpc.portal.foundation.outward import Door, RefusedAddress, Reply
from bpc.portal.foundation.retries import try_later
from bpc.portal.foundation.sealing import BrokenSeal, unseal
from bpc.portal.partner_courses.models import RecordStore, Statement
from bpc.portal.partner_courses.reaching import partner_door
from bpc.portal.people.consents import TRAINING_RECORDS
from bpc.portal.people.models import Consent

SECRET = "partner_courses.record_store"  # noqa: S105 - what a secret is sealed for, none itself
VERSION = "1.0.3"
BATCH = 50
MOST = 5000  # statements a sending
PLANNED_FOR = timedelta(hours=1)  # a sending planned and never begun is planned again
KEPT = timedelta(days=30)  # what was sent
_LONGEST_ANSWER = 256 * 1024
_NOT_NOW = frozenset(
    {401, 403, 404, 408, 429}
)  # the store's own settings, or its hour: nothing is wrong with these


class StoreSilent(Exception):
    """The store did not take a batch for now: `why`, for who keeps it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def plan_sending(at: datetime) -> None:
    """Ask the worker to send what waits, unless it was asked and has not begun."""
    due = Q(next_send_at=None) | Q(next_send_at__lt=at - PLANNED_FOR)
    if RecordStore.objects.filter(due, is_on=True).update(next_send_at=at):
        send_statements.enqueue()


@task()
def send_statements(tries: int = 0) -> str:
    """Send what waits. Returns how many left, or why none did (off, later, given up until the next statement)."""
    now = timezone.now()
    store = RecordStore.objects.filter(is_on=True).first()
    if store is None:
        return "off"
    RecordStore.objects.filter(pk=store.pk).update(next_send_at=None)
    _forget(now)
    try:
        number = _send_all(store, now)
    except StoreSilent as silence:
        RecordStore.objects.filter(pk=store.pk).update(problem=silence.why[:200], problem_at=now)
        return "later" if try_later(send_statements, tries=tries) else "given up"
    RecordStore.objects.filter(pk=store.pk).update(problem="", problem_at=None)
    return str(number)


def waiting() -> Any:
    """The statements to send, the first made first."""
    return Statement.objects.filter(sent_at=None, refused="").order_by("made_at", "key")


def _forget(now: datetime) -> None:
    """What was sent long ago, and what waits of people who no longer agree."""
    Statement.objects.filter(sent_at__lt=now - KEPT).delete()
    agreed = Consent.objects.filter(purpose=TRAINING_RECORDS, withdrawn_at=None).values("user")
    waiting().exclude(account__person__in=agreed).delete()


def _send_all(store: RecordStore, now: datetime) -> int:
    number = 0
    while number < MOST:
        batch = list(waiting()[:BATCH])
        if not batch:
            break
        _send(store, batch, now)
        number += len(batch)
    return number


def _send(store: RecordStore, batch: Sequence[Statement], now: datetime) -> None:
    """Send a batch; halves of one that the store cannot read. Raises `StoreSilent`."""
    reply = _post(store, [one.body for one in batch])
    keys = [one.pk for one in batch]
    if reply.status in (200, 204):
        Statement.objects.filter(pk__in=keys).update(sent_at=now)
    elif reply.status in _NOT_NOW or not 400 <= reply.status < 500:
        raise StoreSilent(f"HTTP {reply.status}")
    elif len(batch) > 1:
        middle = len(batch) // 2
        _send(store, batch[:middle], now)
        _send(store, batch[middle:], now)
    else:
        why = f"HTTP {reply.status} {reply.body.decode('utf-8', 'replace')}".replace("\x00", "").strip()
        Statement.objects.filter(pk__in=keys).update(refused=why[:200])


def _post(store: RecordStore, bodies: list[dict[str, Any]]) -> Reply:
    try:
        secret = unseal(store.secret_sealed, SECRET)
        said = base64.b64encode(f"{store.key}:{secret}".encode()).decode()
        headers = {
            "Authorization": f"Basic {said}",
            "Content-Type": "application/json",
            "X-Experience-API-Version": VERSION,
        }
        door: Door = partner_door()
        content = json.dumps(bodies, ensure_ascii=False).encode()
        address = f"{store.endpoint.rstrip('/')}/statements"
        return door.ask("POST", address, body=content, headers=headers, longest=_LONGEST_ANSWER)
    except BrokenSeal:
        raise StoreSilent("secret") from None
    except (RefusedAddress, OSError, HTTPException, ValueError) as fault:
        raise StoreSilent(type(fault).__name__) from None
