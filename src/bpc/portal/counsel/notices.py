"""What people are told of a request: that something happened, by its code; never a word of what was written."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.portal.counsel.models import Assignment, HelpRequest
from bpc.portal.counsel.ownership import Desk
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.notices import declare_notice
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole

_TEXTS = {
    "counsel.asked": _(
        "Votre demande d’aide %(reference)s est arrivée : la date de réponse est sur sa page."
    ),
    "counsel.given": _("Une demande d’aide vous est confiée : %(reference)s."),
    "counsel.taken": _("La demande d’aide %(reference)s ne vous est plus confiée."),
    "counsel.answered": _("Une réponse est arrivée à votre demande d’aide %(reference)s."),
    "counsel.further": _("Une question de suite attend votre réponse : demande %(reference)s."),
    "counsel.moved": _("Votre demande d’aide %(reference)s est passée à une autre personne."),
    "counsel.silence": _(
        "La réponse à votre demande d’aide %(reference)s tarde : elle est passée à l’échelon au-dessus."
    ),
    "counsel.still_silent": _(
        "La réponse à votre demande d’aide %(reference)s tarde encore : le guichet national est relancé."
    ),
    "counsel.national": _("Une demande d’aide attend au guichet national : %(reference)s."),
    "counsel.withdrawn": _("La demande d’aide %(reference)s a été retirée."),
    "counsel.closed": _("La demande d’aide %(reference)s est close."),
}


def declare() -> None:
    """Called once when the app is ready."""
    for kind, text in _TEXTS.items():
        declare_notice(kind, text, page="web:help_request", args=("reference",))
    declare_notice(
        "counsel.advisor_leaves",
        _("Le conseiller de l’un de vos projets change : vous pouvez l’ouvrir au suivant."),
        page="web:my_projects",
    )
    _declare_assignments()
    _declare_silences()


def _declare_assignments() -> None:
    page, args = "web:proposed_advisor", ("reference",)
    declare_notice(
        "counsel.advisor_chosen",
        _("La délégation vous propose un conseiller : projet %(reference)s. Ouvrez-lui votre projet, ou dites non."),
        page=page, args=args,
    )  # fmt: skip
    declare_notice(
        "counsel.assigned", _("Un projet vous est confié : %(reference)s."), page="web:portfolio_projects"
    )
    declare_notice(
        "counsel.unassigned",
        _("Le projet %(reference)s est confié à une autre personne."),
        page="web:portfolio_projects",
        by_message=False,
    )
    declare_notice(
        "counsel.assignment_declined",
        _("Un groupe n’a pas voulu du conseiller proposé : projet %(reference)s."),
        page="web:region_projects",
    )


def _declare_silences() -> None:
    args = ("reference",)
    declare_notice(
        "counsel.silent_group",
        _(
            "Votre projet %(reference)s n’a pas bougé depuis plusieurs semaines. Un conseiller peut vous aider : "
            "demandez-le-lui."
        ),
        page="web:project", args=args,
    )  # fmt: skip
    declare_notice(
        "counsel.silent_project",
        _("Un projet que vous accompagnez ne donne plus de nouvelles : %(reference)s."),
        page="web:project", args=args,
    )  # fmt: skip
    declare_notice(
        "counsel.silent_region",
        _("Projets de la région sans nouvelles, malgré nos messages : %(number)d."),
        page="web:region_capacity",
    )


def tell_asker(request: HelpRequest, kind: str, *, at: Any) -> None:
    """Tell who asked, unless they left."""
    if request.asker is not None:
        notify(user=request.asker, kind=kind, data={"reference": request.reference}, at=at)


def tell_owner(request: HelpRequest, kind: str, *, at: Any, but: Any = None) -> None:
    """Tell whoever has it now: its holder, or every administrator at the national desk; not the person who did it."""
    data = {"reference": request.reference}
    if request.desk == Desk.NATIONAL:
        kind = "counsel.national" if kind == "counsel.given" else kind
        administrators = User.objects.filter(
            is_active=True, role_grants__role=Role.ADMINISTRATOR, role_grants__ended_at=None
        )
        for person in administrators.distinct():
            if but is None or person.pk != but.pk:
                notify(user=person, kind=kind, data=data, at=at)
    elif request.holder is not None and (but is None or request.holder_id != but.pk):
        notify(user=request.holder, kind=kind, data=data, at=at)


def tell_assigned(made: Assignment, former: User | None, *, at: Any) -> None:
    """The owners of the group, the advisor, and who had the project before."""
    tell_owners(made.project, "counsel.advisor_chosen", at=at)
    tell_advisor_assigned(made, at=at)
    if former is not None and former.is_active:
        notify(user=former, kind="counsel.unassigned", data={"reference": made.project.reference}, at=at)


def tell_advisor_assigned(made: Assignment, *, at: Any) -> None:
    """The advisor alone: the group is told otherwise."""
    if made.advisor is not None:
        notify(user=made.advisor, kind="counsel.assigned", data={"reference": made.project.reference}, at=at)


def tell_declined(ended: Assignment, *, at: Any) -> None:
    """Who chose, while they are there."""
    if ended.assigned_by is not None and ended.assigned_by.is_active:
        data = {"reference": ended.project.reference}
        notify(user=ended.assigned_by, kind="counsel.assignment_declined", data=data, at=at)


def tell_owners(project: Project, kind: str, *, at: Any) -> None:
    """Those who decide in the group: a code, never a word of the project."""
    owners = User.objects.filter(
        is_active=True, project_memberships__project=project, project_memberships__role=MemberRole.OWNER
    )
    for user in owners.order_by("pk"):
        notify(user=user, kind=kind, data={"reference": project.reference}, at=at)
