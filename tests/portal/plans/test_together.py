"""Several people in the same instant, on real transactions: nothing is lost, nothing is counted twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from bpc.portal.plans.editing import Conflict, undo_last
from bpc.portal.plans.models import MOST_SCENARIOS, Plan, PlanEdit
from bpc.portal.plans.paths import value_at
from bpc.portal.plans.scenarios import (
    MainScenario,
    Title,
    TooManyScenarios,
    delete_scenario,
    duplicate_scenario,
    make_main,
)
from bpc.portal.projects.models import ProjectMember
from tests.portal.plans.plan_world import NOW, edit, make_plan
from tests.portal.projects.project_world import Group, make_group
from tests.portal.world import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference_again")]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave or raised, all begun together; one after the other where there is one connection only."""
    together = connection.vendor == "postgresql"  # SQLite in memory
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(rank: int) -> None:
        try:
            if together:
                gate.wait()
            results[rank] = acts[rank]()
        except Exception as error:
            results[rank] = error
        finally:
            if together:
                connection.close()

    threads = [threading.Thread(target=run, args=(rank,)) for rank in range(len(acts))]
    for rank, thread in enumerate(threads):
        thread.start() if together else run(rank)
    for thread in threads:
        if together:
            thread.join()
    return results


def writers(group: Group, number: int) -> list[object]:
    people: list[object] = []
    for _ in range(number):
        person = make_user()
        ProjectMember.objects.create(project=group.project, user=person, role="editor")
        people.append(person)
    return people


def test_eight_people_on_eight_assumptions_lose_nothing() -> None:
    group = make_group()
    plan = make_plan(group)
    paths = {
        "products.oil.price": 111.0,
        "products.oil.capacity": 999.0,
        "loans.bank.annual_rate": 0.05,
        "fixed_costs.rent.annual": 8000.0,
        "staff.clerk.gross": 4200.0,
        "members.count": 12,
        "years": 6,
        "cash_floor": 500.0,
    }
    people = writers(group, len(paths))
    results = at_once(
        *(
            lambda who=who, path=path, value=value: edit(plan, who, 1, {path: value})
            for who, (path, value) in zip(people, paths.items(), strict=True)
        )
    )
    assert [error for error in results if isinstance(error, Exception)] == []
    row = Plan.objects.get()
    assert row.revision == 9
    assert {path: value_at(row.document, path) for path in paths} == paths
    assert sorted(PlanEdit.objects.values_list("revision", flat=True)) == list(range(2, 10))


def test_one_assumption_changed_by_many_is_saved_once_and_the_others_are_told() -> None:
    group = make_group()
    plan = make_plan(group)
    people = writers(group, 5)
    results = at_once(
        *(
            lambda who=who, price=price: edit(plan, who, 1, {"products.oil.price": price})
            for price, who in enumerate(people, start=101)
        )
    )
    conflicts = [error for error in results if isinstance(error, Conflict)]
    assert len(conflicts) == 4
    row = Plan.objects.get()
    assert row.revision == 2
    price = value_at(row.document, "products.oil.price")
    assert {conflict.clashes[0].theirs for conflict in conflicts} == {price}
    assert 101 <= price <= 105


def test_a_twelfth_scenario_made_twice_is_made_once() -> None:
    group = make_group()
    plan = make_plan(group)
    owner = group.inside["owner"]
    for rank in range(MOST_SCENARIOS - 2):
        duplicate_scenario(plan=plan, title=Title(f"S{rank}", "fr"), actor=owner, at=NOW)
    results = at_once(
        *(
            lambda rank=rank: duplicate_scenario(
                plan=plan, title=Title(f"N{rank}", "fr"), actor=owner, at=NOW
            )
            for rank in range(3)
        )
    )
    assert sum(isinstance(result, Plan) for result in results) == 1
    assert sum(isinstance(result, TooManyScenarios) for result in results) == 2
    assert sorted(Plan.objects.values_list("position", flat=True)) == list(range(12))


def test_made_main_and_deleted_at_once_leaves_one_main() -> None:
    group = make_group()
    plan = make_plan(group)
    owner = group.inside["owner"]
    second = duplicate_scenario(plan=plan, title=Title("Deux", "fr"), actor=owner, at=NOW)
    third = duplicate_scenario(plan=plan, title=Title("Trois", "fr"), actor=owner, at=NOW)
    results = at_once(
        lambda: make_main(plan=second, actor=owner, at=NOW),
        lambda: make_main(plan=third, actor=owner, at=NOW),
        lambda: delete_scenario(plan=plan, actor=owner, at=NOW),
        lambda: edit(third, owner, 1, {"years": 7}),
    )
    errors = [error for error in results if isinstance(error, Exception)]
    assert all(isinstance(error, MainScenario) for error in errors), errors
    assert Plan.objects.filter(is_main=True).count() == 1
    assert Plan.objects.get(pk=third.pk).document["years"] == 7


def test_undone_twice_at_once_takes_back_two_saves() -> None:
    group = make_group()
    plan = make_plan(group)
    owner = group.inside["owner"]
    for price in (110, 120, 130):
        edit(plan, owner, price // 10 - 10, {"products.oil.price": price})
    results = at_once(*(lambda: undo_last(plan=plan, actor=owner, at=NOW),) * 2)
    assert [error for error in results if isinstance(error, Exception)] == []
    assert value_at(Plan.objects.get().document, "products.oil.price") == 110
