"""What visitors and learners see and do: the calendar, a seat by form or by a press, asking, saying what they think."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bpc.portal.appointments.feeds import renew_feed
from bpc.portal.ideas.limits import stamp
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from bpc.portal.people.sms import MemoryGateway
from bpc.portal.workshops.links import enrolment_named, enrolment_token
from bpc.portal.workshops.models import QUESTIONS, CourseRequest, Enrolment, Opinion, Workshop
from tests.portal.plans.plain_words import plain
from tests.portal.workshops.workshop_world import (
    CODE,
    NOW,
    OTHER,
    make_enrolment,
    make_request,
    make_workshop,
)
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db


def text_of(page: Any) -> str:
    """The words of a page, with single spaces."""
    return " ".join(plain(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def listed(client: Client, query: str = "") -> set[str]:
    """The codes of the sessions of the calendar."""
    page = client.get(f"/fr/seances{query}").content.decode()
    return {
        code for code in Workshop.objects.values_list("reference", flat=True) if f"/seances/{code}" in page
    }


def signed_in(**fields: Any) -> tuple[Client, Any]:
    user, client = make_user(**fields), Client()
    client.force_login(user)
    return client, user


def seat_of(row: Enrolment, name: str = "workshop_seat") -> str:
    return reverse(f"web:{name}", args=[row.workshop.reference, enrolment_token(row)])


def seat_behind(response: Any) -> Enrolment | None:
    """The registration an answer leads to: its address tells the moment too, so no two are the same."""
    return enrolment_named(response["Location"].rpartition("/")[2])


def test_the_calendar_shows_what_is_announced_and_its_filters(client: Client) -> None:
    here, there = make_workshop(days=5), make_workshop(days=12, commune=ELSEWHERE, code=OTHER)
    held, _draft = make_workshop("held", days=-9), make_workshop("draft")
    cancelled = make_workshop("cancelled")
    assert listed(client) == {here.reference, there.reference, cancelled.reference}
    assert listed(client, "?passees=1") == {held.reference}
    assert listed(client, "?region=02") == {there.reference}
    assert listed(client, f"?cours={OTHER}") == {there.reference}
    assert listed(client, "?region=77&cours=rien&mois=2099-01") == listed(client)
    month = timezone.localtime(here.starts_at)
    assert here.reference in listed(client, f"?mois={month:%Y-%m}")
    assert not listed(client, f"?mois={month + timedelta(days=95):%Y-%m}")


def test_a_session_says_when_where_who_teaches_and_how_to_come(client: Client) -> None:
    trainer = make_user(Role.TRAINER, display_name="Nadia")
    workshop = make_workshop(length=2, trainer=trainer, note="Apportez un cahier.", spoken=["ar", "zgh"])
    page = client.get(f"/fr/seances/{workshop.reference}")
    text = text_of(page)
    for words in (
        "Le prix et la marge", "Nadia", "Maison de la culture", "Taroudannt", "Arabe · Amazighe", "3 places libres",
        "Apportez un cahier.",
    ):  # fmt: skip
        assert words in text, words
    assert client.get(f"/ar/seances/{workshop.reference}").status_code == 200
    events = Calendar.from_ical(client.get(f"/fr/seances/{workshop.reference}.ics").content).walk("VEVENT")
    assert [event["dtstart"].dt for event in events] == [day.starts_at for day in workshop.days.all()]
    assert client.get(f"/fr/seances/{make_workshop('draft').reference}").status_code == 404


def test_a_stranger_takes_a_seat_with_a_telephone_then_gives_it_back(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    workshop, key = make_workshop(), uuid4()
    values = {
        "submission_key": key, "opened": stamp(str(key), timezone.now() - timedelta(minutes=1)), "name": "Fatima",
        "contact": "06 12 34 56 78", "language": "ar", "website": "",
    }  # fmt: skip
    address = f"/fr/seances/{workshop.reference}/inscription"
    refused = client.post(address, values)
    assert refused.status_code == 422
    assert "sans votre accord, nous ne gardons rien" in text_of(refused)
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(address, {**values, "agreed": "on"})
    row = Enrolment.objects.get()
    assert seat_behind(sent) == row
    assert (row.name, row.phone, row.language) == ("Fatima", "+212612345678", "ar")
    assert [number for number, _text in MemoryGateway.outbox] == ["+212612345678"]
    seat = client.get(seat_of(row))
    assert row.code in text_of(seat)
    assert 'class="qr"' in seat.content.decode()
    assert seat["Referrer-Policy"] == "same-origin"  # no other site learns it, and its forms are sent
    again = client.post(address, {**values, "agreed": "on", "submission_key": uuid4()})
    assert again.status_code == 422  # too quick for a new form, and nobody is told whose number it is
    client.post(seat_of(row))
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert client.get(f"/fr/seances/{workshop.reference}/inscription/faux").status_code == 404


def test_one_press_for_who_asked_and_the_request_is_met() -> None:
    client, person = signed_in(display_name="Fatima")
    make_request(actor=person)
    workshop = make_workshop()
    page = client.get(f"/fr/seances/{workshop.reference}")
    assert "Vous demandiez cette séance" in text_of(page)
    join = f"/fr/seances/{workshop.reference}/je-viens"
    first, second = client.post(join), client.post(join)
    row = Enrolment.objects.get()
    assert seat_behind(first) == seat_behind(second) == row
    assert (row.name, row.user) == ("Fatima", person)
    assert CourseRequest.objects.get().state == "met"
    assert "Vous avez une place" in text_of(client.get(f"/fr/seances/{workshop.reference}"))
    nameless, _person = signed_in()
    assert nameless.post(join)["Location"].endswith("/inscription")


def test_nobody_registers_when_it_is_closed(client: Client) -> None:
    late = make_workshop(days=-1, length=3)
    assert client.get(f"/fr/seances/{late.reference}/inscription").status_code == 200
    assert "Les inscriptions sont closes" in text_of(client.get(f"/fr/seances/{late.reference}/inscription"))
    assert client.post(f"/fr/seances/{late.reference}/inscription").status_code == 409
    signed, _person = signed_in(display_name="A")
    assert signed.post(f"/fr/seances/{late.reference}/je-viens").status_code == 409
    assert not Enrolment.objects.exists()


def test_asking_keeps_what_was_typed_then_shows_it_and_takes_it_back() -> None:
    client, person = signed_in()
    address = f"/fr/seances/demander/{CODE}"
    faulty = client.post(address, {"commune_name": "Taroudannt", "people": "80", "spoken": "ar"})
    assert faulty.status_code == 422
    assert 'value="80"' in faulty.content.decode()
    assert "Écrivez un nombre de personnes, de 1 à 50." in text_of(faulty)
    wish = {
        "commune": HERE,
        "commune_name": "Taroudannt",
        "people": "12",
        "spoken": "zgh",
        "moments": ["evening"],
    }
    sent = client.post(address, wish)
    assert sent.status_code == 302
    row = CourseRequest.objects.get()
    assert (row.user, row.people, row.commune_id, row.spoken, row.evening) == (person, 12, HERE, "zgh", True)
    mine = text_of(client.get("/fr/mon-espace/seances"))
    assert "12 personnes, Taroudannt · Amazighe · depuis le" in mine
    assert 'value="12"' in client.get(address).content.decode()
    other, _person = signed_in()
    withdraw = f"/fr/mon-espace/seances/demandes/{row.pk}/retirer"
    assert other.post(withdraw).status_code == 404
    assert [client.post(withdraw).status_code for _ in range(2)] == [302, 302]
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert Client().get(address).status_code == 302
    assert client.get("/fr/seances/demander/rien").status_code == 404


def test_the_public_reads_where_it_is_asked_without_small_numbers(client: Client) -> None:
    address = f"/fr/seances/demandes/{CODE}"
    assert "Personne ne l’a encore demandée" in text_of(client.get(address))
    for _ in range(4):
        make_request(7)
    text = text_of(client.get(address))
    assert "Souss-Massa petit nombre, non montré" in text
    assert "28" not in text
    make_request(7)
    assert "35 personnes demandent cette séance." in text_of(client.get(address))


def test_a_course_shows_its_sessions_and_the_request(client: Client) -> None:
    address = f"/fr/formations/{CODE}"
    before = text_of(client.get(address))
    assert "Séances en salle Aucune séance n’est annoncée pour ce cours." in before
    workshop = make_workshop()
    make_workshop(audience="all", state="cancelled")
    for _ in range(5):
        make_request(3)
    from bpc.portal.foundation.page_cache import outdate  # noqa: PLC0415

    outdate("workshops")
    page = client.get(address).content.decode()
    assert page.count("/fr/seances/") - page.count("/fr/seances/demand") == 1
    assert f"/fr/seances/{workshop.reference}" in page
    assert f"/fr/seances/demander/{CODE}" in page
    assert "15 personnes demandent une séance" in text_of(client.get(address))
    signed, person = signed_in()
    make_request(actor=person)
    assert "Vous demandez une séance" in text_of(signed.get(address))


def test_judging_by_faces_once_by_the_address_of_the_seat(client: Client) -> None:
    workshop = make_workshop("held", days=-3)
    came, absent = make_enrolment(workshop, present=1), make_enrolment(workshop)
    address = seat_of(came, "workshop_judge")
    empty = client.post(address, {"words": "Merci"})
    assert empty.status_code == 422
    assert empty.content.decode().count("Choisissez un visage.") >= 5
    assert "Merci</textarea>" in empty.content.decode()
    faces = dict.fromkeys(QUESTIONS, "3")
    assert seat_behind(client.post(address, {**faces, "words": "Merci"})) == came
    assert Opinion.objects.get().words == "Merci"
    assert client.post(address, faces).status_code == 409
    assert Opinion.objects.count() == 1
    assert "Seules les personnes notées présentes" in text_of(client.get(seat_of(absent, "workshop_judge")))


def test_ones_calendar_address_has_the_sessions_too() -> None:
    client, person = signed_in()
    feed = renew_feed(actor=person, at=NOW)
    workshop = make_workshop()
    make_enrolment(workshop, user=person)
    body = Client().get(f"/fr/agendas/{feed.key}.ics").content
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    assert event["uid"].startswith(f"seance-{workshop.reference}")
    assert feed.key in client.get("/fr/mon-espace/seances").content.decode()


def test_notices_lead_where_they_say() -> None:
    client, person = signed_in(display_name="A")
    workshop = make_workshop()
    client.post(f"/fr/seances/{workshop.reference}/je-viens")
    notice = Notification.objects.get(user=person)
    page = client.get(f"/fr/mon-espace/notifications/{notice.pk}")
    assert page["Location"] == f"/fr/seances/{workshop.reference}"
