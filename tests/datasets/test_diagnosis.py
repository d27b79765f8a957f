"""The questionnaire of the self-diagnosis: whole, in both languages, leading to what exists."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from bpc.datasets.diagnosis import FILE, InvalidDiagnosis, known_answer, parse_diagnosis, read_diagnosis
from bpc.datasets.paths import DATA
from bpc.datasets.validate.diagnosis import check_diagnosis


@pytest.fixture
def content() -> dict[str, Any]:
    return copy.deepcopy(yaml.safe_load((DATA / FILE).read_text("utf-8")))


def test_twenty_two_questions_in_six_families() -> None:
    questionnaire = read_diagnosis()
    assert [len(family.questions) for family in questionnaire.families] == [3, 4, 4, 4, 3, 4]
    assert not list(check_diagnosis(DATA))


@pytest.mark.parametrize(
    ("facts", "code", "answer"),
    [
        ({"founders": 4}, "number", "four"),
        ({"founders": 7}, "number", "seven"),
        ({"founders": 0}, "number", None),
        ({"plan": 1}, "plan", "begun"),
        ({"plan": 0}, "plan", None),
        ({"registered": 1}, "statutes", "signed"),
        ({"offices": 2}, "offices", "some"),
        ({"founders": 9}, "plan", None),
    ],
)
def test_facts_answer_what_they_say_and_nothing_else(
    facts: dict[str, int], code: str, answer: str | None
) -> None:
    question = next(one for _, one in read_diagnosis().questions() if one.id == code)
    assert known_answer(question, facts) == answer


def test_a_file_in_one_language_is_refused(content: dict[str, Any]) -> None:
    del content["families"][2]["questions"][0]["answers"][1]["ar"]
    with pytest.raises(InvalidDiagnosis, match=r"families\.2\.questions\.0\.answers\.1\.ar"):
        parse_diagnosis(content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"helps": {}}, "feeds something"),
        ({"helps": {"need": "colour"}}, "no field of a profile"),
        ({"known_by": {"fact": "founders", "from": [3, 1, None, None]}}, "rising"),
        ({"known_by": {"fact": "founders", "from": [1, 3]}}, "rising"),
        ({"weight": 0}, "greater than or equal to 1"),
        ({"id": "together"}, "together"),
    ],
)
def test_a_wrong_question_is_refused(content: dict[str, Any], change: dict[str, Any], words: str) -> None:
    content["families"][0]["questions"][0] |= change
    with pytest.raises(InvalidDiagnosis, match=words):
        parse_diagnosis(content)


def test_what_a_question_leads_to_exists(content: dict[str, Any], tmp_path: Path) -> None:
    first, second = content["families"][0]["questions"][:2]
    first["helps"], second["helps"] = {"course": "alchemy"}, {"step": "fly"}
    (tmp_path / FILE).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    (tmp_path / "courses.csv").write_bytes((DATA / "courses.csv").read_bytes())
    (tmp_path / "paths.yaml").write_text(yaml.safe_dump({"paths": [{"steps": [{"id": "walk"}]}]}), "utf-8")
    found = list(check_diagnosis(tmp_path))
    assert f"{FILE} problem: no course is called alchemy" in found
    assert f"{FILE} together: no path has a step fly" in found
