"""Reads of paths for one project or many, at a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from bpc.datasets.path_templates import Outline, Step
from bpc.portal.followup.badge_facts import badges_asked, badges_in_groups
from bpc.portal.followup.catalogue import LIGHT, template_of
from bpc.portal.followup.clocks import Clock, running_clocks
from bpc.portal.followup.facts import PAPER_KINDS, Known, conditions_met
from bpc.portal.followup.models import GroupAnswer, LegalDate, ProjectPath, StepMark
from bpc.portal.followup.standing import StandingPath, StandingStep, stand, state_of
from bpc.portal.followup.states import StepState
from bpc.portal.followup.worries import blocked_since
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.projects.told_facts import ToldFacts, facts_told
from bpc.portal.projects.visibility import projects_advised_by
from bpc.portal.register.models import Cooperative
from bpc.portal.vault.models import Audience, VaultDocument

_TICKING = (*PAPER_KINDS, "name_certificate", "registration")


@dataclass(frozen=True)
class ReadMark:
    """A mark that stands, with the name of who made it; `day` in the country's own time."""

    row: StepMark
    state: str
    on: date | None
    due_on: date | None

    @property
    def day(self) -> date:
        """The day it was made."""
        return timezone.localtime(self.row.made_at).date()


@dataclass(frozen=True)
class PathReading:
    """A path of a project as it stands today."""

    path: ProjectPath
    standing: StandingPath

    def next_step(self, today: date) -> StandingStep | None:
        """The one step to do now."""
        return self.standing.next_step(today)


@dataclass(frozen=True)
class ProjectReading:
    """Everything followed of a project: what is known, the delays that run, its paths in the order they were opened."""

    project: Project
    known: Known
    clocks: tuple[Clock, ...]
    paths: tuple[PathReading, ...]

    def foremost(self, today: date) -> PathReading | None:
        """The path whose next step is due first; one that has something to do before one that has not."""
        if not self.paths:
            return None
        return min(self.paths, key=lambda one: _foremost_key(one, today))

    @property
    def moved_on(self) -> date | None:
        """The day somebody last said something on a path; None without a path."""
        last = max((one.path.moved_at for one in self.paths), default=None)
        return timezone.localtime(last).date() if last is not None else None


def _foremost_key(reading: PathReading, today: date) -> tuple[int, date]:
    step = reading.next_step(today)
    if step is None:
        return (1 if reading.standing.blocked else 2), date.max
    return 0, (step.due.on if step.due is not None else date.max)


def read_project(project: Project, today: date) -> ProjectReading:
    """Everything followed of one project."""
    return read_projects([project], today)[0]


def read_projects(projects: Sequence[Project], today: date) -> list[ProjectReading]:
    """Everything followed of these projects, in their order: eight queries, whatever their number.

    One more where a step asks for a badge.
    """
    keys = [project.pk for project in projects]
    if not keys:
        return []
    paths = _paths(keys)
    marks = _marks([path.pk for rows in paths.values() for path in rows])
    asked = badges_asked(template_of(path.version) for rows in paths.values() for path in rows)
    known = _known(projects, today, asked)
    return [_reading(project, known[project.pk], paths[project.pk], marks, today) for project in projects]


def _reading(
    project: Project,
    known: Known,
    paths: Iterable[ProjectPath],
    marks: Mapping[int, Mapping[str, ReadMark]],
    today: date,
) -> ProjectReading:
    clocks = running_clocks(known.dates, today)
    facts = conditions_met(known)
    due = {clock.name: clock.due_on for clock in clocks}
    readings = tuple(
        PathReading(
            path,
            stand(
                template_of(path.version),
                marks=marks[path.pk],
                facts=facts,
                clocks=due,
                opened_on=timezone.localtime(path.opened_at).date(),
                dates=known.dates,
                badges=known.badges,
            ),
        )
        for path in paths
    )
    return ProjectReading(project, known, clocks, readings)


def stand_on(reading: ProjectReading, path: ProjectPath, template: Outline) -> StandingPath:
    """Where a path of the project would stand on another version of its template: one query, two with badges."""
    held = badges_in_groups([reading.project.pk], badges_asked([template]))
    return stand(
        template,
        marks=_marks([path.pk])[path.pk],
        facts=conditions_met(reading.known),
        clocks={clock.name: clock.due_on for clock in reading.clocks},
        opened_on=timezone.localtime(path.opened_at).date(),
        dates=reading.known.dates,
        badges=held.get(reading.project.pk, frozenset()),
    )


def _paths(keys: Sequence[int]) -> dict[int, list[ProjectPath]]:
    rows = (
        ProjectPath.objects.filter(project__in=keys, closed_at=None)
        .select_related("version", "template")
        .only(
            "project_id", "opened_at", "moved_at", "declined_id", "template__slug", "template__position",
            *(f"version__{name}" for name in LIGHT if name != "pk"),
        )
        .order_by("opened_at", "pk")
    )  # fmt: skip
    found = defaultdict[int, list[ProjectPath]](list)
    for row in rows:
        found[row.project_id].append(row)
    return found


def _marks(keys: Sequence[int]) -> dict[int, dict[str, ReadMark]]:
    """The last mark of each step, those taken back aside."""
    rows = StepMark.objects.filter(path__in=keys, undone_at=None).select_related("made_by")
    found = defaultdict[int, dict[str, ReadMark]](dict)
    for row in rows.order_by("made_at", "pk"):
        found[row.path_id][row.step] = ReadMark(row, row.state, row.on, row.due_on)
    return found


def _dates(keys: Sequence[int], told: Iterable[ToldFacts]) -> dict[int, dict[str, date]]:
    """Days by event: what other rooms were told, and before it what was said on the path itself."""
    found = defaultdict[int, dict[str, date]](dict)
    for facts in told:
        found[facts.project] |= {str(event): on for event, on in facts.dates.items()}
    for key, event, on in LegalDate.objects.filter(project__in=keys).values_list("project", "event", "on"):
        found[key][event] = on
    return found


def _papers(keys: Sequence[int], today: date) -> dict[int, set[str]]:
    """The kinds of papers in the vault that still hold; those that only owners open tell nothing."""
    rows = VaultDocument.objects.current().filter(project__in=keys, kind__in=_TICKING)
    held = rows.exclude(audience=Audience.OWNERS).exclude(expires_on__lt=today)
    found = defaultdict[int, set[str]](set)
    for key, kind in held.order_by().values_list("project", "kind"):
        found[key].add(kind)
    return found


def _known(projects: Sequence[Project], today: date, badges: Collection[str]) -> dict[int, Known]:
    keys = [project.pk for project in projects]
    held = badges_in_groups(keys, badges)
    founders = dict(
        ProjectPerson.objects.filter(project__in=keys).order_by().values_list("project").annotate(Count("pk"))
    )
    told = list(facts_told(keys))
    dates = _dates(keys, told)
    for facts in told:  # the file counts people whom the project's own list may not name yet
        founders[facts.project] = max(founders.get(facts.project, 0), facts.founders)
    answers = defaultdict[int, dict[str, bool]](dict)
    for key, question, yes in GroupAnswer.objects.filter(project__in=keys).values_list(
        "project", "question", "yes"
    ):
        answers[key][question] = yes
    papers = _papers(keys, today)
    organisations = {project.organisation_id for project in projects} - {None}
    registered = set(
        Cooperative.objects.filter(organisation__in=organisations).values_list("organisation", flat=True)
    )
    return {
        project.pk: Known(
            founders.get(project.pk, 0),
            project.stage,
            project.organisation_id in registered,
            dates[project.pk],
            answers[project.pk],
            papers[project.pk],
            held.get(project.pk, frozenset()),
        )
        for project in projects
    }


def clocks_of(keys: Sequence[int], today: date) -> dict[int, tuple[Clock, ...]]:
    """The delays that run for these projects, by their keys: two queries."""
    dates = _dates(keys, facts_told(keys))
    return {key: running_clocks(known, today) for key, known in dates.items()}


def fact_state(project: Project, step: Step, today: date) -> StepState | None:
    """What the facts alone say of a step; None when they say nothing."""
    known = _known([project], today, [step.badge] if step.badge is not None else [])[project.pk]
    state, reason = state_of(step, None, conditions_met(known), known.dates, known.badges)
    return state if reason is not None else None


def closed_paths(project: Project) -> QuerySet[ProjectPath]:
    """The paths put aside, the last one first."""
    rows = ProjectPath.objects.filter(project=project, closed_at__isnull=False)
    return rows.select_related("version", "template").defer("version__content").order_by("-closed_at", "-pk")


def marks_of(path: ProjectPath, step: str) -> QuerySet[StepMark]:
    """All that was said of a step, the last first, what was taken back included."""
    rows = path.marks.filter(step=step).select_related("made_by", "undone_by")
    return rows.order_by("-made_at", "-pk")


def advised_projects(person: Any) -> QuerySet[Project]:
    """The projects the person reads as an advisor: those blocked for longest first, then the longest silent.

    Ordered by the database, so that a page reads its own rows only.
    """
    paths = ProjectPath.objects.filter(project=OuterRef("pk"), closed_at=None).order_by("-moved_at")
    rows = projects_advised_by(person).filter(archived_at=None).select_related("commune", "sector")
    found = rows.annotate(blocked=blocked_since(), moved=Subquery(paths.values("moved_at")[:1]))
    return found.order_by(F("blocked").asc(nulls_last=True), F("moved").asc(nulls_first=True), "pk")
