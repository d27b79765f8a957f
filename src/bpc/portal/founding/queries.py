"""What pages read of a creation file, at a cost that does not grow."""

from datetime import date

from django.db.models import QuerySet

from bpc.portal.founding.answers import catalogue, read
from bpc.portal.founding.models import CreationFile
from bpc.portal.projects.models import Project


def whole_files() -> QuerySet[CreationFile]:
    """Files with the project and its places; to be given to `get_visible_or_404`."""
    return CreationFile.objects.select_related(
        "project__commune", "project__province", "project__region", "project__sector"
    )


def file_of(project: Project) -> CreationFile | None:
    """The file of a project; None before it is begun."""
    return CreationFile.objects.filter(project=project).first()


def days_of(project: Project) -> dict[str, date]:
    """What happened and when, by the codes of the questions that ask a day; empty without a file."""
    file = file_of(project)
    if file is None:
        return {}
    asked = [one for one in catalogue().questions if one.kind == "day"]
    return {one.code: day for one in asked if (day := read(one, file.answers.get(one.code))) is not None}
