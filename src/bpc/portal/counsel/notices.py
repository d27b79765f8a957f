"""What people are told of a request: that something happened, by its code; never a word of what was written."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.portal.counsel.models import HelpRequest
from bpc.portal.counsel.ownership import Desk
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.notices import declare_notice
from bpc.portal.people.roles import Role

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
