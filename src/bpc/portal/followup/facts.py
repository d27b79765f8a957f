"""What is known of a project that changes its path. What is not known is left out, and then changes nothing."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import get_args

from bpc.core.law.events import Event
from bpc.datasets.path_templates import PAPER, Condition
from bpc.portal.followup.states import Question
from bpc.portal.projects.states import FOUNDERS_NEEDED, Stage

_EXISTS = (Stage.LAUNCH, Stage.GROWTH)


@dataclass(frozen=True)
class Known:
    """The facts a path reads: founders named on the project, its stage, its cooperative, dates and answers."""

    founders: int
    stage: str
    in_register: bool  # an organisation of the register is linked to the project
    dates: Mapping[str, date]  # by the name of the event
    answers: Mapping[str, bool]  # by question
    papers: Set[str] = frozenset()  # kinds in the vault that still hold, those for owners' eyes only aside
    badges: Set[str] = frozenset()  # codes that a member of the group holds, of those its paths ask


#: The kinds of papers that tick a step.
PAPER_KINDS = tuple(name.removeprefix(PAPER) for name in get_args(Condition) if name.startswith(PAPER))


def conditions_met(known: Known) -> frozenset[Condition]:
    """The conditions that are certainly true.

    >>> told = Known(5, "design", False, {}, {"employees": False})
    >>> sorted(conditions_met(told))
    ['five_founders', 'no_employees']
    """
    asked: dict[Condition, bool] = {
        "five_founders": known.founders >= FOUNDERS_NEEDED,
        "registered": known.in_register
        or Event.REGISTERED in known.dates
        or known.stage in _EXISTS
        or "registration" in known.papers,
        "name_approved": Event.NAME_APPROVED in known.dates
        or known.answers.get(Question.NAME_APPROVED, False)
        or "name_certificate" in known.papers,
        "no_in_kind": not known.answers.get(Question.IN_KIND, True),
        "no_employees": not known.answers.get(Question.EMPLOYEES, True)
        and Event.FIRST_HIRING not in known.dates,
        "no_permits": not known.answers.get(Question.PERMITS, True),
    }
    kept: set[Condition] = {name for name in get_args(Condition) if name.removeprefix(PAPER) in known.papers}
    return frozenset(name for name, holds in asked.items() if holds) | kept
