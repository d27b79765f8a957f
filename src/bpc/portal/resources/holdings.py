"""What this room holds on a person: the resources whose present content they wrote."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding
from bpc.portal.resources.models import Resource


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "resources",
            _("Les ressources des territoires que vous avez tenues à jour"),
            ("resources.Resource.updated_by",),
            _resources,
            _("Conservées sans votre nom : elles décrivent un territoire."),
            _forget_resources,
        )
    )


def _resources(user: User) -> list[Row]:
    rows = Resource.objects.filter(updated_by=user).order_by("reference")
    return [
        {
            "reference": row.reference,
            "name": row.name_fr,
            "territory": row.territory_id,
            "state": row.state,
            "updated": row.updated_at,
        }
        for row in rows
    ]


def _forget_resources(user: User) -> None:
    Resource.objects.filter(updated_by=user).update(updated_by=None)
