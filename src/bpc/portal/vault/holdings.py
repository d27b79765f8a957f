"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column
from bpc.portal.projects.belongings import declare_belonging
from bpc.portal.vault.files import delete_papers_of
from bpc.portal.vault.models import ShareLink, VaultDocument


def declare() -> None:
    """Called once when the app is ready."""
    declare_belonging(delete_papers_of)
    declare_holding(
        Holding(
            "vault",
            _("Les pièces que vous avez mises dans un coffre"),
            ("vault.VaultDocument.uploaded_by", "vault.ShareLink.made_by"),
            _papers,
            _(
                "Elles restent au groupe, sans votre nom ; un projet dont vous étiez seul part avec les siennes."
            ),
            _forget_papers,
        )
    )
    reason = "tells who took a paper or a link back; exported as an act of the trail"
    exclude_column("vault.VaultDocument.deleted_by", reason)
    exclude_column("vault.ShareLink.revoked_by", reason)


def _papers(user: User) -> list[Row]:
    rows = VaultDocument.objects.filter(uploaded_by=user).select_related("project").order_by("pk")
    links = ShareLink.objects.filter(made_by=user).select_related("paper__project").order_by("pk")
    lent = [
        {
            "code": link.paper.project.reference,
            "paper": link.paper.kind,
            "lent_to": link.reader,
            "at": link.made_at,
        }
        for link in links
    ]
    papers = [
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
    return [*papers, *lent]


def _forget_papers(user: User) -> None:
    VaultDocument.objects.filter(uploaded_by=user).update(uploaded_by=None)
    VaultDocument.objects.filter(deleted_by=user).update(deleted_by=None)
    ShareLink.objects.filter(made_by=user).update(made_by=None)
    ShareLink.objects.filter(revoked_by=user).update(revoked_by=None)
