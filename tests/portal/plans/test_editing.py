"""Changing assumptions: recalculated at once, merged with others' work, all or nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.plans import editing
from bpc.portal.plans.editing import (
    Conflict,
    NothingToUndo,
    PlanGone,
    TooManySaves,
    UnknownRevision,
    edit_assumptions,
    replace_document,
    undo_last,
)
from bpc.portal.plans.models import Plan, PlanEdit
from bpc.portal.plans.paths import value_at
from bpc.portal.plans.reckoning import reckon
from bpc.portal.projects.actions import archive_project
from tests.portal.plans.plan_world import NOW, TWELFTHS, edit, small_document, world

pytestmark = pytest.mark.django_db


def stored(plan: Plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def test_a_change_is_calculated_and_says_what_moved() -> None:
    group, plan = world()
    before = plan.headline
    saved = edit(plan, group.inside["editor"], 1, {"products.oil.price": 120})
    row = stored(plan)
    assert (saved.revision, row.revision, row.updated_by) == (2, 2, group.inside["editor"])
    assert [(one.path, one.old, one.new) for one in saved.changed] == [("products.oil.price", 100.0, 120.0)]
    assert value_at(row.document, "products.oil.price") == 120
    moved = {one.name: one for one in saved.moved}
    # twelve hundred litres a year at 20 MAD more, five years: what the value gains is worth it, discounted
    flows = [1200 / 12 * 20 / 1.10 ** (month / 12) for month in range(60)]
    assert moved["npv"].after - moved["npv"].before == pytest.approx(sum(flows), rel=1e-9)
    assert moved["npv"].before == before["npv"]
    assert moved["npv"].after == row.headline["npv"]
    assert moved["npv"].better is True
    assert moved["payback_years"].better is True
    assert moved["payback_years"].after < moved["payback_years"].before
    assert "investment" not in moved
    assert row.input_hash == reckon(small_document(products=row.document["products"])).input_hash


def test_what_crosses_a_landmark_comes_first_and_new_problems_are_told() -> None:
    group, plan = world()
    saved = edit(plan, group.inside["owner"], 1, {"products.oil.price": 55})
    assert saved.moved[0].crossed
    assert {one.name for one in saved.moved if one.crossed} >= {"min_cash", "npv", "dscr_min_repaying"}
    names = [one.name for one in saved.moved]
    assert names[:3] == ["min_cash", "npv", "dscr_min_repaying"]
    assert [problem.code for problem in saved.appeared] == ["E05", "W11"]
    assert (stored(plan).errors, stored(plan).warnings) == (1, 1)
    back = edit(plan, group.inside["owner"], 2, {"products.oil.price": 100})
    assert [problem.code for problem in back.settled] == ["E05", "W11"]
    assert back.problems == ()


def test_a_figure_that_ceases_to_exist_is_said_to() -> None:
    group, plan = world()
    saved = edit(plan, group.inside["owner"], 1, {"loans.bank": None})
    cover = next(one for one in saved.moved if one.name == "dscr_min_repaying")
    assert (cover.after, cover.better, cover.crossed) == (None, None, True)
    assert cover.before == pytest.approx(3.607, abs=0.001)


def test_two_people_on_different_assumptions_lose_nothing() -> None:
    group, plan = world()
    edit(plan, group.inside["owner"], 1, {"products.oil.price": 120, "fixed_costs.rent.annual": 9000})
    saved = edit(
        plan, group.inside["editor"], 1, {"loans.bank.annual_rate": 0.05, "products.oil.capacity": 900}
    )
    document = stored(plan).document
    assert value_at(document, "products.oil.price") == 120
    assert value_at(document, "fixed_costs.rent.annual") == 9000
    assert value_at(document, "loans.bank.annual_rate") == 0.05
    assert value_at(document, "products.oil.capacity") == 900
    assert [edited.path for edited in saved.by_others] == ["products.oil.price", "fixed_costs.rent.annual"]
    assert {edited.made_by for edited in saved.by_others} == {group.inside["owner"]}


def test_the_same_assumption_changed_by_two_is_given_back_with_both_values() -> None:
    group, plan = world()
    owner, editor = group.inside["owner"], group.inside["editor"]
    edit(plan, owner, 1, {"products.oil.price": 120})
    with pytest.raises(Conflict) as caught:
        edit(plan, editor, 1, {"products.oil.price": 90, "cash_floor": 500})
    (clash,) = caught.value.clashes
    assert (clash.path, clash.yours, clash.theirs, clash.by) == ("products.oil.price", 90, 120, owner)
    assert caught.value.revision == 2
    row = stored(plan)
    assert (row.revision, value_at(row.document, "products.oil.price")) == (2, 120)
    assert "cash_floor" not in row.document
    # having read it, the editor insists
    assert edit(plan, editor, 2, {"products.oil.price": 90, "cash_floor": 500}).revision == 3


@pytest.mark.parametrize(
    ("theirs", "yours", "clashes"),
    [
        ({"products.oil": None, "inputs.nuts.qty_per_unit.oil": None}, {"products.oil.price": 9}, True),
        ({"products.oil.price": 9}, {"products.oil": None, "inputs.nuts.qty_per_unit.oil": None}, True),
        ({"products.oil.price.low": 90}, {"products.oil.price.high": 110}, True),
        ({"products.oil.price.low": 90}, {"products.oil.capacity": 110}, False),
        ({"ramp_up": [0.5, 1.0]}, {"ramp_up.0": 0.7}, True),
        ({"overdraft": {"limit": 9, "annual_rate": 0.1}}, {"overdraft.limit": 9}, False),
        ({"overdraft": {"limit": 9, "annual_rate": 0.1}}, {"overdraft.limit": 8}, True),
        ({"products.oil.price": 120}, {"products.oil.price": 120}, False),
        ({"loans.+": {"id": "two", "draws": [{"month": 0, "amount": 1}], "annual_rate": 0, "months": 12}},
         {"loans.+": {"draws": [{"month": 0, "amount": 2}], "annual_rate": 0, "months": 12}}, False),
        ({"inputs.nuts.qty_per_unit.oil": 2}, {"inputs.nuts.unit_cost": 2}, False),
    ],
)  # fmt: skip
def test_what_clashes_and_what_does_not(theirs: dict[str, Any], yours: dict[str, Any], clashes: bool) -> None:
    group, plan = world()
    edit(plan, group.inside["owner"], 1, theirs)
    if clashes:
        with pytest.raises(Conflict):
            edit(plan, group.inside["editor"], 1, yours)
    else:
        edit(plan, group.inside["editor"], 1, yours)


def test_somebody_who_types_on_does_not_clash_with_herself() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    for price in (101, 102, 103):
        edit(plan, owner, 1, {"products.oil.price": price})
    assert value_at(stored(plan).document, "products.oil.price") == 103
    assert stored(plan).revision == 4


def test_a_field_sent_unchanged_is_no_change() -> None:
    group, plan = world()
    edit(plan, group.inside["owner"], 1, {"products.oil.price": 120})
    saved = edit(
        plan, group.inside["editor"], 2, {"products.oil.price": 120.0, "years": 5, "overdraft": None}
    )
    assert (saved.changed, saved.revision, saved.moved) == ((), 2, ())
    assert PlanEdit.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"products.oil.capacity": -5}, ("E_negative", "products.oil.capacity")),
        ({"products.oil.seasonality.0": 0.5}, ("E_seasonality_sum", "products.oil.seasonality")),
        ({"products.oil": None}, ("E_unknown_reference", "inputs.nuts.qty_per_unit.oil")),
        ({"assets.press.life_years": -1}, ("E_greater_than_equal", "assets.press.life_years")),
        ({"loans.bank.months": "48"}, ("E_int_type", "loans.bank.months")),
        ({"grants.+": {"id": "g", "amount": 1e6}}, ("E_grant_above_cost", "grants.g.amount")),
        ({"products.+": {"id": "oil", "capacity": 1, "price": 1, "seasonality": TWELFTHS}},
         ("E_duplicate_id", "products")),
        ({"wine": 1}, ("E_extra_forbidden", "wine")),
        ({"loans.gone.months": 4}, ("E_unknown_item", "loans.gone.months")),
        ({"products..price": 4}, ("E_bad_path", "")),
        ({}, ("E_too_many_changes", "")),
        ({f"products.oil.x{rank}": 1 for rank in range(501)}, ("E_too_many_changes", "")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_whole(changes: dict[str, Any], problem: tuple[str, str]) -> None:
    group, plan = world()
    before = stored(plan)
    with pytest.raises(InvalidPlan) as caught:
        edit(plan, group.inside["owner"], 1, {"name": "Autre", **changes} if changes else {})
    assert problem in [(one.code, one.path) for one in caught.value.problems]
    after = stored(plan)
    assert (after.revision, after.document, after.updated_at) == (1, before.document, before.updated_at)
    assert not PlanEdit.objects.exists()


@pytest.mark.parametrize("base", [0, -1, 2, 10**9, True])
def test_a_revision_that_never_was_opens_nothing(base: int) -> None:
    group, plan = world()
    with pytest.raises(UnknownRevision):
        edit(plan, group.inside["owner"], base, {"years": 6})


def test_a_page_left_open_too_long_must_be_loaded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "REVISIONS_KEPT", 3)
    group, plan = world()
    for price in range(101, 107):
        edit(plan, group.inside["owner"], stored(plan).revision, {"products.oil.price": price})
    assert list(PlanEdit.objects.values_list("revision", flat=True)) == [5, 6, 7]
    with pytest.raises(UnknownRevision):
        edit(plan, group.inside["editor"], 3, {"years": 6})
    edit(plan, group.inside["editor"], 4, {"years": 6})


def test_a_machine_that_saves_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "SAVES_AT_ONCE", 2)
    group, plan = world()
    owner = group.inside["owner"]
    edit(plan, owner, 1, {"years": 6})
    edit(plan, owner, 2, {"years": 7})
    with pytest.raises(TooManySaves):
        edit(plan, owner, 3, {"years": 8})
    edit(plan, group.inside["editor"], 3, {"years": 8})
    edit(plan, owner, 4, {"years": 9}, at=NOW + timedelta(minutes=11))


def test_who_may_change_a_plan() -> None:
    group, plan = world()
    for name, person in group.everybody.items():
        if name in {"owner", "editor"}:
            edit(plan, person, stored(plan).revision, {"cash_floor": len(name)})
            continue
        for act in (
            lambda who: edit(plan, who, 1, {"years": 6}),
            lambda who: undo_last(plan=plan, actor=who, at=NOW),
            lambda who: replace_document(
                plan=plan, actor=who, base_revision=1, document=small_document(), at=NOW
            ),
        ):
            with pytest.raises(PermissionDenied):
                act(person)
    assert PlanEdit.objects.count() == 2


def test_a_project_put_aside_is_not_changed() -> None:
    group, plan = world()
    archive_project(project=group.project, actor=group.inside["owner"], at=NOW)
    with pytest.raises(PermissionDenied):
        edit(plan, group.inside["owner"], 1, {"years": 6})


def test_a_scenario_deleted_meanwhile_is_told() -> None:
    group, plan = world()
    Plan.objects.filter(pk=plan.pk).delete()
    with pytest.raises(PlanGone):
        edit(plan, group.inside["owner"], 1, {"years": 6})


def test_one_s_last_changes_are_taken_back_one_after_the_other() -> None:
    group, plan = world()
    owner, editor = group.inside["owner"], group.inside["editor"]
    edit(plan, owner, 1, {"products.oil.price": 120, "loans.bank": None})
    edit(plan, editor, 2, {"years": 6})
    edit(plan, owner, 3, {"fixed_costs.rent.annual": 9000, "overdraft": {"limit": 5, "annual_rate": 0.1}})
    first = undo_last(plan=plan, actor=owner, at=NOW)
    assert (first.revision, stored(plan).document.get("overdraft")) == (5, None)
    assert value_at(stored(plan).document, "fixed_costs.rent.annual") == 12_000
    second = undo_last(plan=plan, actor=owner, at=NOW)
    assert {one.path for one in second.changed} == {"products.oil.price", "loans.bank"}
    assert stored(plan).document == reckon(small_document(years=6)).document
    with pytest.raises(NothingToUndo):
        undo_last(plan=plan, actor=owner, at=NOW)
    kinds = list(PlanEdit.objects.order_by("pk").values_list("revision", "kind", "undone_in"))
    assert kinds[:2] == [(2, "edit", 6), (2, "edit", 6)]
    assert [kind for _revision, kind, _undone in kinds[5:]] == ["undo"] * 4


def test_what_somebody_changed_since_is_not_undone_over_them() -> None:
    group, plan = world()
    owner, editor = group.inside["owner"], group.inside["editor"]
    edit(plan, owner, 1, {"products.oil.price": 120})
    edit(plan, editor, 2, {"products.oil.price": 90})
    with pytest.raises(Conflict) as caught:
        undo_last(plan=plan, actor=owner, at=NOW)
    (clash,) = caught.value.clashes
    assert (clash.yours, clash.theirs, clash.by) == (100, 90, editor)
    assert value_at(stored(plan).document, "products.oil.price") == 90


def test_what_others_now_need_is_not_undone() -> None:
    group, plan = world()
    cake = {"id": "cake", "capacity": 1, "price": 1, "seasonality": TWELFTHS}
    edit(plan, group.inside["owner"], 1, {"products.+": cake})
    edit(plan, group.inside["editor"], 2, {"inputs.nuts.qty_per_unit.cake": 1})
    with pytest.raises(InvalidPlan) as caught:
        undo_last(plan=plan, actor=group.inside["owner"], at=NOW)
    assert [one.path for one in caught.value.problems] == ["inputs.nuts.qty_per_unit.cake"]


def test_a_whole_document_replaces_another_unless_somebody_changed_it() -> None:
    group, plan = world()
    owner, editor = group.inside["owner"], group.inside["editor"]
    edit(plan, owner, 1, {"products.oil.price": 120})
    with pytest.raises(Conflict):
        replace_document(plan=plan, actor=editor, base_revision=1, document=small_document(years=6), at=NOW)
    saved = replace_document(
        plan=plan, actor=editor, base_revision=2, document=small_document(years=6), at=NOW
    )
    assert [(one.path, one.new) for one in saved.changed] == [("years", 6), ("products.oil.price", 100)]
    with pytest.raises(InvalidPlan):
        replace_document(plan=plan, actor=editor, base_revision=3, document={"start": "x"}, at=NOW)
    assert stored(plan).revision == 3


def test_a_stored_plan_the_engine_no_longer_reads_can_still_be_mended() -> None:
    group, plan = world()
    Plan.objects.filter(pk=plan.pk).update(document=small_document(old_field=1))
    with pytest.raises(InvalidPlan) as caught:
        edit(plan, group.inside["owner"], 1, {"years": 6})
    assert [one.path for one in caught.value.problems] == ["old_field"]
    saved = replace_document(
        plan=plan, actor=group.inside["owner"], base_revision=1, document=small_document(), at=NOW
    )
    assert saved.revision == 2
    assert "old_field" not in stored(plan).document


def test_the_cost_of_a_save_does_not_grow_with_what_is_changed(django_assert_max_num_queries: Any) -> None:
    group, plan = world()
    item = {"capacity": 1, "price": 1, "seasonality": TWELFTHS}
    changes = {"years": 6, **{f"products.+{rank}": item for rank in range(30)}}
    with django_assert_max_num_queries(16):
        edit_assumptions(plan=plan, actor=group.inside["owner"], base_revision=1, changes=changes, at=NOW)
    assert PlanEdit.objects.count() == 31
