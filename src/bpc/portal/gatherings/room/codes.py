"""What became of an idea, a need or an opportunity, asked with its code alone: what anybody may know, never its words.

A code is drawn among millions and checks itself, so a typing error is told at once. Whoever tries codes at random
is stopped after a few unknown ones.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.crypto import salted_hmac

from bpc.portal.foundation.audit import trail_of
from bpc.portal.gatherings.models import GatheredIdea, Gathering, PaperSlip
from bpc.portal.ideas.models import DepositTrace, Idea
from bpc.portal.ideas.states import Door, IdeaState
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import PUBLIC_STATES, ObservationState

MOST_UNKNOWN, WINDOW = 20, timedelta(hours=1)  # unknown codes per address: a hall may share one


class TooManyGuesses(Exception):
    """Too many unknown codes from here; wait an hour."""


@dataclass(frozen=True)
class Whereabouts:
    """How far an idea is, or what was `told` of a place. Neither: printed, and not typed in yet.

    `gathering`: where it was said, if it was.
    """

    code: str
    idea: Idea | None
    gathering: Gathering | None
    hands: int | None = None
    told: Observation | None = None

    @property
    def state(self) -> str:
        """ "paper" until it is typed in; else the state of the idea, of the need or of the opportunity."""
        row = self.idea or self.told
        return str(row.state) if row is not None else "paper"

    @property
    def public_idea(self) -> Idea | None:
        """The idea whose page everybody may open: itself, or the one that groups it; None while there is none."""
        idea = self.idea
        if idea is not None and idea.state == IdeaState.MERGED:
            idea = idea.merged_into
        return idea if idea is not None and idea.state == IdeaState.PUBLISHED else None

    @property
    def public_told(self) -> Observation | None:
        """The need or the opportunity whose page everybody may open; None while there is none."""
        return self.told if self.told is not None and self.told.state in PUBLIC_STATES else None


def whereabouts(code: str, *, address: str, at: datetime) -> Whereabouts | None:
    """What is known of a well-formed code; None when nothing is. Raises `TooManyGuesses`."""
    trace = salted_hmac("gatherings.codes", address, algorithm="sha256").hexdigest()
    if DepositTrace.objects.filter(digest=trace, at__gt=at - WINDOW).count() >= MOST_UNKNOWN:
        raise TooManyGuesses
    found = _found(code)
    if found is None:
        DepositTrace.objects.create(digest=trace, at=at)
    return found


def _found(code: str) -> Whereabouts | None:
    slip = PaperSlip.objects.select_related("gathering").filter(code=code).first()
    asked = Q(pk=slip.idea_id) if slip is not None else Q(reference=code)
    # its words are not read: nothing of them can be shown by mistake
    idea = (
        Idea.objects.exclude(state=IdeaState.DRAFT)
        .select_related("merged_into")
        .only(
            "reference", "state", "submitted_at", "published_at", "author_id", "merged_into__reference",
            "merged_into__state",
        )
        .filter(asked)
        .first()
    )  # fmt: skip
    if idea is None and slip is not None:
        return Whereabouts(code, None, slip.gathering) if slip.idea_id is None else None
    if idea is None:
        return _found_told(code)
    gathered = GatheredIdea.objects.select_related("gathering").filter(idea=idea.pk).first()
    return Whereabouts(
        code, idea, gathered.gathering if gathered else None, gathered.hands if gathered else None
    )


def _found_told(code: str) -> Whereabouts | None:
    told = (
        Observation.objects.exclude(state=ObservationState.DRAFT)
        .only(
            "reference", "kind", "state", "closing", "submitted_at", "published_at", "answered_at", "author_id"
        )
        .filter(reference=code)
        .first()
    )  # fmt: skip
    if told is None:
        return None
    said = trail_of(told).filter(verb="said").first()
    gathering = Gathering.objects.filter(key=said.data["gathering"]).first() if said is not None else None
    return Whereabouts(code, None, gathering, told=told)


def said_in(idea: Idea) -> GatheredIdea | None:
    """Where an idea was said and the hands counted for it; None, and no query, for one of the site's own forms."""
    if idea.door not in {Door.MEETING, Door.PAPER, Door.IMPORT}:
        return None
    return GatheredIdea.objects.select_related("gathering").filter(idea=idea).first()
