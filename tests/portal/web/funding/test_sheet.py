"""The sheet of a source: what it says, on whose word; its calculator; its dates as a calendar."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.funding.queries import all_sources
from bpc.portal.web.funding.calculator import CalculatorForm, ceiling_steps, shares_of
from bpc.portal.web.funding.calendar_files import calendar_file
from bpc.portal.web.funding.cards import card_of
from bpc.portal.web.funding.marks import Terms
from bpc.portal.web.funding.money import amount_lines
from tests.portal.funding.funding_world import closing, make_document
from tests.portal.web.funding.test_list import page_of

pytestmark = pytest.mark.django_db
SHEET = "/fr/financements"
TODAY = date(2026, 11, 22)
ORIGIN = "https://banque.example"


def terms_of(slug: str) -> Terms:
    """A real source with its frame."""
    known = all_sources()
    source = known[slug]
    return Terms(source, known.get(source.parent or ""))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_sheet_opens_in_both_languages(client: Client, language: str) -> None:
    for slug, source in all_sources().items():
        page = page_of(client, f"/{language}/financements/{slug}")
        assert source.name.in_language(language) in page
        assert all(one.url in page for one in source.pages)


def test_the_local_call_wins_and_the_frame_fills_what_it_leaves_out(client: Client) -> None:
    page = page_of(client, f"{SHEET}/indh-taroudant-2026")
    assert "au plus 200\u202f000 MAD par projet" in page
    assert "300\u202f000" not in page
    assert "paie au plus 90\u202f% du coût" in page
    assert "vous apportez au moins 10\u202f% du coût" in page
    assert "de cet apport, 50\u202f% au plus en nature" in page
    assert "Règle du cadre national" in page
    assert re.search(r"Part des femmes\s:\splus de 50\s%", page)


def test_women_or_youth_are_told_as_one_set(client: Client) -> None:
    page = page_of(client, f"{SHEET}/indh-p3-ess")
    assert re.search(r"Part des femmes ou des jeunes[^<]*\splus de 30\s%", page)
    assert "indh-taroudant-2026" in page  # its local call


@pytest.mark.parametrize(
    ("cost", "own", "paid"),
    [(100_000, 5_000, 95_000), (625_000, 125_000, 500_000), (800_000, 160_000, 500_000)],
)
def test_the_sliding_contribution_of_the_fisheries_call(cost: float, own: float, paid: float) -> None:
    shares = shares_of(terms_of("peche-cooperatives"), cost)
    assert shares.own == pytest.approx(own)
    assert shares.paid == pytest.approx(paid)
    assert shares.left == pytest.approx(cost - own - paid)


def test_a_loan_to_each_member_is_twenty_times_as_much_for_twenty() -> None:
    terms = terms_of("tamwil-el-fellah")
    form = CalculatorForm({"member": "20"}, terms)
    (step,) = ceiling_steps(terms, form.quantities)
    assert step.result == "4\u202f000\u202f000 MAD"


def test_the_calculator_works_without_javascript_and_tells_what_is_wrong(client: Client) -> None:
    page = page_of(client, f"{SHEET}/indh-taroudant-2026?cout=150+000")
    assert "135\u202f000 MAD (90\u202f%)" in page
    assert "15\u202f000 MAD (10\u202f%)" in page
    wrong = page_of(client, f"{SHEET}/indh-taroudant-2026?cout=beaucoup")
    assert 'value="beaucoup"' in wrong
    assert "Ce n’est pas un nombre" in wrong


@pytest.mark.parametrize("slug", ["exoneration-is", "exoneration-tva", "exoneration-coop-habitation"])
def test_a_tax_relief_is_neither_an_amount_nor_a_file_nor_an_agreement(client: Client, slug: str) -> None:
    sheet, card = page_of(client, f"{SHEET}/{slug}"), card_of(all_sources()[slug], all_sources(), TODAY)
    assert (card.amount, card.amount_kind) == ("", "relief")
    for words in ("non publié", "n’est pas publiée", "Les pièces du dossier", "Après l’accord"):
        assert words not in sheet, words
    assert "un impôt en moins" in sheet
    assert ("Ce que vous devrez faire" in sheet) == (slug == "exoneration-is")


def test_a_ceiling_said_twice_is_told_once() -> None:
    def told(slug: str) -> list[str]:
        return [line.text.replace("\u202f", " ") for line in amount_lines(terms_of(slug))]

    assert told("indh-taroudant-2026") == ["au plus 200 000 MAD par projet"]
    assert told("tamwil-el-fellah") == ["au plus 200 000 MAD par membre"]
    assert told("daam-sakane")[0] == "au plus 100 000 MAD par dossier"  # the other ones have their conditions


def test_money_paid_after_the_works_warns(client: Client) -> None:
    page = page_of(client, f"{SHEET}/fda-irrigation-collective")
    assert "Ne commencez ni travaux ni achats avant l’accord écrit" in page
    assert "prévoyez un prêt relais" in page


def test_money_without_a_counter_says_how_to_be_noticed(client: Client) -> None:
    page = page_of(client, f"{SHEET}/ada-agriculture-solidaire")
    assert "Comment se faire connaître" in page
    assert "Aucun argent n’arrive à la coopérative" in page


def test_the_chances_are_told_with_their_chart(client: Client) -> None:
    page = page_of(client, f"{SHEET}/prix-lalla-al-moutaaouina")
    assert "388" in page
    assert "Sur cent demandes, combien sont retenues" in page


def test_a_name_nobody_gave_is_not_found(client: Client) -> None:
    assert client.get(f"{SHEET}/personne").status_code == 404
    assert client.get(f"{SHEET}/personne.ics").status_code == 404


def test_announced_dates_are_events_with_a_reminder_before() -> None:
    source = make_document("appel", calendar=closing("2027-03-10", "2027-02-10"))
    events = _events(source)
    assert [(event["dtstart"].dt, str(event["status"])) for event in events] == [
        (date(2027, 3, 10), "CONFIRMED"),
        (date(2027, 1, 13), "CONFIRMED"),
    ]
    assert title_of(events[0]) == "Dernier jour : Aide d’essai appel"
    assert title_of(events[1]).startswith("Préparer le dossier :")
    assert events[0]["url"] == f"{ORIGIN}/fr/financements/appel"


def test_a_forecast_is_titled_as_one_and_tentative() -> None:
    source = make_document(
        "annuel", status="recurring", calendar=closing("2026-03-10", "2026-02-10", every_months=12)
    )
    first, reminder = _events(source)
    assert title_of(first).startswith("Prévision, à confirmer :")
    assert {str(event["status"]) for event in (first, reminder)} == {"TENTATIVE"}
    assert (first["dtstart"].dt - reminder["dtstart"].dt).days in range(42, 57)


def test_no_date_gives_no_event() -> None:
    assert _events(make_document("toujours", calendar={"permanent": True})) == []
    assert _events(make_document("inconnu")) == []


def test_the_calendar_of_the_list_answers_the_same_address(client: Client) -> None:
    whole = client.get(f"{SHEET}/echeances.ics")
    assert whole["Content-Type"].startswith("text/calendar")
    names = [str(event["summary"]) for event in Calendar.from_ical(whole.content).walk("VEVENT")]
    loans = client.get(f"{SHEET}/echeances.ics?nature=loan")
    fewer = [str(event["summary"]) for event in Calendar.from_ical(loans.content).walk("VEVENT")]
    assert set(fewer) < set(names)
    one = client.get(f"{SHEET}/peche-cooperatives.ics")
    uids = [str(event["uid"]) for event in Calendar.from_ical(one.content).walk("VEVENT")]
    assert len(uids) == len(set(uids)) == 2
    assert re.fullmatch(r'attachment; filename="peche-cooperatives.ics"', one["Content-Disposition"])


def title_of(event: Any) -> str:
    """With ordinary spaces, so that they can be read here."""
    return str(event["summary"]).replace("\xa0", " ")


def _events(source: FundingSource) -> list[Any]:
    content = calendar_file([source], origin=ORIGIN, today=TODAY)
    return list(Calendar.from_ical(content).walk("VEVENT"))
