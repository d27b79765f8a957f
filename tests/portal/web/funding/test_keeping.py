"""The pages of those who keep the directory: propose, see what was typed again, decide by another, verify."""

import html
from typing import Any

import pytest
from django.test import Client

from bpc.portal.funding.models import FundingSource, SourceEdit, SourceReport
from bpc.portal.funding.queries import source_by_slug
from bpc.portal.people.models import Organisation, User
from bpc.portal.people.roles import OrganisationKind, Role
from bpc.portal.web.funding.edit_form import EditForm, edited, initial_of
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
KEPT = "/fr/financements/tenir"
SLUG = "indh-taroudant-2026"
TODAY = "2026-11-22"


@pytest.fixture
def delegate(client: Client) -> User:
    """The delegate of Souss-Massa, signed in."""
    person = make_user(Role.DELEGATE, region="09")
    sign_in_with_factor(client, person)
    return person


def row_of(slug: str = SLUG) -> FundingSource:
    """As it is stored now."""
    return FundingSource.objects.get(slug=slug)


def answers(slug: str = SLUG, **changes: Any) -> dict[str, Any]:
    """The form as it opens, some boxes changed."""
    row = row_of(slug)
    said = {
        name: value
        for name, value in initial_of(row.content, row.version, TODAY).items()
        if value not in (None, False)
    }
    return {**said, "note": "L’appel de 2027 est publié.", **changes}


def test_a_form_sent_back_as_it_is_changes_nothing() -> None:
    for row in FundingSource.objects.all():
        form = EditForm(answers(row.slug))
        assert form.is_valid(), (row.slug, form.errors)
        assert edited(row.content, form.cleaned_data, TODAY) == row.content, row.slug


def test_a_change_waits_for_another_person(client: Client, delegate: User) -> None:
    changes = {"opens": "10/02/2027", "closes": "10/03/2027", "closes_at": "16:30", "max_mad": "250 000"}
    changes |= {"page_url": "https://example.org/appel-2027", "page_title": "Appel 2027"}
    sent = client.post(f"{KEPT}/{SLUG}/modifier", answers(**changes))
    edit = SourceEdit.objects.get()
    assert sent.headers["Location"] == f"{KEPT}/propositions/{edit.pk}"
    own = html.unescape(client.get(sent.headers["Location"]).content.decode())
    assert "250000" in own
    assert "Accepter et mettre en ligne" not in own
    assert source_by_slug(SLUG).ceiling_mad == 200_000  # type: ignore[union-attr]

    other = make_user(Role.DELEGATE, region="09")
    sign_in_with_factor(client, other)
    client.post(f"{KEPT}/propositions/{edit.pk}", {"act": "accept"})
    now = source_by_slug(SLUG)
    assert now is not None
    assert now.ceiling_mad == 250_000
    assert [(one.opens, one.closes, one.closes_at) for one in now.calendar.windows] == [
        ("2027-02-10", "2027-03-10", "16:30")
    ]
    known = now.provenance("amounts.max_mad")
    assert known.page is not None
    assert (known.page.url, known.stated) == ("https://example.org/appel-2027", True)
    public = html.unescape(client.get(f"/fr/financements/{SLUG}").content.decode())
    assert "du 10 février 2027 au 10 mars 2027" in public


def test_what_is_wrong_is_beside_its_box_and_what_was_typed_stays(client: Client, delegate: User) -> None:
    wrong = answers(closes="demain", max_mad="beaucoup", contact_phone="appelez-moi", checks_fr="une\ndeux")
    page = client.post(f"{KEPT}/{SLUG}/modifier", wrong)
    text = html.unescape(page.content.decode())
    assert page.status_code == 422
    for typed, fault in (
        ("demain", "Écrivez un jour (10/03/2026)"),
        ("beaucoup", "Ce n’est pas un nombre"),
        ("appelez-moi", "Des chiffres et des espaces seulement."),
        ("une\ndeux", "Autant de lignes dans les deux langues"),
    ):
        assert typed in text
        assert fault in text
    assert not SourceEdit.objects.exists()


def test_nothing_new_is_said(client: Client, delegate: User) -> None:
    page = client.post(f"{KEPT}/{SLUG}/modifier", answers())
    assert "Rien n’a changé" in html.unescape(page.content.decode())


def test_a_return_needs_its_reason(client: Client, delegate: User) -> None:
    client.post(f"{KEPT}/{SLUG}/modifier", answers(max_mad="250000"))
    edit = SourceEdit.objects.get()
    sign_in_with_factor(client, make_user(Role.DELEGATE, region="09"))
    without = client.post(f"{KEPT}/propositions/{edit.pk}", {"act": "return"}, follow=True)
    assert "Dites pourquoi vous la renvoyez." in without.content.decode()
    client.post(f"{KEPT}/propositions/{edit.pk}", {"act": "return", "reason": "Donnez la page."})
    edit.refresh_from_db()
    assert (edit.state, edit.reason) == ("returned", "Donnez la page.")


def test_verifying_dates_the_sheet_and_a_report_is_closed(client: Client, delegate: User) -> None:
    row = row_of()
    FundingSource.objects.filter(pk=row.pk).update(verified_on="2026-01-01", verified_day=1)
    report = SourceReport.objects.create(source=row, reason="dates", language="fr", version=row.version)
    page = html.unescape(client.get(KEPT).content.decode())
    assert row.name_fr in page
    client.post(f"{KEPT}/{SLUG}/verifier", {"changed": "no", "version": row.version})
    assert row_of().verified_on.year == 2026
    assert row_of().verified_on.month > 1
    client.post(f"{KEPT}/signalements/{report.pk}/clore", {"outcome": "corrected"})
    report.refresh_from_db()
    assert report.outcome == "corrected"
    kept = html.unescape(client.get(f"{KEPT}/{SLUG}").content.decode()).replace("\xa0", " ")
    line = kept.partition('<details class="fold"><summary>')[2].partition("</summary>")[0]
    assert line.startswith("<span>Version 1 · ")  # one span: a fold lays each of its children in a column
    assert line.endswith("</span>")


def test_strangers_and_others_stay_outside(client: Client) -> None:
    assert client.get(KEPT).status_code == 302
    sign_in_with_factor(client, make_user(Role.DELEGATE, region="02"))
    assert client.get(f"{KEPT}/{SLUG}").status_code == 403
    assert client.get(f"{KEPT}/{SLUG}/modifier").status_code == 403


def test_an_administrator_entrusts_a_sheet_to_a_funding_body(client: Client) -> None:
    body = Organisation.objects.create(kind=OrganisationKind.FUNDER, name="Fondation de la montagne")
    other = Organisation.objects.create(kind=OrganisationKind.ASSOCIATION, name="Association du village")
    sign_in_with_factor(client, make_user(Role.ADMINISTRATOR))
    page = client.get(f"{KEPT}/{SLUG}").content.decode()
    assert "Fondation de la montagne" in page
    assert "Association du village" not in page
    client.post(f"{KEPT}/{SLUG}/confier", {"organisation": body.pk})
    assert row_of().organisation_id == body.pk
    assert client.post(f"{KEPT}/{SLUG}/confier", {"organisation": other.pk}).status_code == 404
    client.post(f"{KEPT}/{SLUG}/confier", {"organisation": ""})
    assert row_of().organisation_id is None


def test_a_delegate_entrusts_nothing(client: Client, delegate: User) -> None:
    assert "/confier" not in client.get(f"{KEPT}/{SLUG}").content.decode()
    assert client.post(f"{KEPT}/{SLUG}/confier", {"organisation": ""}).status_code == 403
