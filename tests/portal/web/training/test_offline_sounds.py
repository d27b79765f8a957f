"""Lessons read aloud on a telephone: which recordings a pack takes, how they are played, what the whole weighs."""

import hashlib
import json
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.training.catalogue import GENERATION
from bpc.portal.training.models import CourseVersion, LessonSound
from bpc.portal.training.states import VersionState
from bpc.portal.web.training.offline_pack import PAGES_A_LESSON, most_bytes, shared_files
from tests.portal.plans.plain_words import plain
from tests.portal.threads.thread_world import mp3
from tests.portal.training.training_world import CODE, lesson_content, publish_course
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
PAGE = f"/fr/formations/hors-ligne/{CODE}"
TEN = [lesson_content(f"lesson-{rank}") for rank in range(10)]


@pytest.fixture
def phone(settings: Any, tmp_path: Any) -> Client:
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(make_user())
    return client


def _read_aloud(language: str, *, size: int, lessons: int = 10) -> list[LessonSound]:
    """The first lessons of the course read in one language, each of so many bytes."""
    version = CourseVersion.objects.get(course__code=CODE, state=VersionState.PUBLISHED)
    codes = [one["code"] for one in version.content["lessons"]][:lessons]
    rows = []
    for code in codes:
        data = mp3(1) + f"{code}.{language}".encode()
        rows.append(
            LessonSound.objects.create(
                version=version, lesson=code, language=language, name="lecture.mp3", content_type="audio/mpeg",
                file=ContentFile(data, name=f"{code}-{language}.mp3"), size=size, seconds=1,
                sha256=hashlib.sha256(data).hexdigest(),
            )
        )  # fmt: skip
    return rows


def _pack(page: Any) -> Any:
    found = re.search(
        r'<script id="course-pack" type="application/json">(.*?)</script>', page.content.decode()
    )
    assert found
    return json.loads(found[1])


def test_each_lesson_is_played_by_the_file_that_the_pack_takes(phone: Client) -> None:
    publish_course()
    sounds = [*_read_aloud("fr", size=200_000, lessons=1), *_read_aloud("ar", size=300_000)]
    page = phone.get(PAGE)
    body = page.content.decode()
    pack = _pack(page)
    address = f"/fr/formations/hors-ligne/lecture.{sounds[0].sha256[:12]}.son"
    assert pack["sounds"] == [{"url": address, "size": 200_000}]
    assert re.findall(r'<audio[^>]* src="([^"]+)"', body) == [address], "the second lesson is not read aloud"
    assert [one["size"] for one in pack["others"][0]["sounds"]] == [300_000, 300_000]
    assert "data-sound" in body
    assert "data-unheard" not in body
    part = Client().get(address, headers={"range": "bytes=0-9"})
    assert (part.status_code, part["Content-Type"], part.content) == (206, "audio/mpeg", mp3(1)[:10])
    assert Client().get(address.replace(".son", "0.son")).status_code == 404
    assert Client().get(address.replace(sounds[0].sha256[:12], sounds[0].sha256[:2])).status_code == 404
    CourseVersion.objects.update(state=VersionState.RETIRED)
    assert Client().get(address).status_code == 404


def test_a_version_that_keeps_a_recording_keeps_its_address(phone: Client) -> None:
    publish_course()
    _read_aloud("fr", size=200_000)
    before = _pack(phone.get(PAGE))
    publish_course(lessons=[lesson_content("cost"), lesson_content("margin"), lesson_content("more")])
    _read_aloud("fr", size=200_000)
    after = _pack(phone.get(PAGE))
    assert before["version"] < after["version"]
    assert [one["url"] for one in after["sounds"]][:2] == [one["url"] for one in before["sounds"]]


@pytest.mark.parametrize(
    ("sizes", "left_out"),
    [
        ({"fr": 1_350_000}, []),
        ({"fr": 640_000, "ar": 640_000}, []),
        ({"fr": 1_350_000, "ar": 20_000}, []),
        ({"fr": 1_350_000, "ar": 640_000}, ["ar"]),
        ({"fr": 2_400_000, "ar": 640_000}, ["fr"]),
        ({"fr": 2_400_000, "ar": 2_400_000}, ["fr", "ar"]),
    ],
)
def test_ten_lessons_and_their_sound_weigh_less_than_fifteen_million_bytes(
    phone: Client, sizes: dict[str, int], left_out: list[str]
) -> None:
    """As kept on the device: shared files, both pages, every recording that is taken."""
    publish_course(lessons=TEN)
    for language, size in sizes.items():
        _read_aloud(language, size=size)
    page = phone.get(PAGE)
    pack = _pack(page)
    sounds = [one["size"] for place in (pack, *pack["others"]) for one in place["sounds"]]
    pages = sum(len(phone.get(PAGE.replace("/fr/", f"/{one}/")).content) for one in ("fr", "ar"))
    assert pages <= PAGES_A_LESSON * 10
    assert sum(one.size for one in shared_files()) + pages + sum(sounds) <= most_bytes(10) == 15_000_000
    taken = set(sizes) - set(left_out)
    assert sorted(sounds) == sorted(size for one, size in sizes.items() if one in taken for _ in range(10))
    body = page.content.decode()
    assert re.findall(r'data-unheard="(\w+)"', body) == left_out
    assert ("data-sound" in body) == bool(taken)
    if left_out:
        assert plain("Le son ne s’emporte pas : avec lui, ce cours pèserait plus de 15,0 Mo.") in plain(body)


def test_recordings_cost_one_query_whatever_their_number(
    phone: Client, django_assert_num_queries: Any
) -> None:
    publish_course(lessons=TEN)
    outdate(GENERATION)
    phone.get(PAGE)
    with CaptureQueriesContext(connection) as before:
        phone.get(PAGE)
    _read_aloud("fr", size=1_000)
    _read_aloud("ar", size=1_000)
    with django_assert_num_queries(len(before)):
        assert phone.get(PAGE).content.decode().count("<audio") == 10
