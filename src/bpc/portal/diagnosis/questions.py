"""The questionnaire of the site, and the answers of a diagnosis as the engine reads them."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from bpc.core.diagnosis.scoring import Item, strength_of
from bpc.datasets.diagnosis import Question, Questionnaire, read_diagnosis


def questionnaire() -> Questionnaire:
    """The questions asked today."""
    return read_diagnosis(settings.DATA)


def items_of(answers: Mapping[str, Any]) -> list[Item]:
    """Every question of today with the strength of its answer; one that is no longer offered is unknown."""
    return [
        Item(question.id, family.id, question.weight, _strength(question, answers.get(question.id)))
        for family, question in questionnaire().questions()
    ]


def _strength(question: Question, answer: Any) -> float | None:
    rank = question.rank_of(answer) if isinstance(answer, str) else None
    return None if rank is None else strength_of(rank, len(question.answers))
