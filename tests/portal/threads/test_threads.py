"""Threads on a project: written, read, put right, withdrawn; files refused or kept; who is told, and how often."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from bpc.portal.foundation.permissions import visible
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import Notification
from bpc.portal.people.personal_data import export
from bpc.portal.people.sms import MemoryGateway
from bpc.portal.projects.actions import archive_project, delete_project
from bpc.portal.projects.received import PaperRefusal
from bpc.portal.threads.attachments import MOST_FILES, RefusedFile, TooManyFiles, receive, receive_all
from bpc.portal.threads.models import FormerText, Message, MessageFile, ReadMark, StaffNote, Thread
from bpc.portal.threads.notes import answer_note, delete_note, share_note, write_note
from bpc.portal.threads.queries import (
    PER_PAGE,
    marks_of,
    message_page,
    new_count,
    new_threads,
    notes_on,
    page_of_number,
    shared_notes,
    threads_of,
)
from bpc.portal.threads.telling import tell
from bpc.portal.threads.voice import VoiceRefusal
from bpc.portal.threads.writing import (
    CHANGE_WITHIN,
    MOST_AN_HOUR,
    NothingSaid,
    TooLate,
    TooManyMessages,
    change_message,
    mark_read,
    open_thread,
    withdraw_message,
    write,
)
from tests.portal.projects.project_world import Group, make_group
from tests.portal.threads.thread_world import NOW, PDF, add_message, amr, said, start_thread, upload
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return make_group()


def test_the_group_and_its_advisor_write_and_nobody_else_sees(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    for person in group.inside.values():
        add_message(thread, person, "Oui.")
    for name, person in group.outside.items():
        with pytest.raises(PermissionDenied):
            add_message(thread, person, name)
        assert not visible(person, Message).exists()
    thread.refresh_from_db()
    assert [message.number for message in thread.messages.order_by("number")] == [1, 2, 3, 4, 5]
    assert thread.last_number == 5


def test_the_same_form_sent_twice_makes_one_thread_and_one_message(group: Group) -> None:
    owner, first = group.inside["owner"], said("Bonjour.")
    threads = [
        open_thread(project=group.project, subject="Devis", language="fr", said=first, actor=owner, at=NOW)
        for _time in range(2)
    ]
    again = said("Encore.")
    rows = [write(thread=threads[0], said=again, actor=owner, at=NOW) for _time in range(2)]
    assert threads[0] == threads[1]
    assert rows[0] == rows[1]
    assert Message.objects.count() == 2
    with pytest.raises(PermissionDenied):  # another person's key opens nothing
        write(thread=threads[0], said=again, actor=group.inside["editor"], at=NOW)


def test_an_archived_project_is_read_only(group: Group) -> None:
    owner = group.inside["owner"]
    thread = start_thread(group.project, owner)
    archive_project(project=group.project, actor=owner, at=NOW)
    message = thread.messages.get()
    thread.refresh_from_db()
    for act in (
        lambda: add_message(thread, owner),
        lambda: start_thread(group.project, owner),
        lambda: change_message(message=message, text="Autre", language="fr", actor=owner, at=NOW),
        lambda: withdraw_message(message=message, actor=owner, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert visible(owner, Message).get() == message


def test_a_message_is_put_right_for_a_quarter_of_an_hour_and_its_former_words_stay(group: Group) -> None:
    owner = group.inside["owner"]
    message = start_thread(group.project, owner, "Mardi à 9 h").messages.get()
    later = NOW + timedelta(minutes=10)
    change_message(message=message, text="Mercredi à 9 h", language="fr", actor=owner, at=later)
    message.refresh_from_db()
    assert (message.text, message.edited_at) == ("Mercredi à 9 h", later)
    assert [(one.text, one.until) for one in message.former.all()] == [("Mardi à 9 h", later)]
    with pytest.raises(TooLate):
        change_message(
            message=message, text="Jeudi", language="fr", actor=owner,
            at=NOW + CHANGE_WITHIN + timedelta(seconds=1),
        )  # fmt: skip
    with pytest.raises(NothingSaid):
        change_message(message=message, text=" ", language="fr", actor=owner, at=later)
    with pytest.raises(PermissionDenied):
        change_message(message=message, text="Non", language="fr", actor=group.inside["editor"], at=later)


def test_a_message_withdrawn_leaves_its_place_and_nothing_else(
    group: Group, django_capture_on_commit_callbacks: object
) -> None:
    owner = group.inside["owner"]
    thread = start_thread(group.project, owner, files=[upload(), upload(amr(4), "note.amr")])
    message = thread.messages.get()
    names = [file.file.name for file in message.files.all()]
    change_message(message=message, text="Corrigé", language="fr", actor=owner, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw_message(message=message, actor=owner, at=NOW + timedelta(days=3))
    message.refresh_from_db()
    assert (message.text, message.number, message.withdrawn_at) == ("", 1, NOW + timedelta(days=3))
    assert not MessageFile.objects.exists()
    assert not FormerText.objects.exists()
    assert not any(default_storage.exists(name) for name in names)
    with pytest.raises(PermissionDenied):  # nothing is left to change
        withdraw_message(message=message, actor=owner, at=NOW)


def test_files_are_known_by_their_content_and_kept_under_a_name_that_tells_nothing(group: Group) -> None:
    files = [upload(PDF, "C:\\x\\devis.exe"), upload(amr(7.2), "audio.mp3")]
    message = start_thread(group.project, group.inside["owner"], "", files=files).messages.get()
    paper, voice = message.files.all()
    assert (paper.kind, paper.content_type, paper.original_name) == (
        "document",
        "application/pdf",
        "devis.pdf",
    )
    assert (voice.kind, voice.content_type, voice.original_name) == ("voice", "audio/amr", "audio.amr")
    assert voice.seconds == 8
    assert Path(voice.file.path).read_bytes() == amr(7.2)  # as it is
    assert Path(voice.file.path).suffix == ".bin"
    assert str(settings.MEDIA_ROOT) in voice.file.path


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (amr(61), VoiceRefusal.TOO_LONG),
        (b"MZ" + bytes(300), PaperRefusal.WRONG_TYPE),
        (b"<html><script>alert(1)</script>", PaperRefusal.WRONG_TYPE),
        (PDF.replace(b"/Catalog", b"/Catalog /JavaScript"), PaperRefusal.ACTIVE),
        (b"", PaperRefusal.EMPTY),
    ],
)
def test_hostile_files_are_refused_with_their_name(data: bytes, reason: object) -> None:
    with pytest.raises(RefusedFile) as refused:
        receive(upload(data, "statuts.pdf"))
    assert (refused.value.reason, refused.value.name) == (reason, "statuts.pdf")
    with pytest.raises(TooManyFiles):
        receive_all([upload() for _file in range(MOST_FILES + 1)])


def test_nothing_is_no_message_and_a_machine_is_stopped(group: Group) -> None:
    owner = group.inside["owner"]
    with pytest.raises(NothingSaid):
        said("  ")
    thread = start_thread(group.project, owner)
    for number in range(MOST_AN_HOUR - 1):
        add_message(thread, owner, str(number))
    with pytest.raises(TooManyMessages):
        add_message(thread, owner, "encore")
    add_message(thread, group.inside["editor"], "moi, je peux")
    add_message(thread, owner, "une heure après", at=NOW + timedelta(hours=1, minutes=1))


def test_what_is_new_is_counted_for_each_until_read(group: Group) -> None:
    owner, editor = group.inside["owner"], group.inside["editor"]
    thread = start_thread(group.project, owner)
    for _time in range(3):
        add_message(thread, owner)
    assert (new_count(owner), new_count(editor), new_count(group.inside["advisor"])) == (0, 4, 4)
    mark_read(thread=thread, number=2, actor=editor, at=NOW)
    assert new_count(editor, group.project) == 2
    assert [row.new for row in threads_of(group.project, editor)] == [2]
    withdraw_message(message=thread.messages.get(number=4), actor=owner, at=NOW)
    assert new_count(editor) == 1
    add_message(thread, editor, "Je réponds sans avoir tout lu.")
    assert (new_count(editor), new_count(owner)) == (1, 1)
    thread.refresh_from_db()
    mark_read(thread=thread, number=999, actor=editor, at=NOW)
    mark_read(thread=thread, number=1, actor=editor, at=NOW)  # never back
    assert ReadMark.objects.get(thread=thread, user=editor).number == 5
    assert list(new_threads(editor)) == []
    assert [mark.user for mark in marks_of(thread)] == [editor, owner]
    assert new_count(make_user()) == 0


def test_pages_hold_fifty_messages_and_the_newest_is_last(group: Group) -> None:
    owner = group.inside["owner"]
    thread = start_thread(group.project, owner)
    Message.objects.bulk_create(
        Message(thread=thread, number=number, author=owner, text=str(number), language="fr")
        for number in range(2, 2 * PER_PAGE + 4)
    )
    Thread.objects.filter(pk=thread.pk).update(last_number=2 * PER_PAGE + 3)
    thread.refresh_from_db()
    page = message_page(thread, None)
    assert (page.number, page.last, page.until) == (3, 3, 103)
    assert [one.number for one in page.messages] == [101, 102, 103]
    assert [one.number for one in message_page(thread, 1).messages][::49] == [1, 50]
    assert (message_page(thread, 99).number, message_page(thread, -4).number) == (3, 1)
    assert [page_of_number(number) for number in (0, 1, 50, 51, 100, 101)] == [1, 1, 1, 2, 2, 3]


def test_a_word_leaves_by_email_without_anything_private_in_it(
    group: Group, django_capture_on_commit_callbacks: object
) -> None:
    settings_address = "reponse@projets.example"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        start_thread(group.project, group.inside["owner"], "Le prix est 12 500 MAD.", subject="Prix secret")
    told = {message.to[0]: message for message in mail.outbox}
    assert set(told) == {group.inside[name].email for name in ("editor", "reader", "advisor")}
    for message in told.values():
        whole = message.message().as_string() + message.body
        for private in ("secret", "12 500", group.project.name, "Amina", group.project.reference):
            assert private not in whole
        assert "Vous avez un message sur la Banque de projets." in message.body
        assert "https://projets.example/fr/mon-espace/notifications/" in message.body
        assert message.extra_headers == {
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        }
        assert settings_address not in whole


def test_a_reader_is_told_once_until_they_read(
    group: Group, django_capture_on_commit_callbacks: object
) -> None:
    owner, editor = group.inside["owner"], group.inside["editor"]
    editor_mails = lambda: sum(editor.email in one.to for one in mail.outbox)  # noqa: E731
    thread = start_thread(group.project, owner)
    assert tell.func(thread.pk, editor.pk) == "email"
    add_message(thread, owner)
    ReadMark.objects.filter(user=editor).update(is_owed=True)  # a word already waits for its hour
    assert tell.func(thread.pk, editor.pk) == "held"
    assert editor_mails() == 1
    assert Notification.objects.filter(user=editor, kind="threads.new", read_at=None).count() == 1
    mark = ReadMark.objects.get(thread=thread, user=editor)
    mark_read(thread=thread, number=2, actor=editor, at=(mark.told_at or NOW) + timedelta(seconds=5))
    assert not Notification.objects.filter(user=editor, kind="threads.new", read_at=None).exists()
    assert tell.func(thread.pk, editor.pk) == "nothing"
    add_message(thread, owner)
    assert tell.func(thread.pk, editor.pk) == "email"  # read since: told at once
    assert editor_mails() == 2
    ReadMark.objects.filter(user=editor).update(told_at=NOW - timedelta(hours=2))
    assert tell.func(thread.pk, editor.pk) == "email"


def test_an_sms_is_short_and_leaves_once_an_hour(group: Group, settings: object) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # type: ignore[attr-defined]
    MemoryGateway.outbox.clear()
    owner, reader = group.inside["owner"], group.inside["reader"]
    reader.email, reader.phone, reader.phone_verified = None, "+212600112233", True
    reader.save()
    thread = start_thread(group.project, owner)
    assert tell.func(thread.pk, reader.pk) == "sms"
    number, text = MemoryGateway.outbox[0]
    assert number == "+212600112233"
    assert "Vous avez un message sur la Banque de projets." in text
    assert len(text) <= 160
    mark = ReadMark.objects.get(thread=thread, user=reader)
    mark_read(thread=thread, number=1, actor=reader, at=(mark.told_at or NOW) + timedelta(seconds=5))
    add_message(thread, owner)
    assert [tell.func(thread.pk, reader.pk) for _time in range(3)] == ["held", "held", "held"]
    waiting = [one for one in default_backend().results if one.task.run_after is not None]
    assert [one.task.run_after for one in waiting] == [mark.told_at + timedelta(hours=1)]  # type: ignore[operator]
    assert len(MemoryGateway.outbox) == 1
    ReadMark.objects.filter(pk=mark.pk).update(told_at=mark.told_at - timedelta(hours=1))  # type: ignore[operator]
    assert tell.func(thread.pk, reader.pk) == "sms"
    assert ReadMark.objects.get(pk=mark.pk).is_owed is False


def default_backend() -> object:
    """The queue of the test."""
    from django_tasks import default_task_backend  # noqa: PLC0415

    return default_task_backend


def test_who_left_the_group_is_told_nothing(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    group.project.members.filter(user=group.inside["reader"]).delete()
    assert tell.func(thread.pk, group.inside["reader"].pk) == "gone"
    assert tell.func(thread.pk, group.outside["delegate"].pk) == "gone"


def test_notes_between_staff_are_never_the_group_s(group: Group) -> None:
    advisor, delegate = group.inside["advisor"], group.outside["delegate"]
    key = uuid4()
    notes = [
        write_note(
            project=group.project, text="Prudence.", language="fr", submission_key=key, actor=advisor, at=NOW
        )
        for _time in range(2)
    ]
    assert notes[0] == notes[1]
    for name in ("owner", "editor", "reader"):
        with pytest.raises(PermissionDenied):
            write_note(project=group.project, text="x", language="fr", submission_key=uuid4(),
                       actor=group.inside[name], at=NOW)  # fmt: skip
        assert not visible(group.inside[name], StaffNote).exists()
    assert not shared_notes(delegate).exists()
    with pytest.raises(PermissionDenied):
        share_note(note=notes[0], shared=True, actor=delegate, at=NOW)
    share_note(note=notes[0], shared=True, actor=advisor, at=NOW)
    assert [note.text for note in shared_notes(delegate)] == ["Prudence."]
    assert (
        Notification.objects.filter(kind="threads.note").values_list("user", flat=True).get() == delegate.pk
    )
    answer = answer_note(
        note=notes[0], text="Vu.", language="fr", submission_key=uuid4(), actor=delegate, at=NOW
    )
    assert [one.text for note in notes_on(group.project, advisor) for one in note.answers.all()] == ["Vu."]
    assert not visible(delegate, Message).exists()
    for outsider in ("administrator", "other advisor", "person"):
        assert not visible(group.outside[outsider], StaffNote).exists()
    share_note(note=notes[0], shared=False, actor=advisor, at=NOW)
    assert not visible(delegate, StaffNote).exists()
    with pytest.raises(PermissionDenied):
        delete_note(note=answer, actor=advisor, at=NOW)  # not one's own
    delete_note(note=notes[0], actor=advisor, at=NOW)
    assert not StaffNote.objects.exists()


def test_an_advisor_who_is_of_the_group_reads_no_note(group: Group) -> None:
    advisor = group.inside["advisor"]
    write_note(
        project=group.project, text="Prudence.", language="fr", submission_key=uuid4(), actor=advisor, at=NOW
    )
    group.project.members.create(user=advisor, role="reader")
    assert not visible(advisor, StaffNote).exists()


def test_what_is_held_is_told_and_what_leaves_is_nameless(group: Group) -> None:
    owner, editor, advisor = (group.inside[name] for name in ("owner", "editor", "advisor"))
    thread = start_thread(group.project, owner, files=[upload()])
    add_message(thread, editor, "Je viens.")
    write_note(project=group.project, text="Groupe divisé.", language="fr", submission_key=uuid4(),
               actor=advisor, at=NOW)  # fmt: skip
    rows = {holding.key: found for holding, found in export(owner)}
    assert [row.get("text") for row in rows["messages"]] == [None, "Bonjour à tous."]
    assert rows["messages"][1]["files"] == ["devis.pdf"]
    assert rows["staff_notes_on_projects"] == [{"code": group.project.reference, "how_many": 1, "at": NOW}]
    assert "divisé" not in str(rows)
    assert "divisé" in str({holding.key: found for holding, found in export(advisor)}["staff_notes"])
    delete_account(user=editor, actor=editor, at=NOW)
    assert thread.messages.get(number=2).author is None
    assert not ReadMark.objects.filter(user=editor).exists()


def test_files_go_with_the_project(group: Group, django_capture_on_commit_callbacks: object) -> None:
    owner = group.inside["owner"]
    thread = start_thread(group.project, owner, files=[upload()])
    name = MessageFile.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        delete_project(project=group.project, typed_name=group.project.name, actor=owner, at=NOW)
    assert not Thread.objects.filter(pk=thread.pk).exists()
    assert not default_storage.exists(name)
