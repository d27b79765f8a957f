"""A paper lent to an outside reader: a secret address, some days, every download noted.

The address holds 192 random bits and only its hash is kept, so neither guessing nor reading the database opens a
paper. It opens one paper as it was lent: replaced, erased, or its project archived, the address opens nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.vault.actions import lock_paper
from bpc.portal.vault.models import ShareDownload, ShareLink, VaultDocument

LONGEST = timedelta(days=30)
MOST_LINKS = 10  # running at once, of a paper
MOST_DOWNLOADS = 50  # of a link: a reader needs a few


class TooManyLinks(Exception):
    """The paper is lent to as many readers as it may be."""


@dataclass(frozen=True)
class Lent:
    """A new link and its secret, known only now."""

    link: ShareLink
    secret: str


@transaction.atomic
def share_paper(*, paper: VaultDocument, reader: str, days: int, actor: Any, at: datetime) -> Lent:
    """Lend a paper for so many days. Raises `PaperGone`, `TooManyLinks`, `PermissionDenied`, ValueError."""
    if not timedelta(0) < timedelta(days=days) <= LONGEST or not reader.strip():
        raise ValueError("a link has a reader, and one day to thirty")
    row = lock_paper(paper, actor)
    if running_links(row, at).count() >= MOST_LINKS:
        raise TooManyLinks
    secret = secrets.token_urlsafe(24)
    link = ShareLink.objects.create(
        paper=row, reader=reader.strip(), secret_hash=_hash(secret), made_by=actor, made_at=at,
        expires_at=at + timedelta(days=days),
    )  # fmt: skip
    record(actor=actor, verb="share paper", obj=row, at=at, data={"link": link.pk, "days": days})
    return Lent(link, secret)


@transaction.atomic
def revoke_link(*, link: ShareLink, actor: Any, at: datetime) -> None:
    """End a link now. Ended already, it stays as it is."""
    check(actor, "vault.edit", link.paper)
    ended = ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at, revoked_by=actor)
    if ended:
        record(actor=actor, verb="revoke link", obj=link.paper, at=at, data={"link": link.pk})


def running_links(paper: VaultDocument, at: datetime) -> QuerySet[ShareLink]:
    """The links of a paper that still open it."""
    return paper.links.filter(revoked_at=None, expires_at__gt=at)


def opened_link(secret: str, at: datetime) -> ShareLink | None:
    """What the address opens now; None for one that never was, and for one that ended, alike."""
    return (
        ShareLink.objects.select_related("paper__project")
        .filter(
            secret_hash=_hash(secret), revoked_at=None, expires_at__gt=at, paper__replaced_by=None,
            paper__deleted_at=None, paper__project__archived_at=None,
        )
        .first()
    )  # fmt: skip


@transaction.atomic
def note_download(*, link: ShareLink, at: datetime) -> bool:
    """Write down that the paper is taken; False once it was too often."""
    ShareLink.objects.select_for_update().get(pk=link.pk)
    if link.downloads.count() >= MOST_DOWNLOADS:
        return False
    ShareDownload.objects.create(link=link, at=at)
    return True


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
