"""What a team reads of the results on the page of its entry: outcome, certificate, support, feedback, appointment."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from bpc.datasets.courses import Course, read_courses
from bpc.portal.contests.improvement_words import criteria_by_code, improvement_words, reached_words
from bpc.portal.contests.models import AdvisorSlot, Certificate, Decision, Entry, Feedback, ReinforcedSupport
from bpc.portal.contests.publishing import published_number
from bpc.portal.contests.slots import slots_for
from bpc.portal.contests.states import EditionState
from bpc.portal.contests.visibility.entries import in_team
from bpc.portal.web.contests.result_words import confidence_words, language_names
from bpc.portal.web.training.hints import LessonHint, LessonHints

#: What a criterion asks for, where our lessons name it as another page does.
_ASKED_BY = {"innovation": "diagnosis:problem", "impact": "diagnosis:plan", "territory": "step:look"}
MOST_SLOTS = 12  # shown at once; the next ones appear as these are taken


def feedback_context(entry: Entry, person: Any) -> dict[str, Any]:
    """The context of `contests/result_feedback.html`; empty before publication and for who is not of the team."""
    if entry.edition.state != EditionState.CLOSED or not in_team(person, entry):
        return {}
    at = timezone.now()
    decision = Decision.objects.filter(entry=entry).first()
    return {
        "result": {
            "entry": entry,
            "decision": decision,
            "number": published_number(entry),
            "certificate": Certificate.objects.filter(entry=entry).first(),
            "support": ReinforcedSupport.objects.filter(entry=entry).select_related("advisor").first(),
            "feedback": _feedback(entry, at),
        }
    }


def _feedback(entry: Entry, at: datetime) -> dict[str, Any] | None:
    row = Feedback.objects.filter(entry=entry, sent_at__isnull=False).first()
    if row is None:
        return None
    criteria = criteria_by_code(entry.edition.criteria.all())
    slot = AdvisorSlot.objects.filter(entry=entry).select_related("advisor").first()
    return {
        "row": row,
        "reached": reached_words(row, criteria),
        "improvements": improvement_words(row, criteria),
        "lessons": _lessons(row),
        "course": course_shown(read_courses().get(row.course)),
        "slot": slot,
        "slots": [] if slot else list(slots_for(entry, at)[:MOST_SLOTS]),
    }


def _lessons(row: Feedback) -> list[LessonHint]:
    """Our lesson for each criterion to improve, each once."""
    hints = LessonHints()
    codes = [_ASKED_BY.get(one["criterion"], f"criterion:{one['criterion']}") for one in row.improvements]
    return list(dict.fromkeys(hint for code in codes if (hint := hints.of(code)) is not None))


def course_shown(course: Course | None) -> dict[str, Any] | None:
    """A course in the language of the page; what its publisher does not say stays empty."""
    if course is None:
        return None
    language = "ar" if get_language() == "ar" else "fr"
    return {
        "name": getattr(course, f"name_{language}"),
        "provider": getattr(course, f"provider_{language}"),
        "about": getattr(course, f"about_{language}"),
        "length": getattr(course, f"length_{language}"),
        "languages": language_names(course.languages),
        "licence": course.licence,
        "url": course.url,
        "read_on": course.read_on,
        "confidence": confidence_words(course.confidence),
    }
