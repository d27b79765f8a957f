"""An idea enters an ideathon: its title, place, sector, words and photos are carried over, nothing is typed twice."""

import secrets
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction

from bpc.portal.contests.entry_actions import EntryContent, start_entry
from bpc.portal.contests.entry_queries import own_ideas
from bpc.portal.contests.models import Edition, Entry
from bpc.portal.ideas.models import Attachment, Idea
from bpc.portal.ideas.states import Speaker
from bpc.portal.people.queries import organisations_of

_PITCH = 600
# the fields of an edition's form that an idea answers, by their usual codes
NEED, PROPOSAL = ("need", "problem", "besoin"), ("proposal", "solution", "proposition")
_ENTRANTS = {Speaker.COOPERATIVE: "cooperative", Speaker.ASSOCIATION: "association", Speaker.HOLDER: "group"}


def enter_from_idea(
    *, edition: Edition, idea: Idea, submission_key: UUID, actor: Any, at: Any
) -> tuple[Entry, bool]:
    """The draft made from an idea of the actor's (by account, or by the contact left with it and proved since).

    Raises what `start_entry` raises, and `PermissionDenied` for somebody else's idea.
    """
    with transaction.atomic():
        made_before = Entry.objects.filter(submission_key=submission_key).exists()
        if (
            not made_before
            and not own_ideas(actor, edition).filter(pk=idea.pk).exists()
            and not _is_own(idea, actor)
        ):
            raise PermissionDenied("not one's own idea")
        entry, is_new = start_entry(
            edition=edition, content=_content(edition, idea, actor), submission_key=submission_key, actor=actor,
            at=at, idea=idea,
        )  # fmt: skip
        if is_new:
            for attachment in idea.attachments.all():
                _copy(attachment, entry)
    return entry, is_new


def pitch_of(text: str) -> str:
    """The beginning of a text as a pitch: whole sentences where it is too long.

    >>> pitch_of("Un séchoir partagé.")
    'Un séchoir partagé.'
    >>> len(pitch_of("Nous séchons des figues. " * 60)) <= 600, pitch_of("Nous séchons des figues. " * 60)[-8:]
    (True, 'figues. ')
    """
    if len(text) <= _PITCH:
        return text
    cut = text[: _PITCH - 1]
    end = max(cut.rfind(mark) for mark in (". ", "؟ ", "? ", ".\n"))
    return f"{cut[: end + 1]} " if end > _PITCH // 3 else f"{cut}…"


def _is_own(idea: Idea, actor: Any) -> bool:
    """Of the actor's by account: `start_entry` then says where it stands already."""
    return bool(actor.is_authenticated and idea.author_id == actor.pk)


def _content(edition: Edition, idea: Idea, actor: Any) -> EntryContent:
    speaks_for = (
        organisations_of(actor).filter(pk=idea.organisation_id).exists() if idea.organisation_id else False
    )
    return EntryContent(
        title=idea.title, language=idea.language, sector_id=idea.sector_id, commune=idea.commune,
        summary=pitch_of(idea.proposal).strip(), answers=_answers(edition, idea),
        entrant=_ENTRANTS.get(Speaker(idea.speaker), ""),
        organisation_id=idea.organisation_id if speaks_for else None,
    )  # fmt: skip


def _answers(edition: Edition, idea: Idea) -> dict[str, str]:
    """What the idea says, under the fields of the form that ask it; cut at the length the form takes."""
    said = dict.fromkeys(NEED, idea.need) | dict.fromkeys(PROPOSAL, idea.proposal)
    fields = [field for field in edition.form if field["code"] in said]
    return {field["code"]: said[field["code"]][: int(field.get("max") or 5000)] for field in fields}


def _copy(attachment: Attachment, entry: Entry) -> None:
    """A file of its own for the entry: erasing the idea's leaves it."""
    stem = secrets.token_hex(12)
    ending = "pdf" if attachment.kind == Attachment.Kind.DOCUMENT else "jpg"
    values = {
        name: getattr(attachment, name)
        for name in ("kind", "original_name", "content_type", "size", "width", "height", "alt", "position")
    }
    copies: dict[str, Any] = {"file": ContentFile(_bytes_of(attachment.file), f"{stem}.{ending}")}
    if attachment.thumbnail:
        copies["thumbnail"] = ContentFile(_bytes_of(attachment.thumbnail), f"{stem}-s.{ending}")
    entry.attachments.create(**values, **copies)


def _bytes_of(stored: Any) -> bytes:
    with stored.open("rb") as file:
        content: bytes = file.read()
    return content
