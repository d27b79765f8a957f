"""The demonstration project has a plan to look at, and keeps none behind."""

from typing import Any

import pytest

from bpc.portal.journeys.demonstration import load_demonstration, remove_demonstration
from bpc.portal.plans.demo import create_demo_plans
from bpc.portal.plans.models import AssumptionComment, Plan
from bpc.portal.plans.queries import compare_scenarios

pytestmark = pytest.mark.django_db


def test_created_once_with_its_project_and_removed_with_it(settings: Any) -> None:
    settings.DEMO = True
    load_demonstration()
    load_demonstration()
    assert create_demo_plans() == 0
    main, dry = Plan.objects.filter(project__following=None).order_by("position")
    assert (main.name, main.is_main, main.blueprint_slug) == ("Notre plan", True, "safran")
    assert (dry.name, dry.revision) == ("Année sèche", 2)
    rows = compare_scenarios([main, dry]).assumptions
    assert {row.path.rpartition(".")[2] for row in rows} == {"capacity"}
    assert all(row.values[1] == pytest.approx(0.7 * row.values[0], abs=1) for row in rows)
    assert main.headline["npv"] > dry.headline["npv"]
    assert main.versions.get().note == "Tel que le modèle le propose"
    said = AssumptionComment.objects.get()
    assert said.author is not None
    assert said.author.email == "conseillere@demo.invalid"
    remove_demonstration()
    assert not Plan.objects.exists()
