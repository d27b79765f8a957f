"""How a plan begins, from its project's page."""

import pytest
from django.utils import timezone

from bpc.datasets.finance_rules import param_on, read_finance_params
from bpc.datasets.model_adaptation import programme_rate
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.plans.models import Plan
from bpc.portal.projects.actions import Start
from bpc.portal.projects.models import Project
from bpc.portal.reference.models import Territory
from tests.portal.projects.project_world import Group, add_people, make_group, make_project
from tests.portal.web.plans.plan_pages import question, stored
from tests.portal.web.projects.entering import entered
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def begin_address(project: Project, language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{project.reference}/plans/commencer"


def test_the_project_offers_to_begin_and_then_shows_the_plan() -> None:
    group = make_group()
    owner, reader = entered(group.inside["owner"]), entered(group.inside["reader"])
    page = f"/fr/mon-espace/projets/{group.project.reference}"
    assert begin_address(group.project) in owner.get(page).content.decode()
    assert begin_address(group.project) not in reader.get(page).content.decode()
    owner.post(begin_address(group.project), {"modele": "safran"})
    plan = Plan.objects.get()
    for client in (owner, reader):
        assert f"/plans/{plan.pk}" in client.get(page).content.decode()
    assert begin_address(group.project) not in owner.get(page).content.decode()


@pytest.mark.parametrize("slug", ["safran", "huile-argan", "creche-prescolaire"])
def test_a_model_gives_a_first_answer_to_every_question(slug: str) -> None:
    group = make_group()
    client = entered(group.inside["owner"])
    response = client.post(begin_address(group.project), {"modele": slug})
    plan = Plan.objects.get()
    assert response.headers["Location"] == question(plan, 1)
    model = catalogue()[slug]
    assert (plan.blueprint_slug, plan.blueprint_version) == (slug, str(model.version))
    assert [one["id"] for one in plan.document["products"]] == [one.id for one in model.model.products]
    project = Project.objects.get()
    assert (project.model_slug, project.model_version) == (slug, model.version)
    for number in range(1, 11):
        assert client.get(question(plan, number)).status_code == 200


def test_the_plan_speaks_the_language_it_was_begun_in_and_starts_next_quarter() -> None:
    group = make_group()
    client = entered(group.inside["owner"])
    client.post(begin_address(group.project, "ar"), {"modele": "safran"})
    document = stored(Plan.objects.get())
    model = catalogue()["safran"].model
    assert document["products"][0]["name"] == model.products[0].name_ar
    assert document["start"][-3:] in {"-01", "-04", "-07", "-10"}


def test_five_people_or_more_are_the_members_and_fewer_leave_the_models_number() -> None:
    group = make_group()
    add_people(group.project, group.inside["owner"], 7)
    entered(group.inside["owner"]).post(begin_address(group.project), {"modele": "safran"})
    document = stored(Plan.objects.get())
    assert document["members"] == {"count": 7}
    assert document["shares"]["subscriptions"][0]["members"] == 7
    few = make_group()
    add_people(few.project, few.inside["owner"], 4)
    entered(few.inside["owner"]).post(begin_address(few.project), {"modele": "safran"})
    typical = catalogue()["safran"].model.members_typical
    assert stored(Plan.objects.get(project=few.project))["members"]["count"] == typical


def test_pressed_twice_or_by_two_people_makes_one_plan() -> None:
    group = make_group()
    for who in ("owner", "owner", "editor"):
        response = entered(group.inside[who]).post(begin_address(group.project), {"modele": "safran"})
        assert response.headers["Location"] == question(Plan.objects.get(), 1)
    assert Plan.objects.get().is_main


def test_a_blank_plan_asks_everything() -> None:
    group = make_group()
    client = entered(group.inside["owner"])
    client.post(begin_address(group.project), {"modele": ""})
    plan = Plan.objects.get()
    assert "products" not in plan.document
    for number in range(1, 11):
        assert client.get(question(plan, number)).status_code == 200
    page = client.get(question(plan, 1)).content.decode()
    assert "Le plan ne vend encore rien" in page
    whole = client.get(f"/fr/mon-espace/projets/{plan.project.reference}/plans/{plan.pk}")
    assert "ses chiffres ne veulent rien dire" in whole.content.decode()


@pytest.mark.parametrize("slug", ["nulle-part", "../../etc/passwd", "x" * 500, "\x00"])
def test_a_model_nobody_publishes_begins_nothing(slug: str) -> None:
    group: Group = make_group()
    response = entered(group.inside["owner"]).post(begin_address(group.project), {"modele": slug})
    assert response.status_code == 200
    assert "n’est plus publié" in response.content.decode()
    assert not Plan.objects.exists()


def test_the_models_of_the_project_and_of_its_sector_come_first() -> None:
    owner = make_user()
    project = make_project(owner, start=Start(model_slug="miel"), sector_id="beekeeping")
    context = entered(owner).get(begin_address(project)).context
    assert context["own"]["slug"] == "miel"
    sector = {one["slug"] for one in context["of_sector"]}
    assert sector == {s for s, one in catalogue().items() if one.model.sector == "beekeeping" and s != "miel"}
    assert len(context["others"]) + len(sector) + 1 == len(catalogue())


@pytest.mark.parametrize("kind", ["urban", "rural"])
def test_the_loan_has_the_rate_of_the_place(kind: str) -> None:
    commune = Territory.objects.filter(level="commune", kind=kind).earliest("code")
    owner = make_user()
    project = make_project(owner, commune=commune.pk)
    entered(owner).post(begin_address(project), {"modele": "safran"})
    rates = param_on(read_finance_params(), "intelaka_rate", timezone.localdate()).parts
    assert rates["urban"] != rates["rural"]
    assert stored(Plan.objects.get())["loans"][0]["annual_rate"] == rates[kind]
    assert programme_rate(0.07, kind, timezone.localdate()) is None


def test_what_was_chosen_on_the_sheet_of_the_model_is_in_the_plan() -> None:
    group = make_group()
    client = entered(group.inside["owner"])
    begin = client.get("/fr/modeles/safran?prix=10&taille=150&membres=33&region=09").context["begin_url"]
    assert begin == "/fr/mon-espace/projets/nouveau?modele=safran&taille=150&prix=10&membres=33"
    client.get(begin)
    client.post(begin_address(group.project), {"modele": "safran"})
    first, model = stored(Plan.objects.get())["products"][0], catalogue()["safran"].model.products[0]
    assert first["price"]["mode"] == pytest.approx(1.1 * model.price_mad.mode)
    assert first["capacity"] == pytest.approx(1.5 * model.annual_capacity)
    assert stored(Plan.objects.get())["members"]["count"] == 33


def test_choices_made_for_one_model_are_not_another_s() -> None:
    group = make_group()
    client = entered(group.inside["owner"])
    client.get("/fr/mon-espace/projets/nouveau?modele=safran&prix=-20&taille=x&membres=-4")
    client.post(begin_address(group.project), {"modele": "tapis"})
    price = stored(Plan.objects.get())["products"][0]["price"]["mode"]
    assert price == catalogue()["tapis"].model.products[0].price_mad.mode
