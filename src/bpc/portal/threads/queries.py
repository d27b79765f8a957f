"""What the pages of threads read, at a cost that grows neither with the messages nor with the threads."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import Project
from bpc.portal.threads.models import FormerText, Message, MessageFile, ReadMark, StaffNote, Thread
from bpc.portal.threads.visibility import notes_visible_to, threads_visible_to

PER_PAGE = 50


def people_of(project: Project) -> QuerySet[User]:
    """Whoever sees the project today: its members, and the advisors let in who still are of the region."""
    advisors = RoleGrant.objects.filter(role=Role.ADVISOR, region=project.region_id, ended_at=None)
    let_in = project.advisor_accesses.filter(ended_at=None, advisor__in=advisors.values("user"))
    return User.objects.filter(
        Q(pk__in=project.members.values("user")) | Q(pk__in=let_in.values("advisor")), is_active=True
    ).order_by("pk")


def _read_by(person: Any) -> Any:
    """The number of the last message the person read in each thread."""
    mark = ReadMark.objects.filter(thread=OuterRef("pk"), user=person).values("number")[:1]
    return Coalesce(Subquery(mark, output_field=IntegerField()), 0)


def _new_to(person: Any) -> QuerySet[Message]:
    """Messages of others that the person has not read, in the threads they see."""
    mark = ReadMark.objects.filter(thread=OuterRef("thread"), user=person).values("number")[:1]
    return (
        Message.objects.filter(withdrawn_at=None, thread__in=threads_visible_to(person))
        .exclude(author=person)
        .filter(number__gt=Coalesce(Subquery(mark, output_field=IntegerField()), 0))
    )


def _with_new(threads: QuerySet[Thread], person: Any) -> QuerySet[Thread]:
    """With `read_number`, and `new`: how many messages of others the person has not read."""
    unread = (
        Message.objects.filter(thread=OuterRef("pk"), withdrawn_at=None, number__gt=OuterRef("read_number"))
        .exclude(author=person)
        .order_by()
        .values("thread")
        .annotate(number_of=Count("pk"))
        .values("number_of")
    )
    return threads.annotate(read_number=_read_by(person)).annotate(
        new=Coalesce(Subquery(unread, output_field=IntegerField()), 0)
    )


def threads_of(project: Project, person: Any) -> QuerySet[Thread]:
    """The threads of a project with `new`, the one written in last first."""
    return _with_new(project.threads.all(), person)


def new_threads(person: Any) -> QuerySet[Thread]:
    """The threads of every project that have something new for the person."""
    return (
        _with_new(threads_visible_to(person), person)
        .filter(last_number__gt=F("read_number"))
        .filter(Q(new__gt=0))
        .select_related("project")
    )


def own_threads(person: Any) -> QuerySet[Thread]:
    """The threads of every project the person sees, with `new`, the one written in last first."""
    return _with_new(threads_visible_to(person), person).select_related("project")


def new_count(person: Any, project: Project | None = None) -> int:
    """How many messages the person has not read, in one project or in all."""
    rows = _new_to(person)
    return (rows if project is None else rows.filter(thread__project=project)).count()


@dataclass(frozen=True)
class MessagePage:
    """Fifty messages of a thread by their numbers, the oldest first; `number` of `last` pages, the newest last."""

    messages: list[Message]
    number: int
    last: int

    @property
    def until(self) -> int:
        """The number of its last message; 0 for none."""
        return self.messages[-1].number if self.messages else 0


def page_of_number(number: int) -> int:
    """The page a message stands on."""
    return max(number - 1, 0) // PER_PAGE + 1


def message_page(thread: Thread, asked: int | None) -> MessagePage:
    """The page asked for, else the last: read by the numbers, whatever the length of the thread. Three queries."""
    last = page_of_number(thread.last_number)
    number = last if asked is None else min(max(asked, 1), last)
    first = (number - 1) * PER_PAGE
    rows = (
        thread.messages.filter(number__gt=first, number__lte=first + PER_PAGE)
        .select_related("author")
        .prefetch_related(
            Prefetch("files", MessageFile.objects.order_by("pk")),
            Prefetch("former", FormerText.objects.order_by("pk")),
        )
        .order_by("number")
    )
    return MessagePage(list(rows), number, last)


def marks_of(thread: Thread) -> list[ReadMark]:
    """How far each person who sees the thread today has read it."""
    today = people_of(thread.project)
    return list(
        thread.marks.filter(user__in=today.values("pk"), read_at__isnull=False)
        .select_related("user")
        .order_by("-number", "user_id")
    )


def notes_on(project: Project, person: Any) -> QuerySet[StaffNote]:
    """The notes on a project that the person sees, with their answers; the newest first."""
    return _with_answers(notes_visible_to(person).filter(project=project, root=None))


def shared_notes(person: Any) -> QuerySet[StaffNote]:
    """The notes shared with the person as a delegate, the one shared last first."""
    shared = notes_visible_to(person).filter(
        root=None, shared_at__isnull=False, project__region__in=person.regions_as(Role.DELEGATE)
    )
    return _with_answers(shared).order_by("-shared_at", "-pk")


def _with_answers(notes: QuerySet[StaffNote]) -> QuerySet[StaffNote]:
    answers = StaffNote.objects.select_related("author").order_by("written_at", "pk")
    return notes.select_related("author", "project__region").prefetch_related(Prefetch("answers", answers))
