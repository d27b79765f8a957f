"""Answers as the page of a need or an opportunity shows them: who speaks, and what they point to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.foundation.permissions import can
from bpc.portal.ideas.states import CommentState
from bpc.portal.ideas.visibility import PUBLIC_STATES
from bpc.portal.observations.models import Answer


@dataclass(frozen=True)
class AnswerLine:
    """One answer; `idea` and `model` are titles with addresses, None when nothing public is pointed to."""

    answer: Answer
    idea: tuple[str, str, str] | None  # title, language, address
    model: tuple[str, str] | None  # name, address
    may_withdraw: bool
    may_moderate: bool
    is_shown: bool


def answers_shown(person: Any, answers: QuerySet[Answer]) -> list[AnswerLine]:
    """The answers a person may read, oldest first, the withdrawn ones for nobody. One query."""
    rows = answers.exclude(state=CommentState.WITHDRAWN).select_related("organisation", "idea", "observation")
    return [_line(person, row) for row in rows.order_by("at", "pk")]


def model_name(slug: str) -> str:
    """The name of a published model in the language of the page; empty when none is published so."""
    found = catalogue().get(slug)
    if found is None:
        return ""
    return found.model.name_ar if get_language() == "ar" else found.model.name_fr


def _line(person: Any, row: Answer) -> AnswerLine:
    idea = None
    if row.idea is not None and row.idea.state in PUBLIC_STATES:
        idea = (row.idea.title, row.idea.language, reverse("web:idea", args=[row.idea.reference]))
    name = model_name(row.model_slug) if row.model_slug else ""
    return AnswerLine(
        answer=row,
        idea=idea,
        model=(name, reverse("web:model", args=[row.model_slug])) if name else None,
        may_withdraw=can(person, "observations.withdraw_answer", row) and row.state == CommentState.SHOWN,
        may_moderate=can(person, "observations.moderate_answer", row),
        is_shown=row.state == CommentState.SHOWN,
    )
