"""What the site already knows of a project that answers questions of its self-diagnosis, from several rooms."""

from bpc.portal.plans.models import Plan
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Function, Stage
from bpc.portal.register.models import Cooperative

#: Who signs, who keeps the money, who keeps the papers.
_OFFICES = (Function.PRESIDENT, Function.TREASURER, Function.SECRETARY)
_EXISTS = (Stage.LAUNCH, Stage.GROWTH)


def diagnosis_facts(project: Project) -> dict[str, int]:
    """Facts of `bpc.datasets.diagnosis.Fact`; what is not known is left out, so that nothing is answered for it.

    Nobody named is not « nobody »: the group may not have written its people yet. No plan here may be one on paper.
    """
    facts: dict[str, int] = {}
    functions = list(project.people.values_list("function", flat=True))
    if functions:
        facts["founders"] = len(functions)
    if offices := len(set(functions) & set(_OFFICES)):
        facts["offices"] = offices
    plan = Plan.objects.filter(project=project, is_main=True).only("document").first()
    if plan is not None:
        facts["plan"] = 1
        if plan.document.get("assets"):
            facts["costed"] = 1
    in_register = (
        project.organisation_id is not None
        and Cooperative.objects.filter(organisation=project.organisation_id).exists()
    )
    if in_register or project.stage in _EXISTS:
        facts["registered"] = 1
    return facts
