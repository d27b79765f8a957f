"""What pages read of visits: lists without their texts, one report whole."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from bpc.portal.foundation.permissions import visible
from bpc.portal.projects.models import Project
from bpc.portal.visits.models import Agreement, FormerVisit, StaffPart, VisitPhoto, VisitReport
from bpc.portal.visits.visibility import projects_visited_by

_LISTED = (
    "pk", "project", "visited_at", "commune", "place", "need", "blocked_on", "language", "received_at",
    "changed_at", "women", "men", "project__reference", "project__name", "project__language",
    "author__display_name", "commune__code", "commune__name_fr", "commune__name_ar",
)  # fmt: skip
MOST_OFFERED = 300  # projects in the field page's list


def _listed(rows: QuerySet[VisitReport]) -> QuerySet[VisitReport]:
    """Rows of a list: no texts, and what is counted."""
    return (
        rows.select_related("author", "commune", "project")
        .only(*_LISTED)
        .annotate(
            agreed_count=Count("agreements", distinct=True),
            photo_count=Count("photos", filter=Q(photos__withdrawn_at=None), distinct=True),
        )
        .order_by("-visited_at", "-pk")
    )


def visits_of(project: Project) -> QuerySet[VisitReport]:
    """The reports on a project, the last visit first."""
    return _listed(VisitReport.objects.filter(project=project))


def own_visits(person: Any) -> QuerySet[VisitReport]:
    """The reports a person wrote and still sees, the last to come first."""
    rows = visible(person, VisitReport).filter(author=person)
    return _listed(rows).order_by("-received_at", "-pk")


def last_visit(project: Project) -> VisitReport | None:
    """The last one, for the project's page."""
    return visits_of(project).first()


def projects_to_visit(person: Any) -> list[Project]:
    """The projects a person may report on, by name."""
    rows = projects_visited_by(person).filter(archived_at=None).select_related("commune", "region")
    fields = ("pk", "reference", "name", "language", "commune__name_fr", "commune__name_ar", "region__code")
    return list(rows.only(*fields).order_by("name", "pk")[:MOST_OFFERED])


@dataclass(frozen=True)
class VisitSheet:
    """One report as its reader sees it; `staff_part` and the former texts of it only for who reads them."""

    visit: VisitReport
    agreements: list[Agreement]
    photos: list[VisitPhoto]
    staff_part: StaffPart | None
    former: list[FormerVisit]


def visit_sheet(visit: VisitReport, reader: Any) -> VisitSheet:
    """The whole of a report, in a constant number of queries."""
    return VisitSheet(
        visit,
        list(visit.agreements.all()),
        list(visit.photos.all()),
        visible(reader, StaffPart).filter(visit=visit).first(),
        list(visible(reader, FormerVisit).filter(visit=visit)),
    )
