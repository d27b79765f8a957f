"""Who may fill in a project for somebody, and who sees and ends a mandate: rule and queryset side by side.

A mandate never shows a project: the advisor reads it because its group let them in, as ever. It only lets them write,
while they act under it, what `projects.fill` names; everything else still asks for `projects.edit` or `projects.own`.
"""

from copy import copy
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.models import RoleGrant
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.states import Given
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectMember
from bpc.portal.projects.states import MemberRole
from bpc.portal.projects.visibility import WRITERS, belongs_to, can_edit, memberships_of, owns


def mandates_in_force(at: datetime) -> QuerySet[Mandate]:
    """Those an advisor may act under at this instant, as the database knows it in this transaction.

    Confirmed, not ended, not past its last day; the person still writes in the project; the advisor has advised in its
    region and been let in without a break since it was confirmed; both accounts and the project stand.
    """
    writes = ProjectMember.objects.filter(
        project=OuterRef("project"), user=OuterRef("person"), role__in=WRITERS
    )
    belongs = ProjectMember.objects.filter(project=OuterRef("project"), user=OuterRef("advisor"))
    advises = RoleGrant.objects.filter(
        user=OuterRef("advisor"), role=Role.ADVISOR, region=OuterRef("project__region"), ended_at=None,
        granted_at__lte=OuterRef("confirmed_at"),
    )  # fmt: skip
    let_in = AdvisorAccess.objects.filter(
        project=OuterRef("project"), advisor=OuterRef("advisor"), ended_at=None,
        granted_at__lte=OuterRef("confirmed_at"),
    )  # fmt: skip
    return Mandate.objects.filter(
        Exists(writes), ~Exists(belongs), Exists(advises), Exists(let_in),
        confirmed_at__isnull=False, ended_at=None, until_on__gte=timezone.localdate(at),
        person__is_active=True, advisor__is_active=True, project__archived_at=None,
    )  # fmt: skip


def acting_mandates(person: Any) -> QuerySet[Mandate]:
    """The mandate in force under which the person acts in this very request; none, or one."""
    if not person.is_authenticated or person.acting_under is None:
        return Mandate.objects.none()
    return mandates_in_force(timezone.now()).filter(pk=person.acting_under, advisor=person)


def fills_for_somebody(person: Any, project: Project) -> bool:
    """Whether the person acts, in this request, under a mandate in force for this project."""
    return acting_mandates(person).filter(project=project).exists()


def can_fill(person: Any, project: Project | None) -> bool:
    """Whoever changes the project, and the advisor who acts for one of them."""
    return project is not None and (can_edit(person, project) or fills_for_somebody(person, project))


def projects_filled_by(person: Any) -> QuerySet[Project]:
    """The projects `can_fill` allows."""
    if not person.is_authenticated:
        return Project.objects.none()
    own = memberships_of(person).filter(role__in=WRITERS).values("project")
    acting = acting_mandates(person).values("project")
    return Project.objects.filter(Q(pk__in=own) | Q(pk__in=acting), archived_at=None)


def filling(actor: Any, project: Project) -> Any:
    """The actor as the trail writes them: in their own name, or for the person whose mandate lets them write.

    For verbs of `projects.fill`, once the project is locked: a withdrawal waits for the same lock, so nothing is
    written after it. Raises `PermissionDenied`.
    """
    if can_edit(actor, project):
        return actor
    mandate = acting_mandates(actor).filter(project=project).only("person_id").first()
    if mandate is None:
        raise PermissionDenied("projects.fill")
    named = copy(actor)
    named.acts_for = mandate.person_id
    return named


def can_see_mandate(person: Any, mandate: Mandate) -> bool:
    """Its two parties, the owners of the project, the delegates of its region, national administrators."""
    if not person.is_authenticated:
        return False
    return (
        person.pk in (mandate.person_id, mandate.advisor_id)
        or is_administrator(person)
        or mandate.project.region_id in person.regions_as(Role.DELEGATE)
        or owns(person, mandate.project)
    )


def mandates_visible_to(person: Any) -> QuerySet[Mandate]:
    """The mandates `can_see_mandate` allows."""
    if not person.is_authenticated:
        return Mandate.objects.none()
    if is_administrator(person):
        return Mandate.objects.all()
    owned = memberships_of(person).filter(role=MemberRole.OWNER)
    return Mandate.objects.filter(
        Q(person=person)
        | Q(advisor=person)
        | Q(project__region__in=person.regions_as(Role.DELEGATE))
        | Q(project__in=owned.values("project"))
    )


def may_ask(person: Any, project: Project | None = None) -> bool:
    """An advisor; for one project, an advisor of its region who is not of the group."""
    if not person.is_authenticated or not person.holds(Role.ADVISOR):
        return False
    return project is None or (
        project.region_id in person.regions_as(Role.ADVISOR) and not belongs_to(person, project)
    )


def may_confirm(person: Any, mandate: Mandate | None) -> bool:
    """What was said before a witness: a delegate of the region, who is neither of the two."""
    if mandate is None or not person.is_authenticated or mandate.given != Given.WITNESS:
        return False
    return mandate.project.region_id in person.regions_as(Role.DELEGATE) and person.pk not in (
        mandate.person_id,
        mandate.advisor_id,
    )


def may_act(person: Any, mandate: Mandate | None) -> bool:
    """The advisor of a mandate in force."""
    if mandate is None or not person.is_authenticated or mandate.advisor_id != person.pk:
        return False
    return mandates_in_force(timezone.now()).filter(pk=mandate.pk).exists()


def may_withdraw(person: Any, mandate: Mandate | None) -> bool:
    """Whoever sees it."""
    return mandate is not None and can_see_mandate(person, mandate)


def may_steer(person: Any, obj: Any = None) -> bool:
    """Delegates and national administrators."""
    return bool(person.is_authenticated and (person.holds(Role.DELEGATE) or is_administrator(person)))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Mandate, can_see=can_see_mandate, visible_to=mandates_visible_to)
    declare_right(
        "projects.fill",
        "Remplir un projet : plan, dossier de création, diagnostic, financement, personnes (son groupe, sauf les "
        "lecteurs, et le conseiller qui remplit pour l’un d’eux sous un mandat en cours)",
        can_fill,
    )
    declare_right("mandates.ask", "Demander à remplir pour quelqu’un (les conseillers de la région)", may_ask)
    declare_right("mandates.act", "Remplir pour quelqu’un (le conseiller, sous un mandat en cours)", may_act)
    declare_right(
        "mandates.confirm",
        "Confirmer un mandat donné devant un témoin (un délégué de la région, ni la personne ni le conseiller)",
        may_confirm,
    )
    declare_right(
        "mandates.withdraw",
        "Arrêter un mandat (la personne, le conseiller, les responsables du projet, la délégation)",
        may_withdraw,
    )
    declare_right("mandates.steer", "Suivre les mandats d’une région (délégués, administrateurs)", may_steer)
