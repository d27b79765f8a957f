"""Mails that come: own words only, whoever wrote them proved twice, machines and hostile mails refused, once each."""

import io
import mailbox
import sys
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from bpc.portal.people.models import Notification
from bpc.portal.projects.actions import archive_project
from bpc.portal.settings.mail import reply_address as checked_address
from bpc.portal.threads.forgetting import forget_mails
from bpc.portal.threads.mail.cutting import own_words
from bpc.portal.threads.mail.html_text import text_of_html
from bpc.portal.threads.mail.reading import MAX_BYTES
from bpc.portal.threads.mail.receiving import receive_mail
from bpc.portal.threads.models import Message, ReceivedMail, Thread
from bpc.portal.threads.reply_addresses import read_token, reply_address, token_of
from bpc.portal.threads.states import MailOutcome
from tests.portal.projects.project_world import Group, make_group
from tests.portal.threads.thread_world import NOW, PDF, amr, mail, start_thread

QUOTED = [
    ("D’accord.\n\nLe lun. 23 nov. 2026 à 10:00, Amina <a@x.ma> a écrit :\n> Venez-vous ?\n> Merci", "D’accord."),
    ("Oui.\n\nLe lundi 23 novembre 2026 à 10:00, Banque de Projets\nCoopératifs <a@x.ma> a écrit :\n\n> x", "Oui."),
    ("Oui.\n\nOn Mon, Nov 23, 2026 at 10:00 AM Amina <a@x.ma> wrote:\n> x", "Oui."),
    ("نعم\n\nفي الاثنين، 23 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة Amina <a@x.ma>:\n> x", "نعم"),
    ("نعم، موافق.\n\nبتاريخ 23/11/2026 كتب بنك المشاريع:\n> سؤال", "نعم، موافق."),
    ("Oui.\n\nDe : Banque <a@x.ma>\nEnvoyé : lundi 23 novembre 2026 10:00\nÀ : moi\nObjet : x\n\nAncien", "Oui."),
    ("Oui.\n\nFrom: B <a@x.ma>\nSent: Monday\nTo: me\nSubject: x\n\nOld", "Oui."),
    ("نعم\n\nمن: بنك المشاريع <a@x.ma>\nتم الإرسال: الاثنين\nإلى: أمينة\nالموضوع: رسالة\n\nقديم", "نعم"),
    ("Oui.\n-----Message d'origine-----\nDe : x\nAncien", "Oui."),
    ("نعم\n-----الرسالة الأصلية-----\nقديم", "نعم"),
    ("Oui.\n________________________________\nAncien", "Oui."),
    ("> Venez-vous ?\nOui, à 9 h.\n> Combien ?\nCinq.", "Oui, à 9 h.\nCinq."),
    ("Le 23 nov. 2026 à 10:00, A <a@x.ma> a écrit :\n> Venez-vous ?\n\nOui, dessous.", "Oui, dessous."),
    ("Oui.\n-- \nAmina Tafoukt\n06 00 00 00 00", "Oui."),
    ("Oui.\n\nEnvoyé de mon iPhone", "Oui."),
    ("Yes.\n\nSent from my Galaxy", "Yes."),
    ("نعم\n\nأُرسلت من هاتفي iPhone", "نعم"),
    ("Le devis :\n- bois\n- vis\n\nCordialement,\nAmina", "Le devis :\n- bois\n- vis\n\nCordialement,\nAmina"),
    ("De : Agadir à Taroudannt il faut une heure.", "De : Agadir à Taroudannt il faut une heure."),
    ("Envoyé depuis hier.\n\nJe\nrappelle\ndemain.\nA.", "Envoyé depuis hier.\n\nJe\nrappelle\ndemain.\nA."),
    ("a\u202eb\x00c\r\nd", "abc\nd"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "own"), QUOTED)
def test_what_is_quoted_or_signed_is_cut(text: str, own: str) -> None:
    assert own_words(text) == own


def test_no_text_is_slow_to_cut() -> None:
    for text in ("> " * 200_000, "Le a\n" * 60_000, "De : x\n" * 60_000, "Envoyé de x\n" * 60_000):
        own_words(text)  # the time limit of the tests is the assertion: quadratic work would take minutes


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "<div>Bonjour&nbsp;!<br>Oui.</div><div class='gmail_quote'>Le… a écrit :<br>x</div>",
            "Bonjour !\nOui.",
        ),
        ("<p>Un</p><p>Deux</p><style>p{}</style><script>alert(1)</script>", "Un\nDeux"),
        ("<p dir='rtl'>نعم</p><blockquote type='cite'>سؤال</blockquote>", "نعم"),
        ("<div>Oui</div><div id='divRplyFwdMsg'>De : x</div>", "Oui"),
        ("<img src=x onerror=alert(1)>5 &lt; 6", "5 < 6"),
        ("<<b>script>x</script>", "<script>x"),  # mere letters: pages write them as such
    ],
)
def test_an_html_mail_is_reduced_to_its_words(body: str, words: str) -> None:
    assert text_of_html(body) == words


@pytest.fixture
def group(settings: Any) -> Group:
    settings.REPLY_ADDRESS = "reponse@projets.example"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    return make_group()


def come(made: EmailMessage | bytes, **more: Any) -> MailOutcome:
    """A mail comes."""
    return receive_mail(made if isinstance(made, bytes) else made.as_bytes(), at=more.pop("at", NOW), **more)


def letter(
    group: Group, thread: Thread, who: str = "editor", text: str = "D’accord.", **more: str
) -> EmailMessage:
    """An answer of a member to the address they were given."""
    person = group.inside[who]
    return mail(reply_address(thread.pk, person.pk), f"Moi <{person.email}>", text, **more)


@pytest.mark.django_db
def test_an_answer_becomes_a_message_of_its_author_once(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    made = letter(group, thread, text="D’accord.\n\nLe 23 nov. 2026 à 10:00, B <a@x.ma> a écrit :\n> Oui ?")
    assert [come(made) for _time in range(3)] == [MailOutcome.KEPT] * 3
    message = thread.messages.get(number=2)
    assert (message.author, message.text, message.language, message.origin) == (
        group.inside["editor"], "D’accord.", "fr", "mail",
    )  # fmt: skip
    assert (Message.objects.count(), ReceivedMail.objects.count()) == (2, 1)
    upper = letter(group, thread, text="نعم")
    upper.replace_header("To", str(upper["To"]).upper())  # what carries mail may change capitals
    assert come(upper) == MailOutcome.KEPT
    assert thread.messages.get(number=3).language == "ar"


@pytest.mark.django_db
def test_the_address_is_told_by_the_mail_server_too(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    made = letter(group, thread)
    address = str(made["To"])
    made.replace_header("To", "undisclosed@example.org")
    assert come(made, recipient=address) == MailOutcome.KEPT


@pytest.mark.django_db
def test_a_token_is_bound_to_the_person_the_thread_and_the_site(group: Group, settings: Any) -> None:
    thread, editor = start_thread(group.project, group.inside["owner"]), group.inside["editor"]
    token = token_of(thread.pk, editor.pk)
    assert read_token(token) == (thread.pk, editor.pk)
    assert (len(token), token) == (32, token.lower())
    for rank in range(0, 32, 3):
        other = "a" if token[rank] != "a" else "b"
        assert read_token(token[:rank] + other + token[rank + 1 :]) is None
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "y" * 50, [settings.SECRET_KEY]
    assert read_token(token) == (thread.pk, editor.pk)
    settings.SECRET_KEY_FALLBACKS = []
    assert read_token(token) is None
    assert come(mail(f"reponse+{token}@projets.example", str(editor.email))) == MailOutcome.UNADDRESSED
    assert come(mail("reponse@projets.example", str(editor.email))) == MailOutcome.UNADDRESSED
    settings.REPLY_ADDRESS = ""
    assert reply_address(thread.pk, editor.pk) == ""


@pytest.mark.django_db
def test_another_sender_is_refused_and_the_person_is_told_on_the_site(group: Group) -> None:
    thread, editor = start_thread(group.project, group.inside["owner"]), group.inside["editor"]
    made = mail(reply_address(thread.pk, editor.pk), "voleur@example.org")
    assert come(made) == MailOutcome.OTHER_SENDER
    two = mail(reply_address(thread.pk, editor.pk), f"{editor.email}, voleur@example.org")
    assert come(two) == MailOutcome.OTHER_SENDER
    assert thread.messages.count() == 1
    kinds = Notification.objects.filter(user=editor).values_list("kind", flat=True)
    assert set(kinds) == {"threads.other_sender"}
    assert not outbox.outbox


@pytest.mark.django_db
def test_who_may_not_write_any_more_is_refused(group: Group) -> None:
    owner = group.inside["owner"]
    thread = start_thread(group.project, owner)
    group.project.members.filter(user=group.inside["reader"]).delete()
    assert come(letter(group, thread, "reader")) == MailOutcome.CLOSED
    assert not Notification.objects.filter(user=group.inside["reader"]).exists()
    group.inside["editor"].role_grants.all().delete()
    archive_project(project=group.project, actor=owner, at=NOW)
    assert come(letter(group, thread, "advisor")) == MailOutcome.CLOSED  # archiving ends the advisor's access
    assert come(letter(group, thread, "editor")) == MailOutcome.CLOSED
    assert thread.messages.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headings",
    [
        {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated"}, {"Precedence": "bulk"},
        {"Precedence": "auto_reply"}, {"List_Id": "<liste.example.org>"}, {"X_Autoreply": "yes"},
        {"Return_Path": "<>"}, {"X_Loop": "reponse"},
    ],
)  # fmt: skip
def test_machines_are_not_answered(group: Group, headings: dict[str, str]) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    assert come(letter(group, thread, **headings)) == MailOutcome.AUTOMATIC
    assert thread.messages.count() == 1
    assert not ReceivedMail.objects.exists()


@pytest.mark.django_db
def test_bounces_and_loops_are_machines(group: Group, settings: Any) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    address = reply_address(thread.pk, group.inside["editor"].pk)
    for sender in ("MAILER-DAEMON@example.org", "noreply@example.org", settings.DEFAULT_FROM_EMAIL, address):
        assert come(mail(address, sender)) == MailOutcome.AUTOMATIC
    report = letter(group, thread)
    report.make_mixed()
    report.replace_header("Content-Type", "multipart/report; report-type=delivery-status")
    assert come(report) == MailOutcome.AUTOMATIC
    circling = letter(group, thread)
    for hop in range(41):
        circling["Received"] = f"from a by b; hop {hop}"
    assert come(circling) == MailOutcome.AUTOMATIC


@pytest.mark.django_db
def test_files_pass_the_same_refusals_and_the_person_is_told_what_was_left(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    made = letter(group, thread)
    made.add_attachment(PDF, maintype="application", subtype="octet-stream", filename="../../devis.exe")
    made.add_attachment(amr(6), maintype="audio", subtype="amr", filename="note.amr")
    made.add_attachment(b"MZ" + bytes(99), maintype="application", subtype="pdf", filename="faux.pdf")
    made.add_attachment(amr(70), maintype="audio", subtype="amr", filename="long.amr")
    inner = EmailMessage()
    inner.set_content("un autre e-mail")
    made.add_attachment(inner)
    assert come(made) == MailOutcome.KEPT
    message = thread.messages.get(number=2)
    assert [(one.kind, one.original_name, one.seconds) for one in message.files.all()] == [
        ("document", "devis.pdf", None), ("voice", "note.amr", 6),
    ]  # fmt: skip
    assert message.text == "D’accord."
    assert Notification.objects.get(user=group.inside["editor"]).kind == "threads.left_files"


@pytest.mark.django_db
def test_what_has_nothing_of_its_author_is_refused(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    quote_only = letter(group, thread, text="Le 23 nov. 2026 à 10:00, B <a@x.ma> a écrit :\n> Oui ?")
    assert come(quote_only) == MailOutcome.EMPTY
    assert come(letter(group, thread, text="a" * 4001)) == MailOutcome.TOO_LONG
    heavy = letter(group, thread).as_bytes() + b"\n" * MAX_BYTES
    assert come(heavy) == MailOutcome.TOO_HEAVY
    assert thread.messages.count() == 1
    assert Notification.objects.filter(user=group.inside["editor"], kind="threads.mail_refused").count() == 3


@pytest.mark.django_db
def test_an_html_only_mail_and_strange_letters_are_read(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    rich = letter(group, thread)
    rich.set_content("<p>Bonjour</p><script>alert(1)</script><blockquote>avant</blockquote>", subtype="html")
    assert come(rich) == MailOutcome.KEPT
    head = letter(group, thread).as_bytes().split(b"\n\n")[0]
    lines = [one for one in head.split(b"\n") if not one.startswith((b"Content", b"MIME"))]
    strange = b"\n".join([*lines, b"Content-Type: text/plain; charset=windows-1256"]).replace(
        b"Message-ID: <", b"Message-ID: <2"
    )
    assert come(strange + "\n\nنعم".encode("windows-1256")) == MailOutcome.KEPT
    unknown = strange.replace(b"windows-1256", b"no-such-letters").replace(
        b"Message-ID: <", b"Message-ID: <3"
    )
    assert come(unknown + b"\n\nOui") == MailOutcome.KEPT
    assert [one.text for one in thread.messages.order_by("number")][1:] == ["Bonjour", "نعم", "Oui"]


@pytest.mark.django_db
@pytest.mark.parametrize("raw", [b"", b"\x00" * 900, b"\xff\xfe" * 500, b"From: \n", b"A" * 5000, b"\n\n\n",
                                 b"Content-Type: multipart/mixed; boundary=x\n\n--x\n--x--"])  # fmt: skip
def test_what_is_no_mail_does_nothing(raw: bytes) -> None:
    assert come(raw) in {MailOutcome.UNADDRESSED, MailOutcome.UNREADABLE, MailOutcome.AUTOMATIC}
    assert not ReceivedMail.objects.exists()


@pytest.mark.django_db
def test_a_mail_of_a_thousand_boxes_in_boxes_is_refused(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    head = letter(group, thread).as_bytes().split(b"\n\n")[0]
    lines = [one for one in head.split(b"\n") if not one.startswith((b"Content", b"MIME"))]
    nested = b""
    for depth in range(1000):
        nested += f"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n".encode()
    assert come(b"\n".join(lines) + b"\n" + nested) == MailOutcome.UNREADABLE
    assert thread.messages.count() == 1


@pytest.mark.django_db
def test_the_command_reads_a_pipe_and_mailboxes(group: Group, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                 capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    thread = start_thread(group.project, group.inside["owner"])
    raw = letter(group, thread, text="Par le tuyau.").as_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("receive_mail")
    box = mailbox.Maildir(tmp_path / "maildir", create=True)
    box.add(letter(group, thread, text="Par le dossier.").as_bytes())
    file = mailbox.mbox(tmp_path / "boite")
    file.add(letter(group, thread, text="Par la boîte.").as_bytes())
    file.close()
    for _time in range(2):
        call_command("receive_mail", maildir=tmp_path / "maildir")
        call_command("receive_mail", mbox=tmp_path / "boite")
    assert capsys.readouterr().out.split() == ["kept", "kept", "kept", "kept"]  # the folder is read once
    assert [one.get_subdir() for one in mailbox.Maildir(tmp_path / "maildir")] == ["cur"]
    texts = [one.text for one in thread.messages.order_by("number")][1:]
    assert texts == ["Par le tuyau.", "Par le dossier.", "Par la boîte."]


@pytest.mark.django_db
def test_a_machine_that_answers_is_stopped_at_sixty(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    outcomes = [come(letter(group, thread, text=str(uuid4()))) for _time in range(61)]
    assert outcomes == [MailOutcome.KEPT] * 60 + [MailOutcome.TOO_MANY]
    assert come(letter(group, thread), at=NOW + timedelta(hours=2)) == MailOutcome.KEPT


def test_the_address_of_answers_is_checked() -> None:
    for wrong in ("reponse", "a+b@x.ma", "@x.ma", "a@b", "a" * 32 + "@x.ma"):
        with pytest.raises(ImproperlyConfigured):
            checked_address(wrong)
    assert checked_address("") == ""


@pytest.mark.django_db
def test_the_trace_of_a_mail_is_erased_after_three_months_and_its_message_stays(group: Group) -> None:
    thread = start_thread(group.project, group.inside["owner"])
    come(letter(group, thread), at=NOW)
    come(letter(group, thread, text="Autre chose."), at=NOW + timedelta(days=1))
    assert forget_mails(NOW + timedelta(days=90)) == 0
    assert forget_mails(NOW + timedelta(days=90, hours=1)) == 1
    assert forget_mails(NOW + timedelta(days=90, hours=1)) == 0
    assert (ReceivedMail.objects.count(), thread.messages.count()) == (1, 3)
    call_command("forget_mails")
