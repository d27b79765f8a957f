"""Who reads and who reports visits: rule and queryset side by side.

A report is read by whoever sees the project: its group and the advisor an owner let in. What staff keep apart is read
by the advisor let in, who is not of the group; no member of the group ever reads it, whatever their role.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.roles import Role
from bpc.portal.projects import visibility as projects
from bpc.portal.projects.models import Project
from bpc.portal.visits.models import Agreement, FormerVisit, StaffPart, VisitPhoto, VisitReport
from bpc.portal.visits.states import Part

CHANGE_WITHIN = timedelta(days=7)  # after the report reached the site


def can_see_visit(person: Any, visit: VisitReport) -> bool:
    """Whoever sees the project."""
    return projects.can_see_project(person, visit.project)


def visits_visible_to(person: Any) -> QuerySet[VisitReport]:
    """The reports `can_see_visit` allows."""
    return VisitReport.objects.filter(project__in=projects.projects_visible_to(person))


def can_see_of_visit(person: Any, row: Agreement | VisitPhoto) -> bool:
    """What was agreed, and the photos: whoever sees the report."""
    return can_see_visit(person, row.visit)


def agreements_visible_to(person: Any) -> QuerySet[Agreement]:
    """The agreements `can_see_of_visit` allows."""
    return Agreement.objects.filter(visit__project__in=projects.projects_visible_to(person))


def photos_visible_to(person: Any) -> QuerySet[VisitPhoto]:
    """The photos `can_see_of_visit` allows."""
    return VisitPhoto.objects.filter(visit__project__in=projects.projects_visible_to(person))


def reads_staff_parts(person: Any, project: Project) -> bool:
    """The advisor let in, who is not of the group."""
    return projects.advises(person, project) and not projects.belongs_to(person, project)


def projects_visited_by(person: Any) -> QuerySet[Project]:
    """The projects `reads_staff_parts` allows."""
    if not person.is_authenticated:
        return Project.objects.none()
    own = projects.memberships_of(person).values("project")
    return projects.projects_advised_by(person).exclude(pk__in=own)


def can_see_staff_part(person: Any, part: StaffPart) -> bool:
    """The advisor let in, who is not of the group."""
    return reads_staff_parts(person, part.visit.project)


def staff_parts_visible_to(person: Any) -> QuerySet[StaffPart]:
    """The parts `can_see_staff_part` allows."""
    return StaffPart.objects.filter(visit__project__in=projects_visited_by(person))


def can_see_former(person: Any, former: FormerVisit) -> bool:
    """Whoever reads the part that it was of."""
    if former.part == Part.STAFF:
        return reads_staff_parts(person, former.visit.project)
    return can_see_visit(person, former.visit)


def former_visible_to(person: Any) -> QuerySet[FormerVisit]:
    """The former texts `can_see_former` allows."""
    shared = Q(part=Part.SHARED, visit__project__in=projects.projects_visible_to(person))
    staff = Q(part=Part.STAFF, visit__project__in=projects_visited_by(person))
    return FormerVisit.objects.filter(shared | staff)


def may_visit(person: Any, project: Project | None) -> bool:
    """The advisor let in, who is not of the group, while the project is not archived."""
    return project is not None and project.archived_at is None and reads_staff_parts(person, project)


def may_change(person: Any, visit: VisitReport | None, *, at: datetime | None = None) -> bool:
    """The author, who may still report on the project, for seven days after the report came."""
    if visit is None or not person.is_authenticated or visit.author_id != person.pk:
        return False
    in_time = (at or timezone.now()) <= visit.received_at + CHANGE_WITHIN
    return in_time and may_visit(person, visit.project)


def may_withdraw_photo(person: Any, photo: VisitPhoto | None) -> bool:
    """Its author, and the group but its readers: people are on it. At any time."""
    if photo is None or not person.is_authenticated or photo.withdrawn_at is not None:
        return False
    own = photo.visit.author_id == person.pk and can_see_visit(person, photo.visit)
    return own or projects.belongs_to(person, photo.visit.project, *projects.WRITERS)


def goes_to_the_field(person: Any, _row: Any = None) -> bool:
    """The advisors."""
    return bool(person.is_authenticated) and person.holds(Role.ADVISOR)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(VisitReport, can_see=can_see_visit, visible_to=visits_visible_to)
    declare_visibility(Agreement, can_see=can_see_of_visit, visible_to=agreements_visible_to)
    declare_visibility(VisitPhoto, can_see=can_see_of_visit, visible_to=photos_visible_to)
    declare_visibility(StaffPart, can_see=can_see_staff_part, visible_to=staff_parts_visible_to)
    declare_visibility(FormerVisit, can_see=can_see_former, visible_to=former_visible_to)
    declare_right("visits.write", "Rendre compte d’une visite à un groupe (le conseiller admis)", may_visit)
    declare_right(
        "visits.change",
        "Corriger un compte rendu de visite, sept jours durant (la personne qui l’a écrit)",
        may_change,
    )
    declare_right(
        "visits.withdraw_photo",
        "Retirer une photo d’un compte rendu (qui l’a écrit, et le groupe sauf les lecteurs)",
        may_withdraw_photo,
    )
    declare_right(
        "visits.field",
        "Écrire ses comptes rendus de visite, même sans réseau (conseillers)",
        goes_to_the_field,
    )
