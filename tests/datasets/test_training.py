"""The courses of `data/training`: complete in both languages, and each kind of fault is told."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bpc.datasets.lesson_body import faults_of_body
from bpc.datasets.paths import DATA
from bpc.datasets.training import FOLDER, problems_of, read_training
from bpc.datasets.training_exercises import RECKONED
from bpc.datasets.training_quiz import LANGUAGES
from bpc.datasets.validate.training import check_training, lack_codes
from bpc.portal.plans.problem_words import SENTENCES

#: The subjects that were asked for; each has its course.
SUBJECTS = {
    "what-is-a-cooperative", "finding-the-idea", "five-founders", "creating-step-by-step", "statutes-and-assembly",
    "governance-and-conflicts", "bookkeeping-from-zero", "price-and-margin", "reading-your-plan", "cash-and-seasons",
    "asking-for-funding", "quality-hygiene-labels", "selling", "digital-basics", "sharing-the-surplus",
    "women-in-cooperatives", "preparing-an-assembly",
}  # fmt: skip
COURSE = "price-and-margin"


def test_every_subject_has_its_course_complete_in_both_languages() -> None:
    courses = read_training()
    assert courses.keys() >= SUBJECTS
    assert list(check_training(DATA)) == []
    for course in courses.values():
        assert 3 <= len(course.lessons) <= 6
        for lesson in course.lessons:
            assert set(lesson.texts) >= set(LANGUAGES)
            assert len(lesson.questions) >= 4
            assert all(len(text.body.split()) >= 300 for text in lesson.texts.values()), lesson.code


def test_questions_are_of_several_kinds_and_right_answers_are_not_always_in_one_place() -> None:
    questions = [
        one for course in read_training().values() for lesson in course.lessons for one in lesson.questions
    ]
    assert {str(one.kind) for one in questions} >= {"one", "several", "true_false", "number", "pairs"}
    places = [
        next(rank for rank, option in enumerate(one.options) if option.fraction == 1)
        for one in questions
        if one.kind == "one"
    ]
    assert max(places.count(rank) for rank in set(places)) < 0.6 * len(places)


def test_most_exercises_are_on_one_s_own_project() -> None:
    exercises = [lesson.exercise for course in read_training().values() for lesson in course.lessons]
    filled = [one for one in exercises if one is not None and any(field.known for field in one.fields)]
    reckoned = [
        one for one in exercises if one is not None and any(field.kind in RECKONED for field in one.fields)
    ]
    assert len(filled) > len(exercises) / 2
    assert len(reckoned) > len(exercises) * 0.8


def test_alerts_of_a_plan_that_lessons_answer_are_alerts_of_the_engine() -> None:
    named = {
        code for course in read_training().values() for lesson in course.lessons for code in lesson.answers
    }
    assert {code.removeprefix("plan:") for code in named if code.startswith("plan:")} <= SENTENCES.keys()


def test_what_the_diagnosis_asks_has_its_lesson() -> None:
    named = {
        code for course in read_training().values() for lesson in course.lessons for code in lesson.answers
    }
    asked = {code for code in lack_codes(DATA) if code.startswith("diagnosis:")}
    assert asked - named == set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of one course, to be spoiled."""
    shutil.copytree(FOLDER / COURSE, tmp_path / COURSE)
    return tmp_path / COURSE


def _edit(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / name
        path.write_text(change(path.read_text("utf-8")), "utf-8")

    return spoil


def _content(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / "course.yaml"
        content = yaml.safe_load(path.read_text("utf-8"))
        change(content)
        path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")

    return spoil


SPOILINGS: dict[str, tuple[Callable[[Path], None], str]] = {
    "text missing": (lambda folder: (folder / "unit-cost.ar.md").unlink(), "no_text unit-cost ar"),
    "quiz missing": (lambda folder: (folder / "unit-cost.ar.gift").unlink(), "question_words unit-cost ar"),
    "file of no lesson": (lambda folder: (folder / "old.fr.md").write_text("x"), "old.fr.md: not of a lesson"),
    "markup": (_edit("unit-cost.fr.md", lambda text: text + "\n<b>x</b>\n"), "HTML"),
    "outside link": (_edit("unit-cost.fr.md", lambda text: text + "\n[x](https://example.org)\n"), "a link to"),
    "image": (_edit("unit-cost.fr.md", lambda text: text + "\n![x](x.png)\n"), "image"),
    "first heading": (_edit("unit-cost.fr.md", lambda text: text + "\n# x\n"), "a heading h1"),
    "other answers": (
        _edit("unit-cost.ar.gift", lambda text: text.replace("=14:0", "=15:0")), "right answers differ",
    ),
    "other questions": (
        _edit("unit-cost.ar.gift", lambda text: text.replace("::forgotten::", "::lost::")), "unit-cost.gift",
    ),
    "unexplained": (
        _edit("unit-cost.fr.gift", lambda text: re.sub(r"(~L’étiquette[^#\n]*)#[^\n]*", r"\1", text)),
        "unexplained unit-cost fr",
    ),
    "broken braces": (_edit("unit-cost.fr.gift", lambda text: text + "\n\nx {"), "brace_open"),
    "two lessons": (_content(lambda one: one["lessons"].__delitem__(slice(2, None))), "few_lessons"),
    "no exercise": (_content(lambda one: one["lessons"][0].pop("exercise")), "no_exercise unit-cost"),
    "no name": (_content(lambda one: one["name"].pop("ar")), "course_words ar"),
    "exercise in one language": (
        _content(lambda one: one["lessons"][0]["exercise"]["aim"].pop("ar")), "exercise_words unit-cost ar",
    ),
    "unknown word of a formula": (
        _content(lambda one: one["lessons"][0]["exercise"]["verdicts"][0].update(when="profit < 0")),
        "a formula reads profit",
    ),
    "no formula": (
        _content(lambda one: one["lessons"][0]["exercise"]["verdicts"][0].update(when="import os")), "not a formula",
    ),
    "unknown fact": (
        _content(lambda one: one["lessons"][0]["exercise"]["fields"][0].update({"from": "plan.luck"})), "known",
    ),
    "other folder": (_content(lambda one: one.update(code="other")), "other in the folder"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILINGS)
def test_each_fault_is_told(name: str, folder: Path) -> None:
    spoil, words = SPOILINGS[name]
    assert list(problems_of(folder)) == []
    spoil(folder)
    told = "\n".join(problems_of(folder))
    assert words in told


def test_what_a_lesson_points_to_is_there(tmp_path: Path) -> None:
    for name in ("law", "models", "funding"):
        (tmp_path / name).symlink_to(DATA / name)
    for name in (
        "diagnosis.yaml",
        "paths.yaml",
        "courses.csv",
        "contest_criteria.yaml",
        "vault_documents.csv",
        "funding_documents.csv",
    ):
        (tmp_path / name).symlink_to(DATA / name)
    shutil.copytree(FOLDER / COURSE, tmp_path / "training" / COURSE)

    def spoil(content: dict[str, Any]) -> None:
        content["lessons"][0] |= {"answers": ["diagnosis:luck"], "sources": ["model:gold-mine"]}

    _content(spoil)(tmp_path / "training" / COURSE)
    told = "\n".join(check_training(tmp_path))
    assert "nothing is called diagnosis:luck" in told
    assert "no source is called model:gold-mine" in told


def test_a_body_holds_no_markup_but_its_own() -> None:
    assert list(faults_of_body("## Un\n\n- **a**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> b\n")) == []
    assert list(faults_of_body("```\ncode\n```")) == ["fence at line 1"]
    assert list(faults_of_body("<script>x</script>")) == ["HTML"]
