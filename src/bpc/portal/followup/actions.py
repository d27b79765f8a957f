"""What is done to a path: open, close, mark a step, take a mark back, say a date, answer, move to a newer version."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bpc.core.law.events import Event
from bpc.datasets.path_templates import Step, Template
from bpc.portal.followup.catalogue import published_versions, template_of
from bpc.portal.followup.law_dates import PLANNED
from bpc.portal.followup.models import GroupAnswer, LegalDate, ProjectPath, StepMark
from bpc.portal.followup.queries import fact_state
from bpc.portal.followup.states import Question, StepState
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.projects.actions import lock as lock_project
from bpc.portal.projects.actions import touch
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import WRITERS, advises

MOST_MARKS = 1000  # of a path


class UnknownStep(Exception):
    """The path has no such step."""


class UnknownTemplate(Exception):
    """No template of this name is published."""


class NoteMissing(Exception):
    """A step blocked or left aside needs a reason; so does one whose state the facts contradict."""


class DayToCome(Exception):
    """What is done was not done tomorrow."""


class DayPassed(Exception):
    """A day promised is today or later."""


class NothingToUndo(Exception):
    """No mark stands on this step."""


class TooManyMarks(Exception):
    """A path holds no more than `MOST_MARKS`."""


@dataclass(frozen=True)
class Said:
    """What a person says of a step; `language` is that of the note."""

    state: StepState
    on: date | None = None
    due_on: date | None = None
    note: str = ""
    language: str = ""
    waits_on: str = ""  # of `Holder`, for what is blocked


@transaction.atomic
def open_path(*, project: Project, slug: str, actor: Any, at: datetime) -> ProjectPath:
    """The running path of this template, or a new one on its published version. Raises `UnknownTemplate`."""
    row = lock_project(project)
    check(actor, "followup.choose", row)
    return begin_path(project=row, slug=slug, actor=actor, at=at)


def begin_path(*, project: Project, slug: str, actor: Any, at: datetime) -> ProjectPath:
    """As `open_path`, for use cases that checked the right and locked the project themselves."""
    running = ProjectPath.objects.filter(project=project, template__slug=slug, closed_at=None).first()
    if running is not None:
        return running
    version = published_versions().get(slug)
    if version is None:
        raise UnknownTemplate(slug)
    opened = ProjectPath.objects.create(
        project=project, template_id=version.template_id, version=version, opened_by=actor, opened_at=at,
        moved_at=at,
    )  # fmt: skip
    record(actor=actor, verb="open path", obj=opened, at=at, data={"path": slug, "version": version.number})
    return opened


@transaction.atomic
def close_path(*, path: ProjectPath, actor: Any, at: datetime) -> None:
    """Put the path aside; its marks are kept."""
    row = _locked(path)
    check(actor, "followup.choose", row)
    ProjectPath.objects.filter(pk=row.pk, closed_at=None).update(closed_at=at)
    record(actor=actor, verb="close path", obj=row, at=at)


@transaction.atomic
def reopen_path(*, path: ProjectPath, actor: Any, at: datetime) -> None:
    """Take up a path put aside, unless another of its template runs."""
    row = _locked(path)
    check(actor, "followup.choose", row)
    running = ProjectPath.objects.filter(project=row.project_id, template=row.template_id, closed_at=None)
    if not running.exists():
        ProjectPath.objects.filter(pk=row.pk).update(closed_at=None)
        record(actor=actor, verb="reopen path", obj=row, at=at)


@transaction.atomic
def mark_step(*, path: ProjectPath, step: str, said: Said, actor: Any, at: datetime) -> StepMark:
    """Say where a step stands. Done, it dates the fact the step asks for; said by an advisor, the group is told.

    Raises `UnknownStep`, `NoteMissing`, `DayToCome`, `DayPassed`, `TooManyMarks`.
    """
    row = _locked(path)
    check(actor, "followup.mark", row)
    found = _step(template_of(row.version), step)
    _forget_date(row, found)  # of the mark this one replaces; written again below, or told otherwise
    today = timezone.localtime(at).date()
    _refuse(said, fact_state(row.project, found, today), today)
    if row.marks.count() >= MOST_MARKS:
        raise TooManyMarks(str(row.pk))
    done = said.state == StepState.DONE
    note = said.note.strip()
    former = _standing_mark(row, step)
    mark = StepMark.objects.create(
        path=row, step=step, state=said.state, on=said.on if done else None,
        due_on=None if done else said.due_on, note=note, language=said.language if note else "",
        waits_on=said.waits_on if said.state == StepState.BLOCKED else "",
        made_by=actor, made_at=at,
    )  # fmt: skip
    if done and found.asks is not None and said.on is not None:
        _write_date(row.project, found.asks, said.on, actor, at)
    record(actor=actor, verb="mark step", obj=row, at=at, after=said.state, data={"step": step})
    _moved(row, actor, at)
    _tell_others(row, former.state if former is not None else "", mark.state, actor, at)
    return mark


@transaction.atomic
def undo_mark(*, path: ProjectPath, step: str, actor: Any, at: datetime) -> StepMark:
    """Take the standing mark of a step back: what stood before stands again. The date it brought goes with it.

    Raises `UnknownStep`, `NothingToUndo`.
    """
    row = _locked(path)
    check(actor, "followup.mark", row)
    found = _step(template_of(row.version), step)
    mark = _standing_mark(row, step)
    if mark is None:
        raise NothingToUndo(step)
    _forget_date(row, found)
    mark.undone_by, mark.undone_at = actor, at
    mark.save(update_fields=["undone_by", "undone_at"])
    before = _standing_mark(row, step)
    if found.asks is not None and before is not None and before.on is not None:
        _write_date(row.project, found.asks, before.on, actor, at)
    record(actor=actor, verb="undo step", obj=row, at=at, before=mark.state, data={"step": step})
    _moved(row, actor, at)
    _tell_others(row, mark.state, before.state if before is not None else "", actor, at)
    return mark


@transaction.atomic
def say_date(*, project: Project, event: Event, on: date | None, actor: Any, at: datetime) -> None:
    """Write the day of a fact, or that it is not known after all (None). Raises `DayToCome`."""
    row = lock_project(project)
    check(actor, "followup.mark", row)
    if on is not None and event not in PLANNED and on > timezone.localtime(at).date():
        raise DayToCome(str(on))
    if on is not None:
        _write_date(row, event, on, actor, at)
    elif LegalDate.objects.filter(project=row, event=event).delete()[0]:
        record(actor=actor, verb="forget legal date", obj=row, at=at, data={"event": event})
    touch(row, actor, at)


@transaction.atomic
def answer_question(
    *, project: Project, question: Question, yes: bool | None, actor: Any, at: datetime
) -> None:
    """Say yes or no to what the path depends on, or that nobody knows (None)."""
    row = lock_project(project)
    check(actor, "followup.mark", row)
    if yes is None:
        GroupAnswer.objects.filter(project=row, question=question).delete()
    else:
        said = {"yes": yes, "said_by": actor, "said_at": at}
        GroupAnswer.objects.update_or_create(project=row, question=question, defaults=said)
    record(actor=actor, verb="answer path question", obj=row, at=at, data={"question": question, "yes": yes})
    touch(row, actor, at)


@transaction.atomic
def move_to_version(*, path: ProjectPath, version: int, actor: Any, at: datetime) -> bool:
    """Move a path to the published version of its template, when that still is `version`; its marks are kept.

    Whether it moved: what is already so, or was replaced since it was shown, changes nothing.
    """
    row = _locked(path)
    check(actor, "followup.choose", row)
    newest = published_versions().get(row.template.slug)
    if newest is None or newest.pk != version or newest.pk == row.version_id:
        return False
    before = row.version.number
    ProjectPath.objects.filter(pk=row.pk).update(version=newest)
    record(
        actor=actor, verb="move path to version", obj=row, at=at, before=str(before), after=str(newest.number)
    )
    return True


@transaction.atomic
def decline_version(*, path: ProjectPath, version: int, actor: Any, at: datetime) -> bool:
    """Stay on the path's own version: the published one, when it still is `version`, is not offered again.

    Whether that was noted.
    """
    row = _locked(path)
    check(actor, "followup.choose", row)
    newest = published_versions().get(row.template.slug)
    if newest is None or newest.pk != version or newest.pk == row.version_id:
        return False
    ProjectPath.objects.filter(pk=row.pk).update(declined=newest)
    record(
        actor=actor, verb="stay on path version", obj=row, at=at, before=str(newest.number),
        after=str(row.version.number),
    )  # fmt: skip
    return True


def _locked(path: ProjectPath) -> ProjectPath:
    """The path as it is now, its project locked."""
    lock_project(Project(pk=path.project_id))
    rows = ProjectPath.objects.select_related("project", "version", "template").defer("version__content")
    return rows.get(pk=path.pk)


def _step(template: Template, name: str) -> Step:
    found = next((step for step in template.steps if step.id == name), None)
    if found is None:
        raise UnknownStep(name)
    return found


def _standing_mark(path: ProjectPath, step: str) -> StepMark | None:
    return path.marks.filter(step=step, undone_at=None).order_by("-made_at", "-pk").first()


def _forget_date(path: ProjectPath, step: Step) -> None:
    """The date the standing mark brought goes; one that was put right since stays."""
    mark = _standing_mark(path, step.id)
    if step.asks is not None and mark is not None and mark.on is not None:
        LegalDate.objects.filter(project=path.project_id, event=step.asks, on=mark.on).delete()


def _refuse(said: Said, by_facts: StepState | None, today: date) -> None:
    overrules = by_facts is not None and by_facts != said.state
    if (overrules or said.state in (StepState.BLOCKED, StepState.SKIPPED)) and not said.note.strip():
        raise NoteMissing(said.state)
    if said.state == StepState.DONE and said.on is not None and said.on > today:
        raise DayToCome(str(said.on))
    if said.state != StepState.DONE and said.due_on is not None and said.due_on < today:
        raise DayPassed(str(said.due_on))


def _write_date(project: Project, event: Event, on: date, actor: Any, at: datetime) -> None:
    said = {"on": on, "said_by": actor, "said_at": at}
    LegalDate.objects.update_or_create(project=project, event=event, defaults=said)
    record(
        actor=actor, verb="say legal date", obj=project, at=at, data={"event": event, "on": on.isoformat()}
    )


def _moved(path: ProjectPath, actor: Any, at: datetime) -> None:
    ProjectPath.objects.filter(pk=path.pk).update(moved_at=at)
    touch(path.project, actor, at)


def _tell_others(path: ProjectPath, before: str, after: str, actor: Any, at: datetime) -> None:
    """A block begun or ended is told to the rest of the group and its advisors; an advisor's mark, to the group."""
    blocks, ends = after == StepState.BLOCKED, before == StepState.BLOCKED
    by_advisor = advises(actor, path.project)
    if blocks != ends:
        kind = "followup.blocked" if blocks else "followup.unblocked"
        told = [*writers_of(path.project), *advisors_of(path.project)]
    elif by_advisor:
        kind, told = "followup.marked_by_advisor", list(writers_of(path.project))
    else:
        return
    about = {"title": path.project.name, "reference": path.project.reference}
    for user in {user.pk: user for user in told if user.pk != actor.pk}.values():
        notify(user=user, kind=kind, data=about, at=at)


def writers_of(project: Project) -> QuerySet[User]:
    """Those of the group who keep its path."""
    return User.objects.filter(
        project_memberships__project=project, project_memberships__role__in=WRITERS, is_active=True
    )


def advisors_of(project: Project) -> list[User]:
    """The advisors let in, while they still advise in the region."""
    let_in = User.objects.filter(
        advised_projects__project=project, advised_projects__ended_at=None, is_active=True
    ).distinct()
    return [user for user in let_in if advises(user, project)]
