"""What devices noted: kept once, in any order, from any number of devices; marks are never a device's word."""

import itertools
import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.foundation.permissions import visible
from bpc.portal.learning.completions import _told
from bpc.portal.learning.models import Following, LearningEvent, ReviewItem
from bpc.portal.learning.noting import Kept, TooMany, begin, note, standing_of
from bpc.portal.learning.told import MOST_AT_ONCE
from bpc.portal.people.models import User
from bpc.portal.training.catalogue import Published
from tests.portal.projects.project_world import make_project
from tests.portal.training.training_world import publish_course
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
RIGHT: dict[str, Any] = {"rent": 1, "sum": 4, "both": [0, 1], "who": {"0": 0, "1": 1}, "true": 0}


def _event(did: str, lesson: str = "cost", *, at: datetime = NOW, **more: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "did": did, "lesson": lesson, "at": at.isoformat(), **more}


def _answers(lesson: str, **changed: Any) -> list[dict[str, Any]]:
    return [
        _event("answered", lesson, question=code, answer=answer)
        for code, answer in {**RIGHT, **changed}.items()
    ]


def _wrote(**fields: Any) -> dict[str, Any]:
    return _event("wrote", answer=fields)


@pytest.fixture
def course() -> Published:
    return publish_course()


@pytest.fixture
def learner() -> User:
    return make_user()


def _note(user: User, course: Published, *events: Any, at: datetime = NOW) -> Kept:
    return note(user=user, published=course, events=events, at=at)


def test_the_whole_course_is_finished_once_and_told_once(course: Published, learner: User) -> None:
    told: list[Following] = []
    _told["test"] = lambda following, published, at: told.append(following)
    try:
        first = _note(learner, course, *_answers("cost"), _wrote(price=60, cost=55.5, sure=True))
        assert not first.just_finished
        following = Following.objects.get(user=learner)
        assert (following.done_lessons, following.lessons, following.finished_at) == (["cost"], 2, None)
        last = _note(learner, course, *_answers("margin", rent=0))
        assert last.just_finished, "four of five is the share asked"
        assert not _note(learner, course, *_answers("margin")).just_finished
    finally:
        del _told["test"]
    assert [one.pk for one in told] == [following.pk]
    following.refresh_from_db()
    assert (following.finished_at, following.done_lessons) == (NOW, ["cost", "margin"])


def test_an_exercise_is_needed_where_there_is_one(course: Published, learner: User) -> None:
    _note(learner, course, *_answers("cost"))
    standing = standing_of(Following.objects.get(), course)
    assert standing.outcomes["cost"].passed
    assert not standing.outcomes["cost"].done
    assert standing.next_lesson == "cost"


def test_three_devices_in_any_order_and_any_pieces_come_to_the_same(course: Published) -> None:
    dice = random.Random(7)
    moments = [NOW - timedelta(hours=hour) for hour in range(40)]
    devices = [
        [_event("answered", dice.choice(["cost", "margin"]), at=dice.choice(moments), question="rent",
                answer=dice.choice([0, 1])) for _ in range(6)]
        + [_event("wrote", at=dice.choice(moments), answer={dice.choice(["price", "cost"]): dice.randrange(90)})]
        for _ in range(3)
    ]  # fmt: skip
    seen = set()
    for order in itertools.permutations(devices):
        learner = make_user()
        sent = [event for device in order for event in device]
        sent += dice.sample(sent, 5)  # answers were lost on the way: sent twice
        while sent:
            size = dice.randint(1, 7)
            _note(learner, course, *sent[:size])
            sent = sent[size:]
        following = Following.objects.get(user=learner)
        assert following.events.count() == 21
        standing = standing_of(following, course)
        reviews = [
            (one.question, one.box, one.due) for one in following.reviews.order_by("lesson", "question")
        ]
        seen.add(repr((standing.states, standing.done, reviews, following.last_at)))
    assert len(seen) == 1


def test_what_cannot_be_is_refused_with_its_reason_and_the_rest_is_kept(
    course: Published, learner: User
) -> None:
    bad = {
        "event": "words", "key": {"key": "x", "did": "opened"}, "did": _event("danced"),
        "lesson": _event("opened", "nowhere"), "question": _event("answered", question="none", answer=1),
        "answer": _event("answered", question="rent", answer=7), "field hack": _wrote(hack=1),
    }  # fmt: skip
    worse = [
        _event("answered", question="sum", answer=float("inf")), _event("answered", question="sum", answer="4"),
        _event("answered", question="both", answer="01"), _event("answered", question="who", answer={"a": 0}),
        _wrote(price="12"), _wrote(sure="yes"), _wrote(price=True), _event("wrote", answer=[1]),
    ]  # fmt: skip
    kept = _note(learner, course, *bad.values(), *worse, _event("opened"))
    assert list(kept.refused.values())[: len(bad)] == list(bad)
    assert len(kept.refused) == len(bad) + len(worse)
    assert LearningEvent.objects.get().did == "opened"
    with pytest.raises(TooMany):
        _note(learner, course, *[_event("opened")] * (MOST_AT_ONCE + 1))


def test_a_clock_in_the_future_or_reset_is_held_to_the_arrival(course: Published, learner: User) -> None:
    _note(
        learner,
        course,
        _event("opened", at=NOW + timedelta(days=3)),
        _event("read", at=datetime(1970, 1, 1, tzinfo=UTC)),
    )
    moments = list(LearningEvent.objects.order_by("pk").values_list("at", flat=True))
    assert moments == [NOW - timedelta(microseconds=1), NOW], "in the order they were told"


def test_a_missed_question_comes_back_until_it_is_known(course: Published, learner: User) -> None:
    _note(learner, course, _event("answered", question="rent", answer=0))
    item = ReviewItem.objects.get()
    assert (item.question, item.box, item.due) == ("rent", 0, (NOW + timedelta(days=1)).date())
    at = NOW
    for box, rest in enumerate((1, 3, 7, 16, 35), start=1):
        at += timedelta(days=rest)
        _note(learner, course, _event("answered", at=at, question="rent", answer=1), at=at)
        assert list(ReviewItem.objects.values_list("box", flat=True)) == ([box] if box < 5 else [])


def test_only_the_learner_sees_it(course: Published, learner: User) -> None:
    _note(learner, course, _event("answered", question="rent", answer=0))
    for model in (Following, LearningEvent, ReviewItem):
        assert visible(learner, model).count() == 1
        assert visible(make_user("administrator"), model).count() == 0


def test_a_project_is_the_learner_s_own(course: Published, learner: User) -> None:
    with pytest.raises(PermissionDenied):
        begin(user=learner, published=course, at=NOW, project=make_project(make_user()))


def test_the_order_of_what_a_wrong_clock_told_is_kept(course: Published, learner: User) -> None:
    """Ahead by three days and told so: shifted. Not told: all at the arrival, one after another."""
    ahead = NOW + timedelta(days=3)
    said = [
        _event("answered", at=ahead - timedelta(minutes=10 - rank), question="rent", answer=rank % 2)
        for rank in range(8)
    ]
    note(user=learner, published=course, events=said, at=NOW, sent_at=ahead)
    assert list(LearningEvent.objects.order_by("at").values_list("key", flat=True)) == [
        uuid.UUID(one["key"]) for one in said
    ]
    assert LearningEvent.objects.first().at == NOW - timedelta(minutes=10)  # type: ignore[union-attr]
    other = make_user()
    _note(other, course, *said)
    rows = LearningEvent.objects.filter(following__user=other).order_by("at")
    assert [str(row.key) for row in rows] == [one["key"] for one in said]
    assert rows.last().at == NOW  # type: ignore[union-attr]
    assert standing_of(Following.objects.get(user=other), course).states["cost"].answers == {"rent": 1}


def test_the_clock_of_a_device_may_say_anything(course: Published, learner: User) -> None:
    early = datetime(1, 1, 1, tzinfo=UTC)
    note(user=learner, published=course, events=[_event("opened", at=NOW)], at=NOW, sent_at=early)
    assert LearningEvent.objects.get().at == NOW
