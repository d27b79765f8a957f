"""An advisor's projects: who is blocked, late, silent, new, laureates first; counted and listed at a fixed cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from bpc.portal.counsel.models import HelpRequest
from bpc.portal.counsel.queries import Counts, by_urgency, counts_of
from bpc.portal.counsel.states import DeskKind, RequestState, Subject
from bpc.portal.counsel.today import (
    NEW_DAYS,
    SILENT_DAYS,
    Call,
    Worries,
    call_for_request,
    calls_for_project,
    first_calls,
)
from bpc.portal.counsel.visibility import requests_held_by
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess, Project

CALLS = 8  # shown as "first today"
_LOOKED_AT = 60  # requests and projects judged for it: each list is already sorted by what presses


@dataclass(frozen=True)
class Signals:
    """What other rooms know of a project, as expressions on its row (`journeys.portfolio`).

    `laureate`: whether it won an ideathon. `blocked`: when a step of its path was said to be blocked, or null.
    `late`: the earliest day that passed on its path, or null.
    """

    laureate: Any
    blocked: Any
    late: Any


#: For who asks without the other rooms.
NO_SIGNALS = Signals(
    Value(False, output_field=BooleanField()),
    Value(None, output_field=DateTimeField()),
    Value(None, output_field=DateField()),
)


class Worry(StrEnum):
    """What a list of projects may be kept to."""

    BLOCKED = "blocked"
    LATE = "late"
    SILENT = "silent"
    NEW = "new"
    LAUREATE = "laureate"


def advised_by(person: Any, at: datetime, known: Signals = NO_SIGNALS) -> Any:  # a queryset, annotated
    """The projects one is let into, laureates ahead, then who is blocked, late, silent, new; then the longest silent.

    Each with `opened`, `moved` (the group's last sign), `laureate`, `blocked_at`, `late_on`, `answer_due` (the oldest
    promise of an answer that passed) and `rank`.
    """
    accesses = AdvisorAccess.objects.filter(
        advisor=person, ended_at=None, project__region__in=person.regions_as(Role.ADVISOR)
    )
    rows = (
        Project.objects.filter(archived_at=None, pk__in=accesses.values("project"))
        .annotate(
            opened=Subquery(accesses.filter(project=OuterRef("pk")).order_by("-pk").values("granted_at")[:1]),
            moved=F("last_sign_at"), laureate=known.laureate, blocked_at=known.blocked, late_on=known.late,
            answer_due=_answer_due(person, at), asked_blocked=_asked_blocked(person),
        )
    )  # fmt: skip
    order = [
        When(kept_to(worry, at), then=rank) for rank, worry in enumerate(Worry) if worry != Worry.LAUREATE
    ]
    ranked = rows.annotate(rank=Case(*order, default=len(Worry), output_field=IntegerField()))
    return ranked.order_by("-laureate", "rank", "moved", "pk")


def _held(person: Any) -> QuerySet[HelpRequest]:
    return HelpRequest.objects.filter(
        project=OuterRef("pk"), holder=person, desk=DeskKind.ADVISOR, state=RequestState.WAITING
    ).order_by()


def _answer_due(person: Any, at: datetime) -> Subquery:
    late = _held(person).filter(due_on__lt=timezone.localtime(at).date())
    return Subquery(late.values("project").annotate(first=Min("due_on")).values("first"))


def _asked_blocked(person: Any) -> Subquery:
    asked = _held(person).filter(subject=Subject.BLOCKED)
    return Subquery(asked.values("project").annotate(first=Min("asked_at")).values("first"))


def kept_to(worry: Worry, at: datetime) -> Q:
    """The rows of `advised_by` that have this worry."""
    return {
        Worry.BLOCKED: Q(blocked_at__isnull=False) | Q(asked_blocked__isnull=False),
        Worry.LATE: Q(late_on__isnull=False) | Q(answer_due__isnull=False),
        Worry.SILENT: Q(moved__lte=at - timedelta(days=SILENT_DAYS)),
        Worry.NEW: Q(opened__gt=at - timedelta(days=NEW_DAYS)),
        Worry.LAUREATE: Q(laureate=True),
    }[worry]


@dataclass(frozen=True)
class ProjectCounts:
    """How many projects one advises, and how many have each worry: one may have several."""

    all: int
    by_worry: dict[Worry, int]


def project_counts(advised: Any, at: datetime) -> ProjectCounts:
    """One query."""
    counts = {
        f"with_{worry}": Count("pk", filter=kept_to(worry, at)) for worry in Worry
    }  # no name of a row's own
    found = advised.order_by().aggregate(all=Count("pk"), **counts)
    return ProjectCounts(found["all"], {worry: found[f"with_{worry}"] for worry in Worry})


def shown(advised: Any) -> Any:
    """What a list shows of a project, and nothing else of its row."""
    return advised.select_related("commune", "sector").only(
        "reference", "name", "language", "stage", "last_sign_at", "commune__name_fr", "commune__name_ar",
        "commune__level", "sector__name_fr", "sector__name_ar",
    )  # fmt: skip


def worries_of(row: Any) -> Worries:
    """What a row of `advised_by` says, as days in Morocco."""
    return Worries(
        opened_on=_day(row.opened), moved_on=_day(row.moved), is_priority=row.laureate,
        blocked_on=_day(row.blocked_at) or _day(row.asked_blocked), late_on=row.late_on, answer_due=row.answer_due,
    )  # fmt: skip


def _day(moment: datetime | None) -> Any:
    return timezone.localtime(moment).date() if moment is not None else None


@dataclass(frozen=True)
class Portfolio:
    """What an advisor has on the day. `calls` name requests and projects by their keys, found in the two dicts."""

    counts: Counts
    calls: list[Call]
    requests: dict[int, HelpRequest]
    projects: dict[int, Project]
    project_counts: ProjectCounts

    @property
    def project_count(self) -> int:
        """How many let the advisor in."""
        return self.project_counts.all

    @property
    def silent(self) -> int:
        """How many gave no sign for a month."""
        return self.project_counts.by_worry[Worry.SILENT]


def portfolio_of(person: Any, at: datetime, known: Signals = NO_SIGNALS) -> Portfolio:
    """A fixed number of queries and of rows."""
    today = timezone.localtime(at).date()
    held = requests_held_by(person).filter(desk=DeskKind.ADVISOR)
    pressing = {row.pk: row for row in _pressing(held)}
    advised = advised_by(person, at, known)
    worrying = advised.filter(rank__lt=len(Worry))
    projects = {row.pk: row for row in shown(worrying)[:_LOOKED_AT]}
    calls = [
        call_for_request(
            row.pk,
            row.project_id,
            row.due_on or today,
            row.subject == Subject.BLOCKED,
            row.priority > 0,
            today,
        )
        for row in pressing.values()
    ]
    calls += [
        call for row in projects.values() for call in calls_for_project(row.pk, worries_of(row), today)[:1]
    ]
    return Portfolio(
        counts_of(held, at), first_calls(calls, CALLS), pressing, projects, project_counts(advised, at)
    )


def _pressing(held: QuerySet[HelpRequest]) -> Iterable[HelpRequest]:
    """The requests whose promise ends first, those of a blocked step and of laureates however far their promise."""
    waiting = by_urgency(held.select_related("asker", "project"))
    first = {row.pk: row for row in waiting[:_LOOKED_AT]}
    ahead = waiting.filter(Q(subject=Subject.BLOCKED) | Q(priority__gt=0))[:_LOOKED_AT]
    return (first | {row.pk: row for row in ahead}).values()


def reasons_on(row: Any, today: date) -> list[Call]:
    """Every reason to call about a project of a list, the most pressing first."""
    return calls_for_project(row.pk, worries_of(row), today)
