"""The vault and an application through their pages: from opening to paid, and the plan brought up to date."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.portal.applications.models import Application
from bpc.portal.applications.states import State, Step
from bpc.portal.plans.queries import main_plan
from bpc.portal.projects.models import ProjectMember
from bpc.portal.vault.models import VaultDocument
from tests.portal.applications.application_world import NOW, PDF, SOURCE, TODAY, open_one, put_paper, tell
from tests.portal.plans.plan_world import make_plan
from tests.portal.projects.project_world import Group, make_group
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db
UNACCEPTABLE = 422


def at(group: Group, rest: str, language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{group.project.reference}/{rest}"


def day(name: str, value: date) -> dict[str, Any]:
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def status(client: Client, page: str) -> int:
    """Of a page; a file is read to its end, which closes it."""
    answer = client.get(page)
    if answer.streaming:
        b"".join(answer)
    return answer.status_code


def pdf(data: bytes = PDF, name: str = "statuts.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def test_a_paper_is_put_in_found_and_downloaded_as_it_came() -> None:
    group = make_group()
    client = entered(group.inside["owner"])
    sent = {"kind": "tax_certificate", "file": pdf(name="../fisc.php"), **day("issued_on", TODAY)}
    assert client.post(at(group, "coffre/ajouter"), sent).status_code == 302
    paper = VaultDocument.objects.get()
    assert paper.expires_on == TODAY.replace(year=TODAY.year + 1)  # the usual year, proposed
    assert "Attestation de régularité fiscale" in client.get(at(group, "coffre")).content.decode()
    answer = client.get(at(group, f"coffre/{paper.pk}/fichier"))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file answer streams
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="fisc.pdf"'
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"file": pdf(b"<html>")}, "ni un PDF ni une photo"),
        ({"file": pdf(b"")}, "vide"),
        ({"kind": "identity_cards"}, "Choisissez une pièce de la liste"),
        ({"kind": "other"}, "Donnez un nom"),
        (day("issued_on", TODAY + timedelta(days=2)), "à venir"),
        ({**day("issued_on", TODAY), **day("expires_on", TODAY - timedelta(days=1))}, "avant d’exister"),
    ],
)
def test_what_is_wrong_with_a_paper_is_said_beside_its_field(changes: dict[str, Any], words: str) -> None:
    group = make_group()
    sent = {"kind": "statutes", "file": pdf(), **changes}
    answer = entered(group.inside["owner"]).post(at(group, "coffre/ajouter"), sent)
    assert answer.status_code == UNACCEPTABLE
    assert words in answer.content.decode()
    assert not VaultDocument.objects.exists()


def test_nobody_but_those_who_keep_it_opens_a_vault() -> None:
    group = make_group()
    paper = put_paper(group.project, group.inside["owner"])
    made = open_one(group.project, group.inside["owner"])
    pages = ("coffre", f"coffre/{paper.pk}", f"coffre/{paper.pk}/fichier", "dossiers", f"dossiers/{made.pk}",
             f"dossiers/{made.pk}/dossier-fr.zip", f"dossiers/{made.pk}/pieces/letter/fr")  # fmt: skip
    expected = {"owner": 200, "editor": 200, "advisor": 200, "reader": 403, "stranger": 302,
                "person": 404, "other advisor": 404, "delegate": 404, "administrator": 404}  # fmt: skip
    for role, person in group.everybody.items():
        client = Client() if role == "stranger" else entered(person)
        found = {status(client, at(group, page)) for page in pages}
        assert found == {expected[role]}, role


def test_the_sheet_of_a_source_leads_to_a_project_of_one_s_own() -> None:
    begin = f"/fr/mon-espace/dossiers/ouvrir/{SOURCE}"
    group, other = make_group(), make_group()
    owner = group.inside["owner"]
    assert entered(owner).get(begin)["Location"] == at(group, f"dossiers/nouveau?source={SOURCE}")
    assert "Commencez d’abord un projet" in entered(group.inside["reader"]).get(begin).content.decode()
    ProjectMember.objects.create(project=other.project, user=owner, role="editor")
    page = entered(owner).get(begin).content.decode()
    assert [at(one, "dossiers/nouveau") in page for one in (group, other)] == [True, True]
    assert entered(owner).get(f"{begin}x").status_code == 404
    assert Client().get(begin).status_code == 302


def test_an_advisor_reads_and_writes_nothing() -> None:
    group = make_group()
    paper = put_paper(group.project, group.inside["owner"])
    made = open_one(group.project, group.inside["owner"])
    client = entered(group.inside["advisor"])
    forms = ("coffre/ajouter", f"coffre/{paper.pk}/remplacer", f"coffre/{paper.pk}/effacer", "dossiers/nouveau",
             f"dossiers/{made.pk}/montant", f"dossiers/{made.pk}/cocher", f"dossiers/{made.pk}/suivi/send",
             f"dossiers/{made.pk}/suivi/annuler", f"dossiers/{made.pk}/plan", f"coffre/{paper.pk}",
             f"dossiers/{made.pk}/pieces/letter/fr")  # fmt: skip
    assert {client.post(at(group, form), {"act": "write"}).status_code for form in forms} == {403}


def test_a_paper_of_another_project_is_not_found_under_mine() -> None:
    mine, other = make_group(), make_group()
    theirs = put_paper(other.project, other.inside["owner"])
    file = open_one(other.project, other.inside["owner"])
    client = entered(mine.inside["owner"])
    for page in (f"coffre/{theirs.pk}/fichier", f"coffre/{theirs.pk}/effacer", f"dossiers/{file.pk}"):
        assert client.get(at(mine, page)).status_code == 404


def test_from_opening_to_paid_with_a_proof() -> None:
    group = make_group()
    client = entered(group.inside["owner"])
    opened = client.post(at(group, "dossiers/nouveau"), {"source": SOURCE, "amount": "180 000"})
    made = Application.objects.get()
    assert opened["Location"] == at(group, f"dossiers/{made.pk}")
    assert made.amount_asked == Decimal(180_000)
    assert client.get(at(group, f"dossiers/nouveau?source={SOURCE}"))["Location"] == opened["Location"]
    step = at(group, f"dossiers/{made.pk}/suivi/")
    sent = {**day("on", TODAY - timedelta(days=9)), "text": "À la DAS", "proof": pdf(name="recu.pdf")}
    assert client.post(f"{step}send", sent).status_code == 302
    client.post(f"{step}ask_more", {**day("on", TODAY - timedelta(days=6)), "text": "Un devis",
                                    **day("due_on", TODAY + timedelta(days=4))})  # fmt: skip
    client.post(f"{step}answer", day("on", TODAY - timedelta(days=5)))
    client.post(f"{step}grant", {**day("on", TODAY - timedelta(days=3)), "amount": "150 000"})
    client.post(f"{step}pay", {**day("on", TODAY), "amount": "60 000,50"})
    made.refresh_from_db()
    assert (made.state, made.amount_granted, made.amount_paid) == (State.PAID, 150_000, Decimal("60000.5"))
    proof = made.events.get(step=Step.SEND).proof
    assert proof is not None
    assert (proof.kind, proof.issued_on) == ("receipt", TODAY - timedelta(days=9))
    page = client.get(at(group, f"dossiers/{made.pk}")).content.decode()
    for words in ("À la DAS", "Un devis", "150\u202f000 MAD", "60\u202f001 MAD", "Versement reçu"):
        assert words in page, words


def test_a_step_that_is_refused_leaves_no_proof_behind() -> None:
    group = make_group()
    owner = group.inside["owner"]
    made = open_one(group.project, owner)
    tell(made, owner, Step.SEND, TODAY - timedelta(days=2))
    sent = {**day("on", TODAY - timedelta(days=3)), "amount": "10", "proof": pdf()}
    answer = entered(owner).post(at(group, f"dossiers/{made.pk}/suivi/grant"), sent)
    assert answer.status_code == UNACCEPTABLE
    assert "Donnez un jour du" in answer.content.decode()
    assert not VaultDocument.objects.exists()
    bad = {**sent, **day("on", TODAY), "proof": pdf(b"MZ")}
    assert entered(owner).post(at(group, f"dossiers/{made.pk}/suivi/grant"), bad).status_code == UNACCEPTABLE
    made.refresh_from_db()
    assert made.state == State.SENT


def test_a_line_is_ticked_and_unticked_and_only_a_line() -> None:
    group = make_group()
    made = open_one(group.project, group.inside["owner"])
    client = entered(group.inside["editor"])
    where = at(group, f"dossiers/{made.pk}/cocher")
    for key in ("piece:letter", "piece:nothing", "x" * 300):
        assert client.post(where, {"key": key, "done": "yes"}).status_code == 302
    assert list(made.ticks.values_list("key", flat=True)) == ["piece:letter"]
    client.post(where, {"key": "piece:letter", "done": "no"})
    assert not made.ticks.exists()


def test_what_is_to_do_and_what_is_to_look_at_are_counted_apart() -> None:
    group = make_group()
    owner = group.inside["owner"]
    made = open_one(group.project, owner)
    put_paper(group.project, owner, expires_on=TODAY + timedelta(days=5))
    client = entered(owner)
    answer = client.get(at(group, f"dossiers/{made.pk}"))
    told, page = answer.context["checklist"], answer.content.decode()
    assert len(told.warnings) >= 1
    assert f"{len(told.missing)} à faire · {len(told.warnings)} à regarder" in page
    assert f"{told.done} / {len(told.lines)}" in page
    assert page.count("À regarder") == len(told.warnings)
    assert "Le dossier est prêt" not in page


def test_a_text_typed_is_kept_shown_and_given_back() -> None:
    group = make_group()
    made = open_one(group.project, group.inside["owner"])
    client = entered(group.inside["owner"])
    where = at(group, f"dossiers/{made.pk}/pieces/letter/fr")
    assert "Madame, Monsieur," in client.get(where).content.decode()
    arabic = client.get(where.replace("letter/fr", "letter/ar")).content.decode()
    assert (
        arabic.count('lang="ar"') == client.get(where).content.decode().count('lang="ar"') + 1
    )  # the text alone
    client.post(where, {"text": "Bonjour,\r\n\r\nnous <b>demandons</b>"})
    assert not made.drafts.exists()  # markup is refused
    client.post(where, {"text": "Bonjour à vous,\r\n\r\nnous demandons"})
    assert made.drafts.get().text == "Bonjour à vous,\n\nnous demandons"
    pdf_answer = client.get(f"{where}/fichier.pdf")
    assert pdf_answer["Content-Disposition"].startswith('attachment; filename="lettre-de-demande-')
    client.post(where, {"act": "proposed"})
    assert not made.drafts.exists()
    for wrong in ("pieces/letter/de", "pieces/nothing/fr", "pieces/letter/fr/fichier.exe"):
        assert client.get(at(group, f"dossiers/{made.pk}/{wrong}")).status_code == 404


def test_a_sheet_not_written_yet_is_asked_for_and_never_called_read() -> None:
    group = make_group(summary="")
    made = open_one(group.project, group.inside["owner"])
    client = entered(group.inside["owner"])
    where = at(group, f"dossiers/{made.pk}/pieces/sheet/fr")
    page = client.get(where).content.decode()
    assert "Décrivez ici votre projet" in page
    assert "Nous l’avons relue" not in page
    area = page[page.index("<textarea") : page.index("</textarea>")]
    assert "Décrivez" not in area
    client.post(at(group, f"dossiers/{made.pk}/cocher"), {"key": "piece:sheet", "done": "yes"})
    assert not made.ticks.exists()
    client.post(where, {"text": "Nous pressons des olives."})
    assert "Nous l’avons relue" in client.get(where).content.decode()


def test_the_archive_is_downloaded_never_kept_on_the_way() -> None:
    group = make_group()
    made = open_one(group.project, group.inside["owner"])
    answer = entered(group.inside["owner"]).get(at(group, f"dossiers/{made.pk}/dossier-ar.zip"))
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert "00-sommaire.pdf" in archive.namelist()


def test_an_award_is_shown_then_written_into_the_plan_and_undone() -> None:
    group = make_group()
    owner = group.inside["owner"]
    make_plan(group)
    made = open_one(group.project, owner)
    tell(made, owner, Step.SEND, TODAY - timedelta(days=30))
    tell(made, owner, Step.GRANT, TODAY - timedelta(days=2), amount=Decimal(50_000))
    client = entered(owner)
    where = at(group, f"dossiers/{made.pk}/plan")
    shown = client.get(where).content.decode()
    assert "50\u202f000 MAD" in shown
    plan = main_plan(group.project)
    assert plan is not None
    assert (plan.revision, plan.document.get("grants")) == (1, None)
    answer = client.post(where, {"act": "write", "ligne": "new", "revision": "1"})
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert plan.revision == 2
    assert [(one["id"], one["amount"]) for one in plan.document["grants"]] == [
        ("indh_taroudant_2026", 50_000)
    ]
    assert client.get(where)["Location"] == at(group, f"dossiers/{made.pk}")  # nothing left to write


def test_pages_cost_the_same_for_two_papers_and_for_fifty() -> None:
    group = make_group()
    owner = group.inside["owner"]
    made = open_one(group.project, owner)
    tell(made, owner, Step.SEND, TODAY - timedelta(days=3))
    client = entered(owner)
    spent: list[list[int]] = []
    client.get(at(group, f"dossiers/{made.pk}"))  # what the process then holds
    for number in (2, 50):
        while VaultDocument.objects.count() < number:
            put_paper(group.project, owner, "quotes", expires_on=TODAY + timedelta(days=90))
        costs = []
        for page in ("coffre", "dossiers", f"dossiers/{made.pk}"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(at(group, page)).status_code == 200
            costs.append(len(queries))
        spent.append(costs)
    assert spent[0] == spent[1]
    assert max(spent[0]) < 45


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_page_opens_in_both_languages(language: str) -> None:
    group = make_group()
    owner = group.inside["owner"]
    make_plan(group)
    paper = put_paper(group.project, owner, "other", label="Accord du caïd", language="fr", at=NOW)
    made = open_one(group.project, owner)
    client = entered(owner)
    pages = ["coffre", "coffre/ajouter", f"coffre/{paper.pk}", f"coffre/{paper.pk}/remplacer",
             f"coffre/{paper.pk}/effacer", "dossiers", f"dossiers/{made.pk}", f"dossiers/{made.pk}/suivi/send",
             "dossiers/nouveau?source=indh-p3-ess", *(f"dossiers/{made.pk}/pieces/{piece}/{language}"
             for piece in ("letter", "sheet", "budget", "statement"))]  # fmt: skip
    other = "ar" if language == "fr" else "fr"
    for page in pages:
        answer = client.get(at(group, page, language))
        assert answer.status_code == 200, page
        # the switch of languages leads to the same page
        assert f'href="{at(group, page, other)}"' in answer.content.decode(), page
