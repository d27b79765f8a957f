"""What keeps machines from flooding the bank without asking people to prove they are people.

A stranger's deposits are counted per address and per contact, in the database, so all workers count together.
A whole meeting may sit behind one address: the limit per address is wide, the one per contact is narrow.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing

from bpc.portal.ideas.models import DepositTrace

WINDOW = timedelta(days=1)
PER_ADDRESS = 60  # a day; a delegate's meeting of sixty people shares one connection
PER_CONTACT = 5
FILES_PER_ADDRESS = 200  # files put aside a day
QUICKEST = timedelta(seconds=4)  # nobody reads and fills three screens faster
_SALT = "ideas.opened"


class TooManyDeposits(Exception):
    """The day's number is reached; `by` says for what: "address", "contact" or "files"."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by


def note(kind: str, value: str, most: int, at: datetime) -> None:
    """Count one act of `kind` by `value`; raises `TooManyDeposits` when there were `most` in the last day."""
    _check(kind, value, most, at)
    DepositTrace.objects.filter(at__lt=at - WINDOW).delete()
    DepositTrace.objects.create(digest=_digest(kind, value), at=at)


def note_deposit(*, address: str, contact: str, at: datetime) -> None:
    """Count one deposit by a stranger. Raises `TooManyDeposits`, then nothing is counted."""
    _check("contact", contact, PER_CONTACT, at)
    note("address", address, PER_ADDRESS, at)
    note("contact", contact, PER_CONTACT, at)


def note_file(*, address: str, at: datetime) -> None:
    """Count one file put aside. Raises `TooManyDeposits`."""
    note("files", address, FILES_PER_ADDRESS, at)


def stamp(key: str, at: datetime) -> str:
    """The signed moment at which the form `key` was opened."""
    return signing.dumps([key, at.timestamp()], salt=_SALT)


def filled_by_hand(stamped: str, key: str, at: datetime) -> bool:
    """Whether the form `key` was opened by us, and long enough ago for a person to have filled it."""
    try:
        signed_key, opened = signing.loads(stamped, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return bool(signed_key == key and at.timestamp() - opened >= QUICKEST.total_seconds())


def _check(kind: str, value: str, most: int, at: datetime) -> None:
    recent = DepositTrace.objects.filter(digest=_digest(kind, value), at__gt=at - WINDOW)
    if recent.count() >= most:
        raise TooManyDeposits(kind)


def _digest(kind: str, value: str) -> str:
    """Unreadable without the site's key: the table tells nobody who wrote."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{kind}:{value.lower()}".encode(), sha256).hexdigest()
