"""Secrets kept at rest: sealed in the database, so that a copy of it alone opens nothing.

The seal follows from `SECRET_KEY`; after a change of it, what was sealed under the former one is still opened while
that one stands in `SECRET_KEY_FALLBACKS`.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class BrokenSeal(Exception):
    """What was sealed does not open: another `SECRET_KEY`, or it was altered."""


def seal(secret: str, purpose: str) -> str:
    """The secret as it is kept. `purpose` is needed to open it, so that one kind is never taken for another."""
    return _seals(purpose).encrypt(secret.encode()).decode()


def unseal(kept: str, purpose: str) -> str:
    """The secret itself. Raises `BrokenSeal`."""
    try:
        return _seals(purpose).decrypt(kept.encode()).decode()
    except InvalidToken:
        raise BrokenSeal(purpose) from None


def _seals(purpose: str) -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_derived(key, purpose)) for key in keys])


def _derived(key: str, purpose: str) -> bytes:
    step = HKDF(SHA256(), 32, salt=b"bpc.portal.foundation.sealing", info=purpose.encode())
    return base64.urlsafe_b64encode(step.derive(key.encode()))
