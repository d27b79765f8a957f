"""The pages of badges: checking without an account, one's own, revoking; what machines read; what it all costs."""

from datetime import timedelta
from typing import Any

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image

from bpc.portal.badges.awarding import revoke, show_name
from bpc.portal.badges.keys import renew_key, revoke_key
from bpc.portal.badges.models import PLACES, Award, StatusList
from bpc.portal.badges.printing import CERTIFICATE, certificate_data
from bpc.portal.contests.models import Certificate
from bpc.portal.foundation.typesetting import draw
from bpc.portal.journeys.announce_winners import announce_winners
from bpc.portal.people.roles import Role
from bpc.portal.web.badges.checking_views import meter
from tests.portal.badges.badge_world import CRITERIA, EVIDENCE, NOW, awarded, defined
from tests.portal.contests.result_world import NOW as MARKED
from tests.portal.contests.result_world import decide_all, make_world
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.pdf_text import Paper
from tests.portal.plans.plain_words import plain
from tests.portal.world import make_user, people_of_every_role

pytestmark = pytest.mark.django_db
OWN, DESK = "/fr/mon-espace/attestations", "/fr/mon-espace/attestations-delivrees"


def browser(person: Any) -> Client:
    """Signed in, second factor shown."""
    client = Client()
    sign_in_with_factor(client, person)
    return client


def page(address: str, client: Client | None = None, status: int = 200, **more: Any) -> str:
    """The words of a page."""
    answer = (client or Client()).get(address, **more)
    assert answer.status_code == status, (address, answer.status_code)
    return plain(answer.content.decode())


def handed(data: bytes | str, name: str = "attestation.jwt") -> Any:
    """A file, or words pasted, given to the page that checks."""
    given = {"text": data} if isinstance(data, str) else {"file": SimpleUploadedFile(name, data)}
    return Client().post("/fr/verifier", given)


def test_anybody_reads_what_an_attestation_says() -> None:
    row = awarded()
    told = page(f"/fr/verifier/{row.code}")
    for words in ("Cette attestation est valable", "Prix et marge", CRITERIA.fr, EVIDENCE.fr, "F. A. B."):
        assert plain(words) in told
    assert "Fatima" not in told
    arabic = page(f"/ar/verifier/{row.code}")
    assert CRITERIA.ar in arabic
    assert EVIDENCE.ar in arabic


def test_a_typed_code_leads_to_its_page() -> None:
    row = awarded()
    answer = Client().get("/fr/verifier", {"code": row.code.lower().replace("-", " ")})
    assert (answer.status_code, answer["Location"]) == (302, f"/fr/verifier/{row.code}")
    assert Client().get(f"/fr/verifier/{row.code.lower()}")["Location"] == f"/fr/verifier/{row.code}"
    assert plain("Ce code est mal recopié") in page("/fr/verifier?code=K7M4-2QK", status=404)
    assert plain("Aucune attestation ne porte ce code") in page("/fr/verifier/K7M4-2QX", status=404)


def test_a_revoked_one_says_since_when_and_why() -> None:
    row = awarded()
    revoke(award=row, reason="Quiz fait par une autre personne.", actor=make_user(Role.TRAINER), at=NOW)
    told = page(f"/fr/verifier/{row.code}")
    assert plain("Cette attestation est révoquée") in told
    assert "Quiz fait par une autre personne." in told
    assert "est valable" not in told
    assert ".jwt" not in told


def test_a_laureate_s_code_leads_to_the_laureate_s_page_and_back() -> None:
    world = make_world()
    decide_all(world)
    announce_winners(edition=world.edition, actor=world.president, at=MARKED)
    certificate = Certificate.objects.get(entry=world.entries[0])
    assert (
        Client().get(f"/fr/verifier/{certificate.code}")["Location"] == f"/fr/attestations/{certificate.code}"
    )
    row = awarded()
    assert Client().get(f"/fr/attestations/{row.code}")["Location"] == f"/fr/verifier/{row.code}"


def test_a_file_or_its_text_is_checked() -> None:
    row = awarded()
    files = Client()
    png = files.get(f"/badges/{row.code}.png").content
    for given in (row.token.encode(), row.token, png):
        told = plain(handed(given).content.decode())
        assert plain("Le fichier porte notre signature, et rien n’y a été changé") in told
        assert "Prix et marge" in told
    changed = row.token[:-20] + ("A" if row.token[-20] != "A" else "B") + row.token[-19:]
    assert plain("Ce fichier a été modifié") in plain(handed(changed).content.decode())
    unsigned = files.get(f"/badges/{row.code}.json").content
    assert plain("Il n’y a pas d’attestation signée dans ce fichier") in plain(
        handed(unsigned).content.decode()
    )


def test_what_cannot_be_checked_is_said_beside_the_field() -> None:
    for given, words in (({}, "Choisissez un fichier"), ({"text": "x" * 50_000}, "40000")):
        answer = Client().post("/fr/verifier", given)
        assert answer.status_code == 422
        assert plain(words) in plain(answer.content.decode())
    heavy = handed(bytes(600 * 1024), "image.png")
    assert heavy.status_code == 422
    assert plain("Ce fichier est trop lourd") in plain(heavy.content.decode())


def test_a_form_from_elsewhere_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/fr/verifier", {"text": "x"}).status_code == 403


def test_the_name_in_a_file_and_the_name_shown_are_told_apart() -> None:
    person = make_user(display_name="Fatima Aït Baha")
    named = show_name(award=awarded(person), shown=True, actor=person, at=NOW).token
    show_name(award=Award.objects.get(), shown=False, actor=person, at=NOW + timedelta(hours=1))
    told = plain(handed(named).content.decode())
    assert plain("Nom écrit dans ce fichier") in told
    assert plain("Fatima Aït Baha") in told
    assert "Fatima" not in page(f"/fr/verifier/{Award.objects.get().code}")


def test_what_a_revoked_key_signed_is_explained() -> None:
    row = awarded()
    assert row.key is not None
    revoke_key(kid=row.key.kid, reason="Copie de la base perdue.", actor=None, at=NOW)
    told = plain(handed(row.token).content.decode())
    assert plain("Ce fichier ne prouve plus rien") in told
    assert "Copie de la base perdue." in told
    assert row.code in told
    shown = page(f"/fr/verifier/{row.code}")
    assert plain("attend d’être signé de nouveau") in shown
    assert ".jwt" not in shown


def test_an_address_that_checks_too_much_waits() -> None:
    code = awarded().code
    for _ in range(40):
        meter.count("127.0.0.1")
    answer = Client().get(f"/fr/verifier/{code}")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 61
    assert handed("x").status_code == 429
    assert Client(REMOTE_ADDR="196.12.3.4").get(f"/fr/verifier/{code}").status_code == 200


def test_one_s_own_are_one_s_own() -> None:
    row, people = awarded(people_user := make_user(display_name="Fatima")), people_of_every_role()
    addresses = (f"{OWN}/{row.code}", f"{OWN}/{row.code}/attestation-fr.pdf")
    for name, person in people.items():
        client = browser(person) if person.is_authenticated else Client()
        for address in addresses:
            assert client.get(address).status_code == (302 if name == "stranger" else 404), name
        sent = client.post(f"{OWN}/{row.code}/nom", {"shown": "1"})
        assert sent.status_code == (302 if name == "stranger" else 404), name
    assert not Award.objects.get().shows_name
    for address in addresses:
        assert browser(people_user).get(address).status_code == 200


def test_my_attestations_are_listed_or_explained() -> None:
    person = make_user()
    assert plain("Pas encore d’attestation") in page(OWN, browser(person))
    awarded(person)
    assert "Prix et marge" in page(OWN, browser(person))


def test_a_person_shows_and_hides_their_name() -> None:
    person = make_user(display_name="Fatima Aït Baha")
    row, client = awarded(person), browser(person)
    client.post(f"{OWN}/{row.code}/nom", {"shown": "1"})
    assert plain("Fatima Aït Baha") in page(f"/fr/verifier/{row.code}")
    assert plain("Cacher mon nom") in page(f"{OWN}/{row.code}", client)
    client.post(f"{OWN}/{row.code}/nom", {"shown": "0"})
    assert "Fatima" not in page(f"/fr/verifier/{row.code}")
    nameless = make_user()
    other, client = awarded(nameless), browser(nameless)
    client.post(f"{OWN}/{other.code}/nom", {"shown": "1"})
    assert plain("Écrivez d’abord votre nom") in page(f"{OWN}/{other.code}", client)


@pytest.mark.parametrize(("language", "kind"), [("fr", "Attestation de formation"), ("ar", "K7M4")])
def test_the_paper_is_one_tagged_page_that_says_it_all(language: Any, kind: str) -> None:
    person = make_user(display_name="Fatima Aït Baha")
    row = awarded(person)
    answer = browser(person).get(f"{OWN}/{row.code}/attestation-{language}.pdf")
    paper = Paper(answer.content)
    assert (len(paper.pages), paper.language, paper.says_it_is_accessible) == (1, f"{language}-MA", True)
    text = paper.text()
    for words in (row.code, "Fatima", f"https://projets.example/{language}/verifier/{row.code}"):
        assert words in text
    if language == "fr":
        for words in (kind, "Prix et marge", EVIDENCE.fr[:20]):
            assert words in text.replace("\xa0", " ")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_telephone_reads_the_code_of_the_paper(language: Any, tmp_path: Any) -> None:
    row = awarded()
    address = f"https://projets.example/{language}/verifier/{row.code}"
    with translation.override(language):
        data = certificate_data(row, language, address)
        (tmp_path / "page.png").write_bytes(draw(CERTIFICATE, data, "png", side=720, title=""))
    with Image.open(tmp_path / "page.png") as seen:
        assert seen.width > seen.height  # lying
        assert [one.text for one in zxingcpp.read_barcodes(seen)] == [address]


def test_a_revoked_one_is_neither_printed_nor_offered() -> None:
    person = make_user()
    row = awarded(person)
    revoke(award=row, reason="Erreur de liste.", actor=make_user(Role.TRAINER), at=NOW)
    client = browser(person)
    assert client.get(f"{OWN}/{row.code}/attestation-fr.pdf").status_code == 404
    told = page(f"{OWN}/{row.code}", client)
    assert "Erreur de liste." in told
    assert ".jwt" not in told


def test_a_trainer_revokes_for_a_written_reason() -> None:
    row, client = awarded(), browser(make_user(Role.TRAINER))
    found = client.get(DESK, {"code": row.code.lower()})
    assert found["Location"] == f"{DESK}/{row.code}"
    assert plain("Aucune attestation ne porte le code") in page(f"{DESK}?code=K7M4-2QX", client, 404)
    bare = client.post(f"{DESK}/{row.code}", {"reason": ""})
    assert bare.status_code == 422
    assert plain("Écrivez pourquoi") in plain(bare.content.decode())
    client.post(f"{DESK}/{row.code}", {"reason": "Obtenue par erreur de liste."})
    client.post(f"{DESK}/{row.code}", {"reason": "Une seconde fois, pour voir."})
    assert Award.objects.get().reason == "Obtenue par erreur de liste."
    assert plain("était déjà révoquée") in page(f"{DESK}/{row.code}", client)


def test_machines_read_documents_from_any_site_and_keep_them() -> None:
    row = awarded()
    version = "badges/achievements/fr/course/price-and-margin/1"
    kinds = {
        "/.well-known/did.json": "application/json",
        "/badges/keys.json": "application/jwk-set+json",
        "/badges/issuer.json": "application/ld+json",
        f"/badges/status/{row.status_list_id}": "application/vc+jwt",
        f"/{version}": "application/ld+json",
        f"/{version}.svg": "image/svg+xml",
        f"/{version}.png": "image/png",
        f"/badges/{row.code}": "application/vc+jwt",
        f"/badges/{row.code}.json": "application/json",
        f"/badges/{row.code}.svg": "image/svg+xml",
    }
    for address, kind in kinds.items():
        answer = Client().get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind), address
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "default-src 'none'" in answer["Content-Security-Policy"], address
        if "ETag" in answer:
            assert Client().get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    for address in (
        "/badges/status/999", f"/{version}.gif", f"/{version[:-1]}9", f"/{version.replace('/fr/', '/de/')}",
        f"/badges/{row.code}.exe", "/badges/K7M4-2QX",
    ):  # fmt: skip
        assert Client().get(address).status_code == 404, address


def test_a_browser_at_a_credential_s_address_is_led_to_words() -> None:
    row = awarded()
    asked = {"accept": "text/html,application/xhtml+xml", "accept-language": "ar"}
    answer = Client().get(f"/badges/{row.code}", headers=asked)
    assert answer["Location"] == f"/ar/verifier/{row.code}"
    assert "Accept" in answer["Vary"]


def test_every_retired_key_is_still_published_first_the_one_that_signs() -> None:
    former = awarded().key
    renewed = renew_key(actor=None, at=NOW)
    assert former is not None
    document = Client().get("/.well-known/did.json").json()
    names = [method["id"] for method in document["verificationMethod"]]
    assert names == [f"did:web:projets.example#{key.kid}" for key in (renewed, former)]
    assert all("d" not in method["publicKeyJwk"] for method in document["verificationMethod"])


def _many(number: int) -> None:
    """Awards written straight into the base, beside those there, in a list that no other award takes a place of."""
    first = Award.objects.order_by("pk").first()
    assert first is not None
    apart, _made = StatusList.objects.get_or_create(
        used=PLACES, defaults={"bits": bytes(PLACES // 8), "start": 0, "step": 1}
    )
    Award.objects.bulk_create(
        Award(
            code=f"{place:08d}", user=None, achievement_id=first.achievement_id, version_id=first.version_id,
            achieved_at=NOW, status_list=apart, place=place,
        )
        for place in range(number)
    )  # fmt: skip


def test_pages_and_documents_cost_the_same_for_ten_awards_or_a_thousand() -> None:
    person, trainer = make_user(display_name="Fatima"), make_user(Role.TRAINER)
    row = awarded(person)
    _fill_person(person, 3)
    clients = {"own": browser(person), "desk": browser(trainer), "nobody": Client()}
    asked = (
        ("nobody", "/.well-known/did.json"), ("nobody", f"/badges/status/{row.status_list_id}"),
        ("nobody", f"/badges/{row.code}"), ("nobody", f"/fr/verifier/{row.code}"), ("own", OWN),
        ("own", f"{OWN}/{row.code}"), ("desk", DESK),
    )  # fmt: skip
    _many(10)
    for who, address in asked:
        clients[who].get(address)  # what the process keeps is kept
    before = [_cost(clients[who], address) for who, address in asked]
    few = Award.objects.count()
    Award.objects.filter(user=None).delete()
    _many(1000)
    _fill_person(person, 25)
    assert Award.objects.count() > few + 900
    assert [_cost(clients[who], address) for who, address in asked] == before
    assert before[:3] == [1, 2, 1]  # the generation; it and the revision; the row


def _fill_person(person: Any, number: int) -> None:
    for one in range(number):
        awarded(person, f"course:cours-{one}")


def _cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_list_s_bits_are_read_once_for_each_of_its_changes() -> None:
    row = awarded()
    address = f"/badges/status/{row.status_list_id}"
    first = Client().get(address)
    with CaptureQueriesContext(connection) as asked:
        Client().get(address)
    assert not [query for query in asked if "bits" in query["sql"]]
    revoke(award=row, reason="Erreur de liste.", actor=make_user(Role.TRAINER), at=NOW)
    assert Client().get(address)["ETag"] != first["ETag"]


def test_a_newer_version_is_shown_beside_the_former() -> None:
    person = make_user()
    row = awarded(person)
    defined(version=2)
    awarded(person, at=NOW + timedelta(days=1))
    assert plain("La personne en a obtenu depuis une plus récente") in page(f"/fr/verifier/{row.code}")
    assert plain("remplacée par une plus récente") in page(OWN, browser(person))
