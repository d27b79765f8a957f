"""A plan is its group's: others find nothing, readers and advisors read, archived projects rest."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.projects.models import Project
from tests.portal.plans.plan_world import edit, make_plan, world
from tests.portal.web.plans.plan_pages import base, question, stored
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db
READING = ("", "/banque.pdf", "/membres.pdf", "/plan.xlsx", "/plan.json")
WRITING = ("/questions/1", "/questions/10")
OF_PROJECT = ("commencer", "importer")


def addresses(plan: object) -> list[str]:
    own = base(plan)  # type: ignore[arg-type]
    whole = own.rsplit("/", 1)[0]
    return [f"{own}{page}" for page in (*READING, *WRITING)] + [f"{whole}/{page}" for page in OF_PROJECT]


def test_a_stranger_is_asked_to_sign_in_and_learns_nothing() -> None:
    _group, plan = world()
    for address in addresses(plan):
        for response in (Client().get(address), Client().post(address, {"modele": ""})):
            assert response.headers["Location"].startswith("/fr/compte/login/?next=")


@pytest.mark.parametrize("who", ["person", "other advisor", "delegate", "administrator"])
def test_others_find_nothing_at_any_address(who: str) -> None:
    group, plan = world()
    client = entered(group.outside[who])
    for address in addresses(plan):
        assert client.get(address).status_code == 404, address
        if "questions" in address or address.endswith(("commencer", "importer")):
            assert client.post(address, {"modele": "", "products.oil.price": "1"}).status_code == 404, address
    assert stored(plan)["products"][0]["price"] == 100


@pytest.mark.parametrize("who", ["reader", "advisor"])
def test_readers_and_the_advisor_read_everything_and_change_nothing(who: str) -> None:
    group, plan = world()
    client = entered(group.inside[who])
    page = client.get(base(plan))
    assert page.status_code == 200
    assert "/questions/" not in page.content.decode()
    assert "/plans/importer" not in page.content.decode()
    for part in READING[1:]:
        assert client.get(f"{base(plan)}{part}").status_code == 200
    for address in (question(plan, 1), f"{base(plan).rsplit('/', 1)[0]}/importer"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"products.oil.price": "1"}).status_code == 403
    assert stored(plan)["products"][0]["price"] == 100


def test_a_plan_is_found_under_its_own_project_only() -> None:
    group, plan = world()
    other, other_plan = world()
    client = entered(group.inside["owner"])
    mixed = base(plan).replace(plan.project.reference, other.project.reference)
    assert client.get(mixed).status_code == 404
    assert client.get(base(other_plan)).status_code == 404
    assert client.get(base(plan).replace(f"/{plan.pk}", "/999999999999999999999")).status_code == 404


def test_an_archived_project_keeps_its_plan_to_be_read() -> None:
    group, plan = world()
    Project.objects.filter(pk=plan.project_id).update(archived_at=timezone.now())
    client = entered(group.inside["owner"])
    assert client.get(base(plan)).status_code == 200
    assert client.get(question(plan, 1)).status_code == 403


def test_pages_cost_the_same_whatever_the_plan_and_the_project_hold() -> None:
    group, plan = world()
    client = entered(group.inside["owner"])
    pages = (base(plan), question(plan, 2), f"/fr/mon-espace/projets/{plan.project.reference}")
    first = [_queries(client, page) for page in pages]
    for number in range(5):
        make_plan(group, name=f"Scénario {number}")
    extra = {"name": "Savon", "capacity": 10, "price": 5, "seasonality": [1 / 12] * 12}
    edit(plan, group.inside["editor"], 1, {f"products.+{number}": extra for number in range(5)})
    assert [_queries(client, page) for page in pages] == first
    assert max(first) <= 26


def _queries(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)
