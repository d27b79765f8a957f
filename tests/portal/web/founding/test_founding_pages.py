"""The pages of the creation file as people meet them: begin, answer, founders, papers, check, and who may."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.papers import MARK, paper_kinds
from tests.portal.applications.application_world import PDF
from tests.portal.founding.founding_world import begun, complete, fill_founders, say
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.pdf_text import Paper
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import add_people, make_group

pytestmark = pytest.mark.django_db


def _client(person: Any) -> Client:
    client = Client()
    if person.is_authenticated:
        sign_in_with_factor(client, person)
    return client


def _at(file: CreationFile, rest: str = "", language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{file.project.reference}/creation{rest}"


def test_a_group_begins_its_file_with_what_the_project_knows() -> None:
    group = make_group()
    owner = group.inside["owner"]
    add_people(group.project, owner, 2)
    client = _client(owner)
    address = f"/fr/mon-espace/projets/{group.project.reference}/creation"
    assert "Commencer le dossier" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    file = CreationFile.objects.get()
    assert file.answers == {"name_1": "Safran d’Igherm", "purpose_fr": "Nous séchons ensemble."}
    assert [one.name_fr for one in file.founders.all()] == ["Personne 0", "Personne 1"]
    client.post(address)  # sent twice, begun once
    assert CreationFile.objects.count() == 1
    assert "Les pages du dossier" in client.get(address).content.decode()


def test_only_those_who_change_the_project_write_and_strangers_find_nothing() -> None:
    group, file = begun()
    founder = file.founders.all()[0].pk
    pages = ("", "/papiers", "/verification", "/membres", "/papiers/members_list/ar")
    forms = ("/name", "/membres/nouveau", f"/membres/{founder}", f"/membres/{founder}/retirer")
    for name, person in group.everybody.items():
        client = _client(person)
        reads = name in ("owner", "editor", "reader", "advisor")
        writes = name in ("owner", "editor")
        for page in pages:
            expected = 200 if reads else 302 if not person.is_authenticated else 404
            assert client.get(_at(file, page)).status_code == expected, (name, page)
        for page in forms:
            expected = 200 if writes else 403 if reads else 302 if not person.is_authenticated else 404
            assert client.get(_at(file, page)).status_code == expected, (name, page)
        assert client.post(_at(file, "/membres")).status_code == (302 if writes else expected)


def test_a_page_is_kept_as_a_draft_and_unknown_stays_unknown() -> None:
    group, file = begun()
    client = _client(group.inside["owner"])
    page = client.get(_at(file, "/capital"))
    base = page.context["form"]["base"].value()
    sent = {
        "base": base,
        "share_value": "1 250,50",
        "minimum_shares": "",
        "liability_times": "",
        "act": "next",
    }
    answer = client.post(_at(file, "/capital"), sent)
    assert (answer.status_code, answer["Location"]) == (302, _at(file, "/membres"))
    file.refresh_from_db()
    assert file.answers["share_value"] == "1250.50"
    assert "minimum_shares" not in file.answers


@pytest.mark.parametrize(
    ("family", "sent", "field", "words"),
    [
        ("capital", {"share_value": "50"}, "share_value", "au moins 100 MAD (loi 112-12, art. 26)"),
        ("organs", {"management": "board", "board_size": "4"}, "board_size", "multiple de 3 (loi 112-12, art. 50)"),
        ("organs", {"management": "managers", "board_size": "6"}, "board_size", "les deux (loi 112-12, art. 47)"),
        ("rules", {"refund_basis": "shares"}, "refund_basis", "ne permet pas ce choix (loi 112-12, art. 2, 69)"),
        ("purpose", {"duration_years": "120"}, "duration_years", "au plus 99 (loi 112-12, art. 5)"),
        ("name", {"name_1": "Or rouge", "name_2": "or  rouge"}, "name_2", "trois différents (décret 2-15-617, art. 3)"),
    ],
)  # fmt: skip
def test_what_the_law_forbids_is_refused_next_to_its_field(
    family: str, sent: dict[str, str], field: str, words: str
) -> None:
    group, file = begun()
    client = _client(group.inside["owner"])
    base = client.get(_at(file, f"/{family}")).context["form"]["base"].value()
    answer = client.post(_at(file, f"/{family}"), {"base": base, **sent})
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[field]).replace("\u202f", " ").replace("\xa0", " ")
    file.refresh_from_db()
    assert field not in file.answers


def test_two_people_on_one_page_are_told_and_lose_nothing() -> None:
    group, file = begun()
    client = _client(group.inside["owner"])
    base = client.get(_at(file, "/seat")).context["form"]["base"].value()
    say(file, group.inside["editor"], "seat", seat_fr="Douar Tagmout", area_fr="Igherm")
    answer = client.post(_at(file, "/seat"), {"base": base, "seat_fr": "Centre d’Igherm"})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert (form["seat_fr"].value(), form["area_fr"].value()) == ("Centre d’Igherm", "Igherm")
    assert [(one["theirs"], one["taken"]) for one in answer.context["differences"]] == [
        ("Douar Tagmout", False), ("Igherm", True),
    ]  # fmt: skip
    again = {"base": form["base"].value(), "seat_fr": "Centre d’Igherm", "area_fr": "Igherm"}
    assert client.post(_at(file, "/seat"), again).status_code == 302
    file.refresh_from_db()
    assert (file.answers["seat_fr"], file.answers["area_fr"]) == ("Centre d’Igherm", "Igherm")


def test_a_founder_is_written_changed_and_removed() -> None:
    group, file = begun()
    say(file, group.inside["owner"], "capital", share_value="100")
    client = _client(group.inside["owner"])
    sent = {
        "kind": "natural",
        "name_ar": "رقية",
        "shares": "5",
        "in_kind": "600",
        "cash_paid": "100",
        "office": "manager",
    }
    refused = client.post(_at(file, "/membres/nouveau"), sent)
    assert "500 MAD (loi 112-12, art. 27)" in str(refused.context["form"].errors["in_kind"]).replace(
        "\u202f", " "
    )
    assert client.post(_at(file, "/membres/nouveau"), {**sent, "in_kind": "0"}).status_code == 302
    made = FoundingMember.objects.latest("pk")
    assert (made.name_ar, made.shares, made.in_kind, made.office, made.profession) == (
        "رقية",
        5,
        0,
        "manager",
        "",
    )
    nameless = client.post(_at(file, f"/membres/{made.pk}"), {**sent, "name_ar": "", "revision": "1"})
    assert nameless.status_code == 422
    stale = {**sent, "in_kind": "0", "shares": "6", "revision": "0"}
    told = client.post(_at(file, f"/membres/{made.pk}"), stale)
    assert (told.status_code, [one["theirs"] for one in told.context["differences"]]) == (422, ["5"])
    assert client.post(_at(file, f"/membres/{made.pk}"), {**stale, "revision": "1"}).status_code == 302
    assert client.post(_at(file, f"/membres/{made.pk}/retirer")).status_code == 302
    assert not FoundingMember.objects.filter(pk=made.pk).exists()


def test_papers_tell_what_they_lack_and_where_to_say_it() -> None:
    group, file = begun()
    client = _client(group.inside["owner"])
    page = client.get(_at(file, "/papiers/members_list/fr"))
    lines = {plain(one.label): one.url for one in page.context["missing"]}
    assert lines["Valeur d’une part"] == _at(file, "/capital#field-share_value")
    founder = file.founders.all()[0]
    assert lines[f"{founder.name_fr} : profession, adresse, nombre de parts, nombre et valeur des parts, "
                 "apports en nature, montant versé"] == _at(file, f"/membres/{founder.pk}")  # fmt: skip
    arabic = client.get(_at(file, "/papiers/members_list/fr", "ar"))
    assert "قيمة الحصة الواحدة" in [one.label for one in arabic.context["missing"]]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_complete_file_lacks_nothing_and_prints_everything_in_one_archive(language: str) -> None:
    group, file = complete()
    client = _client(group.inside["reader"])
    page = client.get(_at(file, "/papiers", language))
    papers = [paper for phase in page.context["phases"] for paper in phase["papers"]]
    assert [paper["code"] for paper in papers if paper["missing"]] == []
    assert len(papers) == len(paper_kinds()) == 13
    for form, beginning in (("pdf", b"%PDF-"), ("docx", b"PK")):
        alone = client.get(_at(file, f"/papiers/members_list/{language}.{form}"))
        assert alone.status_code == 200
        assert alone.content.startswith(beginning)
        assert alone["Content-Disposition"].endswith(f'-{language}.{form}"')
    answer = client.get(_at(file, f"/papiers/tout-{language}.zip"))
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert len(names) == 26
        statutes = Paper(
            archive.read(next(name for name in names if "statuts" in name and name.endswith(".pdf")))
        )
    assert statutes.language == f"{language}-MA"
    assert statutes.says_it_is_accessible
    assert "Modèle à faire relire" in statutes.text()


def test_the_check_says_what_is_against_the_law_and_leads_there() -> None:
    group, file = complete()
    client = _client(group.inside["owner"])
    groups = {one["code"]: one["rows"] for one in client.get(_at(file, "/verification")).context["groups"]}
    assert groups["unmet"] == []
    assert len(groups["met"]) > 35
    for founder in list(file.founders.all())[4:]:
        founder.delete()
    first = file.founders.all()[0]
    FoundingMember.objects.filter(pk=first.pk).update(cash_paid=1)
    page = client.get(_at(file, "/verification"))
    rows = next(one["rows"] for one in page.context["groups"] if one["code"] == "unmet")
    places = {row.law: [place.url for place in row.places] for row in rows}
    assert places["loi 112-12, art. 14"] == [_at(file, "/membres")]
    assert places["loi 112-12, art. 7, 26"] == [_at(file, f"/membres/{first.pk}")]
    assert "Elle ne décide rien" in page.content.decode()


def test_pages_cost_the_same_for_two_hundred_founders(django_assert_max_num_queries: Any) -> None:
    group, file = begun()
    fill_founders(file, group.inside["owner"])
    FoundingMember.objects.bulk_create(
        FoundingMember(file=file, name_fr=f"Membre {rank}") for rank in range(190)
    )
    client = _client(group.inside["owner"])
    for page in ("", "/membres", "/papiers", "/verification", "/papiers/statutes/fr"):
        client.get(_at(file, page))
        with django_assert_max_num_queries(24):
            assert client.get(_at(file, page)).status_code == 200


def test_unknown_papers_languages_and_forms_are_not_found() -> None:
    group, file = begun()
    client = _client(group.inside["owner"])
    for page in (
        "/papiers/nothing/fr",
        "/papiers/statutes/es",
        "/papiers/statutes/fr.exe",
        "/papiers/tout-es.zip",
        "/nothing",
    ):
        assert client.get(_at(file, page)).status_code == 404
    assert MARK in client.get(_at(file, "/papiers/statutes/fr")).content.decode()


def test_the_pieces_of_the_register_lead_to_what_is_to_be_done() -> None:
    group, file = complete()
    client = _client(group.inside["owner"])
    page = client.get(_at(file, "/depot"))
    pieces = {plain(one["name"]): one for one in page.context["pieces"]}
    base = _at(file)[: -len("/creation")]
    identities = pieces["Copies des pièces d’identité"]
    assert [one["url"] for one in identities["links"]] == [_at(file, "/dates#field-papers_ready")]
    receipt = pieces["Récépissé de l’autorité locale"]
    assert (receipt["standing"], receipt["links"][0]["url"]) == (
        "missing", f"{base}/coffre/ajouter?piece=authority_receipt",
    )  # fmt: skip
    upload = SimpleUploadedFile("scan.pdf", PDF, "application/pdf")
    address = _at(file, "/papiers/statutes/fr/signe")
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"file": upload}).status_code == 302
    again = client.get(_at(file, "/depot"))
    assert again.context["ready"] == 1
    assert "La copie signée est dans le coffre." in client.get(_at(file, "/papiers")).content.decode()
    assert _client(group.inside["reader"]).get(address).status_code == 403
    assert _client(group.inside["reader"]).get(_at(file, "/depot")).status_code == 200
    assert _client(group.outside["person"]).get(_at(file, "/depot")).status_code == 404
