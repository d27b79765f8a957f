"""Silence on a path is told once to the group, then to its advisor, then to the desk of its region."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from bpc.portal.counsel.models import Silence
from bpc.portal.counsel.silence import ToldSilence, silent_without_answer, watch_silence
from bpc.portal.journeys.portfolio import watch_paths
from bpc.portal.people.models import Notification, User
from bpc.portal.people.notices import text_of
from bpc.portal.people.roles import Role
from bpc.portal.projects.actions import archive_project
from bpc.portal.projects.models import Project
from bpc.portal.projects.sharing import end_advisor
from bpc.portal.projects.signs import note_sign
from tests.portal.counsel.counsel_world import REGION
from tests.portal.followup.followup_world import open_creation
from tests.portal.projects.project_world import NOW, Group, make_group, make_project
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
NOTHING = ToldSilence(0, 0, 0)


def walking(**changes: Any) -> Group:
    """A group on a path, whose last sign is today."""
    group = make_group(**changes)
    open_creation(group.project, group.inside["owner"])
    Project.objects.filter(pk=group.project.pk).update(last_sign_at=NOW)
    return group


def after(days: int, hours: int = 0) -> datetime:
    return NOW + timedelta(days=days, hours=hours)


def told(user: User) -> list[str]:
    rows = Notification.objects.filter(user=user, kind__startswith="counsel.silent").order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_the_group_then_its_advisor_then_the_region_are_told_once_each() -> None:
    group = walking()
    owner, advisor = group.inside["owner"], group.inside["advisor"]
    delegate = make_user(Role.DELEGATE)
    elsewhere = make_user(Role.DELEGATE, region="02")
    assert watch_paths(after(29)) == NOTHING
    assert watch_paths(after(30)) == ToldSilence(1, 0, 0)
    assert (told(owner), told(advisor), told(delegate)) == (["counsel.silent_group"], [], [])
    for day in (30, 31, 43):
        assert watch_paths(after(day, 1)) == NOTHING
    assert watch_paths(after(44, 1)) == ToldSilence(0, 1, 0)
    assert watch_paths(after(50)) == NOTHING
    assert watch_paths(after(60, 1)) == ToldSilence(0, 0, 1)
    for day in (61, 90, 400):
        assert watch_paths(after(day)) == NOTHING
    assert (told(owner), told(advisor)) == (["counsel.silent_group"], ["counsel.silent_project"])
    assert (told(delegate), told(elsewhere)) == (["counsel.silent_region"], [])
    assert told(group.inside["reader"]) == []
    assert [row.project_id for row in silent_without_answer(REGION)] == [group.project.pk]


def test_nothing_private_is_said_in_a_message() -> None:
    group = walking(name="Le safran de Fadma")
    delegate = make_user(Role.DELEGATE)
    for day in (30, 44, 60):
        watch_paths(after(day, 1))
    notices = Notification.objects.filter(kind__startswith="counsel.silent")
    assert notices.count() == 4  # the group has a delegate too
    for notice in notices:
        assert set(notice.data) <= {"reference", "number"}
        assert "safran" not in text_of(notice)
    assert group.project.reference in text_of(notices.get(kind="counsel.silent_group"))
    assert "1" in text_of(notices.get(user=delegate))


def test_a_sign_ends_the_silence_and_the_next_one_begins_again() -> None:
    group = walking()
    owner, advisor = group.inside["owner"], group.inside["advisor"]
    watch_paths(after(30))
    note_sign(group.project.pk, owner, after(35))
    assert watch_paths(after(60)) == NOTHING  # neither the advisor nor the region hears of what is over
    assert told(advisor) == []
    assert watch_paths(after(65)) == ToldSilence(1, 0, 0)
    assert told(owner) == ["counsel.silent_group"] * 2
    assert Silence.objects.count() == 2
    assert not silent_without_answer(REGION).exists()


def test_a_job_that_did_not_run_leaves_the_group_its_time() -> None:
    group = walking()
    make_user(Role.DELEGATE)
    assert watch_paths(after(100)) == ToldSilence(1, 0, 0)
    assert watch_paths(after(113)) == NOTHING
    assert watch_paths(after(114)) == ToldSilence(0, 1, 0)
    assert watch_paths(after(130)) == ToldSilence(0, 0, 1)
    assert told(group.inside["advisor"]) == ["counsel.silent_project"]


def test_only_projects_on_a_path_that_are_not_put_aside_are_watched() -> None:
    make_project(make_user())
    group = walking()
    archive_project(project=group.project, actor=group.inside["owner"], at=NOW)
    assert watch_paths(after(90)) == NOTHING
    assert not Notification.objects.filter(kind__startswith="counsel.silent").exists()


def test_without_an_advisor_the_region_is_told_all_the_same_in_one_message() -> None:
    delegate = make_user(Role.DELEGATE)
    for _rank in range(3):
        group = walking()
        for access in group.project.advisor_accesses.filter(ended_at=None):
            end_advisor(access=access, actor=group.inside["owner"], at=NOW)
    Project.objects.update(last_sign_at=NOW)
    assert watch_paths(after(30)) == ToldSilence(3, 0, 0)
    assert watch_paths(after(44)) == NOTHING
    assert watch_paths(after(60)) == ToldSilence(0, 0, 3)
    (notice,) = Notification.objects.filter(user=delegate, kind="counsel.silent_region")
    assert notice.data == {"number": 3}


def test_the_delays_are_settings(settings: Any) -> None:
    settings.SILENCE_DAYS = {"group": 10, "advisor": 20, "region": 25}
    group = walking()
    assert watch_silence([group.project.pk], after(10)) == ToldSilence(1, 0, 0)
    assert watch_silence([group.project.pk], after(20)) == ToldSilence(0, 1, 0)


def test_the_command_tells_what_it_did(capsys: Any) -> None:
    group = walking()
    Project.objects.filter(pk=group.project.pk).update(last_sign_at=NOW - timedelta(days=31))
    mail.outbox.clear()
    call_command("watch_silence")
    assert "groupes prévenus : 1," in capsys.readouterr().out
    call_command("watch_silence")
    assert "groupes prévenus : 0," in capsys.readouterr().out
