"""Self-diagnoses of the demonstration project: two finished, three weeks apart, and one just begun."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bpc.portal.diagnosis.answering import answer_family, begin_diagnosis, finish_diagnosis
from bpc.portal.diagnosis.questions import questionnaire
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole

_FIRST = {
    "problem": "said", "together": "vague", "tried": "alone", "number": "five", "pledged": "unsaid",
    "decided": "rarely", "skills": "several", "buyers": "kind", "price": "souk", "rivals": None,
    "delivery": "not_yet", "cost": "not_yet", "plan": "none", "own": "unsaid", "funders": "not_yet",
    "offices": "some", "accounts": "head", "informed": "phone", "rules": "one", "name": "not_yet",
    "statutes": "not_yet", "permits": None,
}  # fmt: skip
_THEN = {
    "problem": "heard", "pledged": "spoken", "buyers": "spoken", "price": "cost", "rivals": "names",
    "cost": "rough", "plan": "begun", "own": "agreed", "funders": "names", "offices": "all", "name": "chosen",
}  # fmt: skip


@transaction.atomic
def create_demo_diagnoses(facts_of: Callable[[Project], Mapping[str, int]]) -> int:
    """Create them if the demonstration project has none; returns how many. They go with the project.

    `facts_of`: what the other rooms know of it, for the one just begun.
    """
    project = Project.objects.filter(is_demo=True, following=None, diagnoses=None).order_by("pk").first()
    if project is None:
        return 0
    owner = User.objects.get(project_memberships__project=project, project_memberships__role=MemberRole.OWNER)
    for days, answers in ((25, _FIRST), (3, {**_FIRST, **_THEN})):
        at = timezone.now() - timedelta(days=days)
        row = begin_diagnosis(project=project, facts={}, actor=owner, at=at)
        for family in questionnaire().families:
            row = answer_family(
                diagnosis=row, family=family, answers=answers, revision=row.revision, actor=owner, at=at
            )
        finish_diagnosis(diagnosis=row, actor=owner, at=at)
    begin_diagnosis(project=project, facts=facts_of(project), actor=owner, at=timezone.now())
    return 3
