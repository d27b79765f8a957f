"""Who sees and who changes a plan: the right to a plan is the right to its project."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.plans.models import AssumptionComment, Plan, PlanEdit, PlanVersion
from bpc.portal.projects import visibility as projects
from bpc.portal.projects.mandates.visibility import can_fill


def can_see_plan(person: Any, plan: Plan) -> bool:
    """Whoever sees the project."""
    return projects.can_see_project(person, plan.project)


def plans_visible_to(person: Any) -> QuerySet[Plan]:
    """The plans `can_see_plan` allows."""
    return Plan.objects.filter(project__in=projects.projects_visible_to(person))


def can_see_part(person: Any, part: PlanVersion | PlanEdit | AssumptionComment) -> bool:
    """Versions, edits and comments: whoever sees the plan."""
    return can_see_plan(person, part.plan)


def versions_visible_to(person: Any) -> QuerySet[PlanVersion]:
    """The versions `can_see_part` allows."""
    return PlanVersion.objects.filter(plan__in=plans_visible_to(person))


def edits_visible_to(person: Any) -> QuerySet[PlanEdit]:
    """The edits `can_see_part` allows."""
    return PlanEdit.objects.filter(plan__in=plans_visible_to(person))


def comments_visible_to(person: Any) -> QuerySet[AssumptionComment]:
    """The comments `can_see_part` allows."""
    return AssumptionComment.objects.filter(plan__in=plans_visible_to(person))


def can_edit_plan(person: Any, plan: Plan | None) -> bool:
    """Whoever changes the project, or fills it in for one of them, while it is not archived."""
    return plan is not None and can_fill(person, plan.project)


def can_comment(person: Any, plan: Plan | None) -> bool:
    """Whoever changes the plan, and the advisor an owner let in, while the project is not archived."""
    if plan is None or plan.project.archived_at is not None:
        return False
    return projects.can_edit(person, plan.project) or projects.advises(person, plan.project)


def can_settle(person: Any, comment: AssumptionComment | None) -> bool:
    """Whoever changes the plan, and the author while she may comment."""
    if comment is None:
        return False
    own = person.is_authenticated and comment.author_id == person.pk
    return projects.can_edit(person, comment.plan.project) or (own and can_comment(person, comment.plan))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Plan, can_see=can_see_plan, visible_to=plans_visible_to)
    declare_visibility(PlanVersion, can_see=can_see_part, visible_to=versions_visible_to)
    declare_visibility(PlanEdit, can_see=can_see_part, visible_to=edits_visible_to)
    declare_visibility(AssumptionComment, can_see=can_see_part, visible_to=comments_visible_to)
    declare_right(
        "plans.edit",
        "Modifier un plan, ses scénarios et ses versions (le groupe du projet, sauf les lecteurs, et qui remplit pour "
        "eux)",
        can_edit_plan,
    )
    declare_right(
        "plans.comment",
        "Faire une remarque sur un plan (le groupe du projet, sauf les lecteurs, et le conseiller admis)",
        can_comment,
    )
    declare_right(
        "plans.settle_comment",
        "Clore une remarque sur un plan (le groupe du projet, sauf les lecteurs, et son auteur)",
        can_settle,
    )
