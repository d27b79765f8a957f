"""Who reads and writes messages on a project, and who reads the notes of its staff: rule and queryset side by side.

Messages: whoever sees the project, its group and the advisor an owner let in; all of them write, until it is archived.
Notes: the advisor let in. A delegate of the project's region reads a note only once the advisor shared it, and nothing
else of the project. Whoever belongs to the group never reads a note, whatever their role.
"""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.roles import Role
from bpc.portal.projects import visibility as projects
from bpc.portal.projects.models import Project
from bpc.portal.threads.models import FormerText, Message, MessageFile, ReadMark, StaffNote, Thread


def can_see_thread(person: Any, thread: Thread) -> bool:
    """Whoever sees the project."""
    return projects.can_see_project(person, thread.project)


def threads_visible_to(person: Any) -> QuerySet[Thread]:
    """The threads `can_see_thread` allows."""
    return Thread.objects.filter(project__in=projects.projects_visible_to(person))


def can_see_in_thread(person: Any, row: Message | ReadMark) -> bool:
    """Messages, and how far each has read them: whoever sees the thread."""
    return can_see_thread(person, row.thread)


def messages_visible_to(person: Any) -> QuerySet[Message]:
    """The messages `can_see_in_thread` allows."""
    return Message.objects.filter(thread__project__in=projects.projects_visible_to(person))


def marks_visible_to(person: Any) -> QuerySet[ReadMark]:
    """The read marks `can_see_in_thread` allows."""
    return ReadMark.objects.filter(thread__project__in=projects.projects_visible_to(person))


def can_see_of_message(person: Any, part: FormerText | MessageFile) -> bool:
    """Files and former texts: whoever sees the message."""
    return can_see_in_thread(person, part.message)


def files_visible_to(person: Any) -> QuerySet[MessageFile]:
    """The files `can_see_of_message` allows."""
    return MessageFile.objects.filter(message__thread__project__in=projects.projects_visible_to(person))


def former_visible_to(person: Any) -> QuerySet[FormerText]:
    """The former texts `can_see_of_message` allows."""
    return FormerText.objects.filter(message__thread__project__in=projects.projects_visible_to(person))


def keeps_notes(person: Any, project: Project) -> bool:
    """The advisor let in, who is not of the group."""
    return projects.advises(person, project) and not projects.belongs_to(person, project)


def can_see_note(person: Any, note: StaffNote) -> bool:
    """The advisor let in; once shared, the delegates of the region too; never a member of the group."""
    if not person.is_authenticated or projects.belongs_to(person, note.project):
        return False
    shared = note if note.root is None else note.root
    is_delegate = note.project.region_id in person.regions_as(Role.DELEGATE)
    return projects.advises(person, note.project) or (shared.shared_at is not None and is_delegate)


def notes_visible_to(person: Any) -> QuerySet[StaffNote]:
    """The notes `can_see_note` allows."""
    if not person.is_authenticated:
        return StaffNote.objects.none()
    shared = Q(shared_at__isnull=False) | Q(root__shared_at__isnull=False)
    of_region = Q(project__region__in=person.regions_as(Role.DELEGATE))
    return StaffNote.objects.filter(
        Q(project__in=projects.projects_advised_by(person)) | (shared & of_region)
    ).exclude(project__in=projects.memberships_of(person).values("project"))


def may_write(person: Any, row: Project | Thread | None) -> bool:
    """Whoever sees the project, while it is not archived."""
    project = row.project if isinstance(row, Thread) else row
    return project is not None and project.archived_at is None and projects.can_see_project(person, project)


def may_change(person: Any, message: Message | None) -> bool:
    """The author of a message that stands, who may still write there."""
    if message is None or not person.is_authenticated or message.author_id != person.pk:
        return False
    return message.withdrawn_at is None and may_write(person, message.thread)


def may_note(person: Any, project: Project | None) -> bool:
    """`keeps_notes`, while the project is not archived."""
    return project is not None and project.archived_at is None and keeps_notes(person, project)


def may_share(person: Any, note: StaffNote | None) -> bool:
    """The advisor let in, for a note that is no answer."""
    return note is not None and note.root_id is None and may_note(person, note.project)


def may_answer(person: Any, note: StaffNote | None) -> bool:
    """Whoever sees the note."""
    return note is not None and note.root_id is None and can_see_note(person, note)


def may_read_shared(person: Any, _row: Any = None) -> bool:
    """The delegates."""
    return bool(person.is_authenticated) and person.holds(Role.DELEGATE)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Thread, can_see=can_see_thread, visible_to=threads_visible_to)
    declare_visibility(Message, can_see=can_see_in_thread, visible_to=messages_visible_to)
    declare_visibility(ReadMark, can_see=can_see_in_thread, visible_to=marks_visible_to)
    declare_visibility(FormerText, can_see=can_see_of_message, visible_to=former_visible_to)
    declare_visibility(MessageFile, can_see=can_see_of_message, visible_to=files_visible_to)
    declare_visibility(StaffNote, can_see=can_see_note, visible_to=notes_visible_to)
    declare_right(
        "threads.write", "Écrire des messages sur un projet (son groupe et le conseiller admis)", may_write
    )
    declare_right("threads.change", "Corriger ou retirer un message (la personne qui l’a écrit)", may_change)
    declare_right(
        "threads.note", "Tenir des notes entre agents sur un projet (le conseiller admis)", may_note
    )
    declare_right(
        "threads.share_note",
        "Partager une note avec les délégués de la région (le conseiller admis)",
        may_share,
    )
    declare_right(
        "threads.answer_note",
        "Répondre à une note entre agents (le conseiller admis, et les délégués avec qui elle est partagée)",
        may_answer,
    )
    declare_right(
        "threads.shared_notes", "Lire les notes partagées de sa région (les délégués)", may_read_shared
    )
