"""The plan of the demonstration project: two scenarios from the model of saffron, a version, a question asked."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bpc.datasets.model_plans import plan_document
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_model, read_vocabulary
from bpc.portal.people.models import User
from bpc.portal.plans.comments import comment_assumption
from bpc.portal.plans.editing import edit_assumptions
from bpc.portal.plans.models import Plan
from bpc.portal.plans.scenarios import Blueprint, Title, create_plan, duplicate_scenario
from bpc.portal.plans.versions import keep_version
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole

_MODEL = "safran"
#: A year without enough water, an estimate to think with.
_DRY = 0.7


@transaction.atomic
def create_demo_plans() -> int:
    """Create the scenarios if the demonstration project has none; returns how many it created.

    They go with the project when the demonstration is removed.
    """
    project = Project.objects.filter(is_demo=True, following=None, plans=None).order_by("pk").first()
    if project is None:
        return 0
    owner = _member(project, MemberRole.OWNER)
    began = timezone.now() - timedelta(days=20)
    model = read_model(settings.DATA / "models" / f"{_MODEL}.yaml", read_vocabulary(settings.DATA))
    document = plan_document(
        model.model_dump(mode="json", exclude_none=True),
        plan_rules(),
        "fr",
        start=f"{began.year + 1}-01",
        dated=True,
    )
    plan = create_plan(
        project=project, title=Title("Notre plan", "fr"), document=document, actor=owner, at=began,
        blueprint=Blueprint(_MODEL, str(model.version)),
    )  # fmt: skip
    keep_version(plan=plan, actor=owner, note="Tel que le modèle le propose", language="fr", at=began)
    dry = duplicate_scenario(plan=plan, title=Title("Année sèche", "fr"), actor=owner, at=began)
    changes = {
        f"products.{product['id']}.capacity": round(product["capacity"] * _DRY)
        for product in document["products"]
    }
    edit_assumptions(plan=dry, actor=owner, base_revision=1, changes=changes, at=began + timedelta(days=1))
    _ask(plan, project, began + timedelta(days=2))
    return Plan.objects.filter(project=project).count()


def _member(project: Project, role: MemberRole) -> User:
    return project.members.filter(role=role).select_related("user").order_by("pk")[0].user


def _ask(plan: Plan, project: Project, at: datetime) -> None:
    """The advisor asks about the first product's price, when the demonstration has one."""
    access = project.advisor_accesses.filter(ended_at=None).select_related("advisor").first()
    if access is not None:
        comment_assumption(
            plan=plan, path=f"products.{plan.document['products'][0]['id']}.price",
            text="Avez-vous un acheteur qui paie ce prix ? Un devis ou une facture le prouverait à la banque.",
            language="fr", actor=access.advisor, at=at,
        )  # fmt: skip
