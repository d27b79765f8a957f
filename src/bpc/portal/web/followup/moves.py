"""What moving a path to another version changes for it, in words: for its group, and for who tries a draft."""

from dataclasses import dataclass
from datetime import date

from bpc.portal.followup.standing import StandingPath, StandingStep
from bpc.portal.followup.states import StepState
from bpc.portal.followup.template_effects import Move
from bpc.portal.followup.words import standing_sentence, told


@dataclass(frozen=True)
class MovedStep:
    """A step that comes or goes; `noted`: somebody said something of it."""

    title: str
    label: str
    noted: bool


@dataclass(frozen=True)
class MoveWords:
    """The move as a page tells it."""

    added: tuple[MovedStep, ...]
    dropped: tuple[MovedStep, ...]
    kept_done: tuple[str, ...]
    before: str  # the next thing to do
    after: str
    progress_before: tuple[int, int]
    progress_after: tuple[int, int]


def move_words(move: Move, today: date) -> MoveWords:
    """The move in the language of the page."""
    return MoveWords(
        added=tuple(_moved(one) for one in move.added),
        dropped=tuple(_moved(one) for one in move.dropped),
        kept_done=tuple(told(one.step.title) for one in move.kept_done),
        before=standing_sentence(move.before, today),
        after=standing_sentence(move.after, today),
        progress_before=_progress(move.before),
        progress_after=_progress(move.after),
    )


def _moved(one: StandingStep) -> MovedStep:
    return MovedStep(told(one.step.title), str(StepState(one.state).label), one.mark is not None)


def _progress(path: StandingPath) -> tuple[int, int]:
    return path.done, len(path.counted)
