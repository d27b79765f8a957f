"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.applications.models import Application, ApplicationEvent, ApplicationTick, PieceDraft
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "applications",
            _("Vos gestes dans des dossiers de demande"),
            (
                "applications.Application.opened_by",
                "applications.ApplicationEvent.made_by",
                "applications.PieceDraft.written_by",
            ),
            _gestures,
            _("Ils restent au groupe, sans votre nom."),
            _forget_gestures,
        )
    )
    reason = "tells who ticked a line or took a step back; exported as an act of the trail"
    exclude_column("applications.ApplicationTick.ticked_by", reason)
    exclude_column("applications.ApplicationEvent.undone_by", reason)


def _gestures(user: User) -> list[Row]:
    opened = Application.objects.filter(opened_by=user).select_related("project").order_by("pk")
    events = ApplicationEvent.objects.filter(made_by=user).select_related("application__project")
    drafts = PieceDraft.objects.filter(written_by=user).select_related("application__project")
    return [
        *(
            {"code": row.project.reference, "source": row.source_slug, "amount": row.amount_asked,
             "at": row.opened_at}
            for row in opened
        ),
        *(
            {"code": row.application.project.reference, "source": row.application.source_slug, "step": row.step,
             "text": row.text, "language": row.language, "amount": row.amount, "at": row.made_at}
            for row in events.order_by("pk")
        ),
        *(
            {"code": row.application.project.reference, "source": row.application.source_slug,
             "piece": row.piece, "text": row.text, "language": row.language, "at": row.written_at}
            for row in drafts.order_by("pk")
        ),
    ]  # fmt: skip


def _forget_gestures(user: User) -> None:
    Application.objects.filter(opened_by=user).update(opened_by=None)
    ApplicationEvent.objects.filter(made_by=user).update(made_by=None)
    ApplicationEvent.objects.filter(undone_by=user).update(undone_by=None)
    PieceDraft.objects.filter(written_by=user).update(written_by=None)
    ApplicationTick.objects.filter(ticked_by=user).update(ticked_by=None)
