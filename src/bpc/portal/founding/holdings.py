"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.founding.models import CreationFile
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding


def declare() -> None:
    """Called once when the app is ready. Founders are lines of a project, gone with it."""
    declare_holding(
        Holding(
            "creation_files",
            _("Les dossiers de création de vos projets"),
            ("founding.CreationFile.changed_by",),
            _files,
            _("Ils restent au groupe, sans votre nom ; un projet dont vous étiez seul part avec le sien."),
            _forget,
        )
    )


def _files(user: User) -> list[Row]:
    rows = (
        CreationFile.objects.filter(project__members__user=user)
        .select_related("project")
        .prefetch_related("founders")
        .order_by("pk")
    )
    return [
        {
            "code": row.project.reference,
            "answers": row.answers,
            "created": row.begun_at,
            "people": [
                {
                    "name": one.name_fr, "name_ar": one.name_ar, "profession": one.profession,
                    "address": one.address, "shares": one.shares, "paid": one.cash_paid,
                    "in_kind": one.in_kind, "function": one.office,
                }
                for one in row.founders.all()
            ],
        }
        for row in rows
    ]  # fmt: skip


def _forget(user: User) -> None:
    CreationFile.objects.filter(changed_by=user).update(changed_by=None)
