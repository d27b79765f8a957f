"""The pages of packages: who opens them, a file refused with its reason, a run told and resumed."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.packages.refusals import Refusal, RefusedPackage
from bpc.portal.people.roles import Role
from bpc.portal.web.packages.words import REFUSALS, refusal_words
from tests.portal.packages.package_world import WORDS, added, files_of, h5p, published, scorm, zipped
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.world import make_user, people_of_every_role

pytestmark = pytest.mark.django_db
KEPT, TAKEN = "/fr/mon-espace/modules-partenaires", "/fr/formations/modules"


def browser(person: Any) -> Client:
    """Signed in, second factor shown."""
    client = Client()
    if person.is_authenticated:
        sign_in_with_factor(client, person)
    return client


def words(answer: Any) -> str:
    """What the page says, on one line."""
    return " ".join(plain(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))).split())


def upload(client: Client, data: bytes, name: str = "module.zip") -> Any:
    return client.post(f"{KEPT}/importer", {"file": SimpleUploadedFile(name, data, "application/zip")})


def test_each_page_opens_to_who_may() -> None:
    draft, shown = added(h5p()), published()
    for name, person in people_of_every_role().items():
        client = browser(person)
        keeps = 200 if name in ("trainer", "administrator") else 302 if name == "stranger" else 403
        for page in (
            "",
            "/importer",
            f"/{draft.reference}",
            f"/{draft.reference}/apercu",
            f"/{draft.reference}/supprimer",
        ):
            assert client.get(KEPT + page).status_code == keeps, (name, page)
        assert client.get(TAKEN).status_code == 200
        assert client.get(f"{TAKEN}/{shown.reference}").status_code == 200
        assert client.get(f"{TAKEN}/{draft.reference}").status_code == (200 if keeps == 200 else 404), name
        assert client.get(f"{TAKEN}/{shown.reference}/suivre").status_code == (
            302 if name == "stranger" else 200
        )
        for act in ("publier", "retirer"):
            assert client.get(f"{KEPT}/{draft.reference}/{act}").status_code == (
                405 if keeps == 200 else keeps
            )


def test_from_a_file_to_a_published_module() -> None:
    client = browser(make_user(Role.TRAINER))
    answer = upload(client, scorm())
    package = Package.objects.get()
    assert answer.headers["Location"] == f"{KEPT}/{package.reference}"
    page = words(client.get(f"{KEPT}/{package.reference}"))
    assert "Avant de publier, il manque : Titre en arabe" in page
    assert "Résultat demandé pour réussir 70 sur 100" in page
    assert f"{package.reference}/publier" not in client.get(f"{KEPT}/{package.reference}").content.decode()
    values = {name: getattr(WORDS, name) for name in WORDS.__dataclass_fields__}
    assert client.post(f"{KEPT}/{package.reference}", values).status_code == 302
    assert client.post(f"{KEPT}/{package.reference}/publier").status_code == 302
    assert "Le prix et la marge" in words(Client().get(TAKEN))
    arabic = Client().get(f"/ar/formations/modules/{package.reference}").content.decode()
    assert "الثمن والهامش" in arabic
    emptied = client.post(f"{KEPT}/{package.reference}", {**values, "licence": ""})
    assert emptied.status_code == 422
    (said,) = emptied.context["form"].errors["licence"]
    assert plain(said) == "Ce module est publié : ce champ ne peut pas rester vide."
    client.post(f"{KEPT}/{package.reference}/retirer")
    assert Client().get(f"{TAKEN}/{package.reference}").status_code == 404


def test_a_refused_file_says_why_and_which_file_is_at_fault() -> None:
    client = browser(make_user(Role.TRAINER))
    answer = upload(client, zipped({**files_of(scorm()), "res/envoi.php": "<?php"}))
    assert answer.status_code == 422
    (said,) = answer.context["form"].errors["file"]
    assert "« res/envoi.php »" in plain(said)
    assert "programme pour serveur" in said
    assert Package.objects.count() == 0
    assert upload(client, b"").context["form"].errors["file"] == [
        "Ce fichier est vide. Choisissez-en un autre."
    ]


def test_a_file_name_is_never_run_as_markup() -> None:
    answer = upload(browser(make_user(Role.TRAINER)), zipped({**files_of(scorm()), "<script>.php": "x"}))
    assert b"&lt;script&gt;.php" in answer.content
    assert b"<script>.php" not in answer.content


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_refusal_has_its_sentence(language: str) -> None:
    with translation.override(language):
        for reason in Refusal:
            words = refusal_words(RefusedPackage(reason, "leçon.html", "3"))
            assert ("leçon.html" in words) == ("%(path)s" in str(REFUSALS[reason])), reason
            assert "%(" not in words


def test_the_same_file_leads_to_the_module_it_is() -> None:
    client = browser(make_user(Role.TRAINER))
    package = added()
    answer = upload(client, scorm())
    assert answer.headers["Location"] == f"{KEPT}/{package.reference}"
    assert "Ce fichier est déjà ici" in words(client.get(answer.headers["Location"]))


def test_a_draft_is_thrown_away_when_asked_again() -> None:
    client = browser(make_user(Role.TRAINER))
    package = added()
    assert "Personne ne l’a encore suivi" in words(client.get(f"{KEPT}/{package.reference}/supprimer"))
    client.post(f"{KEPT}/{package.reference}/supprimer")
    assert Package.objects.count() == 0
    shown = published()
    client.post(f"{KEPT}/{shown.reference}/supprimer")
    assert Package.objects.get() == shown


def tell(client: Client, package: Package, **said: Any) -> Any:
    return client.post(f"{TAKEN}/{package.reference}/suivi", {"told": json.dumps({"opening": 1, **said})})


def test_a_run_is_opened_told_and_resumed() -> None:
    package, person = published(), make_user()
    client = browser(person)
    assert "Vous ne l’avez pas encore commencé." in words(client.get(f"{TAKEN}/{package.reference}"))
    given = client.post(f"{TAKEN}/{package.reference}/ouvrir").json()
    assert given == {
        "opening": 1, "place": "", "suspended": "", "seconds": 0, "completed": False, "success": "", "score": None,
        "mastery": 70.0, "launch_data": "", "newer": False,
    }  # fmt: skip
    assert tell(client, package, place="1", suspended="a").json() == {
        "completed": False, "sentence": "Votre avancée est enregistrée.",
    }  # fmt: skip
    assert "Reprendre" in words(client.get(f"{TAKEN}/{package.reference}"))
    again = client.post(f"{TAKEN}/{package.reference}/ouvrir").json()
    assert (again["opening"], again["place"], again["suspended"]) == (2, "1", "a")
    done = tell(client, package, opening=2, completed=True, score={"scaled": 0.8}).json()
    assert done["completed"] is True
    assert plain(done["sentence"]) == "Terminé, résultat : 80 sur 100."
    assert "Terminé, résultat : 80 sur 100." in words(client.get(f"{TAKEN}/{package.reference}"))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422), ({"told": "["}, 422), ({"told": "[" * 100_000}, 422), ({"told": "{}"}, 422),
        ({"told": '{"opening": 1, "user": 5}'}, 422), ({"told": '{"opening": 9}'}, 409),
        ({"told": '{"opening": 1, "suspended": "' + "x" * 400_000 + '"}'}, 413),
    ],
)  # fmt: skip
def test_reports_that_are_none_write_nothing(body: dict[str, str], status: int) -> None:
    package, person = published(), make_user()
    client = browser(person)
    client.post(f"{TAKEN}/{package.reference}/ouvrir")
    assert client.post(f"{TAKEN}/{package.reference}/suivi", body).status_code == status
    assert PackageRun.objects.get().told_at is None


def test_nobody_tells_for_another_nor_without_the_token_of_the_page() -> None:
    package, person = published(), make_user()
    browser(person).post(f"{TAKEN}/{package.reference}/ouvrir")
    assert tell(browser(make_user()), package, completed=True).status_code == 409
    assert tell(Client(), package, completed=True).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    sign_in_with_factor(strict, person)
    assert tell(strict, package, completed=True).status_code == 403
    assert strict.post(f"{TAKEN}/{package.reference}/ouvrir").status_code == 403
    assert PackageRun.objects.get().completed_at is None


def test_a_preview_writes_nothing() -> None:
    trainer = make_user(Role.TRAINER)
    package = added()
    answer = browser(trainer).get(f"{KEPT}/{package.reference}/apercu")
    page = answer.content.decode()
    assert "rien de ce que vous y faites n’est enregistré" in page
    assert "data-report" not in page
    assert PackageRun.objects.count() == 0
    assert browser(trainer).post(f"{TAKEN}/{package.reference}/ouvrir").status_code == 403


def test_the_frame_of_the_player_goes_nowhere_but_to_its_package() -> None:
    package = published()
    answer = browser(make_user()).get(f"{TAKEN}/{package.reference}/suivre")
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    (launch,) = [part for part in answer.content.decode().split('"') if part.startswith("/paquets/")]
    assert policy["frame-src"] == f"http://testserver{launch.removesuffix('index.html')}"
    assert policy["script-src"] == "'self'"
    assert b"Ce module a besoin de JavaScript" in answer.content


def test_lists_cost_the_same_however_long() -> None:
    trainer, person = make_user(Role.TRAINER), make_user()
    one = published(trainer=trainer)
    clients = {KEPT: browser(trainer), TAKEN: browser(person)}
    clients[TAKEN].post(f"{TAKEN}/{one.reference}/ouvrir")
    costs = {}
    for rounds in range(2):
        for address, client in clients.items():
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            costs.setdefault(address, []).append(len(queries))
        if rounds == 0:
            for rank in range(8):
                other = published(zipped({**files_of(scorm()), f"{rank}.txt": "x"}), trainer=trainer)
                clients[TAKEN].post(f"{TAKEN}/{other.reference}/ouvrir")
    assert costs[KEPT][0] == costs[KEPT][1]
    assert costs[TAKEN][0] == costs[TAKEN][1]


def test_empty_lists_say_what_will_be_there() -> None:
    assert "Quand un partenaire nous confiera une leçon, elle sera ici." in words(Client().get(TAKEN))
    assert "Les leçons reçues de partenaires seront ici" in words(browser(make_user(Role.TRAINER)).get(KEPT))
