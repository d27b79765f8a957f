"""A score that a tool sends: kept once, never set back by an older one; who finished a course is told."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.partner_courses import xapi
from bpc.portal.partner_courses.activities import course_activity
from bpc.portal.partner_courses.claims import named
from bpc.portal.partner_courses.completions import Completion, tell_completion
from bpc.portal.partner_courses.models import PartnerCourse, PartnerResult
from bpc.portal.partner_courses.notices import COMPLETED
from bpc.portal.partner_courses.scores import Score
from bpc.portal.people.delivery import notify

_HUNDRED = Decimal(100)


class UnknownLearner(Exception):
    """Nobody of that number ever opened the course."""


@transaction.atomic
def receive_score(*, course: PartnerCourse, score: Score, at: datetime) -> bool:
    """Keep what a tool says. False, and nothing is done, when something later is known or this was said already.

    Raises `UnknownLearner`.
    """
    result = _result_of(course, score.user)
    if result.told_at is not None and score.at < result.told_at:
        return False
    said = {
        "told_at": score.at, "activity": score.activity, "grading": score.grading, "given": score.given,
        "maximum": score.maximum, "comment": score.comment,
    }  # fmt: skip
    if all(getattr(result, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(result, name, value)
    first = score.is_final and result.completed_at is None
    failed_before = has_passed(course, result.completed_percent) is False
    if score.is_final:
        result.completed_at = result.completed_at or score.at
        result.completed_percent = percent_of(score)
    result.save()
    _tell_store(result, score)
    if first:
        _tell_finished(result, at)
    passed = has_passed(course, result.completed_percent)
    if first or (score.is_final and failed_before and passed):
        tell_completion(Completion(result.identity.person, course, result.completed_percent, passed, at))
    return True


def percent_of(score: Score) -> Decimal | None:
    """The score out of a hundred; None without one."""
    if score.given is None or not score.maximum:
        return None
    return min(score.given / score.maximum * _HUNDRED, Decimal(99_999))


def has_passed(course: PartnerCourse, percent: Decimal | None) -> bool | None:
    """Whether the pass mark is reached; None where the course has none."""
    if course.pass_percent is None:
        return None
    return percent is not None and percent >= course.pass_percent


def _result_of(course: PartnerCourse, subject: str) -> PartnerResult:
    try:
        known = UUID(subject)
    except ValueError:
        raise UnknownLearner from None
    rows = PartnerResult.objects.select_for_update(of=("self",)).select_related("identity__person")
    found = rows.filter(course=course, identity__subject=known).first()
    if found is None:
        raise UnknownLearner
    return found


def _tell_finished(result: PartnerResult, at: datetime) -> None:
    course, person = result.course, result.identity.person
    record(actor=None, verb="finish partner course", obj=result, at=at)
    notify(user=person, kind=COMPLETED, data={"title": named(course, person.language)}, at=at)


def _tell_store(result: PartnerResult, score: Score) -> None:
    course, percent, person = result.course, percent_of(score), result.identity.person
    activity = course_activity(course)
    scaled = None if percent is None else min(percent / _HUNDRED, Decimal(1))
    if not score.is_final:
        xapi.tell(
            person, xapi.Verb.PROGRESSED, activity, xapi.Outcome(scaled=scaled, completion=False), score.at
        )
        return
    xapi.tell(person, xapi.Verb.COMPLETED, activity, xapi.Outcome(scaled=scaled, completion=True), score.at)
    passed = has_passed(course, percent)
    if passed is not None:
        verb = xapi.Verb.PASSED if passed else xapi.Verb.FAILED
        xapi.tell(person, verb, activity, xapi.Outcome(scaled=scaled, success=passed), score.at)
