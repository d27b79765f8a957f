"""What a draft of a template would change for the projects that follow it: counts over all, and one path in full.

Groups are never named to those who keep the templates: only how many, and the steps of a path without its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from bpc.datasets.path_templates import Outline, Step
from bpc.portal.followup.models import PathTemplate, ProjectPath, StepMark
from bpc.portal.followup.queries import read_projects, stand_on
from bpc.portal.followup.standing import StandingPath, StandingStep
from bpc.portal.followup.states import StepState, VersionState
from bpc.portal.projects.models import Project

#: How many running paths a draft can be tried on: those on which something was said last.
MOST_TRIED = 10


@dataclass(frozen=True)
class Effects:
    """Over every running path: how many would be offered the draft, and what was noted on steps kept or dropped."""

    paths: int
    behind: int  # of them, on a version older than the published one: they skip it
    added: tuple[Step, ...]
    dropped: tuple[Step, ...]
    kept: int  # steps in both
    paths_losing: int  # paths with something noted on a step the draft drops; it stays in their history
    marks_kept: int  # what stands on the steps kept

    @property
    def changes_steps(self) -> bool:
        """Steps come or go."""
        return bool(self.added or self.dropped)


@dataclass(frozen=True)
class Move:
    """One path before and after it moves: steps that come and go, ticks kept, the next thing to do each time."""

    added: tuple[StandingStep, ...]
    dropped: tuple[StandingStep, ...]
    kept_done: tuple[StandingStep, ...]  # done before and after
    before: StandingPath
    after: StandingPath

    def next_steps(self, today: date) -> tuple[StandingStep | None, StandingStep | None]:
        """The one step to do now, before and after."""
        return self.before.next_step(today), self.after.next_step(today)


@dataclass(frozen=True)
class TriedPath:
    """A running path the draft can be tried on: how far it is, how long it has run."""

    path: ProjectPath
    project: Project
    days: int
    done: int
    counted: int


def step_changes(before: Outline | None, after: Outline) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps that come, and those that go."""
    first = {step.id: step for step in before.steps} if before is not None else {}
    second = {step.id: step for step in after.steps}
    added = tuple(step for name, step in second.items() if name not in first)
    return added, tuple(step for name, step in first.items() if name not in second)


def effects_of(template: PathTemplate, before: Outline | None, after: Outline) -> Effects:
    """What publishing the draft would offer to the running paths: four queries, whatever their number."""
    running = ProjectPath.objects.filter(template=template, closed_at=None)
    added, dropped = step_changes(before, after)
    kept = {step.id for step in after.steps} - {step.id for step in added}
    standing = StepMark.objects.filter(path__in=running.values("pk"), undone_at=None)
    gone = standing.filter(step__in=[step.id for step in dropped])
    return Effects(
        paths=running.count(),
        behind=running.exclude(version__state=VersionState.PUBLISHED).count(),
        added=added,
        dropped=dropped,
        kept=len(kept),
        paths_losing=gone.order_by().values("path").distinct().count() if dropped else 0,
        marks_kept=standing.filter(step__in=kept).order_by().values("path", "step").distinct().count(),
    )


def move_between(before: StandingPath, after: StandingPath) -> Move:
    """What moving a path changes, from where it stands on each version."""
    first = {one.step.id: one for one in before.steps}
    second = {one.step.id: one for one in after.steps}
    return Move(
        added=tuple(one for name, one in second.items() if name not in first),
        dropped=tuple(one for name, one in first.items() if name not in second),
        kept_done=tuple(
            one
            for name, one in second.items()
            if name in first and one.state == first[name].state == StepState.DONE
        ),
        before=before,
        after=after,
    )


def tried_paths(template: PathTemplate, today: date) -> list[TriedPath]:
    """The running paths that moved last, without a name: a bounded number of queries and rows."""
    rows = ProjectPath.objects.filter(template=template, closed_at=None).order_by("-moved_at", "-pk")
    chosen = list(rows.values_list("pk", "project")[:MOST_TRIED])
    projects = Project.objects.in_bulk({project for _pk, project in chosen})
    readings = read_projects(list(projects.values()), today)
    found = {one.path.pk: (reading.project, one) for reading in readings for one in reading.paths}
    return [
        TriedPath(
            path=one.path,
            project=project,
            days=(today - timezone.localtime(one.path.opened_at).date()).days,
            done=one.standing.done,
            counted=len(one.standing.counted),
        )
        for pk, _project in chosen
        if pk in found
        for project, one in (found[pk],)
    ]


def try_on(tried: Sequence[TriedPath], pk: int, template: Outline, today: date) -> Move | None:
    """The path of this key on the template; None when it is none of those that may be tried."""
    row = next((one for one in tried if one.path.pk == pk), None)
    if row is None:
        return None
    reading = read_projects([row.project], today)[0]
    shown = next(one for one in reading.paths if one.path.pk == pk)
    return move_between(shown.standing, stand_on(reading, shown.path, template))
