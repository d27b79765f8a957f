"""From the desk to everybody: given to read, sent back, published by another, heard, retired; files out and in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bpc.core.learning.gift import read_gift
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.training.actions import start_course
from bpc.portal.training.importing import course_of_zip
from bpc.portal.training.models import Course, CourseVersion, LessonSound
from bpc.portal.training.parts import Part
from tests.portal.threads.thread_world import mp3
from tests.portal.training.teaching_world import (
    NOW,
    draft_of,
    in_review,
    publish_whole,
    published_version,
    trainer,
)
from tests.portal.training.training_world import CODE
from tests.portal.web.teaching.desk_reading import DESK, HOME, LESSON, beside, boxes, plain, signed_in, stored
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def test_a_course_is_given_to_read_sent_back_and_published_by_another(client: Client, author: User) -> None:
    course, reader = publish_whole(), trainer()
    draft_of(course, author)
    client.post(f"{HOME}/soumettre")
    assert "Ce brouillon dit la même chose" in plain(client.get(HOME))
    address = f"{LESSON}/texte/fr"
    client.post(address, {**boxes(client.get(address)), "title": "Le vrai coût"})
    client.post(f"{HOME}/soumettre")
    page = plain(client.get(HOME))
    assert "une autre personne la relit" in page
    assert client.get(f"{HOME}/publier").status_code == 403
    assert client.get(address).status_code == 404, "not written any more"
    other = signed_in(reader)
    assert "À relire" in plain(other.get(DESK))
    assert "À relire" not in plain(client.get(DESK))
    assert other.post(f"{HOME}/renvoyer", {"reason": ""}).status_code == 422
    assert other.post(f"{HOME}/renvoyer", {"reason": "Le chiffre est faux."}).status_code == 302
    assert "Le chiffre est faux." in plain(client.get(HOME))
    client.post(f"{HOME}/soumettre")
    page = other.get(f"{HOME}/publier")
    assert "Le vrai coût" in plain(page)
    sent = boxes(page)
    assert other.post(f"{HOME}/publier", {**sent, "note": ""}).status_code == 422
    client.post(f"{HOME}/reprendre")
    client.post(address, {**boxes(client.get(address)), "title": "Un autre"})
    client.post(f"{HOME}/soumettre")
    told = other.post(f"{HOME}/publier", {**sent, "note": "Relu", "confirmed": "on"})
    assert "Le cours a changé pendant ce temps" in plain(told)
    sent = boxes(other.get(f"{HOME}/publier"))
    assert other.post(f"{HOME}/publier", {**sent, "note": "Relu", "confirmed": "on"}).status_code == 302
    assert published_version(course).number == 2
    assert "Un autre" in plain(Client().get(f"/fr/formations/{CODE}"))
    compared = plain(client.get(f"{HOME}/versions?de=1&a=2"))
    assert "Titre (en français)" in compared
    assert client.get(f"{HOME}/versions?de=1&a=9").status_code == 404


def test_retired_brought_back_and_a_former_version_taken_up(client: Client, author: User) -> None:
    course, other = publish_whole(), signed_in(trainer())
    in_review(course, author)
    other.post(f"{HOME}/publier", {**boxes(other.get(f"{HOME}/publier")), "note": "Relu", "confirmed": "on"})
    assert client.get(f"{HOME}/retirer").status_code == 403, "one's own words"
    assert other.post(f"{HOME}/retirer", {"reason": "La loi change"}).status_code == 302
    assert Client().get(f"/fr/formations/{CODE}").status_code == 404
    assert "La loi change" in plain(other.get(HOME))
    other.post(f"{HOME}/remettre")
    assert Client().get(f"/fr/formations/{CODE}").status_code == 200
    client.post(f"{HOME}/versions/1/reprendre")
    assert stored(Part("text", "cost", "fr"))["title"] == "Leçon cost"
    assert client.get(f"{HOME}/abandonner").status_code == 200
    client.post(f"{HOME}/abandonner")
    assert not course.versions.filter(state="draft").exists()


def test_a_recording_is_given_and_heard_in_parts_by_learners(
    client: Client, author: User, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    course = publish_whole()
    draft_of(course, author)
    address = f"{LESSON}/voix/fr"
    assert "n’est pas un enregistrement" in plain(
        client.post(address, {"file": SimpleUploadedFile("a.mp3", b"<html>")})
    )
    data = mp3(30)
    assert client.post(address, {"file": SimpleUploadedFile("../a.MP3", data)}).status_code == 302
    row = LessonSound.objects.get()
    heard = f"/fr/lectures/{row.pk}"
    assert Client().get(heard).status_code == 404, "a draft is nobody else's"
    client.post(f"{HOME}/soumettre")
    other = signed_in(trainer())
    other.post(
        f"{HOME}/publier", {**boxes(other.get(f"{HOME}/publier")), "note": "Écouté", "confirmed": "on"}
    )
    assert heard in Client().get(f"/fr/formations/{CODE}/cost").content.decode()
    assert "<audio" not in Client().get(f"/ar/formations/{CODE}/cost").content.decode()
    part = Client().get(heard, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content, part["Content-Type"]) == (206, data[10:20], "audio/mpeg")
    assert "sandbox" in part["Content-Security-Policy"]
    settings.SCANNER = "127.0.0.1:1"
    client.post(f"{HOME}/brouillon")
    assert "L’antivirus ne répond pas" in plain(
        client.post(address, {"file": SimpleUploadedFile("a.mp3", data)})
    )
    client.post(f"{LESSON}/texte/fr", {**boxes(client.get(f"{LESSON}/texte/fr")), "title": "Autre"})
    assert "a changé depuis qu’il a été enregistré" in plain(client.get(HOME))
    client.post(address, {"act": "confirm"})
    assert "a changé depuis qu’il a été enregistré" not in plain(client.get(HOME))
    client.post(address, {"act": "remove"})
    assert LessonSound.objects.count() == 1


def test_files_go_out_and_come_back_as_a_draft(client: Client) -> None:
    course = publish_whole()
    zipped = client.get(f"{HOME}/versions/1/cours.zip")
    assert course_of_zip(zipped.content).code == CODE
    gift = client.get(f"{HOME}/versions/1/cost.ar.gift")
    assert gift["Content-Disposition"] == 'attachment; filename="cost.ar.gift"'
    assert not read_gift(gift.content.decode()).problems
    bank = client.get(f"{HOME}/versions/1/questions.fr.gift").content.decode()
    assert bank.count("$CATEGORY") == 3
    assert client.get(f"{HOME}/versions/1/scorm.ar.zip").content[:2] == b"PK"
    address = f"{DESK}/importer"
    response = client.post(address, {"file": SimpleUploadedFile("a.zip", b"PK")})
    assert "n’est pas un ZIP" in beside(response, "file")
    assert client.post(address, {"file": SimpleUploadedFile("a.zip", zipped.content)}).status_code == 302
    assert course.versions.count() == 2
    again = client.post(address, {"file": SimpleUploadedFile("a.zip", zipped.content)})
    assert "Un brouillon de ce cours est ouvert" in beside(again, "file")


def test_a_preview_shows_the_three_parts_of_a_lesson(client: Client, draft: CourseVersion) -> None:
    page = plain(client.get(f"{HOME}/versions/2/cost"))
    for words in (
        "12 500 MAD",
        "Calculez votre marge.",
        "Fixe ?",
        "rien de ce que vous y écrivez n’est gardé",
    ):
        assert words in page
    assert "نص: Calculez" in plain(client.get(f"/ar/mon-espace/cours/{CODE}/versions/2/cost"))
    assert client.get(f"{HOME}/versions/2/nowhere").status_code == 404


@pytest.mark.parametrize(
    "role", [Role.HOLDER, Role.COOPERATIVE, Role.DELEGATE, Role.ADVISOR, Role.JUROR, Role.FUNDER]
)
def test_the_desk_is_for_those_who_teach(role: str, draft: CourseVersion) -> None:
    other = signed_in(make_user(role))
    for address in (DESK, HOME, LESSON, f"{HOME}/versions/1/cours.zip", f"{HOME}/publier"):
        assert other.get(address).status_code == 403, address
    assert Client().get(HOME).status_code == 302


def _many(author: User, number: int) -> None:
    """Courses published, drafts and versions in review, without words of their own."""
    source = publish_whole()
    content = source.versions.get().content
    start = Course.objects.count()
    courses = Course.objects.bulk_create(Course(code=f"c-{start + rank}") for rank in range(number))
    CourseVersion.objects.bulk_create(
        CourseVersion(
            course=one,
            number=1,
            state="published",
            content=content,
            content_hash="0",
            origin="person",
            published_at=NOW,
        )
        for one in courses
    )


def test_the_desk_costs_the_same_from_ten_to_a_thousand_courses(
    client: Client, author: User, django_assert_num_queries: Any
) -> None:
    for rank in range(2):
        start_course(
            words={"name": {"fr": f"Mien {rank}"}, "about": {"fr": "a"}, "outcome": {"fr": "b"}, "icon": "souk",
                   "stage": "run", "roles": ["holder"]},
            actor=author, at=NOW,
        )  # fmt: skip
    _many(author, 40)
    client.get(DESK)
    with django_assert_num_queries(QUERIES):
        few = client.get(DESK)
    _many(author, 960)
    with django_assert_num_queries(QUERIES):
        many = client.get(DESK)
    assert (
        few.content.decode().count('<th scope="row">')
        == many.content.decode().count('<th scope="row">')
        == 25
    )
    assert len(many.content) < 1.1 * len(few.content)


QUERIES = 12
