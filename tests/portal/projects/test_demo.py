"""The demonstration project comes once, is labelled, and goes without a trace."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from bpc.portal.people.demo import create_demo_people
from bpc.portal.people.models import User
from bpc.portal.projects.demo import create_demo_projects, remove_demo_projects
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.projects.queries import stage_history
from bpc.portal.projects.states import MemberRole, Stage
from bpc.portal.projects.visibility import advises

pytestmark = pytest.mark.django_db


def test_created_once_and_removed(settings: Any) -> None:
    settings.DEMO = True
    create_demo_people()
    assert [create_demo_projects(), create_demo_projects()] == [1, 0]
    project = Project.objects.get()
    assert (project.is_demo, project.stage, project.commune_id) == (True, Stage.DESIGN, "09.541.01.11")
    assert project.people.count() == 6
    assert [step.stage for step in stage_history(project)] == [Stage.IDEA, Stage.DESIGN]
    owner = project.members.get(role=MemberRole.OWNER).user
    assert owner.email == "porteuse@demo.invalid"
    assert advises(User.objects.get(email="conseillere@demo.invalid"), project)
    assert remove_demo_projects() == 1
    assert not ProjectPerson.objects.exists()


def test_it_needs_its_people() -> None:
    with pytest.raises(ImproperlyConfigured):
        create_demo_projects()
