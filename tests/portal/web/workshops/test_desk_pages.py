"""What trainers, delegations and the ODCO do: open where it is asked, announce, note who is there, read opinions."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bpc.portal.badges.models import Award
from bpc.portal.people.models import Notification, Organisation
from bpc.portal.people.roles import Role
from bpc.portal.workshops.models import Enrolment, Presence, Workshop
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.web.workshops.test_workshop_pages import text_of
from tests.portal.workshops.test_judging import say
from tests.portal.workshops.workshop_world import CODE, make_enrolment, make_request, make_workshop
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db


def client_of(person: Any) -> Client:
    client = Client()
    sign_in_with_factor(client, person)
    return client


@pytest.fixture
def trainer() -> Any:
    return make_user(Role.TRAINER, display_name="Nadia")


def session_values(trainer: Any, **changes: Any) -> dict[str, Any]:
    """The form of a session of two days, filled in."""
    values: dict[str, Any] = {
        "course": CODE, "commune": HERE, "commune_name": "Taroudannt", "place": "Maison de la culture", "capacity": "8",
        "spoken": ["ar"], "trainers": [str(trainer.pk)], "days-TOTAL_FORMS": "3", "days-INITIAL_FORMS": "0",
    }  # fmt: skip
    first = timezone.localdate() + timedelta(days=14)
    for number, day in enumerate((first, first + timedelta(days=1))):
        values |= {
            f"days-{number}-day_day": day.day, f"days-{number}-day_month": day.month,
            f"days-{number}-day_year": day.year, f"days-{number}-starts": "09:00", f"days-{number}-ends": "12:00",
        }  # fmt: skip
    return {**values, **changes}


def test_from_where_it_is_asked_to_an_announced_session_its_askers_told(trainer: Any) -> None:
    asker = make_user(display_name="Fatima Zahra")
    make_request(12, actor=asker, spoken="zgh")
    client = client_of(trainer)
    page = client.get("/fr/seances/ou-ouvrir").content.decode()
    assert "Fatima" not in page
    (link,) = re.findall(r'href="(/fr/seances/tenir/nouvelle\?[^"]+)"', page)
    form = client.get(link.replace("&amp;", "&")).content.decode()
    assert 'value="Taroudannt"' in form
    assert re.search(r'value="zgh"[^>]*checked', form)
    assert 'value="12"' in form
    made = client.post("/fr/seances/tenir/nouvelle", session_values(trainer))
    workshop = Workshop.objects.get()
    assert made["Location"] == reverse("web:workshop_keep", args=[workshop.reference])
    assert (workshop.state, workshop.days.count(), workshop.capacity) == ("draft", 2, 8)
    moved = client.post(f"/fr/seances/{workshop.reference}/tenir/etat", {"act": "announce"}, follow=True)
    assert "1 personne qui la demandait dans la province est prévenue" in text_of(moved)
    assert Notification.objects.get(user=asker).kind == "workshop.opened"


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(trainer: Any) -> None:
    client = client_of(trainer)
    wrong = session_values(
        trainer, place="", capacity="", cooperative="Inconnue", **{"days-1-ends": "08:00", "days-0-starts": ""}
    )  # fmt: skip
    page = client.post("/fr/seances/tenir/nouvelle", wrong)
    text = text_of(page)
    assert page.status_code == 422
    for words in (
        "Dites le nom de la salle.", "Dites combien de places a la salle.", "Donnez aussi l’heure de début.",
        "La fin vient après le début.", "Aucune coopérative de ce nom n’a d’espace sur ce site.",
    ):  # fmt: skip
        assert words in text, words
    none = {
        key: value
        for key, value in session_values(trainer).items()
        if not key.startswith(("days-0", "days-1"))
    }
    assert "Donnez au moins un jour." in text_of(client.post("/fr/seances/tenir/nouvelle", none))
    twice = session_values(trainer)
    twice |= {
        key.replace("days-0", "days-1"): value for key, value in twice.items() if key.startswith("days-0")
    }
    assert "Ce jour est déjà dit plus haut." in text_of(client.post("/fr/seances/tenir/nouvelle", twice))
    assert not Workshop.objects.exists()


def test_a_delegate_keeps_to_the_region_and_names_a_cooperative(trainer: Any) -> None:
    Organisation.objects.create(kind="cooperative", name="Tazart")
    client = client_of(make_user(Role.DELEGATE))
    elsewhere = session_values(trainer, commune=ELSEWHERE, commune_name="Oujda", commune_for="Oujda")
    refused = client.post("/fr/seances/tenir/nouvelle", elsewhere)
    assert "Cette commune n’est pas de votre région." in text_of(refused)
    client.post("/fr/seances/tenir/nouvelle", session_values(trainer, cooperative="tazart"))
    workshop = Workshop.objects.get()
    assert (workshop.audience, workshop.organisation.name) == ("cooperative", "Tazart")  # type: ignore[union-attr]
    edited = client.get(f"/fr/seances/{workshop.reference}/tenir/modifier").content.decode()
    assert 'value="Tazart"' in edited


def test_editing_is_refused_when_stale_or_for_too_few_seats(trainer: Any) -> None:
    workshop = make_workshop(trainer=trainer)
    for _ in range(3):
        make_enrolment(workshop)
    client, address = client_of(trainer), f"/fr/seances/{workshop.reference}/tenir/modifier"
    few = client.post(address, session_values(trainer, capacity="2", revision="1"))
    assert "3 personnes ont déjà une place" in text_of(few)
    assert client.post(address, session_values(trainer, revision="1")).status_code == 302
    stale = client.post(address, session_values(trainer, revision="1"))
    assert "modifiée dans une autre fenêtre" in text_of(stale)


def test_each_page_opens_to_who_holds_it_only(trainer: Any) -> None:
    workshop = make_workshop("held", days=-2, trainer=trainer)
    row = make_enrolment(workshop)
    names = ("keep", "people", "presence", "sheet", "opinions")
    addresses = [reverse(f"web:workshop_{name}", args=[workshop.reference]) for name in names]
    addresses.append(reverse("web:workshop_check_in", args=[workshop.reference, row.code]))
    expected = {
        "trainer": (trainer, 200), "other": (make_user(Role.TRAINER), 403), "delegate": (make_user(Role.DELEGATE), 200),
        "elsewhere": (make_user(Role.DELEGATE, region="02"), 403), "odco": (make_user(Role.ADMINISTRATOR), 200),
        "advisor": (make_user(Role.ADVISOR), 403),
    }  # fmt: skip
    for name, (person, status) in expected.items():
        client = client_of(person)
        assert [client.get(address).status_code for address in addresses] == [status] * 6, name
    assert {Client().get(address).status_code for address in addresses} == {302}


def test_presence_by_code_and_by_list_twice_is_once(trainer: Any) -> None:
    workshop = make_workshop(days=-1, length=2, capacity=9, trainer=trainer)
    one, two = make_enrolment(workshop, name="Aïcha"), make_enrolment(workshop, name="Brahim")
    first, second = workshop.days.all()
    client, base = client_of(trainer), f"/fr/seances/{workshop.reference}/presence"
    found = client.post(base, {"code": one.code.lower().replace("-", " ")})
    assert found["Location"] == f"{base}/{one.code}"
    assert "Ce code n’est celui d’aucune personne" in text_of(client.post(base, {"code": "K7M4-2QX"}))
    for _ in range(2):
        client.post(f"{base}/{one.code}", {"jour": f"{first}", "act": "in"})
        client.post(f"{base}?jour={second}", {"ticked": [one.pk, two.pk, "x"], "was": []})
    assert Presence.objects.count() == 3
    page = client.get(f"{base}?jour={second}").content.decode()
    assert len(re.findall(r'name="ticked"[^>]*checked', page)) == 2
    client.post(f"{base}?jour={second}", {"ticked": [one.pk], "was": [one.pk, two.pk]})
    assert set(Presence.objects.values_list("enrolment", "day")) == {(one.pk, first.pk), (one.pk, second.pk)}
    client.post(f"{base}/{one.code}", {"jour": f"{first}", "act": "undo"})
    assert Presence.objects.count() == 1


def test_registering_by_phone_or_on_the_spot_and_the_sheet_to_sign(trainer: Any) -> None:
    workshop = make_workshop(days=-1, length=2, trainer=trainer)
    client, base = client_of(trainer), f"/fr/seances/{workshop.reference}/inscrits"
    values = {"name": "Hassan", "contact": "", "language": "fr", "agreed": "on"}
    client.post(base, {**values, "submission_key": str(uuid4())})
    client.post(
        base,
        {**values, "name": "Zineb", "submission_key": str(uuid4()), "present": "1"},
    )
    assert dict(Enrolment.objects.values_list("name", "door")) == {"Hassan": "phone", "Zineb": "spot"}
    assert Presence.objects.get().enrolment.name == "Zineb"
    for language in ("fr", "ar"):
        sheet = client.get(f"/{language}/seances/{workshop.reference}/inscrits/feuille").content.decode()
        assert sheet.count('class="to-sign"') == 2
        assert "Hassan" in sheet
    hassan = Enrolment.objects.get(name="Hassan")
    client.post(f"{base}/{hassan.code}/annuler")
    hassan.refresh_from_db()
    assert hassan.state == "cancelled"


def test_held_it_awards_the_badge_and_asks_what_they_think(trainer: Any) -> None:
    workshop, comer = make_workshop(days=0, trainer=trainer), make_user()
    make_enrolment(workshop, user=comer, present=1)
    client = client_of(trainer)
    held = client.post(f"/fr/seances/{workshop.reference}/tenir/etat", {"act": "hold"}, follow=True)
    assert "1 personne l’a suivie." in text_of(held)
    award = Award.objects.get()
    assert (award.user, award.achievement.code) == (comer, f"workshop:{CODE}")
    assert "Séance tenue à Taroudannt" in award.evidence_fr
    assert "تارودانت" in award.evidence_ar
    assert Notification.objects.filter(user=comer, kind="workshop.judge").count() == 1


def test_opinions_are_read_from_five_and_by_course_by_the_odco(trainer: Any) -> None:
    workshop = make_workshop("held", days=-3, capacity=50, trainer=trainer)
    client, address = client_of(trainer), f"/fr/seances/{workshop.reference}/tenir/avis"
    for number in range(4):
        say(make_enrolment(workshop, present=1), words=f"mot numéro {number}")
    page = text_of(client.get(address))
    assert "Les avis se lisent à partir de 5 réponses." in page
    assert "mot numéro" not in page
    say(make_enrolment(workshop, present=1), clear=1)
    page = text_of(opened := client.get(address))
    assert "Les explications étaient claires 4 0 1" in page
    assert 'data-label="Oui">4' in opened.content.decode()  # on a phone, a row is a list
    assert "mot numéro 2" in page
    office = client_of(make_user(Role.ADMINISTRATOR))
    assert "Le prix et la marge 1 5 100 % 80 %" in text_of(office.get("/fr/seances/avis"))
    assert client.get("/fr/seances/avis").status_code == 403


def test_writing_to_who_asked_in_ones_region() -> None:
    asker = make_user()
    make_request(actor=asker)
    client = client_of(make_user(Role.DELEGATE))
    address = f"/fr/seances/ou-ouvrir/{CODE}/{HERE}"
    assert client.post(address, {"words": ""}).status_code == 422
    sent = client.post(address, {"words": "Un samedi matin vous convient-il ?"}, follow=True)
    assert "Message envoyé à 1 personne." in text_of(sent)
    assert "samedi matin" in Notification.objects.get(user=asker).data["words"]
    assert client.get(f"/fr/seances/ou-ouvrir/{CODE}/{ELSEWHERE}").status_code == 403
    assert client.get(f"/fr/seances/ou-ouvrir/{CODE}/rien").status_code == 404


def test_cancelling_says_why_to_everybody(trainer: Any) -> None:
    workshop = make_workshop(trainer=trainer)
    client, address = client_of(trainer), f"/fr/seances/{workshop.reference}/tenir/annuler"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "La salle est fermée."}).status_code == 302
    assert "La salle est fermée." in text_of(Client().get(f"/fr/seances/{workshop.reference}"))
    assert client.post(address, {"reason": "Encore une fois."}).status_code == 404
