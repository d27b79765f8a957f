"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave.

Notes between staff are no messages: their authors find their own; members of a group are told that there are some, on
which project, how many and until when, and how to ask what concerns them. Their words are given by a person, who takes
out what concerns others: the law gives everybody their own data (law 09-08, article 7), not that of the rest.
"""

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext_lazy as _

from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding
from bpc.portal.projects.belongings import declare_belonging
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import memberships_of
from bpc.portal.threads.attachments import delete_files_of_projects
from bpc.portal.threads.models import Message, ReadMark, StaffNote, Thread


def declare() -> None:
    """Called once when the app is ready."""
    declare_belonging(delete_files_of_projects)
    for holding in (
        Holding(
            "messages",
            _("Vos messages sur des projets"),
            ("threads.Message.author", "threads.Thread.opened_by"),
            _messages,
            _("Ils restent au groupe, sans votre nom. Vous pouvez les retirer avant de partir."),
            _forget_messages,
        ),
        Holding(
            "messages_read",
            _("Jusqu’où vous avez lu les messages"),
            ("threads.ReadMark.user",),
            _marks,
            _("Effacé."),
            _forget_marks,
        ),
        Holding(
            "staff_notes",
            _("Vos notes entre agents"),
            ("threads.StaffNote.author",),
            _notes,
            _("Elles restent aux conseillers du projet, sans votre nom."),
            _forget_notes,
        ),
        Holding(
            "staff_notes_on_projects",
            _("Les notes que des agents tiennent sur vos projets (demandez par écrit ce qui vous concerne)"),
            (),
            _notes_on_projects,
            _("Elles partent avec le projet."),
            _nothing,
        ),
    ):
        declare_holding(holding)


def _messages(user: User) -> list[Row]:
    opened = Thread.objects.filter(opened_by=user).select_related("project").order_by("pk")
    rows: QuerySet[Message] = (
        Message.objects.filter(author=user)
        .select_related("thread__project")
        .prefetch_related("files", "former")
        .order_by("pk")
    )
    return [
        *({"code": one.project.reference, "title": one.subject, "at": one.opened_at} for one in opened),
        *(
            {
                "code": row.thread.project.reference, "title": row.thread.subject, "text": row.text,
                "language": row.language, "files": [file.original_name for file in row.files.all()],
                "former": [former.text for former in row.former.all()], "at": row.written_at,
                "withdrawn": row.withdrawn_at,
            }
            for row in rows
        ),
    ]  # fmt: skip


def _forget_messages(user: User) -> None:
    Message.objects.filter(author=user).update(author=None)
    Thread.objects.filter(opened_by=user).update(opened_by=None)


def _marks(user: User) -> list[Row]:
    rows = ReadMark.objects.filter(user=user).select_related("thread__project").order_by("pk")
    return [
        {"code": row.thread.project.reference, "title": row.thread.subject, "read": row.number,
         "at": row.read_at}
        for row in rows
    ]  # fmt: skip


def _forget_marks(user: User) -> None:
    ReadMark.objects.filter(user=user).delete()


def _notes(user: User) -> list[Row]:
    rows = StaffNote.objects.filter(author=user).select_related("project").order_by("pk")
    return [
        {"code": row.project.reference, "text": row.text, "language": row.language, "at": row.written_at}
        for row in rows
    ]


def _forget_notes(user: User) -> None:
    StaffNote.objects.filter(author=user).update(author=None)


def _notes_on_projects(user: User) -> list[Row]:
    """How many, never what they say."""
    projects = (
        Project.objects.filter(pk__in=memberships_of(user).values("project"), staff_notes__isnull=False)
        .annotate(notes=Count("staff_notes"), last=Max("staff_notes__written_at"))
        .order_by("pk")
    )
    return [{"code": one.reference, "how_many": one.notes, "at": one.last} for one in projects]


def _nothing(user: User) -> None:
    """Nothing in it points to the person."""
