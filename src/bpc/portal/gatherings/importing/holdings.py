"""What this room holds on a person: the files of ideas they took in."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.gatherings.models import IdeaImport
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "idea_imports",
            _("Les fichiers d’idées que vous avez repris"),
            ("gatherings.IdeaImport.by",),
            _imports,
            _("Conservés sans votre nom : les idées reprises s’appuient sur eux."),
            _forget,
        )
    )
    exclude_column(
        "gatherings.Theme.checked_by",
        "tells which organiser checked it; exported to them as an act of the trail",
    )


def _imports(user: User) -> list[Row]:
    rows = IdeaImport.objects.filter(by=user).order_by("pk")
    return [
        {"file": row.file_name, "state": row.state, "created": row.created_at, "applied": row.applied_at}
        for row in rows
    ]


def _forget(user: User) -> None:
    IdeaImport.objects.filter(by=user).update(by=None)
