"""Signed links for people registered without an account: to see their registration and to cancel it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing

LIFETIME = timedelta(days=400)  # longer than any event is announced ahead; contacts are erased before


@dataclass(frozen=True)
class SeatLinks:
    """The tokens of the registrations of one room, under a `salt` of its own."""

    salt: str

    def token(self, registration: Any) -> str:
        """The token of one registration, for whoever made it."""
        return signing.dumps(registration.pk, salt=self.salt)

    def key(self, token: str) -> int:
        """The key of the registration a token names; 0, which is none, when it is forged or expired."""
        try:
            key: int = signing.loads(token, salt=self.salt, max_age=LIFETIME)
        except signing.BadSignature:
            return 0
        return key
