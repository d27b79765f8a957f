"""The pages of visits: who opens them, the plain form, what a telephone sends, what it is told when refused."""

import random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess
from bpc.portal.visits.models import VisitPhoto, VisitReport
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import Group, make_group
from tests.portal.visits.visit_world import attach, form_values, picture, report
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
FIELD = "/fr/mon-espace/visites/terrain"


@pytest.fixture
def group() -> Group:
    return make_group()


def browser(person: Any) -> Client:
    """Signed in, second factor shown."""
    client = Client()
    if person.is_authenticated:
        sign_in_with_factor(client, person)
    return client


def send(client: Client, person: Any, key: UUID, values: dict[str, Any]) -> Any:
    """What the field page's script sends."""
    return client.post(f"/fr/mon-espace/visites/{key}/envoi", {**values, "account": person.pk})


def send_photo(client: Client, person: Any, key: UUID, photo: UUID, data: bytes) -> Any:
    file = SimpleUploadedFile("p.jpg", data, "image/jpeg")
    return client.post(f"/fr/mon-espace/visites/{key}/photos/{photo}", {"photo": file, "account": person.pk})


def test_each_page_opens_to_who_may(group: Group) -> None:
    visit = report(group.project, group.inside["advisor"], photos_agreed=True)
    photo = attach(visit, group.inside["advisor"])
    base = f"/fr/mon-espace/projets/{group.project.reference}/visites"
    for name, person in group.everybody.items():
        client, sees = browser(person), 200 if name in group.inside else 404
        for address in (base, f"{base}/{visit.pk}", f"{base}/{visit.pk}/photos/{photo.pk}"):
            expected = 302 if name == "stranger" else sees
            assert client.get(address).status_code == expected, (name, address)
        writes = {"advisor": 200, "stranger": 302}.get(name, 404)
        assert client.get(f"{base}/{visit.pk}/corriger").status_code == writes, name
        field = {"advisor": 200, "other advisor": 200, "stranger": 302}.get(name, 403)
        assert client.get(FIELD).status_code == field, name


def test_the_group_never_reads_what_staff_keep(group: Group) -> None:
    visit = report(group.project, group.inside["advisor"], staff_text="Mot gardé entre nous")
    address = f"/fr/mon-espace/projets/{group.project.reference}/visites/{visit.pk}"
    shown = {name: browser(person).get(address).content.decode() for name, person in group.inside.items()}
    assert "Mot gardé entre nous" in shown.pop("advisor")
    for name, page in shown.items():
        assert "Mot gardé" not in page, name
        assert "Les trois noms sont choisis." in page, name
        assert "inconnu" in plain(page), name  # the young were not counted


def test_an_advisor_of_another_region_offers_no_project(group: Group) -> None:
    elsewhere = make_user(Role.ADVISOR, region="02")
    page = plain(browser(elsewhere).get(FIELD).content.decode())
    assert group.project.name not in page
    assert plain("Aucun groupe ne vous a ouvert son projet") in page


def test_the_plain_form_keeps_a_report_and_leads_to_it(group: Group) -> None:
    client = browser(group.inside["advisor"])
    photos = [SimpleUploadedFile("a.jpg", picture(), "image/jpeg"), SimpleUploadedFile("b.jpg", b"<svg/>")]
    values = form_values(group.project, photos_agreed="on", photos=photos)
    answer = client.post(FIELD, values)
    visit = VisitReport.objects.get()
    assert answer.headers["Location"].endswith(f"/visites/{visit.pk}")
    assert (visit.women, visit.men, visit.path, visit.photos.count()) == (
        4,
        None,
        "Les noms sont choisis.",
        1,
    )
    assert visit.staff_part.text == "Entre nous."
    page = plain(client.get(answer.headers["Location"]).content.decode())
    assert "b.jpg" in page  # refused by its content, said by its name
    client.post(FIELD, {**values, "photos": []})
    assert VisitReport.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"visited_on_year": "2099"}, "Cette visite n’a pas encore eu lieu"),
        ({"visited_on_day": "31", "visited_on_month": "2"}, "Cette date n’existe pas"),
        ({"path": "x" * 10_000}, "Ce texte compte"),
        ({"path": "<script>alert(1)</script>"}, "Écrivez du texte simple"),
        ({"path": "a\x00b"}, "caractères qui ne s’affichent pas"),
        ({"women": "beaucoup"}, "nombre"),
        ({"women": "-1"}, "supérieur"),
        ({"place": ""}, "Dites où"),
        ({"commune": "99.999"}, "Choisissez la commune dans la liste"),
        ({"need": "blocked"}, "Dites en quelques mots ce qui bloque"),
        ({"what_1": "", "path": ""}, "Écrivez au moins une chose"),
        ({"what_1": "", "who_1": "La présidente"}, "Dites quoi"),
        ({"project": "7777-777"}, "Vous ne suivez plus ce projet"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    group: Group, changes: dict[str, str], words: str
) -> None:
    answer = browser(group.inside["advisor"]).post(FIELD, {**form_values(group.project), **changes})
    assert answer.status_code == 422
    assert plain(words) in plain(answer.content.decode())
    assert not VisitReport.objects.exists()


def test_a_telephone_sends_once_whatever_is_lost(group: Group) -> None:
    """Answers lost at random, each sending repeated until one is read: one report, one photo."""
    advisor, chance = group.inside["advisor"], random.Random(8)
    client, key, photo = browser(advisor), uuid4(), uuid4()
    values = form_values(group.project, photos_agreed="on")
    told = []
    while not told or chance.random() < 0.6:
        told.append(send(client, advisor, key, values).json())
        assert send_photo(client, advisor, key, photo, picture()).json() == {"state": "kept"}
    assert {one["url"] for one in told} == {told[0]["url"]}
    assert told[0]["state"] == "kept"
    assert (VisitReport.objects.count(), VisitPhoto.objects.count()) == (1, 1)
    other = send(client, advisor, key, {**values, "path": "Autre chose."})
    assert (other.status_code, other.json()["problem"]) == (409, "other-words")
    assert VisitReport.objects.get().path == "Les noms sont choisis."


def test_a_right_withdrawn_meanwhile_refuses_clearly_and_leaks_nothing(group: Group) -> None:
    advisor, key = group.inside["advisor"], uuid4()
    client, values = browser(advisor), form_values(group.project)
    assert send(client, advisor, key, values).json()["state"] == "kept"
    AdvisorAccess.objects.filter(project=group.project).update(ended_at=timezone.now())
    late = send(client, advisor, uuid4(), values)
    nowhere = send(client, advisor, uuid4(), {**values, "project": "2222-222"})
    assert (late.status_code, late.json()) == (409, nowhere.json())
    assert late.json()["problem"] == "withdrawn"
    assert plain("vous ne suivez plus ce projet") in plain(late.json()["words"][0])
    assert send(client, advisor, key, values).json()["state"] == "kept"  # the answer alone had been lost
    refused = send_photo(client, advisor, key, uuid4(), picture())
    assert refused.json()["problem"] == "withdrawn"
    assert VisitReport.objects.count() == 1


def test_drafts_leave_under_the_account_that_wrote_them_only(group: Group) -> None:
    advisor, other = group.inside["advisor"], group.outside["other advisor"]
    answer = send(browser(other), advisor, uuid4(), form_values(group.project))
    assert (answer.status_code, answer.json()["problem"]) == (409, "account")
    assert Client().post(f"/fr/mon-espace/visites/{uuid4()}/envoi", {}).status_code == 302
    assert not VisitReport.objects.exists()


def test_hostile_sendings_are_refused_with_words(group: Group) -> None:
    advisor = group.inside["advisor"]
    client, key = browser(advisor), uuid4()
    unfit = send(client, advisor, key, form_values(group.project, path="x" * 10_000, visited_on_year="2099"))
    assert (unfit.status_code, unfit.json()["problem"]) == (422, "unfit")
    assert plain("Où en est le parcours") in plain(unfit.json()["words"][0])
    assert (
        send(client, advisor, key, form_values(group.project, photos_agreed="on")).json()["state"] == "kept"
    )
    for data in (b"", b"%PDF-1.7", picture()[:150]):
        assert send_photo(client, advisor, key, uuid4(), data).json()["problem"] == "unfit"
    assert not VisitPhoto.objects.exists()


def test_the_author_puts_right_and_the_group_reads_what_was_written(group: Group) -> None:
    advisor = group.inside["advisor"]
    client = browser(advisor)
    send(client, advisor, uuid4(), form_values(group.project))
    visit = VisitReport.objects.get()
    address = f"/fr/mon-espace/projets/{group.project.reference}/visites/{visit.pk}"
    page = client.get(f"{address}/corriger").content.decode()
    assert "Les noms sont choisis." in page
    answer = client.post(f"{address}/corriger", form_values(path="Les noms sont déposés.", revision="1"))
    assert answer.status_code == 302
    read = plain(browser(group.inside["owner"]).get(address).content.decode())
    assert plain("Les noms sont déposés.") in read
    assert plain("Les noms sont choisis.") in read
    stale = client.post(f"{address}/corriger", form_values(path="Encore.", revision="1"))
    assert stale.status_code == 422


def test_a_photo_is_taken_off_by_the_group(group: Group) -> None:
    visit = report(group.project, group.inside["advisor"], photos_agreed=True)
    photo = attach(visit, group.inside["advisor"])
    address = f"/fr/mon-espace/projets/{group.project.reference}/visites/{visit.pk}/photos/{photo.pk}"
    assert browser(group.inside["reader"]).post(f"{address}/retirer").status_code == 403
    assert browser(group.outside["delegate"]).post(f"{address}/retirer").status_code == 404
    sent = browser(group.inside["reader"]).get(address)
    assert sent.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in sent.headers["Content-Security-Policy"]
    assert browser(group.inside["owner"]).post(f"{address}/retirer").status_code == 302
    assert browser(group.inside["owner"]).get(address).status_code == 404


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_a_constant_number_of_questions(group: Group) -> None:
    clients = {name: browser(group.inside[name]) for name in ("owner", "advisor")}
    base = f"/fr/mon-espace/projets/{group.project.reference}"
    pages = [("owner", f"{base}/visites"), ("advisor", FIELD), ("owner", base)]
    found = []
    for more in (1, 1, 20):
        for rank in range(more):
            report(group.project, group.inside["advisor"], place=f"Lieu {more} {rank}")
        found.append([queries_of(clients[name], address) for name, address in pages])
    assert found[1] == found[2]  # the first fills what is kept in memory


def test_the_worker_holds_no_data_and_is_its_folder_s() -> None:
    answer = Client().get("/fr/mon-espace/visites/hors-ligne.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.content.decode().startswith('const PREFIX = "bpc-visits-", OWN = "/mon-espace/";')
