"""Signed links for authors without an account: to see what became of an idea, and to amend it.

A link names one idea, one purpose, and expires. `web:idea_follow` gives the first after reference and contact
were matched; mails and that page give the second. `web:idea_edit` accepts it as `?lien=…`: it calls
`idea_to_amend(token)`, which answers only while the idea is returned, and saves with `actor=None`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from django.core import signing
from django.db.models import Model

from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState

W = TypeVar("W", bound=Model)
FOLLOW_LIFETIME = timedelta(hours=2)
AMEND_LIFETIME = timedelta(days=30)


@dataclass(frozen=True)
class SignedLinks(Generic[W]):
    """The links to rows of `model`, which have an author and a state; no token of one model opens another."""

    model: type[W]
    salt: str
    joins: tuple[str, ...]

    def to_follow(self, written: W) -> str:
        """A token that shows what became of `written`, for two hours."""
        return signing.dumps(written.pk, salt=f"{self.salt}.follow")

    def to_amend(self, written: W) -> str:
        """A token that opens the amending of `written`, and of it alone, for thirty days."""
        return signing.dumps(written.pk, salt=f"{self.salt}.amend")

    def followed(self, token: str) -> W | None:
        """What a follow token names; None when it is forged, expired, or now belongs to an account."""
        return self._named(token, "follow", FOLLOW_LIFETIME)

    def amended(self, token: str) -> W | None:
        """What an amend token names; None when forged, expired, of an account, or not returned."""
        written = self._named(token, "amend", AMEND_LIFETIME)
        returned = written is not None and getattr(written, "state", "") == IdeaState.RETURNED
        return written if returned else None

    def _named(self, token: str, purpose: str, lifetime: timedelta) -> W | None:
        try:
            key = signing.loads(token, salt=f"{self.salt}.{purpose}", max_age=lifetime)
        except signing.BadSignature:
            return None
        known = self.model._default_manager.select_related(*self.joins)
        return known.filter(pk=key, author=None).first()


_IDEAS = SignedLinks(Idea, "ideas", ("sector", "commune", "province", "region", "merged_into"))
make_follow_token, make_amend_token = _IDEAS.to_follow, _IDEAS.to_amend
idea_to_follow, idea_to_amend = _IDEAS.followed, _IDEAS.amended
