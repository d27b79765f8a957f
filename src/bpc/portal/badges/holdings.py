"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.badges.models import Award
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "badges",
            _("Vos attestations de formation"),
            ("badges.Award.user",),
            _awards,
            _(
                "Conservées sans votre nom ni leur fichier signé : qui a déjà le code peut encore le vérifier."
            ),
            _forget,
        )
    )


def _awards(user: User) -> list[Row]:
    rows = Award.objects.filter(user=user).select_related("version").order_by("pk")
    return [
        {
            "code": row.code, "name": row.version.told("name", user.language), "text": row.evidence(user.language),
            "at": row.achieved_at, "shows_name": row.shows_name, "token": row.token, "revoked": row.revoked_at,
            "reason": row.reason,
        }
        for row in rows
    ]  # fmt: skip


def _forget(user: User) -> None:
    Award.objects.filter(user=user).update(user=None, shows_name=False, token="", key=None, signed_at=None)
