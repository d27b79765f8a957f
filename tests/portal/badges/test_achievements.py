"""What may be achieved: defined once, put right until it is awarded."""

import pytest

from bpc.portal.badges.achievements import UnknownAchievement, Words, WordsStand, define, last_version
from bpc.portal.badges.models import Achievement, AchievementVersion
from tests.portal.badges.badge_world import CODE, CRITERIA, NAME, awarded, defined

pytestmark = pytest.mark.django_db


def test_defined_twice_is_one() -> None:
    first, again = defined(), defined()
    assert (first.pk, first.name_fr, first.criteria_ar) == (again.pk, NAME.fr, CRITERIA.ar)
    assert (first.achievement.kind, first.achievement.slug) == ("course", "price-and-margin")
    assert Achievement.objects.count() == AchievementVersion.objects.count() == 1


def test_words_are_put_right_until_they_are_awarded() -> None:
    defined()
    right = Words("Le prix et la marge", NAME.ar)
    assert defined(name=right).name_fr == "Le prix et la marge"
    awarded(version=1)
    assert defined(name=right).name_fr == "Le prix et la marge"
    with pytest.raises(WordsStand, match="version 1"):
        defined(name=Words("Autre chose", NAME.ar))
    defined(version=2, name=Words("Autre chose", NAME.ar))
    assert (last_version(CODE).number, last_version(CODE).name_fr) == (2, "Autre chose")


@pytest.mark.parametrize(
    "code", ["", "price", "lesson:price", "course:", "course:Prix", "course:a b", "course:a/b", "course:a--b"]
)
def test_a_code_is_a_kind_and_a_slug(code: str) -> None:
    with pytest.raises(ValueError, match="no code"):
        defined(code)


def test_words_are_needed_in_both_languages() -> None:
    with pytest.raises(ValueError, match="empty or too long"):
        define(code=CODE, version=1, name=Words("Prix", " "), criteria=CRITERIA)
    with pytest.raises(ValueError, match="begin at 1"):
        define(code=CODE, version=0, name=NAME, criteria=CRITERIA)
    assert not Achievement.objects.exists()


def test_nobody_defined_it() -> None:
    with pytest.raises(UnknownAchievement):
        last_version("course:rien")
