"""The financing of the demonstration project: what its group answered, and a study of who could pay."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from bpc.portal.financing.answering import answer_questions, said_by
from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.studies import Options
from bpc.portal.journeys.study_financing import study_financing
from bpc.portal.plans.queries import main_plan
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole

#: What a young cooperative of the mountain would answer; the rest is left to be answered.
_ANSWERS: dict[str, Any] = {
    "legal_form": "cooperative",
    "age_years": 2.5,
    "members": 12,
    "women": 8,
    "youth": 5,
    "women_or_youth": 10,
    "rural": True,
    "project_type": "processing_unit",
    "activity_mode": "processing",
    "keeps_accounts": True,
    "tax_up_to_date": True,
    "own_in_kind_mad": 30_000,
}


@transaction.atomic
def create_demo_financing() -> int:
    """Answer and search for the demonstration project, unless it was done; returns how many studies it made.

    They go with the project when the demonstration is removed.
    """
    project = (
        Project.objects.filter(is_demo=True, following=None, financing_plans=None).order_by("pk").first()
    )
    plan = main_plan(project) if project is not None else None
    if project is None or plan is None:
        return 0
    owner = project.members.filter(role=MemberRole.OWNER).select_related("user").order_by("pk")[0].user
    searched = timezone.now() - timedelta(days=1)
    profile = said_by(project)
    if not profile.answers:
        answer_questions(
            project=project, answers=_ANSWERS, revision=profile.revision, actor=owner, at=searched
        )
    with translation.override(settings.LANGUAGE_CODE):
        study_financing(
            plan=plan, options=Options(), actor=owner, at=searched, today=timezone.localdate(searched)
        )
    return FinancingPlan.objects.filter(project=project).count()
