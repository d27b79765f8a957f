"""Which phase of an edition runs now: rights depend on it, pages say it."""

from datetime import datetime
from enum import StrEnum

from bpc.portal.contests.models import Edition
from bpc.portal.contests.states import EditionState, Phase


class WrongPhase(Exception):
    """This cannot be done in the phase that runs (`phase`)."""

    def __init__(self, phase: Phase) -> None:
        super().__init__(phase.value)
        self.phase = phase


class Verb(StrEnum):
    """What the organisers do to an edition."""

    EDIT = "edit"
    DELETE = "delete"
    ANNOUNCE = "announce"
    REVISE = "revise"
    EXTEND = "extend"
    CANCEL = "cancel"
    REINSTATE = "reinstate"


_BEFORE_MARKING = frozenset({Phase.ANNOUNCED, Phase.ENTRIES, Phase.CHECKING})
_BEFORE_RESULTS = _BEFORE_MARKING | {Phase.MARKING, Phase.DISCUSSION, Phase.DECIDING}
#: When each may be done. Rules are fixed once a juror reads by them; dates may still move back.
PHASES_OF: dict[Verb, frozenset[Phase]] = {
    Verb.EDIT: frozenset({Phase.DRAFT}),
    Verb.DELETE: frozenset({Phase.DRAFT}),
    Verb.ANNOUNCE: frozenset({Phase.DRAFT}),
    Verb.REVISE: _BEFORE_MARKING,
    Verb.EXTEND: _BEFORE_RESULTS,
    Verb.CANCEL: _BEFORE_RESULTS,
    Verb.REINSTATE: frozenset({Phase.CANCELLED}),
}

_DECIDED = {
    EditionState.DRAFT: Phase.DRAFT,
    EditionState.CANCELLED: Phase.CANCELLED,
    EditionState.CLOSED: Phase.RESULTS,
}


def phase_of(edition: Edition, now: datetime) -> Phase:
    """The phase that runs at `now`: what the organisers decided first, then the dates.

    Results are published by a person, never by the clock: past its dates an edition stays in `deciding`.
    """
    if (decided := _DECIDED.get(EditionState(edition.state))) is not None:
        return decided
    if now < edition.entries_from:
        return Phase.ANNOUNCED
    if now < edition.entries_until:
        return Phase.ENTRIES
    if now < edition.marking_from:
        return Phase.CHECKING
    if now < edition.marking_until:
        return Phase.MARKING
    return Phase.DISCUSSION if now < edition.discussion_until else Phase.DECIDING


def vote_is_open(edition: Edition, now: datetime) -> bool:
    """Whether the public may vote at `now`: the edition has a vote, and it is neither cancelled nor over."""
    if edition.state != EditionState.PUBLISHED or edition.vote_from is None or edition.vote_until is None:
        return False
    return edition.vote_from <= now < edition.vote_until


def allows(verb: Verb, edition: Edition, now: datetime) -> bool:
    """Whether the phase that runs at `now` allows it, whoever asks."""
    return phase_of(edition, now) in PHASES_OF[verb]


def demand(verb: Verb, edition: Edition, at: datetime) -> Phase:
    """The phase that runs at `at`. Raises WrongPhase when it does not allow `verb`."""
    phase = phase_of(edition, at)
    if phase not in PHASES_OF[verb]:
        raise WrongPhase(phase)
    return phase
