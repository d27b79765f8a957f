"""Asked once a period, recalled twice at most, and the command run again does nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from bpc.portal.people.models import Notification
from bpc.portal.projects.actions import archive_project, set_stage
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Stage
from bpc.portal.results.alumni import AlumniWishes, set_alumni
from bpc.portal.results.asking import BETWEEN_REMINDERS, ask
from bpc.portal.results.models import Following, PeriodResult
from tests.portal.projects.project_world import make_group
from tests.portal.results.result_world import ENDS, launched, tell

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def told(kind: str) -> int:
    return Notification.objects.filter(kind=kind).count()


def test_owners_and_editors_are_asked_of_the_last_period_only_and_once() -> None:
    launched(make_group())
    assert ask(NOW) == (0, 1, 0)
    assert ask(NOW + timedelta(hours=1)) == (0, 0, 0)
    assert [row.ends_on for row in PeriodResult.objects.all()] == [ENDS[2]]
    assert told("results.asked") == 2
    data = Notification.objects.filter(kind="results.asked").first()
    assert data is not None
    assert set(data.data) == {"title", "reference"}


def test_two_reminders_at_most_and_none_once_answered() -> None:
    answering, silent = launched(make_group()), launched(make_group())
    ask(NOW)
    row = PeriodResult.objects.get(project=answering.project)
    tell(answering, row.ends_on, members=4)
    counts = [ask(NOW + BETWEEN_REMINDERS * number)[2] for number in (1, 1, 2, 3, 4)]
    assert counts == [1, 0, 1, 0, 0]
    assert told("results.reminder") == 4
    assert PeriodResult.objects.get(project=silent.project).reminders == 2


def test_a_project_at_the_stage_of_starting_is_followed_from_that_day() -> None:
    group = make_group()
    set_stage(
        project=group.project, stage=Stage.LAUNCH, actor=group.inside["owner"], at=NOW - timedelta(days=40)
    )
    assert ask(NOW) == (1, 0, 0)
    assert Following.objects.get().launched_on == timezone.localdate(NOW - timedelta(days=40))
    assert ask(NOW + timedelta(days=60)) == (0, 1, 0)


def test_stopped_archived_demonstration_and_alumni_who_did_not_agree_are_left_in_peace() -> None:
    stopped, archived, demo, left, agreed = (launched(make_group()) for _ in range(5))
    tell(stopped, ENDS[1], alive="no")
    archive_project(project=archived.project, actor=archived.inside["owner"], at=NOW)
    Project.objects.filter(pk=demo.project.pk).update(is_demo=True)
    for group, contact in ((left, False), (agreed, True)):
        set_alumni(
            project=group.project, wishes=AlumniWishes(True, contact=contact), revision=1,
            actor=group.inside["owner"], at=NOW,
        )  # fmt: skip
    assert ask(NOW) == (0, 1, 0)
    assert PeriodResult.objects.filter(answered_at=None).get().project == agreed.project


def test_the_command_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    launched(make_group())
    call_command("ask_results")
    assert capsys.readouterr().out == "nouveaux suivis : 0, demandes : 1, rappels : 0\n"
