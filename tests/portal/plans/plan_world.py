"""A plan small enough to be reckoned by hand, in the project of a group with every role."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from bpc.portal.people.models import User
from bpc.portal.plans.comments import comment_assumption
from bpc.portal.plans.editing import Saved, edit_assumptions
from bpc.portal.plans.models import Plan
from bpc.portal.plans.scenarios import Title, create_plan
from bpc.portal.plans.versions import keep_version
from bpc.portal.projects.models import Project
from tests.portal.projects.project_world import Group, make_group

NOW = timezone.now()
TWELFTHS = [1 / 12] * 12


def small_document(**changes: Any) -> dict[str, Any]:
    """Oil sold at 100 MAD, made of a litre bought at 40, a press, a clerk, a loan."""
    document: dict[str, Any] = {
        "start": "2027-01",
        "years": 5,
        "members": {"count": 10},
        "products": [{"id": "oil", "name": "Huile", "capacity": 1200, "price": 100, "seasonality": TWELFTHS}],
        "inputs": [{"id": "nuts", "name": "Noix", "unit_cost": 40, "qty_per_unit": {"oil": 1}}],
        "fixed_costs": [{"id": "rent", "name": "Loyer", "annual": 12_000}],
        "staff": [{"id": "clerk", "role": "Comptable", "fte": 0.5, "gross": 4000}],
        "assets": [{"id": "press", "name": "Presse", "amount": 60_000, "life_years": 10}],
        "loans": [
            {
                "id": "bank",
                "name": "Banque",
                "draws": [{"month": 0, "amount": 30_000}],
                "annual_rate": 0.06,
                "months": 48,
            }
        ],
        "shares": {"nominal": 100, "subscriptions": [{"month": 0, "members": 10, "shares_each": 50}]},
    }
    return {**document, **changes}


def make_plan(group: Group, *, name: str = "Prudent", at: datetime = NOW, **changes: Any) -> Plan:
    """A scenario made by the owner."""
    return begin_plan(group.project, group.inside["owner"], name=name, at=at, **changes)


def begin_plan(
    project: Project, owner: User, *, name: str = "Prudent", at: datetime = NOW, **changes: Any
) -> Plan:
    """A scenario of any project."""
    return create_plan(
        project=project, title=Title(name, "fr"), document=small_document(**changes), actor=owner, at=at
    )


def fill_plan(project: Project, owner: User) -> Plan:
    """A scenario with an edit, a version and a remark."""
    plan = begin_plan(project, owner)
    edit(plan, owner, 1, {"years": 6})
    keep_version(plan=plan, actor=owner, note="Avant", language="fr", at=NOW)
    comment_assumption(plan=plan, path="years", text="Assez ?", language="fr", actor=owner, at=NOW)
    return plan


def world(**changes: Any) -> tuple[Group, Plan]:
    """A group and its first plan."""
    group = make_group()
    return group, make_plan(group, **changes)


def edit(plan: Plan, actor: Any, base: int, changes: dict[str, Any], at: datetime = NOW) -> Saved:
    """One save."""
    return edit_assumptions(plan=plan, actor=actor, base_revision=base, changes=changes, at=at)
