"""Reads `data/training`: a folder a course, `course.yaml` and for each lesson and language a Markdown and a GIFT file.

python -m bpc.datasets.training data/training/price-and-margin      # says every problem of one course, or of all
"""

import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bpc.core.learning.gift import read_gift
from bpc.datasets.paths import DATA
from bpc.datasets.training_courses import Course, InvalidCourse, parse_course, unready
from bpc.datasets.training_quiz import LANGUAGES, DifferentQuizzes, merge_quizzes
from bpc.datasets.yaml_files import UnreadableYaml, read_yaml

FOLDER = DATA / "training"
COURSE_FILE = "course.yaml"


@lru_cache(maxsize=4)
def read_training(folder: Path = FOLDER) -> Mapping[str, Course]:
    """Every course by its code, in the order of the folders. Raises `InvalidCourse`, OSError.

    >>> "price-and-margin" in read_training()
    True
    """
    return {path.name: read_course(path) for path in course_folders(folder)}


def course_folders(folder: Path = FOLDER) -> list[Path]:
    """The folders that hold a course."""
    return sorted(path.parent for path in folder.glob(f"*/{COURSE_FILE}"))


def read_course(folder: Path) -> Course:
    """The course of a folder. Raises `InvalidCourse` with every problem, OSError for a missing file."""
    try:
        content = read_yaml(folder / COURSE_FILE)
    except UnreadableYaml as error:
        raise InvalidCourse([(COURSE_FILE, str(error))]) from None
    problems: list[tuple[str, str]] = []
    lessons = [_lesson(folder, lesson, problems) for lesson in content.get("lessons", ())]
    if problems:
        raise InvalidCourse(problems)
    course = parse_course({**content, "lessons": lessons})
    if course.code != folder.name:
        raise InvalidCourse([("code", f"{course.code} in the folder {folder.name}")])
    return course


def _lesson(folder: Path, written: Mapping[str, Any], problems: list[tuple[str, str]]) -> dict[str, Any]:
    code = written.get("code", "")
    lesson = {**written, "exercise": _exercise(written.get("exercise"))}
    lesson["texts"] = {
        language: _front_matter(path, problems)
        for language in LANGUAGES
        if (path := folder / f"{code}.{language}.md").exists()
    }
    quizzes = {}
    for language in LANGUAGES:
        path = folder / f"{code}.{language}.gift"
        if path.exists():
            file = read_gift(path.read_text("utf-8"))
            quizzes[language] = file.questions
            problems += [(path.name, f"line {one.line}: {one.code} ({one.start})") for one in file.problems]
    try:
        lesson["questions"] = merge_quizzes(quizzes) if quizzes else ()
    except DifferentQuizzes as error:
        problems.append((f"{code}.gift", str(error)))
    return lesson


def _exercise(written: Any) -> Any:
    """In the files a fact is called `from` and the words of an option stand beside its code."""
    if not isinstance(written, dict):
        return written
    return {**written, "fields": [_field(one) for one in written.get("fields", ())]}


def _field(written: Mapping[str, Any]) -> dict[str, Any]:
    field = {("known" if key == "from" else key): value for key, value in written.items()}
    if "options" in field:
        field["options"] = [
            {"code": one["code"], "words": {key: text for key, text in one.items() if key != "code"}}
            for one in field["options"]
        ]
    return field


def _front_matter(path: Path, problems: list[tuple[str, str]]) -> dict[str, Any]:
    _empty, _, rest = path.read_text("utf-8").partition("---\n")
    front, _, body = rest.partition("\n---\n")
    try:
        return {**(yaml.safe_load(front) or {}), "body": body.strip()}
    except (yaml.YAMLError, TypeError) as error:
        problems.append((path.name, " ".join(str(error).split())))
        return {}


def problems_of(folder: Path) -> Iterator[str]:
    """What is wrong in the folder of one course, or missing in it."""
    try:
        course = read_course(folder)
    except (InvalidCourse, OSError) as error:
        yield f"training/{folder.name} {error}"
        return
    for lack in unready(course):
        yield f"training/{folder.name} " + " ".join(part for part in lack if part)
    expected = {COURSE_FILE} | {
        f"{lesson.code}.{language}.{ending}"
        for lesson in course.lessons for language in LANGUAGES for ending in ("md", "gift")
    }  # fmt: skip
    for name in sorted({path.name for path in folder.iterdir()} ^ expected):
        yield f"training/{folder.name} {name}: {'not of a lesson' if name not in expected else 'missing'}"


def main(arguments: list[str]) -> int:
    """Print every problem; the exit code says whether there is one."""
    folders = [Path(one) for one in arguments] or course_folders()
    problems = [problem for folder in folders for problem in problems_of(folder)]
    print("\n".join(problems) or f"{len(folders)} course(s) without a problem")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
