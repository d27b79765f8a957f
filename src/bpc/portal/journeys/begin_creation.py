"""A project's creation file begun with what its other rooms know: the value of a share, from the plan."""

from decimal import Decimal
from typing import Any

from bpc.portal.founding.actions import begin_file
from bpc.portal.founding.answers import bound_fault, catalogue
from bpc.portal.founding.models import CreationFile
from bpc.portal.plans.queries import main_plan
from bpc.portal.plans.reckoning import reckon_stored
from bpc.portal.projects.models import Project


def begin_creation(*, project: Project, actor: Any, at: Any) -> CreationFile:
    """Begin the file of a project, or find it begun. Raises `PermissionDenied`."""
    return begin_file(project=project, known=_known_of_plan(project), actor=actor, at=at)


def _known_of_plan(project: Project) -> dict[str, Any]:
    """A share value that the law allows; nothing without a plan or for one that today's engine no longer reads."""
    row = main_plan(project)
    reckoning = reckon_stored(row.document) if row is not None else None
    if reckoning is None or not reckoning.appraisal.run.plan.shares.subscriptions:
        return {}
    value = Decimal(str(reckoning.appraisal.run.plan.shares.nominal)).quantize(Decimal("0.01"))
    allowed = bound_fault(catalogue().question("share_value"), value) is None
    return {"share_value": value} if allowed else {}
