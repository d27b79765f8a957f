"""The pages of a file of ideas: sent, checked, applied, undone by clicks; strangers and others kept out."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from bpc.portal.gatherings.importing.actions import PATIENCE
from bpc.portal.gatherings.models import IdeaImport
from bpc.portal.ideas.models import Idea
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import HERE, make_user

pytestmark = pytest.mark.django_db


def _send(client: Client, text: str) -> IdeaImport:
    file = SimpleUploadedFile("collecte.csv", text.encode())
    answer = client.post("/fr/idees/importer", {"file": file})
    assert answer.status_code == 302, answer.content.decode()[-600:]
    return IdeaImport.objects.latest("pk")


def test_from_the_file_to_the_queue_and_back(django_capture_on_commit_callbacks: Any) -> None:
    client = Client()
    sign_in_with_factor(client, make_user(Role.DELEGATE))
    name = Territory.objects.get(pk=HERE).name_fr
    row = _send(client, f"Idée;Commune;Nom\nFour commun;{name};Fatima\nPuits;Nulle part;Ali\n")
    at = f"/fr/idees/importer/{row.pk}"
    page = client.get(at).content.decode()
    assert "Four commun" in page
    assert "Fatima" not in page
    answer = client.post(
        f"{at}/colonnes",
        {"version": 1, "column_title": "0", "column_commune": "1", "column_contact_name": "2"},
    )
    assert answer.status_code == 302
    page = client.get(at).content.decode()
    assert "La commune n’est pas reconnue" in page
    assert "Reprendre 1 idée" in page
    assert client.get(f"{at}/rapport.csv").getvalue().decode().count("\r\n") >= 2
    assert not Idea.objects.exists()
    with django_capture_on_commit_callbacks() as asked:
        client.post(f"{at}/appliquer", {"version": 2})
        client.post(f"{at}/appliquer", {"version": 2})  # pressed twice
    assert len(asked) == 1
    page = client.get(at).content.decode()
    assert re.search("0 lignes? lues? sur 2", page)
    assert "data-hx-trigger" in page
    assert "Reprendre 1 idée" not in page
    assert "HX-Refresh" not in client.get(at, headers={"HX-Request": "true"})
    with django_capture_on_commit_callbacks(execute=True):  # the file goes once it is read
        asked[0]()
    assert client.get(at, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert not IdeaImport.objects.get().file
    assert Idea.objects.get().contact_name == ""
    assert "Four commun" in client.get("/fr/moderation").content.decode()
    client.post(f"{at}/annuler")
    assert Idea.objects.get().state == "archived"
    assert "Idées retirées en annulant" in client.get(at).content.decode()
    assert client.get(at.replace("/fr/", "/ar/")).status_code == 200


def test_work_without_a_sign_of_life_is_continued(django_capture_on_commit_callbacks: Any) -> None:
    client = Client()
    sign_in_with_factor(client, make_user(Role.DELEGATE))
    row = _send(client, f"Idée;Commune\nFour commun;{Territory.objects.get(pk=HERE).name_fr}\n")
    at = f"/fr/idees/importer/{row.pk}"
    client.post(f"{at}/colonnes", {"version": 1, "column_title": "0", "column_commune": "1"})
    client.post(f"{at}/appliquer", {"version": 2})  # and the worker dies
    assert f"{at}/continuer" not in client.get(at).content.decode()
    with django_capture_on_commit_callbacks() as asked:
        client.post(f"{at}/continuer")  # too early
    assert not asked
    IdeaImport.objects.update(moved_at=timezone.now() - PATIENCE - timedelta(seconds=1))
    page = client.get(at).content.decode()
    assert f"{at}/continuer" in page
    assert "data-hx-trigger" not in page
    assert client.get(at, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{at}/continuer")
        client.post(f"{at}/continuer")  # pressed twice
    assert Idea.objects.count() == 1
    assert IdeaImport.objects.get().state == "applied"


def test_what_is_missing_is_said() -> None:
    client = Client()
    sign_in_with_factor(client, make_user(Role.ADMINISTRATOR))
    assert client.post("/fr/idees/importer", {}).status_code == 422
    row = _send(client, "A;B\nx;y\n")
    client.post(f"/fr/idees/importer/{row.pk}/colonnes", {"version": 1, "column_title": "0"})
    assert "au moins la colonne de la commune" in client.get(f"/fr/idees/importer/{row.pk}").content.decode()
    client.post(f"/fr/idees/importer/{row.pk}/supprimer")
    assert not IdeaImport.objects.exists()


def test_others_do_not_see_it() -> None:
    owner, other = Client(), Client()
    sign_in_with_factor(owner, make_user(Role.DELEGATE))
    sign_in_with_factor(other, make_user(Role.DELEGATE))
    row = _send(owner, "Idée;Commune\nFour;X\n")
    assert other.get(f"/fr/idees/importer/{row.pk}").status_code == 404
    assert Client().get("/fr/idees/importer").status_code == 302
    person = Client()
    person.force_login(make_user())
    assert person.get("/fr/idees/importer").status_code == 403
