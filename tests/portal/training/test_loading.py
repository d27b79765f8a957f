"""From files to versions: what changed is published at once, unless a person has written since."""

import doctest

import pytest

from bpc.datasets.training_courses import parse_course
from bpc.portal.training import rendering
from bpc.portal.training.catalogue import catalogue, published
from bpc.portal.training.loading import load_course
from bpc.portal.training.models import CourseVersion
from bpc.portal.training.rendering import render_body
from bpc.portal.training.states import VersionOrigin, VersionState
from tests.portal.training.training_world import CODE, course_content, publish_course

pytestmark = pytest.mark.django_db


def _states() -> list[tuple[int, str]]:
    return list(CourseVersion.objects.filter(course__code=CODE).values_list("number", "state"))


def test_a_changed_file_makes_a_version_and_the_same_file_none() -> None:
    first = publish_course()
    assert (first.version, first.course.lessons[0].exercise is not None) == (1, True)
    assert load_course(parse_course(course_content())) is None
    again = publish_course(icon="star8")
    assert (again.version, again.course.icon) == (2, "star8")
    assert _states() == [(1, "superseded"), (2, "published")]


def test_what_a_person_wrote_is_not_replaced() -> None:
    publish_course()
    CourseVersion.objects.filter(course__code=CODE).update(origin=VersionOrigin.PERSON)
    waiting = load_course(parse_course(course_content(icon="star8")))
    assert waiting is not None
    assert waiting.state == VersionState.DRAFT
    assert load_course(parse_course(course_content(icon="warning"))) is None, (
        "a draft is open: the file waits"
    )
    found = published(CODE)
    assert found is not None
    assert found.course.icon == "souk"


def test_courses_come_stage_by_stage() -> None:
    publish_course("zzz-first", stage="start")
    publish_course()
    codes = list(catalogue())
    assert codes.index("zzz-first") < codes.index(CODE)


def test_a_body_is_escaped_its_figures_hold_together_and_its_links_lead() -> None:
    made = render_body(
        "Il reste 12 500 MAD & [ici](lesson:a/b), [rien](lesson:c/d).",
        lambda course, lesson: f"/{course}/{lesson}" if course == "a" else "",
    )
    assert made == (
        '<p>Il reste 12\u202f500\u202fMAD &amp; <a href="/a/b">ici</a>, <a href="#">rien</a>.</p>\n'
    )
    assert "<script>" not in render_body("<script>alert(1)</script>", lambda course, lesson: "")


def test_figures_and_sums_of_the_documentation() -> None:
    found = doctest.testmod(rendering)
    assert (found.failed, found.attempted) == (0, 2)
