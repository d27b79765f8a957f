"""What the page of a project reads of its vault and applications, at a cost that does not grow."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from bpc.portal.applications.models import Application
from bpc.portal.applications.papers import SOON
from bpc.portal.applications.states import RUNNING
from bpc.portal.projects.models import Project

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Glance:
    """A project's papers and applications in a few numbers, and the applications that moved last."""

    papers: int
    expiring: int  # within thirty days, or expired
    running: tuple[Application, ...]


def at_a_glance(project: Project, today: date) -> Glance:
    """Two queries."""
    counted = project.papers.filter(replaced_by=None).aggregate(
        papers=Count("pk"), expiring=Count("pk", filter=Q(expires_on__lte=today + SOON))
    )
    running = tuple(project.applications.filter(state__in=RUNNING)[:MOST_SHOWN])
    return Glance(counted["papers"], counted["expiring"], running)
