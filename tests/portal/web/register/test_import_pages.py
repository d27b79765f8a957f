"""Importing the register as an administrator does it, page after page; nobody else may."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.register.models import Cooperative, RegisterImport
from bpc.portal.register.states import ImportState
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.register.register_files import AMAL, NOUR, as_csv, as_xlsx, bring_in
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
HOME = "/fr/cooperatives/registre"


@pytest.fixture
def administrator() -> User:
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def office(administrator: User) -> Client:
    """Signed in with the second factor."""
    client = Client()
    sign_in_with_factor(client, administrator)
    return client


def words(response: Any) -> str:
    return html.unescape(response.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def send(office: Client, content: bytes, name: str = "registre.csv") -> RegisterImport:
    response = office.post(HOME, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, words(response)
    return RegisterImport.objects.latest("pk")


def post(office: Client, row: RegisterImport, step: str, callbacks: Any, **data: Any) -> str:
    with callbacks(execute=True):
        assert office.post(f"{HOME}/{row.pk}/{step}", data).status_code == 302
    row.refresh_from_db()
    return words(office.get(f"{HOME}/{row.pk}"))  # once the work is done


def columns(row: RegisterImport, **more: Any) -> dict[str, Any]:
    return {"version": row.version, **{f"column_{code}": at for code, at in row.mapping.items()}, **more}


@pytest.mark.parametrize("role", [None, *[role for role in Role.values if role != Role.ADMINISTRATOR]])
def test_nobody_else_may_import(role: str | None, administrator: User) -> None:
    row = bring_in(as_csv([AMAL]), administrator)
    client = Client()
    sign_in_with_factor(client, make_user(role) if role else make_user())
    for address in (HOME, f"{HOME}/{row.pk}", f"{HOME}/{row.pk}/rapport.csv"):
        assert client.get(address).status_code == 403
    for step in ("lecture", "colonnes", "appliquer", "annuler", "liberer", "supprimer"):
        assert client.post(f"{HOME}/{row.pk}/{step}").status_code == 403
    assert Client().get(HOME).status_code == 302
    row.refresh_from_db()
    assert row.state == ImportState.APPLIED


def test_a_file_from_end_to_end(office: Client, django_capture_on_commit_callbacks: Any) -> None:
    do = django_capture_on_commit_callbacks
    row = send(office, as_csv([AMAL, NOUR, NOUR, ["", "Sans numéro", *AMAL[2:]]]))
    page = words(office.get(f"{HOME}/{row.pk}"))
    assert "Coopérative Al Amal" in page
    assert "0612345678" not in page
    assert "Colonnes sur des personnes, jamais lues" in page
    page = post(office, row, "colonnes", do, **columns(row))
    assert row.state == ImportState.CHECKED
    assert "Ce que le fichier changerait" in page
    assert "Le numéro au registre manque." in page
    assert Cooperative.objects.count() == 0
    table = b"".join(office.get(f"{HOME}/{row.pk}/rapport.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "5;Ligne refusée;Numéro au registre" in table
    page = post(office, row, "appliquer", do)
    assert (row.state, Cooperative.objects.count()) == (ImportState.APPLIED, 2)
    assert "Annuler cet import" in page
    post(office, row, "annuler", do)
    assert (row.state, Cooperative.objects.count()) == (ImportState.UNDONE, 0)


def test_columns_are_corrected_by_the_person(office: Client, django_capture_on_commit_callbacks: Any) -> None:
    row = send(office, as_csv([["7", "Al Amal"]], titles=["quoi", "comment"]))
    assert row.mapping == {}
    page = post(office, row, "colonnes", django_capture_on_commit_callbacks, **columns(row))
    assert "Indiquez au moins la colonne du numéro et celle du nom." in page
    post(
        office, row, "colonnes", django_capture_on_commit_callbacks, version=row.version, column_number=0,
        column_name_fr=1,
    )  # fmt: skip
    assert (row.state, row.counts["new"]) == (ImportState.CHECKED, 1)


def test_a_column_about_people_cannot_be_chosen(
    office: Client, django_capture_on_commit_callbacks: Any
) -> None:
    row = send(office, as_csv([AMAL]))
    forced = columns(row, column_activity=13)
    response = office.post(f"{HOME}/{row.pk}/colonnes", forced)
    assert response.status_code == 422


def test_a_wrong_encoding_is_corrected(office: Client, django_capture_on_commit_callbacks: Any) -> None:
    row = send(office, as_csv([AMAL], encoding="cp1256"))
    post(
        office, row, "lecture", django_capture_on_commit_callbacks, encoding="cp1252", delimiter=";",
        version=row.version,
    )  # fmt: skip
    assert row.reading["encoding"] == "cp1252"
    assert "ÊÚÇæäíÉ" in words(office.get(f"{HOME}/{row.pk}"))


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "vide.csv", "vide"),
        (b"%PDF-1.4", "registre.pdf", "ni un CSV ni un classeur XLSX"),
        (b"PK\x03\x04zut", "registre.xlsx", "ni un CSV ni un classeur XLSX"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_kept(
    office: Client, content: bytes, name: str, reason: str
) -> None:
    response = office.post(HOME, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert reason in words(response)
    assert not RegisterImport.objects.exists()


def test_a_workbook_is_taken_too(office: Client) -> None:
    assert send(office, as_xlsx([AMAL]), "registre.xlsx").reading["kind"] == "xlsx"


def test_only_the_last_import_can_be_undone(
    office: Client, administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    first = bring_in(as_csv([AMAL]), administrator)
    second = bring_in(as_csv([NOUR]), administrator)
    page = post(office, first, "annuler", django_capture_on_commit_callbacks)
    assert "Seul le dernier import appliqué peut être annulé." in page
    post(office, second, "annuler", django_capture_on_commit_callbacks)
    post(office, first, "annuler", django_capture_on_commit_callbacks)
    assert not Cooperative.objects.exists()


def test_two_files_are_not_worked_on_at_once(office: Client, django_capture_on_commit_callbacks: Any) -> None:
    busy = send(office, as_csv([AMAL]))
    RegisterImport.objects.filter(pk=busy.pk).update(state=ImportState.CHECKING)
    row = send(office, as_csv([NOUR]))
    page = post(office, row, "colonnes", django_capture_on_commit_callbacks, **columns(row))
    assert "Un autre fichier est en cours de traitement" in page
    assert re.search("lignes? lues?", words(office.get(f"{HOME}/{busy.pk}", headers={"HX-Request": "true"})))
    released = post(office, busy, "liberer", django_capture_on_commit_callbacks)
    assert busy.state == ImportState.FAILED
    assert "raison inattendue" in released


def test_a_stale_page_is_told_so(office: Client, django_capture_on_commit_callbacks: Any) -> None:
    row = send(office, as_csv([AMAL]))
    page = post(office, row, "colonnes", django_capture_on_commit_callbacks, **columns(row, version=9))
    assert "Une autre personne a changé ces choix" in page


def test_a_file_can_be_thrown_away(office: Client, django_capture_on_commit_callbacks: Any) -> None:
    row = send(office, as_csv([AMAL]))
    storage, name = row.file.storage, str(row.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        office.post(f"{HOME}/{row.pk}/supprimer")
    assert not RegisterImport.objects.exists()
    assert not storage.exists(name)
