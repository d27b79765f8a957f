"""What this room holds on a person: the versions of project models they wrote or published."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpc.portal.blueprints.models import BlueprintVersion
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "blueprint_versions",
            _("Les versions de modèles de projets que vous avez écrites ou publiées"),
            ("blueprints.BlueprintVersion.made_by", "blueprints.BlueprintVersion.published_by"),
            _versions,
            _("Conservées sans votre nom : les projets s’appuient sur elles."),
            _forget_versions,
        )
    )


def _versions(user: User) -> list[Row]:
    rows = (
        BlueprintVersion.objects.filter(Q(made_by=user) | Q(published_by=user))
        .select_related("blueprint")
        .order_by("pk")
    )
    return [
        {
            "model": row.blueprint.slug,
            "version": row.number,
            "state": row.state,
            "note": row.note,
            "created": row.made_at,
            "published": row.published_at,
        }
        for row in rows
    ]


def _forget_versions(user: User) -> None:
    BlueprintVersion.objects.filter(made_by=user).update(made_by=None)
    BlueprintVersion.objects.filter(published_by=user).update(published_by=None)
