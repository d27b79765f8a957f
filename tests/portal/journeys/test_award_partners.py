"""A partner's course passed and a module completed give their badge, once, and say on whose word."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bpc.portal.badges.models import Award
from bpc.portal.badges.queries import holds
from bpc.portal.packages.running import open_run, report_run
from bpc.portal.packages.told import told_from
from bpc.portal.partner_courses.courses import change_course
from bpc.portal.partner_courses.models import PartnerCourse, PartnerResult
from bpc.portal.partner_courses.receiving import receive_score
from bpc.portal.partner_courses.scores import Score
from bpc.portal.partner_courses.states import Activity, Grading
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from tests.portal.packages.package_world import published
from tests.portal.partner_courses.partner_world import NOW, content, make_course, make_partner, opened, pasted
from tests.portal.plans.plain_words import plain
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def tell(result: PartnerResult, given: int | None, *, minutes: int, done: bool = True) -> None:
    """What the tool says of the learner, so many minutes later."""
    course = PartnerCourse.objects.get(pk=result.course_id)
    at = NOW + timedelta(minutes=minutes)
    activity = Activity.COMPLETED if done else Activity.IN_PROGRESS
    grading = Grading.NOT_READY if given is None else Grading.FULLY_GRADED
    number = None if given is None else Decimal(given)
    maximum = None if given is None else Decimal(20)
    score = Score(str(result.identity.subject), at, activity, grading, number, maximum, "")
    receive_score(course=course, score=score, at=at)


def test_a_partner_course_passed_gives_its_badge_once() -> None:
    learner = make_user(display_name="Fatima")
    course = make_course(make_partner(**pasted()), pass_percent=60)
    result = opened(course, learner)
    tell(result, 18, minutes=1, done=False)
    tell(result, 8, minutes=2)
    assert not Award.objects.exists(), "finished, not passed"
    tell(result, 13, minutes=3)
    row = Award.objects.get()
    assert (row.user, row.achievement.code) == (learner, f"partner:course-{course.key}")
    assert (row.version.name_fr, row.version.name_ar) == ("Fixer son prix", "تحديد الثمن")
    assert plain("au moins 60\u202f% de réussite chez le partenaire : TaaWouNYa Academy") in plain(
        row.version.criteria_fr
    )
    assert plain("Résultat : 65\u202f%. Cours terminé le 2 novembre 2026, selon TaaWouNYa Academy.") == plain(
        row.evidence_fr
    )
    assert "2026" in row.evidence_ar
    assert Notification.objects.filter(user=learner, kind="badges.awarded").count() == 1
    tell(result, 8, minutes=4)
    tell(result, 19, minutes=5)
    assert Award.objects.get() == row


def test_finishing_is_enough_without_a_pass_mark_and_words_stand_with_their_version() -> None:
    first, second, trainer = make_user(), make_user(), make_user(Role.TRAINER)
    partner = make_partner(**pasted())
    course = make_course(partner)
    tell(opened(course, first), None, minutes=1)
    fresh = content(partner, title_fr="Fixer un prix juste", pass_percent=50)
    change_course(course=course, content=fresh, version=1, actor=trainer, at=NOW)
    tell(opened(course, second), 10, minutes=2)
    rows = list(Award.objects.order_by("pk"))
    assert [one.version.name_fr for one in rows] == ["Fixer son prix", "Fixer un prix juste"]
    assert [one.version.number for one in rows] == [1, 2]
    assert plain(rows[0].evidence_fr) == "Cours terminé le 2 novembre 2026, selon TaaWouNYa Academy."


def test_a_module_completed_gives_its_badge_once_on_its_own_word() -> None:
    package, learner, other = published(), make_user(), make_user()
    for person, raw in ((learner, 90), (other, 10)):
        open_run(package=package, actor=person, at=NOW)
        for _time in range(2):
            told = told_from({"opening": 1, "completed": True, "score": {"raw": raw}})
            report_run(package=package, told=told, actor=person, at=NOW)
    row = Award.objects.get()  # the other is under the score it asks for
    assert row.user == learner
    assert holds(learner, f"partner:module-{package.reference.lower()}")
    assert row.version.name_fr == package.title_fr
    assert package.credit in row.version.criteria_fr
    said = "Résultat : 90\u202f%. Module terminé le 2 novembre 2026, selon le module lui-même."
    assert plain(row.evidence_fr) == plain(said)
