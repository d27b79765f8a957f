"""Threads and notes through their pages: written without a script, heard, put right, refused; at a constant cost."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.projects.received import PaperRefusal
from bpc.portal.threads.attachments import RefusedFile, receive
from bpc.portal.threads.models import Message, StaffNote, Thread
from bpc.portal.threads.notes import share_note, write_note
from bpc.portal.threads.voice import VoiceRefusal
from bpc.portal.web.threads.words import REFUSALS
from tests.portal.projects.project_world import Group, make_group
from tests.portal.threads.thread_world import NOW, PDF, add_message, amr, start_thread, upload, webm
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db
UNACCEPTABLE = 422


@pytest.fixture
def group() -> Group:
    return make_group()


def at(group: Group, rest: str = "", language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{group.project.reference}/{rest}".removesuffix("/")


def sent(text: str = "Bonjour", **more: Any) -> dict[str, Any]:
    return {"text": text, "submission_key": str(uuid4()), **more}


def recording(seconds: float = 3, name: str = "message-vocal.webm") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, webm(seconds), "audio/webm")


def test_a_subject_is_opened_answered_by_voice_and_read(group: Group) -> None:
    owner, advisor = entered(group.inside["owner"]), entered(group.inside["advisor"])
    form = sent(
        "Où trouver un devis ?", subject="Le devis du séchoir", attached=SimpleUploadedFile("a.pdf", PDF)
    )
    assert owner.post(at(group, "messages/nouveau"), form).status_code == 302
    thread = Thread.objects.get()
    page = at(group, f"messages/{thread.pk}")
    assert "1 nouveau" in advisor.get(at(group)).content.decode()
    assert "1 nouveau" in advisor.get("/fr/mon-espace").content.decode()
    assert "Où trouver un devis ?" in advisor.get(page).content.decode()
    assert "nouveau<" not in advisor.get("/fr/mon-espace/messages").content.decode()
    answer = advisor.post(page, sent("", voice=recording()))
    assert answer["Location"] == f"{page}#m2"
    told = owner.get(page).content.decode()
    assert "Message vocal, 3 secondes" in told
    assert "<audio controls preload" in told
    assert "conseiller" in told
    file = thread.messages.get(number=2).files.get()
    assert (file.kind, file.original_name, file.content_type) == ("voice", "message-vocal.webm", "audio/webm")


def test_the_same_form_sent_twice_is_one_message(group: Group) -> None:
    client = entered(group.inside["owner"])
    page = at(group, f"messages/{start_thread(group.project, group.inside['owner']).pk}")
    form = sent("Deux fois")
    assert [client.post(page, form)["Location"] for _time in range(2)] == [f"{page}#m2"] * 2
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (sent(""), "Écrivez quelques mots, ou joignez"),
        (sent("x" * 4001), "Raccourcissez-le"),
        (sent(voice=SimpleUploadedFile("a.mp3", amr(75))), "dure plus d’une minute"),
        (sent(voice=SimpleUploadedFile("a.mp3", PDF)), "n’est pas un enregistrement"),
        (sent(attached=SimpleUploadedFile("a.pdf", b"MZ")), "ni un enregistrement de voix"),
        (sent(attached=[SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(6)]), "Cinq fichiers au plus"),
        (sent("a\u202eb"), "changent le sens de lecture"),
    ],
)
def test_what_cannot_be_sent_is_told_and_nothing_is_lost(
    group: Group, form: dict[str, Any], told: str
) -> None:
    client = entered(group.inside["owner"])
    page = at(group, f"messages/{start_thread(group.project, group.inside['owner']).pk}")
    answer = client.post(page, form)
    assert answer.status_code == UNACCEPTABLE
    assert told in answer.content.decode()
    assert Message.objects.count() == 1


def test_strangers_and_staff_find_nothing(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"], files=[upload()])
    file = thread.messages.get().files.get()
    one = f"messages/{thread.pk}"
    pages = ["messages", one, "messages/nouveau", f"{one}/fichiers/{file.pk}", "notes", f"{one}/1/corriger",
             f"{one}/1/retirer"]  # fmt: skip
    for name in ("person", "other advisor"):
        client = entered(group.outside[name])
        assert {client.get(at(group, page)).status_code for page in pages} == {404}
        assert client.post(at(group, f"messages/{thread.pk}"), sent()).status_code == 404
    editor = entered(group.inside["editor"])
    assert editor.get(at(group, f"messages/{thread.pk}/1/corriger")).status_code == 403
    assert editor.get(at(group, "notes")).status_code == 404


def test_a_file_is_downloaded_and_a_voice_heard_piece_by_piece(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"], files=[upload(amr(2), "voix.amr")])
    file = thread.messages.get().files.get()
    client = entered(group.inside["reader"])
    address = at(group, f"messages/{thread.pk}/fichiers/{file.pk}")
    whole = client.get(address)
    assert whole.content == amr(2)
    assert whole["Content-Disposition"] == 'attachment; filename="voix.amr"'
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert whole["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (whole["Accept-Ranges"], whole["Content-Type"]) == ("bytes", "audio/amr")
    for asked, part in (("bytes=0-5", amr(2)[:6]), ("bytes=3200-", amr(2)[3200:]), ("bytes=-4", amr(2)[-4:])):
        answer = client.get(address, headers={"Range": asked})
        assert (answer.status_code, answer.content) == (206, part)
    assert client.get(address, headers={"Range": "bytes=0-5"})["Content-Range"] == f"bytes 0-5/{len(amr(2))}"
    assert client.get(address, headers={"Range": "bytes=99999-"}).status_code == 416
    assert client.get(address, headers={"Range": "lines=1-2"}).status_code == 200


def test_a_message_is_put_right_then_withdrawn_by_its_author(group: Group) -> None:
    owner = group.inside["owner"]
    client = entered(owner)
    thread = start_thread(group.project, owner, "Mardi à 9 h", at=timezone.now())
    page = at(group, f"messages/{thread.pk}")
    assert client.post(f"{page}/1/corriger", {"text": "Mercredi"})["Location"] == f"{page}?page=1#m1"
    told = client.get(page).content.decode()
    assert "Mercredi" in told
    assert "<s>Mardi à 9 h</s>" in told
    assert client.post(f"{page}/1/retirer").status_code == 302
    told = client.get(page).content.decode()
    assert "Message retiré." in told
    assert "Mercredi" not in told


def test_pages_of_a_long_thread_cost_what_those_of_a_short_one_do(group: Group) -> None:
    owner, editor = group.inside["owner"], group.inside["editor"]
    client = entered(editor)
    thread = start_thread(group.project, owner, files=[upload()])
    for _time in range(9):
        add_message(thread, owner)
    pages = [at(group, f"messages/{thread.pk}"), at(group, "messages"), at(group), "/fr/mon-espace/messages"]
    few = [_queries(client, page) for page in pages for _time in range(2)][1::2]
    Message.objects.bulk_create(
        Message(thread=thread, number=number, author=owner, text=f"n{number}", language="fr")
        for number in range(11, 10_001)
    )
    Thread.objects.filter(pk=thread.pk).update(last_number=10_000)
    many = [_queries(client, page) for page in pages for _time in range(2)][1::2]
    assert many == few
    assert max(many) <= 45
    last = client.get(pages[0]).content.decode()
    assert last.count("<article") == 50
    assert "n10000<" in last
    assert "n9950<" not in last
    assert "n51<" in client.get(f"{pages[0]}?page=2").content.decode()
    assert client.get(f"{pages[0]}?page=zut").status_code == 200


def _queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(page).status_code == 200
    return len(caught)


def test_notes_are_kept_by_the_advisor_and_shared_with_the_delegate(group: Group) -> None:
    advisor, delegate = entered(group.inside["advisor"]), entered(group.outside["delegate"])
    assert advisor.post(at(group, "notes"), sent("Groupe hésitant.")).status_code == 302
    note = StaffNote.objects.get()
    assert "Groupe hésitant." not in delegate.get("/fr/mon-espace/notes-partagees").content.decode()
    assert delegate.get(f"/fr/mon-espace/notes/{note.pk}/repondre").status_code == 404
    assert advisor.post(f"/fr/mon-espace/notes/{note.pk}/partager", {"shared": "1"}).status_code == 302
    told = delegate.get("/fr/mon-espace/notes-partagees").content.decode()
    assert "Groupe hésitant." in told
    assert group.project.reference in told
    assert group.project.name not in told
    assert delegate.post(f"/fr/mon-espace/notes/{note.pk}/repondre", sent("Je passe.")).status_code == 302
    assert "Je passe." in advisor.get(at(group, "notes")).content.decode()
    assert delegate.get(f"/fr/mon-espace/notes/{note.pk}/effacer").status_code == 404
    assert entered(group.inside["owner"]).get("/fr/mon-espace/notes-partagees").status_code == 403
    assert advisor.post(f"/fr/mon-espace/notes/{note.pk}/effacer").status_code == 302
    assert not StaffNote.objects.exists()


def test_the_group_meets_no_note_anywhere(group: Group) -> None:
    owner, advisor = group.inside["owner"], group.inside["advisor"]
    note = write_note(project=group.project, text="Prudence secrète.", language="fr", submission_key=uuid4(),
                      actor=advisor, at=NOW)  # fmt: skip
    share_note(note=note, shared=True, actor=advisor, at=NOW)
    client = entered(owner)
    thread = start_thread(group.project, owner)
    for page in (at(group), at(group, "messages"), at(group, f"messages/{thread.pk}"), "/fr/mon-espace",
                 "/fr/mon-espace/donnees"):  # fmt: skip
        told = client.get(page).content.decode()
        assert "secrète" not in told
        assert f"/{group.project.reference}/notes" not in told
    assert client.get(f"/fr/mon-espace/notes/{note.pk}/repondre").status_code == 404
    assert client.post(f"/fr/mon-espace/notes/{note.pk}/partager", {"shared": "0"}).status_code == 404


def test_a_file_no_scanner_saw_is_refused_and_every_refusal_has_its_words(settings: Any) -> None:
    settings.SCANNER = "127.0.0.1:1"  # nobody listens there
    with pytest.raises(RefusedFile) as refused:
        receive(upload(PDF, "statuts.pdf"))
    assert refused.value.reason == PaperRefusal.UNSCANNED
    assert {*PaperRefusal, *VoiceRefusal} == set(REFUSALS)
