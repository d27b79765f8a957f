"""The path at a glance, for the project's own page and for a person's space."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bpc.portal.followup.models import ProjectPath
from bpc.portal.followup.queries import PathReading, ProjectReading, read_project, read_projects
from bpc.portal.followup.words import told
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import WRITERS, memberships_of
from bpc.portal.web.followup.rows import ClockRow, NextCard, clock_rows, next_card

#: The projects of a person that are looked at for the one next thing to do: those changed last.
_LOOKED_AT = 10
_CLOCKS_SHOWN = 2


@dataclass(frozen=True)
class PathGlance:
    """The foremost path of a project."""

    name: str
    next: NextCard
    done: int
    total: int
    blocked: tuple[tuple[str, date], ...]
    clocks: tuple[ClockRow, ...]


def path_glance(project: Project, today: date) -> PathGlance | None:
    """None while no path runs, which one query tells."""
    if not ProjectPath.objects.filter(project=project, closed_at=None).exists():
        return None
    reading = read_project(project, today)
    shown = reading.foremost(today)
    if shown is None:
        return None
    return PathGlance(
        name=told(shown.standing.template.name),
        next=next_card(shown, project.reference, today),
        done=shown.standing.done,
        total=len(shown.standing.counted),
        blocked=blocked_in(reading),
        clocks=tuple(clock_rows(reading)[:_CLOCKS_SHOWN]),
    )


def blocked_in(reading: ProjectReading) -> tuple[tuple[str, date], ...]:
    """Every blocked step of the project, with the day somebody said so."""
    return tuple(
        (told(step.step.title), step.mark.day)
        for one in reading.paths
        for step in one.standing.blocked
        if step.mark is not None
    )


def next_of_person(person: Any, today: date) -> NextCard | None:
    """The one next step over the projects the person may change; None when no path has one."""
    mine = memberships_of(person).filter(role__in=WRITERS)
    followed = ProjectPath.objects.filter(closed_at=None, project__in=mine.values("project"))
    rows = Project.objects.filter(pk__in=followed.values("project"), archived_at=None)
    looked_at = list(rows.order_by("-changed_at", "-pk")[:_LOOKED_AT])
    found = [
        (_key(shown, today), shown, reading.project.reference)
        for reading in read_projects(looked_at, today)
        if (shown := reading.foremost(today)) is not None and shown.next_step(today) is not None
    ]
    if not found:
        return None
    _day, shown, reference = min(found, key=lambda row: row[0])
    return next_card(shown, reference, today)


def _key(shown: PathReading, today: date) -> tuple[date, int]:
    following = shown.next_step(today)
    due = following.due.on if following is not None and following.due is not None else date.max
    return due, shown.path.pk
