"""The pages of meetings as people read them: the calendar, registering, the seat, the report, files."""

import html
import re
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from bpc.portal.gatherings.links import registration_token
from bpc.portal.gatherings.models import Gathering, MeetingReport, ProgrammeItem, Registration
from bpc.portal.gatherings.states import GatheringState
from bpc.portal.ideas import limits
from bpc.portal.web.gatherings.meeting_words import came_words
from tests.portal.gatherings.gathering_world import NOW, make_gathering, make_registration
from tests.portal.plans.plain_words import plain
from tests.portal.world import HERE, make_idea, make_user

pytestmark = pytest.mark.django_db


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return html.unescape(response.content.decode())


def sending(**changes: Any) -> dict[str, Any]:
    """A registration form opened long enough ago."""
    key = str(uuid4())
    opened = limits.stamp(key, NOW - limits.QUICKEST - timedelta(minutes=1))
    said = {"name": "Amina", "contact": "06 12 34 56 78", "language": "fr", "agreed": "on"}
    return {**said, "submission_key": key, "opened": opened, **changes}


def test_the_tour_of_2025_with_its_unknown_and_inferred_dates(client: Client) -> None:
    page = read(client, "/fr/rencontres")
    assert "Aucune rencontre annoncée." in page
    assert page.count("meeting-card") == 12
    assert page.count("date inconnue") == 4
    assert page.count("chip-deduced") == 3
    assert page.index("Rencontre régionale à Tanger") < page.index("Rencontre régionale à Oujda")
    sheet = read(client, "/fr/rencontres/2025-07")
    assert "La source, parue le samedi 10 mai, dit « jeudi dernier » : le 8." in sheet
    assert "Date déduite de ce que dit la source." in sheet
    assert "Taoufik" not in sheet  # an office speaks, never a name
    assert "Délégué régional de l’ODCO" in sheet
    arabic = read(client, "/ar/rencontres/2025-08")
    assert "فندق فيلا دو فرانس" in arabic
    assert "اتحاد العمل النسائي" in arabic


def test_meetings_to_come_first_cancelled_ones_said_so_and_by_region(client: Client) -> None:
    far, near = make_gathering(days=40, title_fr="La seconde"), make_gathering(days=4, title_fr="La première")
    make_gathering("cancelled", days=9, title_fr="La perdue")
    make_gathering(days=5, commune="02.411.01.23", title_fr="Celle de l’Oriental")
    page = read(client, "/fr/rencontres")
    order = [page.index(title) for title in ("La première", "Celle de l’Oriental", "La perdue", "La seconde")]
    assert order == sorted(order)
    assert "3 places libres" in page
    mine = read(client, "/fr/rencontres?region=09")
    assert "La première" in mine
    assert "Celle de l’Oriental" not in mine
    assert read(client, "/fr/rencontres?region=99").count("meeting-card") == 16
    assert (near.key, far.key) != ("", "")


def test_a_sheet_shows_programme_partners_report_and_ideas_born_there(client: Client) -> None:
    gathering = make_gathering(
        "held", days=-3, partners=[{"fr": "Chambre d’agriculture", "ar": "الغرفة الفلاحية"}]
    )
    ProgrammeItem.objects.create(
        gathering=gathering, position=0, starts="09:00", ends="09:30", title_fr="Accueil"
    )
    published, waiting = (
        make_idea(title="Un moulin commun"),
        make_idea(state="submitted", title="Un pressoir"),
    )
    for idea in (published, waiting):
        gathering.gathered_ideas.create(idea=idea)
    sheet = read(client, f"/fr/rencontres/{gathering.key}")
    for word in (
        "Chambre d’agriculture",
        "9\u00a0h\u00a000 – 9\u00a0h\u00a030",
        "Accueil",
        "Un moulin commun",
    ):
        assert word in sheet
    assert "Un pressoir" not in sheet
    assert "Le compte rendu n’est pas encore publié." in sheet
    assert client.get(f"/fr/rencontres/{gathering.key}/compte-rendu").status_code == 404
    MeetingReport.objects.create(
        gathering=gathering, text_fr="On a parlé d’eau.", published_at=NOW,
        figures={"came": 12, "women": {"yes": None, "no": None, "unknown": 6}, "young": {}, "kinds": {"": 12}},
    )  # fmt: skip
    report = read(client, f"/fr/rencontres/{gathering.key}/compte-rendu")
    assert "On a parlé d’eau." in report
    assert plain(report).count("masqué : petit nombre") == 2
    other = read(client, f"/ar/rencontres/{gathering.key}/compte-rendu")
    assert "On a parlé d’eau." in other


def test_a_stranger_registers_and_reads_code_and_qr_then_cancels(client: Client) -> None:
    gathering = make_gathering(capacity=1)
    address = f"/fr/rencontres/{gathering.key}/inscription"
    assert "Sans compte, un nom et un téléphone suffisent." in read(client, f"/fr/rencontres/{gathering.key}")
    response = client.post(address, sending(woman="yes", actor_kind="holder"))
    assert response.status_code == 303
    row = Registration.objects.get(gathering=gathering)
    assert (row.phone, row.woman, row.young, row.consent_version) == (
        "+212612345678",
        "yes",
        "unknown",
        "2026-11",
    )
    seat = client.get(response["Location"])
    assert "no-store" in seat["Cache-Control"]
    assert seat["Referrer-Policy"] == "same-origin"  # no other site learns it, and its forms are sent
    page = html.unescape(seat.content.decode())
    assert row.code in page
    assert 'class="qr"' in page
    assert client.post(address, sending(contact="nora@example.org")).status_code == 303
    assert Registration.objects.latest("pk").state == "waiting"
    assert client.post(response["Location"]).status_code == 303
    assert "Votre inscription est annulée." in read(client, response["Location"])
    assert Registration.objects.latest("pk").state == "registered"
    assert client.get(response["Location"] + "x").status_code == 404
    assert client.get(f"/fr/rencontres/2025-01/inscription/{registration_token(row)}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": ""}, "Dites comment vous appeler à l’entrée."),
        ({"contact": "12"}, "Écrivez une adresse e-mail ou un numéro."),
        ({"agreed": ""}, "Cochez cette case : sans votre accord, nous ne gardons rien."),
        ({"website": "http://spam"}, "Laissez ce champ vide"),
        ({"opened": "x"}, "Ce formulaire est revenu trop vite"),
        ({"name": "<script>alert(1)</script>"}, "les balises comme <script> ne sont pas acceptées"),
    ],
)
def test_faults_are_told_beside_their_field(client: Client, changes: dict[str, str], fault: str) -> None:
    gathering = make_gathering()
    response = client.post(f"/fr/rencontres/{gathering.key}/inscription", sending(**changes))
    assert response.status_code == 422
    assert fault in plain(html.unescape(response.content.decode()))
    assert not gathering.registrations.exists()


def test_the_same_contact_twice_is_told_to_that_contact_only(client: Client) -> None:
    gathering = make_gathering()
    row = make_registration(gathering, phone="+212612345678", name="Zineb")
    response = client.post(f"/fr/rencontres/{gathering.key}/inscription", sending())
    page = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert "Ce contact est déjà inscrit" in page
    assert row.code not in page
    assert "Zineb" not in page
    assert gathering.registrations.count() == 1


def test_too_many_from_one_connection(client: Client) -> None:
    gathering = make_gathering(capacity=None)
    address = f"/fr/rencontres/{gathering.key}/inscription"
    codes = [
        client.post(address, sending(contact=f"p{number}@example.org")).status_code for number in range(61)
    ]
    assert codes == [303] * 60 + [422]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (GatheringState.PLANNED, "Les inscriptions ne sont pas ouvertes."),
        (GatheringState.CANCELLED, "Cette rencontre est annulée."),
        (GatheringState.HELD, "Cette rencontre est passée."),
    ],
)
def test_no_form_where_nobody_registers(client: Client, state: str, words: str) -> None:
    gathering = make_gathering(state)
    page = read(client, f"/fr/rencontres/{gathering.key}/inscription")
    assert words in page
    assert '<form method="post"' not in page
    assert client.post(f"/fr/rencontres/{gathering.key}/inscription", sending()).status_code == 409


def test_a_person_with_an_account_gives_no_contact_and_finds_the_seat_again(client: Client) -> None:
    gathering, person = make_gathering(), make_user(email="amina@example.org")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/fr/rencontres/{gathering.key}/inscription"
    assert 'name="contact"' not in read(client, address)
    said = sending()
    del said["contact"]
    assert client.post(address, said).status_code == 303
    row = Registration.objects.get(user=person)
    assert row.email == "amina@example.org"
    assert client.get(address).status_code == 303
    assert "Vous avez une place." in read(client, f"/fr/rencontres/{gathering.key}")
    assert "Vous avez une place." not in read(Client(), f"/fr/rencontres/{gathering.key}")


def events_of(response: Any) -> list[Any]:
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_calendar_files_keep_their_identity_and_strike_out_the_cancelled(client: Client) -> None:
    gathering = make_gathering(days=10, lon=-8.87, lat=30.47)
    make_gathering("cancelled", days=11)
    response = client.get(f"/fr/rencontres/{gathering.key}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events_of(response)
    assert event["uid"] == f"rencontre-{gathering.key}@banque-projets"
    assert event["dtstart"].dt == gathering.starts_at
    assert (event["geo"].latitude, event["geo"].longitude) == (30.47, -8.87)
    every = events_of(client.get("/fr/rencontres/calendrier.ics"))
    assert [str(one["status"]) for one in every] == ["CONFIRMED", "CANCELLED"]
    assert client.get("/fr/rencontres/2025-09.ics").status_code == 404  # its day is unknown
    day_only = make_gathering(days=20, starts_at=None, ends_at=None)
    (event,) = events_of(client.get(f"/ar/rencontres/{day_only.key}.ics"))
    assert event["dtstart"].dt == day_only.date
    assert "تارودانت" in str(event["summary"])


def _bulk(number: int, days: int) -> None:
    model = make_gathering("held", days=days)
    Gathering.objects.bulk_create(
        [
            Gathering(
                **{
                    field.attname: getattr(model, field.attname)
                    for field in Gathering._meta.concrete_fields
                    if not field.primary_key and field.name != "key"
                },
                key=f"bulk-{days}-{position}",
            )
            for position in range(number)
        ],
        batch_size=500,
    )


def test_the_calendar_costs_the_same_for_ten_and_for_five_thousand(client: Client) -> None:
    seen = []
    read(client, "/fr/rencontres?n=0")  # what a process reads once is read
    for number in (10, 5000):
        _bulk(number, -number)
        _bulk(number, number)
        with CaptureQueriesContext(connection) as queries:
            page = read(client, f"/fr/rencontres?n={number}")
        seen.append(len(queries))
        assert page.count("meeting-card") <= 20 + 30 + 30
        assert not any('"note_fr"' in one["sql"] for one in queries)
    assert seen[0] == seen[1]
    assert seen[0] <= 8


def test_pages_of_strangers_are_kept_and_follow_a_registration(client: Client) -> None:
    gathering = make_gathering(capacity=2)
    assert "2 places libres" in read(client, f"/fr/rencontres/{gathering.key}")
    with CaptureQueriesContext(connection) as queries:
        read(client, f"/fr/rencontres/{gathering.key}")
    assert len(queries) <= 1
    Client().post(f"/fr/rencontres/{gathering.key}/inscription", sending())
    assert "1 place libre" in read(client, f"/fr/rencontres/{gathering.key}")


def test_the_territory_sheet_and_the_home_page_lead_to_the_meeting(client: Client) -> None:
    gathering = make_gathering(days=6)
    assert re.search(rf'href="/fr/rencontres/{gathering.key}"', read(client, f"/fr/territoires/{HERE}"))
    assert re.search(rf'href="/fr/rencontres/{gathering.key}"', read(client, "/fr/"))


def test_how_many_came_is_a_sentence_and_a_small_number_is_masked() -> None:
    assert came_words({"came": 19}) == "19 personnes notées à l’entrée"
    assert (
        plain(came_words({"came": None}))
        == "Le nombre de personnes notées à l’entrée est petit : il est masqué."
    )
    assert came_words({}) == ""


def test_the_hours_of_the_programme_follow_the_direction_of_the_page(client: Client) -> None:
    """In Arabic the beginning is read first, from the right: nothing turns the two hours round."""
    gathering = make_gathering("open", days=9)
    gathering.programme.create(position=1, title_fr="Accueil", starts=time(9), ends=time(9, 30))
    page = client.get(f"/ar/rencontres/{gathering.key}").content.decode()
    assert '<span class="hours">9:00 – 9:30</span>' in page
