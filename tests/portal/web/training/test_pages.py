"""The pages of the courses: read by strangers, kept for who has an account, explained answer by answer."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bpc.portal.learning.models import Following, LearningEvent, ReviewItem
from bpc.portal.training.catalogue import catalogue
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import make_project
from tests.portal.training.training_world import CODE, publish_course
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
LESSON = f"/fr/formations/{CODE}/cost"
RIGHT = {
    "q-rent": "1", "q-sum": "4", "q-both": ["0", "1"], "q-who-0": "0", "q-who-1": "1", "q-true": "0",
}  # fmt: skip


def text_of(page: Any) -> str:
    """The words of a page, with single spaces."""
    return " ".join(plain(page.content.decode()).split())


@pytest.fixture(autouse=True)
def _course() -> None:
    publish_course()


def _signed_in() -> tuple[Client, Any]:
    user, client = make_user(), Client()
    client.force_login(user)
    return client, user


def test_every_course_of_the_files_is_listed_and_opens_in_both_languages(client: Client) -> None:
    assert len(catalogue()) >= 18
    for language in ("fr", "ar"):
        page = client.get(f"/{language}/formations")
        assert page.status_code == 200
        for entry in catalogue().values():
            assert f"/{language}/formations/{entry.code}" in page.content.decode()
    only = text_of(client.get("/fr/formations?pour=advisor"))
    assert "Le prix du miel" not in only


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_each_lesson_of_each_course_opens(client: Client, language: str) -> None:
    for entry in catalogue().values():
        assert client.get(f"/{language}/formations/{entry.code}").status_code == 200
        for lesson in entry.course.lessons:
            base = f"/{language}/formations/{entry.code}/{lesson.code}"
            for address in (base, f"{base}/questions"):
                assert client.get(address).status_code == 200, address


def test_a_stranger_tries_everything_and_nothing_is_kept(client: Client) -> None:
    answered = client.post(f"{LESSON}/questions", {**RIGHT, "q-rent": "0"})
    said = text_of(answered)
    assert "Juste" in said
    assert "Pas encore" in said
    assert "Non." in said, "the wrong answer is explained"
    done = text_of(client.post(f"{LESSON}/exercice", {"x-price": "60", "x-cost": "55,5", "x-sure": "no"}))
    assert "4,5" in done.replace("\u202f", " ")
    assert not LearningEvent.objects.exists()


def test_a_learner_finishes_a_lesson_and_it_is_told() -> None:
    client, user = _signed_in()
    began = client.post(f"/fr/formations/{CODE}/commencer")
    assert began["Location"] == LESSON
    assert client.post(f"{LESSON}/questions", RIGHT)["Location"] == f"{LESSON}/questions"
    assert "5 réponses justes sur 5" in text_of(client.get(f"{LESSON}/questions"))
    assert "Il reste l’exercice" in text_of(client.get(f"{LESSON}/questions"))
    assert client.post(f"{LESSON}/exercice", {"x-price": "40", "x-cost": "55"}).status_code == 302
    again = text_of(client.get(f"{LESSON}/exercice"))
    assert "Vous perdez." in again
    assert Following.objects.get(user=user).done_lessons == ["cost"]
    listed = text_of(client.get("/fr/mon-espace/formation"))
    assert "Le prix du miel" in listed
    assert "1 leçon faite sur 2" in listed
    last = client.post(f"/fr/formations/{CODE}/margin/questions", RIGHT, follow=True)
    assert "Vous avez terminé ce cours." in text_of(last)


def test_what_is_no_number_is_said_beside_the_field_and_kept() -> None:
    client, _user = _signed_in()
    page = client.post(f"{LESSON}/exercice", {"x-price": "soixante", "x-cost": "55"})
    assert page.status_code == 422
    assert 'value="soixante"' in page.content.decode()
    hostile = client.post(f"{LESSON}/questions", {"q-rent": "9", "q-who-0": "7", "q-both": ["<x>"]})
    assert hostile.status_code == 422
    assert not LearningEvent.objects.exists()


def test_a_missed_question_is_reviewed_when_it_is_due() -> None:
    client, _user = _signed_in()
    client.post(f"{LESSON}/questions", {**RIGHT, "q-rent": "0"})
    assert "Rien à revoir" in text_of(client.get("/fr/mon-espace/formation/revision"))
    ReviewItem.objects.update(due=timezone.localdate())
    page = client.get("/fr/mon-espace/formation/revision")
    name = f"q-{CODE}--cost--rent"
    assert name in page.content.decode()
    assert "1 question manquée revient" in text_of(client.get("/fr/mon-espace/formation"))
    done = text_of(client.post("/fr/mon-espace/formation/revision", {name: "1"}))
    assert "1 réponse juste sur 1" in done
    assert LearningEvent.objects.filter(question="rent").count() == 2


def test_unknown_names_are_not_found(client: Client) -> None:
    for address in (
        "/fr/formations/none",
        f"/fr/formations/{CODE}/none",
        f"/fr/formations/{CODE}/none/questions",
    ):
        assert client.get(address).status_code == 404


def test_somebody_else_s_project_is_not_found() -> None:
    client, user = _signed_in()
    own, other = make_project(user), make_project(make_user())
    assert client.get(f"{LESSON}/exercice?projet={own.reference}").status_code == 200
    assert client.get(f"{LESSON}/exercice?projet={other.reference}").status_code == 404


def test_the_list_costs_the_same_for_one_course_and_for_all(django_assert_max_num_queries: Any) -> None:
    client, user = _signed_in()
    for entry in list(catalogue().values())[:12]:
        client.post(f"/fr/formations/{entry.code}/commencer")
    for address in ("/fr/formations", "/fr/mon-espace/formation", LESSON, f"{LESSON}/exercice"):
        client.get(address)
        with django_assert_max_num_queries(14):
            client.get(address)
    assert Following.objects.filter(user=user).count() == 12
