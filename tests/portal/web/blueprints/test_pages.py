"""The office of the keepers of models, walked as a keeper does: edit, be corrected, publish, retire."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bpc.portal.blueprints.actions import save_draft, start_draft
from bpc.portal.blueprints.models import Blueprint, BlueprintVersion
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.web.blueprints.sections import SECTIONS
from tests.portal.blueprints.blueprint_world import NOW, SLUG, blueprint, dearer, published_version
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
HOME = f"/fr/administration/modeles/{SLUG}"


@pytest.fixture
def keeper() -> User:
    """A national administrator."""
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def client(keeper: User) -> Client:
    """Signed in with the second factor."""
    client = Client()
    sign_in_with_factor(client, keeper)
    return client


@pytest.fixture
def draft(keeper: User) -> BlueprintVersion:
    """A draft just begun."""
    return start_draft(blueprint=blueprint(), actor=keeper, at=NOW)


def plain(page: str) -> str:
    """The page as it is read, whether or not the French spaces were compiled."""
    return html.unescape(page).replace("\u202f", " ").replace("\xa0", " ")


def boxes(page: str) -> dict[str, str]:
    """What a browser would send: every input, text and choice of the form with its value."""
    form = re.search(r'<form method="post" class="stack-l".*?</form>', page, re.S)
    assert form is not None
    found: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", form[0]):
        name = re.search(r' name="([^"]*)"', tag)
        value = re.search(r' value="([^"]*)"', tag)
        if name is None or (' type="checkbox"' in tag and " checked" not in tag):
            continue
        found[name[1]] = html.unescape(value[1]) if value else "on"
    for name, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form[0], re.S):
        found[name] = html.unescape(text)
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form[0], re.S):
        chosen = re.search(r'<option value="([^"]*)" selected>', options)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


def opened(client: Client, part: str) -> dict[str, str]:
    """The boxes of a section as it is first shown."""
    response = client.get(f"{HOME}/brouillon/{part}")
    assert response.status_code == 200
    return boxes(response.content.decode())


def stored() -> dict[str, Any]:
    """What the draft says now."""
    return BlueprintVersion.objects.get(blueprint__slug=SLUG, state="draft").content


def test_the_list_costs_the_same_whatever_it_holds(
    client: Client, draft: BlueprintVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/fr/administration/modeles")
    with django_assert_num_queries(5):
        page = client.get("/fr/administration/modeles").content.decode()
    assert page.count('<th scope="row">') == 34
    assert "brouillon de la version 2" in page


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_section_sent_back_as_it_was_changes_nothing(
    section: str, language: str, client: Client, draft: BlueprintVersion
) -> None:
    address = f"/{language}/administration/modeles/{SLUG}/brouillon/{section}"
    before = stored()
    sent = boxes(client.get(address).content.decode())
    assert len(sent) > 3
    response = client.post(address, sent)
    assert (response.status_code, response.headers.get("Location")) == (302, address)
    assert stored() == before
    assert BlueprintVersion.objects.get(pk=draft.pk).revision == 1


def test_a_price_is_changed_in_the_words_of_people(client: Client, draft: BlueprintVersion) -> None:
    sent = opened(client, "produits")
    price = "products-0-price_mad"
    sent |= {f"{price}-low": "400", f"{price}-mode": "1 234,5", f"{price}-high": "2\u202f000 "}
    sent |= {"products-0-finished_loss_rate": "2,5", "products-0-name_fr": "Huile d’argane"}
    assert client.post(f"{HOME}/brouillon/produits", sent).status_code == 302
    product = stored()["products"][0]
    assert [product["price_mad"][name] for name in ("low", "mode", "high")] == [400, 1234.5, 2000]
    assert product["finished_loss_rate"] == 0.025
    page = client.get(HOME).content.decode()
    assert "<strong>" in page.split("Principaux résultats")[1].split("</table>")[0]
    assert "Huile d’argane" in plain(page)


def test_what_is_wrong_stands_beside_its_box_and_nothing_is_saved(
    client: Client, draft: BlueprintVersion
) -> None:
    before = stored()
    sent = opened(client, "equipement")
    sent |= {"capex-0-life_years": "-3", "capex-0-amount_mad-mode": "beaucoup", "capex-1-name_ar": ""}
    response = client.post(f"{HOME}/brouillon/equipement", sent)
    page = response.content.decode()
    assert response.status_code == 422
    for name, fault in (
        ("capex-0-life_years", "Écrivez plus de 0."),
        ("capex-0-amount_mad-mode", "Écrivez un nombre."),
        ("capex-1-name_ar", "Écrivez ce texte."),
    ):
        beside = re.search(rf'id="id_{name}_error">(.*?)</div></div>', page, re.S)
        assert beside is not None
        assert fault in plain(beside[1])
        assert f'href="#id_{name}"' in page
    assert boxes(page)["capex-0-amount_mad-mode"] == "beaucoup"
    assert stored() == before


def test_what_the_schema_refuses_stands_beside_its_box(client: Client, draft: BlueprintVersion) -> None:
    sent = opened(client, "produits")
    sent |= {"products-0-seasonality-0": "90", "products-0-price_mad-low": "99999999"}
    sent |= {"products-1-price_mad-conf": "S", "products-1-price_mad-src": ""}
    response = client.post(f"{HOME}/brouillon/produits", sent)
    page = plain(response.content.decode())
    assert response.status_code == 422
    for name, fault in (
        ("products-0-seasonality", "Les douze mois doivent faire 100 %."),
        ("products-0-price_mad", "Rangez les trois valeurs : la plus basse, la retenue, la plus haute."),
        ("products-1-price_mad", "« Dit par une source » demande au moins une source."),
    ):
        beside = re.search(rf'id="id_{name}_error">(.*?)</div></div>', page, re.S)
        assert beside is not None
        assert fault in plain(beside[1])
    sent = opened(client, "sources") | {"sources": "L1, XX99"}
    page = client.post(f"{HOME}/brouillon/sources", sent).content.decode()
    assert "Un code de source n’est pas dans le tableau des sources." in plain(page)


def test_what_the_engine_refuses_is_said_in_words(client: Client, draft: BlueprintVersion) -> None:
    sent = opened(client, "equipement") | {"capex-0-life_years": "0,01"}
    response = client.post(f"{HOME}/brouillon/equipement", sent)
    assert response.status_code == 422
    assert "Durée de vie" in plain(response.content.decode())
    assert boxes(response.content.decode())["capex-0-life_years"] == "0,01"


def test_a_row_is_added_filled_and_taken_out_without_a_script(
    client: Client, draft: BlueprintVersion
) -> None:
    address = f"{HOME}/brouillon/charges"
    sent = opened(client, "charges") | {"fixed_costs-0-annual_mad-mode": "encore vide"}
    number = int(sent["fixed_costs-count"])
    page = client.post(address, sent | {"act": "add:fixed_costs"}).content.decode()
    more = boxes(page)
    assert (more["fixed_costs-count"], more["fixed_costs-0-annual_mad-mode"]) == (
        str(number + 1),
        "encore vide",
    )
    new = f"fixed_costs-{number}"
    more |= {
        "fixed_costs-0-annual_mad-mode": sent["fixed_costs-0-annual_mad-low"],
        f"{new}-name_fr": "Gardiennage de nuit", f"{new}-name_ar": "حراسة ليلية",
        f"{new}-annual_mad-low": "900", f"{new}-annual_mad-mode": "1000", f"{new}-annual_mad-high": "1100",
        f"{new}-annual_mad-conf": "E",
    }  # fmt: skip
    assert client.post(address, more).status_code == 302
    assert stored()["fixed_costs"][-1] == {
        "id": "gardiennage_de_nuit", "name_fr": "Gardiennage de nuit", "name_ar": "حراسة ليلية",
        "annual_mad": {"low": 900, "mode": 1000, "high": 1100, "conf": "E", "src": []},
    }  # fmt: skip
    names = [cost["id"] for cost in stored()["fixed_costs"]]
    page = client.post(address, opened(client, "charges") | {"act": "remove:fixed_costs:0"}).content.decode()
    assert client.post(address, boxes(page)).status_code == 302
    assert [cost["id"] for cost in stored()["fixed_costs"]] == names[1:]


def test_a_product_taken_out_leaves_nothing_behind(client: Client, draft: BlueprintVersion) -> None:
    products = [product["id"] for product in stored()["products"]]
    assert len(products) > 1
    address = f"{HOME}/brouillon/produits"
    page = client.post(address, opened(client, "produits") | {"act": "remove:products:1"}).content.decode()
    response = client.post(address, boxes(page))
    left = stored()
    if response.status_code == 302:
        assert products[1] not in str(left["inputs"])
    else:  # an input that served this product alone: said with the section where to mend it
        assert "Achats et travail" in plain(response.content.decode())
        assert [product["id"] for product in left["products"]] == products


def test_two_keepers_see_each_others_changes(client: Client, keeper: User, draft: BlueprintVersion) -> None:
    sent = opened(client, "produits")
    elsewhere = opened(client, "charges")
    save_draft(
        draft=draft, content=dearer(draft.content), revision=1, actor=make_user(Role.ADMINISTRATOR), at=NOW
    )
    price = stored()["products"][0]["price_mad"]["mode"]
    # another section: both changes stay
    elsewhere["fixed_costs-0-name_fr"] = "Loyer du local"
    assert client.post(f"{HOME}/brouillon/charges", elsewhere).status_code == 302
    assert stored()["products"][0]["price_mad"]["mode"] == price
    # the same section: told, then what is sent again holds
    response = client.post(f"{HOME}/brouillon/produits", sent)
    page = plain(response.content.decode())
    assert response.status_code == 422
    assert "Une autre personne a enregistré cette section" in page
    assert stored()["products"][0]["price_mad"]["mode"] == price
    assert client.post(f"{HOME}/brouillon/produits", boxes(response.content.decode())).status_code == 302
    assert stored()["products"][0]["price_mad"]["mode"] == price / 2


def test_publishing_asks_for_a_note_and_a_yes(client: Client, draft: BlueprintVersion) -> None:
    save_draft(
        draft=draft,
        content=dearer(draft.content, 1.1),
        revision=1,
        actor=make_user(Role.ADMINISTRATOR),
        at=NOW,
    )
    page = plain(client.get(f"{HOME}/publier").content.decode())
    assert "Prix de vente d’une unité" in page
    assert client.post(f"{HOME}/publier", {"revision": "2", "note": ""}).status_code == 422
    stale = client.post(f"{HOME}/publier", {"revision": "1", "note": "Prix relevés", "confirmed": "on"})
    assert "Le brouillon a changé pendant ce temps" in plain(stale.content.decode())
    response = client.post(f"{HOME}/publier", {"revision": "2", "note": "Prix relevés", "confirmed": "on"})
    assert response.status_code == 302
    assert (published_version().number, published_version().note) == (2, "Prix relevés")
    history = plain(client.get(HOME).content.decode())
    assert "Prix relevés" in history
    compared = plain(client.get(f"{HOME}/versions?de=1&a=2").content.decode())
    assert "De la version 1 à la version 2" in compared
    assert "Prix de vente d’une unité, taxes comprises · Valeur retenue" in compared
    assert client.get(f"{HOME}/versions?de=1&a=9").status_code == 404
    assert client.get(f"{HOME}/versions").status_code == 404


def test_a_plan_in_error_is_told_before_publishing(client: Client, draft: BlueprintVersion) -> None:
    save_draft(
        draft=draft,
        content=dearer(draft.content, 0.2),
        revision=1,
        actor=make_user(Role.ADMINISTRATOR),
        at=NOW,
    )
    page = plain(client.get(f"{HOME}/publier").content.decode())
    assert "L’argent manque" in page
    response = client.post(f"{HOME}/publier", {"revision": "2", "note": "Essai", "confirmed": "on"})
    assert "corrigez-la avant de publier" in plain(response.content.decode())
    assert published_version().number == 1


def test_retiring_and_bringing_back(client: Client) -> None:
    assert client.post(f"{HOME}/retirer", {"reason": ""}).status_code == 422
    assert client.post(f"{HOME}/retirer", {"reason": "Filière fermée"}).status_code == 302
    assert blueprint().retired_at is not None
    page = plain(client.get(HOME).content.decode())
    assert "Filière fermée" in page
    assert "Remettre sur le site" in page
    assert client.post(f"{HOME}/remettre").status_code == 302
    assert blueprint().retired_at is None


def test_a_draft_is_opened_and_abandoned(client: Client) -> None:
    assert client.get(f"{HOME}/brouillon/textes").status_code == 302, "no draft yet"
    response = client.post(f"{HOME}/brouillon")
    assert response.headers["Location"] == f"{HOME}/brouillon/textes"
    assert client.get(f"{HOME}/brouillon/abandonner").status_code == 200
    assert client.post(f"{HOME}/brouillon/abandonner").status_code == 302
    assert [one.number for one in blueprint().versions.all()] == [1]
    assert client.get(f"{HOME}/brouillon/inconnue").status_code == 404


def test_a_copy_has_its_own_name(client: Client) -> None:
    assert client.post(f"{HOME}/copier", {"slug": "miel"}).status_code == 422
    assert client.post(f"{HOME}/copier", {"slug": "Huile d’argane"}).status_code == 422
    assert client.post(f"{HOME}/copier", {"slug": "huile-argan-rif"}).status_code == 302
    page = client.get("/fr/administration/modeles/huile-argan-rif")
    assert page.status_code == 200
    client.post("/fr/administration/modeles/huile-argan-rif/brouillon/abandonner")
    assert not Blueprint.objects.filter(slug="huile-argan-rif").exists()


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.ADVISOR, Role.HOLDER])
def test_others_do_not_enter(role: str, draft: BlueprintVersion) -> None:
    client = Client()
    sign_in_with_factor(client, make_user(role))
    for address in ("/fr/administration/modeles", HOME, f"{HOME}/brouillon/textes", f"{HOME}/publier"):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    assert "Tenir les modèles" not in client.get("/fr/mon-espace").content.decode()


def test_my_space_leads_keepers_there(client: Client) -> None:
    assert 'href="/fr/administration/modeles"' in client.get("/fr/mon-espace").content.decode()
