"""Courses on a telephone: what the page holds, what a device sends and is told, how much it all weighs."""

import json
import re
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.learning.models import Following, LearningEvent
from bpc.portal.people.models import User
from bpc.portal.training.catalogue import GENERATION, Published, catalogue
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.states import VersionState
from bpc.portal.web.training.offline_pack import PAGES_A_LESSON, most_bytes, shared_files
from tests.portal.training.training_world import CODE, QUIZ, lesson_content, publish_course
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
PAGE = f"/fr/formations/hors-ligne/{CODE}"


@pytest.fixture
def learner() -> User:
    return make_user()


@pytest.fixture
def phone(learner: User) -> Client:
    client = Client()
    client.force_login(learner)
    return client


@pytest.fixture(autouse=True)
def course() -> Published:
    return publish_course()


def _event(did: str = "answered", **more: Any) -> dict[str, Any]:
    said = {"question": "rent", "answer": 1} if did == "answered" else {}
    now = timezone.now()
    return {
        "key": str(uuid.uuid4()),
        "did": did,
        "lesson": "cost",
        "at": now.isoformat(),
        "version": 1,
        **said,
        **more,
    }


def _send(client: Client, user: User, *events: Any, **more: Any) -> Any:
    told = {
        "account": user.pk,
        "device": str(uuid.uuid4()),
        "terms": 1,
        "since": 0,
        "events": json.dumps(events),
        **more,
    }
    return client.post(f"{PAGE}/envoi", told)


def test_the_page_holds_the_whole_course_and_nothing_for_a_stranger(phone: Client) -> None:
    for language, title in (("fr", "Leçon margin"), ("ar", "درس margin")):
        page = phone.get(PAGE.replace("/fr/", f"/{language}/"))
        assert page.status_code == 200
        body = page.content.decode()
        assert title in body
        assert 'data-question="rent"' in body
        assert "Voir les statuts." in body
        assert page["Cache-Control"].startswith("max-age=0")
        assert Client().get(PAGE.replace("/fr/", f"/{language}/")).status_code == 302
    ids = [part.split('"')[0] for part in phone.get(PAGE).content.decode().split(' id="')[1:]]
    assert len(ids) == len(set(ids)), "lessons share the codes of their questions, never their names"
    assert phone.get("/fr/formations/hors-ligne/nowhere").status_code == 404


def test_the_list_names_every_course_and_its_version(phone: Client) -> None:
    body = phone.get("/fr/formations/hors-ligne").content.decode()
    assert f'data-row="{CODE}" data-version="1"' in body
    assert body.count("data-row=") == len(catalogue())


def test_the_worker_is_for_these_pages_alone(phone: Client) -> None:
    script = Client().get("/ar/formations/hors-ligne.js")
    assert script["Content-Type"] == "text/javascript"
    assert 'PREFIX = "bpc-courses-", OWN = "/formations/hors-ligne"' in script.content.decode()
    assert 'OWN = "/mon-espace/"' in Client().get("/fr/mon-espace/visites/hors-ligne.js").content.decode()


def test_every_file_the_page_asks_for_is_in_the_pack(phone: Client) -> None:
    body = phone.get(PAGE).content.decode()
    kept = {one.url for one in shared_files()}
    asked = set(re.findall(r'(?:href|src)="/static/([^"#]+)', body))
    assert asked
    assert {f"/static/{name}" for name in asked} <= kept
    for one in shared_files():
        assert one.size == Path(str(finders.find(one.url.removeprefix("/static/")))).stat().st_size


def test_what_is_sent_is_kept_once_and_told_to_the_next_device(phone: Client, learner: User) -> None:
    events = [_event("opened"), _event(), _event("wrote", answer={"price": 60})]
    first = _send(phone, learner, *events).json()
    assert sorted(first["kept"]) == sorted(one["key"] for one in events)
    assert first["refused"] == {}
    again = _send(phone, learner, *events).json()
    assert again["kept"] == first["kept"]
    assert LearningEvent.objects.count() == 3
    other = _send(phone, learner).json()
    assert [one["key"] for one in other["events"]] == [one["key"] for one in events]
    assert other["events"][1]["answer"] == 1
    assert other["events"][1]["day"] == str(timezone.localdate())
    assert not other["more"]
    assert _send(phone, learner, since=other["since"]).json()["events"] == []


def test_many_events_are_told_in_pieces(phone: Client, learner: User) -> None:
    events = [_event("opened") for _ in range(250)]
    _send(phone, learner, *events)
    found: list[str] = []
    since, more = 0, True
    while more:
        told = _send(phone, learner, since=since).json()
        found += [one["key"] for one in told["events"]]
        since, more = told["since"], told["more"]
    assert found == [one["key"] for one in events]


def test_a_device_is_told_in_the_terms_of_the_version_it_shows(phone: Client, learner: User) -> None:
    moved = QUIZ.replace("~miel#Non. =loyer#Oui.", "=loyer#Oui. ~miel#Non. ~eau#Non.")
    publish_course(lessons=[lesson_content("cost", quiz=moved), lesson_content("margin")])
    assert _send(phone, learner, _event(version=2, answer=0)).json()["refused"] == {}
    assert [_send(phone, learner, terms=terms).json()["events"][0]["answer"] for terms in (1, 2)] == [1, 0]
    assert _send(phone, learner, terms=9).json()["events"] == []


def test_asking_without_having_done_anything_begins_nothing(phone: Client, learner: User) -> None:
    assert _send(phone, learner).json()["events"] == []
    assert not Following.objects.exists()


def test_nobody_sends_for_another(phone: Client, learner: User) -> None:
    other = make_user()
    told = _send(phone, other, _event())
    assert (told.status_code, told.json()) == (409, {"problem": "account"})
    stranger = _send(Client(), learner, _event())
    assert stranger.status_code == 302
    assert not LearningEvent.objects.exists()


def test_what_is_no_sending_is_refused(phone: Client, learner: User) -> None:
    for events in ("", "{", "{}", "1", json.dumps([1] * 501), "[" * 50_000):
        told = phone.post(f"{PAGE}/envoi", {"account": learner.pk, "events": events})
        assert (told.status_code, told.json()["problem"]) == (422, "unfit")
    assert phone.get(f"{PAGE}/envoi").status_code == 405
    nowhere = phone.post("/fr/formations/hors-ligne/nowhere/envoi", {"account": learner.pk, "events": "[]"})
    assert nowhere.status_code == 422
    hostile = _send(phone, learner, _event(), device="x", sent_at="never", terms="x", since="-1").json()
    assert len(hostile["kept"]) == 1
    refused = _send(phone, learner, _event(question="none"), 7, _event(answer=99)).json()["refused"]
    assert list(refused.values()) == [
        "Cette leçon n’a pas cette question.", "Le site n’a pas compris ce que ce téléphone a envoyé.",
        "Cette réponse ne va pas avec la question.",
    ]  # fmt: skip


def test_a_wrong_clock_is_put_right_and_a_retired_course_still_taken(phone: Client, learner: User) -> None:
    CourseVersion.objects.filter(course__code=CODE).update(state=VersionState.RETIRED)
    outdate(GENERATION)
    ahead = timezone.now() + timedelta(days=40)
    event = _event(at=(ahead - timedelta(hours=5)).isoformat())
    assert _send(phone, learner, event, sent_at=ahead.isoformat()).json()["kept"] == [event["key"]]
    kept = LearningEvent.objects.get()
    assert timedelta(hours=4, minutes=59) < timezone.now() - kept.at < timedelta(hours=5, minutes=1)
    told = _send(phone, learner).json()["events"][0]["at"]
    assert datetime.fromisoformat(told) == kept.at.astimezone(UTC)


def test_sending_without_end_is_slowed(phone: Client, learner: User) -> None:
    answers = [_send(phone, learner).status_code for _ in range(241)]
    assert answers.count(200) == 240
    assert answers[-1] == 429


def _cost(phone: Client, address: str) -> int:
    phone.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert phone.get(address).status_code == 200
    return len(queries)


def test_the_page_costs_the_same_whatever_the_course_and_what_was_done(phone: Client, learner: User) -> None:
    before = _cost(phone, PAGE)
    _send(phone, learner, *[_event() for _ in range(60)])
    publish_course(lessons=[lesson_content(f"lesson-{rank}") for rank in range(6)])
    assert _cost(phone, PAGE) == before <= 9
    assert _cost(phone, "/fr/formations/hors-ligne") <= 7


def test_ten_lessons_weigh_less_than_fifteen_million_bytes(phone: Client, record_property: Any) -> None:
    """As kept on the device, nothing compressed, both languages."""
    shared = sum(one.size for one in shared_files())
    pages: dict[str, tuple[int, int]] = {}
    for code, entry in catalogue().items():
        size = sum(len(phone.get(f"/{one}/formations/hors-ligne/{code}").content) for one in ("fr", "ar"))
        pages[code] = size, len(entry.course.lessons)
        assert size <= PAGES_A_LESSON * len(entry.course.lessons), code
    most = max(pages.values(), key=lambda one: one[1])
    assert shared + most[0] <= most_bytes(most[1])
    everything, lessons = sum(size for size, _ in pages.values()), sum(count for _, count in pages.values())
    ten = shared + round(everything / lessons * 10)
    print(f"shared {shared:,} B; {lessons} lessons {everything:,} B in two languages; ten lessons {ten:,} B")
    record_property("ten lessons, bytes", ten)
    assert shared + everything <= 15_000_000, "all the courses together, as if they were ten lessons"
