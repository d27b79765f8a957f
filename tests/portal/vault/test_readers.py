"""Who reads a paper: each audience, and an erased one, for every role; taken back, put back, listed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from bpc.portal.applications.checklist import checklist_of, seen_by
from bpc.portal.applications.queries import asked_by, at_a_glance
from bpc.portal.applications.sources import source_of, window_of
from bpc.portal.foundation.permissions import can_see, visible
from bpc.portal.people.models import Notification
from bpc.portal.vault import actions, erasing
from bpc.portal.vault.models import Audience, VaultDocument
from bpc.portal.vault.reminders import remind_papers
from tests.portal.applications.application_world import NOW, PDF, SOURCE, TODAY, open_one, put_paper, upload
from tests.portal.projects.project_world import make_group

pytestmark = pytest.mark.django_db
READERS = {
    Audience.ADVISOR: {"owner", "editor", "advisor"},
    Audience.GROUP: {"owner", "editor"},
    Audience.OWNERS: {"owner"},
}


def content_of(paper: VaultDocument) -> bytes:
    with paper.file.open("rb") as stored:
        return bytes(stored.read())


def test_each_audience_reads_and_nobody_else() -> None:
    group = make_group()
    for audience, readers in READERS.items():
        paper = put_paper(group.project, group.inside["owner"], audience=audience)
        assert {role for role, person in group.everybody.items() if can_see(person, paper)} == readers
        assert {
            role
            for role, person in group.everybody.items()
            if visible(person, VaultDocument).filter(pk=paper.pk)
        } == readers
        erasing.delete_paper(paper=paper, actor=group.inside["owner"], at=NOW)
        paper.refresh_from_db()
        still = {role for role, person in group.everybody.items() if can_see(person, paper)}
        assert still == readers - {"advisor"}


def test_only_owners_keep_a_paper_for_the_owners() -> None:
    group = make_group()
    editor, owner = group.inside["editor"], group.inside["owner"]
    with pytest.raises(PermissionDenied):
        put_paper(group.project, editor, audience=Audience.OWNERS)
    paper = put_paper(group.project, editor)
    with pytest.raises(PermissionDenied):
        actions.set_audience(paper=paper, audience=Audience.OWNERS, actor=editor, at=NOW)
    actions.set_audience(paper=paper, audience=Audience.OWNERS, actor=owner, at=NOW)
    for act in (actions.set_audience, actions.date_paper, erasing.delete_paper):
        more = {"audience": "group"} if act is actions.set_audience else {}
        if act is actions.date_paper:
            more = {"described": actions.Description("statutes")}
        with pytest.raises(PermissionDenied):
            act(paper=paper, actor=editor, at=NOW, **more)
    # the same file again, from who may not see it is there: another paper, nothing told
    again = put_paper(group.project, editor, data=content_of(paper))
    assert again.pk != paper.pk


def test_former_versions_follow_and_one_is_put_back_as_the_newest() -> None:
    group = make_group()
    owner = group.inside["owner"]
    first = put_paper(group.project, owner, issued_on=TODAY - timedelta(days=9), data=PDF)
    newer = actions.replace_paper(
        paper=first,
        described=actions.Description("statutes"),
        upload=upload(PDF + b"\n"),
        actor=owner,
        at=NOW,
    )
    actions.set_audience(paper=newer, audience=Audience.OWNERS, actor=owner, at=NOW)
    first.refresh_from_db()
    assert first.audience == Audience.OWNERS
    back = actions.restore_version(paper=first, actor=owner, at=NOW)
    assert content_of(back) == PDF
    assert (back.issued_on, back.audience, back.sha256) == (first.issued_on, "owners", first.sha256)
    assert [one.pk for one in actions.history_of(back)] == [newer.pk, first.pk]
    with pytest.raises(PermissionDenied):
        actions.restore_version(paper=newer, actor=group.inside["editor"], at=NOW)


def test_an_erased_paper_is_taken_back_with_its_history_or_gone_at_once(
    django_capture_on_commit_callbacks: object,
) -> None:
    group = make_group()
    owner = group.inside["owner"]
    first = put_paper(group.project, owner)
    newer = actions.replace_paper(
        paper=first,
        described=actions.Description("statutes"),
        upload=upload(PDF + b"\n"),
        actor=owner,
        at=NOW,
    )
    erasing.delete_paper(paper=newer, actor=owner, at=NOW)
    assert not group.project.papers.kept().exists()
    with pytest.raises(PermissionDenied):
        erasing.take_back(paper=newer, actor=group.inside["advisor"], at=NOW)
    assert erasing.take_back(paper=newer, actor=group.inside["editor"], at=NOW).pk == newer.pk
    assert group.project.papers.kept().count() == 2
    with pytest.raises(actions.PaperGone):
        erasing.erase_paper(paper=newer, actor=owner, at=NOW)
    erasing.delete_paper(paper=newer, actor=owner, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        erasing.erase_paper(paper=newer, actor=owner, at=NOW)
    assert not group.project.papers.exists()
    assert not any(default_storage.exists(one.file.name) for one in (first, newer))


def test_a_list_before_sending_names_no_file_its_reader_may_not_see() -> None:
    group = make_group()
    owner = group.inside["owner"]
    put_paper(group.project, owner, audience=Audience.OWNERS, expires_on=TODAY + timedelta(days=400))
    made = open_one(group.project, owner)
    source = source_of(SOURCE)
    told = checklist_of(made, source, window_of(source, TODAY), None, TODAY)
    for role, shown in (("owner", True), ("editor", False), ("advisor", False)):
        lines = {line.key: line for line in seen_by(told, group.inside[role]).lines}
        line = lines["paper:statutes"]
        assert (line.paper is not None, line.withheld) == (shown, not shown), role
        assert (str((TODAY + timedelta(days=400)).year) in line.words) is shown
        assert at_a_glance(group.project, TODAY, group.inside[role]).papers == int(shown)
    assert asked_by(group.project)["statutes"] == (made,)


def test_the_expiry_of_an_owners_paper_is_told_to_owners_alone() -> None:
    group = make_group()
    owner = group.inside["owner"]
    put_paper(group.project, owner, audience=Audience.OWNERS, expires_on=TODAY + timedelta(days=3))
    assert remind_papers(TODAY, NOW) == 1
    assert [notice.user for notice in Notification.objects.filter(kind="applications.paper_expires")] == [
        owner
    ]
