"""What a device did with a former version of a course is kept, and counts where the course still asks it."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bpc.core.learning.progress import Did
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.learning.models import Following, LearningEvent
from bpc.portal.learning.noting import Kept, note, standing_of
from bpc.portal.people.models import User
from bpc.portal.training.catalogue import GENERATION, Published, edition, last_edition, published
from bpc.portal.training.models import Course, CourseVersion
from bpc.portal.training.states import VersionState
from tests.portal.training.training_world import (
    CODE,
    EXERCISE,
    QUIZ,
    lesson_content,
    publish_course,
)
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
RIGHT: dict[str, Any] = {"rent": 1, "sum": 4, "both": [0, 1], "who": {"0": 0, "1": 1}, "true": 0}


@pytest.fixture
def learner() -> User:
    return make_user()


def _publish_with(quiz: str = QUIZ, **exercise: Any) -> Published:
    """The course, its first lesson changed."""
    changed = lesson_content("cost", quiz=quiz, exercise=EXERCISE | exercise, answers=["diagnosis:price"])
    return publish_course(lessons=[changed, lesson_content("margin")])


def _send(user: User, version: int, *said: dict[str, Any]) -> Kept:
    now = last_edition(CODE)
    assert now is not None
    events = [
        {"key": str(uuid.uuid4()), "lesson": "cost", "at": NOW.isoformat(), "version": version, **one}
        for one in said
    ]
    return note(user=user, published=now, events=events, at=NOW)


def _answered(**answers: Any) -> list[dict[str, Any]]:
    return [{"did": "answered", "question": code, "answer": answer} for code, answer in answers.items()]


def _outcome(user: User) -> Any:
    now = last_edition(CODE)
    assert now is not None
    return standing_of(Following.objects.get(user=user), now).outcomes["cost"]


def test_answers_to_a_former_version_follow_the_options_that_moved(learner: User) -> None:
    publish_course()
    moved = QUIZ.replace("~miel#Non. =loyer#Oui.", "=loyer#Oui. ~miel#Non. ~eau#Non.")
    moved = moved.replace("~%50%pot#Oui. ~%50%miel#Oui. ~%-100%loyer#Non.",
                          "~%-100%loyer#Non. ~%50%miel#Oui. ~%50%pot#Oui.")  # fmt: skip
    moved = moved.replace(
        "=président -> convoque =trésorière -> paie", "=trésorière -> paie =président -> convoque"
    )
    assert _publish_with(moved).version == 2
    kept = _send(learner, 1, *_answered(**RIGHT))
    assert (len(kept.kept), kept.refused) == (5, {})
    assert set(LearningEvent.objects.values_list("version", flat=True)) == {1}
    assert _outcome(learner).right == 5
    _send(learner, 2, *_answered(rent=1))
    assert _outcome(learner).right == 4, "the same rank is another option now"


def test_what_the_course_no_longer_asks_is_kept_and_not_counted(learner: User) -> None:
    publish_course()
    without = QUIZ.replace("::sum:: 2 + 2 ? {#=4:0#Oui.}\n\n", "")
    without = without.replace("~miel#Non. =loyer#Oui.", "~sel#Non. ~eau#Non. =bail#Oui.")
    now = _publish_with(without, fields=EXERCISE["fields"][:2], verdicts=[])
    kept = _send(
        learner,
        1,
        *_answered(**RIGHT),
        {"did": "wrote", "answer": {"price": 60, "sure": True}},
        {"did": "read"},
    )
    assert (len(kept.kept), kept.refused) == (7, {})
    assert LearningEvent.objects.count() == 7
    found = _outcome(learner)
    assert (found.asked, found.answered, found.right, found.wrote) == (4, 3, 3, True)
    assert standing_of(Following.objects.get(), now).states["cost"].fields == {"price": 60}
    assert not Following.objects.get().reviews.exists(), "an option that is gone was not missed"


def test_an_option_only_reworded_keeps_its_answers(learner: User) -> None:
    publish_course()
    _send(learner, 1, *_answered(rent=1))
    _publish_with(QUIZ.replace("=loyer#Oui.", "=le loyer#Oui."))
    assert _outcome(learner).right == 1


def test_a_version_that_never_was_is_judged_by_the_one_published(learner: User) -> None:
    publish_course()
    CourseVersion.objects.create(
        course=Course.objects.get(code=CODE), number=2, content={}, content_hash="x",
        origin="person",
    )  # fmt: skip
    assert edition(CODE, 2) is None, "a draft"
    for version in (2, 9, -1, 10**9, "1", None, True):
        assert _send(learner, version, *_answered(rent=1)).refused == {}  # type: ignore[arg-type]
    assert set(LearningEvent.objects.values_list("version", flat=True)) == {1}


def test_a_course_retired_while_a_device_was_away_still_counts(learner: User) -> None:
    publish_course()
    CourseVersion.objects.filter(course__code=CODE).update(state=VersionState.RETIRED)
    outdate(GENERATION)
    assert published(CODE) is None
    assert last_edition("nowhere") is None
    other = [
        {"did": "answered", "lesson": "margin", "question": code, "answer": one}
        for code, one in RIGHT.items()
    ]
    wrote = {"did": str(Did.WROTE), "answer": {"price": 60}}
    assert _send(learner, 1, *_answered(**RIGHT), wrote, *other).just_finished
    assert Following.objects.get().finished_at == NOW


def test_a_former_version_is_read_once(
    learner: User, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    publish_course()
    _publish_with(QUIZ.replace("loyer", "bail"))
    with django_assert_max_num_queries(3):
        edition(CODE, 1)
    with django_assert_num_queries(2):  # whether the catalogue changed, and which row
        edition(CODE, 1)
    before = NOW - timedelta(days=1)
    _send(learner, 1, {"did": "opened", "at": before.isoformat()})
    assert Following.objects.get().last_at == before
