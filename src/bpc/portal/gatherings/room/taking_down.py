"""From what the room knows to the rows of the site: ideas, needs, opportunities, handed in under their speaker's name.

Only the things that new events are about are folded again, whole: what is written depends on the set of events, never
on how they came. What a moderator has already answered is no longer rewritten from the room; only the hands follow.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q

from bpc.portal.foundation.audit import record, trail_of
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.states import move
from bpc.portal.gatherings.models import GatheredIdea, Gathering, RoomEvent
from bpc.portal.gatherings.models.room import Kind
from bpc.portal.gatherings.room.folding import Thing, ThingKey, Written, fold
from bpc.portal.gatherings.room.signing_in import sign_in
from bpc.portal.gatherings.room.speaking import Speakers, idea_content, observation_content
from bpc.portal.ideas import deposit, near
from bpc.portal.ideas.handing_in import rewrite
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IDEA_MOVES, Door, IdeaState
from bpc.portal.observations import telling
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import OBSERVATION_MOVES, ObservationState

__all__ = ["ThingKey", "folded", "row_key", "take_down"]

_SPACE = UUID("5f0cb9a4-7d43-4f0e-9a58-2f6f5c4b9d10")
_TOLD = (Kind.NEED, Kind.OPPORTUNITY)


def row_key(gathering: Gathering, kind: str, key: UUID) -> UUID:
    """The submission key of the row a thing becomes: no key drawn by a device touches another meeting's rows."""
    return uuid5(_SPACE, f"{gathering.key}/{kind}/{key}")


def folded(
    gathering: Gathering, names: Iterable[ThingKey] | None = None, *, kinds: Iterable[str] = Kind.values
) -> dict[ThingKey, Thing]:
    """The things of these names (None: all of the meeting) and kinds as its events tell them. One query."""
    events = RoomEvent.objects.filter(gathering=gathering, kind__in=kinds)
    if names is not None:
        asked = Q(pk=None)
        for kind in Kind.values:
            asked |= Q(kind=kind, thing__in=[key for one, key in names if one == kind])
        events = events.filter(asked)
    columns = ("stamped_at", "device__key", "sequence", "kind", "thing", "payload")
    return fold(
        Written((stamp, str(device), sequence), (kind, thing), payload)
        for stamp, device, sequence, kind, thing, payload in events.values_list(*columns)
    )


def take_down(*, gathering: Gathering, names: set[ThingKey], at: datetime) -> None:
    """Bring the rows of these things up to date, in the transaction and under the lock of the caller."""
    asked = names | _said_by(gathering, {key for kind, key in names if kind == Kind.ATTENDEE})
    things = folded(gathering, asked)
    speakers = Speakers(_attendees_of(gathering, things))
    for name in sorted(things, key=str):
        thing = things[name]
        if thing.kind == Kind.ATTENDEE:
            sign_in(gathering=gathering, thing=thing, key=row_key(gathering, thing.kind, thing.key), at=at)
        elif thing.kind == Kind.IDEA:
            _take_idea(gathering, thing, speakers, at)
        elif thing.kind in _TOLD:
            _take_observation(gathering, thing, speakers, at)


def _said_by(gathering: Gathering, attendees: set[UUID]) -> set[ThingKey]:
    """What the events say these people said."""
    if not attendees:
        return set()
    events = RoomEvent.objects.filter(
        gathering=gathering, payload__speaker__in=[str(one) for one in attendees]
    )
    return set(events.values_list("kind", "thing"))


def _attendees_of(gathering: Gathering, things: dict[ThingKey, Thing]) -> dict[UUID, Thing]:
    """The attendees among `things`, and those the others name as speakers."""
    found = {key: thing for (kind, key), thing in things.items() if kind == Kind.ATTENDEE}
    named = {UUID(thing.values["speaker"]) for thing in things.values() if thing.values.get("speaker")}
    missing: set[ThingKey] = {(Kind.ATTENDEE, key) for key in named - found.keys()}
    more = folded(gathering, missing) if missing else {}
    return found | {key: thing for (_, key), thing in more.items()}


def _take_idea(gathering: Gathering, thing: Thing, speakers: Speakers, at: datetime) -> None:
    gathered, _ = GatheredIdea.objects.select_related("idea").get_or_create(
        gathering=gathering, key=thing.key
    )
    content = idea_content(thing, speakers)
    if gathered.idea is None and content is not None and not thing.is_removed:
        gathered.idea, _new = deposit.propose(
            content=content, submission_key=row_key(gathering, thing.kind, thing.key), actor=None, at=at,
            door=Door.MEETING,
        )  # fmt: skip
        record(actor=None, verb="said", obj=gathered.idea, at=at, data={"gathering": gathering.key})
    elif gathered.idea is not None:
        _follow_removal(gathered.idea, thing, at)
        if content is not None and gathered.idea.state == IdeaState.SUBMITTED:
            _correct(gathered.idea, content.columns(), at)
            near.index(gathered.idea)
    speaker = thing.values.get("speaker")
    gathered.speaker_key = UUID(speaker) if speaker else None
    hands = thing.values.get("hands")
    if hands != gathered.hands:
        gathered.hands = hands
        outdate("ideas", "gatherings")
    gathered.save()


def _follow_removal(idea: Idea, thing: Thing, at: datetime) -> None:
    """Taken back in the room: withdrawn while nobody published it; brought back: handed in again."""
    if thing.is_removed and idea.state in IDEA_MOVES.named("withdraw").sources:
        deposit.withdraw(idea=idea, actor=None, at=at)
    elif _is_brought_back(thing, idea):
        move(idea, IDEA_MOVES, "restore", actor=None, at=at)


def _take_observation(gathering: Gathering, thing: Thing, speakers: Speakers, at: datetime) -> None:
    key = row_key(gathering, thing.kind, thing.key)
    row = Observation.objects.filter(submission_key=key).first()
    content = observation_content(thing, speakers)
    if row is None:
        if content is not None and not thing.is_removed:
            told, _ = telling.propose(content=content, submission_key=key, actor=None, at=at)
            record(actor=None, verb="said", obj=told, at=at, data={"gathering": gathering.key})
        return
    if thing.is_removed and row.state in OBSERVATION_MOVES.named("withdraw").sources:
        telling.withdraw(observation=row, actor=None, at=at)
    elif _is_brought_back(thing, row):
        move(row, OBSERVATION_MOVES, "restore", actor=None, at=at)
    if content is not None and row.state == ObservationState.SUBMITTED:
        _correct(row, content.columns(), at)


def _is_brought_back(thing: Thing, row: Any) -> bool:
    """Withdrawn from the room, and brought back there: what a moderator archived since stays archived."""
    if (
        thing.values.get("removed") is not False
        or row.state != IdeaState.ARCHIVED
        or row.published_at is not None
    ):
        return False
    last = trail_of(row).exclude(after="").last()
    return last is not None and last.verb == "withdraw"


def _correct(row: Any, columns: dict[str, Any], at: datetime) -> None:
    """Write what the room says now, where it differs from what was handed in."""
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    if changed:
        rewrite(row, columns)
        record(
            actor=None,
            verb="correct",
            obj=row,
            at=at,
            before=row.state,
            after=row.state,
            data={"changed": changed},
        )
