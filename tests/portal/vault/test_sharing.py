"""A paper lent by a secret address: to who holds it, for its days, each download seen, and nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bpc.portal.projects.actions import archive_project
from bpc.portal.vault import actions, erasing, sharing
from bpc.portal.vault.models import ShareDownload, ShareLink, VaultDocument
from tests.portal.applications.application_world import NOW, PDF, put_paper, upload
from tests.portal.projects.project_world import Group, make_group
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db


def lend(group: Group, days: int = 7, **more: object) -> tuple[VaultDocument, sharing.Lent]:
    owner = group.inside["owner"]
    paper = put_paper(group.project, owner, **more)
    return paper, sharing.share_paper(
        paper=paper, reader="La banque", days=days, actor=owner, at=timezone.now()
    )


def page(secret: str) -> str:
    return f"/fr/piece-partagee/{secret}"


def test_a_stranger_with_the_address_downloads_and_the_group_sees_it() -> None:
    group = make_group()
    paper, lent = lend(group, data=PDF)
    stranger = Client()
    looked = stranger.get(page(lent.secret))
    assert looked.status_code == 200
    assert not ShareDownload.objects.exists()  # a preview takes nothing
    assert (looked["Referrer-Policy"], looked["X-Robots-Tag"]) == (
        "same-origin",
        "noindex, nofollow, noarchive",
    )
    assert "no-store" in looked["Cache-Control"]
    taken = stranger.post(page(lent.secret))
    assert b"".join(taken.streaming_content) == PDF  # type: ignore[attr-defined]  # a file answer streams
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken["X-Content-Type-Options"] == "nosniff"
    assert taken["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert {"private", "no-store"} <= set(taken["Cache-Control"].split(", "))
    assert lent.link.downloads.count() == 1
    shown = entered(group.inside["owner"]).get(
        reverse("web:paper", args=[group.project.reference, paper.pk])
    ).content.decode()  # fmt: skip
    assert "La banque" in shown
    assert "Téléchargée" in shown
    assert lent.secret not in shown
    # the advisor reads the paper, not to whom it is lent
    seen = entered(group.inside["advisor"]).get(
        reverse("web:paper", args=[group.project.reference, paper.pk])
    )
    assert "La banque" not in seen.content.decode()


def test_the_secret_is_long_and_only_its_hash_is_kept() -> None:
    group = make_group()
    _paper, lent = lend(group)
    _other, second = lend(group)
    assert len(lent.secret) == 32
    assert lent.secret != second.secret
    row = ShareLink.objects.filter(pk=lent.link.pk).values().get()
    assert lent.secret not in str(row)
    assert Client().get(page("a" * 32)).status_code == 404
    assert Client().get(page(lent.link.secret_hash)).status_code == 404


@pytest.mark.parametrize("ended", ["revoked", "expired", "replaced", "erased", "archived", "too often"])
def test_a_link_that_ended_opens_nothing_and_says_no_more_than_one_that_never_was(
    ended: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = make_group()
    owner = group.inside["owner"]
    paper, lent = lend(group)
    if ended == "revoked":
        sharing.revoke_link(link=lent.link, actor=group.inside["editor"], at=NOW)
    elif ended == "expired":
        begun = timezone.now() - timedelta(days=8)
        ShareLink.objects.update(made_at=begun, expires_at=begun + timedelta(days=7))
    elif ended == "replaced":
        described = actions.Description("statutes")
        actions.replace_paper(
            paper=paper, described=described, upload=upload(PDF + b"\n\n"), actor=owner, at=NOW
        )
    elif ended == "erased":
        erasing.delete_paper(paper=paper, actor=owner, at=NOW)
    elif ended == "archived":
        archive_project(project=group.project, actor=owner, at=NOW)
    else:
        monkeypatch.setattr(sharing, "MOST_DOWNLOADS", 0)
    never = Client().post(page("x" * 32))
    answer = Client().post(page(lent.secret))
    assert (answer.status_code, never.status_code) == (404, 404)
    assert "Ce lien n’ouvre rien" in answer.content.decode()
    assert not ShareDownload.objects.exists()


def test_who_lends_and_for_how_long() -> None:
    group = make_group()
    owner = group.inside["owner"]
    paper = put_paper(group.project, owner)
    for days in (0, -1, 31):
        with pytest.raises(ValueError, match="thirty"):
            sharing.share_paper(paper=paper, reader="x", days=days, actor=owner, at=NOW)
    assert sharing.share_paper(paper=paper, reader="x", days=30, actor=owner, at=NOW).link.expires_at == (
        NOW + timedelta(days=30)
    )
    for role in ("reader", "advisor"):
        with pytest.raises(PermissionDenied):
            sharing.share_paper(paper=paper, reader="x", days=1, actor=group.inside[role], at=NOW)
    for _each in range(sharing.MOST_LINKS - 1):
        sharing.share_paper(paper=paper, reader="x", days=1, actor=owner, at=NOW)
    with pytest.raises(sharing.TooManyLinks):
        sharing.share_paper(paper=paper, reader="x", days=1, actor=owner, at=NOW)


def test_a_link_is_made_shown_once_and_closed_from_the_pages() -> None:
    group = make_group()
    paper = put_paper(group.project, group.inside["owner"])
    client = entered(group.inside["editor"])
    address = reverse("web:paper_share", args=[group.project.reference, paper.pk])
    assert client.post(address, {"reader": "", "days": "90"}).status_code == 422
    made = client.post(address, {"reader": "La banque", "days": "7"}).content.decode()
    link = ShareLink.objects.get()
    secret = made.split("/piece-partagee/")[1][:32]
    assert sharing.opened_link(secret, timezone.now()) == link
    closing = reverse("web:link_revoke", args=[group.project.reference, paper.pk, link.pk])
    assert entered(group.inside["advisor"]).post(closing).status_code == 404
    assert entered(group.everybody["person"]).post(closing).status_code == 404
    assert sharing.opened_link(secret, timezone.now()) == link
    assert client.post(closing).status_code == 302
    assert Client().get(page(secret)).status_code == 404
