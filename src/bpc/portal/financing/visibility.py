"""Who sees what a group said for its funding, and who sees a watch: rule and queryset side by side."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.financing.models import FinancingPlan, FundingProfile, Watch
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.projects import visibility as projects
from bpc.portal.projects.mandates.visibility import can_fill
from bpc.portal.projects.models import Project


def can_see_profile(person: Any, profile: FundingProfile) -> bool:
    """Whoever sees the project."""
    return projects.can_see_project(person, profile.project)


def profiles_visible_to(person: Any) -> QuerySet[FundingProfile]:
    """The profiles `can_see_profile` allows."""
    return FundingProfile.objects.filter(project__in=projects.projects_visible_to(person))


def can_see_watch(person: Any, watch: Watch) -> bool:
    """Only the person it writes to."""
    return bool(person.is_authenticated and watch.user_id == person.pk)


def watches_visible_to(person: Any) -> QuerySet[Watch]:
    """The watches `can_see_watch` allows."""
    if not person.is_authenticated:
        return Watch.objects.none()
    return Watch.objects.filter(user=person)


def can_see_financing(person: Any, financing: FinancingPlan) -> bool:
    """Whoever sees the project."""
    return projects.can_see_project(person, financing.project)


def financing_visible_to(person: Any) -> QuerySet[FinancingPlan]:
    """The studies `can_see_financing` allows."""
    return FinancingPlan.objects.filter(project__in=projects.projects_visible_to(person))


def can_decide(person: Any, financing: FinancingPlan | None) -> bool:
    """Whoever changes the project."""
    return financing is not None and projects.can_edit(person, financing.project)


def _sees(person: Any, project: Project | None) -> bool:
    return project is not None and projects.can_see_project(person, project)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(FundingProfile, can_see=can_see_profile, visible_to=profiles_visible_to)
    declare_visibility(Watch, can_see=can_see_watch, visible_to=watches_visible_to)
    declare_visibility(FinancingPlan, can_see=can_see_financing, visible_to=financing_visible_to)
    declare_right(
        "financing.study",
        "Chercher qui pourrait financer un projet (son groupe, sauf les lecteurs)",
        projects.can_edit,
    )
    declare_right(
        "financing.decide",
        "Accepter ou retirer un plan de financement (le groupe du projet, sauf les lecteurs)",
        can_decide,
    )
    declare_right(
        "financing.answer",
        "Répondre aux questions de financement d’un projet (son groupe, sauf les lecteurs, et qui remplit pour eux)",
        can_fill,
    )
    declare_right(
        "financing.watch",
        "Être averti de ce qui change dans les financements d’un projet (ceux qui le voient)",
        _sees,
    )
