"""The sheet around its figures: ideas, meetings, children, neighbours, what does not exist, what it costs."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from bpc.portal.ideas.tallies import rebuild
from bpc.portal.reference.models import Territory
from bpc.portal.reference.surroundings import delegations_for, neighbours_of
from tests.portal.resources.resource_world import added, delegate
from tests.portal.world import ELSEWHERE, HERE, make_idea

LEVELS = ("MA", HERE[:2], HERE[:6], HERE)


@pytest.mark.django_db
@pytest.mark.parametrize("code", LEVELS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_level_has_a_sheet_in_both_languages(client: Client, code: str, language: str) -> None:
    response = client.get(f"/{language}/territoires/{code}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["zz", "09.541.99.99", "<script>", "MA.1"])
@pytest.mark.parametrize("page", ["", "/chiffres", "/donnees.csv", "/contour.geojson"])
def test_a_code_nobody_bears_is_a_404(client: Client, code: str, page: str) -> None:
    assert client.get(f"/fr/territoires/{code}{page}").status_code == 404


@pytest.mark.django_db
def test_queries_do_not_depend_on_the_place(client: Client, django_assert_num_queries: Any) -> None:
    make_idea(HERE)
    make_idea("06.141.01.0")
    rebuild()
    for code in LEVELS:
        client.get(f"/fr/territoires/{code}")  # files read once per process
    counts = {}
    for code in (*LEVELS, "06.141.01.0"):
        with django_assert_num_queries(20, exact=False) as caught:
            client.get(f"/fr/territoires/{code}?tri=population")
        counts[code] = len(caught.captured_queries)
    assert max(counts.values()) <= 8, counts
    assert len(set(counts.values())) == 1, counts


@pytest.mark.django_db
def test_a_kept_sheet_costs_one_query_and_forgets_when_an_idea_appears(
    client: Client, django_assert_num_queries: Any
) -> None:
    address = f"/fr/territoires/{HERE}"
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.django_db
def test_ideas_published_here_are_counted_and_shown_but_no_other(client: Client) -> None:
    shown = make_idea(HERE, title="Atelier de safran partagé")
    make_idea(HERE, state="submitted", title="Idée encore à lire")
    rebuild()
    for code in LEVELS:
        page = client.get(f"/fr/territoires/{code}").content.decode()
        assert shown.title in page
        assert "1 idée publiée" in page
        assert "Idée encore à lire" not in page
    assert shown.title not in client.get("/fr/territoires/01").content.decode()


@pytest.mark.django_db
def test_children_sort_by_the_column_asked_for(client: Client) -> None:
    def names(query: str) -> list[str]:
        page = client.get(f"/fr/territoires/09{query}").content.decode()
        table = page[page.index('id="dedans"') : page.index('id="voisins"')]
        return [part.split(">")[1].split("<")[0] for part in table.split('scope="row"><a ')[1:]]

    by_people = list(
        Territory.objects.filter(parent="09").order_by("-population_2024").values_list("name_fr", flat=True)
    )
    assert names("?tri=population&ordre=desc") == by_people
    assert names("?tri=population&ordre=asc") == by_people[::-1]
    assert names("") == sorted(by_people)
    assert names("?tri=%27;drop") == sorted(by_people)


@pytest.mark.django_db
def test_neighbours_touch_and_link_back(client: Client) -> None:
    beside = neighbours_of(HERE)
    assert beside
    assert HERE not in beside
    assert all(HERE in neighbours_of(code) for code in beside)
    page = client.get(f"/fr/territoires/{HERE}").content.decode()
    assert all(f'href="/fr/territoires/{code}"' in page for code in beside)


@pytest.mark.django_db
def test_meeting_of_the_region_without_a_date_says_so(client: Client) -> None:
    page = client.get(f"/fr/territoires/{HERE}").content.decode()
    assert "<strong>Agadir</strong></a> – date inconnue" in page
    oujda = client.get("/fr/territoires/02").content.decode()
    assert "3 avril 2025" in oujda


@pytest.mark.django_db
def test_resources_keep_their_level(client: Client) -> None:
    page = client.get(f"/fr/territoires/{HERE}").content.decode()
    assert "Personne n’a encore décrit de ressource de cette commune même." in page
    assert "Connues pour toute la province Taroudannt" in page
    assert "La source ne dit pas dans quelles communes." in page
    assert page.index("toute la province Taroudannt") < page.index("toute la région Souss-Massa")
    added(delegate(), HERE, name_fr="Figues de la commune")
    page = client.get(f"/fr/territoires/{HERE}").content.decode().split('id="richesses"')[1]
    assert page.index("Dans cette commune") < page.index("Figues de la commune") < page.index("Connues pour")
    province = client.get("/fr/territoires/09.541").content.decode().split('id="richesses"')[1]
    assert province.index("Dans toute la province") < province.index("Dans ses communes")
    assert province.index("Dans ses communes") < province.index("Figues de la commune")


def test_delegations_are_those_a_source_names_for_the_place() -> None:
    assert [one.commune for one in delegations_for(HERE)] == ["09.001.01.01"]
    first = next(one.commune for one in delegations_for("03.561"))
    assert first == "01.051.01.01"  # Taza, served by Al Hoceima
    assert "04.281.01.01" in [one.commune for one in delegations_for("04")]


@pytest.mark.django_db
def test_page_has_no_inline_style_or_script_and_no_other_host(client: Client) -> None:
    page = client.get(f"/ar/territoires/{HERE}").content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert "onclick" not in page
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "there_too"), [("MA", True), *((code, False) for code in LEVELS[1:])])
def test_all_ideas_from_here_leads_to_those_of_the_place(client: Client, code: str, there_too: bool) -> None:
    make_idea(HERE, title="Du miel d’ici")
    make_idea(ELSEWHERE, title="Des tapis d’ailleurs")
    rebuild()
    sheet = client.get(f"/fr/territoires/{code}").content.decode()
    link = re.search(r'class="button second" href="(/fr/idees[^"]*)"', sheet)
    assert link
    listed = client.get(html.unescape(link[1])).content.decode()
    assert "Du miel d’ici" in listed
    assert ("Des tapis d’ailleurs" in listed) is there_too
