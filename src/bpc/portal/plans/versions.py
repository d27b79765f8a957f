"""Versions of a plan: kept with a note, read, and put back in place."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from bpc.portal.foundation.audit import record
from bpc.portal.plans.editing import PlanGone, Saved, open_plan, replace_document
from bpc.portal.plans.keeping import keep, keep_by_itself
from bpc.portal.plans.models import Plan, PlanVersion
from bpc.portal.plans.states import Change
from bpc.portal.projects.mandates.visibility import filling


@transaction.atomic
def keep_version(*, plan: Plan, actor: Any, note: str, language: str, at: datetime) -> PlanVersion:
    """Keep the plan as it is, with what the person says of it. Raises `TooManyVersions`, `PermissionDenied`."""
    row = open_plan(plan, actor)
    named = filling(actor, row.project)
    version = keep(row, named, at, note=" ".join(note.split()), language=language)
    record(actor=named, verb="keep plan version", obj=row, at=at, data={"version": version.number})
    return version


@transaction.atomic
def restore_version(*, version: PlanVersion, actor: Any, base_revision: int, at: datetime) -> Saved:
    """Bring a version back as a new revision; what stood until now is kept as a version first.

    Raises `Conflict` when somebody else changed the plan since `base_revision`, `InvalidPlan` when today's engine no
    longer reads the version, and as `edit_assumptions` does.
    """
    row = open_plan(version.plan, actor)
    named = filling(actor, row.project)
    standing = PlanVersion.objects.filter(pk=version.pk).first()
    if standing is None:
        raise PlanGone(str(version.pk))
    keep_by_itself(row, named, at)
    saved = replace_document(
        plan=row, actor=actor, base_revision=base_revision, document=standing.document, at=at,
        kind=Change.RESTORE,
    )  # fmt: skip
    record(actor=named, verb="restore plan version", obj=row, at=at, data={"version": standing.number})
    return saved


def versions_of(plan: Plan) -> QuerySet[PlanVersion]:
    """The newest first, without their documents."""
    return plan.versions.select_related("made_by").defer("document").order_by("-number")
