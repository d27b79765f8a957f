"""Checks `data/training`: every course is complete in every language, and what it points to is there."""

from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from pathlib import Path

from bpc.core.matching.vocabulary import FIELDS
from bpc.datasets.contest_criteria import read_contest_criteria
from bpc.datasets.diagnosis import read_diagnosis
from bpc.datasets.finance_rules import read_finance_params
from bpc.datasets.funding_documents import read_funding_documents
from bpc.datasets.law_rules import read_law_rules
from bpc.datasets.lesson_body import lessons_linked
from bpc.datasets.training import course_folders, problems_of, read_course
from bpc.datasets.training_courses import Course, InvalidCourse, Lesson
from bpc.datasets.vault_documents import read_vault_documents
from bpc.datasets.yaml_files import read_yaml

_STEP_FILES = ("law/steps.yaml", "paths.yaml")


def check_training(data: Path) -> Iterator[str]:
    """The schema, both languages, the files of each lesson; then lacks, sources and links, which must be known."""
    courses: list[Course] = []
    for folder in course_folders(data / "training"):
        yield from problems_of(folder)
        try:
            courses.append(read_course(folder))
        except (InvalidCourse, OSError):
            continue  # told above
    if not courses:
        return
    known = {"lack": lack_codes(data), "source": source_codes(data)}
    lessons = {(course.code, lesson.code) for course in courses for lesson in course.lessons}
    for course in courses:
        for lesson in course.lessons:
            for problem in _unknown(lesson, known, lessons):
                yield f"training/{course.code} {lesson.code}: {problem}"


def _unknown(lesson: Lesson, known: Mapping[str, Set[str]], lessons: set[tuple[str, str]]) -> Iterator[str]:
    for code in lesson.answers:
        if not code.startswith("plan:") and code not in known["lack"]:
            yield f"nothing is called {code}"
    for code in lesson.sources:
        if code != "own" and code not in known["source"]:
            yield f"no source is called {code}"
    shapes = set()
    for language, text in lesson.texts.items():
        if text.diagram is not None:
            shapes.add(
                (text.diagram.kind, tuple((one.value, one.side, one.icon) for one in text.diagram.items))
            )
        for link in lessons_linked(text.body):
            if link not in lessons:
                yield f"{language}: no lesson is called {'/'.join(link)}"
    if len(shapes) > 1:
        yield "the diagrams of two languages differ"


def lack_codes(data: Path) -> set[str]:
    """Every lack that a lesson may answer, but the alerts of a plan, which are held against the engine by a test."""
    found = {f"diagnosis:{question.id}" for _family, question in read_diagnosis(data).questions()}
    found |= {f"law:{rule.id}" for rule in read_law_rules(data).rules}
    found |= {f"step:{code}" for code in _steps(data)}
    papers = {**read_funding_documents(data), **read_vault_documents(data)}
    found |= {f"piece:{code}" for code in papers}
    found |= {f"criterion:{one.code}" for one in read_contest_criteria(data)}
    return found | {f"need:{code}" for code in FIELDS}


@lru_cache(maxsize=4)
def source_codes(data: Path) -> frozenset[str]:
    """What a lesson may be drawn from: models, sources of money, figures of the law, rules, steps, questions."""
    found = {f"model:{path.stem}" for path in (data / "models").glob("*.yaml")}
    found |= {f"funding:{path.stem}" for path in (data / "funding").glob("*.yaml")}
    params = read_finance_params(data / "law" / "finance_params.yaml")
    found |= {f"param:{name}" for param in params for name in (param.id, param.family)}
    answered = lack_codes(data)
    return frozenset(found | {code for code in answered if code.startswith(("law:", "step:", "diagnosis:"))})


def _steps(data: Path) -> set[str]:
    files = [read_yaml(data / name) for name in _STEP_FILES]
    lists = [steps for one in files for steps in (one, *one.get("paths", ()))]
    return {step["id"] for one in lists for step in one.get("steps", ())}
