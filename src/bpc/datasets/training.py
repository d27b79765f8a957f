"""Reads `data/training`: a folder a course, `course.yaml` and for each lesson and language a Markdown and a GIFT file.

python -m bpc.datasets.training data/training/price-and-margin      # says every problem of one course, or of all
"""

import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bpc.core.learning.gift import read_gift
from bpc.datasets.paths import DATA
from bpc.datasets.training_courses import Course, InvalidCourse, parse_course, unready
from bpc.datasets.training_quiz import LANGUAGES, DifferentQuizzes, merge_quizzes
from bpc.datasets.yaml_files import UnreadableYaml, parse_yaml

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
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    if COURSE_FILE not in files:
        raise FileNotFoundError(folder / COURSE_FILE)
    course = course_of_files(files)
    if course.code != folder.name:
        raise InvalidCourse([("code", f"{course.code} in the folder {folder.name}")])
    return course


def course_of_files(files: Mapping[str, bytes]) -> Course:
    """The course of its files, by their names. Hostile until read. Raises `InvalidCourse` with every problem."""
    problems: list[tuple[str, str]] = []
    content = _yaml(COURSE_FILE, files.get(COURSE_FILE, b""), problems)
    if isinstance(lessons := content.get("lessons"), list):
        read = [_lesson(files, one, problems) if isinstance(one, dict) else one for one in lessons]
        content = {**content, "lessons": read}
    if problems:
        raise InvalidCourse(problems)
    return parse_course(content)


def _yaml(name: str, written: bytes | str, problems: list[tuple[str, str]]) -> dict[str, Any]:
    try:
        values = parse_yaml(written)
    except UnreadableYaml as error:
        problems.append((name, str(error)))
        return {}
    if not isinstance(values, dict):
        problems.append((name, "no keys and values"))
        return {}
    return values


def _text(name: str, written: bytes, problems: list[tuple[str, str]]) -> str:
    try:
        return written.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        problems.append((name, "not UTF-8"))
        return ""


def _lesson(
    files: Mapping[str, bytes], written: Mapping[str, Any], problems: list[tuple[str, str]]
) -> dict[str, Any]:
    code = written.get("code", "")
    lesson = {**written, "exercise": _exercise(written.get("exercise"))}
    lesson["texts"] = {
        language: _front_matter(name, _text(name, files[name], problems), problems)
        for language in LANGUAGES
        if (name := f"{code}.{language}.md") in files
    }
    quizzes = {}
    for language in LANGUAGES:
        name = f"{code}.{language}.gift"
        if name in files:
            file = read_gift(_text(name, files[name], problems))
            quizzes[language] = file.questions
            problems += [(name, f"line {one.line}: {one.code} ({one.start})") for one in file.problems]
    try:
        lesson["questions"] = merge_quizzes(quizzes) if quizzes else ()
    except DifferentQuizzes as error:
        problems.append((f"{code}.gift", str(error)))
    except ValidationError as error:
        problems += [(f"{code}.gift", str(one["msg"])) for one in error.errors()]
    return lesson


def _exercise(written: Any) -> Any:
    """In the files a fact is called `from` and the words of an option stand beside its code."""
    if not isinstance(written, dict) or not isinstance(fields := written.get("fields"), list):
        return written
    return {**written, "fields": [_field(one) if isinstance(one, dict) else one for one in fields]}


def _field(written: Mapping[str, Any]) -> dict[str, Any]:
    field = {("known" if key == "from" else key): value for key, value in written.items()}
    if isinstance(field.get("options"), list):
        field["options"] = [_option(one) if isinstance(one, dict) else one for one in field["options"]]
    return field


def _option(written: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": written.get("code"),
        "words": {key: text for key, text in written.items() if key != "code"},
    }


def _front_matter(name: str, text: str, problems: list[tuple[str, str]]) -> dict[str, Any]:
    _empty, _, rest = text.partition("---\n")
    front, _, body = rest.partition("\n---\n")
    return {**_yaml(name, front, problems), "body": body.strip()}


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
