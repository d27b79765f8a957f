"""Who opens the expert pages of a plan, who changes it, and what they cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.portal.plans.models import Plan
from tests.portal.plans.plan_world import edit, world
from tests.portal.web.plans.test_expert import address
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db

PAGES = ("expert", "expert/produits", "expert/cadre", "versions", "remarques", "ce-qu-il-faut", "risques")
POSTS = ("expert/annuler", "expert/retirer", "expert/produits/enregistrer", "expert/produits/choisir",
         "expert/produits/ajouter", "expert/produits/coller", "dupliquer", "renommer", "principal", "supprimer",
         "epreuve", "versions", "versions/1/revenir")  # fmt: skip


def test_who_is_not_of_the_group_finds_nothing_anywhere() -> None:
    people, plan = world()
    project = f"/fr/mon-espace/projets/{plan.project.reference}"
    more = [f"{project}/scenarios", f"{project}/scenarios/comparer", address(plan, "remarques/1")]
    for role, person in people.outside.items():
        client = Client() if role == "stranger" else entered(person)
        for one in (*(address(plan, end) for end in (*PAGES, *POSTS)), *more):
            for answer in (client.get(one), client.post(one, {"text": "x", "name": "x"})):
                assert answer.status_code in ({302} if role == "stranger" else {404, 405}), (role, one)
    plan.refresh_from_db()
    assert plan.revision == 1
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("role", ["reader", "advisor"])
def test_who_only_reads_sees_all_and_changes_nothing(role: str) -> None:
    people, plan = world()
    client = entered(people.inside[role])
    for end in PAGES:
        page = client.get(address(plan, end))
        assert page.status_code == 200, end
    shown = client.get(address(plan, "expert/produits")).content.decode()
    assert "<input name" not in shown
    assert "enregistrer" not in shown.split("<main")[1]
    for end in POSTS:
        assert client.post(
            address(plan, end), {"path": "products.oil", "_record": "products.oil"}
        ).status_code in {403, 404}, end
    plan.refresh_from_db()
    assert plan.revision == 1
    assert plan.versions.count() == 0


def test_a_plan_is_found_only_under_its_own_project() -> None:
    (people, plan), (_others, elsewhere) = world(), world()
    client = entered(people.inside["owner"])
    wrong = address(plan, "expert").replace(plan.project.reference, elsewhere.project.reference)
    assert client.get(wrong).status_code == 404


def test_the_page_costs_the_same_whatever_the_plan_holds() -> None:
    people, plan = world()
    client = entered(people.inside["owner"])
    client.get(address(plan, "expert/produits"))
    counts = []
    for base in (1, 2):
        with CaptureQueriesContext(connection) as count:
            client.get(address(plan, "expert/produits"))
        counts.append(len(count))
        new = {"capacity": 1, "price": 1, "seasonality": [1 / 12] * 12}
        more = {f"products.+{n}": {"name": f"P{base}{n}", **new} for n in range(9)}
        edit(plan, people.inside["owner"], base, more)
    assert counts[0] == counts[1]
