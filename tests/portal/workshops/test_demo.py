"""The demonstration: a session past with who came and what they think, one announced, requests in three communes."""

from typing import Any

import pytest

from bpc.portal.people.demo import create_demo_people, remove_demo_people
from bpc.portal.workshops.demo import create_demo_workshops, remove_demo_workshops
from bpc.portal.workshops.judging import figures_of, words_of
from bpc.portal.workshops.models import CourseRequest, Enrolment, Presence, Workshop


@pytest.mark.django_db
def test_the_demonstration_is_made_once_and_goes_whole(settings: Any) -> None:
    settings.DEMO = True
    assert create_demo_workshops() == 0  # nobody yet
    create_demo_people()
    assert (create_demo_workshops(), create_demo_workshops()) == (2, 0)
    held, announced = Workshop.objects.order_by("starts_at")
    assert (held.state, announced.state) == ("held", "announced")
    assert Presence.objects.count() == 23
    figures = figures_of(held)
    assert (figures.counted, figures.waiting) == (10, 1)
    assert words_of(held).count() == 3
    # the announced session is where somebody asked: told, not yet registered
    assert CourseRequest.objects.filter(state="waiting").values("commune").distinct().count() == 3
    assert remove_demo_workshops() == 2
    assert not Enrolment.objects.exists()
    assert not CourseRequest.objects.exists()
    remove_demo_people()
