"""The report as it is fetched: made once a day and content, in each language, a few a minute for strangers."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from bpc.portal.web.atlas.sheet_report import PER_ADDRESS, meter
from tests.portal.observations.observation_world import make_observation
from tests.portal.plans.pdf_text import Paper
from tests.portal.world import HERE, make_user

pytestmark = pytest.mark.django_db
ADDRESS = f"/fr/territoires/{HERE}/fiche.pdf"


def test_anybody_takes_the_report_of_a_territory(client: Client) -> None:
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"].startswith(f'inline; filename="territoire-{HERE}-fr-')
    assert len(Paper(response.content).pages) == 4
    arabic = client.get(f"/ar/territoires/{HERE}/fiche.pdf")
    assert Paper(arabic.content).language.startswith("ar")


def test_the_sheet_leads_to_it_and_the_country_has_none(client: Client) -> None:
    assert ADDRESS in client.get(f"/fr/territoires/{HERE}").content.decode()
    assert "fiche.pdf" not in client.get("/fr/territoires/MA").content.decode()
    for code in ("MA", "99", "09.541.99.99"):
        assert client.get(f"/fr/territoires/{code}/fiche.pdf").status_code == 404
    assert client.post(ADDRESS).status_code == 405


def test_is_kept_until_something_it_shows_changes(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(ADDRESS)
    with django_assert_max_num_queries(2):
        again = client.get(ADDRESS)
    assert again.content == first.content
    assert client.get(ADDRESS, headers={"If-None-Match": first["ETag"]}).status_code == 304
    make_observation(title="Le puits du village est à sec")
    changed = client.get(ADDRESS)
    assert changed.content != first.content
    assert "puits" in Paper(changed.content).text()


def test_a_stranger_makes_a_few_a_minute_and_is_told_to_wait(client: Client) -> None:
    for _demand in range(PER_ADDRESS - 2):
        assert meter.count("127.0.0.1") == 0
    codes = ["09.541.01.11", "09.541.01.13", "09.541"]
    answers = [client.get(f"/fr/territoires/{code}/fiche.pdf") for code in codes]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 61
    assert "Attendez une minute" in answers[2].content.decode()
    # what is already made costs nothing: it is not counted
    assert client.get(f"/fr/territoires/{codes[0]}/fiche.pdf").status_code == 200
    client.force_login(make_user(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/fr/territoires/09/fiche.pdf").status_code == 200
