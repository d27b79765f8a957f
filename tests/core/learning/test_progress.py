"""Events of several devices fold into one state, whatever the order; review rests grow."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bpc.core.learning.progress import Did, Event, LessonState, fold, outcome
from bpc.core.learning.review import RESTS, Attempt, standing

NOON = datetime(2026, 3, 2, 12)
_events = st.builds(
    Event,
    id=st.text("abcdef", min_size=1, max_size=3),
    at=st.integers(0, 6).map(lambda hours: NOON + timedelta(hours=hours)),
    did=st.just(Did.ANSWERED),
    lesson=st.sampled_from(["one", "two"]),
    question=st.sampled_from(["a", "b"]),
    answer=st.integers(0, 2),
)
_sets = st.lists(_events, max_size=14, unique_by=lambda event: event.id)


@given(_sets, st.randoms(use_true_random=False))
def test_any_order_and_any_repeat_gives_the_same(events: list[Event], dice: object) -> None:
    shuffled = [*events, *events[:3]]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled) == fold(events)


@given(_sets, st.integers(0, 14))
def test_merging_two_devices_is_folding_both(events: list[Event], cut: int) -> None:
    here, there = events[:cut], events[cut:]
    assert fold([*here, *there]) == fold([*there, *here])
    for code, state in fold(events).items():
        for question, answer in state.answers.items():
            said = [one for one in events if (one.lesson, one.question) == (code, question)]
            assert answer == max(said, key=lambda one: (one.at, one.id)).answer


def test_fields_of_an_exercise_merge_one_by_one() -> None:
    phone = Event("a", NOON, Did.WROTE, "one", answer={"price": 60.0, "cost": 55.0})
    other = Event("b", NOON + timedelta(hours=1), Did.WROTE, "one", answer={"price": 65.0})
    emptied = Event("c", NOON + timedelta(hours=2), Did.WROTE, "one", answer={"cost": None})
    assert fold([emptied, other, phone])["one"].fields == {"price": 65.0, "cost": None}


def test_a_lesson_is_done_by_its_questions_and_its_exercise() -> None:
    codes, answers = ["a", "b", "c", "d", "e"], dict.fromkeys("abcd", 1)
    state = LessonState(answers=answers)
    assert not outcome(state, codes, lambda _code, answer: answer == 1).done, "the exercise is to be written"
    done = outcome(LessonState(answers=answers, wrote_at=NOON), codes, lambda _code, answer: answer == 1)
    assert (done.done, done.right, done.asked) == (True, 4, 5)
    three = outcome(
        LessonState(answers=dict.fromkeys("abc", 1), wrote_at=NOON), codes, lambda _c, answer: answer == 1
    )
    assert not three.passed
    assert not outcome(None, codes, lambda _code, _answer: True).passed


def test_rests_grow_and_a_slip_begins_again() -> None:
    day = date(2026, 3, 2)
    attempts = [Attempt(day, False)]
    for box, rest in enumerate(RESTS):
        assert standing(attempts).due == attempts[-1].on + timedelta(days=rest)
        assert standing(attempts).box == box
        attempts.append(Attempt(attempts[-1].on + timedelta(days=rest), True))
    assert standing(attempts).due is None
    slipped = [*attempts, Attempt(day + timedelta(days=200), False)]
    assert standing(slipped).due == day + timedelta(days=201)


def test_an_answer_before_its_day_changes_nothing() -> None:
    day = date(2026, 3, 2)
    missed = [Attempt(day, False)]
    assert standing([*missed, Attempt(day, True)]) == standing(missed)
