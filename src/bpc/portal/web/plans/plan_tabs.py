"""The pages of one plan, as tabs above each of them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.portal.plans.models import Plan


def open_remarks(plan: Plan) -> dict[str, int]:
    """How many remarks wait for an answer, by the path of the assumption they are about."""
    found: dict[str, int] = {}
    for path in plan.comments.filter(resolved_at=None).order_by().values_list("path", flat=True):
        found[path] = found.get(path, 0) + 1
    return found


def plan_tabs(plan: Plan, here: str, remarks: int) -> list[dict[str, Any]]:
    """The tabs, the one called `here` current; `remarks` still open are counted on theirs."""
    one = [plan.project.reference, plan.pk]
    doors = (
        ("plan", _("Vue d’ensemble"), reverse("web:plan", args=one), None),
        ("expert", _("Hypothèses"), reverse("web:plan_expert", args=one), None),
        ("scenarios", _("Scénarios"), reverse("web:plan_scenarios", args=one[:1]), None),
        ("goals", _("Ce qu’il faut"), reverse("web:plan_goals", args=one), None),
        ("risks", _("Risques"), reverse("web:plan_risks", args=one), None),
        ("versions", _("Versions"), reverse("web:plan_versions", args=one), None),
        ("remarks", _("Remarques"), reverse("web:plan_remarks", args=one), remarks),
    )
    return [
        {"label": label, "url": url, "current": name == here, "count": count}
        for name, label, url, count in doors
    ]
