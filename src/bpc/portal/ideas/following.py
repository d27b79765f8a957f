"""An author without an account finds their idea again by its code and the contact they left with it."""

import hmac
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.crypto import salted_hmac

from bpc.portal.foundation.client import network
from bpc.portal.ideas.models import DepositTrace, Idea
from bpc.portal.ideas.references import normalise
from bpc.portal.people.contacts import parse_contact

TRIES, WINDOW = 10, timedelta(hours=1)  # wrong tries per network address, and per code


class TooManyTries(Exception):
    """Too many wrong tries from here, or on this code; wait an hour."""


def find_followed(
    *, reference: str, contact: str, address: str, at: datetime, among: type[Model] = Idea
) -> Any | None:
    """The idea (or the row of `among`) whose code and contact both match what was typed; None otherwise.

    Whichever was wrong is not told. `address` is the visitor's network address. Raises `TooManyTries`; only wrong
    tries count.
    """
    code = normalise(reference)
    traces = [_digest("address", network(address)), _digest("code", code or reference)]
    for trace in traces:
        if DepositTrace.objects.filter(digest=trace, at__gt=at - WINDOW).count() >= TRIES:
            raise TooManyTries
    idea: Any = among._default_manager.filter(reference=code, author=None).first()
    if idea is not None and _is_contact_of(idea, contact):
        return idea
    DepositTrace.objects.bulk_create(DepositTrace(digest=trace, at=at) for trace in traces)
    return None


def _is_contact_of(idea: Any, typed: str) -> bool:
    try:
        contact = parse_contact(typed)
    except ValidationError:
        return False
    left = idea.contact_email.lower() if contact.email else idea.contact_phone
    return bool(left) and hmac.compare_digest(str(contact).encode(), left.encode())


def _digest(kind: str, value: str) -> str:
    return salted_hmac(f"ideas.following.{kind}", value, algorithm="sha256").hexdigest()
