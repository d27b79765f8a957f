"""Who sees and who does what with a request: rule and queryset side by side.

The sheet (subject, clock, owner) is read by who asks, their group when it is about a project, the owner, the
delegates of the region and the national administrators. What was written is read by delegates and administrators only
once the request came up to their desk.
"""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.counsel.models import (
    Absence,
    AdvisorSheet,
    Assignment,
    HelpRequest,
    Ownership,
    RequestText,
    Silence,
)
from bpc.portal.counsel.ownership import RANKS, Desk
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import belongs_to, memberships_of

_AT_REGION, _AT_NATIONAL = RANKS[Desk.REGION], RANKS[Desk.NATIONAL]
_ROLES = {Desk.ADVISOR: Role.ADVISOR, Desk.REGION: Role.DELEGATE}


def asked(person: Any, request: HelpRequest) -> bool:
    """Whether the request is the person's own."""
    return bool(person.is_authenticated and request.asker_id == person.pk)


def _of_the_group(person: Any, request: HelpRequest) -> bool:
    return request.project is not None and belongs_to(person, request.project)


def _own_or_group(person: Any) -> Q:
    return Q(asker=person) | Q(project__in=memberships_of(person).values("project"))


def holds(person: Any, request: HelpRequest) -> bool:
    """Whether the person is the present owner and still works where the request waits."""
    if not person.is_authenticated or request.holder_id != person.pk:
        return False
    role = _ROLES.get(Desk(request.desk))
    return role is not None and request.region_id in person.regions_as(role)


def _held_by(person: Any) -> Q:
    rule = Q(pk=None)
    for desk, role in _ROLES.items():
        rule |= Q(desk=desk, holder=person, region__in=person.regions_as(role))
    return rule


def requests_held_by(person: Any) -> QuerySet[HelpRequest]:
    """The requests `holds` allows."""
    if not person.is_authenticated:
        return HelpRequest.objects.none()
    return HelpRequest.objects.filter(_held_by(person))


def _leads_region(person: Any, request: HelpRequest) -> bool:
    return bool(person.is_authenticated and request.region_id in person.regions_as(Role.DELEGATE))


def can_see_request(person: Any, request: HelpRequest) -> bool:
    """The sheet: who asks, the group, the owner, the delegates of the region, national administrators."""
    if not person.is_authenticated:
        return False
    return (
        asked(person, request)
        or is_administrator(person)
        or _leads_region(person, request)
        or holds(person, request)
        or _of_the_group(person, request)
    )


def requests_visible_to(person: Any) -> QuerySet[HelpRequest]:
    """The requests `can_see_request` allows."""
    if not person.is_authenticated:
        return HelpRequest.objects.none()
    if is_administrator(person):
        return HelpRequest.objects.all()
    return HelpRequest.objects.filter(
        _own_or_group(person) | _held_by(person) | Q(region__in=person.regions_as(Role.DELEGATE))
    )


def can_read(person: Any, request: HelpRequest) -> bool:
    """What was written: who asks, the group, the owner; delegates and administrators once it came up to them."""
    if not person.is_authenticated:
        return False
    return (
        asked(person, request)
        or holds(person, request)
        or (request.reach >= _AT_REGION and _leads_region(person, request))
        or (request.reach >= _AT_NATIONAL and is_administrator(person))
        or _of_the_group(person, request)
    )


def requests_read_by(person: Any) -> QuerySet[HelpRequest]:
    """The requests `can_read` allows."""
    if not person.is_authenticated:
        return HelpRequest.objects.none()
    rule = _own_or_group(person) | _held_by(person)
    rule |= Q(reach__gte=_AT_REGION, region__in=person.regions_as(Role.DELEGATE))
    if is_administrator(person):
        rule |= Q(reach__gte=_AT_NATIONAL)
    return HelpRequest.objects.filter(rule)


def can_see_text(person: Any, text: RequestText) -> bool:
    """Whoever may read the request."""
    return can_read(person, text.request)


def texts_visible_to(person: Any) -> QuerySet[RequestText]:
    """The texts `can_see_text` allows."""
    return RequestText.objects.filter(request__in=requests_read_by(person).values("pk"))


def can_see_ownership(person: Any, ownership: Ownership) -> bool:
    """Whoever sees the sheet."""
    return can_see_request(person, ownership.request)


def ownerships_visible_to(person: Any) -> QuerySet[Ownership]:
    """The intervals `can_see_ownership` allows."""
    return Ownership.objects.filter(request__in=requests_visible_to(person).values("pk"))


def leads_advisor(person: Any, advisor: User | None) -> bool:
    """A delegate of a region where `advisor` advises, or a national administrator."""
    if not person.is_authenticated or advisor is None:
        return False
    return is_administrator(person) or bool(
        person.regions_as(Role.DELEGATE) & advisor.regions_as(Role.ADVISOR)
    )


def advisors_led_by(person: Any) -> QuerySet[User]:
    """The accounts `leads_advisor` allows; an administrator leads everybody."""
    if not person.is_authenticated:
        return User.objects.none()
    if is_administrator(person):
        return User.objects.all()
    grants = RoleGrant.objects.filter(
        role=Role.ADVISOR, ended_at=None, region__in=person.regions_as(Role.DELEGATE)
    )
    return User.objects.filter(pk__in=grants.values("user"))


def can_see_sheet(person: Any, sheet: AdvisorSheet) -> bool:
    """The advisor, and who leads them."""
    return bool(person.is_authenticated and sheet.user_id == person.pk) or leads_advisor(person, sheet.user)


def sheets_visible_to(person: Any) -> QuerySet[AdvisorSheet]:
    """The sheets `can_see_sheet` allows."""
    if not person.is_authenticated:
        return AdvisorSheet.objects.none()
    return AdvisorSheet.objects.filter(Q(user=person) | Q(user__in=advisors_led_by(person).values("pk")))


def can_see_absence(person: Any, absence: Absence) -> bool:
    """The advisor, and who leads them."""
    return bool(person.is_authenticated and absence.advisor_id == person.pk) or leads_advisor(
        person, absence.advisor
    )


def absences_visible_to(person: Any) -> QuerySet[Absence]:
    """The absences `can_see_absence` allows."""
    if not person.is_authenticated:
        return Absence.objects.none()
    return Absence.objects.filter(Q(advisor=person) | Q(advisor__in=advisors_led_by(person).values("pk")))


def leads_project(person: Any, project: Project | None) -> bool:
    """A delegate of the project's region, or a national administrator; never a member of its group."""
    if project is None or not person.is_authenticated or belongs_to(person, project):
        return False
    return is_administrator(person) or project.region_id in person.regions_as(Role.DELEGATE)


def can_see_assignment(person: Any, assignment: Assignment) -> bool:
    """The advisor it names, the group, the delegates of the region, national administrators."""
    if not person.is_authenticated:
        return False
    project = assignment.project
    return (
        assignment.advisor_id == person.pk
        or is_administrator(person)
        or project.region_id in person.regions_as(Role.DELEGATE)
        or belongs_to(person, project)
    )


def assignments_visible_to(person: Any) -> QuerySet[Assignment]:
    """The assignments `can_see_assignment` allows."""
    if not person.is_authenticated:
        return Assignment.objects.none()
    if is_administrator(person):
        return Assignment.objects.all()
    return Assignment.objects.filter(
        Q(advisor=person)
        | Q(project__region__in=person.regions_as(Role.DELEGATE))
        | Q(project__in=memberships_of(person).values("project"))
    )


def can_see_silence(person: Any, silence: Silence) -> bool:
    """The delegates of the region, national administrators."""
    if not person.is_authenticated:
        return False
    return is_administrator(person) or silence.project.region_id in person.regions_as(Role.DELEGATE)


def silences_visible_to(person: Any) -> QuerySet[Silence]:
    """The silences `can_see_silence` allows."""
    if not person.is_authenticated:
        return Silence.objects.none()
    if is_administrator(person):
        return Silence.objects.all()
    return Silence.objects.filter(project__region__in=person.regions_as(Role.DELEGATE))


def can_ask(person: Any, project: Project | None) -> bool:
    """Anybody with an account; about a project, its group."""
    return bool(person.is_authenticated) and (project is None or belongs_to(person, project))


def can_answer(person: Any, request: HelpRequest | None) -> bool:
    """The owner; at a region's desk any of its delegates, at the national desk any administrator; never who asks."""
    if request is None or not person.is_authenticated or asked(person, request):
        return False
    return (
        holds(person, request)
        or (request.desk == Desk.REGION and _leads_region(person, request))
        or (request.desk == Desk.NATIONAL and is_administrator(person))
    )


def can_transfer(person: Any, request: HelpRequest | None) -> bool:
    """Who may answer it, the delegates of the region, national administrators; never who asks."""
    if request is None or not person.is_authenticated or asked(person, request):
        return False
    return can_answer(person, request) or _leads_region(person, request) or is_administrator(person)


def owns_request(person: Any, request: HelpRequest | None) -> bool:
    """Who asked."""
    return request is not None and asked(person, request)


def advises_somewhere(person: Any, obj: Any = None) -> bool:
    """Holds the role of advisor in some region."""
    return bool(person.is_authenticated and person.holds(Role.ADVISOR))


def steers(person: Any, advisor: User | None = None) -> bool:
    """Delegates and national administrators; on an advisor, who leads them."""
    if advisor is not None:
        return leads_advisor(person, advisor)
    return bool(person.is_authenticated and (person.holds(Role.DELEGATE) or is_administrator(person)))


def keeps_sheet(person: Any, advisor: User | None) -> bool:
    """The advisor and who leads them."""
    if advisor is None or not person.is_authenticated:
        return False
    return (person.pk == advisor.pk and advises_somewhere(person)) or leads_advisor(person, advisor)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(HelpRequest, can_see=can_see_request, visible_to=requests_visible_to)
    declare_visibility(RequestText, can_see=can_see_text, visible_to=texts_visible_to)
    declare_visibility(Ownership, can_see=can_see_ownership, visible_to=ownerships_visible_to)
    declare_visibility(AdvisorSheet, can_see=can_see_sheet, visible_to=sheets_visible_to)
    declare_visibility(Absence, can_see=can_see_absence, visible_to=absences_visible_to)
    declare_visibility(Assignment, can_see=can_see_assignment, visible_to=assignments_visible_to)
    declare_visibility(Silence, can_see=can_see_silence, visible_to=silences_visible_to)
    declare_right(
        "counsel.assign",
        "Choisir le conseiller d’un projet de la région (délégués, administrateurs ; jamais son groupe)",
        leads_project,
    )
    declare_right("counsel.ask", "Demander de l’aide ; pour un projet, son groupe", can_ask)
    declare_right(
        "counsel.own", "Suivre, juger, clore, retirer sa demande d’aide (qui l’a faite)", owns_request
    )
    declare_right(
        "counsel.answer",
        "Répondre à une demande d’aide (la personne ou le guichet qui en a la charge)",
        can_answer,
    )
    declare_right(
        "counsel.transfer",
        "Confier une demande d’aide à quelqu’un d’autre (qui en a la charge, délégués de la région, administrateurs)",
        can_transfer,
    )
    declare_right("counsel.advise", "Tenir son portefeuille de conseiller", advises_somewhere)
    declare_right(
        "counsel.steer",
        "Suivre les demandes et les conseillers d’une région (délégués, administrateurs)",
        steers,
    )
    declare_right(
        "counsel.keep_sheet", "Dire ce qu’un conseiller peut prendre et quand il est absent", keeps_sheet
    )
