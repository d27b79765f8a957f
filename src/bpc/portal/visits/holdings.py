"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave.

Reports name nobody: their authors find their own, members of a group read them with the project. What staff keep apart
is told to the group as notes between staff are: that there is some, how much, until when.
"""

from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding
from bpc.portal.projects.belongings import declare_belonging
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import memberships_of
from bpc.portal.visits.models import StaffPart, VisitReport
from bpc.portal.visits.photos import delete_files_of_projects
from bpc.portal.visits.states import THEMES


def declare() -> None:
    """Called once when the app is ready."""
    declare_belonging(delete_files_of_projects)
    for holding in (
        Holding(
            "visit_reports",
            _("Vos comptes rendus de visite"),
            ("visits.VisitReport.author",),
            _reports,
            _("Ils restent au groupe et à ses conseillers, sans votre nom."),
            _forget_reports,
        ),
        Holding(
            "visits_to_projects",
            _(
                "Les visites à vos groupes, et ce que les agents en gardent entre eux "
                "(demandez par écrit ce qui vous concerne)"
            ),
            (),
            _visits_to_projects,
            _("Elles partent avec le projet."),
            _nothing,
        ),
    ):
        declare_holding(holding)


def _reports(user: User) -> list[Row]:
    rows = (
        VisitReport.objects.filter(author=user)
        .select_related("project", "staff_part")
        .prefetch_related("agreements", "former")
        .order_by("pk")
    )
    return [
        {
            "code": row.project.reference, "visited": row.visited_at, "place": row.place,
            "text": "\n\n".join(text for name in THEMES if (text := getattr(row, name))),
            "agreed": " ; ".join(one.what for one in row.agreements.all()), "need": row.blocked_on,
            "staff_words": _staff_text(row), "former": [one.contents for one in row.former.all()],
            "at": row.received_at,
        }
        for row in rows
    ]  # fmt: skip


def _staff_text(row: VisitReport) -> str:
    part = getattr(row, "staff_part", None)
    return part.text if isinstance(part, StaffPart) else ""


def _forget_reports(user: User) -> None:
    VisitReport.objects.filter(author=user).update(author=None)


def _visits_to_projects(user: User) -> list[Row]:
    """How many and how many parts are kept between staff, never what those say."""
    projects = (
        Project.objects.filter(pk__in=memberships_of(user).values("project"), visits__isnull=False)
        .annotate(
            reports=Count("visits", distinct=True), apart=Count("visits__staff_part", distinct=True),
            last=Max("visits__visited_at"),
        )
        .order_by("pk")
    )  # fmt: skip
    return [
        {"code": one.reference, "how_many": one.reports, "between_staff": one.apart, "at": one.last}
        for one in projects
    ]


def _nothing(user: User) -> None:
    """Nothing in it points to the person."""
