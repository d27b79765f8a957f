"""Asking for help about a project: laureates go first, which only the ideathons know."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from bpc.portal.contests.models import Decision
from bpc.portal.contests.states import Outcome
from bpc.portal.counsel.asking import Question, ask
from bpc.portal.counsel.models import HelpRequest
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project

LAUREATE = 1


def priority_of(project: Project | None) -> int:
    """`LAUREATE` when the project won an ideathon whose results were published, else 0."""
    return LAUREATE if project is not None and laureates_among([project.pk]) else 0


def ask_for_help(
    *, question: Question, project: Project | None, submission_key: UUID, actor: User, at: datetime
) -> HelpRequest:
    """`counsel.asking.ask`, with the place in the queue. Raises what it raises."""
    return ask(
        question=replace(question, priority=priority_of(project)), project=project,
        submission_key=submission_key, actor=actor, at=at,
    )  # fmt: skip


def laureates_among(projects: Any) -> frozenset[int]:
    """Those of `projects` (keys, or a query of them) that won an ideathon: one query."""
    won = Decision.objects.filter(
        entry__project__in=projects, outcome=Outcome.LAUREATE, entry__edition__publication__isnull=False
    )
    return frozenset(won.values_list("entry__project", flat=True))
