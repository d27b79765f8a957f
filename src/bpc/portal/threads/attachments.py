"""Files that come with a message, by the site or by e-mail: checked by their content, one rule for both."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import BinaryIO

from django.conf import settings
from django.db.models import Sum

from bpc.portal.foundation.kept_files import delete_files, random_file, shown_name
from bpc.portal.foundation.sounds import is_sound
from bpc.portal.projects.received import MAX_BYTES, PaperRefusal, RefusedPaper, received_paper
from bpc.portal.threads.models import Message, MessageFile
from bpc.portal.threads.states import FileKind
from bpc.portal.threads.voice import RefusedVoice, received_voice

MOST_FILES = 5  # of one message
MOST_PROJECT_BYTES = 300 * 1024 * 1024  # in all the threads of a project


class TooManyFiles(Exception):
    """More files than one message may carry."""


class NoRoom(Exception):
    """The threads of the project hold all the bytes they may."""


class RefusedFile(Exception):
    """A file is not taken: its name, and why."""

    def __init__(self, name: str, reason: Enum) -> None:
        super().__init__(f"{name}: {reason.value}")
        self.name, self.reason = name, reason


@dataclass(frozen=True)
class Upload:
    """A file as it came: its bytes, how many are announced, the name it had."""

    file: BinaryIO
    size: int
    name: str


@dataclass(frozen=True)
class Received:
    """A file as it will be kept."""

    kind: FileKind
    content: bytes
    content_type: str
    name: str
    seconds: int | None = None


def receive(upload: Upload) -> Received:
    """One file. Raises `RefusedFile` with a `PaperRefusal` or a `VoiceRefusal`."""
    if upload.size > MAX_BYTES:
        raise RefusedFile(upload.name, PaperRefusal.TOO_HEAVY)
    data = upload.file.read(MAX_BYTES + 1)
    if is_sound(data):
        try:
            voice = received_voice(data)
        except RefusedVoice as refusal:
            raise RefusedFile(upload.name, refusal.reason) from None
        name = shown_name(upload.name, voice.ending, "message-vocal")
        return Received(FileKind.VOICE, voice.content, voice.content_type, name, voice.seconds)
    try:
        paper = received_paper(BytesIO(data), len(data), settings.SCANNER)
    except RefusedPaper as refusal:
        raise RefusedFile(upload.name, refusal.reason) from None
    kind = FileKind.DOCUMENT if paper.ending == "pdf" else FileKind.PHOTO
    return Received(kind, paper.content, paper.content_type, shown_name(upload.name, paper.ending, "fichier"))


def receive_all(uploads: Iterable[Upload]) -> list[Received]:
    """Every file of a message, or none. Raises `TooManyFiles`, `RefusedFile`."""
    files = list(uploads)
    if len(files) > MOST_FILES:
        raise TooManyFiles
    return [receive(upload) for upload in files]


def attach(message: Message, files: Iterable[Received]) -> None:
    """Keep the files with their message. Raises `NoRoom`."""
    kept = list(files)
    if not kept:
        return
    project = message.thread.project_id
    rows = MessageFile.objects.filter(message__thread__project=project)
    taken = rows.aggregate(bytes=Sum("size"))["bytes"] or 0
    if taken + sum(len(file.content) for file in kept) > MOST_PROJECT_BYTES:
        raise NoRoom
    for file in kept:
        MessageFile.objects.create(
            message=message, kind=file.kind, file=random_file(file.content), original_name=file.name,
            content_type=file.content_type, size=len(file.content), seconds=file.seconds,
        )  # fmt: skip


def delete_files_of(files: Iterable[MessageFile]) -> None:
    """The files and their rows."""
    gone = list(files)
    delete_files([str(file.file.name) for file in gone])
    MessageFile.objects.filter(pk__in=[file.pk for file in gone]).delete()


def delete_files_of_projects(projects: Iterable[int]) -> None:
    """The files of projects about to be erased; their rows go with the projects."""
    rows = MessageFile.objects.filter(message__thread__project__in=list(projects))
    delete_files(list(rows.values_list("file", flat=True)))
