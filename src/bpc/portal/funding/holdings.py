"""What this room holds on a person: the changes they proposed or decided, what they verified, what they reported."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpc.portal.funding.models import FundingSource, SourceEdit, SourceReport, SourceVersion
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "funding_edits",
            _("Les changements de fiches de financement que vous avez proposés ou relus"),
            (
                "funding.SourceEdit.proposed_by",
                "funding.SourceEdit.decided_by",
                "funding.SourceVersion.made_by",
            ),
            _edits,
            _("Conservés sans votre nom : le répertoire s’appuie sur eux."),
            _forget_edits,
        )
    )
    declare_holding(
        Holding(
            "funding_sources",
            _("Les fiches de financement que vous avez vérifiées ou tenues à jour"),
            ("funding.FundingSource.updated_by", "funding.FundingSource.verified_by"),
            _sources,
            _("Conservées sans votre nom : elles décrivent un financement."),
            _forget_sources,
        )
    )
    declare_holding(
        Holding(
            "funding_reports",
            _("Les erreurs de fiches de financement que vous avez signalées ou traitées"),
            ("funding.SourceReport.reporter", "funding.SourceReport.closed_by"),
            _reports,
            _("Conservées sans votre nom."),
            _forget_reports,
        )
    )


def _edits(user: User) -> list[Row]:
    rows = SourceEdit.objects.filter(Q(proposed_by=user) | Q(decided_by=user)).order_by("pk")
    return [
        {
            "source": row.slug,
            "state": row.state,
            "note": row.note if row.proposed_by_id == user.pk else "",
            "reason": row.reason,
            "proposed": row.proposed_at,
            "decided": row.decided_at,
        }
        for row in rows.defer("content")
    ]


def _forget_edits(user: User) -> None:
    SourceEdit.objects.filter(proposed_by=user).update(proposed_by=None)
    SourceEdit.objects.filter(decided_by=user).update(decided_by=None)
    SourceVersion.objects.filter(made_by=user).update(made_by=None)


def _sources(user: User) -> list[Row]:
    rows = FundingSource.objects.filter(Q(updated_by=user) | Q(verified_by=user)).order_by("slug")
    return [
        {
            "source": row.slug,
            "updated": row.updated_at if row.updated_by_id == user.pk else None,
            "verified": row.verified_on if row.verified_by_id == user.pk else None,
        }
        for row in rows.defer("content")
    ]


def _forget_sources(user: User) -> None:
    FundingSource.objects.filter(updated_by=user).update(updated_by=None)
    FundingSource.objects.filter(verified_by=user).update(verified_by=None)


def _reports(user: User) -> list[Row]:
    rows = SourceReport.objects.filter(Q(reporter=user) | Q(closed_by=user)).select_related("source")
    return [
        {
            "source": row.source.slug,
            "reason": row.reason,
            "text": row.text if row.reporter_id == user.pk else "",
            "created": row.created_at,
            "outcome": row.outcome,
        }
        for row in rows.defer("source__content").order_by("pk")
    ]


def _forget_reports(user: User) -> None:
    SourceReport.objects.filter(reporter=user).update(reporter=None)
    SourceReport.objects.filter(closed_by=user).update(closed_by=None)
