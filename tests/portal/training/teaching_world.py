"""Courses as trainers write them: one that lacks nothing, its draft, its version in review."""

from typing import Any

from django.utils import timezone

from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.training.actions import start_draft, submit
from bpc.portal.training.editing import save_part
from bpc.portal.training.models import Course, CourseVersion, LessonSound
from bpc.portal.training.parts import Part, hash_part, read_part
from bpc.portal.training.states import VersionState
from tests.portal.training.training_world import CODE, EXERCISE, course_content, publish_course
from tests.portal.world import make_user

NOW = timezone.now()


def _diagram(title: str) -> dict[str, Any]:
    return {
        "kind": "bars",
        "title": title,
        "unit": "MAD",
        "items": [{"label": "a", "value": 3}, {"label": "b", "value": 4}],
    }


def whole_lessons() -> list[dict[str, Any]]:
    """Three lessons that lack nothing."""
    first, second = course_content()["lessons"]
    lessons = []
    for code, source in (("cost", first), ("margin", second), ("seller", second)):
        texts = {name: {**text, "diagram": _diagram(text["title"])} for name, text in source["texts"].items()}
        questions = [one for one in source["questions"] if not one.unexplained("fr")]
        lessons.append({**source, "code": code, "texts": texts, "exercise": EXERCISE, "questions": questions})
    return lessons


def publish_whole(code: str = CODE) -> Course:
    """A course that lacks nothing, published from a file."""
    publish_course(code, lessons=whole_lessons())
    return Course.objects.get(code=code)


def trainer(**fields: Any) -> User:
    """Somebody who teaches."""
    return make_user(Role.TRAINER, **fields)


def draft_of(course: Course, author: User) -> CourseVersion:
    """Its open draft."""
    return start_draft(course=course, actor=author, at=NOW)


def edit(draft: CourseVersion, part: Part, value: Any, author: User) -> CourseVersion:
    """A part changed by somebody who has just opened it."""
    stored = CourseVersion.objects.get(pk=draft.pk)
    base = hash_part(read_part(stored.content, part))
    return save_part(draft=stored, part=part, value=value, base=base, actor=author, at=NOW)


def changed(draft: CourseVersion, author: User, title: str = "Ce que coûte un pot") -> CourseVersion:
    """The draft with another title in French for its first lesson."""
    part = Part("text", "cost", "fr")
    return edit(draft, part, {**read_part(draft.content, part), "title": title}, author)


def in_review(course: Course, author: User) -> CourseVersion:
    """A version that somebody else has to read."""
    return submit(draft=changed(draft_of(course, author), author), actor=author, at=NOW)


def published_version(course: Course) -> CourseVersion:
    """What everybody reads."""
    return course.versions.get(state=VersionState.PUBLISHED)


def fill_teaching(author: User) -> None:
    """A recording of what everybody reads, and one of a draft."""
    course = publish_whole()
    for version in (published_version(course), draft_of(course, author)):
        LessonSound.objects.create(
            version=version, lesson="cost", language="fr", file="training/a.bin", name="a.mp3", size=1,
            content_type="audio/mpeg", sha256="0", seconds=1, reads="0", given_by=author,
        )  # fmt: skip
