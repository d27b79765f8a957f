"""Parts of a draft: two people on two parts never meet; on the same one the second is told."""

import io
import zipfile
from typing import Any

import pytest

from bpc.core.learning.questions import Kind, Option, Question
from bpc.datasets.training_courses import InvalidCourse
from bpc.datasets.training_quiz import merge_quizzes
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.versions import NothingNew, StaleDraft
from bpc.portal.training import actions
from bpc.portal.training.contents import read_content
from bpc.portal.training.editing import (
    Unwritable,
    add_lesson,
    kept_question,
    move_lesson,
    remove_lesson,
    save_part,
)
from bpc.portal.training.importing import MAX_BYTES, RefusedZip, ZipRefusal, course_of_zip, zip_of_course
from bpc.portal.training.loading import load_course
from bpc.portal.training.models import CourseVersion, LessonSound
from bpc.portal.training.parts import GonePart, Part, hash_part, read_part
from bpc.portal.training.readiness import lacks_of
from bpc.portal.training.sounds import (
    NothingToRead,
    RefusedSound,
    SoundRefusal,
    confirm_sound,
    give_sound,
    received_sound,
    remove_sound,
)
from tests.portal.threads.thread_world import amr, mp3, mp4
from tests.portal.training.teaching_world import (
    NOW,
    changed,
    draft_of,
    edit,
    in_review,
    publish_whole,
    trainer,
)
from tests.portal.training.training_world import course_content

pytestmark = pytest.mark.django_db


def _stored(draft: CourseVersion) -> Any:
    return CourseVersion.objects.get(pk=draft.pk).content


def test_two_people_on_two_parts_never_meet_and_on_one_the_second_is_told() -> None:
    author, second = trainer(), trainer()
    draft = draft_of(publish_whole(), author)
    part, other = Part("text", "cost", "fr"), Part("text", "cost", "ar")
    text, base = read_part(draft.content, part), hash_part(read_part(draft.content, part))
    edit(draft, other, {**read_part(draft.content, other), "title": "ثمن"}, second)
    mine = {**text, "title": "Le vrai coût"}
    save_part(draft=draft, part=part, value=mine, base=base, actor=author, at=NOW)
    theirs = {**text, "title": "Le coût"}
    with pytest.raises(StaleDraft) as stale:
        save_part(draft=draft, part=part, value=theirs, base=base, actor=second, at=NOW)
    assert read_part(stale.value.current.content, part)["title"] == "Le vrai coût"
    # who sends the same words again changes nothing
    row = save_part(draft=draft, part=part, value=mine, base=base, actor=second, at=NOW)
    assert (row.revision, read_part(_stored(draft), other)["title"]) == (3, "ثمن")
    assert {one.pk for one in row.writers.all()} == {author.pk, second.pk}
    assert [one.data["part"] for one in trail_of(row).filter(verb="edit course")] == [
        "cost/text/ar",
        "cost/text/fr",
    ]


def test_what_is_no_part_is_refused_whole() -> None:
    author = trainer()
    draft = draft_of(publish_whole(), author)
    for part, value in (
        (Part("text", "cost", "fr"), {"title": "", "aim": "a", "body": "b"}),
        (Part("text", "cost", "fr"), {"title": "a", "aim": "a", "body": "<script>x</script>"}),
        (Part("facts", "cost"), {"minutes": 600}),
        (Part("exercise", "cost"), {"aim": {"fr": "a"}, "fields": []}),
        (Part("course"), {"stage": "later"}),
    ):
        with pytest.raises(InvalidCourse) as refused:
            edit(draft, part, value, author)
        assert refused.value.problems
    with pytest.raises(GonePart):
        edit(draft, Part("facts", "nowhere"), {"minutes": 9}, author)
    assert _stored(draft) == draft.content


def test_lessons_come_move_and_go() -> None:
    author = trainer()
    draft = draft_of(publish_whole(), author)
    text = {"title": "Négocier à deux", "aim": "Vous saurez négocier.", "body": "## Un"}
    code = add_lesson(draft=draft, language="fr", text=text, minutes=9, actor=author, at=NOW)
    assert code == "negocier-a-deux"
    move_lesson(draft=draft, lesson=code, up=True, actor=author, at=NOW)
    move_lesson(draft=draft, lesson="cost", up=True, actor=author, at=NOW)  # the first stays the first
    assert [one["code"] for one in _stored(draft)["lessons"]] == ["cost", "margin", code, "seller"]
    edit(draft, Part("diagram", "cost"), {"fr": None, "ar": None}, author)
    lacks = {(one.code, one.lesson) for one in lacks_of(CourseVersion.objects.get(pk=draft.pk))}
    assert {
        ("no_text", code),
        ("no_exercise", code),
        ("few_questions", code),
        ("no_diagram", "cost"),
    } <= lacks
    row = remove_lesson(draft=draft, lesson=code, actor=author, at=NOW)
    assert [one["code"] for one in row.content["lessons"]] == ["cost", "margin", "seller"]
    assert trail_of(row).last().data == {"part": "negocier-a-deux/removed", "title": "Négocier à deux"}  # type: ignore[union-attr]
    with pytest.raises(GonePart):
        move_lesson(draft=draft, lesson=code, up=True, actor=author, at=NOW)


def test_a_version_in_review_is_not_written() -> None:
    author = trainer()
    version = in_review(publish_whole(), author)
    with pytest.raises(IllegalMove):
        move_lesson(draft=version, lesson="cost", up=False, actor=author, at=NOW)


@pytest.mark.parametrize(
    ("options", "kind", "code"),
    [
        ((Option("a", 1.0), Option("b", 1.0)), Kind.ONE, "other_kind"),
        ((Option("a", 0.0), Option("b", 0.0)), Kind.ONE, "no_right_answer"),
        ((Option("a", 0.5), Option("", 0.5)), Kind.SEVERAL, "empty_answer"),
        ((Option("a -> b", 1.0), Option("c", 0.0)), Kind.ONE, "pair_alone"),
    ],
)
def test_a_question_that_could_not_go_out_is_refused(options: Any, kind: Kind, code: str) -> None:
    question = merge_quizzes({"fr": [Question("q", kind, "Oui ?", options)]})[0]
    with pytest.raises(Unwritable) as refused:
        kept_question(question)
    assert refused.value.code == code


def _give(draft: CourseVersion, author: Any, data: bytes = mp3(61), language: str = "fr") -> LessonSound:
    return give_sound(
        draft=draft, lesson="cost", language=language, name="../Leçon 1.MP3", data=data, actor=author, at=NOW
    )


def test_a_lesson_read_aloud_follows_its_versions(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    author, reader = trainer(), trainer()
    course = publish_whole()
    draft = draft_of(course, author)
    sound = _give(draft, author)
    assert (sound.name, sound.content_type, sound.seconds) == ("Leçon 1.mp3", "audio/mpeg", 61)
    # only a recording is new: it is published as words are
    version = actions.submit(draft=draft, actor=author, at=NOW)
    actions.publish(version=version, revision=version.revision, note="Lu", actor=reader, at=NOW)
    following = draft_of(course, author)
    kept = following.sounds.get()
    assert (kept.file.name, kept.pk == sound.pk) == (sound.file.name, False)
    with pytest.raises(NothingNew):
        actions.submit(draft=following, actor=author, at=NOW)
    changed(following, author)
    assert [(one.code, one.lesson, one.language) for one in lacks_of(following)] == []
    following.refresh_from_db()
    assert [(one.code, one.lesson, one.language) for one in lacks_of(following)] == [
        ("sound_behind", "cost", "fr")
    ]
    confirm_sound(sound=kept, actor=author, at=NOW)
    assert lacks_of(following) == []


def test_a_file_goes_once_no_version_reads_it(
    settings: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    author = trainer()
    draft = draft_of(publish_whole(), author)
    first = _give(draft, author)
    LessonSound.objects.create(
        version=draft.course.versions.get(number=1), lesson="cost", language="fr", file=first.file.name, name="a",
        content_type="audio/mpeg", size=1, sha256="0", seconds=1, reads="0",
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        second = _give(draft, author, mp4(30))
    assert first.file.storage.exists(first.file.name), "another version reads it"
    with django_capture_on_commit_callbacks(execute=True):
        remove_sound(sound=second, actor=author, at=NOW)
    assert not second.file.storage.exists(second.file.name)
    assert [one.verb for one in trail_of(draft)][-3:] == [
        "give lesson sound",
        "give lesson sound",
        "remove lesson sound",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html>", SoundRefusal.DAMAGED),
        (amr(5), SoundRefusal.WRONG_TYPE),
        (mp4(5, handler=b"vide"), SoundRefusal.FILM),
        (mp4(1201), SoundRefusal.TOO_LONG),
        (mp3(2) + b"\0" * 13_000_000, SoundRefusal.TOO_HEAVY),
    ],
)
def test_what_is_no_reading_is_refused(data: bytes, reason: SoundRefusal) -> None:
    with pytest.raises(RefusedSound) as refused:
        received_sound(data)
    assert refused.value.reason == reason
    with pytest.raises(RefusedSound) as unscanned:
        received_sound(mp3(2), "127.0.0.1:1")
    assert unscanned.value.reason == SoundRefusal.UNSCANNED


def test_what_has_no_words_is_not_read_aloud() -> None:
    author = trainer()
    draft = draft_of(publish_whole(), author)
    add_lesson(
        draft=draft,
        language="fr",
        text={"title": "b", "aim": "a", "body": "c"},
        minutes=9,
        actor=author,
        at=NOW,
    )
    with pytest.raises(NothingToRead):
        give_sound(draft=draft, lesson="b", language="ar", name="a", data=mp3(2), actor=author, at=NOW)


def test_a_course_changed_by_a_file_keeps_the_readings_that_still_read_it(
    settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    author, reader = trainer(), trainer()
    course = publish_whole()
    draft = draft_of(course, author)
    _give(draft, author)
    _give(draft, author, language="ar")
    version = actions.submit(draft=draft, actor=author, at=NOW)
    actions.publish(version=version, revision=version.revision, note="Lu", actor=reader, at=NOW)
    content = CourseVersion.objects.get(pk=version.pk).content
    content["lessons"][0]["texts"]["fr"]["title"] = "Un autre titre"
    loaded = load_course(read_content(content))
    assert loaded is not None
    assert [(one.lesson, one.language) for one in loaded.sounds.all()] == [("cost", "ar")]


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in files.items():
            written.writestr(name, data)
    return out.getvalue()


def test_a_published_course_goes_back_to_files_and_comes_again() -> None:
    author = trainer()
    course = publish_whole()
    shown = read_content(course.versions.get().content)
    data = zip_of_course(shown)
    assert data == zip_of_course(shown)
    draft = actions.import_course(course=course_of_zip(data), actor=author, at=NOW)
    assert (draft.course, draft.number, draft.content_hash) == (
        course,
        2,
        course.versions.get(number=1).content_hash,
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK" + b"\0" * 40, ZipRefusal.NOT_A_ZIP),
        (b"\0" * (MAX_BYTES + 1), ZipRefusal.TOO_HEAVY),
        (_zip({"a/unit.fr.md": b"x"}), ZipRefusal.NO_COURSE),
        (_zip({"../course.yaml": b"x"}), ZipRefusal.UNEXPECTED),
        (_zip({"a/course.yaml": b"x", "b/l.fr.md": b"x"}), ZipRefusal.UNEXPECTED),
        (_zip({"a/course.yaml": b"x", "a/run.php": b"x"}), ZipRefusal.UNEXPECTED),
        (_zip({"a/course.yaml": b"\0" * 900_000}), ZipRefusal.FILE_TOO_HEAVY),
        (_zip({f"a/l{rank}.fr.md": b"x" for rank in range(90)}), ZipRefusal.TOO_MANY),
        (zip_of_course(read_content({**course_content(), "lessons": []}))[:-30], ZipRefusal.NOT_A_ZIP),
    ],
)
def test_a_hostile_zip_is_refused_with_the_reason(data: bytes, reason: ZipRefusal) -> None:
    with pytest.raises(RefusedZip) as refused:
        course_of_zip(data)
    assert refused.value.reason == reason


def test_a_zip_of_something_else_than_a_course_says_every_problem() -> None:
    with pytest.raises(InvalidCourse) as refused:
        course_of_zip(
            _zip({"course.yaml": b"code: a\nlessons: [{code: l}]", "l.fr.md": b"---\ntitle: [\n---\n"})
        )
    assert refused.value.problems
