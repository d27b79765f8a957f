"""The organisers' pages: announcing to publishing, the desk, the door, and nobody else's meeting."""

import csv
import html
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from bpc.portal.foundation.audit import trail_of
from bpc.portal.gatherings.models import Gathering, MeetingPhoto, MeetingReport
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from tests.portal.gatherings.gathering_world import NOW, make_gathering, make_registration
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db
DAY = timezone.localdate(NOW) + timedelta(days=30)


@pytest.fixture
def delegate(client: Client) -> Client:
    """A browser signed in as the delegate of Souss-Massa."""
    sign_in_with_factor(client, make_user(Role.DELEGATE))
    return client


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return html.unescape(response.content.decode())


def meeting(**changes: Any) -> dict[str, Any]:
    said = {
        "commune_name": "Taroudannt", "commune": HERE, "day_day": DAY.day, "day_month": DAY.month,
        "day_year": DAY.year, "starts": "09:00", "ends": "12:30", "venue_fr": "Maison de la culture",
        "theme_fr": "L’eau et l’argan", "partners": "Chambre d’agriculture | الغرفة الفلاحية", "capacity": "2",
    }  # fmt: skip
    return {**said, **changes}


def desk(**changes: Any) -> dict[str, Any]:
    said = {"name": "Zineb", "contact": "05 28 00 00 00", "language": "ar", "agreed": "on"}
    return {**said, "submission_key": str(uuid4()), **changes}


def test_from_the_announcement_to_the_published_report(delegate: Client) -> None:
    response = delegate.post("/fr/rencontres/tenir/nouvelle", meeting())
    assert response.status_code == 302
    gathering = Gathering.objects.get(origin="site")
    assert gathering.key == f"{DAY.year}-09-1"
    assert (gathering.state, gathering.date, gathering.capacity) == ("planned", DAY, 2)
    assert gathering.partners == [{"fr": "Chambre d’agriculture", "ar": "الغرفة الفلاحية"}]
    keep = f"/fr/rencontres/{gathering.key}/tenir"
    programme = {
        "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "revision": str(gathering.revision),
        "form-0-starts": "09:00", "form-0-ends": "09:30", "form-0-title_fr": "Accueil", "form-1-title_fr": "",
    }  # fmt: skip
    assert delegate.post(f"{keep}/programme", programme).status_code == 302
    assert [item.title_fr for item in gathering.programme.all()] == ["Accueil"]
    assert "modifiée dans une autre fenêtre" in text(delegate.post(f"{keep}/programme", programme), 422)
    assert delegate.post(f"{keep}/etat", {"act": "open"}).status_code == 302
    gathering.refresh_from_db()
    assert gathering.state == "open"
    delegate.post(f"{keep}/etat", {"act": "hold"})
    gathering.refresh_from_db()
    assert gathering.state == "open"  # its day has not come
    Gathering.objects.filter(pk=gathering.pk).update(
        date=DAY - timedelta(days=40), starts_at=NOW - timedelta(days=9), ends_at=NOW - timedelta(days=8)
    )
    delegate.post(f"{keep}/etat", {"act": "hold"})
    attendee = make_registration(gathering, attended_at=NOW, user=make_user())
    words = {"text_fr": "On a parlé d’eau.", "text_ar": "", "revision": "0", "act": "publish"}
    assert delegate.post(f"{keep}/compte-rendu", words).status_code == 302
    report = MeetingReport.objects.get(gathering=gathering)
    assert report.published_at is not None
    assert report.figures["came"] is None  # one person: a small number
    assert Notification.objects.filter(user=attendee.user, kind="gathering.reported").count() == 1
    assert [entry.verb for entry in trail_of(gathering)] == [
        "announce gathering", "write programme", "open registration", "hold gathering", "write report",
        "publish report",
    ]  # fmt: skip


def test_only_the_own_region_and_only_what_was_announced_here(delegate: Client) -> None:
    far = make_gathering(commune=ELSEWHERE)
    for tail in ("tenir", "tenir/modifier", "tenir/annuler", "inscrits", "inscrits.csv", "presence"):
        assert delegate.get(f"/fr/rencontres/{far.key}/{tail}").status_code == 403, tail
    assert delegate.get("/fr/rencontres/2025-10/tenir").status_code == 200
    assert delegate.get("/fr/rencontres/2025-10/tenir/modifier").status_code == 404  # corrected in the facts
    refused = delegate.post("/fr/rencontres/tenir/nouvelle", meeting(commune_name="Oujda", commune=ELSEWHERE))
    assert "Cette commune n’est pas de votre région." in text(refused, 422)
    assert Client().get("/fr/rencontres/tenir").status_code == 302


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"ends": "08:00"}, "La fin vient après le début."),
        ({"day_day": "", "day_month": "", "day_year": ""}, "Donnez le jour avec l’heure."),
        ({"lat": "33,57", "lon": "-7,59"}, "Ce point n’est pas dans la commune choisie."),
        ({"lat": "30,47"}, "Donnez la latitude et la longitude"),
        ({"commune_name": "", "commune": ""}, "Dites dans quelle commune se tient la rencontre."),
    ],
)
def test_faults_of_an_announcement(delegate: Client, changes: dict[str, str], fault: str) -> None:
    assert fault in text(delegate.post("/fr/rencontres/tenir/nouvelle", meeting(**changes)), 422)
    assert not Gathering.objects.filter(origin="site").exists()


def test_editing_tells_the_registered_and_gives_new_seats(delegate: Client) -> None:
    gathering = make_gathering(capacity=1)
    seated, waits = make_user(), make_user()
    make_registration(gathering, user=seated)
    make_registration(gathering, user=waits, state="waiting", seated_at=None)
    edit = f"/fr/rencontres/{gathering.key}/tenir/modifier"
    assert "Maison de la culture" in text(delegate.get(edit))
    assert delegate.post(edit, meeting(revision="1", capacity="2")).status_code == 302
    gathering.refresh_from_db()
    assert (gathering.seat_count, gathering.waiting_count, gathering.revision) == (2, 0, 2)
    assert set(Notification.objects.filter(user=waits).values_list("kind", flat=True)) == {
        "gathering.seated", "gathering.changed"
    }  # fmt: skip
    assert "modifiée dans une autre fenêtre" in text(delegate.post(edit, meeting(revision="1")), 422)
    assert "2 personnes ont déjà une place" in text(
        delegate.post(edit, meeting(revision="2", capacity="1")), 422
    )


def test_cancelling_says_why_to_everybody(delegate: Client) -> None:
    gathering, person = make_gathering(), make_user()
    make_registration(gathering, user=person)
    cancel = f"/fr/rencontres/{gathering.key}/tenir/annuler"
    assert "1 personne est inscrite" in text(delegate.get(cancel))
    assert "Dites pourquoi" in text(delegate.post(cancel, {"reason": ""}), 422)
    assert delegate.post(cancel, {"reason": "La salle est fermée."}).status_code == 302
    assert "La salle est fermée." in text(Client().get(f"/fr/rencontres/{gathering.key}"))
    (notice,) = Notification.objects.filter(user=person, kind="gathering.cancelled")
    assert notice.data["reason"] == "La salle est fermée."
    assert delegate.post(cancel, {"reason": "Encore une fois."}).status_code == 404


def test_the_desk_by_phone_then_the_door(delegate: Client) -> None:
    gathering = make_gathering(capacity=1)
    desk_page = f"/fr/rencontres/{gathering.key}/inscrits"
    assert delegate.post(desk_page, desk()).status_code == 302
    row = gathering.registrations.get()
    assert (row.phone, row.door, row.language) == ("+212528000000", "phone", "ar")  # a landline may call
    again = plain(text(delegate.post(desk_page, desk()), 422))
    assert f"Ce contact est déjà inscrit : Zineb, code {row.code}." in again
    assert "05 28" in text(delegate.get(desk_page)) or row.phone in text(delegate.get(desk_page))
    door = f"/fr/rencontres/{gathering.key}/presence"
    typed = row.code.lower().replace("-", " ")
    assert delegate.post(door, {"code": typed})["Location"] == f"{door}/{row.code}"
    wrong = ("2" if row.code[0] != "2" else "3") + row.code[1:]
    assert "contient une erreur" in text(delegate.post(door, {"code": wrong}), 422)
    assert "Zineb" in text(delegate.get(f"{door}/{row.code}"))
    row.refresh_from_db()
    assert row.attended_at is None  # opening the QR is not enough: somebody confirms
    assert delegate.post(f"{door}/{row.code}", {"act": "in"}).status_code == 302
    row.refresh_from_db()
    assert row.attended_at is not None
    assert row.attended_by is not None
    assert delegate.post(door, desk(name="Brahim", contact="", woman="no")).status_code == 302
    came = gathering.registrations.get(name="Brahim")
    assert (came.state, came.door, came.attended_at is not None) == ("registered", "spot", True)
    page = text(delegate.get(door))
    assert "<strong>2</strong> notées présentes" in page
    delegate.post(f"{door}/{row.code}", {"act": "undo"})
    row.refresh_from_db()
    assert row.attended_at is None
    assert delegate.get(f"{door}/{make_registration(make_gathering()).code}").status_code == 404
    assert Client().get(f"{door}/{row.code}").status_code == 302  # to sign in, then back to this page


def test_the_file_of_the_registered_computes_nothing_and_is_written_down(delegate: Client) -> None:
    gathering = make_gathering()
    make_registration(gathering, name="=HYPERLINK(1)", phone="+212612345678")
    response = delegate.get(f"/fr/rencontres/{gathering.key}/inscrits.csv")
    assert "no-store" in response["Cache-Control"]
    content = b"".join(response).decode("utf-8-sig")  # type: ignore[arg-type]
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["name"], row["phone"], row["state"]) == ("'=HYPERLINK(1)", "'+212612345678", "registered")
    assert [entry.verb for entry in trail_of(gathering)] == ["export registrations"]


def _photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    picture = Image.new("RGB", (60, 40), "green")
    exif = Image.Exif()
    exif[0x9286] = "secret"
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("salle.jpg", out.getvalue(), "image/jpeg")


def test_photos_need_a_statement_lose_their_hidden_data_and_go_on_request(
    delegate: Client, django_capture_on_commit_callbacks: Any
) -> None:
    gathering = make_gathering("held", days=-2)
    page = f"/fr/rencontres/{gathering.key}/tenir/photos"
    said = {"photo": _photo(), "alt": "La salle et ses bancs", "consent": "everybody", "statement": ""}
    assert "Dites comment ces personnes ont donné leur accord." in text(delegate.post(page, said), 422)
    assert "la photo n’est pas gardée" in text(
        delegate.post(page, {**said, "photo": _photo(), "consent": ""}), 422
    )
    assert not MeetingPhoto.objects.exists()
    assert (
        delegate.post(page, {**said, "photo": _photo(), "statement": "Demandé à voix haute."}).status_code
        == 302
    )
    photo = MeetingPhoto.objects.get()
    address = f"/fr/rencontres/{gathering.key}/photos/{photo.pk}"
    shown = Client().get(address)
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "public, no-cache"
    content = b"".join(shown)  # type: ignore[arg-type]
    assert b"secret" not in content
    assert not Image.open(io.BytesIO(content)).getexif()
    assert "La salle et ses bancs" in text(Client().get(f"/fr/rencontres/{gathering.key}"))
    storage, name = photo.file.storage, photo.file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert delegate.post(f"{page}/{photo.pk}/retirer").status_code == 302
    assert Client().get(address).status_code == 404
    assert not storage.exists(name)
    photo.refresh_from_db()
    assert photo.statement == "Demandé à voix haute."


def test_the_desk_costs_the_same_for_ten_and_for_two_thousand_people(delegate: Client) -> None:
    gathering = make_gathering(capacity=None)
    model = make_registration(gathering)
    seen = []
    for number in (10, 2000):
        type(model).objects.bulk_create(
            [
                type(model)(
                    gathering=gathering, code=f"N{number}-{one}", state="registered", seated_at=NOW, name=f"P {one}",
                    phone=f"+2127{number}{one:05d}",
                )
                for one in range(number)
            ]
        )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            page = text(delegate.get(f"/fr/rencontres/{gathering.key}/inscrits"))
        seen.append(len(queries))
        assert page.count('<th scope="row">') <= 50
    assert seen[0] == seen[1]
