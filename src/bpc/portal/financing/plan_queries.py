"""Studies of a project as pages read them."""

from django.db.models import QuerySet

from bpc.portal.financing.models.financing_plans import FinancingPlan
from bpc.portal.financing.states import PlanState
from bpc.portal.projects.models import Project


def history_of(project: Project) -> QuerySet[FinancingPlan]:
    """Every study kept, the newest first, without what it found."""
    return project.financing_plans.select_related("made_by", "decided_by").defer("study", "answers")


def current_study(project: Project) -> FinancingPlan | None:
    """The study in force: the last one that is proposed or accepted; None without one."""
    standing = (PlanState.PROPOSED, PlanState.ACCEPTED)
    return project.financing_plans.filter(state__in=standing).order_by("-number").first()


def whole_studies() -> QuerySet[FinancingPlan]:
    """Studies with all their own page shows; to be given to `get_visible_or_404`."""
    return FinancingPlan.objects.select_related("project", "made_by", "decided_by")
