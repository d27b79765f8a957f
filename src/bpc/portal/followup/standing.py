"""Where each step of a path stands: what a person said of it, else what the facts say; and the one to do next.

Pure: a template, marks, facts and days in; values out.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, Protocol

from bpc.datasets.path_templates import Condition, Outline, Step
from bpc.portal.followup.states import SETTLED, StepState

#: Proposed for a step whose template says no usual time: what can be done always has a day.
USUAL_DAYS = 30
#: Why a step stands as it does where nobody marked it: a condition of its template, its own date, the badge it asks.
Reason = Condition | Literal["dated", "badge"]
#: A delay of the law that ends within so many days comes before all else.
PRESSING = timedelta(days=14)
_NEVER_ASKED = frozenset({"administration", "not_required"})


class Mark(Protocol):
    """What standing reads of a mark."""

    @property
    def state(self) -> str:
        """Of `StepState`."""
        ...

    @property
    def on(self) -> date | None:
        """The day it was done."""
        ...

    @property
    def due_on(self) -> date | None:
        """The day the group gave itself."""
        ...

    @property
    def day(self) -> date:
        """The day it was made."""
        ...


class DueKind(StrEnum):
    """What a date is worth: the law's, the group's own, or what the site proposes."""

    LEGAL = "legal"
    CHOSEN = "chosen"
    PROPOSED = "proposed"


@dataclass(frozen=True)
class Due:
    """Until when, and who says so."""

    on: date
    kind: DueKind


@dataclass(frozen=True)
class StandingStep:
    """A step as it stands. `reason`: the fact that ticked or dropped it, where no person said otherwise."""

    step: Step
    state: StepState
    mark: Mark | None
    reason: Reason | None
    waits_for: tuple[str, ...]  # titles are looked up by who shows them
    due: Due | None

    @property
    def settled(self) -> bool:
        """Nothing waits for it."""
        return self.state in SETTLED

    @property
    def not_required(self) -> bool:
        """The law asks nothing: shown to be known."""
        return self.step.duty == "not_required"

    def is_late(self, today: date) -> bool:
        """Its day has passed."""
        return not self.settled and self.due is not None and self.due.on < today


@dataclass(frozen=True)
class StandingPath:
    """All the steps, in the order of the template."""

    template: Outline
    steps: tuple[StandingStep, ...]

    @property
    def counted(self) -> tuple[StandingStep, ...]:
        """The steps this project has to go through: neither skipped nor merely told."""
        return tuple(one for one in self.steps if one.state != StepState.SKIPPED and not one.not_required)

    @property
    def done(self) -> int:
        """How many of the counted steps are done."""
        return sum(one.state == StepState.DONE for one in self.counted)

    @property
    def blocked(self) -> tuple[StandingStep, ...]:
        """The steps somebody said are blocked."""
        return tuple(one for one in self.steps if one.state == StepState.BLOCKED)

    def named(self, name: str) -> StandingStep:
        """The step of this id. Raises KeyError."""
        return {one.step.id: one for one in self.steps}[name]

    def next_step(self, today: date) -> StandingStep | None:
        """The one step to do now; None when nothing can be done (all settled, blocked, or left to others).

        A delay of the law about to end comes first, then what is under way, then the order of the path.
        """
        ready = [
            (rank, one)
            for rank, one in enumerate(self.steps)
            if one.state in (StepState.TODO, StepState.DOING)
            and not one.waits_for
            and one.step.duty not in _NEVER_ASKED
        ]
        return min(ready, key=lambda pair: _urgency(pair[1], pair[0], today))[1] if ready else None


def _urgency(one: StandingStep, rank: int, today: date) -> tuple[int, date, int]:
    if one.due is not None and one.due.kind == DueKind.LEGAL and one.due.on <= today + PRESSING:
        return 0, one.due.on, rank
    return (1 if one.state == StepState.DOING else 2), date.max, rank


def stand(
    template: Outline,
    *,
    marks: Mapping[str, Mark],
    facts: Set[Condition],
    clocks: Mapping[str, date],
    opened_on: date,
    dates: Mapping[str, date] | None = None,
    badges: Set[str] = frozenset(),
) -> StandingPath:
    """Every step with its state, its reason, what it waits for and its date.

    `marks`: the mark that stands for a step, by its id. `clocks`: the last day of each running delay of the law.
    `dates`: the dated facts that are known, by their names. `badges`: those that somebody of the group holds.
    """
    known = dates or {}
    settled_on: dict[str, date] = {}
    steps = []
    for step in template.steps:
        mark = marks.get(step.id)
        state, reason = state_of(step, mark, facts, known, badges)
        waits = tuple(name for name in step.after if name not in settled_on)
        if state in SETTLED or step.duty in _NEVER_ASKED:
            settled_on[step.id] = known.get(step.asks or "") or _settled_day(mark, opened_on)
        due = None
        if state not in SETTLED:
            possible = max((settled_on[name] for name in step.after if name in settled_on), default=opened_on)
            due = _due_of(step, mark, clocks, None if waits else max(possible, opened_on))
        steps.append(StandingStep(step, state, mark, reason, waits, due))
    return StandingPath(template, tuple(steps))


def state_of(
    step: Step,
    mark: Mark | None,
    facts: Set[Condition],
    dates: Mapping[str, date],
    badges: Set[str] = frozenset(),
) -> tuple[StepState, Reason | None]:
    """A person's word first; else the first fact that says something; a step whose date is known is done."""
    if mark is not None:
        return StepState(mark.state), None
    for condition in step.dropped_by:
        if condition in facts:
            return StepState.SKIPPED, condition
    for condition in step.ticked_by:
        if condition in facts:
            return StepState.DONE, condition
    if step.badge is not None and step.badge in badges:
        return StepState.DONE, "badge"
    return (StepState.DONE, "dated") if step.asks in dates else (StepState.TODO, None)


def _settled_day(mark: Mark | None, opened_on: date) -> date:
    if mark is None:
        return opened_on
    return mark.on or mark.day


def _due_of(step: Step, mark: Mark | None, clocks: Mapping[str, date], possible: date | None) -> Due | None:
    """The law's day, else the group's, else the usual time from the day the step became possible."""
    legal = clocks.get(step.clock or "")
    if legal is not None:
        return Due(legal, DueKind.LEGAL)
    if mark is not None and mark.due_on is not None:
        return Due(mark.due_on, DueKind.CHOSEN)
    if possible is None or step.duty in _NEVER_ASKED:
        return None
    return Due(possible + timedelta(days=step.usual_days or USUAL_DAYS), DueKind.PROPOSED)
