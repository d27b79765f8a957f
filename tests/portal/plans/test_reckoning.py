"""What a document gives, tried without saving, and brought up to date when the engine changes."""

import doctest
import importlib
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from bpc.core.plan.document import ENGINE_VERSION
from bpc.core.plan.problems import InvalidPlan
from bpc.portal.plans.models import Plan, PlanEdit
from bpc.portal.plans.reckoning import reckon, reckon_stored, try_changes
from tests.portal.plans.plan_world import edit, small_document, world


@pytest.mark.parametrize("name", ["paths"])
def test_the_examples_of_the_documentation_run(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"bpc.portal.plans.{name}"))
    assert (found.failed, found.attempted > 5) == (0, True)


def test_tried_changes_answer_as_a_save_and_leave_the_document() -> None:
    document = small_document()
    trial = try_changes(document, {"products.oil.price": 55})
    assert document == small_document()
    assert [one.name for one in trial.moved[:3]] == ["min_cash", "npv", "dscr_min_repaying"]
    assert [problem.code for problem in trial.appeared] == ["E05", "W11"]
    assert trial.settled == ()
    with pytest.raises(InvalidPlan):
        try_changes(document, {"products.oil.price": -1})


def residual(**changes: Any) -> dict[str, Any]:
    document = small_document(**changes)
    document["inputs"][0] |= {"from_members": True, "member_price": {"kind": "residual", "target": "npv"}}
    return document


def test_a_price_left_to_the_project_is_found_and_the_plan_stays_as_written() -> None:
    found = reckon(residual())
    assert found.headline["npv"] == pytest.approx(0, abs=1)
    assert found.document["inputs"][0]["unit_cost"] == 40
    priced = found.appraisal.run.plan.inputs[0]
    assert priced.unit_cost.mode > 40
    assert found.problems == tuple(found.appraisal.problems)
    assert found.input_hash == reckon(found.document).input_hash


def test_a_price_no_calculation_finds_is_told_and_hinders_nothing_else() -> None:
    found = reckon(residual(fixed_costs=[{"id": "rent", "annual": 900_000}]))
    (problem,) = found.unmet
    assert (problem.code, problem.path) == ("E_residual_price", "inputs.nuts.member_price")
    assert found.appraisal.run.plan.inputs[0].unit_cost.mode == 40
    assert found.columns()["errors"] >= 1


def test_headlines_hold_no_number_that_json_cannot_write() -> None:
    nothing = {"start": "2027-01", "years": 1, "members": {"count": 5}}
    headline = reckon(nothing).headline
    assert headline["irr"] is None
    assert headline["dscr_min_repaying"] is None
    assert headline["npv"] == 0
    assert reckon_stored({"start": "no"}) is None


@pytest.mark.django_db
def test_the_figures_of_another_engine_are_renewed() -> None:
    group, plan = world()
    edit(plan, group.inside["owner"], 1, {"years": 6})
    fresh = Plan.objects.get()
    Plan.objects.update(engine_version="0.1", headline={"npv": 1}, errors=9)
    _group, current = world()
    _group, unread = world()
    Plan.objects.filter(pk=current.pk).update(headline={"npv": 2})
    Plan.objects.filter(pk=unread.pk).update(engine_version="0.1", document={"start": "no"})
    out = StringIO()
    call_command("renew_plans", stdout=out)
    assert out.getvalue().splitlines() == ["plans recalculés : 1", f"illisibles par ce moteur : {unread.pk}"]
    row = Plan.objects.get(pk=plan.pk)
    assert (row.engine_version, row.headline, row.errors) == (ENGINE_VERSION, fresh.headline, 0)
    assert (row.revision, row.updated_at, row.document) == (2, fresh.updated_at, fresh.document)
    assert PlanEdit.objects.count() == 1
    assert Plan.objects.get(pk=current.pk).headline == {"npv": 2}
    call_command("renew_plans", all=True, stdout=StringIO())
    assert Plan.objects.get(pk=current.pk).headline["npv"] == pytest.approx(82_317.28, abs=0.01)
