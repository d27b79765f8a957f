"""Telling that a sheet is wrong, without an account."""

import pytest
from django.test import Client

from bpc.portal.funding.models import FundingSource, SourceReport
from tests.portal.web.funding.test_list import page_of

pytestmark = pytest.mark.django_db
FORM = "/fr/financements/peche-cooperatives/signaler"


def test_a_stranger_reports_and_is_thanked(client: Client) -> None:
    answer = client.post(
        FORM, {"reason": "dates", "text": "L’appel de 2026 est déjà passé.", "website": ""}, follow=True
    )
    assert answer.redirect_chain == [("/fr/financements/peche-cooperatives", 302)]
    assert "Une personne qui tient cette fiche va vérifier." in answer.content.decode()
    report = SourceReport.objects.get()
    assert (report.source.slug, report.reason, report.language, report.reporter) == (
        "peche-cooperatives",
        "dates",
        "fr",
        None,
    )


@pytest.mark.parametrize(
    ("posted", "fault"),
    [
        ({}, "Choisissez ce qui ne va pas."),
        ({"reason": "other", "text": ""}, "Dites en quelques mots ce qui ne va pas."),
        ({"reason": "dates", "website": "https://spam.example"}, "il sert à reconnaître les machines"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    client: Client, posted: dict[str, str], fault: str
) -> None:
    answer = client.post(FORM, posted)
    assert answer.status_code == 422
    assert fault in answer.content.decode()
    assert not SourceReport.objects.exists()


def test_too_many_at_once_are_refused_in_words(client: Client) -> None:
    answers = [client.post(FORM, {"reason": "closed"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [422]


def test_a_sheet_taken_off_cannot_be_reported(client: Client) -> None:
    FundingSource.objects.filter(slug="peche-cooperatives").update(state="retired")
    assert client.get(FORM).status_code == 404
    assert "Signaler une erreur" in page_of(client, "/fr/financements/indh-p3-ess/signaler")
