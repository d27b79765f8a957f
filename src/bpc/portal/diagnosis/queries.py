"""What the pages of this room read."""

from django.db.models import QuerySet

from bpc.portal.diagnosis.models import Diagnosis
from bpc.portal.projects.models import Project


def finished_of(project: Project) -> QuerySet[Diagnosis]:
    """The finished diagnoses, the last first."""
    return Diagnosis.objects.filter(project=project, finished_at__isnull=False).order_by("-number")


def open_of(project: Project) -> Diagnosis | None:
    """The one that the group has begun and not finished."""
    return Diagnosis.objects.filter(project=project, finished_at=None).first()


def before(diagnosis: Diagnosis) -> Diagnosis | None:
    """The finished one that came before."""
    earlier = Diagnosis.objects.filter(
        project=diagnosis.project_id, finished_at__isnull=False, number__lt=diagnosis.number
    )
    return earlier.order_by("-number").first()
