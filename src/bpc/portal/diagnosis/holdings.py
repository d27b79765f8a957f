"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpc.portal.diagnosis.models import Diagnosis
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "diagnoses",
            _("Les autodiagnostics de projets que vous avez commencés ou terminés"),
            ("diagnosis.Diagnosis.started_by", "diagnosis.Diagnosis.finished_by"),
            _diagnoses,
            _("Ils restent au groupe, sans votre nom."),
            _forget_diagnoses,
        )
    )


def _diagnoses(user: User) -> list[Row]:
    rows = Diagnosis.objects.filter(Q(started_by=user) | Q(finished_by=user)).select_related("project")
    return [
        {
            "code": row.project.reference,
            "title": row.project.name,
            "answers": row.answers,
            "created": row.started_at if row.started_by_id == user.pk else None,
            "ended": row.finished_at if row.finished_by_id == user.pk else None,
        }
        for row in rows.order_by("pk")
    ]


def _forget_diagnoses(user: User) -> None:
    Diagnosis.objects.filter(started_by=user).update(started_by=None)
    Diagnosis.objects.filter(finished_by=user).update(finished_by=None)
