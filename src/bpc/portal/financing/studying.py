"""Keeping a study of financing, and what the group decides of it. Calculating one is a journey: it crosses rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from bpc.portal.financing.models.financing_plans import MOST_STUDIES, FinancingPlan
from bpc.portal.financing.states import FINANCING_MOVES, PlanState
from bpc.portal.financing.studies import Options, Study, read_study
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import move
from bpc.portal.projects.actions import lock as lock_project
from bpc.portal.projects.models import Project

STUDIES_AT_ONCE, STUDIES_WINDOW = 60, timedelta(minutes=10)  # by one person


class TooManyStudies(Exception):
    """The person calculated more often than a hand can."""


class NoSuchProposal(Exception):
    """The study has no proposal of this number."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """The plan a study was made of, as it stood."""

    key: int
    name: str
    language: str
    revision: int
    input_hash: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: of which scenario, with which answers and options, from which state of the directory."""

    scenario: Scenario
    options: Options
    answers: Mapping[str, Any]
    sources_stamp: str


@transaction.atomic
def keep_study(
    *, project: Project, question: Question, study: Study, actor: Any, at: datetime
) -> FinancingPlan:
    """Keep what was found; the earlier proposal of the same scenario is replaced, one accepted stays.

    Raises `PermissionDenied`, `TooManyStudies`.
    """
    row = lock_project(project)
    check(actor, "financing.study", row)
    recent = FinancingPlan.objects.filter(made_by=actor, made_at__gt=at - STUDIES_WINDOW)
    if recent.count() >= STUDIES_AT_ONCE:
        raise TooManyStudies
    scenario = question.scenario
    earlier = row.financing_plans.filter(plan_key=scenario.key, state=PlanState.PROPOSED)
    earlier.update(state=PlanState.OUTDATED, version=F("version") + 1)
    number = (row.financing_plans.aggregate(last=Max("number"))["last"] or 0) + 1
    made = FinancingPlan.objects.create(
        project=row, number=number, plan_key=scenario.key, plan_name=scenario.name,
        plan_language=scenario.language, plan_revision=scenario.revision, input_hash=scenario.input_hash,
        sources_stamp=question.sources_stamp, answers=dict(question.answers),
        options=question.options.model_dump(mode="json"), study=study.model_dump(mode="json"),
        made_by=actor, made_at=at,
    )  # fmt: skip
    record(actor=actor, verb="study financing", obj=made, after=PlanState.PROPOSED, at=at,
           data={"plan": scenario.key, "proposals": len(study.proposals)})  # fmt: skip
    _drop_oldest(row)
    return made


def _drop_oldest(project: Project) -> None:
    """The newest are kept, and what was accepted."""
    kept = project.financing_plans.order_by("-number").values_list("pk", flat=True)[:MOST_STUDIES]
    project.financing_plans.exclude(pk__in=list(kept)).exclude(state=PlanState.ACCEPTED).delete()


@transaction.atomic
def mark_accepted(
    *, financing: FinancingPlan, chosen: int, accepted_revision: int, actor: Any, at: datetime
) -> None:
    """One proposal is now written in the plan, which came to `accepted_revision`; called by the journey that writes.

    What was accepted before for the same scenario is replaced. Raises `IllegalMove`, `NoSuchProposal`,
    `PermissionDenied`.
    """
    row = _locked(financing)
    if not 0 <= chosen < len(read_study(row.study).proposals):
        raise NoSuchProposal(str(chosen))
    check(actor, "financing.decide", row)
    for other in row.project.financing_plans.filter(plan_key=row.plan_key, state=PlanState.ACCEPTED):
        move(other, FINANCING_MOVES, "replace financing", actor=actor, at=at)
    # the row says which before it says accepted: the database asks both at once
    row.chosen, row.accepted_revision, row.decided_by = chosen, accepted_revision, actor
    row.version += 1
    row.save(update_fields=["chosen", "accepted_revision", "decided_by", "version"])
    move(row, FINANCING_MOVES, "accept financing", actor=actor, at=at,
         data={"plan": row.plan_key, "proposal": chosen, "revision": accepted_revision})  # fmt: skip
    financing.refresh_from_db()


@transaction.atomic
def withdraw_study(*, financing: FinancingPlan, actor: Any, at: datetime) -> None:
    """Put a study aside; the plan is not touched. Raises `IllegalMove`, `PermissionDenied`."""
    row = _locked(financing)
    check(actor, "financing.decide", row)
    row.decided_by = actor
    row.version += 1
    row.save(update_fields=["decided_by", "version"])
    move(row, FINANCING_MOVES, "withdraw financing", actor=actor, at=at)
    financing.refresh_from_db()


def _locked(financing: FinancingPlan) -> FinancingPlan:
    """The row as it is now, after its project."""
    project = lock_project(financing.project)
    row = FinancingPlan.objects.select_for_update().get(pk=financing.pk)
    row.project = project
    return row


def with_struck(options: Options, source: str) -> Options:
    """The options without that source.

    >>> with_struck(Options(forced=("tamwil",)), "tamwil").struck
    ('tamwil',)
    """
    struck = (*(one for one in options.struck if one != source), source)
    return options.model_copy(
        update={"struck": struck, "forced": tuple(one for one in options.forced if one != source)}
    )


def with_back(options: Options, source: str) -> Options:
    """The options with that source possible again."""
    return options.model_copy(update={"struck": tuple(one for one in options.struck if one != source)})


def with_forced(options: Options, source: str) -> Options:
    """The options with that source wanted by the group.

    >>> with_forced(Options(struck=("tamwil",)), "tamwil").forced
    ('tamwil',)
    """
    free = with_back(without_wish(options, source), source)
    return free.model_copy(update={"forced": (*free.forced, source)})


def without_wish(options: Options, source: str) -> Options:
    """The options with that source used only if it is worth it."""
    return options.model_copy(update={"forced": tuple(one for one in options.forced if one != source)})
