"""The ten questions: one short screen each, saved at each, what moved told, nothing typed ever lost."""

import pytest

from bpc.core.plan.document import parse_plan
from bpc.portal.plans.models import Plan
from bpc.portal.web.plans.typed_numbers import read_number
from tests.portal.plans.plain_words import plain
from tests.portal.plans.plan_world import edit, world
from tests.portal.projects.project_world import make_group
from tests.portal.web.plans.plan_pages import answer, as_sent, base, held, question, stored
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", range(1, 11))
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_each_question_opens_and_saying_nothing_changes_nothing(number: int, language: str) -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    page = client.get(question(plan, number, language))
    assert page.status_code == 200
    assert page.context["number"] == number
    response = client.post(question(plan, number), held(client, plan, number))
    assert response.headers["Location"] == (question(plan, number + 1) if number < 10 else base(plan))
    plan.refresh_from_db()
    assert plan.revision == 1


@pytest.mark.parametrize("number", [0, 11, 999])
def test_there_is_no_eleventh_question(number: int) -> None:
    group, plan = world()
    assert entered(group.inside["owner"]).get(question(plan, number)).status_code == 404


def test_a_price_typed_as_people_do_is_kept_with_its_range_and_what_moved_is_told_once() -> None:
    group, plan = world()
    price = {"mode": 100, "low": 90, "high": 110, "conf": "S"}
    edit(plan, group.inside["owner"], 1, {"products.oil.price": price})
    client = entered(group.inside["owner"])
    response = answer(client, plan, 2, {"products.oil.price": "120,50 MAD"})
    assert response.headers["Location"] == question(plan, 3)
    kept = stored(plan)["products"][0]["price"]
    assert kept == {"mode": 120.5, "low": 90.0, "high": 120.5, "conf": "E", "src": []}
    page = client.get(question(plan, 3))
    need = next(one for one in page.context["effects"] if "commencer" in one.label)
    assert (need.trend, need.change[1]) == ("better", "−")
    assert "Ce que votre réponse change" in page.content.decode()
    assert "Ce que votre réponse change" not in client.get(question(plan, 3)).content.decode()


def test_a_price_checked_on_the_spot_is_no_longer_an_estimate() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    answer(client, plan, 2, {"products.oil.price.checked": "1"})
    assert stored(plan)["products"][0]["price"]["conf"] == "K"
    again = held(client, plan, 2)
    assert again["products.oil.price.checked"] == "1"


def test_a_full_month_makes_the_year_by_its_season() -> None:
    season = [0.0] * 8 + [0.25, 0.5, 0.25, 0.0]
    group, plan = world()
    edit(plan, group.inside["owner"], 1, {"products.oil.seasonality": season})
    client = entered(group.inside["owner"])
    assert held(client, plan, 1)["products.oil.capacity"] == "600"
    answer(client, plan, 1, {"products.oil.capacity": "300"})
    assert stored(plan)["products"][0]["capacity"]["mode"] == 600


def test_a_quiet_month_sells_less_in_the_year_and_as_much_in_a_full_month() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    full = held(client, plan, 1)["products.oil.capacity"]
    answer(client, plan, 4, {"products.oil.seasonality.0": "none", "products.oil.seasonality.1": "none"})
    oil = stored(plan)["products"][0]
    assert oil["seasonality"][:2] == [0, 0]
    assert oil["seasonality"][2:] == pytest.approx([0.1] * 10)
    assert oil["capacity"] == pytest.approx(1000)
    assert held(client, plan, 1)["products.oil.capacity"] == full == "100"


def test_no_month_at_all_is_refused_beside_the_months() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    months = {f"products.oil.seasonality.{month}": "none" for month in range(12)}
    response = answer(client, plan, 4, months)
    assert response.status_code == 422
    fault = response.context["question"].boxes[0].fault
    assert "Les douze mois font" in fault
    assert fault in response.content.decode().replace("&#x27;", "'")
    assert stored(plan)["products"][0]["seasonality"][0] > 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("beaucoup", "Ce n’est pas un nombre"),
        ("-5", "Écrivez zéro ou plus"),
        ("1.200", "Est-ce 1200 ou 1,200"),
        ("9" * 30, "Ce n’est pas un nombre"),
        ("1e400", "Ce n’est pas un nombre"),
        ("", "Écrivez un nombre."),
        ("<script>alert(1)</script>", "Ce n’est pas un nombre"),
        ("NaN", "Ce n’est pas un nombre"),
        ("99999999999999", "au plus"),
    ],
)
def test_what_is_no_number_stays_in_its_box_with_what_to_do(typed: str, said: str) -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    response = answer(client, plan, 2, {"products.oil.price": typed})
    assert response.status_code == 422
    box = response.context["question"].boxes[0]
    assert said in box.fault
    assert box.value == typed
    page = response.content.decode()
    assert "<script>alert" not in page
    assert 'aria-invalid="true"' in page
    assert f'href="#{box.identity}"' in page
    plan.refresh_from_db()
    assert plan.revision == 1


def test_a_refused_answer_mended_is_saved_over_the_same_revision() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    refused = answer(client, plan, 2, {"products.oil.price": "cent"})
    mended = {**as_sent(refused.context), "products.oil.price": "130"}
    assert client.post(question(plan, 2), mended).status_code == 302
    assert stored(plan)["products"][0]["price"]["mode"] == 130


def test_a_new_product_needs_all_it_takes_and_then_is_there() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    typed = {
        "products.+.name": "Savon",
        "products.+.unit": "pièce",
        "products.+.capacity": "50",
        "act": "stay",
    }
    refused = answer(client, plan, 1, typed)
    assert refused.status_code == 422
    assert [box.name for box in refused.context["faults"]] == ["products.+.price"]
    assert 'value="Savon"' in refused.content.decode()
    done = client.post(question(plan, 1), {**as_sent(refused.context), **typed, "products.+.price": "15"})
    assert done.headers["Location"] == question(plan, 1)
    soap = stored(plan)["products"][1]
    assert (soap["name"], soap["unit"], soap["capacity"]["mode"], soap["price"]["mode"]) == (
        "Savon",
        "pièce",
        600,
        15,
    )


def test_taking_a_product_out_takes_what_only_served_it() -> None:
    group, plan = world()
    document = stored(plan)
    soap = {"id": "soap", "name": "Savon", "capacity": 10, "price": 5, "seasonality": [1 / 12] * 12}
    lye = {"id": "lye", "name": "Soude", "unit_cost": 3, "qty_per_unit": {"soap": 1}}
    changes = {"products.+": soap, "inputs.+": lye, "inputs.nuts.qty_per_unit.soap": 2}
    edit(plan, group.inside["owner"], 1, changes)
    client = entered(group.inside["owner"])
    assert answer(client, plan, 1, {"out.products.soap": "1"}).status_code == 302
    after = stored(plan)
    assert [one["id"] for one in after["products"]] == ["oil"]
    assert [one["id"] for one in after["inputs"]] == ["nuts"]
    assert after["inputs"][0]["qty_per_unit"] == document["inputs"][0]["qty_per_unit"]


@pytest.mark.parametrize("name", ["<b>Savon</b>", "Savon\u202e", "Sa\x00von", "x" * 161, " "])
def test_a_name_is_plain_words(name: str) -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    typed = {"products.+.name": name, "products.+.capacity": "5", "products.+.price": "5"}
    response = answer(client, plan, 1, typed)
    assert response.status_code == 422
    assert [box.name for box in response.context["faults"]] == ["products.+.name"]
    assert len(stored(plan)["products"]) == 1


@pytest.mark.parametrize(
    "slug", ["safran", "huile-argan", "creche-prescolaire", "pompage-solaire", "tapis", "dattes"]
)
def test_every_figure_of_a_model_may_be_answered_otherwise(slug: str) -> None:
    """A tenth more in each box of each question: saved, or refused beside what is wrong, and the plan stays a plan."""
    group = make_group()
    client = entered(group.inside["owner"])
    begin = f"/fr/mon-espace/projets/{group.project.reference}/plans/commencer"
    client.post(begin, {"modele": slug})
    plan = Plan.objects.get()
    for number in range(1, 11):
        boxes = client.get(question(plan, number)).context["question"].boxes
        more = {
            box.name: str(round(read_number(box.shown) * 1.1 + 1)).replace(".", ",")
            for box in boxes
            if box.sort in {"amount", "number", "whole"}
        }
        before = plan.revision
        response = answer(client, plan, number, more)
        document = stored(plan)
        parse_plan(document)
        if response.status_code == 302:
            assert plan.revision == before + bool(more)
        else:
            assert response.context["faults"] or response.context["general"]
            assert plan.revision == before


@pytest.mark.parametrize(
    ("number", "family", "typed"),
    [
        (5, "inputs", {"inputs.+1.name": "Noix des membres", "inputs.+1.unit_cost": "12", "inputs.+1.product": "oil",
                       "inputs.+1.quantity": "3"}),
        (6, "inputs", {"inputs.+2.name": "Bouteille", "inputs.+2.unit_cost": "4", "inputs.+2.product": "oil",
                       "inputs.+2.quantity": "1"}),
        (6, "fixed_costs", {"fixed_costs.+.name": "Assurance", "fixed_costs.+.annual": "250"}),
        (7, "staff", {"staff.+.role": "Vendeuse", "staff.+.fte": "0,5", "staff.+.gross": "3500"}),
        (8, "assets", {"assets.+.name": "Vélo", "assets.+.amount": "9000", "assets.+.life_years": "5"}),
        (10, "grants", {"grants.+.name": "INDH", "grants.+.amount": "20000", "grants.+.cash_month": "4"}),
        (10, "loans", {"loans.+.name": "Banque", "loans.+.amount": "15000"}),
    ],
)  # fmt: skip
def test_each_question_adds_what_it_asks_about(number: int, family: str, typed: dict[str, str]) -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    before = len(stored(plan).get(family, []))
    response = answer(client, plan, number, typed)
    assert response.status_code == 302, [(box.name, box.fault) for box in response.context["faults"]]
    after = stored(plan)
    assert len(after[family]) == before + 1
    assert client.get(question(plan, number)).status_code == 200
    parse_plan(after)


def test_members_and_what_each_brings_become_one_subscription() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    assert held(client, plan, 9)["shares.each"].replace("\u202f", "") == "5000"
    answer(client, plan, 9, {"members.count": "12", "shares.each": "2 500"})
    after = stored(plan)
    assert after["members"]["count"] == 12
    assert after["shares"]["subscriptions"] == [{"month": 0, "members": 12, "shares_each": 25}]


def test_the_policy_of_the_members_price_is_chosen_in_plain_words() -> None:
    group, plan = world()
    edit(plan, group.inside["owner"], 1, {"inputs.nuts.from_members": True})
    client = entered(group.inside["owner"])
    name = "inputs.nuts.member_price"
    first = held(client, plan, 5)
    assert (first[f"{name}.kind"], first[f"{name}.share.oil"]) == ("fixed", "40")
    answer(client, plan, 5, {f"{name}.kind": "share"})
    assert stored(plan)["inputs"][0]["member_price"] == {"kind": "share", "share": {"oil": 0.4}}
    answer(client, plan, 5, {f"{name}.kind": "floor_plus_bonus", f"{name}.bonus_share": "30"})
    assert stored(plan)["inputs"][0]["member_price"] == {"kind": "floor_plus_bonus", "bonus_share": 0.3}


def test_the_legal_minimum_is_told_and_a_wage_under_it_is_warned_of() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    page = client.get(question(plan, 7)).content.decode()
    assert "Minimum légal :" in plain(page)
    answer(client, plan, 7, {"staff.clerk.gross": "1000"})
    said = client.get(question(plan, 8)).context["appeared"]
    assert any("minimum légal" in one["words"] for one in said)


def test_a_grant_above_what_it_pays_is_told_where_it_can_be_mended() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    typed = {"grants.+.name": "INDH", "grants.+.amount": "900000", "grants.+.cash_month": "4"}
    response = answer(client, plan, 10, typed)
    assert response.status_code == 422
    assert any("dépasse ce qu’elle paie" in box.fault for box in response.context["faults"])


def test_a_fault_of_another_question_leads_there() -> None:
    group, plan = world()
    edit(plan, group.inside["owner"], 1, {"grants.+": {"id": "indh", "name": "INDH", "amount": 50_000}})
    client = entered(group.inside["owner"])
    response = answer(client, plan, 8, {"assets.press.amount": "40000"})
    assert response.status_code == 422
    (remark,) = response.context["general"]
    assert remark.question == 10
    assert "dépasse ce qu’elle paie" in remark.words
    assert f'href="{question(plan, 10)}"' in response.content.decode()
    assert response.context["question"].boxes[0].value == "40000"


def test_a_project_that_sells_nothing_is_not_asked_to() -> None:
    group, plan = world()
    changes = {"kind": "cost_recovery", "products.oil": None, "inputs.nuts": None}
    edit(plan, group.inside["owner"], 1, changes)
    client = entered(group.inside["owner"])
    for number in range(1, 5):
        assert "sans rien vendre" in client.get(question(plan, number)).content.decode()
    assert "ne veulent rien dire" not in client.get(base(plan)).content.decode()


def test_hidden_values_broken_by_hand_do_no_harm() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    for revision in ("", "x", "9" * 40, "\u0663", "-1", "0"):
        data = {**held(client, plan, 2), "revision": revision, "was": "[[", "products.oil.price": "140"}
        response = client.post(question(plan, 2), data)
        assert response.status_code == 422
        assert "trop ancienne" in response.context["general"][0].words
        again = client.post(question(plan, 2), {**as_sent(response.context), "was": "{"})
        assert again.status_code == 302
        edit(plan, group.inside["owner"], plan.revision + 1, {"products.oil.price": 100})
        plan.refresh_from_db()
