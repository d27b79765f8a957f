"""What is done by the group: say when the project started, answer a period, say why it differs from the plan."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.projects.actions import lock, touch
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Answer
from bpc.portal.results.models import Following, PeriodResult
from bpc.portal.results.periods import periods_ended
from bpc.portal.results.states import Cause

#: The figures asked, in the order of the form; each may be unknown, which is None and never 0.
FIGURES = (
    "members", "women", "youth", "jobs_permanent", "jobs_seasonal", "turnover_mad", "income_per_member_mad",
)  # fmt: skip


class StaleResult(Exception):
    """Somebody else of the group changed it since the form was opened."""


class NotYet(Exception):
    """The period is not over, or is none of the project's; the project has not started."""


class Contradiction(ValueError):
    """More women, or young people, than members; `column` is what is too large."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


@transaction.atomic
def set_launch(*, project: Project, launched_on: date, actor: Any, at: Any) -> Following:
    """Say when the project started: from then on it is followed. Answers given stay, whatever their periods.

    Raises `NotYet` for a day to come, `PermissionDenied`.
    """
    row = lock(project)
    check(actor, "projects.edit", row)
    if launched_on > timezone.localdate(at):
        raise NotYet
    following = Following.objects.filter(project=row).first() or Following(project=row, revision=0)
    if following.pk is not None and following.launched_on == launched_on:
        return following
    if following.alumni_since is not None and following.alumni_since < launched_on:
        raise NotYet
    following.launched_on = launched_on
    keep_following(following, "set launch of project", actor, at, {"day": launched_on.isoformat()})
    return following


@transaction.atomic
def answer_period(
    *,
    project: Project,
    ends_on: date,
    alive: str,
    figures: Mapping[str, int | None],
    revision: int,
    actor: Any,
    at: Any,
) -> PeriodResult:
    """Keep what the group says of a period; a figure left out is unknown. `revision`: 0 where nothing was stored.

    Raises `NotYet`, `Contradiction`, `StaleResult`, `PermissionDenied`.
    """
    row = lock(project)
    check(actor, "projects.edit", row)
    following = Following.objects.filter(project=row).first()
    today = timezone.localdate(at)
    ended = periods_ended(following.launched_on, today) if following is not None else []
    period = next((one for one in ended if one.ends_on == ends_on), None)
    if period is None:
        raise NotYet
    told = {name: figures.get(name) for name in FIGURES}
    _refuse_contradictions(told)
    result = PeriodResult.objects.filter(project=row, ends_on=ends_on).first()
    if result is None:
        result = PeriodResult(project=row, ends_on=ends_on, months=period.months, revision=0)
    if result.answered_at is not None and result.revision != revision:
        raise StaleResult
    result.alive = Answer(alive)
    for name, value in told.items():
        setattr(result, name, value)
    result.answered_by, result.answered_at = actor, at
    result.revision += 1
    result.save()
    record(actor=actor, verb="answer results", obj=row, at=at, data={"period": ends_on.isoformat()})
    touch(row, actor, at)
    return result


def _refuse_contradictions(told: Mapping[str, int | None]) -> None:
    members = told["members"]
    for column in ("women", "youth"):
        part = told[column]
        if members is not None and part is not None and part > members:
            raise Contradiction(column)


@transaction.atomic
def tell_cause(
    *, project: Project, ends_on: date, cause: str, words: str, language: str, actor: Any, at: Any
) -> PeriodResult:
    """Keep why an answered period went otherwise than planned; empty takes the reason back. Read by the project only.

    Raises `NotYet` for a period without answer, `PermissionDenied`.
    """
    row = lock(project)
    check(actor, "projects.edit", row)
    result = PeriodResult.objects.filter(project=row, ends_on=ends_on, answered_at__isnull=False).first()
    if result is None:
        raise NotYet
    result.cause = Cause(cause) if cause else ""
    result.cause_words = words.strip() if result.cause else ""
    result.cause_language = language if result.cause_words else ""
    result.revision += 1
    result.save(update_fields=["cause", "cause_words", "cause_language", "revision"])
    data = {"period": ends_on.isoformat(), "cause": result.cause}
    record(actor=actor, verb="tell cause of results", obj=row, at=at, data=data)
    touch(row, actor, at)
    return result


def keep_following(following: Following, verb: str, actor: Any, at: Any, data: dict[str, Any]) -> None:
    """Write what was changed of a following, its new revision and its trail."""
    following.revision += 1
    following.changed_by, following.changed_at = actor, at
    following.save()
    record(actor=actor, verb=verb, obj=following.project, at=at, data=data)
    touch(following.project, actor, at)
