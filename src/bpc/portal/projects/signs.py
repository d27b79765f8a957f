"""Signs of life of a group: the last moment it did anything at all on the site, or came to an appointment.

Rooms above say it when one of their actions is done, by `projects.actions.touch` when the project's own content
changed, by `note_sign` else. What an advisor or the site does is no sign of the group.
"""

from datetime import datetime
from typing import Any

from bpc.portal.projects.models import Project


def note_sign(project: int | None, actor: Any, at: datetime) -> None:
    """The actor did something about the project: a sign when they belong to its group, nothing else.

    Never set back, so that what is told late of an earlier day changes nothing.
    """
    if project is None or actor is None or not actor.is_authenticated:
        return
    Project.objects.filter(pk=project, members__user=actor, last_sign_at__lt=at).update(last_sign_at=at)


def note_meeting(project: int | None, at: datetime) -> None:
    """The group came to an appointment at this moment, whoever writes it down."""
    if project is not None:
        Project.objects.filter(pk=project, last_sign_at__lt=at).update(last_sign_at=at)
