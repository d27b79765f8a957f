"""Searching who could pay for a plan, as the group asks it, and keeping what was found."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from bpc.core.plan.schema import Plan as Assumptions
from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.studies import Goal, Need, Options, Study
from bpc.portal.financing.studying import Question, Scenario, keep_study
from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.permissions import check
from bpc.portal.funding.matching import known_facts
from bpc.portal.funding.queries import GENERATION, all_sources
from bpc.portal.journeys.financing_need import need_of_plan
from bpc.portal.journeys.financing_told import kept_need, kept_study
from bpc.portal.journeys.project_funding import answers_of
from bpc.portal.journeys.propose_financing import Wishes, propose_financing
from bpc.portal.plans.models import Plan
from bpc.portal.plans.reckoning import reckon_stored


class UnreadablePlan(Exception):
    """Today's engine no longer reads the plan."""


def study_financing(*, plan: Plan, options: Options, actor: Any, at: datetime, today: date) -> FinancingPlan:
    """Search, then keep. Raises `PermissionDenied`, `TooManyStudies`, `UnreadablePlan`."""
    check(actor, "financing.study", plan.project)
    answers = asked_answers(plan, options)
    study = search_financing(plan=plan, options=options, answers=answers, today=today)
    scenario = Scenario(plan.pk, plan.name, plan.language, plan.revision, plan.input_hash)
    question = Question(scenario, options, answers, sources_stamp())
    return keep_study(project=plan.project, question=question, study=study, actor=actor, at=at)


def asked_answers(plan: Plan, options: Options) -> dict[str, Any]:
    """What the group answered, over which stand the amounts of this study."""
    said = dict(answers_of(plan.project).answers)
    own = {"own_cash_mad": options.own_cash, "own_in_kind_mad": options.own_in_kind}
    return said | {name: value for name, value in own.items() if value is not None}


def search_financing(*, plan: Plan, options: Options, answers: Mapping[str, Any], today: date) -> Study:
    """What was found, nothing kept. Raises `UnreadablePlan`."""
    reckoning = reckon_stored(plan.document)
    if reckoning is None:
        raise UnreadablePlan(str(plan.pk))
    wishes = Wishes(
        own_cash=options.own_cash, own_in_kind=options.own_in_kind, floor=options.floor,
        struck=frozenset(options.struck), forced=frozenset(options.forced), to_confirm=options.to_confirm,
        may_wait=options.may_wait,
    )  # fmt: skip
    facts = known_facts(answers, today=today)
    found = propose_financing(plan, facts, today=today, wishes=wishes, language=get_language() or "fr")
    study = kept_study(found, all_sources(), first_month(reckoning.assumptions), options.struck)
    return wished_first(study, options.goal)


def wished_first(study: Study, goal: Goal) -> Study:
    """The proposal that reaches what matters most to the group before the others; those to confirm stay last."""
    ordered = sorted(study.proposals, key=lambda one: (one.optimistic, goal not in (one.goal, *one.also)))
    return study.model_copy(update={"proposals": tuple(ordered)})


def sources_stamp() -> str:
    """Changes whenever the directory of sources does."""
    return hashlib.blake2b(generations(GENERATION).encode(), digest_size=16).hexdigest()


def needed_by(plan: Plan) -> Need | None:
    """What the plan lacks before anybody is asked; None when today's engine no longer reads it."""
    reckoning = reckon_stored(plan.document)
    if reckoning is None:
        return None
    return kept_need(
        need_of_plan(plan, answers_of(plan.project).answers).need, first_month(reckoning.assumptions)
    )


def first_month(assumptions: Assumptions) -> str:
    """« 2027-01 », empty in a plan of no particular year."""
    first = assumptions.first_month
    return f"{first.year:04d}-{first.month:02d}" if assumptions.dated else ""
