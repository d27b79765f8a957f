"""Read what those who prepare an ideathon start with: contest_criteria.yaml and contest_defaults.yaml.

The names are those the press reported of the ideathons of 2025; the sentences of each mark and the weights are a
proposal of this site, which the organisers change as they like.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bpc.datasets.paths import DATA
from bpc.datasets.yaml_files import read_yaml

FILE, DEFAULTS_FILE = "contest_criteria.yaml", "contest_defaults.yaml"
LONGEST_ANSWER = 3000  # letters of an answer of the form
MARKS = ("1", "2", "3", "4", "5")
LANGUAGES = ("fr", "ar")
CONFIDENCES = ("official", "reported", "estimate")
_LONGEST_NAME, _LONGEST_SENTENCE = 80, 300


@dataclass(frozen=True, slots=True)
class ContestCriterion:
    """A criterion; `descriptors`: mark → language → sentence. `name_source` is an address."""

    code: str
    weight: int
    name_fr: str
    name_ar: str
    question_fr: str
    question_ar: str
    name_confidence: str
    name_source: str
    sentences_confidence: str
    read_on: date
    descriptors: dict[str, dict[str, str]]


def read_contest_criteria(data: Path = DATA) -> tuple[ContestCriterion, ...]:
    """Criteria in the order of the file. Raises ValueError, KeyError or TypeError when one is not as it should be."""
    document = read_yaml(data / FILE)
    sources, read_on = document["sources"], document["read_on"]
    return tuple(
        ContestCriterion(**{**row, "name_source": sources[row["name_source"]], "read_on": read_on})
        for row in document["criteria"]
    )


def criteria_problems(criteria: tuple[ContestCriterion, ...]) -> Iterator[str]:
    """Every fault: a code twice, a weight that weighs nothing, a sentence that lacks or is said twice, no source."""
    codes = [one.code for one in criteria]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{code}: written twice"
    for one in criteria:
        yield from (f"{one.code}: {problem}" for problem in _problems(one))


def _problems(one: ContestCriterion) -> Iterator[str]:
    if not isinstance(one.weight, int) or isinstance(one.weight, bool) or one.weight < 1:
        yield f"weight {one.weight!r} is not a whole number from 1"
    for name in ("name_fr", "name_ar", "question_fr", "question_ar"):
        said: Any = getattr(one, name)
        if not isinstance(said, str) or not said.strip():
            yield f"{name} is empty"
        elif name.startswith("name") and len(said) > _LONGEST_NAME:
            yield f"{name} has more than {_LONGEST_NAME} letters"
    for name in ("name_confidence", "sentences_confidence"):
        if getattr(one, name) not in CONFIDENCES:
            yield f"{name} {getattr(one, name)!r} is none of {', '.join(CONFIDENCES)}"
    if not str(one.name_source).startswith("https://"):
        yield f"name_source {one.name_source!r} is not an address"
    if not isinstance(one.read_on, date):
        yield f"read_on {one.read_on!r} is not a day"
    if tuple(one.descriptors) != MARKS:
        yield f"descriptors are for {', '.join(map(str, one.descriptors))}, not 1 to 5"
        return
    for language in LANGUAGES:
        sentences = [one.descriptors[mark].get(language, "").strip() for mark in MARKS]
        yield from (
            f"mark {mark} has no sentence in {language}"
            for mark, said in zip(MARKS, sentences, strict=True)
            if not said
        )
        if len(set(sentences)) < len(sentences):
            yield f"two marks have the same sentence in {language}"
        if max(map(len, sentences)) > _LONGEST_SENTENCE:
            yield f"a sentence in {language} has more than {_LONGEST_SENTENCE} letters"


@dataclass(frozen=True, slots=True)
class ContestDefaults:
    """What a new ideathon starts with: its questions and prizes as an edition keeps them, the text of its rules."""

    form: list[dict[str, Any]]
    prizes: list[dict[str, Any]]
    rules_fr: str
    rules_ar: str
    prize_source: str
    confidence: str
    read_on: date


def read_contest_defaults(data: Path = DATA) -> ContestDefaults:
    """The file as it stands. Raises ValueError or TypeError when it is not as it should be."""
    return ContestDefaults(**read_yaml(data / DEFAULTS_FILE))


def defaults_problems(defaults: ContestDefaults) -> Iterator[str]:
    """Every fault: a question without words, twice the same code, a prize without name, rules in one language only."""
    codes = [one["code"] for one in defaults.form]
    if len(set(codes)) < len(codes):
        yield "form: a code is written twice"
    for one in defaults.form:
        yield from (
            f"form {one['code']}: {name} is empty" for name in ("label_fr", "label_ar") if not one[name]
        )
        if not isinstance(one["max"], int) or not 1 <= one["max"] <= LONGEST_ANSWER:
            yield f"form {one['code']}: max {one['max']!r}"
    for one in defaults.prizes:
        yield from (
            f"prize {one['rank']}: {name} is empty" for name in ("name_fr", "name_ar") if not one[name]
        )
    articles = {
        language: text.count("\n\n")
        for language, text in (("fr", defaults.rules_fr), ("ar", defaults.rules_ar))
    }
    if articles["fr"] != articles["ar"]:
        yield f"rules: {articles['fr'] + 1} articles in French, {articles['ar'] + 1} in Arabic"
    if not isinstance(defaults.read_on, date) or not defaults.prize_source.startswith("https://"):
        yield "read_on or prize_source is missing"
