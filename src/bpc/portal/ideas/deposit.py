"""The author's verbs: start a draft, propose, submit, amend, withdraw, discard.

Each is atomic and leaves its audit row. Sending one form twice (same `submission_key`) makes one idea. An
author without an account is the actor None: what they may do was proved before, by a signed link.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.ideas import near, notices
from bpc.portal.ideas.handing_in import KeyTaken, StaleForm, begin, check_speaks_for, locked_at, rewrite
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.pending import attach_pending, describe_attachments, drop_attachments
from bpc.portal.ideas.states import IDEA_MOVES, Door, IdeaState
from bpc.portal.reference.models import Territory

__all__ = [
    "Content", "KeyTaken", "StaleForm", "amend", "discard", "propose", "start", "submit", "withdraw"
]  # fmt: skip


@dataclass(frozen=True)
class Content:
    """What an author says. `lon`, `lat` in degrees, or both None: then the commune alone says where.

    `organisation_id`: in whose name, one the author belongs to; None for themselves.
    """

    title: str
    need: str
    proposal: str
    language: str
    sector_id: str
    commune: Territory
    speaker: str
    organisation_id: int | None = None
    audience: str = ""
    lon: float | None = None
    lat: float | None = None
    show_author: bool = False
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of `Idea` these words fill, province and region repeated from the commune."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return values | {"province_id": self.commune.province_code, "region_id": self.commune.region_code}


def start(*, content: Content, submission_key: UUID, actor: Any, at: Any) -> Idea:
    """The draft made of this form, or the idea it already made. Raises `KeyTaken`."""
    with transaction.atomic():
        idea, is_new = begin(Idea, content.columns(), submission_key, actor, at)
        if is_new:
            attach_pending(idea, submission_key)
            record(actor=actor, verb="start", obj=idea, at=at, after=idea.state)
    return idea


def propose(
    *, content: Content, submission_key: UUID, actor: Any, at: Any, door: str = Door.WEB, reference: str = "",
    tells: bool = True,
) -> tuple[Idea, bool]:  # fmt: skip
    """Hand in a new idea at once; returns it and whether it is new (False: the form was sent before).

    `door`: how it reached us. `reference`: its code when it was printed before, else a fresh one. `tells`: whether its
    region and its author are told; not of each of two thousand lines of a file. Raises `KeyTaken`.
    """
    columns = content.columns() | {"door": door} | ({"reference": reference} if reference else {})
    with transaction.atomic():
        idea, is_new = begin(Idea, columns, submission_key, actor, at)
        if is_new:
            attach_pending(idea, submission_key)
            submit(idea=idea, actor=actor, at=at, tells=tells)
    return idea, is_new


def submit(*, idea: Idea, actor: Any, at: Any, tells: bool = True) -> Idea:
    """Hand in a draft or a returned idea; its region is told, unless `tells` says no."""
    with transaction.atomic():
        move(idea, IDEA_MOVES, "submit", actor=actor, at=at)
        near.index(idea)
        if tells:
            notices.tell_submitted(idea, at=at)
    return idea


def amend(
    *,
    idea: Idea,
    content: Content,
    version: int,
    submission_key: UUID,
    actor: Any,
    at: Any,
    removed_files: tuple[int, ...] = (),
    photo_words: Mapping[int, str] | None = None,
    then_submit: bool = False,
) -> Idea:
    """Write new words into a draft or a returned idea, read when it was at `version`; hand it in if asked.

    Files waiting under `submission_key` are added; `photo_words` says what the photos it has show. Raises
    `StaleForm` when somebody changed it since, `IllegalMove` when it is no longer to be amended.
    """
    with transaction.atomic():
        row = locked_at(idea, version)
        _check_amendable(row, actor)
        check_speaks_for(content.organisation_id, actor)
        changed = rewrite(row, content.columns())
        drop_attachments(row, removed_files)
        describe_attachments(row, photo_words or {})
        attach_pending(row, submission_key)
        record(
            actor=actor, verb="amend", obj=row, at=at, before=row.state, after=row.state, data={"changed": changed}
        )  # fmt: skip
        if then_submit:
            submit(idea=row, actor=actor, at=at)
    return row


def withdraw(*, idea: Idea, actor: Any, at: Any) -> Idea:
    """Take one's own idea back before it is published; it is archived and nobody publishes it."""
    with transaction.atomic():
        move(idea, IDEA_MOVES, "withdraw", actor=actor, at=at)
        near.forget(idea)
        outdate("ideas")
    return idea


def discard(*, idea: Idea, actor: Any, at: Any) -> None:
    """Delete a draft nobody else has seen, with its files. Raises `IllegalMove` once it was handed in."""
    with transaction.atomic():
        row = Idea.objects.select_for_update().get(pk=idea.pk)
        check(actor, "ideas.withdraw", row)
        if row.state != IdeaState.DRAFT:
            raise IllegalMove(row.state)
        record(actor=actor, verb="discard", obj=row, at=at, before=row.state)
        drop_attachments(row, row.attachments.values_list("pk", flat=True))
        row.delete()


def _check_amendable(idea: Idea, actor: Any) -> None:
    if idea.state not in {IdeaState.DRAFT, IdeaState.RETURNED}:
        raise IllegalMove(f"amend: {idea.state}")
    if actor is not None:
        check(actor, "ideas.edit", idea)
