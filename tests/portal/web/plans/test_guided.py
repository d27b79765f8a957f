"""The ten questions: one short screen each, saved at each, what moved told, nothing typed ever lost."""

from typing import Any

import pytest
from django.test import Client

from bpc.portal.plans.models import Plan
from tests.portal.plans.plan_world import edit, world
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db


def address(plan: Plan, number: int, language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{plan.project.reference}/plans/{plan.pk}/questions/{number}"


def held(client: Client, plan: Plan, number: int) -> dict[str, Any]:
    """What the form holds as it opens."""
    page = client.get(address(plan, number))
    assert page.status_code == 200
    boxes = page.context["question"].boxes
    return {
        "revision": page.context["revision"],
        "was": page.context["was"],
        **{box.name: box.shown for box in boxes if box.sort != "check" or box.shown},
    }


def answer(client: Client, plan: Plan, number: int, **typed: str) -> Any:
    """Open the question, type, press the button."""
    data = {**held(client, plan, number), **{name.replace("__", "."): text for name, text in typed.items()}}
    return client.post(address(plan, number), data)


def stored(plan: Plan) -> dict[str, Any]:
    plan.refresh_from_db()
    return plan.document


@pytest.mark.parametrize("number", range(1, 11))
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_each_question_opens_and_saying_nothing_changes_nothing(number: int, language: str) -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    page = client.get(address(plan, number, language))
    assert page.status_code == 200
    assert page.context["number"] == number
    response = client.post(address(plan, number), held(client, plan, number))
    goal = address(plan, number + 1) if number < 10 else address(plan, 1).rsplit("/questions", 1)[0]
    assert response.headers["Location"] == goal
    plan.refresh_from_db()
    assert plan.revision == 1


def test_a_price_typed_as_people_do_is_kept_with_its_range_and_what_moved_is_told() -> None:
    group, plan = world()
    edit(
        plan,
        group.inside["owner"],
        1,
        {"products.oil.price": {"mode": 100, "low": 90, "high": 110, "conf": "S"}},
    )
    client = entered(group.inside["owner"])
    response = answer(client, plan, 2, products__oil__price="120,50 MAD")
    assert response.headers["Location"] == address(plan, 3)
    price = stored(plan)["products"][0]["price"]
    assert price == {"mode": 120.5, "low": 90.0, "high": 120.5, "conf": "E", "src": []}
    page = client.get(address(plan, 3)).content.decode()
    assert "Ce que votre réponse change" in page
    again = client.get(address(plan, 3)).content.decode()
    assert "Ce que votre réponse change" not in again


def test_a_price_checked_on_the_spot_is_no_longer_an_estimate() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    answer(client, plan, 2, **{"products.oil.price.checked": "1"})
    assert stored(plan)["products"][0]["price"]["conf"] == "K"
