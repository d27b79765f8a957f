"""Checks diagnosis.yaml: its shape, both languages, and that what each question leads to is there."""

from collections.abc import Iterator
from pathlib import Path

from bpc.datasets.diagnosis import FILE, parse_diagnosis, unknown_courses
from bpc.datasets.yaml_files import read_yaml

_STEPS = ("law/steps.yaml", "paths.yaml")


def check_diagnosis(data: Path) -> Iterator[str]:
    """The schema, the courses, the steps of the paths."""
    questionnaire = parse_diagnosis(read_yaml(data / FILE))
    for problem in unknown_courses(questionnaire, data):
        yield f"{FILE} {problem}"
    known = _steps(data)
    for _family, question in questionnaire.questions():
        if known and question.helps.step is not None and question.helps.step not in known:
            yield f"{FILE} {question.id}: no path has a step {question.helps.step}"


def _steps(data: Path) -> set[str]:
    """Every step of the files of paths; empty while there are none."""
    files = [read_yaml(data / name) for name in _STEPS if (data / name).exists()]
    lists = [steps for one in files for steps in (one, *one.get("paths", ()))]
    return {step["id"] for one in lists for step in one.get("steps", ())}
