"""The path of the demonstration project."""

from typing import Any

import pytest

from bpc.portal.followup.demo import create_demo_paths
from bpc.portal.followup.models import ProjectPath
from bpc.portal.followup.queries import read_project
from bpc.portal.ideas.demo import create_demo_ideas
from bpc.portal.people.demo import create_demo_people
from bpc.portal.projects.demo import create_demo_projects, remove_demo_projects
from bpc.portal.projects.models import Project
from tests.portal.followup.followup_world import TODAY

pytestmark = pytest.mark.django_db


def test_it_is_half_way_with_a_step_blocked_and_goes_with_its_project(settings: Any) -> None:
    settings.DEMO = True
    create_demo_people()
    create_demo_ideas()
    create_demo_projects()
    assert (create_demo_paths(), create_demo_paths()) == (1, 0)
    reading = read_project(Project.objects.get(is_demo=True), TODAY)
    shown = reading.foremost(TODAY)
    assert shown is not None
    following = shown.next_step(TODAY)
    assert following is not None
    assert following.step.id == "statutes_draft"
    assert [one.step.id for one in shown.standing.blocked] == ["capital_subscription"]
    assert (shown.standing.done, len(shown.standing.counted)) == (4, 20)
    assert [(clock.name, clock.days_left) for clock in reading.clocks] == [("name_validity", 40)]
    remove_demo_projects()
    assert not ProjectPath.objects.exists()
