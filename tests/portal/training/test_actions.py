"""From draft to published by four eyes; nothing half-saved, nothing published is changed, each verb in the trail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.datasets.training_courses import InvalidCourse, parse_course
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.foundation.versions import DraftOpen, NothingNew, StaleDraft
from bpc.portal.people.models import Notification, User
from bpc.portal.people.roles import Role
from bpc.portal.training import actions
from bpc.portal.training.catalogue import GENERATION, published
from bpc.portal.training.contents import read_content
from bpc.portal.training.models import Course, CourseVersion
from bpc.portal.training.parts import Part
from bpc.portal.training.readiness import NotReady
from tests.portal.training.teaching_world import (
    NOW,
    changed,
    draft_of,
    edit,
    in_review,
    publish_whole,
    published_version,
    trainer,
)
from tests.portal.training.training_world import CODE, course_content
from tests.portal.world import people_of_every_role

pytestmark = pytest.mark.django_db
WORDS = {
    "name": {"fr": "Vendre au souk"}, "about": {"fr": "Vendre."}, "outcome": {"fr": "Un étal."},
    "icon": "souk", "stage": "run", "roles": ["holder"],
}  # fmt: skip


def _told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("user", flat=True))


def test_a_course_goes_from_a_name_to_everybody() -> None:
    author, reader = trainer(), trainer()
    draft = actions.start_course(words=WORDS, actor=author, at=NOW)
    assert (draft.course.code, draft.number, draft.state) == ("vendre-au-souk", 1, "draft")
    again = actions.start_course(words=WORDS, actor=author, at=NOW)
    assert again.course.code == "vendre-au-souk-2"
    with pytest.raises(NotReady) as refused:
        actions.submit(draft=draft, actor=author, at=NOW)
    assert {(one.code, one.language) for one in refused.value.lacks} == {
        ("course_words", "ar"),
        ("few_lessons", ""),
    }
    whole = parse_course(
        {**course_content("vendre-au-souk"), "lessons": publish_whole().versions.get().content["lessons"]}
    )
    actions.discard_draft(draft=draft, actor=author, at=NOW)
    draft = actions.import_course(course=whole, actor=author, at=NOW)
    before = generations(GENERATION)
    actions.submit(draft=draft, actor=author, at=NOW)
    assert published("vendre-au-souk") is None
    assert generations(GENERATION) == before
    assert reader.pk in _told("training.submitted")
    assert author.pk not in _told("training.submitted")
    out = actions.publish(version=draft, revision=1, note="Première version", actor=reader, at=NOW)
    shown = published("vendre-au-souk")
    assert shown is not None
    assert (shown.version, out.published_by, out.note) == (1, reader, "Première version")
    assert generations(GENERATION) != before
    assert _told("training.published") == {author.pk}
    assert [one.verb for one in trail_of(out)] == ["draft course", "submit", "publish"]


def test_nobody_publishes_words_of_theirs() -> None:
    course, author, second, reader = publish_whole(), trainer(), trainer(), trainer()
    chief = trainer()
    draft = changed(draft_of(course, author), author)
    edit(draft, Part("facts", "cost"), {"minutes": 12}, second)
    version = actions.submit(draft=draft, actor=second, at=NOW)
    for person in (author, second):
        with pytest.raises(PermissionDenied):
            actions.publish(version=version, revision=version.revision, note="Oui", actor=person, at=NOW)
        with pytest.raises(PermissionDenied):
            actions.send_back(version=version, reason="Non", actor=person, at=NOW)
    actions.publish(version=version, revision=version.revision, note="Relu", actor=reader, at=NOW)
    # whoever wrote the version now published may publish the next one
    following = actions.submit(draft=changed(draft_of(course, chief), chief, "Autre"), actor=chief, at=NOW)
    actions.publish(version=following, revision=following.revision, note="Relu", actor=author, at=NOW)
    assert published_version(course).number == 3


def test_an_administrator_is_not_their_own_reader() -> None:
    from_role = people_of_every_role()
    course, author = publish_whole(), from_role[Role.ADMINISTRATOR]
    version = in_review(course, author)
    with pytest.raises(PermissionDenied):
        actions.publish(version=version, revision=version.revision, note="Oui", actor=author, at=NOW)


def test_only_what_was_read_is_published_and_only_something_new() -> None:
    course, author, reader = publish_whole(), trainer(), trainer()
    draft = draft_of(course, author)
    with pytest.raises(NothingNew):
        actions.submit(draft=draft, actor=author, at=NOW)
    version = actions.submit(draft=changed(draft, author), actor=author, at=NOW)
    with pytest.raises(ReasonMissing):
        actions.publish(version=version, revision=version.revision, note=" ", actor=reader, at=NOW)
    with pytest.raises(StaleDraft):
        actions.publish(version=version, revision=1, note="Oui", actor=reader, at=NOW)
    with pytest.raises(IllegalMove):
        edit(version, Part("facts", "cost"), {"minutes": 12}, author)
    actions.take_back(version=version, actor=author, at=NOW)
    with pytest.raises(IllegalMove):
        actions.publish(version=version, revision=version.revision, note="Oui", actor=reader, at=NOW)
    assert published_version(course).number == 1


def test_sent_back_with_the_reason_told_to_those_who_wrote() -> None:
    course, author, reader = publish_whole(), trainer(), trainer()
    version = in_review(course, author)
    with pytest.raises(ReasonMissing):
        actions.send_back(version=version, reason="", actor=reader, at=NOW)
    back = actions.send_back(version=version, reason="Le prix est faux.", actor=reader, at=NOW)
    assert (back.state, back.note) == ("draft", "Le prix est faux.")
    told = Notification.objects.get(kind="training.sent_back")
    assert (told.user, told.data["reason"]) == (author, "Le prix est faux.")


def test_retired_with_a_reason_and_brought_back() -> None:
    course, author, reader = publish_whole(), trainer(), trainer()
    version = in_review(course, author)
    with pytest.raises(ReasonMissing):
        actions.retire(course=course, reason="", actor=reader, at=NOW)
    actions.retire(course=course, reason="La loi a changé", actor=reader, at=NOW)
    assert published(CODE) is None
    with pytest.raises(IllegalMove):
        actions.publish(version=version, revision=version.revision, note="Oui", actor=reader, at=NOW)
    actions.bring_back(course=Course.objects.get(pk=course.pk), actor=reader, at=NOW)
    with pytest.raises(IllegalMove):
        actions.bring_back(course=course, actor=reader, at=NOW)
    assert published(CODE) is not None
    actions.publish(version=version, revision=version.revision, note="Oui", actor=reader, at=NOW)
    assert published_version(course).number == 2


def test_one_open_version_and_a_former_one_taken_up() -> None:
    course, author, reader = publish_whole(), trainer(), trainer()
    version = in_review(course, author)
    assert draft_of(course, reader) == version
    first = course.versions.get(number=1)
    with pytest.raises(DraftOpen):
        actions.take_up_version(version=first, actor=reader, at=NOW)
    with pytest.raises(DraftOpen):
        actions.import_course(course=read_content(first.content), actor=reader, at=NOW)
    actions.publish(version=version, revision=version.revision, note="Oui", actor=reader, at=NOW)
    first.refresh_from_db()
    again = actions.take_up_version(version=first, actor=author, at=NOW)
    assert (again.number, again.content_hash) == (3, first.content_hash)
    assert first.state == "superseded"


def test_a_draft_is_thrown_away_by_those_who_wrote_it() -> None:
    course, author, other = publish_whole(), trainer(), trainer()
    draft = draft_of(course, author)
    with pytest.raises(PermissionDenied):
        actions.discard_draft(draft=draft, actor=other, at=NOW)
    actions.discard_draft(draft=draft, actor=author, at=NOW)
    assert [one.number for one in course.versions.all()] == [1]
    own = actions.start_course(words=WORDS, actor=author, at=NOW)
    actions.discard_draft(draft=own, actor=author, at=NOW)
    assert not Course.objects.filter(code="vendre-au-souk").exists()
    assert AuditEntry.objects.filter(verb="discard course draft").count() == 2


def test_what_is_no_course_begins_nothing() -> None:
    before = Course.objects.count()
    with pytest.raises(InvalidCourse):
        actions.start_course(words={**WORDS, "stage": "never"}, actor=trainer(), at=NOW)
    assert Course.objects.count() == before


_VERBS: dict[str, Callable[[CourseVersion, CourseVersion, User], Any]] = {
    "start_course": lambda draft, read, who: actions.start_course(words=WORDS, actor=who, at=NOW),
    "import_course": lambda draft, read, who: actions.import_course(
        course=parse_course(course_content("autre")), actor=who, at=NOW
    ),
    "start_draft": lambda draft, read, who: actions.start_draft(course=draft.course, actor=who, at=NOW),
    "edit": lambda draft, read, who: changed(draft, who, "Le coût d’un pot"),
    "submit": lambda draft, read, who: actions.submit(draft=draft, actor=who, at=NOW),
    "take_back": lambda draft, read, who: actions.take_back(version=read, actor=who, at=NOW),
    "send_back": lambda draft, read, who: actions.send_back(version=read, reason="Non", actor=who, at=NOW),
    "publish": lambda draft, read, who: actions.publish(
        version=read, revision=read.revision, note="Oui", actor=who, at=NOW
    ),
    "retire": lambda draft, read, who: actions.retire(course=read.course, reason="Non", actor=who, at=NOW),
    "discard": lambda draft, read, who: actions.discard_draft(draft=draft, actor=who, at=NOW),
}


@pytest.mark.parametrize("verb", _VERBS)
def test_each_verb_is_for_those_who_teach(verb: str) -> None:
    author = trainer()
    draft = changed(draft_of(publish_whole(), author), author)
    read = in_review(publish_whole("second-course"), author)
    entries = AuditEntry.objects.count()
    for role, person in people_of_every_role().items():
        if role in (Role.TRAINER, Role.ADMINISTRATOR):
            continue
        with pytest.raises(PermissionDenied):
            _VERBS[verb](draft, read, person)
    assert AuditEntry.objects.count() == entries, "refused, nothing done, nothing told"
    if verb in ("send_back", "publish"):
        with pytest.raises(PermissionDenied):  # one's own words
            _VERBS[verb](draft, read, author)
    able = author if verb == "discard" else trainer()
    _VERBS[verb](draft, read, able)
    assert AuditEntry.objects.count() > entries or verb == "start_draft"
