"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column
from bpc.portal.plans.models import AssumptionComment, Plan, PlanEdit, PlanVersion
from bpc.portal.plans.path_words import words_of, written_value


def declare() -> None:
    """Called once when the app is ready."""
    for holding in (
        Holding(
            "plan_edits",
            _("Vos modifications dans des plans"),
            ("plans.PlanEdit.made_by", "plans.Plan.updated_by"),
            _edits,
            _("Elles restent dans le plan du groupe, sans votre nom."),
            _forget_edits,
        ),
        Holding(
            "plan_versions",
            _("Les versions de plans que vous avez gardées"),
            ("plans.PlanVersion.made_by",),
            _versions,
            _("Elles restent au groupe, sans votre nom."),
            _forget_versions,
        ),
        Holding(
            "plan_comments",
            _("Vos remarques sur des plans"),
            ("plans.AssumptionComment.author",),
            _comments,
            _("Elles restent au groupe, sans votre nom."),
            _forget_comments,
        ),
    ):
        declare_holding(holding)
    exclude_column(
        "plans.AssumptionComment.resolved_by",
        "tells who closed a remark of the group; exported as an act of the trail",
    )


def _edits(user: User) -> list[Row]:
    rows = PlanEdit.objects.filter(made_by=user).select_related("plan__project").defer("plan__document")
    plans = Plan.objects.filter(edits__made_by=user).distinct()
    documents = dict(plans.values_list("pk", "document"))
    return [
        {
            "code": row.plan.project.reference,
            "title": row.plan.name,
            "assumption": words_of(row.path, documents[row.plan_id]),
            "before": written_value(row.path, row.old),
            "after": written_value(row.path, row.new),
            "at": row.made_at,
        }
        for row in rows.order_by("pk")
    ]


def _versions(user: User) -> list[Row]:
    rows = PlanVersion.objects.filter(made_by=user, automatic=False).select_related("plan__project")
    return [
        {
            "code": row.plan.project.reference,
            "title": row.plan.name,
            "version": row.number,
            "text": row.note,
            "created": row.made_at,
        }
        for row in rows.defer("document").order_by("pk")
    ]


def _comments(user: User) -> list[Row]:
    rows = AssumptionComment.objects.filter(author=user).select_related("plan__project").order_by("pk")
    return [
        {
            "code": row.plan.project.reference,
            "title": row.plan.name,
            "assumption": words_of(row.path, row.plan.document),
            "text": row.text,
            "language": row.language,
            "created": row.created_at,
        }
        for row in rows
    ]


def _forget_edits(user: User) -> None:
    PlanEdit.objects.filter(made_by=user).update(made_by=None)
    Plan.objects.filter(updated_by=user).update(updated_by=None)


def _forget_versions(user: User) -> None:
    PlanVersion.objects.filter(made_by=user).update(made_by=None)


def _forget_comments(user: User) -> None:
    AssumptionComment.objects.filter(author=user).update(author=None)
    AssumptionComment.objects.filter(resolved_by=user).update(resolved_by=None)
