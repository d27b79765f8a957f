"""Which phase of an edition runs now: rights depend on it, pages say it."""

from datetime import datetime

from bpc.portal.contests.models import Edition
from bpc.portal.contests.states import EditionState, Phase

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
