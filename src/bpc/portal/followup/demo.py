"""The path of the demonstration project: the creation, half-way through the name, one step blocked."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bpc.portal.followup.actions import Said, answer_question, mark_step, open_path
from bpc.portal.followup.states import Question, StepState
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole


@transaction.atomic
def create_demo_paths() -> int:
    """Open the path if the demonstration project has none; returns how many were opened.

    It goes with the project when the demonstration is removed.
    """
    project = Project.objects.filter(is_demo=True, following=None, paths=None).order_by("pk").first()
    if project is None:
        return 0
    owner = project.members.filter(role=MemberRole.OWNER).select_related("user").order_by("pk")[0].user
    now = timezone.now()
    today = timezone.localtime(now).date()
    path = open_path(project=project, slug="creation", actor=owner, at=now - timedelta(days=38))
    said = (
        (34, "idea_check", Said(StepState.DONE, on=today - timedelta(days=34))),
        (24, "name_request", Said(StepState.DONE, on=today - timedelta(days=24))),
        (20, "name_certificate", Said(StepState.DONE, on=today - timedelta(days=20))),
        (12, "statutes_draft", Said(StepState.DOING, due_on=today + timedelta(days=9))),
        (
            6,
            "capital_subscription",
            Said(
                StepState.BLOCKED, language="fr",
                note="Deux familles attendent la vente de la récolte pour verser leur part.",
            ),
        ),
    )  # fmt: skip
    for days, step, words in said:
        mark_step(path=path, step=step, said=words, actor=owner, at=now - timedelta(days=days))
    answer_question(
        project=project, question=Question.IN_KIND, yes=False, actor=owner, at=now - timedelta(days=30)
    )
    answer_question(
        project=project, question=Question.EMPLOYEES, yes=False, actor=owner, at=now - timedelta(days=30)
    )
    return 1
