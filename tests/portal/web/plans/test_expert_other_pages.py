"""Scenarios, versions, remarks, goals, risks and pasted tables of a plan, through their pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.core.plan.risk.stresses import run_stresses
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.plans.comments import comment_assumption
from bpc.portal.plans.models import MOST_SCENARIOS, AssumptionComment, Plan
from bpc.portal.plans.reckoning import reckon
from bpc.portal.web.plans.scenarios_compared import stressed_document
from tests.portal.plans.plain_words import plain
from tests.portal.plans.plan_world import NOW, edit, make_plan, small_document, world
from tests.portal.web.plans.test_expert import address
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db


def home(plan: Plan, end: str = "", language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{plan.project.reference}/{end}"


def test_scenarios_are_copied_renamed_made_main_and_deleted() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    made = client.post(address(plan, "dupliquer"), {})
    assert made.status_code == 302
    copy = Plan.objects.exclude(pk=plan.pk).get()
    assert copy.name == "Prudent (copie)"
    assert client.post(address(copy, "renommer"), {"name": "سنة جافة"}).status_code == 302
    copy.refresh_from_db()
    assert (copy.name, copy.language) == ("سنة جافة", "ar")
    assert client.post(address(copy, "renommer"), {"name": " "}).status_code == 422
    assert client.post(address(copy, "renommer"), {"name": "x" * 81}).status_code == 422
    assert client.post(address(copy, "principal"), {}).status_code == 302
    copy.refresh_from_db()
    assert copy.is_main
    client.post(address(copy, "supprimer"), {})
    assert Plan.objects.filter(pk=copy.pk).exists()
    assert "pour toujours" in client.get(address(plan, "supprimer")).content.decode()
    client.post(address(plan, "supprimer"), {})
    assert list(Plan.objects.all()) == [copy]


def test_a_project_full_of_scenarios_says_so() -> None:
    people, plan = world()
    for number in range(MOST_SCENARIOS - 1):
        make_plan(people, name=f"S{number}")
    client = entered(people.inside["owner"])
    page = client.post(address(plan, "dupliquer"), {}, follow=True).content.decode()
    assert f"{MOST_SCENARIOS} scénarios au plus" in page
    assert Plan.objects.count() == MOST_SCENARIOS


def test_side_by_side_only_what_differs_is_listed() -> None:
    people, plan = world()
    other = make_plan(people, name="Osé")
    edit(other, people.inside["owner"], 1, {"products.oil.price": 130, "loans.bank.kind": "in_fine"})
    client = entered(people.inside["owner"])
    answer = client.get(home(plan, f"scenarios/comparer?plan={plan.pk}&plan={other.pk}"))
    rows = {plain(row["what"]): [cell["text"] for cell in row["cells"]]
            for row in answer.context["differences"]}  # fmt: skip
    assert set(rows) == {"Prix de vente : Huile", "Façon de rembourser : Banque"}
    assert rows["Façon de rembourser : Banque"] == ["mensualités égales", "capital à la fin"]
    assert answer.content.decode().count("<polyline") == 2
    npv = next(row for row in answer.context["figures"] if row["name"] == "npv")
    assert [cell["best"] for cell in npv["cells"]] == [False, True]


def test_named_stresses_stand_beside_a_scenario_and_can_be_kept() -> None:
    grants = [{"id": "g", "name": "INDH", "amount": 20_000}]
    people, plan = world(grants=grants)
    client = entered(people.inside["owner"])
    codes = "".join(
        f"&epreuve={code}" for code in ("drought", "late_grant", "client_lost", "public_buyer", "nothing")
    )
    answer = client.get(home(plan, f"scenarios/comparer?plan={plan.pk}{codes}"))
    assert [column.letter for column in answer.context["columns"]] == ["A", "B", "C", "D"]
    assert answer.context["too_many"]
    kept = client.post(address(plan, "epreuve"), {"epreuve": "late_grant"})
    assert kept.status_code == 302
    late = Plan.objects.get(name="Subvention en retard")
    assert late.document["grants"][0]["cash_month"] == 9
    assert client.post(address(plan, "epreuve"), {"epreuve": "drought"}).status_code == 404
    assert client.post(address(plan, "epreuve"), {"epreuve": "x"}).status_code == 404


def test_a_lost_client_kept_as_a_scenario_gives_what_the_stress_gives() -> None:
    plan = reckon(small_document(ramp_up=[0.5, 0.8, 1.0])).assumptions
    document = stressed_document("client_lost", plan)
    assert document is not None
    struck = next(one for one in run_stresses(plan, plan_rules()) if one.code == "client_lost")
    assert struck.after is not None
    assert reckon(document).headline["npv"] == pytest.approx(struck.after.npv, abs=0.01)


@pytest.mark.parametrize(
    "query", ["plan=9999999999999999999", "plan=x&plan=-1", "epreuve=%3Cscript%3E", "plan=" + "1" * 5000]
)
def test_a_hostile_comparison_shows_the_plans_one_may_see(query: str) -> None:
    people, plan = world()
    answer = entered(people.inside["owner"]).get(home(plan, f"scenarios/comparer?{query}"))
    assert answer.status_code == 200
    assert [column.plan for column in answer.context["columns"]] == [plan]


def test_a_project_without_a_plan_says_what_will_be_here() -> None:
    people, plan = world()
    plan.delete()
    client = entered(people.inside["owner"])
    for end in ("scenarios", "scenarios/comparer"):
        assert "Pas encore de plan" in plain(client.get(home(plan, end)).content.decode())


def test_versions_are_kept_told_apart_and_restored() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    client.post(address(plan, "versions"), {"note": "Avant la réunion"})
    edit(plan, people.inside["editor"], 1, {"products.oil.price": 150, "fixed_costs.rent": None})
    listed = client.get(address(plan, "versions")).content.decode()
    assert "Avant la réunion" in listed
    assert "Amina" in listed
    changes = client.get(address(plan, "versions/1")).context["changes"]
    told = {plain(one["what"]): (one["before"], one["after"]) for one in changes}
    assert set(told) == {"Prix de vente : Huile", "Charge fixe : Loyer"}
    assert told["Charge fixe : Loyer"][1] == "rien"
    stale = client.post(address(plan, "versions/1/revenir"), {"_revision": "1"})
    assert stale.status_code == 422
    back = client.post(address(plan, "versions/1/revenir"), {"_revision": "2"})
    assert back.status_code == 302
    plan.refresh_from_db()
    assert plan.document["products"][0]["price"] == 100
    client.post(address(plan, "expert/annuler"), {})
    plan.refresh_from_db()
    assert plan.document["products"][0]["price"] == 150
    assert client.get(address(plan, "versions/99")).status_code == 404
    assert client.post(address(plan, "versions"), {"note": "x" * 201}).status_code == 422


def test_an_advisor_asks_the_group_answers_and_closes() -> None:
    people, plan = world()
    advisor, owner = entered(people.inside["advisor"]), entered(people.inside["owner"])
    path = "products.oil.price"
    assert advisor.post(address(plan, "remarques"), {"sujet": path, "text": "Un devis ?"}).status_code == 302
    remark = AssumptionComment.objects.get()
    assert remark.path == path
    page = owner.get(address(plan, "expert/produits"))
    cells = {cell.path: cell.remarks for record in page.context["records"] for cell in record.cells}
    assert (cells[path], cells["products.oil.capacity"]) == (1, 0)
    assert "Un devis ?" in owner.get(address(plan, "remarques")).content.decode()
    assert (
        entered(people.inside["reader"]).post(address(plan, "remarques"), {"text": "Moi"}).status_code == 403
    )
    assert (
        entered(people.inside["reader"])
        .post(address(plan, f"remarques/{remark.pk}"), {"act": "resolve"})
        .status_code
        == 403
    )
    owner.post(address(plan, f"remarques/{remark.pk}"), {"act": "resolve", "sujet": path})
    assert "Un devis ?" not in owner.get(address(plan, "remarques")).content.decode()
    assert "Un devis ?" in owner.get(address(plan, f"remarques?sujet={path}")).content.decode()
    assert owner.post(address(plan, f"remarques/{remark.pk}"), {"act": "withdraw"}).status_code == 403
    assert advisor.post(address(plan, f"remarques/{remark.pk}"), {"act": "withdraw"}).status_code == 302
    assert not AssumptionComment.objects.exists()


@pytest.mark.parametrize("sent", [{"text": ""}, {"text": "x" * 1001}, {"text": "a\x00b"}])
def test_a_remark_that_says_nothing_is_kept_in_the_form(sent: dict[str, str]) -> None:
    people, plan = world()
    assert entered(people.inside["owner"]).post(address(plan, "remarques"), sent).status_code == 422


@pytest.mark.parametrize("subject", ["A B", "x" * 300, "../..", "a.b.c.d.e.f.g.h.i.j"])
def test_a_remark_on_nothing_is_not_found(subject: str) -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    assert client.get(address(plan, "remarques"), {"sujet": subject}).status_code == 404
    assert client.post(address(plan, "remarques"), {"sujet": subject, "text": "x"}).status_code == 404


def test_what_it_takes_is_said_in_words() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    answer = client.get(address(plan, "ce-qu-il-faut"))
    assert answer.context["loan"]["status"] in {"interval", "not_needed", "empty"}
    goals = {goal["name"]: goal for goal in answer.context["goals"]}
    assert plain(goals["member_price"]["reason"]) == "Sans objet : le plan n’a rien de tel."
    assert goals["price"]["rows"][0]["value"].endswith("MAD")
    wrong = client.get(address(plan, "ce-qu-il-faut?taux=abc&duree=6&differe=9"))
    assert set(wrong.context["form"].errors) == {"taux", "differe"}
    other = client.get(address(plan, "ce-qu-il-faut?taux=3&duree=24&differe=2"))
    assert "24 mois" in other.context["terms"]


def test_a_plan_no_loan_saves_says_what_would() -> None:
    people, plan = world(fixed_costs=[{"id": "rent", "annual": 300_000}])
    answer = entered(people.inside["owner"]).get(address(plan, "ce-qu-il-faut"))
    assert answer.context["loan"]["status"] == "empty"
    assert answer.context["loan"]["ways"]
    assert "Ce qui débloquerait" in plain(answer.content.decode())


def test_risks_in_words_with_what_was_supposed() -> None:
    product = {"id": "oil", "name": "Huile", "capacity": {"mode": 1200, "low": 800, "high": 1300, "conf": "E"},
               "price": {"mode": 100, "low": 80, "high": 110, "conf": "E"}, "seasonality": [1 / 12] * 12}  # fmt: skip
    people, plan = world(products=[product])
    answer = entered(people.inside["owner"]).get(address(plan, "risques"))
    assert answer.context["drivers"] == 2
    assert answer.context["draws"] == "5\u202f000"
    assert [pair["estimate"] for pair in answer.context["pairs"]] == [True]
    assert "ce sont des estimations" in answer.content.decode()
    assert len(answer.context["stresses"]) == 4
    plain = world()[1]
    bare = entered(plain.project.members.get(role="owner").user).get(address(plain, "risques"))
    assert "Aucune hypothèse n’a de fourchette" in bare.content.decode()


def test_a_pasted_table_is_seen_before_it_is_saved_and_can_be_taken_back() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    text = "Nom\tPrix de vente\tPertes\nHuile\t1 234,5\t2,5 %\nSavon\t20\t"
    page = address(plan, "expert/produits/coller")
    wrong = client.post(page, {"table": "products", "text": text})
    assert wrong.status_code == 422  # the new one has no quantity
    assert [bool(row.errors) for row in wrong.context["pasted"].rows] == [False, True]
    text = "Nom\tPrix de vente\tPertes\tQuantité par an à pleine production\nHuile\t1 234,5\t2,5 %\t\nSavon\t20\t\t400"
    seen = client.post(page, {"table": "products", "text": text})
    assert seen.status_code == 200
    assert [row.is_new for row in seen.context["pasted"].rows] == [False, True]
    assert seen.context["moved"]
    plan.refresh_from_db()
    assert plan.revision == 1
    saved = client.post(page, {"table": "products", "text": text, "confirm": "1", "_revision": "1"})
    assert saved.status_code == 302
    plan.refresh_from_db()
    oil, soap = plan.document["products"]
    assert (oil["price"], oil["loss_rate"], soap["name"], soap["capacity"]) == (1234.5, 0.025, "Savon", 400)
    client.post(address(plan, "expert/annuler"), {})
    plan.refresh_from_db()
    assert [one["price"] for one in plan.document["products"]] == [100]


def test_twelve_months_pasted_are_a_season() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    months = "0\t0\t0\t0\t0\t10\t20\t30\t40\t0\t0\t0"
    page = address(plan, "expert/produits/coller")
    sent = {"table": "products", "text": f"Huile\t{months}", "confirm": "1", "_revision": "1"}
    assert client.post(page, sent).status_code == 302
    plan.refresh_from_db()
    assert plan.document["products"][0]["seasonality"][8] == 0.4
    wrong = client.post(page, {"table": "products", "text": f"Huile\t{months.replace('40', '90')}"})
    assert wrong.status_code == 422
    assert "100" in wrong.context["pasted"].rows[0].errors[0]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "x" * 70_000, "a\tb\n" * 100, "\t".join("a" * 60), "Huile\tL\tNaN", "Huile\tL\tinf", "Huile\tL\t-5",
     "Huile\tL\t1e9", "\x00", "Huile\tL\t5\nHuile\tL\t6"],
)  # fmt: skip
def test_hostile_tables_save_nothing(text: str) -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    answer = client.post(
        address(plan, "expert/produits/coller"),
        {"table": "products", "text": text, "confirm": "1", "_revision": "1"},
    )
    assert answer.status_code == 422
    plan.refresh_from_db()
    assert plan.revision == 1
    assert client.post(address(plan, "expert/parts/coller"), {"text": "a"}).status_code == 404
    assert client.get(address(plan, "expert/produits/coller?table=staff")).status_code == 404


def test_lists_cost_the_same_however_long() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    for end in ("versions", "remarques"):
        client.get(address(plan, end))
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as count:
            for one in (address(plan, "versions"), address(plan, "remarques"), home(plan, "scenarios")):
                assert client.get(one).status_code == 200
        counts.append(len(count))
        for number in range(4):
            make_plan(people, name=f"S{number}{_turn}")
            client.post(address(plan, "versions"), {"note": f"v{number}"})
            comment_assumption(plan=plan, path="years", text=f"r{_turn}{number}", language="fr",
                               actor=people.inside["editor"], at=NOW)  # fmt: skip
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "end", ["versions", "remarques", "ce-qu-il-faut", "risques", "expert/produits/coller"]
)
def test_arabic_pages_open(end: str) -> None:
    people, plan = world()
    answer = entered(people.inside["owner"]).get(address(plan, end, "ar"))
    assert answer.status_code == 200
    assert 'dir="rtl"' in answer.content.decode()
