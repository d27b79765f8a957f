"""What pages read of packages: lists without their reports, runs counted, one's own beside."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from bpc.portal.foundation.permissions import visible
from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.packages.states import PackageState


def kept_packages() -> QuerySet[Package]:
    """Every package for those who keep them, the newest first, with how many took it and how many completed it."""
    return (
        Package.objects.select_related("uploaded_by")
        .defer("report", "launch_data", "about_fr", "about_ar")
        .annotate(taken=Count("runs"), completed=Count("runs", filter=Q(runs__completed_at__isnull=False)))
        .order_by("-uploaded_at", "-pk")
    )


def shown_packages() -> QuerySet[Package]:
    """The published ones, the last published first."""
    rows = Package.objects.filter(state=PackageState.PUBLISHED).defer("report", "launch_data")
    return rows.order_by("-published_at", "-pk")


def own_runs(person: Any) -> dict[int, PackageRun]:
    """A person's runs by the key of their package, without what lessons keep for themselves."""
    rows = visible(person, PackageRun).defer("suspended", "place")
    return {run.package_id: run for run in rows}


def run_of(person: Any, package: Package) -> PackageRun | None:
    """A person's run of this package."""
    return visible(person, PackageRun).filter(package=package).first()
