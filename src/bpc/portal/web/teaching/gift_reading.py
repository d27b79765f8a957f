"""GIFT given in one language or both, put together with the questions that are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from bpc.core.learning.gift import read_gift
from bpc.core.learning.questions import Question
from bpc.datasets.training_quiz import LANGUAGES, DifferentQuizzes, QuizQuestion, merge_quizzes
from bpc.portal.foundation.addresses import slug_of
from bpc.portal.training.editing import Unwritable, kept_question
from bpc.portal.web.teaching.words import GIFT_PROBLEMS, told_problem

Given = dict[str, Question]


@dataclass
class Found:
    """The questions as they will be kept; or what is wrong, each with the language of the box it is in."""

    questions: list[dict[str, Any]] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def read_given(texts: Mapping[str, str], stored: Sequence[Mapping[str, Any]]) -> Found:
    """The questions of the lesson once what is given in each language is put among those `stored`."""
    found = Found()
    given = {language: _read(language, text, found) for language, text in texts.items()}
    if found.problems:
        return found
    _pair_by_rank(given)
    quizzes: dict[str, Given] = {language: {} for language in LANGUAGES}
    for one in map(QuizQuestion.model_validate, stored):
        for language in one.words:
            quizzes.setdefault(language, {})[one.code] = one.in_language(language)
    order = list(
        dict.fromkeys([one["code"] for one in stored] + [code for one in given.values() for code in one])
    )
    for language, questions in given.items():
        quizzes[language].update(questions)
    blamed = next(reversed(given))
    for code in order:
        _put(code, {language: one[code] for language, one in quizzes.items() if code in one}, blamed, found)
    return found


def _read(language: str, text: str, found: Found) -> Given:
    """Each question under a code that is one; titles of Moodle are any words."""
    file = read_gift(text)
    found.problems += [(language, told_problem(one)) for one in file.problems]
    questions: Given = {}
    for one in file.questions:
        code = slug_of(one.code, {"gift", *questions}, "question")
        questions[code] = replace(one, code=code)
    return questions


def _pair_by_rank(given: dict[str, Given]) -> None:
    """Two languages whose questions have other names, in the same number: the first goes with the first."""
    if len(given) < 2:
        return
    first, second = (given[language] for language in list(given)[:2])
    if len(first) == len(second) and not first.keys() & second.keys():
        pairs = zip(first, list(second.values()), strict=True)
        given[list(given)[1]] = {code: replace(question, code=code) for code, question in pairs}


def _put(code: str, said: dict[str, Question], blamed: str, found: Found) -> None:
    try:
        question = kept_question(merge_quizzes({language: [one] for language, one in said.items()})[0])
    except DifferentQuizzes:
        told = _(
            "La question « %(code)s » n’a pas le même genre, les mêmes réponses dans le même ordre ou les mêmes points "
            "dans les deux langues."
        )
        found.problems.append((blamed, told % {"code": code}))
    except Unwritable as refused:
        reason = GIFT_PROBLEMS.get(refused.code, _("Cette question n’est pas comprise."))
        told = _("Question « %(code)s » : %(reason)s")
        found.problems.append((blamed, told % {"code": code, "reason": reason}))
    except ValidationError:
        told = _("La question « %(code)s » est trop longue, ou a plus de douze réponses.")
        found.problems.append((blamed, told % {"code": code}))
    else:
        found.questions.append(question.model_dump(mode="json", exclude_none=True, exclude_defaults=True))
