"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "package_runs",
            _("Les modules de partenaires que vous avez suivis"),
            ("packages.PackageRun.user",),
            _runs,
            _("Ils sont effacés."),
            _erase_runs,
        )
    )
    declare_holding(
        Holding(
            "packages_uploaded",
            _("Les modules de partenaires que vous avez importés"),
            ("packages.Package.uploaded_by",),
            _packages,
            _("Ils restent, sans votre nom."),
            _forget_packages,
        )
    )


def _runs(user: User) -> list[Row]:
    rows = PackageRun.objects.filter(user=user).select_related("package").order_by("pk")
    return [
        {
            "code": row.package.reference, "title": row.package.title_fr, "at": row.first_opened_at,
            "last": row.told_at, "completed": row.completed_at, "success": row.success,
            "score": None if row.score is None else float(row.score), "seconds": row.seconds,
            "place": row.place, "suspended": row.suspended,
        }
        for row in rows
    ]  # fmt: skip


def _erase_runs(user: User) -> None:
    PackageRun.objects.filter(user=user).delete()


def _packages(user: User) -> list[Row]:
    rows = Package.objects.filter(uploaded_by=user).order_by("pk")
    return [{"code": row.reference, "title": row.own_title, "at": row.uploaded_at} for row in rows]


def _forget_packages(user: User) -> None:
    Package.objects.filter(uploaded_by=user).update(uploaded_by=None)
