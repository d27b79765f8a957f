"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpc.portal.financing.models import FinancingPlan, FundingProfile, Watch
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding


def declare() -> None:
    """Called once when the app is ready."""
    for holding in (
        Holding(
            "funding_watches",
            _("Vos alertes de financement"),
            ("financing.Watch.user",),
            _watches,
            _("Effacées : plus aucun message ne part."),
            _forget_watches,
        ),
        Holding(
            "funding_answers",
            _("Vos réponses sur le financement d’un projet"),
            ("financing.FundingProfile.changed_by",),
            _profiles,
            _("Elles restent au projet du groupe, sans votre nom."),
            _forget_profiles,
        ),
        Holding(
            "financing_plans",
            _("Les plans de financement que vous avez calculés ou acceptés"),
            ("financing.FinancingPlan.made_by", "financing.FinancingPlan.decided_by"),
            _financing_plans,
            _("Ils restent au groupe, sans votre nom."),
            _forget_financing_plans,
        ),
    ):
        declare_holding(holding)


def _watches(user: User) -> list[Row]:
    rows = Watch.objects.filter(user=user).select_related("project").order_by("pk")
    return [
        {
            "code": row.project.reference if row.project is not None else "",
            "title": row.project.name if row.project is not None else row.name,
            "answers": row.answers,
            "created": row.created_at,
            "told": row.told_at,
            "paused": row.paused_at,
        }
        for row in rows
    ]


def _profiles(user: User) -> list[Row]:
    rows = FundingProfile.objects.filter(changed_by=user).select_related("project").order_by("pk")
    return [
        {
            "code": row.project.reference,
            "title": row.project.name,
            "answers": row.answers,
            "changed": row.changed_at,
        }
        for row in rows
    ]


def _financing_plans(user: User) -> list[Row]:
    rows = FinancingPlan.objects.filter(Q(made_by=user) | Q(decided_by=user)).select_related("project")
    return [
        {
            "code": row.project.reference,
            "title": row.plan_name,
            "number": row.number,
            "state": row.get_state_display(),
            "created": row.made_at if row.made_by_id == user.pk else None,
            "decided": row.decided_at if row.decided_by_id == user.pk else None,
        }
        for row in rows.defer("study", "answers").order_by("pk")
    ]


def _forget_watches(user: User) -> None:
    Watch.objects.filter(user=user).delete()


def _forget_profiles(user: User) -> None:
    FundingProfile.objects.filter(changed_by=user).update(changed_by=None)


def _forget_financing_plans(user: User) -> None:
    FinancingPlan.objects.filter(made_by=user).update(made_by=None)
    FinancingPlan.objects.filter(decided_by=user).update(decided_by=None)
