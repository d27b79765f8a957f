"""What the page of a project says of its mandates."""

from typing import Any

from django.utils import timezone

from bpc.portal.foundation.writing import isolated
from bpc.portal.projects.mandates.queries import of_project, recent_acts, to_act_under
from bpc.portal.projects.mandates.visibility import may_ask
from bpc.portal.projects.models import Project
from bpc.portal.web.mandates.words import MandateLine, act_line, mandate_line, name_of

_SHOWN = 5


def mandates_on(person: Any, project: Project) -> dict[str, Any]:
    """The mandate the advisor may act under, and the last things done in somebody's name."""
    asks = may_ask(person, project)
    under = to_act_under(person, project, timezone.now()) if asks else None
    return {
        "fill_under": under,
        "fill_name": isolated(name_of(under.person)) if under is not None else "",
        "may_ask_mandate": asks,
        "acted": [act_line(entry) for entry in recent_acts(project, _SHOWN)],
    }


def mandate_lines(person: Any, project: Project) -> list[MandateLine]:
    """The mandates of one project that the person may see."""
    now = timezone.now()
    return [mandate_line(row, now) for row in of_project(person, project, now)]
