"""A hundred projects with real conditions against the lessons an adviser would name; a lack gone, its lesson gone."""

import pytest
from django.utils import timezone

from bpc.portal.journeys.lacking.gather import lacks_of
from bpc.portal.journeys.lacking.lessons import Advised, advise_lessons
from tests.portal.journeys.lacking.lacking_world import KEY, mixed, project_with

pytestmark = pytest.mark.django_db
PROJECTS = 100
LEAST = 0.9


def names(found: Advised) -> set[str]:
    return {f"{one.course.code}/{one.lesson.code}" for one in found.lessons}


def test_lessons_of_a_hundred_projects_against_the_key(capsys: pytest.CaptureFixture[str]) -> None:
    both = only_ours = only_key = 0
    for conditions in mixed(PROJECTS):
        group = project_with(conditions)
        seen = lacks_of(group.project, group.inside["owner"], timezone.localdate())
        ours, key = names(advise_lessons(seen)), {KEY[one] for one in conditions}
        both, only_ours, only_key = (
            both + len(ours & key),
            only_ours + len(ours - key),
            only_key + len(key - ours),
        )
        for code in {one.code for one in seen}:
            left = advise_lessons([one for one in seen if one.code != code])
            assert code not in {reason.code for one in left.lessons for reason in one.reasons}
    precision, recall = both / (both + only_ours), both / (both + only_key)
    found = 2 * precision * recall / (precision + recall)
    with capsys.disabled():
        print(
            f"\nlessons of {PROJECTS} projects: F1 {found:.3f}, precision {precision:.3f}, recall {recall:.3f}"
        )
    assert found >= LEAST


def test_nothing_is_advised_to_a_group_that_lacks_nothing() -> None:
    group = project_with([])
    assert lacks_of(group.project, group.inside["owner"], timezone.localdate()) == []


@pytest.mark.parametrize("condition", sorted(KEY))
def test_each_condition_alone_names_its_lesson(condition: str) -> None:
    group = project_with([condition])
    seen = lacks_of(group.project, group.inside["owner"], timezone.localdate())
    assert KEY[condition] in names(advise_lessons(seen))
    assert all(one.words and one.url.startswith("/fr/") for one in seen)
