"""A project through its pages: begun three ways, edited by two, moved, put aside, erased."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from bpc.portal.ideas.references import new_reference
from bpc.portal.people.models import Organisation, User
from bpc.portal.people.organisation_actions import create_organisation
from bpc.portal.projects.actions import Start, set_shown_on_idea
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import MemberRole, Stage
from tests.portal.projects.project_world import NOW, Group, add_people, join, make_group, make_project
from tests.portal.web.projects.entering import entered
from tests.portal.world import ELSEWHERE, HERE, make_idea, make_user

pytestmark = pytest.mark.django_db
HOME = "/fr/mon-espace/projets"


def new_data(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Safran d’Igherm", "commune_name": "Taroudannt", "commune": HERE, "commune_for": "Taroudannt",
        "sector": "food", "stage": "idea", "submission_key": str(uuid4()), **changes,
    }  # fmt: skip


def begin(client: Client, **changes: Any) -> Project:
    response = client.post(f"{HOME}/nouveau", new_data(**changes))
    assert response.status_code == 302, response.context["form"].errors
    return Project.objects.get(reference=response.headers["Location"].rsplit("/", 1)[-1])


@pytest.mark.parametrize("page", ["", "/nouveau"])
def test_strangers_are_sent_to_sign_in_and_come_back(client: Client, page: str) -> None:
    response = client.get(f"/ar/mon-espace/projets{page}")
    assert response.headers["Location"] == f"/ar/compte/login/?next=/ar/mon-espace/projets{page}"


def test_an_empty_list_says_what_will_be_here_and_offers_one_thing() -> None:
    page = entered(make_user()).get(HOME).content.decode()
    assert "Aucun projet pour l’instant" in page
    assert page.count(f'href="{HOME}/nouveau"') == 1


def test_a_blank_project_in_one_short_form() -> None:
    owner = make_user()
    client = entered(owner)
    project = begin(client, name="تعاونية الزعفران", stage="design")
    assert (project.commune_id, project.sector_id, project.stage) == (HERE, "food", Stage.DESIGN)
    assert (project.language, project.origin) == ("ar", "blank")
    assert project.members.get().user == owner
    page = client.get(f"{HOME}/{project.reference}").content.decode()
    assert "Racontez le projet" in page
    assert "Il vous manque 5 personnes pour créer une coopérative." in page


def test_a_code_typed_otherwise_opens_the_same_project() -> None:
    owner = make_user()
    project = make_project(owner)
    typed = project.reference.lower().replace("-", "")
    assert entered(owner).get(f"{HOME}/{typed}").context["project"] == project


def test_the_form_sent_twice_makes_one_project() -> None:
    client, key = entered(make_user()), str(uuid4())
    assert begin(client, submission_key=key) == begin(client, submission_key=key)
    assert Project.objects.count() == 1


def test_an_idea_of_ones_own_fills_the_form_and_is_told_only_if_wanted() -> None:
    author = make_user()
    idea = make_idea(author=author, title="Un séchoir pour les figues", reference=new_reference())
    client = entered(author)
    assert f"?idee={idea.reference}" in client.get(f"{HOME}/nouveau").content.decode()
    assert (
        f"{HOME}/nouveau?idee={idea.reference}" in client.get(f"/fr/idees/{idea.reference}").content.decode()
    )
    form = client.get(f"{HOME}/nouveau?idee={idea.reference}").context["form"]
    assert (form["name"].value(), form["commune"].value()) == ("Un séchoir pour les figues", HERE)
    project = begin(client, idea=idea.reference)
    assert (project.idea, project.summary) == (idea, idea.proposal)
    public = Client().get(f"/fr/idees/{idea.reference}").content.decode()
    assert "Devenue un projet" not in public
    assert project.reference not in public
    own = client.get(f"/fr/idees/{idea.reference}").content.decode()
    assert f"{HOME}/{project.reference}" in own
    assert (
        client.get(f"{HOME}/nouveau?idee={idea.reference}").headers["Location"]
        == f"{HOME}/{project.reference}"
    )
    client.post(f"{HOME}/{project.reference}/reglages", {"act": "show"})
    public = Client().get(f"/fr/idees/{idea.reference}").content.decode()
    assert "Devenue un projet" in public
    assert project.reference not in public
    assert project.name not in public
    client.post(f"{HOME}/{project.reference}/reglages", {"act": "hide"})
    assert "Devenue un projet" not in Client().get(f"/fr/idees/{idea.reference}").content.decode()


def test_the_idea_of_another_is_explained_and_refused() -> None:
    idea = make_idea(author=make_user(), reference=new_reference())
    client = entered(make_user())
    page = client.get(f"{HOME}/nouveau?idee={idea.reference}")
    assert "Seule la personne qui a proposé cette idée" in page.content.decode()
    assert page.context["form"]["name"].value() is None
    assert "En faire un projet" not in client.get(f"/fr/idees/{idea.reference}").content.decode()
    assert client.post(f"{HOME}/nouveau", new_data(idea=idea.reference)).status_code == 422
    hidden = make_idea(
        author=make_user(), state="draft", title="Secret de famille", reference=new_reference()
    )
    plain = client.get(f"{HOME}/nouveau?idee={hidden.reference}").content.decode()
    assert "Secret de famille" not in plain
    assert "Seule la personne" not in plain
    assert not Project.objects.exists()


def test_a_model_is_kept_from_the_address() -> None:
    client = entered(make_user())
    form = client.get(f"{HOME}/nouveau?modele=safran").context["form"]
    assert form["modele"].value() == "safran"
    assert form["sector"].value() == "aromatic"
    project = begin(client, modele="safran")
    assert (project.model_slug, project.model_version, project.origin) == ("safran", 1, "model")
    nobody_knows = begin(client, modele="safran-de-nulle-part")
    assert (nobody_knows.model_slug, nobody_knows.origin) == ("", "blank")


def test_without_a_script_the_page_comes_back_with_the_communes_to_choose_from() -> None:
    client = entered(make_user())
    asked = client.post(f"{HOME}/nouveau", new_data(commune="", commune_for="", commune_name="Ait"))
    assert asked.status_code == 422
    choices = asked.context["form"].offered_communes()
    assert len(choices) > 1
    assert f'name="commune" value="{choices[0].pk}"' in asked.content.decode()
    chosen = begin(client, commune=choices[0].pk, commune_for="Ait", commune_name="Ait")
    assert chosen.commune == choices[0]


def test_hidden_values_that_nobody_typed_are_never_a_fault() -> None:
    owner = make_user()
    client = entered(owner)
    project = begin(client, modele="../../etc/passwd", submission_key="1", commune_for="")
    assert project.model_slug == ""
    address = f"{HOME}/{project.reference}/modifier"
    for revision in ("", "x", "9" * 40, "\u0663"):
        data = edit_data(client.get(address), revision=revision, name="Autre nom")
        response = client.post(address, data)
        assert response.status_code == 422
        assert "Comparez" in str(response.context["form"].non_field_errors())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "<script>alert(1)</script>"}, "name"),
        ({"name": "Saf\u202eran"}, "name"),
        ({"name": "Safran\x00"}, "name"),
        ({"sector": "nothing"}, "sector"),
        ({"sector": ""}, "sector"),
        ({"stage": "bankrupt"}, "stage"),
        ({"commune": "", "commune_name": ""}, "commune_name"),
        ({"commune": "", "commune_name": "Xyzzyqwk"}, "commune_name"),
        ({"commune": "09.541"}, "commune_name"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(wrong: dict[str, str], field: str) -> None:
    response = entered(make_user()).post(f"{HOME}/nouveau", new_data(**wrong))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Project.objects.exists()


@pytest.mark.parametrize(
    "query", ["idee=%00", "idee=K7M4-2QX", "idee=" + "x" * 5000, "modele=%3Cscript%3E", "modele=" + "é" * 900]
)
def test_a_hostile_address_opens_a_plain_form(query: str) -> None:
    response = entered(make_user()).get(f"{HOME}/nouveau?{query}")
    assert response.status_code in {200, 404}
    assert "<script>" not in response.content.decode().split("<main")[-1].split("</main>")[0]


ADDRESSES = (
    "", "/modifier", "/etape", "/personnes/nouvelle", "/personnes/{person}", "/personnes/{person}/retirer",
    "/acces", "/acces/inviter", "/acces/conseiller", "/acces/conseiller/{access}/retirer", "/membres/{member}",
    "/membres/{member}/retirer", "/reglages", "/effacer",
)  # fmt: skip


def _addresses(group: Group) -> list[str]:
    keys = {
        "person": group.project.people.get().pk,
        "access": group.project.advisor_accesses.get().pk,
        "member": group.project.members.get(role=MemberRole.READER).pk,
    }
    return [f"{HOME}/{group.project.reference}{address.format(**keys)}" for address in ADDRESSES]


def test_who_is_not_of_the_group_finds_nothing_anywhere() -> None:
    group = make_group()
    add_people(group.project, group.inside["owner"], 1)
    for role, person in group.outside.items():
        client = Client() if role == "stranger" else entered(person)
        for address in _addresses(group):
            for response in (client.get(address), client.post(address, {"act": "archive", "name": "x"})):
                if role == "stranger":
                    assert response.status_code == 302, address
                    assert response.headers["Location"].startswith("/fr/compte/login/")
                else:
                    # a page that only takes what is sent says so before it looks
                    assert response.status_code in {404, 405}, (role, address)
    assert Project.objects.get().archived_at is None


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        ("owner", set(ADDRESSES)),
        ("editor", set(ADDRESSES) - {"/reglages", "/effacer", "/membres/{member}/retirer"}),
        ("reader", {"", "/acces", "/acces/inviter", "/acces/conseiller", "/membres/{member}/retirer"}),
        ("advisor", {""}),
    ],
)
def test_each_role_opens_its_pages_only(role: str, opens: set[str]) -> None:
    group = make_group()
    add_people(group.project, group.inside["owner"], 1)
    client = entered(group.inside[role])
    for name, address in zip(ADDRESSES, _addresses(group), strict=True):
        status = client.get(address).status_code
        assert status in ({200, 302, 405} if name in opens else {403, 404, 405}), (name, status)


def test_the_advisor_reads_no_address_and_no_button() -> None:
    group = make_group()
    page = entered(group.inside["advisor"]).get(f"{HOME}/{group.project.reference}").content.decode()
    assert "Vous pouvez le lire, pas le modifier." in page
    for word in ("/modifier", '/acces"', "/reglages", group.inside["editor"].email):
        assert word not in page
    listed = entered(group.inside["advisor"]).get(HOME).content.decode()
    assert "Projets qui me sont ouverts comme conseiller" in listed


def edit_data(page: Any, **changes: Any) -> dict[str, Any]:
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changes


def test_of_two_who_edit_each_sees_the_others_words() -> None:
    group = make_group()
    address = f"{HOME}/{group.project.reference}/modifier"
    first, second = entered(group.inside["owner"]), entered(group.inside["editor"])
    one, two = first.get(address), second.get(address)
    assert first.post(address, edit_data(one, name="Nom d’Amina", sector="crafts")).status_code == 302
    refused = second.post(address, edit_data(two, name="Nom de Brahim", summary="Nous séchons au soleil."))
    assert refused.status_code == 422
    told = {
        str(row["label"]).rstrip("\u202f ?"): (row["theirs"], row["mine"], row["taken"])
        for row in refused.context["differences"]
    }
    assert told == {
        "Le nom du projet": ("Nom d’Amina", "Nom de Brahim", False),
        "Dans quel secteur": ("Artisanat", "Transformation alimentaire", True),
    }
    form = refused.context["form"]
    assert (form["name"].value(), form["sector"].value()) == ("Nom de Brahim", "crafts")
    assert second.post(address, edit_data(refused)).status_code == 302
    stored = Project.objects.get()
    assert (stored.name, stored.sector_id, stored.summary, stored.revision) == (
        "Nom de Brahim", "crafts", "Nous séchons au soleil.", 3,
    )  # fmt: skip


def test_a_commune_the_other_changed_is_kept() -> None:
    group = make_group()
    address = f"{HOME}/{group.project.reference}/modifier"
    client = entered(group.inside["owner"])
    one, two = client.get(address), client.get(address)
    moved = {"commune": ELSEWHERE, "commune_name": "Oujda", "commune_for": "Oujda"}
    assert client.post(address, edit_data(one, **moved)).status_code == 302
    refused = client.post(address, edit_data(two, summary="Autre"))
    assert refused.status_code == 422
    assert client.post(address, edit_data(refused)).status_code == 302
    assert (Project.objects.get().commune_id, Project.objects.get().summary) == (ELSEWHERE, "Autre")


@pytest.mark.parametrize("base", ["", "{", "[" * 9000, '{"name": 1}', '"x"'])
def test_a_forged_base_shows_every_difference(base: str) -> None:
    owner = make_user()
    project = make_project(owner)
    client = entered(owner)
    address = f"{HOME}/{project.reference}/modifier"
    page = client.get(address)
    Project.objects.update(name="Autre nom", revision=7)
    refused = client.post(address, edit_data(page, base=base))
    assert refused.status_code == 422
    assert [(row["theirs"], row["taken"]) for row in refused.context["differences"]] == [("Autre nom", False)]


def test_an_organisation_of_ones_own_is_offered_and_no_other() -> None:
    owner = make_user()
    project = make_project(owner)
    own = create_organisation(
        kind="cooperative", name="Tifaouine", language="fr", commune=None, actor=owner, at=NOW
    )
    other = Organisation.objects.create(kind="association", name="Ailleurs")
    client, address = entered(owner), f"{HOME}/{project.reference}/modifier"
    page = client.get(address)
    assert client.post(address, edit_data(page, organisation=other.pk)).status_code == 422
    assert client.post(address, edit_data(page, organisation=own.pk)).status_code == 302
    assert Project.objects.get().organisation == own


def test_the_stage_moves_forward_and_back_with_its_dates() -> None:
    group = make_group()
    client, address = entered(group.inside["editor"]), f"{HOME}/{group.project.reference}"
    for stage in ("creation", "design", "design"):
        assert client.post(f"{address}/etape", {"stage": stage}).status_code == 302
    assert client.post(f"{address}/etape", {"stage": "bankrupt"}).status_code == 422
    page = client.get(address)
    assert [str(step.stage) for step in page.context["history"]] == ["idea", "creation", "design"]
    assert [step["state"] for step in page.context["path"]] == ["done", "current", "", "", ""]


def test_archived_restored_then_erased_by_its_name() -> None:
    owner = make_user()
    project = make_project(owner)
    client, address = entered(owner), f"{HOME}/{project.reference}"
    client.post(f"{address}/reglages", {"act": "archive"})
    page = client.get(address)
    assert page.context["next"].url == f"{address}/reglages"
    assert client.get(f"{address}/modifier").status_code == 403
    client.post(f"{address}/reglages", {"act": "restore"})
    client.post(f"{address}/reglages", {"act": "nonsense"})
    assert client.get(f"{address}/modifier").status_code == 200
    assert client.post(f"{address}/effacer", {"name": "Safran"}).status_code == 422
    assert client.post(f"{address}/effacer", {"name": project.name}).headers["Location"] == HOME
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_few_and_many(count: int, django_assert_max_num_queries: Any) -> None:
    owner = make_user()
    for _number in range(count):
        add_people(make_project(owner), owner, 2)
    client = entered(owner)
    with django_assert_max_num_queries(10):
        page = client.get(HOME)
    assert [project.people_count for project in page.context["projects"]] == [2] * count


@pytest.mark.parametrize("count", [1, 15])
def test_a_project_costs_the_same_for_few_and_many(count: int, django_assert_max_num_queries: Any) -> None:
    group = make_group()
    owner = group.inside["owner"]
    add_people(group.project, owner, count)
    for _number in range(count):
        join(group.project, make_user(), MemberRole.READER)
    client = entered(owner)
    for page, most in (("", 26), ("/acces", 18)):
        with django_assert_max_num_queries(most):
            assert client.get(f"{HOME}/{group.project.reference}{page}").status_code == 200


def test_ones_space_leads_to_ones_projects() -> None:
    owner = make_user()
    client = entered(owner)
    assert f"{HOME}/nouveau" in client.get("/fr/mon-espace").content.decode()
    start = Start(idea=make_idea(author=owner))
    project = make_project(owner, start=start)
    set_shown_on_idea(project=project, shown=True, actor=owner, at=NOW)
    page = client.get("/fr/mon-espace").content.decode()
    assert f"{HOME}/{project.reference}" in page
    assert User.objects.count() == 1
