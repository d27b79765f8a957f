"""Remarks on the assumptions of a plan, read by all who see it."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.plans.editing import PlanGone, open_plan
from bpc.portal.plans.models import AssumptionComment, Plan
from bpc.portal.plans.paths import split_path

MOST_COMMENTS = 500  # on a plan
COMMENTS_AT_ONCE, COMMENT_WINDOW = 30, timedelta(minutes=10)  # by one person


class TooManyComments(Exception):
    """The person wrote too much in a short time, or the plan holds all it may."""


@transaction.atomic
def comment_assumption(
    *, plan: Plan, path: str, text: str, language: str, actor: Any, at: datetime
) -> AssumptionComment:
    """Say something of an assumption (of the whole plan when `path` is empty); the same words sent twice are one.

    Raises `InvalidPlan` for a bad path, `ValueError` for an empty or too long text, `TooManyComments`, `PlanGone`,
    `PermissionDenied`.
    """
    if path:
        split_path(path)
    said = text.strip()
    if not 0 < len(said) <= 1000:
        raise ValueError("a comment has 1 to 1000 letters")
    row = open_plan(plan, actor, "plans.comment")
    recent = AssumptionComment.objects.filter(author=actor, created_at__gt=at - COMMENT_WINDOW)
    if twin := recent.filter(plan=row, path=path, text=said, resolved_at=None).first():
        return twin
    if recent.count() >= COMMENTS_AT_ONCE or row.comments.count() >= MOST_COMMENTS:
        raise TooManyComments
    made = AssumptionComment.objects.create(
        plan=row, path=path, text=said, language=language, author=actor, created_at=at
    )
    record(actor=actor, verb="comment on plan", obj=row, at=at, data={"comment": made.pk, "path": path})
    return made


@transaction.atomic
def resolve_comment(*, comment: AssumptionComment, actor: Any, at: datetime) -> None:
    """Close a remark that was dealt with; closing twice changes nothing. Raises `PermissionDenied`."""
    row = _lock(comment)
    check(actor, "plans.settle_comment", row)
    if row.resolved_at is None:
        row.resolved_at, row.resolved_by = at, actor
        row.save(update_fields=["resolved_at", "resolved_by"])
        record(actor=actor, verb="resolve plan comment", obj=row.plan, at=at, data={"comment": row.pk})


@transaction.atomic
def reopen_comment(*, comment: AssumptionComment, actor: Any, at: datetime) -> None:
    """Take up a remark that was closed. Raises `PermissionDenied`."""
    row = _lock(comment)
    check(actor, "plans.settle_comment", row)
    if row.resolved_at is not None:
        row.resolved_at, row.resolved_by = None, None
        row.save(update_fields=["resolved_at", "resolved_by"])
        record(actor=actor, verb="reopen plan comment", obj=row.plan, at=at, data={"comment": row.pk})


@transaction.atomic
def withdraw_comment(*, comment: AssumptionComment, actor: Any, at: datetime) -> None:
    """Erase one's own remark. Raises `PermissionDenied`."""
    row = _lock(comment)
    if not actor.is_authenticated or row.author_id != actor.pk:
        raise PermissionDenied("not one's own comment")
    record(actor=actor, verb="withdraw plan comment", obj=row.plan, at=at, data={"comment": row.pk})
    row.delete()


def _lock(comment: AssumptionComment) -> AssumptionComment:
    found = (
        AssumptionComment.objects.select_for_update(of=("self",))
        .select_related("plan__project")
        .filter(pk=comment.pk)
        .first()
    )
    if found is None:
        raise PlanGone(str(comment.pk))
    return found


def comments_of(plan: Plan) -> QuerySet[AssumptionComment]:
    """The remarks on a plan, oldest first."""
    return plan.comments.select_related("author", "resolved_by")


def comments_by_path(plan: Plan, *, resolved: bool = False) -> dict[str, list[AssumptionComment]]:
    """The open remarks (with `resolved`: all of them) of each assumption: one query."""
    rows = comments_of(plan) if resolved else comments_of(plan).filter(resolved_at=None)
    found: defaultdict[str, list[AssumptionComment]] = defaultdict(list)
    for row in rows:
        found[row.path].append(row)
    return dict(found)
