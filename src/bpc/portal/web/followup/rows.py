"""Paths as the pages show them: phases, steps, progress, delays, each with its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from bpc.datasets.path_templates import Phase
from bpc.portal.followup.clocks import Clock
from bpc.portal.followup.queries import PathReading, ProjectReading, ReadMark
from bpc.portal.followup.standing import StandingStep
from bpc.portal.followup.states import StepState
from bpc.portal.followup.words import (
    DUE_WORDS,
    REASONS,
    clock_title,
    days_left,
    event_words,
    next_sentence,
    told,
)
from bpc.portal.reference.law_words import name_article

STATE_ICONS = {
    StepState.TODO: "path",
    StepState.DOING: "clock",
    StepState.DONE: "check",
    StepState.BLOCKED: "warning",
    StepState.SKIPPED: "close",
}


@dataclass(frozen=True)
class StepRow:
    """A step in the list."""

    one: StandingStep
    title: str
    url: str
    icon: str
    label: str
    reason: str  # why the facts ticked or dropped it
    waits_for: tuple[str, ...]
    due_words: str
    late: bool
    current: bool
    mark: ReadMark | None


@dataclass(frozen=True)
class PhaseRow:
    """A phase with its steps; `state` is done, current or empty."""

    phase: Phase
    title: str
    steps: tuple[StepRow, ...]
    done: int
    counted: int
    state: str
    folded: bool  # nothing to do in it today: all behind, or all to come


@dataclass(frozen=True)
class NextCard:
    """The next thing to do: one sentence, one date within, one button."""

    sentence: str
    url: str
    due_words: str


@dataclass(frozen=True)
class ClockRow:
    """A delay that runs, in words."""

    clock: Clock
    title: str
    started: str
    left: str
    article: str


def step_url(reading: PathReading, reference: str, step: str) -> str:
    """The page of a step."""
    return reverse("web:path_step", args=[reference, reading.path.pk, step])


def next_card(reading: PathReading, reference: str, today: date) -> NextCard:
    """The card of a path."""
    one = reading.next_step(today) or next(iter(reading.standing.blocked), None)
    url = (
        step_url(reading, reference, one.step.id)
        if one is not None
        else reverse("web:path", args=[reference, reading.path.pk])
    )
    due = one.due if one is not None and one.state != StepState.BLOCKED else None
    return NextCard(next_sentence(reading, today), url, str(DUE_WORDS[due.kind]) if due is not None else "")


def phase_rows(reading: PathReading, reference: str, today: date) -> list[PhaseRow]:
    """Every phase of the path with its steps."""
    titles = {one.step.id: told(one.step.title) for one in reading.standing.steps}
    following = reading.next_step(today)
    rows = [
        _step_row(one, reading, reference, titles, today, current=one is following)
        for one in reading.standing.steps
    ]
    return [_phase_row(phase, rows) for phase in reading.standing.template.phases]


def _step_row(
    one: StandingStep,
    reading: PathReading,
    reference: str,
    titles: Mapping[str, str],
    today: date,
    *,
    current: bool,
) -> StepRow:
    return StepRow(
        one=one,
        title=titles[one.step.id],
        url=step_url(reading, reference, one.step.id),
        icon="info" if one.not_required else STATE_ICONS[one.state],
        label=str(one.state.label),
        reason=str(REASONS[one.reason]) if one.reason is not None else "",
        waits_for=tuple(titles[name] for name in one.waits_for),
        due_words=str(DUE_WORDS[one.due.kind]) if one.due is not None else "",
        late=one.is_late(today),
        current=current,
        mark=one.mark if isinstance(one.mark, ReadMark) else None,
    )


def _phase_row(phase: Phase, rows: list[StepRow]) -> PhaseRow:
    steps = tuple(row for row in rows if row.one.step.phase == phase.id)
    counted = [row for row in steps if row.one.state != StepState.SKIPPED and not row.one.not_required]
    done = sum(row.one.state == StepState.DONE for row in counted)
    here = "current" if any(row.current for row in steps) else ""
    state = "done" if done == len(counted) else here
    ready = [row for row in steps if not row.one.settled and not row.waits_for and not row.one.not_required]
    folded = not ready and not any(row.one.state == StepState.BLOCKED for row in steps)
    return PhaseRow(phase, told(phase.title), steps, done, len(counted), state, folded)


def clock_rows(reading: ProjectReading) -> list[ClockRow]:
    """The delays that run, the first to end first."""
    return [
        ClockRow(
            clock,
            clock_title(clock.name),
            event_words(clock.started_by),
            days_left(clock.days_left),
            name_article(clock.law, clock.article),
        )
        for clock in reading.clocks
    ]


def path_tabs(reading: ProjectReading, shown: PathReading | None) -> list[dict[str, Any]]:
    """One tab for each running path, when there are several."""
    if len(reading.paths) < 2:
        return []
    return [
        {
            "label": told(one.standing.template.name),
            "url": reverse("web:path", args=[reading.project.reference, one.path.pk]),
            "current": shown is not None and one.path.pk == shown.path.pk,
        }
        for one in reading.paths
    ]
