"""What is known of a lesson beside its words: lacks chosen by their words, sources that are known."""

import pytest
from django.test import Client
from django.utils.translation import override

from bpc.datasets.training import read_training
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.parts import Part
from bpc.portal.web.teaching.lack_choices import lack_families
from tests.portal.web.teaching.desk_reading import LESSON, beside, boxes, plain, stored

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_lack_our_lessons_answer_can_be_chosen_by_its_words(language: str) -> None:
    with override(language):
        named = {code: words for family in lack_families() for code, words in family.lacks}
    answered = {code for course in read_training().values() for one in course.lessons for code in one.answers}
    assert answered <= set(named)
    assert all(words and words != code and "%(" not in words for code, words in named.items())


def test_lacks_are_ticked_and_a_lesson_sent_back_as_it_was_is_the_same(
    client: Client, draft: CourseVersion
) -> None:
    sent = {**boxes(client.get(LESSON)), "sources": "own"}
    assert client.post(LESSON, sent).status_code == 302
    sent, before = boxes(client.get(LESSON)), stored(Part("facts", "cost"))
    revision = CourseVersion.objects.get(pk=draft.pk).revision
    assert client.post(LESSON, sent).status_code == 302
    assert stored(Part("facts", "cost")) == before
    assert CourseVersion.objects.get(pk=draft.pk).revision == revision
    more = {**sent, "answers": ["piece:quotes", *sent["answers"], "law:ag_notice"]}
    assert client.post(LESSON, more).status_code == 302
    now = stored(Part("facts", "cost"))["answers"]
    assert now[: len(before["answers"])] == before["answers"]
    assert {"piece:quotes", "law:ag_notice"} <= set(now)
    assert "1 cochée" in plain(client.get(LESSON))


def test_codes_that_nothing_has_are_refused_and_kept_in_their_box(
    client: Client, draft: CourseVersion
) -> None:
    sent = boxes(client.get(LESSON))
    page = client.post(LESSON, {**sent, "sources": "own model:miel model:licorne"})
    assert page.status_code == 422
    assert "model:licorne" in beside(page, "sources")
    assert boxes(page)["sources"] == "own model:miel model:licorne"
    assert client.post(LESSON, {**sent, "answers": ["diagnosis:licorne"]}).status_code == 422
    assert client.post(LESSON, {**sent, "sources": "own, model:miel"}).status_code == 302
    assert stored(Part("facts", "cost"))["sources"] == ["own", "model:miel"]
