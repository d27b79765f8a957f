"""Changing the assumptions of a plan: all or nothing, merged with what others changed meanwhile, one trail.

Each change locks the project, then the plan, so that two people who save in the same instant come one after the
other. What somebody else changed since the page was loaded is kept; when both changed the same assumption nothing is
saved and both values are given back. The trail of a plan is its `PlanEdit` rows; the audit trail holds the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.models import User
from bpc.portal.plans.keeping import keep_if_due
from bpc.portal.plans.models import Plan, PlanEdit
from bpc.portal.plans.paths import (
    ID_LISTS,
    MISSING,
    Difference,
    Document,
    differences,
    overlap,
    split_path,
    value_at,
    with_changes,
)
from bpc.portal.plans.reckoning import Moved, Reckoning, new_problems, reckon, reckon_stored, what_moved
from bpc.portal.plans.states import Change
from bpc.portal.projects.actions import lock as lock_project
from bpc.portal.projects.actions import touch
from bpc.portal.projects.mandates.visibility import filling
from bpc.portal.projects.models import Project

MOST_CHANGES = 500  # in one save: a whole table pasted
REVISIONS_KEPT = 1000  # in the trail; a page opened longer ago is asked to load again
SAVES_AT_ONCE, SAVES_WINDOW = 900, timedelta(minutes=10)  # by one person: more is no hand


class PlanGone(Exception):
    """The scenario was deleted a moment ago."""


class UnknownRevision(Exception):
    """The revision the page was loaded at never was, or is too old to be merged: load the page again."""


class TooManySaves(Exception):
    """The person saved more often than a hand can."""


class NothingToUndo(Exception):
    """The person has changed nothing that could still be taken back."""


@dataclass(frozen=True, slots=True)
class Clash:
    """An assumption two people changed. None: taken out, or not there; `by` is None when that account is gone."""

    path: str
    yours: Any
    theirs: Any
    by: User | None
    at: datetime


class Conflict(Exception):
    """Somebody else changed the same assumptions meanwhile; nothing was saved."""

    def __init__(self, clashes: Iterable[Clash], revision: int) -> None:
        self.clashes = tuple(clashes)
        self.revision = revision  # to be given as base once the person has chosen
        super().__init__(", ".join(clash.path for clash in self.clashes))


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save came to. `revision` is the base of the page's next save."""

    plan: Plan
    revision: int
    changed: tuple[Difference, ...]  # empty: everything stood so already, nothing was written
    by_others: tuple[PlanEdit, ...]  # since the page's revision, to be shown there
    reckoning: Reckoning
    moved: tuple[Moved, ...]
    appeared: tuple[Problem, ...]  # errors and warnings that were not there before
    settled: tuple[Problem, ...]  # those that are gone

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every error and warning of the plan as it is now."""
        return self.reckoning.problems


@transaction.atomic
def edit_assumptions(
    *, plan: Plan, actor: Any, base_revision: int, changes: Mapping[str, Any], at: datetime
) -> Saved:
    """Set each value at its path (see `paths`), over what others changed since `base_revision`.

    Raises `Conflict`, `InvalidPlan` (each problem with the path of its field), `UnknownRevision`, `TooManySaves`,
    `PlanGone`, `PermissionDenied`; nothing is saved then.
    """
    row = open_plan(plan, actor)
    actor = filling(actor, row.project)
    _count_saves(actor, at)
    _check_changes(changes)
    others = edits_by_others(row, base_revision, actor)
    before = reckon_stored(row.document)
    now = _whole(row, before)
    wanted = {path: value for path, value in changes.items() if not _stands(now, path, value)}
    if clashes := _clashes(now, wanted, others):
        raise Conflict(clashes, row.revision)
    act = _Act(actor, at, Change.EDIT, others)
    return _save(row, before, reckon(with_changes(row.document, wanted)), act)


@transaction.atomic
def replace_document(
    *,
    plan: Plan,
    actor: Any,
    base_revision: int,
    document: Mapping[str, Any],
    at: datetime,
    kind: Change = Change.REPLACE,
) -> Saved:
    """Put a whole document in place of the plan's: what a file brings, or a version. The trail says what differs.

    Raises as `edit_assumptions` does; any change by somebody else since `base_revision` is a conflict.
    """
    row = open_plan(plan, actor)
    actor = filling(actor, row.project)
    _count_saves(actor, at)
    others = edits_by_others(row, base_revision, actor)
    before, after = reckon_stored(row.document), reckon(document)
    now = _whole(row, before)
    clashes = [_clash(edit, edit.path, _or_none(value_at(after.whole, edit.path)), now) for edit in others]
    if clashes := [clash for clash in clashes if clash.yours != clash.theirs]:
        raise Conflict(clashes, row.revision)
    return _save(row, before, after, _Act(actor, at, kind, others))


@transaction.atomic
def undo_last(*, plan: Plan, actor: Any, at: datetime) -> Saved:
    """Take back the person's own last save that still stands; called again, the one before.

    Raises `NothingToUndo`, `Conflict` when somebody changed it since, `InvalidPlan` when the rest now needs it.
    """
    row = open_plan(plan, actor)
    actor = filling(actor, row.project)
    _count_saves(actor, at)
    own = row.edits.filter(made_by=actor, undone_in=None).exclude(kind=Change.UNDO)
    last = own.order_by("-revision").values_list("revision", flat=True).first()
    if last is None:
        raise NothingToUndo
    edits = list(own.filter(revision=last))
    before = reckon_stored(row.document)
    now = _whole(row, before)
    gone = [edit for edit in edits if _or_none(value_at(now, edit.path)) != edit.new]
    if gone:
        later = list(row.edits.filter(revision__gt=last).select_related("made_by"))
        raise Conflict([_undo_clash(edit, later, now) for edit in gone], row.revision)
    after = reckon(with_changes(row.document, reverse_of(edits, now)))
    saved = _save(row, before, after, _Act(actor, at, Change.UNDO))
    PlanEdit.objects.filter(pk__in=[edit.pk for edit in edits]).update(undone_in=saved.revision)
    return saved


def open_project(project: Project, actor: Any) -> Project:
    """The project locked until the transaction ends, for somebody who may change its plans."""
    row = lock_project(project)
    check(actor, "projects.fill", row)
    return row


def open_plan(plan: Plan, actor: Any, right: str = "plans.edit") -> Plan:
    """The plan as it is now, locked after its project. Raises `PlanGone`, `PermissionDenied`."""
    try:
        project = lock_project(plan.project)
        row = Plan.objects.select_for_update().get(pk=plan.pk)
    except (Plan.DoesNotExist, Project.DoesNotExist) as error:
        raise PlanGone(str(plan.pk)) from error
    row.project = project
    check(actor, right, row)
    return row


def edits_by_others(plan: Plan, base_revision: int, actor: Any) -> tuple[PlanEdit, ...]:
    """What others changed since a revision, oldest first. Raises `UnknownRevision`."""
    oldest = max(1, plan.revision - REVISIONS_KEPT)
    if isinstance(base_revision, bool) or not oldest <= base_revision <= plan.revision:
        raise UnknownRevision(str(base_revision))
    since = plan.edits.filter(revision__gt=base_revision).exclude(made_by=actor)
    return tuple(since.select_related("made_by"))


def _check_changes(changes: Mapping[str, Any]) -> None:
    if not 0 < len(changes) <= MOST_CHANGES:
        raise InvalidPlan([Problem("E_too_many_changes", "", {"most": MOST_CHANGES})])
    problems: list[Problem] = []
    for path in changes:
        try:
            split_path(path)
        except InvalidPlan as refusal:
            problems += refusal.problems
    if problems:
        raise InvalidPlan(problems)


def _count_saves(actor: Any, at: datetime) -> None:
    recent = PlanEdit.objects.filter(made_by=actor, made_at__gt=at - SAVES_WINDOW)
    if recent.order_by().values("plan", "revision").distinct().count() >= SAVES_AT_ONCE:
        raise TooManySaves


def _whole(row: Plan, stored: Reckoning | None) -> Document:
    """Every assumption as it stands; as written when today's engine no longer reads it."""
    return dict(row.document) if stored is None else stored.whole


def _or_none(value: Any) -> Any:
    return None if value is MISSING else value


def _stands(now: Document, path: str, value: Any) -> bool:
    """Whether the assumption has that value already; a field sent unchanged is no change."""
    here = value_at(now, path)
    same_kind = isinstance(here, bool) == isinstance(value, bool)
    return (here is MISSING and value is None) or (here is not MISSING and same_kind and here == value)


def _clashes(now: Document, wanted: Mapping[str, Any], others: Iterable[PlanEdit]) -> list[Clash]:
    latest: dict[str, Clash] = {}
    for edit in others:
        for path, value in wanted.items():
            if overlap(edit.path, path):
                latest[path] = _clash(edit, path, value, now)
    return list(latest.values())


def _clash(edit: PlanEdit, path: str, yours: Any, now: Document) -> Clash:
    return Clash(path, yours, _or_none(value_at(now, path)), edit.made_by, edit.made_at)


def _undo_clash(edit: PlanEdit, later: Iterable[PlanEdit], now: Document) -> Clash:
    since = [one for one in later if overlap(one.path, edit.path)]
    return _clash(since[-1] if since else edit, edit.path, edit.old, now)


def reverse_of(edits: Iterable[PlanEdit | Difference], now: Document) -> dict[str, Any]:
    """The changes that bring back what was before; an item taken out comes back at the end of its list."""
    changes: dict[str, Any] = {}
    for number, edit in enumerate(edits):
        steps = edit.path.split(".")
        is_item = len(steps) > 1 and steps[-2] in ID_LISTS
        came_out = is_item and edit.new is None and value_at(now, edit.path) is MISSING
        changes[".".join([*steps[:-1], f"+{number}"]) if came_out else edit.path] = edit.old
    return changes


@dataclass(frozen=True, slots=True)
class _Act:
    """Who saves, when, how, and over whose changes."""

    actor: Any
    at: datetime
    kind: Change
    others: tuple[PlanEdit, ...] = ()


def _save(row: Plan, before: Reckoning | None, after: Reckoning, act: _Act) -> Saved:
    changed = tuple(differences(_whole(row, before), after.whole))
    if changed:
        keep_if_due(row, act.actor, act.at)
        _write(row, after, act)
        _trace(row, changed, act)
    found = before.problems if before is not None else ()
    return Saved(
        plan=row,
        revision=row.revision,
        changed=changed,
        by_others=act.others,
        reckoning=after,
        moved=what_moved(before, after),
        appeared=new_problems(found, after.problems),
        settled=new_problems(after.problems, found),
    )


def _write(row: Plan, after: Reckoning, act: _Act) -> None:
    for column, value in after.columns().items():
        setattr(row, column, value)
    row.revision += 1
    row.updated_by, row.updated_at = act.actor, act.at
    row.save()
    touch(row.project, act.actor, act.at)


def _trace(row: Plan, changed: Iterable[Difference], act: _Act) -> None:
    PlanEdit.objects.bulk_create(
        PlanEdit(
            plan=row, revision=row.revision, kind=act.kind, path=one.path, old=one.old, new=one.new,
            made_by=act.actor, made_at=act.at,
        )
        for one in changed
    )  # fmt: skip
    if getattr(act.actor, "acts_for", None) is not None:  # the rest of the trail of a plan is its edits
        record(actor=act.actor, verb="edit plan", obj=row, at=act.at, data={"revision": row.revision})
    row.edits.filter(revision__lte=row.revision - REVISIONS_KEPT).delete()
