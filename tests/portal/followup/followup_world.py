"""A group that follows the creation of its cooperative."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from bpc.portal.followup.actions import Said, answer_question, mark_step, open_path, say_date
from bpc.portal.followup.feed import renew_feed
from bpc.portal.followup.models import ProjectPath, StepMark
from bpc.portal.followup.queries import PathReading, read_project
from bpc.portal.followup.states import Question, StepState
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project

NOW = timezone.now()
TODAY = timezone.localtime(NOW).date()


def open_creation(project: Project, actor: Any, *, days_ago: int = 0, slug: str = "creation") -> ProjectPath:
    """The path of creation, opened so many days ago."""
    return open_path(project=project, slug=slug, actor=actor, at=NOW - timedelta(days=days_ago))


def say(path: ProjectPath, step: str, state: str, actor: Any, *, at: datetime = NOW, **said: Any) -> StepMark:
    """Where a step stands."""
    return mark_step(path=path, step=step, said=Said(StepState(state), **said), actor=actor, at=at)


def done(path: ProjectPath, step: str, actor: Any, on: date = TODAY) -> StepMark:
    """A step done on a day."""
    return say(path, step, "done", actor, on=on)


def read(project: Project, today: date = TODAY) -> PathReading:
    """The only path of the project, as it stands."""
    project.refresh_from_db()
    return read_project(project, today).paths[0]


def fill_followup(project: Project, owner: User) -> ProjectPath:
    """One row of each model of the room."""
    path = open_creation(project, owner)
    say(path, "founders", "doing", owner, due_on=TODAY + timedelta(days=3))
    say_date(project=project, event="name_requested", on=TODAY, actor=owner, at=NOW)  # type: ignore[arg-type]
    answer_question(project=project, question=Question.EMPLOYEES, yes=False, actor=owner, at=NOW)
    renew_feed(user=owner, at=NOW)
    return path
