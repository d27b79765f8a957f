"""The life of a paper through the pages: erased, taken back, put back, shown to fewer; the cost of the list."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bpc.portal.projects.received import RefusedPaper
from bpc.portal.vault import actions, sharing
from bpc.portal.vault.models import Audience
from tests.portal.applications.application_world import NOW, PDF, put_paper, upload
from tests.portal.projects.project_world import Group, make_group
from tests.portal.web.projects.entering import entered

pytestmark = pytest.mark.django_db


def address(name: str, group: Group, *more: int) -> str:
    return reverse(f"web:{name}", args=[group.project.reference, *more])


def test_a_paper_is_erased_taken_back_then_gone() -> None:
    group = make_group()
    paper = put_paper(group.project, group.inside["owner"])
    client = entered(group.inside["editor"])
    client.post(address("paper_delete", group, paper.pk))
    shown = client.get(address("vault", group)).content.decode()
    assert "Effacées ces derniers jours" in shown
    assert client.get(address("paper_file", group, paper.pk)).status_code == 404
    advisor = entered(group.inside["advisor"])
    assert "Effacées" not in advisor.get(address("vault", group)).content.decode()
    assert advisor.post(address("paper_take_back", group, paper.pk)).status_code == 403
    client.post(address("paper_take_back", group, paper.pk))
    assert group.project.papers.current().get() == paper
    client.post(address("paper_delete", group, paper.pk))
    client.post(address("paper_erase", group, paper.pk))
    assert not group.project.papers.exists()


def test_a_former_version_is_put_back_from_its_page() -> None:
    group = make_group()
    owner = group.inside["owner"]
    first = put_paper(group.project, owner, data=PDF)
    newer = actions.replace_paper(
        paper=first,
        described=actions.Description("statutes"),
        upload=upload(PDF + b"\n"),
        actor=owner,
        at=NOW,
    )
    assert "Remettre cette version" in entered(owner).get(address("paper", group, newer.pk)).content.decode()
    entered(owner).post(address("paper_restore", group, first.pk))
    assert group.project.papers.current().get().sha256 == first.sha256


def test_a_paper_of_the_owners_does_not_exist_for_an_editor() -> None:
    group = make_group()
    paper = put_paper(group.project, group.inside["owner"])
    owner, editor = entered(group.inside["owner"]), entered(group.inside["editor"])
    editor.post(address("paper_audience", group, paper.pk), {"audience": "owners"})
    paper.refresh_from_db()
    assert paper.audience == Audience.ADVISOR  # not hers to choose
    owner.post(address("paper_audience", group, paper.pk), {"audience": "owners"})
    for name in ("paper", "paper_file", "paper_replace", "paper_delete", "paper_share"):
        assert editor.get(address(name, group, paper.pk)).status_code == 404, name
    for name in ("paper_restore", "paper_audience", "paper_take_back", "paper_erase"):
        assert editor.post(address(name, group, paper.pk)).status_code == 404, name
        assert Client().post(address(name, group, paper.pk)).status_code == 302, name
    assert "statuts.pdf" not in editor.get(address("vault", group)).content.decode()


def test_the_page_says_whether_files_are_scanned(settings: object) -> None:
    group = make_group()
    client = entered(group.inside["owner"])
    assert "ne passent pas à l’antivirus" in client.get(address("vault", group)).content.decode()
    settings.SCANNER = "127.0.0.1:1"  # type: ignore[attr-defined]  # a fixture of pytest-django
    assert "passe à l’antivirus avant" in client.get(address("vault", group)).content.decode()
    with pytest.raises(RefusedPaper):
        put_paper(group.project, group.inside["owner"])


def test_a_full_vault_costs_as_many_queries_as_a_small_one() -> None:
    group = make_group()
    owner = group.inside["owner"]
    client = entered(owner)
    counts = []
    for many in (2, 20):
        for _each in range(many):
            paper = put_paper(group.project, owner)
            sharing.share_paper(paper=paper, reader="x", days=1, actor=owner, at=NOW)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("vault", group)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
