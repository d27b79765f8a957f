"""What the page of a project shows of appointments: the next ones, and whose hours the group may book in."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bpc.portal.appointments.models import Calendar
from bpc.portal.appointments.queries import coming_of_project
from bpc.portal.appointments.visibility import running_calendars
from bpc.portal.projects.models import AdvisorAccess, Project
from bpc.portal.projects.visibility import belongs_to
from bpc.portal.web.appointments import words

_SHOWN = 3


@dataclass(frozen=True)
class Glance:
    """The next appointments about a project; the calendars of the advisors it lets in, with their names."""

    coming: list[words.Card]
    calendars: list[tuple[Calendar, str]]


def appointments_at_a_glance(person: Any, project: Project) -> Glance | None:
    """For the group only; None when there is nothing to come and nobody to meet."""
    if not belongs_to(person, project):
        return None
    coming = [words.card_of(row) for row in coming_of_project(project, timezone.now())[:_SHOWN]]
    let_in = AdvisorAccess.objects.filter(project=project, ended_at=None).values("advisor")
    rows = (
        running_calendars().filter(user__in=let_in, region=project.region_id, rules__isnull=False).distinct()
    )
    calendars = [(one, words.advisor_name(one.user)) for one in rows.select_related("user").order_by("pk")]
    if project.archived_at is not None:
        calendars = []
    return Glance(coming, calendars) if coming or calendars else None
