"""A group's diagnosis, answered in one go."""

from datetime import datetime
from typing import Any

from bpc.portal.diagnosis.answering import answer_family, begin_diagnosis, finish_diagnosis
from bpc.portal.diagnosis.models import Diagnosis
from bpc.portal.diagnosis.questions import questionnaire
from tests.portal.projects.project_world import NOW, Group


def weakest() -> dict[str, str | None]:
    """The weakest answer to everything."""
    return {question.id: question.answers[0].id for _, question in questionnaire().questions()}


def strongest() -> dict[str, str | None]:
    """The strongest answer to everything."""
    return {question.id: question.answers[-1].id for _, question in questionnaire().questions()}


def answered(group: Group, answers: dict[str, Any], *, at: datetime = NOW, finish: bool = True) -> Diagnosis:
    """Begun, answered family after family, finished."""
    owner = group.inside["owner"]
    row = begin_diagnosis(project=group.project, facts={}, actor=owner, at=at)
    for family in questionnaire().families:
        row = answer_family(
            diagnosis=row, family=family, answers=answers, revision=row.revision, actor=owner, at=at
        )
    return finish_diagnosis(diagnosis=row, actor=owner, at=at) if finish else row
