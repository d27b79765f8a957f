"""The demonstration: two visits, one told in each language, gone with the project."""

from typing import Any

import pytest

from bpc.portal.people.demo import create_demo_people
from bpc.portal.projects.demo import create_demo_projects, remove_demo_projects
from bpc.portal.visits.demo import create_demo_visits
from bpc.portal.visits.models import StaffPart, VisitReport


@pytest.mark.django_db
def test_the_demonstration_has_a_visit_in_each_language(settings: Any) -> None:
    settings.DEMO = True
    create_demo_people()
    create_demo_projects()
    assert (create_demo_visits(), create_demo_visits()) == (2, 0)
    told = VisitReport.objects.order_by("visited_at").values_list("language", "need", "women", "young")
    assert list(told) == [("fr", "follow-up", 4, 2), ("ar", "blocked", 5, None)]
    assert StaffPart.objects.count() == 2
    remove_demo_projects()
    assert not VisitReport.objects.exists()
