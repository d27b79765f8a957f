"""Two people answer at once; answers saved box by box; neither ever loses what the other wrote."""

import re
from typing import Any

import pytest
from django.test import Client

from bpc.portal.plans.models import Plan
from tests.portal.plans.plan_world import edit, world
from tests.portal.web.plans.plan_pages import as_sent, held, question, stored
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def change_box(client: Client, plan: Plan, number: int, form: dict[str, Any], name: str, typed: str) -> str:
    """As htmx does when a box is left: the form is sent, its hidden boxes are replaced."""
    form[name] = typed
    response = client.post(question(plan, number), form, headers=HTMX)
    assert response.status_code == 200
    page = response.content.decode()
    for hidden in ("revision", "was"):
        found = re.search(rf'name="{hidden}" id="plan-{hidden}" value="([^"]*)"', page)
        assert found
        form[hidden] = found[1].replace("&quot;", '"').replace("&#x27;", "'")
    return page


def test_each_box_is_saved_when_it_is_left_and_says_when_and_what_moved() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    form = held(client, plan, 2)
    page = change_box(client, plan, 2, form, "products.oil.price", "150")
    assert stored(plan)["products"][0]["price"]["mode"] == 150
    assert re.search(r"enregistré à \d\d:\d\d", page)
    assert "Ce que votre réponse change" in page
    assert 'data-hx-swap-oob="true"' in page
    change_box(client, plan, 2, form, "products.oil.price", "155")
    assert stored(plan)["products"][0]["price"]["mode"] == 155
    assert plan.revision == 3
    told = client.get(question(plan, 3)).context["effects"]
    assert told[2].change == "\u200e−" + told[2].change[2:]
    same = change_box(client, plan, 2, form, "products.oil.price", "155")
    assert "enregistré" not in same
    assert client.post(question(plan, 2), form).status_code == 302
    plan.refresh_from_db()
    assert plan.revision == 3


def test_a_fault_in_one_box_does_not_keep_another_from_being_saved() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    form = held(client, plan, 7)
    page = change_box(client, plan, 7, form, "staff.clerk.gross", "beaucoup")
    assert "n’est pas un nombre" in page
    page = change_box(client, plan, 7, form, "staff.clerk.fte", "2")
    assert "n’est pas un nombre" in page
    clerk = stored(plan)["staff"][0]
    assert (clerk["fte"], clerk["gross"]) == (2, 4000)
    page = change_box(client, plan, 7, form, "staff.clerk.gross", "4 500")
    assert "n’est pas un nombre" not in page
    assert stored(plan)["staff"][0]["gross"]["mode"] == 4500


def test_leaving_a_box_neither_adds_nor_takes_out() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    form = {
        **held(client, plan, 8),
        "out.assets.press": "1",
        "assets.+.name": "Vélo",
        "assets.+.amount": "9000",
    }
    change_box(client, plan, 8, form, "assets.press.amount", "61000")
    assets = stored(plan)["assets"]
    assert [(one["id"], one["amount"]["mode"]) for one in assets] == [("press", 61000)]


def test_what_another_changed_meanwhile_comes_into_the_form_and_is_not_undone() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    form = held(client, plan, 7)
    edit(plan, group.inside["editor"], 1, {"staff.clerk.gross": 5200})
    page = change_box(client, plan, 7, form, "staff.clerk.fte", "1")
    clerk = stored(plan)["staff"][0]
    assert (clerk["fte"], clerk["gross"]) == (1, 5200)
    assert "Aussi modifié par" in page
    assert 'value="5\u202f200"' in page
    # the button then sends what the box held before htmx refreshed it: nothing is taken back
    form["staff.clerk.gross"] = "5\u202f200"
    assert client.post(question(plan, 7), form).status_code == 302
    assert stored(plan)["staff"][0]["gross"] == 5200


def test_two_answers_to_one_question_are_both_shown_and_one_is_chosen() -> None:
    group, plan = world()
    mine, theirs = entered(group.inside["editor"]), group.inside["owner"]
    form = {**held(mine, plan, 2), "products.oil.price": "130"}
    edit(plan, theirs, 1, {"products.oil.price": 110})
    response = mine.post(question(plan, 2), form)
    assert response.status_code == 422
    page = response.content.decode()
    for words in ("Rien n’est perdu", "110\u202fMAD" if "110\u202fMAD" in page else "110 MAD", "Amina"):
        assert words in page
    assert stored(plan)["products"][0]["price"] == 110
    again = as_sent(response.context)
    assert again["products.oil.price"] == "130"
    again["clash:products.oil.price"] = "1"
    undecided = mine.post(question(plan, 2), again)
    assert undecided.status_code == 422
    assert "Dites d’abord" in undecided.content.decode()
    kept = mine.post(question(plan, 2), {**again, "keep:products.oil.price": "theirs"})
    assert kept.status_code == 302
    assert stored(plan)["products"][0]["price"] == 110
    forced = mine.post(question(plan, 2), {**again, "keep:products.oil.price": "mine"})
    assert forced.status_code == 302
    assert stored(plan)["products"][0]["price"]["mode"] == 130


def test_a_conflict_while_saving_box_by_box_replaces_the_form_with_the_choice() -> None:
    group, plan = world()
    client = entered(group.inside["editor"])
    form = {**held(client, plan, 2), "products.oil.price": "130"}
    edit(plan, group.inside["owner"], 1, {"products.oil.price": 110})
    response = client.post(question(plan, 2), form, headers=HTMX)
    assert response.headers["HX-Retarget"] == "#question"
    assert response.headers["HX-Reswap"] == "outerHTML"
    page = response.content.decode()
    assert 'name="keep:products.oil.price"' in page
    assert 'value="130"' in page
    assert "<html" not in page


def test_an_item_taken_out_by_another_is_said_and_the_rest_is_kept() -> None:
    group, plan = world()
    client = entered(group.inside["editor"])
    form = {**held(client, plan, 6), "fixed_costs.rent.annual": "900"}
    edit(plan, group.inside["owner"], 1, {"fixed_costs.rent": None})
    response = client.post(question(plan, 6), form)
    assert response.status_code in {302, 422}
    assert stored(plan).get("fixed_costs", []) == []


def test_a_plan_deleted_meanwhile_is_gone() -> None:
    group, plan = world()
    client = entered(group.inside["editor"])
    form = {**held(client, plan, 2), "products.oil.price": "130"}
    address = question(plan, 2)
    Plan.objects.all().delete()
    assert client.post(address, form).status_code == 404
