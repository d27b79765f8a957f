"""A mail that came for the site → a message, or the reason why not. Never an answer by e-mail to whoever wrote it.

Its address must be one the site made (see `reply_addresses`), its sender the person of that address: both, since a
sender is easily forged and an address easily passed on. The person then may do what they may do on the site, no more.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.foundation.permissions import can
from bpc.portal.ideas.languages import language_of
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.threads.attachments import MOST_FILES, NoRoom, Received, RefusedFile, receive
from bpc.portal.threads.mail.reading import (
    MAX_BYTES,
    Contents,
    Envelope,
    UnreadableMail,
    read_contents,
    read_envelope,
)
from bpc.portal.threads.models import LONGEST_TEXT, Message, ReceivedMail, Thread
from bpc.portal.threads.notices import LEFT_FILES, OTHER_SENDER, REFUSED_MAIL
from bpc.portal.threads.reply_addresses import read_token
from bpc.portal.threads.states import MailOutcome, Origin
from bpc.portal.threads.visibility import can_see_thread
from bpc.portal.threads.writing import Said, TooManyMessages, write


class _Refused(Exception):
    """Not kept; why."""

    def __init__(self, outcome: MailOutcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


@dataclass(frozen=True)
class _Correspondent:
    thread: Thread
    person: User


@dataclass(frozen=True)
class _Letter:
    """What a mail says, its files judged; `left` files were not kept."""

    said: Said
    left: int


def receive_mail(raw: bytes, *, at: datetime, recipient: str = "") -> MailOutcome:
    """Keep a mail as a message of its thread. The same mail again changes nothing and tells what it told first."""
    try:
        envelope = read_envelope(raw, recipient)
    except UnreadableMail:
        return MailOutcome.UNREADABLE
    if envelope.is_automatic:
        return MailOutcome.AUTOMATIC
    found = _correspondent(envelope)
    if found is None:  # nothing is noted of a mail anybody may send to any address
        return MailOutcome.UNADDRESSED
    known = ReceivedMail.objects.filter(digest=envelope.digest).first()
    if known is not None:
        return MailOutcome(known.outcome)
    try:
        letter: _Letter | _Refused = _opened(
            raw, envelope, found
        )  # before the transaction: scanning takes a while
    except _Refused as refusal:
        letter = refusal
    return _noted(envelope.digest, found, letter, at)


@transaction.atomic
def _noted(digest: str, found: _Correspondent, letter: _Letter | _Refused, at: datetime) -> MailOutcome:
    note, is_new = ReceivedMail.objects.get_or_create(
        digest=digest, defaults={"outcome": MailOutcome.KEPT, "received_at": at}
    )
    if not is_new:
        return MailOutcome(note.outcome)
    try:
        if isinstance(letter, _Refused):
            raise letter
        note.message = _keep(letter, found, at)
    except _Refused as refusal:
        note.outcome = refusal.outcome
        _tell_refusal(found, refusal.outcome, at)
    note.save(update_fields=["outcome", "message"])
    return MailOutcome(note.outcome)


def _correspondent(envelope: Envelope) -> _Correspondent | None:
    """The thread and the person of the address it was sent to."""
    said = read_token(envelope.token) if envelope.token else None
    if said is None:
        return None
    thread = Thread.objects.select_related("project").filter(pk=said[0]).first()
    person = User.objects.filter(pk=said[1], is_active=True).first()
    return None if thread is None or person is None else _Correspondent(thread, person)


def _opened(raw: bytes, envelope: Envelope, found: _Correspondent) -> _Letter:
    thread, person = found.thread, found.person
    if not person.email or envelope.sender != person.email.lower():
        raise _Refused(MailOutcome.OTHER_SENDER)
    if not can(person, "threads.write", thread):
        raise _Refused(MailOutcome.CLOSED)
    if len(raw) > MAX_BYTES:
        raise _Refused(MailOutcome.TOO_HEAVY)
    try:
        contents = read_contents(raw)
    except UnreadableMail:
        raise _Refused(MailOutcome.UNREADABLE) from None
    files, left = _files(contents)
    if not contents.text and not files:
        raise _Refused(MailOutcome.EMPTY)
    if len(contents.text) > LONGEST_TEXT:
        raise _Refused(MailOutcome.TOO_LONG)
    said = Said(
        contents.text, language_of(contents.text), files,
        uuid5(NAMESPACE_URL, f"mail:{envelope.digest}"), Origin.MAIL,
    )  # fmt: skip
    return _Letter(said, left)


def _keep(letter: _Letter, found: _Correspondent, at: datetime) -> Message:
    message, without_files = _write(found.thread, letter.said, found.person, at)
    if letter.left or without_files:
        notify(user=found.person, kind=LEFT_FILES, data=_about(found.thread), at=at)
    return message


def _files(contents: Contents) -> tuple[tuple[Received, ...], int]:
    """The files that may be kept, and how many were left."""
    kept: list[Received] = []
    for upload in contents.uploads[:MOST_FILES]:
        try:
            kept.append(receive(upload))
        except RefusedFile:
            continue
    return tuple(kept), len(contents.uploads) - len(kept)


def _write(thread: Thread, said: Said, person: User, at: datetime) -> tuple[Message, bool]:
    """The message, without its files where the project has no room for them; whether it was so."""
    try:
        with transaction.atomic():
            return write(thread=thread, said=said, actor=person, at=at), False
    except TooManyMessages:
        raise _Refused(MailOutcome.TOO_MANY) from None
    except PermissionDenied:
        raise _Refused(MailOutcome.CLOSED) from None
    except NoRoom:
        if not said.text:
            raise _Refused(MailOutcome.EMPTY) from None
    bare = Said(said.text, said.language, (), said.submission_key, said.origin)
    return write(thread=thread, said=bare, actor=person, at=at), True


def _about(thread: Thread) -> dict[str, object]:
    return {"reference": thread.project.reference, "thread": thread.pk}


def _tell_refusal(found: _Correspondent, outcome: MailOutcome, at: datetime) -> None:
    """Tell the person of the address, whoever wrote; nobody who does not see the thread any more."""
    if not can_see_thread(found.person, found.thread):
        return
    kind = OTHER_SENDER if outcome == MailOutcome.OTHER_SENDER else REFUSED_MAIL
    notify(user=found.person, kind=kind, data=_about(found.thread), at=at)
