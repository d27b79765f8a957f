"""Properties of the trail: what differs, reversed, gives back what was; disjoint edits commute; the trail replays."""

import random
from typing import Any

import pytest

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.plans.editing import Conflict, NothingToUndo, reverse_of, undo_last
from bpc.portal.plans.models import Plan, PlanEdit
from bpc.portal.plans.paths import Difference, Document, differences, overlap, with_changes
from bpc.portal.plans.reckoning import reckon
from tests.portal.plans.plan_world import NOW, TWELFTHS, edit, small_document, world

WINTER = [0.2, 0.2, 0.1, 0, 0, 0, 0, 0, 0, 0.1, 0.2, 0.2]


def some_change(draw: random.Random, document: Document) -> dict[str, Any]:
    """One change a person could make, any part of the plan; some are refused, as in life."""
    products = [item["id"] for item in document.get("products", [])]
    loans = [item["id"] for item in document.get("loans", [])]
    product = draw.choice(products) if products else "oil"
    loan = draw.choice(loans) if loans else "bank"
    number = draw.randint(1, 90)
    return draw.choice(
        [
            {f"products.{product}.price": number},
            {f"products.{product}.price.low": 1},
            {f"products.{product}.price": {"mode": number, "low": 1, "high": 100, "conf": "E"}},
            {f"products.{product}.seasonality": draw.choice([WINTER, TWELFTHS])},
            {f"products.{product}.ramp": draw.choice([None, [0.5, 1.0]])},
            {"products.+": {"id": f"p{number}", "capacity": number, "price": 1, "seasonality": TWELFTHS}},
            {f"products.{product}": None},
            {f"products.{product}": None, f"inputs.nuts.qty_per_unit.{product}": None},
            {f"inputs.nuts.qty_per_unit.{product}": draw.choice([None, number / 10])},
            {"loans.+": {"draws": [{"month": 0, "amount": number}], "annual_rate": 0.1, "months": 12}},
            {f"loans.{loan}": None},
            {f"loans.{loan}.draws.+": {"month": 0, "amount": number}},
            {f"loans.{loan}.grace_months": number % 13},
            {"overdraft": draw.choice([None, {"limit": number * 100, "annual_rate": 0.1}])},
            {"overdraft.limit": number * 10},
            {"opening.assets.+": {"book_value": number, "years_left": draw.choice([None, 3])}},
            {"opening": draw.choice([None, {"cash": number}])},
            {"members.women": draw.choice([None, number / 100])},
            {"years": draw.randint(1, 6), "cash_floor": number},
            {"working_capital.stock_days": number, "vat.period": draw.choice(["monthly", "quarterly"])},
            {"assets.press.life_years": draw.choice([None, number / 2])},
        ]
    )


def changed(draw: random.Random, document: Document, times: int) -> Document:
    """The document after some of the changes that are possible."""
    for _ in range(times):
        try:
            document = reckon(with_changes(document, some_change(draw, document))).document
        except InvalidPlan:
            continue
    return document


@pytest.mark.parametrize("seed", range(40))
def test_what_differs_reversed_gives_back_what_was(seed: int) -> None:
    draw = random.Random(seed)
    before = reckon(small_document()).whole
    after = reckon(changed(draw, small_document(), 12)).whole
    found = differences(before, after)
    back = with_changes(after, reverse_of(found, after))
    assert differences(before, back) == []
    assert found


def test_edits_of_two_people_on_different_things_commute() -> None:
    draw = random.Random(20261122)
    compared = 0
    for _ in range(200):
        base = changed(draw, small_document(), 4)
        one, other = some_change(draw, base), some_change(draw, base)
        if any(overlap(mine, theirs) for mine in one for theirs in other):
            continue
        try:
            first = reckon(with_changes(with_changes(base, one), other)).whole
            second = reckon(with_changes(with_changes(base, other), one)).whole
        except InvalidPlan:
            continue
        assert differences(first, second) == []
        compared += 1
    assert compared > 50


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_three_people_at_work_leave_a_trail_that_replays_and_unwinds(seed: int) -> None:
    """Stale bases, conflicts, refusals and undos included: revisions follow each other, and the trail tells all."""
    draw = random.Random(seed)
    group, plan = world()
    begun = reckon(plan.document).whole
    people = [group.inside["owner"], group.inside["editor"]]
    told = 0
    for _ in range(40):
        row = Plan.objects.get()
        base = max(1, row.revision - draw.randint(0, 3))
        who = draw.choice(people)
        try:
            if draw.random() < 0.2:
                undo_last(plan=plan, actor=who, at=NOW)
            else:
                edit(plan, who, base, some_change(draw, row.document))
        except (Conflict, InvalidPlan, NothingToUndo):
            told += 1
            after = Plan.objects.get()
            assert (after.revision, after.document) == (row.revision, row.document)
    end = Plan.objects.get()
    assert end.revision > 10
    assert told > 0
    assert set(PlanEdit.objects.values_list("revision", flat=True)) == set(range(2, end.revision + 1))
    whole = reckon(end.document).whole
    for revision in range(end.revision, 1, -1):
        edits = [Difference(one.path, one.old, one.new) for one in PlanEdit.objects.filter(revision=revision)]
        whole = with_changes(whole, reverse_of(edits, whole))
    assert differences(begun, whole) == []
