"""Scenarios of a project: begun, copied, renamed, deleted, one the main, side by side."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.core.plan.document import ENGINE_VERSION
from bpc.core.plan.problems import InvalidPlan
from bpc.portal.foundation.audit import trail_of as acts_on
from bpc.portal.plans.models import MOST_SCENARIOS, Plan
from bpc.portal.plans.queries import compare_scenarios, main_plan, scenarios_of, trail_of
from bpc.portal.plans.scenarios import (
    Blueprint,
    MainScenario,
    Title,
    TooManyScenarios,
    create_plan,
    delete_scenario,
    duplicate_scenario,
    make_main,
    rename_scenario,
)
from bpc.portal.projects.actions import archive_project
from tests.portal.plans.plan_world import NOW, edit, make_plan, small_document, world
from tests.portal.projects.project_world import Group, make_group

pytestmark = pytest.mark.django_db


def names(group: Group) -> list[str]:
    return [plan.name for plan in scenarios_of(group.project)]


def copy_of(plan: Plan, actor: Any, name: str) -> Plan:
    return duplicate_scenario(plan=plan, title=Title(name, "fr"), actor=actor, at=NOW)


def test_the_first_plan_of_a_project_is_its_main_and_keeps_what_it_gives() -> None:
    group = make_group()
    assert main_plan(group.project) is None
    plan = create_plan(
        project=group.project, title=Title("  Notre   plan ", "fr"), document=small_document(),
        actor=group.inside["editor"], at=NOW, blueprint=Blueprint("safran", "3"),
    )  # fmt: skip
    assert main_plan(group.project) == plan
    assert (plan.name, plan.position, plan.revision) == ("Notre plan", 0, 1)
    assert (plan.blueprint_slug, plan.blueprint_version) == ("safran", "3")
    assert plan.engine_version == ENGINE_VERSION
    assert len(plan.input_hash) == 64
    assert plan.headline["investment"] == 60_000
    assert plan.headline["third_party_ratio"] is None
    assert [entry.verb for entry in acts_on(plan)] == ["create plan"]
    group.project.refresh_from_db()
    assert group.project.changed_at == NOW


def test_a_plan_that_does_not_parse_leaves_nothing() -> None:
    group = make_group()
    with pytest.raises(InvalidPlan):
        create_plan(
            project=group.project, title=Title("X", "fr"), document={"start": "2027-01"},
            actor=group.inside["owner"], at=NOW,
        )  # fmt: skip
    assert not Plan.objects.exists()


def test_a_scenario_has_a_name() -> None:
    group, plan = world()
    with pytest.raises(ValueError, match="name"):
        rename_scenario(plan=plan, title=Title("  ", "fr"), actor=group.inside["owner"], at=NOW)


def test_a_copy_goes_its_own_way() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    edit(plan, owner, 1, {"products.oil.price": 120})
    other = copy_of(plan, owner, "Optimiste")
    edit(other, owner, 1, {"products.oil.price": 150})
    plan.refresh_from_db()
    other.refresh_from_db()
    assert plan.document["products"][0]["price"] == 120
    assert other.document["products"][0]["price"] == 150
    assert (other.is_main, other.position, other.versions.count(), other.edits.count()) == (False, 1, 0, 1)


def test_renamed_made_main_deleted() -> None:
    group, plan = world()
    owner, editor = group.inside["owner"], group.inside["editor"]
    second, third = copy_of(plan, owner, "Deux"), copy_of(plan, owner, "Trois")
    rename_scenario(plan=third, title=Title("ثلاثة", "ar"), actor=editor, at=NOW)
    assert names(group) == ["Prudent", "Deux", "ثلاثة"]
    with pytest.raises(MainScenario):
        delete_scenario(plan=plan, actor=owner, at=NOW)
    make_main(plan=second, actor=editor, at=NOW)
    make_main(plan=second, actor=editor, at=NOW)
    assert main_plan(group.project) == second
    delete_scenario(plan=plan, actor=owner, at=NOW)
    delete_scenario(plan=plan, actor=owner, at=NOW)
    assert names(group) == ["Deux", "ثلاثة"]
    assert [row.position for row in scenarios_of(group.project)] == [0, 1]
    fourth = copy_of(second, owner, "Quatre")
    assert (fourth.position, fourth.is_main) == (2, False)


def test_there_are_twelve_scenarios_at_most() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    for rank in range(MOST_SCENARIOS - 1):
        last = copy_of(plan, owner, f"Scénario {rank}")
    for act in (
        lambda: copy_of(plan, owner, "De trop"),
        lambda: make_plan(group, name="De trop"),
    ):
        with pytest.raises(TooManyScenarios):
            act()
    assert Plan.objects.count() == 12
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=last.pk).update(position=MOST_SCENARIOS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=last.pk).update(is_main=True)


def test_only_those_who_change_the_project_touch_its_scenarios() -> None:
    group, plan = world()
    second = copy_of(plan, group.inside["owner"], "Deux")
    for name, person in group.everybody.items():
        if name in {"owner", "editor"}:
            continue
        for act in (
            lambda who: copy_of(plan, who, "X"),
            lambda who: rename_scenario(plan=plan, title=Title("X", "fr"), actor=who, at=NOW),
            lambda who: make_main(plan=second, actor=who, at=NOW),
            lambda who: delete_scenario(plan=second, actor=who, at=NOW),
            lambda who: create_plan(
                project=group.project, title=Title("X", "fr"), document=small_document(), actor=who, at=NOW
            ),
        ):
            with pytest.raises(PermissionDenied):
                act(person)
    assert names(group) == ["Prudent", "Deux"]
    archive_project(project=group.project, actor=group.inside["owner"], at=NOW)
    with pytest.raises(PermissionDenied):
        delete_scenario(plan=second, actor=group.inside["owner"], at=NOW)


def test_scenarios_side_by_side() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    other = copy_of(plan, owner, "Optimiste")
    edit(other, owner, 1, {"products.oil.price": 150, "loans.bank": None})
    third = copy_of(plan, owner, "Sans loyer")
    edit(third, owner, 1, {"fixed_costs.rent.annual": 0})
    plans = list(Plan.objects.order_by("position"))
    found = compare_scenarios(plans)
    npv = next(row for row in found.figures if row.name == "npv")
    assert npv.values == tuple(row.headline["npv"] for row in plans)
    assert npv.best == 1
    cover = next(row for row in found.figures if row.name == "dscr_min_repaying")
    assert (cover.values[1], cover.best) == (None, 2)
    assert next(row for row in found.figures if row.name == "investment").best is None
    rows = {row.path: row.values for row in found.assumptions}
    assert set(rows) == {"products.oil.price", "loans.bank", "fixed_costs.rent.annual"}
    assert rows["products.oil.price"] == (100, 150, 100)
    assert rows["fixed_costs.rent.annual"] == (12_000, 12_000, 0)
    assert rows["loans.bank"][0]["annual_rate"] == 0.06
    assert rows["loans.bank"][1] is None
    assert compare_scenarios(plans[:1]).assumptions == ()


def test_the_trail_of_one_assumption() -> None:
    group, plan = world()
    edit(plan, group.inside["owner"], 1, {"products.oil.price": 120, "years": 6})
    edit(plan, group.inside["editor"], 2, {"products.oil.price": 130})
    assert [(row.new, row.made_by) for row in trail_of(plan, "products.oil.price")] == [
        (130, group.inside["editor"]),
        (120, group.inside["owner"]),
    ]
    assert trail_of(plan, "products.oi").count() == 0
    assert trail_of(plan, "products").count() == 2
    assert trail_of(plan).count() == 3


def test_lists_cost_the_same_for_one_scenario_or_ten(django_assert_num_queries: Any) -> None:
    group, plan = world()
    for rank in range(9):
        copy_of(plan, group.inside["owner"], f"Scénario {rank}")
    with django_assert_num_queries(1):
        rows = [(row.name, row.headline["npv"], row.updated_by, row.open_comments)
                for row in scenarios_of(group.project)]  # fmt: skip
    assert len(rows) == 10
