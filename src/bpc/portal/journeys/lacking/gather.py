"""Everything a project lacks that a person may see."""

from datetime import date
from typing import Any

from bpc.portal.foundation.page_cache import same_moment
from bpc.portal.foundation.permissions import can
from bpc.portal.journeys.lacking.in_diagnosis import lacks_of_diagnosis
from bpc.portal.journeys.lacking.in_file import lacks_of_file
from bpc.portal.journeys.lacking.in_funding import lacks_of_funding
from bpc.portal.journeys.lacking.in_path import lacks_of_path
from bpc.portal.journeys.lacking.in_plan import lacks_of_plan
from bpc.portal.journeys.lacking.seen import SeenLack
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import can_see_project


@same_moment()
def lacks_of(project: Project, person: Any, today: date) -> list[SeenLack]:
    """Each with its sentence and its page, in the language of the page; nothing for who does not see the project.

    About thirty queries, whatever the plan, the file and the path hold.
    """
    if not can_see_project(person, project):
        return []
    return [
        *lacks_of_plan(project),
        *lacks_of_diagnosis(project),
        *lacks_of_file(project, today),
        *lacks_of_funding(project, person, today),
        *lacks_of_path(project, today, papers=can(person, "vault.open", project)),
    ]
