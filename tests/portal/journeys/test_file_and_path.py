"""What is written in the creation file is not asked again by the path: its days run the delays, its founders count."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.core.law.events import Event
from bpc.portal.followup.actions import say_date
from bpc.portal.followup.queries import read_projects
from bpc.portal.followup.reminders import remind
from bpc.portal.followup.states import StepState
from bpc.portal.founding.states import Leaving
from bpc.portal.people.models import Notification
from tests.portal.followup.followup_world import NOW, TODAY, open_creation, read
from tests.portal.founding.founding_world import begun, say
from tests.portal.projects.project_world import make_group

pytestmark = pytest.mark.django_db
CERTIFIED = TODAY - timedelta(days=50)


def test_a_day_of_the_file_runs_its_delay_and_ticks_its_step() -> None:
    group, file = begun()
    owner = group.inside["owner"]
    open_creation(group.project, owner)
    assert remind(NOW) == 0
    say(file, owner, "name", name_certified_on=CERTIFIED.isoformat())
    (reading,) = read_projects([group.project], TODAY)
    assert reading.known.dates == {"name_approved": CERTIFIED}
    assert [(clock.name, clock.days_left) for clock in reading.clocks] == [("name_validity", 10)]
    ticked = {one.step.id for one in reading.paths[0].standing.steps if one.state == StepState.DONE}
    assert "founders" in ticked
    assert remind(NOW) == 1  # ten days left
    assert Notification.objects.filter(kind="followup.delay_ends").exists()


def test_what_the_path_was_told_comes_before_the_file() -> None:
    group, file = begun()
    owner = group.inside["owner"]
    open_creation(group.project, owner)
    say(file, owner, "name", name_certified_on=CERTIFIED.isoformat())
    say_date(project=group.project, event=Event.NAME_APPROVED, on=TODAY, actor=owner, at=NOW)
    (reading,) = read_projects([group.project], TODAY)
    assert reading.known.dates["name_approved"] == TODAY


def test_founders_who_left_are_not_counted() -> None:
    group, file = begun()
    open_creation(group.project, group.inside["owner"])
    group.project.people.all().delete()
    assert read_projects([group.project], TODAY)[0].known.founders == 6
    file.founders.filter(pk__in=file.founders.values("pk")[:2]).update(
        left_on=TODAY, left_because=Leaving.WITHDRAWAL
    )
    assert read_projects([group.project], TODAY)[0].known.founders == 4
    assert read(group.project).standing.steps


def test_files_are_read_at_once_for_many_projects() -> None:
    def cost(number: int) -> int:
        projects = [begun()[0].project for _ in range(number)] + [make_group().project]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read_projects(projects, TODAY)
        return len(queries)

    assert cost(1) == cost(4)
