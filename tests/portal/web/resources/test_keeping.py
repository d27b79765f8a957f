"""The desk of those who keep the resources, walked as a delegate does: add, be corrected, edit, undo, retire."""

import html
from typing import Any

import pytest
from django.test import Client

from bpc.portal.people.models import User
from bpc.portal.resources.actions import edit_resource
from bpc.portal.resources.contents import content_of
from bpc.portal.resources.models import Resource
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.resources.resource_world import NOW, added, delegate, of_facts, written
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db
NEW = "/fr/ressources/ajouter"


@pytest.fixture
def keeper() -> User:
    """The delegate of the region."""
    return delegate()


@pytest.fixture
def desk(client: Client, keeper: User) -> Client:
    """A browser in which the delegate signed in."""
    sign_in_with_factor(client, keeper)
    return client


def answers(**changed: Any) -> dict[str, Any]:
    """A form filled in as a delegate would."""
    values: dict[str, Any] = {
        "commune_name": "Taroudannt",
        "commune": HERE,
        "commune_for": "Taroudannt",
        "name_fr": "Figues séchées",
        "name_ar": "التين المجفف",
        "sector": "agriculture",
        "products": ["fig"],
        "season_start": "8",
        "season_end": "10",
        "confidence": "reported",
        "source_note": "Réunion du souk",
        "observed_on_day": "12",
        "observed_on_month": "3",
        "observed_on_year": "2025",
    }
    return {**values, **changed}


def said(response: Any) -> str:
    """The page as people read it."""
    return html.unescape(response.content.decode()).replace("\xa0", " ")


def test_a_delegate_adds_a_resource(desk: Client, keeper: User) -> None:
    response = desk.post(NEW, answers())
    row = Resource.objects.get(origin="delegation")
    assert response["Location"] == f"/fr/ressources/{row.reference}"
    assert (row.territory_id, row.season_start, row.updated_by) == (HERE, 8, keeper)
    assert row.observed_on is not None
    assert row.observed_on.isoformat() == "2025-03-12"
    page = said(desk.get(response["Location"]))
    assert "août à octobre" in page
    assert "12 mars 2025" in page
    assert "dit par des gens du lieu" in page


def test_a_province_is_chosen_where_no_commune_is_known(desk: Client) -> None:
    desk.post(NEW, answers(commune_name="", commune="", commune_for="", wider="09.541"))
    assert Resource.objects.get(origin="delegation").territory_id == "09.541"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"commune_name": "", "commune": ""}, "Nommez la commune, ou choisissez"),
        ({"commune_name": "Zzz", "commune": "", "commune_for": ""}, "Nous ne trouvons pas cette commune"),
        ({"commune": ELSEWHERE}, "Cette commune n’est pas de votre région"),
        ({"commune_name": "", "commune": "", "wider": "02"}, "Sélectionnez un choix valide"),
        ({"season_end": ""}, "Donnez les deux mois, ou aucun"),
        ({"confidence": "sourced", "source_note": ""}, "Donnez l’adresse de la source"),
        ({"source_url": "javascript:alert(1)"}, "URL"),
        ({"name_fr": "<b>x</b>"}, "les balises"),
        ({"products": ["unicorn"]}, "unicorn"),
        ({"observed_on_year": "2999"}, "à venir"),
    ],
)
def test_a_fault_is_said_and_nothing_is_written(desk: Client, changed: dict[str, Any], message: str) -> None:
    response = desk.post(NEW, answers(**changed))
    assert response.status_code == 422
    assert message in said(response)
    assert not Resource.objects.filter(origin="delegation").exists()


def test_the_form_opens_as_the_row_stands_and_is_saved(desk: Client) -> None:
    page = said(desk.get("/fr/ressources/R223/modifier"))
    assert 'value="Safran de Taliouine"' in page
    assert '<option value="09.541" selected>' in page
    changed = answers(
        commune_name="", commune="", commune_for="", wider="09.541", version="1", products=["saffron"]
    )
    assert desk.post("/fr/ressources/R223/modifier", changed).status_code == 302
    assert (of_facts().name_fr, of_facts().version) == ("Figues séchées", 2)
    page = said(desk.get("/fr/ressources/R223"))
    assert "Annuler le dernier changement" in page
    assert "Modifiée" in page
    desk.post("/fr/ressources/R223/annuler", {"version": "2"})
    assert of_facts().name_fr == "Safran de Taliouine"


def test_who_saves_second_compares_before_writing(desk: Client, keeper: User) -> None:
    row = added(keeper)
    edit_resource(resource=row, content=written(name_fr="Figues d’ici"), version=1, actor=keeper, at=NOW)
    address = f"/fr/ressources/{row.reference}/modifier"
    response = desk.post(address, answers(version="1"))
    assert response.status_code == 422
    page = said(response)
    assert "Quelqu’un a changé cette ressource" in page
    assert "Figues d’ici" in page
    assert 'name="version" value="2"' in page
    assert content_of(Resource.objects.get(pk=row.pk)).name_fr == "Figues d’ici"
    assert desk.post(address, answers(version="2")).status_code == 302


def test_a_resource_is_retired_and_restored(desk: Client) -> None:
    assert desk.post("/fr/ressources/R223/retirer", {"version": "1", "reason": ""}).status_code == 422
    desk.post("/fr/ressources/R223/retirer", {"version": "1", "reason": "Plus personne n’en vit."})
    assert of_facts().state == "retired"
    assert "Plus personne n’en vit." in said(desk.get("/fr/ressources/R223"))
    desk.post("/fr/ressources/R223/retablir", {"version": "1"})
    assert of_facts().state == "retired"
    desk.post("/fr/ressources/R223/retablir", {"version": "2"})
    assert of_facts().state == "active"


def test_what_the_file_now_says_is_taken_or_left(desk: Client, keeper: User) -> None:
    edit_resource(
        resource=of_facts(),
        content=written("09.541", name_fr="À nous"),
        version=1,
        actor=keeper,
        at=NOW,
    )
    row = of_facts()
    Resource.objects.filter(pk=row.pk).update(proposal=row.file_content)
    assert "Les faits relevés disent maintenant autre chose" in said(desk.get("/fr/ressources"))
    page = said(desk.get("/fr/ressources/R223"))
    assert "Safran de Taliouine" in page
    desk.post("/fr/ressources/R223/reprendre", {"version": "2"})
    assert (of_facts().name_fr, of_facts().by_hand) == ("Safran de Taliouine", False)


def test_nobody_else_opens_the_desk(client: Client) -> None:
    assert client.get(NEW).status_code == 302
    client.force_login(make_user())
    assert client.get(NEW).status_code == 403
    assert client.get("/fr/ressources/R223/modifier").status_code == 403
    sign_in_with_factor(client, delegate(ELSEWHERE[:2]))
    assert client.get("/fr/ressources/R223/modifier").status_code == 403
    assert client.post("/fr/ressources/R223/annuler", {"version": "1"}).status_code == 403
    assert "Tenir cette ligne" not in said(client.get("/fr/ressources/R223"))
