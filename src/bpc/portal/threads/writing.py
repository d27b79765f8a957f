"""What is done in threads: opened, written, put right, withdrawn, read."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.models import Notification
from bpc.portal.projects.actions import lock as lock_project
from bpc.portal.projects.models import Project
from bpc.portal.projects.signs import note_sign
from bpc.portal.threads.attachments import Received, attach, delete_files_of
from bpc.portal.threads.models import LONGEST_TEXT, FormerText, Message, ReadMark, Thread
from bpc.portal.threads.notices import NEW
from bpc.portal.threads.states import Origin
from bpc.portal.threads.telling import tell_others

CHANGE_WITHIN = timedelta(minutes=15)
MOST_AN_HOUR = 60  # messages of one person in a project: a machine that answers machines stops there
MOST_THREADS = 500  # of a project


class NothingSaid(Exception):
    """Neither words nor a file."""


class TooManyMessages(Exception):
    """More messages in an hour than a person writes, or more threads than a project may have."""


class TooLate(Exception):
    """The time to put a message right is over."""


@dataclass(frozen=True)
class Said:
    """What somebody writes. `language` is that of the text; `files` were received and found good."""

    text: str
    language: str
    files: tuple[Received, ...] = ()
    submission_key: UUID = field(default_factory=uuid4)
    origin: Origin = Origin.SITE

    def __post_init__(self) -> None:
        if not self.text.strip() and not self.files:
            raise NothingSaid
        if len(self.text) > LONGEST_TEXT:
            raise ValueError(f"a message has {LONGEST_TEXT} characters at most")


@transaction.atomic
def open_thread(
    *, project: Project, subject: str, language: str, said: Said, actor: Any, at: datetime
) -> Thread:
    """A new subject with its first message; the same form sent twice opens one thread.

    Raises `NoRoom`, `TooManyMessages`, `PermissionDenied`.
    """
    row = lock_project(project)
    check(actor, "threads.write", row)
    known = _known(said, actor)
    if known is not None and known.thread.project_id == row.pk:
        return known.thread
    if row.threads.count() >= MOST_THREADS:
        raise TooManyMessages
    made = Thread.objects.create(
        project=row, subject=subject, language=language, opened_by=actor, opened_at=at, last_at=at
    )
    record(actor=actor, verb="open thread", obj=made, at=at)
    _add(made, said, actor, at)
    return made


@transaction.atomic
def write(*, thread: Thread, said: Said, actor: Any, at: datetime) -> Message:
    """A message at the end of the thread; the same one sent twice is one message.

    Raises `NoRoom`, `TooManyMessages`, `PermissionDenied`.
    """
    row = _lock(thread)
    check(actor, "threads.write", row)
    known = _known(said, actor)
    if known is not None and known.thread_id == row.pk:
        return known
    return _add(row, said, actor, at)


def _lock(thread: Thread) -> Thread:
    """The thread as it is now, kept from others; its project as it is now."""
    row = Thread.objects.select_for_update().get(pk=thread.pk)
    row.project = Project.objects.get(pk=row.project_id)
    return row


def _known(said: Said, actor: Any) -> Message | None:
    """The message this form already made. Raises `PermissionDenied` for the key of somebody else's."""
    found = Message.objects.filter(submission_key=said.submission_key).select_related("thread").first()
    if found is not None and found.author_id != actor.pk:
        raise PermissionDenied("threads.write")
    return found


def _add(thread: Thread, said: Said, actor: Any, at: datetime) -> Message:
    recent = Message.objects.filter(
        author=actor, written_at__gt=at - timedelta(hours=1), thread__project=thread.project_id
    )
    if recent.count() >= MOST_AN_HOUR:
        raise TooManyMessages
    before = thread.last_number
    made = Message.objects.create(
        thread=thread, number=before + 1, author=actor, text=said.text.strip(),
        language=said.language if said.text.strip() else "", origin=said.origin,
        submission_key=said.submission_key, written_at=at,
    )  # fmt: skip
    attach(made, said.files)
    thread.last_number, thread.last_at = made.number, at
    thread.save(update_fields=["last_number", "last_at"])
    mark, _new = ReadMark.objects.get_or_create(thread=thread, user=actor)
    if mark.number == before:  # nothing of others was left unread: one's own words are not news
        ReadMark.objects.filter(pk=mark.pk).update(number=made.number, read_at=at)
    note_sign(thread.project_id, actor, at)
    record(actor=actor, verb="write message", obj=made, at=at, data={"origin": said.origin})
    transaction.on_commit(partial(tell_others, made.pk))
    return made


def _lock_message(message: Message) -> Message:
    row = Message.objects.select_for_update().get(pk=message.pk)
    row.thread = _lock(message.thread)
    return row


@transaction.atomic
def change_message(*, message: Message, text: str, language: str, actor: Any, at: datetime) -> None:
    """Put one's own words right within a quarter of an hour; what they said before stays under them.

    Raises `TooLate`, `NothingSaid`, `PermissionDenied`.
    """
    row = _lock_message(message)
    check(actor, "threads.change", row)
    if at > row.written_at + CHANGE_WITHIN:
        raise TooLate
    said = text.strip()
    if said == row.text:
        return
    if not said and not row.files.exists():
        raise NothingSaid
    FormerText.objects.create(message=row, text=row.text, language=row.language, until=at)
    row.text, row.language, row.edited_at = said, language if said else "", at
    row.save(update_fields=["text", "language", "edited_at"])
    record(actor=actor, verb="change message", obj=row, at=at)


@transaction.atomic
def withdraw_message(*, message: Message, actor: Any, at: datetime) -> None:
    """Take back one's own message: its words, files and former texts are erased, its place says so."""
    row = _lock_message(message)
    check(actor, "threads.change", row)
    delete_files_of(row.files.all())
    row.former.all().delete()
    row.text, row.language, row.edited_at, row.withdrawn_at = "", "", None, at
    row.save(update_fields=["text", "language", "edited_at", "withdrawn_at"])
    record(actor=actor, verb="withdraw message", obj=row, at=at)


@transaction.atomic
def mark_read(*, thread: Thread, number: int, actor: Any, at: datetime) -> None:
    """The person has the thread before their eyes up to this message; never moves back. No act for the trail."""
    last = Thread.objects.values_list("last_number", flat=True).get(pk=thread.pk)
    mark, _new = ReadMark.objects.get_or_create(thread=thread, user=actor)
    reached = max(min(number, last), mark.number)
    if reached > mark.number or reached == last:
        ReadMark.objects.filter(pk=mark.pk, number__lte=reached).update(number=reached, read_at=at)
    Notification.objects.filter(user=actor, kind=NEW, read_at=None, data__thread=thread.pk).update(read_at=at)
