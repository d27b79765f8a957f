"""What worries on the running paths of projects, as expressions on rows of projects, for lists of any length."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from bpc.portal.followup.models import ProjectPath, StepMark
from bpc.portal.followup.states import StepState


def _standing() -> QuerySet[StepMark]:
    """The marks that stand: the last one of each step of a running path that nobody took back."""
    later = StepMark.objects.filter(path=OuterRef("path"), step=OuterRef("step"), undone_at=None).filter(
        Q(made_at__gt=OuterRef("made_at")) | Q(made_at=OuterRef("made_at"), pk__gt=OuterRef("pk"))
    )
    return StepMark.objects.filter(
        ~Exists(later), undone_at=None, path__closed_at=None, path__project=OuterRef("pk")
    )


def blocked_since() -> Any:
    """When the step blocked for longest was said to be; null when none is."""
    rows = _standing().filter(state=StepState.BLOCKED)
    return Subquery(rows.order_by("made_at").values("made_at")[:1])


def late_since(today: date) -> Any:
    """The earliest day a group gave itself for a step that is not done; null when none has passed."""
    rows = _standing().filter(state__in=(StepState.TODO, StepState.DOING), due_on__lt=today)
    return Subquery(rows.order_by("due_on").values("due_on")[:1])


def projects_on_a_path() -> Any:
    """Keys of the projects that follow a path, as a query."""
    return ProjectPath.objects.filter(closed_at=None).values("project")
