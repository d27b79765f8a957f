"""What the list of courses and the page of one course show."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from bpc.portal.badges.queries import award_codes
from bpc.portal.journeys.award_badges import badge_code
from bpc.portal.learning.models import Following
from bpc.portal.training.catalogue import Published
from bpc.portal.web.training.lesson_page import Reader, lessons_of
from bpc.portal.web.training.role_path import role_path
from bpc.portal.web.training.words import ROLES, STAGE_SENTENCES, STAGES, language_of, said


def catalogue_context(request: HttpRequest, known: Mapping[str, Published]) -> dict[str, Any]:
    """Stages with their courses, the role asked for, and what the person follows."""
    role = request.GET.get("pour", "")
    role = role if role in ROLES else ""
    followed = _followed(request)
    entries = [one for one in known.values() if not role or role in one.course.roles]
    stages = [
        {
            "name": STAGES[code], "about": STAGE_SENTENCES[code],
            "cards": [_card(one, followed.get(one.key)) for one in entries if one.course.stage == code],
        }
        for code in STAGES
    ]  # fmt: skip
    resumed = next((one for one in followed.values() if one.finished_at is None), None)
    by_key = {one.key: one for one in known.values()}
    return {
        "stages": [one for one in stages if one["cards"]],
        "role": role,
        "path": role_path(role, known.values(), followed) if role else None,
        "roles": ROLES.items(),
        "count": len(entries),
        "resumed": _card(by_key[resumed.course_id], resumed)
        if resumed and resumed.course_id in by_key
        else None,
    }


def _followed(request: HttpRequest) -> dict[int, Following]:
    if not request.user.is_authenticated:
        return {}
    return {one.course_id: one for one in Following.objects.filter(user=request.user)}


def _card(entry: Published, row: Following | None) -> dict[str, Any]:
    course = entry.course
    return {
        "code": entry.code, "icon": course.icon, "name": said(course.name), "about": said(course.about),
        "language": language_of(course), "lessons": len(course.lessons), "minutes": course.minutes,
        "following": row, "done": row.lessons_done if row else 0,
    }  # fmt: skip


def course_context(entry: Published, reader: Reader) -> dict[str, Any]:
    """The course, its lessons with their state, where to go on."""
    course = entry.course
    standing = reader.standing
    lines = lessons_of(course, standing)
    done = sum(one["state"] == "done" for one in lines)
    return {
        "entry": entry, "course": course, "name": said(course.name), "about": said(course.about),
        "outcome": said(course.outcome), "language": language_of(course), "lines": lines, "done": done,
        "stage": STAGES[course.stage], "roles": [ROLES[one] for one in course.roles], "following": reader.following,
        "next_lesson": (standing.next_lesson if standing else None) or course.lessons[0].code,
        "finished": standing is not None and standing.finished, "badge": _badge(entry, reader),
    }  # fmt: skip


def _badge(entry: Published, reader: Reader) -> str:
    """The code of the certificate of a course finished; empty without one."""
    if reader.following is None or reader.following.finished_at is None:
        return ""
    code = badge_code(entry.code)
    return award_codes(reader.following.user_id, [code]).get(code, "")
