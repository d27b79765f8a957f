"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.applications.models import (
    Application,
    ApplicationEvent,
    ApplicationTick,
    PieceDraft,
    VaultDocument,
)
from bpc.portal.applications.paper_files import delete_papers_of
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column
from bpc.portal.projects.belongings import declare_belonging


def declare() -> None:
    """Called once when the app is ready."""
    declare_belonging(delete_papers_of)
    for holding in (
        Holding(
            "vault",
            _("Les pièces que vous avez mises dans un coffre"),
            ("applications.VaultDocument.uploaded_by",),
            _papers,
            _(
                "Elles restent au groupe, sans votre nom ; un projet dont vous étiez seul part avec les siennes."
            ),
            _forget_papers,
        ),
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
        ),
    ):
        declare_holding(holding)
    reason = "tells who ticked a line or took a step back; exported as an act of the trail"
    exclude_column("applications.ApplicationTick.ticked_by", reason)
    exclude_column("applications.ApplicationEvent.undone_by", reason)


def _papers(user: User) -> list[Row]:
    rows = VaultDocument.objects.filter(uploaded_by=user).select_related("project").order_by("pk")
    return [
        {
            "code": row.project.reference,
            "paper": row.kind,
            "title": row.label,
            "file": row.original_name,
            "issued": row.issued_on,
            "expires": row.expires_on,
            "at": row.uploaded_at,
        }
        for row in rows
    ]


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


def _forget_papers(user: User) -> None:
    VaultDocument.objects.filter(uploaded_by=user).update(uploaded_by=None)


def _forget_gestures(user: User) -> None:
    Application.objects.filter(opened_by=user).update(opened_by=None)
    ApplicationEvent.objects.filter(made_by=user).update(made_by=None)
    ApplicationEvent.objects.filter(undone_by=user).update(undone_by=None)
    PieceDraft.objects.filter(written_by=user).update(written_by=None)
    ApplicationTick.objects.filter(ticked_by=user).update(ticked_by=None)
