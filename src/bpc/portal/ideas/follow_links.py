"""Signed links for authors without an account: to see what became of an idea, and to amend it.

A link names one idea, one purpose, and expires. `web:idea_follow` gives the first after reference and contact
were matched; mails and that page give the second. `web:idea_edit` accepts it as `?lien=…`: it calls
`idea_to_amend(token)`, which answers only while the idea is returned, and saves with `actor=None`.
"""

from datetime import timedelta

from django.core import signing

from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState

FOLLOW_LIFETIME = timedelta(hours=2)
AMEND_LIFETIME = timedelta(days=30)
_FOLLOW, _AMEND = "ideas.follow", "ideas.amend"


def make_follow_token(idea: Idea) -> str:
    """A token that shows what became of `idea`, for two hours."""
    return signing.dumps(idea.pk, salt=_FOLLOW)


def make_amend_token(idea: Idea) -> str:
    """A token that opens the amending of `idea`, and of it alone, for thirty days."""
    return signing.dumps(idea.pk, salt=_AMEND)


def idea_to_follow(token: str) -> Idea | None:
    """The idea of a follow token; None when it is forged, expired, or the idea now belongs to an account."""
    return _idea(token, _FOLLOW, FOLLOW_LIFETIME)


def idea_to_amend(token: str) -> Idea | None:
    """The returned idea of an amend token; None when forged, expired, of an account, or not returned."""
    idea = _idea(token, _AMEND, AMEND_LIFETIME)
    return idea if idea is not None and idea.state == IdeaState.RETURNED else None


def _idea(token: str, salt: str, lifetime: timedelta) -> Idea | None:
    try:
        key = signing.loads(token, salt=salt, max_age=lifetime)
    except signing.BadSignature:
        return None
    known = Idea.objects.select_related("sector", "commune", "province", "region", "merged_into")
    return known.filter(pk=key, author=None).first()
