"""What those who came think: once each, without their names, read five at a time."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from bpc.portal.foundation.audit import trail_of
from bpc.portal.workshops.judging import JudgingClosed, figures_by_course, figures_of, judge, words_of
from bpc.portal.workshops.models import QUESTIONS, Enrolment, Opinion, Workshop
from tests.portal.workshops.workshop_world import NOW, OTHER, make_enrolment, make_workshop

pytestmark = pytest.mark.django_db


def say(enrolment: Enrolment, face: int = 3, words: str = "", **faces: int) -> None:
    said = {**dict.fromkeys(QUESTIONS, face), **faces}
    judge(enrolment=enrolment, faces=said, words=words, language="fr", actor=None, at=NOW)


def held(**changes: Any) -> Workshop:
    return make_workshop("held", days=-3, capacity=50, **changes)


def test_nothing_is_read_before_five_and_no_answer_by_itself() -> None:
    workshop = held()
    for number in range(4):
        say(make_enrolment(workshop, present=1), words=f"mot {number}")
    figures = figures_of(workshop)
    assert (figures.counted, figures.waiting, figures.happy("clear")) == (0, 4, None)
    assert list(words_of(workshop)) == []
    say(make_enrolment(workshop, present=1), clear=1)
    figures = figures_of(workshop)
    assert (figures.counted, figures.waiting) == (5, 0)
    assert figures.faces["clear"] == {1: 1, 2: 0, 3: 4}
    assert figures.happy("clear") == 80
    assert {one.words for one in words_of(workshop)} == {f"mot {number}" for number in range(4)}
    say(make_enrolment(workshop, present=1), face=1, words="le sixième")
    assert figures_of(workshop).faces["clear"] == {
        1: 1,
        2: 0,
        3: 4,
    }  # unchanged: nobody reads what the sixth said
    assert words_of(workshop).count() == 4


def test_once_each_and_nothing_says_whose_it_is() -> None:
    workshop = held()
    mine = make_enrolment(workshop, present=1)
    say(mine, words="Très bien")
    mine.refresh_from_db()
    with pytest.raises(JudgingClosed) as refused:
        say(mine)
    assert refused.value.why == "done"
    opinion = Opinion.objects.get()
    assert {field.name for field in Opinion._meta.get_fields()} == {
        "id", "workshop", "counted", "words", "language", *QUESTIONS
    }  # fmt: skip
    (entry,) = trail_of(mine)
    assert (entry.verb, entry.data) == ("judge workshop", {})
    assert str(opinion.pk) not in str(entry.data)


@pytest.mark.parametrize(
    ("state", "days", "present", "why"),
    [("held", -3, 0, "not-there"), ("announced", 0, 1, "too-early"), ("held", -90, 1, "late")],
)
def test_who_was_not_there_too_early_too_late(state: str, days: int, present: int, why: str) -> None:
    workshop = make_workshop(state, days=days, length=2 if why == "too-early" else 1)
    with pytest.raises(JudgingClosed) as refused:
        say(make_enrolment(workshop, present=present))
    assert refused.value.why == why


def test_the_figures_of_a_course_add_its_sessions() -> None:
    for workshop in (held(), held(), held(code=OTHER)):
        for number in range(6):
            say(make_enrolment(workshop, present=1), face=1 if number == 0 else 3)
    by_course = {one.course: one for one in figures_by_course()}
    both = by_course[Workshop.objects.order_by("pk")[0].course_id]
    assert (both.sessions, both.figures.counted, both.figures.waiting) == (2, 10, 2)
    assert both.figures.happy("again") == 80
    assert len(by_course) == 2


def test_a_face_that_is_none_is_refused_by_the_database() -> None:
    workshop = held()
    with pytest.raises(ValidationError):
        Opinion(workshop=workshop, language="fr", **dict.fromkeys(QUESTIONS, 4)).full_clean()
    with pytest.raises(KeyError):
        judge(
            enrolment=make_enrolment(workshop, present=1), faces={"useful": 1}, words="", language="fr", actor=None,
            at=NOW - timedelta(days=1),
        )  # fmt: skip
