"""Projects and advisors of a region as `placing` judges them, read from the database: a fixed number of questions.

A delegation sees of a project what places it (code, commune, sector, stage, language, how long it has been silent),
never its name nor a word of it: those are for the group and the advisors it lets in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from bpc.portal.counsel.models import AdvisorSheet, Assignment, Ownership
from bpc.portal.counsel.placing import Place, Seat
from bpc.portal.counsel.staffing import open_requests, people_away
from bpc.portal.counsel.states import DeskKind
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectMember

_USUAL = AdvisorSheet()
_NOBODY = Value(False, output_field=BooleanField())
#: What a delegation reads of a project.
PLACING = (
    "reference", "language", "stage", "created_at", "last_sign_at", "region", "archived_at",
    "commune__name_fr", "commune__name_ar", "commune__level", "sector__name_fr", "sector__name_ar",
)  # fmt: skip


def advisors_of(region: str) -> QuerySet[User]:
    """The advisors of the region today, by name."""
    grants = RoleGrant.objects.filter(role=Role.ADVISOR, region=region, ended_at=None)
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("display_name", "pk")


def seats_in(region: str, at: datetime, projects: Iterable[int] | None = None) -> list[Seat]:
    """Every advisor of the region as they stand: eight queries. What they know is read of `projects` only."""
    people = set(advisors_of(region).values_list("pk", flat=True))
    sheets = {row.user_id: row for row in AdvisorSheet.objects.filter(user__in=people)}
    load = projects_by_advisor(people)
    waiting = open_requests(people)
    away = people_away(people, timezone.localtime(at).date())
    known = _known(people, region, projects)
    return [
        Seat(
            person, frozenset(sheets.get(person, _USUAL).languages), frozenset(sheets.get(person, _USUAL).sectors),
            projects=load.get(person, 0), projects_most=sheets.get(person, _USUAL).projects_most,
            waiting=waiting.get((person, DeskKind.ADVISOR), 0), is_away=person in away, known=frozenset(known[person]),
        )
        for person in sorted(people)
    ]  # fmt: skip


def projects_by_advisor(people: Iterable[int]) -> dict[int, int]:
    """How many projects each has: those that let them in, and those chosen for them that have not yet."""
    wanted = set(people)
    accesses = AdvisorAccess.objects.filter(advisor__in=wanted, ended_at=None, project__archived_at=None)
    rows = accesses.order_by().values_list("advisor").annotate(Count("project", distinct=True))
    found: dict[int, int] = dict(rows)
    let_in = AdvisorAccess.objects.filter(
        project=OuterRef("project"), advisor=OuterRef("advisor"), ended_at=None
    )
    chosen = Assignment.objects.filter(
        ~Exists(let_in), advisor__in=wanted, ended_at=None, project__archived_at=None
    )
    for person, number in chosen.order_by().values_list("advisor").annotate(Count("pk")):
        found[person] = found.get(person, 0) + number
    return found


def _known(people: set[int], region: str, projects: Iterable[int] | None) -> dict[int, set[int]]:
    """The projects each was let into, or held a request about, before."""
    found = defaultdict[int, set[int]](set)
    if projects is None:
        return found
    wanted = list(projects)
    accesses = AdvisorAccess.objects.filter(advisor__in=people, project__in=wanted)
    held = Ownership.objects.filter(
        holder__in=people, desk=DeskKind.ADVISOR, request__project__in=wanted, request__region=region
    )
    rows = (*accesses.values_list("advisor", "project"), *held.values_list("holder", "request__project"))
    for person, project in rows:
        if person is not None and project is not None:
            found[person].add(project)
    return found


def place_of(project: Project, *, is_laureate: bool = False) -> Place:
    """One project as it is placed."""
    return places_of([project], {project.pk} if is_laureate else set())[0]


def places_of(projects: Iterable[Project], laureates: Iterable[int]) -> list[Place]:
    """Projects as they are placed, in their order: one query."""
    rows, first = list(projects), set(laureates)
    groups = defaultdict[int, set[int]](set)
    for project, user in ProjectMember.objects.filter(project__in=rows).values_list("project", "user"):
        groups[project].add(user)
    return [
        Place(row.pk, row.language, row.sector_id, row.pk in first, frozenset(groups[row.pk])) for row in rows
    ]


def projects_to_place(region: str) -> QuerySet[Project]:
    """The region's projects that nobody advises nor was chosen for, the oldest first, as a delegation reads them."""
    return seen_by_delegation().filter(~_let_in(region), ~_chosen(), region=region, archived_at=None)


def seen_by_delegation() -> QuerySet[Project]:
    """Projects with what places them only: no name, no word."""
    return Project.objects.select_related("commune", "sector").only(*PLACING).order_by("created_at", "pk")


def _let_in(region: str) -> Exists:
    working = advisors_of(region).order_by().values("pk")
    return Exists(AdvisorAccess.objects.filter(project=OuterRef("pk"), ended_at=None, advisor__in=working))


def _chosen() -> Exists:
    return Exists(Assignment.objects.filter(project=OuterRef("pk"), ended_at=None))


def laureates_first(rows: QuerySet[Project], laureate: Any = _NOBODY) -> QuerySet[Project]:
    """With `laureate` (a condition on the row, see `portfolio.Signals`), those ahead; the oldest first within each."""
    return rows.annotate(laureate=laureate).order_by("-laureate", "created_at", "pk")


@dataclass(frozen=True)
class Coming:
    """What the region's advisors will be asked: projects without an advisor, laureates among them, new ones a month."""

    without: int
    laureates: int
    new: int  # projects begun these last thirty days
    free: int  # places of the advisors who are present
    free_away: int  # of those who are away
    supports: int = (
        0  # laureates' reinforced supports offered, that will each be a project more once accepted
    )

    @property
    def asked(self) -> int:
        """Places that will be asked for."""
        return self.without + self.supports

    @property
    def gap(self) -> int:
        """Places missing to advise all who wait; 0 when there are enough."""
        return max(self.asked - self.free, 0)

    @property
    def left(self) -> int:
        """Places left once all who wait are advised."""
        return max(self.free - self.asked, 0)


def coming_in(
    region: str, seats: Iterable[Seat], since: datetime, laureate: Any = _NOBODY, supports: int = 0
) -> Coming:
    """Two queries, whatever the number of projects. `since`: begun from then on is new."""
    waiting = (
        projects_to_place(region)
        .annotate(laureate=laureate)
        .order_by()
        .aggregate(all=Count("pk"), laureates=Count("pk", filter=Q(laureate=True)))
    )
    begun = Project.objects.filter(region=region, archived_at=None, created_at__gte=since).count()
    present = sum(one.room for one in seats if not one.is_away)
    away = sum(one.room for one in seats if one.is_away)
    return Coming(waiting["all"], waiting["laureates"], begun, present, away, supports)


def named(people: Iterable[int]) -> Mapping[int, User]:
    """The accounts by their keys, with what their name is made of."""
    return User.objects.only("display_name").in_bulk(list(people))


def assigned_to(person: Any) -> QuerySet[Assignment]:
    """What was chosen for an advisor and the group has not opened yet, the oldest first."""
    let_in = AdvisorAccess.objects.filter(project=OuterRef("project"), advisor=person, ended_at=None)
    return (
        Assignment.objects.filter(
            ~Exists(let_in), advisor=person, ended_at=None, project__archived_at=None,
            project__region__in=person.regions_as(Role.ADVISOR),
        )
        .select_related("project__commune", "project__sector")
        .only("assigned_at", "note", "language", "is_over", *(f"project__{name}" for name in PLACING))
        .order_by("assigned_at", "pk")
    )  # fmt: skip


def history_of(project: Project) -> QuerySet[Assignment]:
    """Every advisor chosen for a project, the last first."""
    rows = Assignment.objects.filter(project=project).select_related("advisor", "assigned_by")
    return rows.order_by(F("ended_at").desc(nulls_first=True), "-pk")
