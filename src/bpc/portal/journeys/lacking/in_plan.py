"""What the main plan lacks: its errors and warnings, or the plan itself."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.portal.journeys.lacking.seen import SeenLack
from bpc.portal.journeys.plan_told import plan_told
from bpc.portal.plans.problem_words import written_problem
from bpc.portal.plans.queries import main_plan
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Stage

ERROR, WARNING, REMARK, NO_PLAN = 4.0, 2.0, 1.0, 3.0
#: Warnings that ask to look rather than to change something.
_REMARKS = frozenset({"W01", "W04", "W06", "W07", "W08", "W17", "W18"})


def lacks_of_plan(project: Project) -> Iterator[SeenLack]:
    """One query."""
    row = main_plan(project)
    if row is None:
        weight = NO_PLAN if project.stage != Stage.IDEA else REMARK
        words = _("Votre projet n’a pas encore de plan d’affaires.")
        url = reverse("web:project", args=[project.reference])
        yield SeenLack("diagnosis:plan", weight, words, _("Le projet"), url)
        return
    told = plan_told(row.document)
    url = reverse("web:plan", args=[project.reference, row.pk])
    for problem in told.problems if told is not None else ():
        weight = ERROR if problem.severity == "error" else REMARK if problem.code in _REMARKS else WARNING
        assert told is not None  # its problems are being read
        words = written_problem(problem, told.assumptions)
        yield SeenLack(f"plan:{problem.code}", weight, words, _("Le plan"), url)
