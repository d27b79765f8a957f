"""What the pages of plans need beside the demonstration: a project whose group has not begun its plan."""

from uuid import UUID

from django.utils import timezone

from bpc.portal.projects.actions import Description, Start, create_project
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole, Stage

_KEY = UUID("7a3f8a52-8d0e-4a50-9f63-0a7b6f7f1c02")


def project_without_plan(like: Project) -> Project:
    """Of the same owner, at the same place, begun from a model; made once."""
    owner = like.members.get(role=MemberRole.OWNER).user
    return create_project(
        description=Description("Miel de la vallée", "", "fr", "beekeeping", like.commune),
        stage=Stage.IDEA, start=Start(model_slug="miel"), submission_key=_KEY, actor=owner, at=timezone.now(),
    )  # fmt: skip
