"""Two threads of the demonstration project, in both languages, and a note that its advisor shares."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole
from bpc.portal.threads.models import Thread
from bpc.portal.threads.notes import share_note, write_note
from bpc.portal.threads.writing import Said, open_thread, write

_QUOTE = (
    "Nous avons reçu un premier devis pour le séchoir. Faut-il en demander un second avant de déposer la demande ?",
    "Oui, demandez-en deux : la division de l’action sociale compare. Gardez la date sur chaque devis.",
    "C’est fait, le second arrive jeudi.",
)
_MEETING = (
    "هل يمكننا أن نلتقي في مقر الجماعة قبل الجمع العام؟",
    "نعم، الثلاثاء على الساعة العاشرة. أحضروا لائحة المؤسسين.",
)
_NOTE = (
    "Le groupe avance bien. Il lui manque une personne pour tenir les comptes : une formation serait utile."
)


@transaction.atomic
def create_demo_threads() -> int:
    """Fill the demonstration project's messages where it has none; returns how many threads it opened.

    They go with the project when the demonstration is removed.
    """
    project = Project.objects.filter(is_demo=True, following=None, threads=None).order_by("pk").first()
    access = None if project is None else project.advisor_accesses.filter(ended_at=None).first()
    if project is None or access is None:
        return 0
    owner = project.members.filter(role=MemberRole.OWNER).select_related("user").order_by("pk")[0].user
    now = timezone.now()
    _fill(
        project, "Le second devis du séchoir", "fr", _QUOTE, (owner, access.advisor), now - timedelta(days=6)
    )
    _fill(project, "موعد اللقاء", "ar", _MEETING, (owner, access.advisor), now - timedelta(days=2))
    note = write_note(
        project=project, text=_NOTE, language="fr", submission_key=uuid4(), actor=access.advisor,
        at=now - timedelta(days=1),
    )  # fmt: skip
    share_note(note=note, shared=True, actor=access.advisor, at=now - timedelta(days=1))
    return 2


def _fill(
    project: Project,
    subject: str,
    language: str,
    texts: tuple[str, ...],
    people: tuple[User, User],
    at: datetime,
) -> Thread:
    """The people speak in turn, an hour apart."""
    first, *others = texts
    thread = open_thread(
        project=project,
        subject=subject,
        language=language,
        said=Said(first, language),
        actor=people[0],
        at=at,
    )
    for rank, text in enumerate(others, start=1):
        write(thread=thread, said=Said(text, language), actor=people[rank % 2], at=at + timedelta(hours=rank))
    return thread
