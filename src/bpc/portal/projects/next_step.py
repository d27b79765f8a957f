"""The one thing a group should do next for its project."""

from dataclasses import dataclass
from enum import StrEnum

from bpc.portal.projects.states import FOUNDERS_NEEDED, Stage

# Before the cooperative exists its founders are still being gathered.
BEFORE_CREATION = (Stage.IDEA, Stage.DESIGN, Stage.CREATION)


class NextStep(StrEnum):
    """What is missing most, in the order it is asked for."""

    RESTORE = "restore"
    DESCRIBE = "describe"
    GATHER = "gather"
    INVITE = "invite"
    CONSULT = "consult"
    ADVANCE = "advance"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Situation:
    """What the choice depends on: the rights of the reader, and what the project has already."""

    owns: bool
    edits: bool
    archived: bool
    stage: str
    has_summary: bool
    people: int
    alone: bool  # nobody else in the group on the site, nobody invited
    advisor_offered: bool  # an advisor of the region could be let in, and none is


def missing_people(people: int) -> int:
    """How many people the group still lacks to create a cooperative.

    >>> missing_people(3), missing_people(6)
    (2, 0)
    """
    return max(0, FOUNDERS_NEEDED - people)


def next_step(now: Situation) -> NextStep:
    """The first thing missing that this person may do; `NOTHING` for who only reads."""
    if now.archived:
        return NextStep.RESTORE if now.owns else NextStep.NOTHING
    if not now.edits:
        return NextStep.NOTHING
    asked = (
        (not now.has_summary, NextStep.DESCRIBE),
        (now.stage in BEFORE_CREATION and missing_people(now.people) > 0, NextStep.GATHER),
        (now.owns and now.alone, NextStep.INVITE),
        (now.owns and now.advisor_offered, NextStep.CONSULT),
        (now.stage != Stage.GROWTH, NextStep.ADVANCE),
    )
    return next((step for wanted, step in asked if wanted), NextStep.NOTHING)
