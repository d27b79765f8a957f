"""Papers put in the vault: hostile files refused, dates, history, erasure, reminders once."""

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image

from bpc.portal.applications.actions import ask_amount
from bpc.portal.applications.reminders import remind
from bpc.portal.applications.states import Step
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import Notification
from bpc.portal.people.personal_data import export
from bpc.portal.projects.actions import delete_project
from bpc.portal.projects.received import MAX_BYTES, PaperRefusal, RefusedPaper, received_paper
from bpc.portal.vault import actions as vault
from bpc.portal.vault import erasing
from bpc.portal.vault.models import VaultDocument
from bpc.portal.vault.papers import NEVER_KEPT, paper_kinds, proposed_expiry
from tests.portal.applications.application_world import (
    NOW,
    PDF,
    TODAY,
    open_one,
    picture,
    put_paper,
    tell,
    upload,
)
from tests.portal.projects.project_world import make_group

EVIL_ZIP = io.BytesIO()
with zipfile.ZipFile(EVIL_ZIP, "w") as _archive:
    _archive.writestr("page.html", "<script>alert(1)</script>")

HOSTILE = {
    "html named pdf": (b"<html><script>alert(1)</script>", PaperRefusal.WRONG_TYPE),
    "html then pdf": (b"<script>alert(1)</script>" + PDF, PaperRefusal.WRONG_TYPE),
    "pdf then archive": (PDF + EVIL_ZIP.getvalue(), PaperRefusal.DAMAGED),
    "pdf then page": (PDF + b"<html>" + b"x" * 200, PaperRefusal.DAMAGED),
    "pdf that runs": (
        PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"),
        PaperRefusal.ACTIVE,
    ),
    "pdf that carries": (PDF.replace(b"/Catalog", b"/Catalog /EmbeddedFiles 3 0 R"), PaperRefusal.ACTIVE),
    "pdf that launches": (PDF.replace(b"/Catalog", b"/Catalog /Launch"), PaperRefusal.ACTIVE),
    "locked pdf": (PDF.replace(b"/Root", b"/Encrypt 2 0 R /Root"), PaperRefusal.LOCKED),
    "cut pdf": (PDF[:-7], PaperRefusal.DAMAGED),
    "program": (b"MZ" + b"\0" * 400, PaperRefusal.WRONG_TYPE),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", PaperRefusal.WRONG_TYPE),
    "archive": (EVIL_ZIP.getvalue(), PaperRefusal.WRONG_TYPE),
    "nothing": (b"", PaperRefusal.EMPTY),
    "heavy": (PDF + b"\0" * MAX_BYTES, PaperRefusal.TOO_HEAVY),
    "heavy pdf": (PDF[:-7] + b"\0" * (11 * 1024 * 1024) + b"%%EOF", PaperRefusal.TOO_HEAVY),
    "cut photo": (picture(side=400)[:300], PaperRefusal.DAMAGED),
    "gif": (picture("GIF"), PaperRefusal.WRONG_TYPE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_paper_is_refused(name: str) -> None:
    data, reason = HOSTILE[name]
    with pytest.raises(RefusedPaper) as refused:
        received_paper(io.BytesIO(data), len(data))
    assert refused.value.reason == reason


def test_a_bomb_of_pixels_is_refused_by_its_header() -> None:
    out = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    with pytest.raises(RefusedPaper) as refused:
        received_paper(io.BytesIO(out.getvalue()), len(out.getvalue()))
    assert refused.value.reason == PaperRefusal.TOO_LARGE


def test_a_photo_loses_where_it_was_taken_and_what_hides_behind_it() -> None:
    place = Image.Exif()
    place[0x010F] = "Fabricant"
    place.get_ifd(0x8825)[2] = (30.5, 0.0, 0.0)
    data = picture("JPEG", exif=place) + b"<?php system('id') ?>"
    kept = received_paper(io.BytesIO(data), len(data))
    assert (kept.content_type, kept.ending) == ("image/jpeg", "jpg")
    assert b"php" not in kept.content
    assert b"Fabricant" not in kept.content
    assert not Image.open(io.BytesIO(kept.content)).getexif()


def test_small_print_stays_readable() -> None:
    data = picture("PNG", side=3000)
    kept = received_paper(io.BytesIO(data), len(data))
    assert max(Image.open(io.BytesIO(kept.content)).size) == 2400


@pytest.mark.django_db
def test_the_name_of_a_file_leads_nowhere() -> None:
    group = make_group()
    for name in (
        "../../../etc/cron.d/x.pdf",
        "C:\\papiers\\statuts.exe",
        'a"\r\nSet-Cookie: x.pdf',
        "\u202efdp.exe",
    ):
        paper = put_paper(group.project, group.inside["owner"], name=name)
        stored = Path(settings.MEDIA_ROOT, paper.file.name).resolve()
        assert stored.is_relative_to(Path(settings.MEDIA_ROOT).resolve() / "vault")
        assert stored.suffix == ".bin"
        assert len(stored.stem) == 32
        assert paper.original_name.endswith(".pdf")
        assert not set(paper.original_name) & set('/\\"\r\n\u202e')


@pytest.mark.django_db
def test_the_same_file_sent_twice_is_one_paper() -> None:
    group = make_group()
    first = put_paper(group.project, group.inside["owner"], data=PDF)
    again = put_paper(group.project, group.inside["editor"], data=PDF)
    other = put_paper(group.project, group.inside["owner"], "accounts", data=PDF)
    assert (again.pk, other.pk != first.pk) == (first.pk, True)


@pytest.mark.django_db
def test_identity_cards_are_never_kept() -> None:
    group = make_group()
    assert {"identity_cards"} == NEVER_KEPT
    assert set(paper_kinds()) >= NEVER_KEPT
    for kind in ("identity_cards", "request_letter", "nothing_such"):
        with pytest.raises(vault.UnknownKind):
            put_paper(group.project, group.inside["owner"], kind)


@pytest.mark.django_db
def test_readers_and_advisors_put_nothing_in() -> None:
    group = make_group()
    for role in ("reader", "advisor"):
        with pytest.raises(PermissionDenied):
            put_paper(group.project, group.inside[role])


@pytest.mark.django_db
def test_a_vault_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    group = make_group()
    put_paper(group.project, group.inside["owner"])
    monkeypatch.setattr(vault, "MOST_BYTES", 2 * len(PDF) - 1)
    with pytest.raises(vault.VaultFull):
        put_paper(group.project, group.inside["owner"])


def test_the_usual_duration_is_proposed_from_the_issue() -> None:
    assert paper_kinds()["tax_certificate"].valid_months == 12
    assert proposed_expiry("tax_certificate", date(2026, 2, 28)) == date(2027, 2, 28)
    assert proposed_expiry("registration", date(2026, 11, 30)) == date(2027, 2, 28)
    assert proposed_expiry("statutes", date(2026, 2, 28)) is None
    # decree 2-15-617, article 4: sixty days
    assert proposed_expiry("name_certificate", date(2026, 11, 23)) == date(2027, 1, 22)
    assert proposed_expiry("tax_certificate", None) is None


@pytest.mark.django_db
def test_a_paper_replaced_stays_behind_and_goes_with_the_last(
    django_capture_on_commit_callbacks: object,
) -> None:
    group = make_group()
    owner = group.inside["owner"]
    first = put_paper(group.project, owner, issued_on=TODAY)
    newer = vault.replace_paper(
        paper=first, described=vault.Description("accounts", TODAY, TODAY), upload=upload(PDF + b"\n\n"),
        actor=owner, at=NOW,
    )  # fmt: skip
    assert (newer.kind, [one.pk for one in vault.history_of(newer)]) == ("statutes", [first.pk])
    with pytest.raises(vault.PaperGone):
        erasing.delete_paper(paper=first, actor=owner, at=NOW)
    names = [first.file.name, newer.file.name]
    assert all(default_storage.exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        erasing.delete_paper(paper=newer, actor=owner, at=NOW)
        assert all(default_storage.exists(name) for name in names)
        assert erasing.erase_overdue(NOW + erasing.UNDO) == 0
        assert erasing.erase_overdue(NOW + erasing.UNDO + timedelta(seconds=1)) == 1
    assert not VaultDocument.objects.exists()
    assert not any(default_storage.exists(name) for name in names)


@pytest.mark.django_db
def test_a_project_erased_takes_its_files_with_it(django_capture_on_commit_callbacks: object) -> None:
    group = make_group()
    paper = put_paper(group.project, group.inside["owner"])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        delete_project(
            project=group.project, typed_name=group.project.name, actor=group.inside["owner"], at=NOW
        )
    assert not default_storage.exists(paper.file.name)


@pytest.mark.django_db
def test_who_leaves_sees_what_is_held_and_takes_their_name_along() -> None:
    group = make_group()
    editor = group.inside["editor"]
    paper = put_paper(group.project, editor)
    made = open_one(group.project, editor)
    tell(made, editor, Step.SEND, text="Au guichet")
    held = {holding.key: rows for holding, rows in export(editor)}
    assert [row["paper"] for row in held["vault"]] == ["statutes"]
    assert "Au guichet" in {row.get("text") for row in held["applications"]}
    delete_account(user=editor, actor=editor, at=NOW)
    paper.refresh_from_db()
    assert paper.uploaded_by is None
    assert made.events.get().made_by is None


@pytest.mark.django_db
def test_a_group_is_reminded_once_of_each_expiry() -> None:
    group = make_group()
    owner = group.inside["owner"]
    near = put_paper(group.project, owner, expires_on=TODAY + timedelta(days=30))
    put_paper(group.project, owner, expires_on=TODAY + timedelta(days=31))
    put_paper(group.project, owner, expires_on=TODAY - timedelta(days=1))
    assert (remind(NOW), remind(NOW)) == ((1, 0), (0, 0))
    told = Notification.objects.filter(kind="applications.paper_expires")
    assert {notice.user for notice in told} == {owner, group.inside["editor"]}
    dated = vault.Description("statutes", None, TODAY + timedelta(days=10))
    vault.date_paper(paper=near, described=dated, actor=owner, at=NOW)
    assert remind(NOW) == (1, 0)
    # the second one comes due the next day
    assert remind(NOW + timedelta(days=1)) == (1, 0)


@pytest.mark.django_db
def test_an_answer_due_is_told_once() -> None:
    group = make_group()
    owner = group.inside["owner"]
    made = open_one(group.project, owner)
    tell(made, owner, Step.SEND)
    tell(made, owner, Step.ASK_MORE, text="Un devis", due_on=TODAY + timedelta(days=7))
    assert (remind(NOW), remind(NOW)) == ((0, 1), (0, 0))
    ask_amount(application=made, amount=None, actor=owner, at=NOW)
    made.refresh_from_db()
    assert made.amount_asked == 180_000  # sent: no longer changed


class _Watched(io.BytesIO):
    """A file that notes, each time it is read, how deep in transactions the reader is."""

    depths: list[int]

    def read(self, size: int | None = -1, /) -> bytes:
        self.depths = [*getattr(self, "depths", []), len(connection.savepoint_ids)]
        return super().read(size)


@pytest.mark.django_db
def test_a_file_is_judged_before_the_base_is_held() -> None:
    """A scanner may take twenty seconds: on SQLite nobody else could write meanwhile."""
    group = make_group()
    before = len(connection.savepoint_ids)
    owner = group.inside["owner"]
    first, second = _Watched(PDF), _Watched(PDF + b"\n")
    described = vault.Description("statutes")
    kept = vault.add_paper(
        project=group.project,
        described=described,
        upload=vault.Upload(first, len(PDF), "a.pdf"),
        actor=owner,
        at=NOW,
    )
    vault.replace_paper(
        paper=kept,
        described=described,
        upload=vault.Upload(second, len(PDF) + 1, "b.pdf"),
        actor=owner,
        at=NOW,
    )
    assert set(first.depths) == set(second.depths) == {before}
