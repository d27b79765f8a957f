"""What the page of a project reads of its vault and applications, at a cost that does not grow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from bpc.portal.applications.models import Application, ApplicationTick
from bpc.portal.applications.required import asked_papers, usual_of
from bpc.portal.applications.sources import source_of
from bpc.portal.applications.states import RUNNING
from bpc.portal.projects.models import Project
from bpc.portal.vault.papers import SOON
from bpc.portal.vault.visibility import papers_visible_to

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Glance:
    """A project's papers and applications in a few numbers, and the applications that moved last."""

    papers: int
    expiring: int  # within thirty days, or expired
    running: tuple[Application, ...]


def at_a_glance(project: Project, today: date, person: Any) -> Glance:
    """What the person may see of it, in three queries."""
    counted = (
        papers_visible_to(person)
        .current()
        .filter(project=project)
        .aggregate(papers=Count("pk"), expiring=Count("pk", filter=Q(expires_on__lte=today + SOON)))
    )
    running = tuple(project.applications.filter(state__in=RUNNING)[:MOST_SHOWN])
    return Glance(counted["papers"], counted["expiring"], running)


def asked_by(project: Project) -> dict[str, tuple[Application, ...]]:
    """Who will read each kind of paper once the group sends it: the requests being prepared or examined that ask it."""
    found: dict[str, tuple[Application, ...]] = {}
    for application in project.applications.filter(state__in=RUNNING):
        source = source_of(application.source_slug)
        asked = asked_papers(source.documents) if source is not None else ()
        for code in dict.fromkeys((*asked, *usual_of(source))):
            found[code] = (*found.get(code, ()), application)
    return found


def missing_papers(
    project: Project, applications: Iterable[Application], today: date
) -> Iterator[tuple[str, Application]]:
    """The kinds of papers that these requests ask and the vault lacks or holds expired, ticks on paper aside.

    Only what the source publishes as asked. Three queries whatever their number.
    """
    rows = list(applications)
    held = project.papers.current().exclude(expires_on__lt=today).order_by()
    kept = set(held.values_list("kind", flat=True))
    ticked = set(ApplicationTick.objects.filter(application__in=rows).values_list("application", "key"))
    for application in rows:
        source = source_of(application.source_slug)
        for kind in asked_papers(source.documents) if source is not None else ():
            if kind not in kept and (application.pk, f"paper:{kind}") not in ticked:
                yield kind, application
