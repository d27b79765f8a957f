"""The expert side of a plan: no assumption forgotten, each change saved, nobody's work lost, strangers see nothing."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from pydantic import BaseModel

from bpc.core.plan.schema import Estimate
from bpc.core.plan.schema import Plan as Assumptions
from bpc.portal.plans.field_names import FIELDS, Sort
from bpc.portal.plans.models import Plan
from bpc.portal.plans.scenarios import Title, create_plan
from bpc.portal.web.plans.expert_choices import CHOICES
from bpc.portal.web.plans.expert_fields import Field, bare
from bpc.portal.web.plans.expert_groups import GROUPS, part_fields
from tests.portal.plans.full_plan import full_plan
from tests.portal.plans.plan_world import edit, world
from tests.portal.projects.project_world import make_group
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db


def address(plan: Plan, end: str = "", language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{plan.project.reference}/plans/{plan.pk}/{end}"


def shown_fields() -> Iterator[Field]:
    for group in GROUPS.values():
        for part in group.parts:
            yield from part_fields(group, part)
        for family in group.families:
            yield from family.fields


def form_of(client: Client, plan: Plan, group: str, record: str) -> dict[str, str]:
    """What the browser would send of a form, as it stands."""
    context = client.get(address(plan, f"expert/{group}")).context
    found = next(one for one in context["records"] if one.path == record)
    boxes = {box.name: box.text for cell in found.cells for box in cell.boxes if cell.kind != "references"}
    return {**boxes, "_record": record, "_revision": str(context["plan"].revision), "_was": found.was}


def test_every_field_of_the_schema_stands_on_a_page_once() -> None:
    patterns = [field.pattern for field in shown_fields()]
    patterns += [part.pattern for field in shown_fields() for part in field.parts]
    assert len(patterns) == len(set(patterns))
    families = {one.path for group in GROUPS.values() for one in group.families}
    expected = {
        pattern
        for pattern, name in FIELDS.items()
        if name.sort != Sort.GROUP and pattern not in families and not pattern.endswith(".id")
    }
    assert set(patterns) == expected - {"schema_version"}


def test_the_schema_and_the_names_agree() -> None:
    def leaves(model: type[BaseModel], prefix: str) -> Iterator[str]:
        for name, info in model.model_fields.items():
            kind, _optional = bare(info.annotation)
            if isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not Estimate:
                yield from leaves(kind, f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}"

    assert set(leaves(Assumptions, "")) <= set(FIELDS)
    assert len(list(leaves(Assumptions, ""))) > 40


def test_every_choice_has_words() -> None:
    for field in shown_fields():
        if field.choices:
            assert set(CHOICES[field.pattern]) == set(field.choices), field.pattern


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_page_opens_and_stays_light(group: str, language: str) -> None:
    people, plan = world()
    answer = entered(people.inside["owner"]).get(address(plan, f"expert/{group}", language))
    assert answer.status_code == 200
    assert len(answer.content) < 150_000


def test_a_change_is_saved_at_once_and_says_what_moved() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    sent = form_of(client, plan, "produits", "products.oil") | {"products.oil.price.mode": "1 20,5"}
    answer = client.post(address(plan, "expert/produits/enregistrer"), sent, headers={"HX-Request": "true"})
    plan.refresh_from_db()
    assert plan.document["products"][0]["price"] == 120.5
    page = answer.content.decode()
    assert "Enregistré à" in page
    assert "Ce qui a bougé" in page
    assert 'id="r-f-products-oil-was"' in page
    assert "<html" not in page


def test_without_a_script_the_page_comes_back_and_says_the_same() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    sent = form_of(client, plan, "produits", "products.oil") | {"products.oil.loss_rate": "5 %"}
    answer = client.post(address(plan, "expert/produits/enregistrer"), sent, follow=True)
    assert answer.redirect_chain[0][0].endswith("/expert/produits#plan-state")
    assert "Ce qui a bougé" in answer.content.decode()
    plan.refresh_from_db()
    assert plan.document["products"][0]["loss_rate"] == 0.05


def test_a_fault_is_told_beside_its_field_keeps_what_was_typed_and_holds_nothing_else_back() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    sent = form_of(client, plan, "produits", "products.oil")
    sent |= {
        "products.oil.price.mode": "beaucoup",
        "products.oil.loss_rate": "250",
        "products.oil.name": "Argan",
    }
    answer = client.post(address(plan, "expert/produits/enregistrer"), sent)
    assert answer.status_code == 422
    plan.refresh_from_db()
    assert plan.document["products"][0]["name"] == "Argan"
    assert plan.document["products"][0]["price"] == 100
    cells = {cell.path: cell for record in answer.context["records"] for cell in record.cells}
    assert cells["products.oil.price"].errors == ["Écrivez un nombre."]
    assert len(cells["products.oil.loss_rate"].errors) == 1
    assert cells["products.oil.price"].boxes[0].text == "beaucoup"
    again = client.post(
        address(plan, "expert/produits/enregistrer"),
        sent | {"products.oil.price.mode": "90", "products.oil.loss_rate": "2"},
    )
    assert again.status_code == 302
    plan.refresh_from_db()
    assert (plan.document["products"][0]["price"], plan.document["products"][0]["loss_rate"]) == (90, 0.02)


def test_two_people_on_one_row_lose_nothing() -> None:
    people, plan = world()
    owner, editor = entered(people.inside["owner"]), entered(people.inside["editor"])
    sent = form_of(owner, plan, "produits", "products.oil")
    theirs = form_of(editor, plan, "produits", "products.oil") | {"products.oil.capacity.mode": "900"}
    assert editor.post(address(plan, "expert/produits/enregistrer"), theirs).status_code == 302
    sent |= {"products.oil.price.mode": "110"}
    assert owner.post(address(plan, "expert/produits/enregistrer"), sent).status_code == 302
    plan.refresh_from_db()
    assert (plan.document["products"][0]["capacity"], plan.document["products"][0]["price"]) == (900, 110)


def test_a_conflict_shows_both_values_and_lets_choose() -> None:
    people, plan = world()
    owner = entered(people.inside["owner"])
    sent = form_of(owner, plan, "produits", "products.oil")
    edit(plan, people.inside["editor"], 1, {"products.oil.price": 130})
    sent |= {"products.oil.price.mode": "110", "products.oil.unit": "litre"}
    answer = owner.post(address(plan, "expert/produits/enregistrer"), sent)
    assert answer.status_code == 422
    plan.refresh_from_db()
    assert plan.document["products"][0]["price"] == 130
    page = answer.content.decode()
    assert "130\u202fMAD" in page or "130 MAD" in page
    assert "110\u202fMAD" in page or "110 MAD" in page
    choice = {"_wanted": answer.context["wanted_json"], "_revision": answer.context["conflict_revision"]}
    theirs = owner.post(address(plan, "expert/produits/choisir"), choice | {"choice-0": "theirs"})
    assert theirs.status_code == 302
    plan.refresh_from_db()
    assert (plan.document["products"][0]["price"], plan.document["products"][0]["unit"]) == (130, "litre")
    owner.post(address(plan, "expert/produits/choisir"), choice | {"choice-0": "yours"})
    plan.refresh_from_db()
    assert plan.document["products"][0]["price"] == 110


def test_a_choice_that_cannot_be_saved_goes_back_into_its_box() -> None:
    people, plan = world()
    edit(plan, people.inside["editor"], 1, {"products.oil.price": {"mode": 100, "low": 90, "high": 120}})
    wanted = json.dumps({"changes": {"products.oil.price": {"mode": 200, "low": 90, "high": 120}, "x": []},
                         "clashes": ["products.oil.price"]})  # fmt: skip
    sent = {"_wanted": wanted, "_revision": "2", "choice-0": "yours"}
    answer = entered(people.inside["owner"]).post(address(plan, "expert/produits/choisir"), sent)
    assert answer.status_code == 422
    cells = {cell.path: cell for record in answer.context["records"] for cell in record.cells}
    assert cells["products.oil.price"].boxes[0].text == "200"
    assert cells["products.oil.price"].errors[0].startswith("Rangez la fourchette")


def test_add_remove_and_take_back() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    new = {"_family": "products", "_revision": "1", "products.+.name": "Savon", "products.+.capacity.mode": "500",
           "products.+.price.mode": "20"}  # fmt: skip
    assert client.post(address(plan, "expert/produits/ajouter"), new).status_code == 302
    plan.refresh_from_db()
    assert [one["name"] for one in plan.document["products"]] == ["Huile", "Savon"]
    gone = {"path": "products.oil", "_revision": str(plan.revision)}
    assert client.post(address(plan, "expert/retirer"), gone).status_code == 302
    plan.refresh_from_db()
    assert [one["name"] for one in plan.document["products"]] == ["Savon"]
    assert plan.document["inputs"][0]["qty_per_unit"] == {}
    assert client.post(address(plan, "expert/annuler"), {"group": "produits"}).status_code == 302
    plan.refresh_from_db()
    assert {one["name"] for one in plan.document["products"]} == {"Huile", "Savon"}
    assert plan.document["inputs"][0]["qty_per_unit"] == {"oil": 1}


@pytest.mark.parametrize(
    ("group", "family", "values"),
    [
        ("achats", "inputs", {"name": "Eau", "unit_cost.mode": "3"}),
        ("travail", "piece_work", {"name": "Cassage"}),
        ("personnel", "staff", {"role": "Gardien", "fte": "1", "gross.mode": "3200"}),
        ("charges", "fixed_costs", {"name": "Eau", "annual.mode": "2400"}),
        ("equipement", "assets", {"name": "Filtre", "amount.mode": "8000", "life_years": "5"}),
        ("subventions", "grants", {"name": "INDH", "amount": "10000"}),
        ("prets", "loans", {"name": "Prêt", "annual_rate": "6", "months": "36", "draws.0.month": "1",
                            "draws.0.amount": "5000"}),
        ("ouverture", "opening.assets", {"name": "Camion", "book_value": "40000", "years_left": "4"}),
        ("cadre", "phases", {"name": "Travaux", "months": "3"}),
    ],
)  # fmt: skip
def test_one_more_of_every_family(group: str, family: str, values: dict[str, str]) -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    sent = {f"{family}.+.{name}": value for name, value in values.items()} | {
        "_family": family,
        "_revision": "1",
    }
    answer = client.post(address(plan, f"expert/{group}/ajouter"), sent)
    assert answer.status_code == 302, answer.context["refused"]
    empty = client.post(address(plan, f"expert/{group}/ajouter"), {"_family": family, "_revision": "1"})
    assert empty.status_code == 422
    assert any(cell.errors for table in empty.context["tables"] for cell in table["addition"])


def test_parts_fill_and_go() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    sent = form_of(client, plan, "prets", "overdraft") | {
        "overdraft.limit": "20000",
        "overdraft.annual_rate": "9,5",
    }
    assert client.post(address(plan, "expert/prets/enregistrer"), sent).status_code == 302
    plan.refresh_from_db()
    assert plan.document["overdraft"] == {"limit": 20000, "annual_rate": 0.095}
    client.post(address(plan, "expert/retirer"), {"path": "overdraft", "_revision": "2"})
    plan.refresh_from_db()
    assert "overdraft" not in plan.document
    shares = form_of(client, plan, "parts", "shares")
    shares |= {"shares.subscriptions.1.month": "13", "shares.subscriptions.1.members": "2",
               "shares.subscriptions.1.shares_each": "50"}  # fmt: skip
    assert client.post(address(plan, "expert/parts/enregistrer"), shares).status_code == 302
    plan.refresh_from_db()
    assert [one["month"] for one in plan.document["shares"]["subscriptions"]] == [0, 12]


def test_a_page_sent_as_it_stands_changes_nothing() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    for group in GROUPS:
        for record in client.get(address(plan, f"expert/{group}")).context["records"]:
            sent = form_of(client, plan, group, record.path)
            assert client.post(address(plan, f"expert/{group}/enregistrer"), sent).status_code == 302, (
                record.path
            )
            sent["_was"] = ""
            answer = client.post(address(plan, f"expert/{group}/enregistrer"), sent)
            assert answer.status_code == 302, (record.path, answer.context["refused"])
    plan.refresh_from_db()
    assert plan.revision == 1


def test_a_plan_that_uses_everything_is_sent_as_it_stands_and_stays() -> None:
    people = make_group()
    owner = people.inside["owner"]
    plan = create_plan(
        project=people.project,
        title=Title("Tout", "fr"),
        document=full_plan(),
        actor=owner,
        at=timezone.now(),
    )
    client = entered(owner)
    for group in GROUPS:
        page = client.get(address(plan, f"expert/{group}"))
        assert len(page.content) < 150_000
        for record in page.context["records"]:
            sent = form_of(client, plan, group, record.path) | {"_was": ""}
            answer = client.post(address(plan, f"expert/{group}/enregistrer"), sent)
            assert answer.status_code == 302, (record.path, answer.context["refused"])
    plan.refresh_from_db()
    assert plan.revision == 1


def test_a_long_table_stays_light_and_a_folded_range_stays() -> None:
    people, plan = world()
    owner = people.inside["owner"]
    one = {
        "capacity": 10,
        "seasonality": [1 / 12] * 12,
        "price": {"mode": 5, "low": 4, "high": 6, "conf": "E"},
    }
    edit(plan, owner, 1, {f"products.+{n}": {"name": f"P{n}", **one} for n in range(39)})
    client = entered(owner)
    page = client.get(address(plan, "expert/produits"))
    assert len(page.content) < 300_000
    assert all(record.away for record in page.context["records"])
    sent = {"_record": "products.products_1", "_revision": "2", "products.products_1.price.mode": "5,5"}
    sent["_was"] = next(one.was for one in page.context["records"] if one.path == "products.products_1")
    assert client.post(address(plan, "expert/produits/enregistrer"), sent).status_code == 302
    plan.refresh_from_db()
    assert plan.document["products"][1]["price"] == {"mode": 5.5, "low": 4, "high": 6, "conf": "E", "src": []}
    opened = client.get(address(plan, "expert/produits?ligne=products.products_3"))
    assert [row.path for row in opened.context["records"] if not row.away] == ["products.products_3"]


@pytest.mark.parametrize(
    "sent",
    [
        {"products.oil.price.mode": "NaN"},
        {"products.oil.price.mode": "inf"},
        {"products.oil.price.mode": "1e400"},
        {"products.oil.price.mode": "9" * 5000},
        {"products.oil.name": "x" * 5000},
        {"products.oil.name": "a\x00b"},
        {"products.oil.seasonality": "1;2;3"},
        {"products.oil.vat_class": "'; drop table"},
        {"_record": "__class__.__init__"},
        {"_record": "products.oil.price.mode.x.y.z.a.b.c"},
        {"_record": "products.none"},
        {"_revision": "-1"},
        {"_revision": "٣"},
        {"_was": "[" * 10_000, "products.oil.price.mode": "x"},
    ],
)
def test_hostile_boxes_are_refused_in_words(sent: dict[str, str]) -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    form = form_of(client, plan, "produits", "products.oil") | {"products.oil.loss_rate": "1"}
    if "_record" not in sent and "_revision" not in sent:
        form["products.oil.loss_rate"] = "0"
    answer = client.post(address(plan, "expert/produits/enregistrer"), form | sent)
    assert answer.status_code == 422
    assert answer.context.get("refused") or answer.context.get("failed")
    plan.refresh_from_db()
    assert plan.revision == 1


@pytest.mark.parametrize(
    "wanted",
    ["", "{", "[]", '{"changes": 3}', "[" * 9000, json.dumps({"changes": {"__class__": 1}, "clashes": []})],
)
def test_a_hostile_choice_saves_nothing(wanted: str) -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    answer = client.post(address(plan, "expert/produits/choisir"), {"_wanted": wanted, "_revision": "1"})
    assert answer.status_code in {302, 422}
    plan.refresh_from_db()
    assert plan.revision == 1
