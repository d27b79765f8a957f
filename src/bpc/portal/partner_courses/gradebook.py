"""The line item of a course and its results, as a tool reads them (Assignment and Grade Services 2.0)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bpc.portal.partner_courses.addresses import line_item_address, results_address
from bpc.portal.partner_courses.models import SCORE_MAXIMUM, PartnerCourse, PartnerResult

MOST_RESULTS = 100  # a page


def line_item(course: PartnerCourse) -> dict[str, Any]:
    """The one line item of a course."""
    return {
        "id": line_item_address(course),
        "label": course.title_fr,
        "scoreMaximum": SCORE_MAXIMUM,
        "resourceLinkId": str(course.key),
        "resourceId": str(course.key),
        "tag": "",
    }


@dataclass(frozen=True)
class ResultsPage:
    """Some results, and where the following begin; None after the last."""

    rows: list[dict[str, Any]]
    following: int | None


def results_page(
    course: PartnerCourse, *, user: str = "", most: int = MOST_RESULTS, after: int = 0
) -> ResultsPage:
    """The results of those who have one, in the order their learners came; of one learner if `user` is given."""
    rows = PartnerResult.objects.filter(course=course, pk__gt=after).exclude(given=None)
    if user:
        known = _as_uuid(user)
        rows = rows.filter(identity__subject=known) if known else rows.none()
    found = list(rows.select_related("identity").order_by("pk")[: most + 1])
    shown = found[:most]
    return ResultsPage([_told(course, row) for row in shown], shown[-1].pk if len(found) > most else None)


def _told(course: PartnerCourse, row: PartnerResult) -> dict[str, Any]:
    subject = str(row.identity.subject)
    told = {
        "id": f"{results_address(course)}?user_id={subject}",
        "scoreOf": line_item_address(course),
        "userId": subject,
        "resultScore": _plain(row.given),
        "resultMaximum": _plain(row.maximum),
    }
    return {**told, "comment": row.comment} if row.comment else told


def _plain(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
