"""What this room holds on a person: the imports of the register they made."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding
from bpc.portal.register.models import RegisterImport


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "register_imports",
            _("Les imports du registre des coopératives que vous avez faits"),
            ("register.RegisterImport.by",),
            _imports,
            _("Conservés sans votre nom : le registre s’appuie sur eux."),
            _forget,
        )
    )


def _imports(user: User) -> list[Row]:
    rows = RegisterImport.objects.filter(by=user).order_by("pk")
    return [
        {"file": row.file_name, "state": row.state, "created": row.created_at, "applied": row.applied_at}
        for row in rows
    ]


def _forget(user: User) -> None:
    RegisterImport.objects.filter(by=user).update(by=None)
