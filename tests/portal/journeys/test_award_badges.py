"""A course finished gives its certificate, once; the demonstration has some, and takes them away."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bpc.portal.badges.demo import remove_demo_badges
from bpc.portal.badges.models import Award
from bpc.portal.badges.queries import holds
from bpc.portal.journeys.award_badges import award_course, create_demo_course_badges, define_course
from bpc.portal.learning.models import Following
from bpc.portal.learning.noting import note
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.training.catalogue import Published, catalogue, published
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.training.training_world import publish_course
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
RIGHT: dict[str, Any] = {"rent": 1, "sum": 4, "both": [0, 1], "who": {"0": 0, "1": 1}, "true": 0}


def _event(did: str, lesson: str, **more: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "did": did, "lesson": lesson, "at": NOW.isoformat(), **more}


def finish(learner: User, course: Published) -> None:
    """Every question answered rightly, every exercise written."""
    for lesson in course.course.lessons:
        events = [
            _event("answered", lesson.code, question=code, answer=right) for code, right in RIGHT.items()
        ]
        wrote = _event("wrote", lesson.code, answer={"price": 60, "cost": 55.5, "sure": True})
        note(user=learner, published=course, events=[*events, *([wrote] if lesson.exercise else [])], at=NOW)


def test_the_last_lesson_gives_the_certificate_and_the_pages_lead_to_it() -> None:
    course, learner = publish_course(), make_user(display_name="Fatima")
    finish(learner, course)
    row = Award.objects.get()
    assert row.user == learner
    assert row.achievement.code == f"course:{course.code}"
    assert row.version.number == course.version
    assert row.version.name_fr == course.course.name["fr"]
    assert "2 sur 2" in plain(row.evidence_fr)
    assert holds(learner, f"course:{course.code}")
    client = Client()
    sign_in_with_factor(client, learner)
    for address in ("/fr/mon-espace/formation", f"/fr/formations/{course.code}"):
        assert f"/fr/mon-espace/attestations/{row.code}" in client.get(address).content.decode(), address


def test_finishing_again_gives_nothing_more() -> None:
    course, learner = publish_course(), make_user()
    finish(learner, course)
    award_course(Following.objects.get(user=learner), course, NOW + timedelta(days=1))
    assert Award.objects.count() == 1
    assert define_course(course) == Award.objects.get().version


def test_a_stage_is_certified_when_all_its_courses_are_finished() -> None:
    course, learner, other = publish_course(stage="grow"), make_user(), make_user()
    for one in catalogue().values():
        if one.course.stage == "grow" and one.code != course.code:
            Following.objects.create(user=learner, course_id=one.key, finished_at=NOW)
    for person in (learner, other):
        finish(person, course)
    assert holds(learner, "path:grow")
    assert not holds(other, "path:grow")


def test_the_demonstration_has_certificates_and_takes_them_away() -> None:
    holder, other = make_user(Role.HOLDER, is_demo=True), make_user()
    finish(other, publish_course())
    assert published("price-and-margin") is not None
    assert create_demo_course_badges() == 2
    assert create_demo_course_badges() == 0
    assert set(Award.objects.filter(user=holder).values_list("version__name_fr", flat=True)) == {
        published(code).course.name["fr"]  # type: ignore[union-attr]
        for code in ("price-and-margin", "five-founders")
    }
    remove_demo_badges()
    assert Award.objects.get().user == other
