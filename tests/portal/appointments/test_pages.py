"""The pages, without JavaScript: choosing, booking, the moment that somebody else took, moving, cancelling."""

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.appointments.models import Appointment, Calendar, CalendarFeed, OpeningRule
from bpc.portal.appointments.openings import Slot
from bpc.portal.appointments.queries import next_free
from bpc.portal.appointments.states import Audience, Manner, State
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.web.appointments.words import slot_key
from tests.portal.appointments.appointment_world import (
    let_in,
    make_asker,
    make_calendar,
    make_rule,
    take,
    write_appointment,
)
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import ELSEWHERE, make_user

OWN = "/fr/mon-espace/rendez-vous"
AGENDA = "/fr/mon-espace/agenda"
DAILY = {"weekdays": (1, 2, 3, 4, 5, 6, 7), "from_time": time(9), "to_time": time(17)}


def signed(user: User) -> Client:
    client = Client()
    sign_in_with_factor(client, user)
    return client


def open_hours(**changes: Any) -> tuple[Calendar, OpeningRule, Slot]:
    """Hours of every day, and their first free moment."""
    calendar = make_calendar()
    rule = make_rule(calendar, **{**DAILY, "valid_from": timezone.localdate(), **changes})
    return calendar, rule, first_free(calendar)


def first_free(calendar: Calendar) -> Slot:
    return next_free(calendar, at=timezone.now(), number=1)[0]


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "subject": "plan",
        "words": "Le prix du miel",
        "phone": "",
        "submission_key": str(uuid4()),
        **changes,
    }


@pytest.mark.django_db
def test_from_the_list_of_moments_to_the_appointment() -> None:
    calendar, _rule, slot = open_hours()
    asker = make_asker()
    client = signed(asker)
    mine = client.get(OWN)
    assert f"{OWN}/avec/{calendar.pk}" in mine.content.decode()
    listed = client.get(f"{OWN}/avec/{calendar.pk}")
    address = f"{OWN}/avec/{calendar.pk}/{slot_key(slot)}"
    assert address in listed.content.decode()
    assert "<script" not in listed.content.decode().split("<main")[1].split("</main>")[0]
    assert client.get(address).status_code == 200
    assert client.post(address, filled(subject="")).status_code == 422
    sent = filled()
    answers = [client.post(address, sent) for _ in range(2)]  # sent twice
    made = Appointment.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [f"{OWN}/{made.reference}"] * 2
    page = client.get(f"{OWN}/{made.reference}").content.decode()
    assert "Le prix du miel" in page
    assert "Délégation d’Agadir" in page


@pytest.mark.django_db
def test_who_is_too_late_is_told_with_the_next_moments_and_keeps_what_they_wrote() -> None:
    calendar, rule, slot = open_hours()
    asker = make_asker()
    client = signed(asker)
    address = f"{OWN}/avec/{calendar.pk}/{slot_key(slot)}"
    take(rule, make_asker(), slot.starts_at, at=timezone.now())
    seen = client.get(address)
    assert seen.status_code == 409
    refused = client.post(address, filled())
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Quelqu’un vient de prendre ce moment." in page
    assert "Le prix du miel" in page
    free = first_free(calendar)  # of the same day, or of the next one where the hour of this run leaves none
    assert f'name="slot" value="{slot_key(free)}"' in page
    assert client.post(address, filled(slot=slot_key(free))).status_code == 302
    assert Appointment.objects.get(asker=asker).starts_at == free.starts_at >= slot.ends_at


@pytest.mark.django_db
def test_a_number_is_asked_where_the_advisor_calls_and_only_the_advisor_reads_it() -> None:
    calendar, _rule, slot = open_hours(manner=Manner.PHONE, place="", audience=Audience.PROJECTS)
    owner, reader = make_user(), make_user()
    project = let_in(owner, calendar.user)
    project.members.create(user=reader, role="reader")
    client = signed(owner)
    address = f"{OWN}/avec/{calendar.pk}/{slot_key(slot)}"
    assert client.post(address, filled(project=project.pk)).status_code == 422
    assert client.post(address, filled(project=project.pk, phone="12")).status_code == 422
    assert client.post(address, filled(project=project.pk, phone="05 28 12 34 56")).status_code == 302
    reference = Appointment.objects.get().reference
    for person, sees in ((owner, False), (reader, False), (calendar.user, True)):
        page = signed(person).get(f"{OWN}/{reference}").content.decode()
        assert ("+212528123456" in page) is sees
    for stranger in (
        make_user(),
        make_user(Role.DELEGATE),
        make_user(Role.ADMINISTRATOR),
        make_user(Role.ADVISOR),
    ):
        assert signed(stranger).get(f"{OWN}/{reference}").status_code == 404
        assert signed(stranger).get(f"{OWN}/{reference}.ics").status_code == 404


@pytest.mark.django_db
def test_a_person_of_another_region_finds_no_calendar() -> None:
    calendar, _rule, slot = open_hours()
    client = signed(make_user(commune_id=ELSEWHERE))
    assert client.get(f"{OWN}/avec/{calendar.pk}").status_code == 404
    assert client.get(f"{OWN}/avec/{calendar.pk}/{slot_key(slot)}").status_code == 404
    for nonsense in ("1", "1-2", "a-202701010900", f"{'9' * 30}-202701010900", "1-209913010900"):
        assert signed(make_asker()).get(f"{OWN}/avec/{calendar.pk}/{nonsense}").status_code == 404


@pytest.mark.django_db
def test_moving_and_cancelling_on_the_pages() -> None:
    calendar, rule, _slot = open_hours()
    asker = make_asker()
    in_time = next(
        one for one in next_free(calendar, at=timezone.now(), number=60)
        if one.starts_at > timezone.now() + timedelta(hours=30)
    )  # fmt: skip
    row = take(rule, asker, in_time.starts_at, at=timezone.now())
    client = signed(asker)
    moves = client.get(f"{OWN}/{row.reference}/deplacer")
    other = first_free(calendar)
    assert f"/deplacer/{slot_key(other)}" in moves.content.decode()
    assert client.get(f"{OWN}/{row.reference}/deplacer/{slot_key(other)}").status_code == 200
    client.post(f"{OWN}/{row.reference}/deplacer/{slot_key(other)}")
    row.refresh_from_db()
    assert row.starts_at == other.starts_at
    assert client.get(f"{OWN}/{row.reference}/annuler").status_code == 200
    client.post(f"{OWN}/{row.reference}/annuler")
    row.refresh_from_db()
    assert row.state == State.CANCELLED
    assert client.get(f"{OWN}/{row.reference}/deplacer").status_code == 404


@pytest.mark.django_db
def test_an_advisor_cancels_with_a_reason_and_the_asker_reads_the_proposals() -> None:
    calendar, rule, slot = open_hours()
    asker = make_asker()
    row = take(rule, asker, slot.starts_at, at=timezone.now())
    client = signed(calendar.user)
    assert client.post(f"{OWN}/{row.reference}/annuler", {"reason": ""}).status_code == 422
    other = slot_key(first_free(calendar))
    client.post(f"{OWN}/{row.reference}/annuler", {"reason": "Formation à Rabat.", "proposed": [other]})
    page = signed(asker).get(f"{OWN}/{row.reference}").content.decode()
    assert "Formation à Rabat." in page
    assert f"/avec/{calendar.pk}/{other}" in page


@pytest.mark.django_db
def test_the_agenda_hours_absence_and_booking_for_somebody() -> None:
    advisor = make_user(Role.ADVISOR)
    client = signed(advisor)
    assert "Vos rendez-vous seront ici" in client.get(AGENDA).content.decode()
    today = timezone.localdate()
    day = {"valid_from_day": today.day, "valid_from_month": today.month, "valid_from_year": today.year}
    hours = {
        "weekdays": ["1", "2", "3", "4", "5", "6", "7"], "from_time": "09:00", "to_time": "17:00", "minutes": "30",
        "pause": "10", "manner": "place", "place": "Délégation, bureau 4", "spoken": "both", "audience": "projects",
        "commune_name": "Agadir", **day,
    }  # fmt: skip
    assert client.post(f"{AGENDA}/horaires/nouvelles", {**hours, "minutes": "33"}).status_code == 422
    made = client.post(f"{AGENDA}/horaires/nouvelles", hours)
    assert made.status_code == 302, made.context["form"].errors
    calendar = Calendar.objects.get(user=advisor)
    assert "9\u00a0h\u00a000" in client.get(f"{AGENDA}/horaires").content.decode()
    slot = next_free(calendar, at=timezone.now(), number=1)[0]
    address = f"{AGENDA}/reserver/{slot_key(slot)}"
    assert address in client.get(f"{AGENDA}/reserver?du={slot.day}").content.decode()
    said = filled(name="Fadma", phone="06 12 34 56 78", language="ar")
    assert client.post(address, said).status_code == 302
    week = f"{slot.day:%G-W%V}"
    page = client.get(f"{AGENDA}?semaine={week}").content.decode()
    assert "Fadma" in page
    assert "+212612345678" in page
    away = {
        "kind": "absence",
        "first_day": slot.day.day,
        "first_month": slot.day.month,
        "first_year": slot.day.year,
    }
    assert client.post(f"{AGENDA}/horaires/absence", away).headers["Location"] == AGENDA
    assert "Pendant vos absences" in client.get(AGENDA).content.decode()
    assert client.post(f"{AGENDA}/horaires/absence/{calendar.changes.get().pk}/enlever").status_code == 302
    assert client.post(f"{AGENDA}/horaires/{calendar.rules.get().pk}/fermer").status_code == 302
    assert signed(make_asker()).get(AGENDA).status_code == 403


@pytest.mark.django_db
def test_a_second_missed_appointment_shows_a_friendly_rule_and_forbids_nothing() -> None:
    calendar, _rule, slot = open_hours()
    asker = make_asker()
    address = f"{OWN}/avec/{calendar.pk}/{slot_key(slot)}"
    client = signed(asker)
    for number, shown in ((1, False), (2, True)):
        began = timezone.now() - timedelta(days=number, minutes=number)
        write_appointment(calendar, asker=asker, starts_at=began)
        row = Appointment.objects.latest("pk")
        signed(calendar.user).post(f"{OWN}/{row.reference}/suite", {"outcome": "missed"})
        assert ("Cela arrive à tout le monde" in client.get(address).content.decode()) is shown
    assert client.post(address, filled()).status_code == 302


@pytest.mark.django_db
def test_the_delegate_reads_numbers_of_the_region_and_no_subject() -> None:
    calendar, rule, slot = open_hours()
    take(rule, make_asker(display_name="Amina"), slot.starts_at, at=timezone.now())
    page = signed(make_user(Role.DELEGATE)).get(f"{AGENDA}/charge").content.decode()
    assert "Conseillère" in page
    for private in ("Amina", "prix", "plan d’affaires", "+212"):
        assert private not in page
    elsewhere = signed(make_user(Role.DELEGATE, region=ELSEWHERE[:2])).get(f"{AGENDA}/charge?region=09")
    assert "Conseillère" not in elsewhere.content.decode()
    assert signed(calendar.user).get(f"{AGENDA}/charge").status_code == 403


@pytest.mark.django_db
def test_the_calendar_on_a_telephone_tells_nothing_private_and_closes() -> None:
    calendar, rule, slot = open_hours(
        manner=Manner.VIDEO, place="", video_link="https://example.org/salle-secrete"
    )
    asker = make_asker(display_name="Amina")
    row = take(rule, asker, slot.starts_at, at=timezone.now())
    client = signed(asker)
    client.post(OWN, {"act": "renew"})
    key = CalendarFeed.objects.get(user=asker).key
    assert key in client.get(OWN).content.decode()
    answer = Client().get(f"/fr/agendas/{key}.ics")
    text = answer.content.decode().replace("\r\n ", "")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert f"UID:rendez-vous-{row.reference}@" in text
    assert "SUMMARY:Rendez-vous\\, Banque de Projets Coopératifs" in text
    for private in ("Amina", "prix", "secrete", "Conseillère", "plan"):
        assert private not in text
    client.post(OWN, {"act": "renew"})
    assert Client().get(f"/fr/agendas/{key}.ics").status_code == 404
    new = CalendarFeed.objects.get(user=asker).key
    client.post(OWN, {"act": "close"})
    assert Client().get(f"/fr/agendas/{new}.ics").status_code == 404
    assert "salle-secrete" in client.get(f"{OWN}/{row.reference}").content.decode()
    assert "salle-secrete" not in client.get(f"{OWN}/avec/{calendar.pk}").content.decode()


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.django_db
def test_the_queries_of_pages_do_not_grow() -> None:
    calendar, rule, _slot = open_hours()
    asker = make_asker()
    people = {
        "asker": signed(asker),
        "advisor": signed(calendar.user),
        "delegate": signed(make_user(Role.DELEGATE)),
    }
    pages = (
        ("asker", OWN), ("asker", f"{OWN}/avec/{calendar.pk}"), ("advisor", AGENDA), ("delegate", f"{AGENDA}/charge")
    )  # fmt: skip

    def count() -> list[int]:
        return [count_queries(people[who], address) for who, address in pages]

    take(rule, asker, first_free(calendar).starts_at, at=timezone.now())
    write_appointment(calendar, asker=asker, starts_at=timezone.now() - timedelta(hours=3))
    count()
    few = count()
    for number in range(12):
        write_appointment(
            calendar, asker=asker, starts_at=timezone.now() - timedelta(minutes=200 + 35 * number)
        )
        write_appointment(
            calendar, asker=asker, starts_at=timezone.now() + timedelta(minutes=200 + 35 * number)
        )
        make_rule(
            calendar,
            from_time=time(9),
            to_time=time(9 + 1),
            minutes=10 + 5 * (number % 8),
            weekdays=(1 + number % 7,),
        )
        make_rule(make_calendar(make_user(Role.ADVISOR)))
    assert count() == few
    assert max(few) <= 30
