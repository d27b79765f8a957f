"""What moderators do: publish, return, archive, restore, close, reopen; hide an answer. Authors may close their own.

Each verb locks the observation, checks the right before anything else, refuses what the moderator has not read
(`seen_version`), moves the state, keeps counts, search and kept pages in step, tells the people concerned and
leaves its audit row: all or nothing.
"""

from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import ReasonMissing, move
from bpc.portal.ideas.moderation import ChangedMeanwhile, WithdrawnByAuthor
from bpc.portal.ideas.states import CommentState
from bpc.portal.observations import notices
from bpc.portal.observations.models import Answer, Observation
from bpc.portal.observations.publication import GENERATION, follow
from bpc.portal.observations.states import ANSWER_MOVES, OBSERVATION_MOVES, Closing, ObservationState

_MODERATE = "observations.moderate"


def publish(*, observation: Observation, actor: Any, at: Any, seen_version: int | None = None) -> Observation:
    """Show a submitted observation to everybody; return it as it now is."""
    with transaction.atomic():
        row = _locked(observation, actor, _MODERATE, seen_version)
        _make_public(row, actor, at)
        notices.tell_author(row, "observation.published", at=at)
    return row


def return_to_author(
    *, observation: Observation, actor: Any, at: Any, reason: str, seen_version: int | None = None
) -> Observation:
    """Send a submitted observation back to be amended; `reason` is read by its author, in their language."""
    with transaction.atomic():
        row = _locked(observation, actor, _MODERATE, seen_version)
        _move(row, "return", actor, at, reason)
        notices.tell_author(row, "observation.returned", at=at, reason=reason)
    return row


def archive(
    *, observation: Observation, actor: Any, at: Any, reason: str, seen_version: int | None = None
) -> Observation:
    """Take an observation off the public pages (or refuse it); its author is told why."""
    with transaction.atomic():
        row = _locked(observation, actor, _MODERATE, seen_version)
        _move(row, "archive", actor, at, reason)
        notices.tell_author(row, "observation.archived", at=at, reason=reason)
    return row


def restore(*, observation: Observation, actor: Any, at: Any, seen_version: int | None = None) -> Observation:
    """Undo an archiving: one that was public is so again under its first date, another one waits again."""
    with transaction.atomic():
        row = _locked(observation, actor, _MODERATE, seen_version)
        if row.state == ObservationState.ARCHIVED and row.published_at is not None:
            _make_public(row, actor, at)
        else:
            _refuse_withdrawn(row)
            _move(row, "restore", actor, at)
    return row


def close(
    *,
    observation: Observation,
    closing: str,
    actor: Any,
    at: Any,
    reason: str,
    seen_version: int | None = None,
) -> Observation:
    """Say that a need is met or no longer there, or that it is told elsewhere; all concerned are told.

    By a moderator or the author. `closing` is one of `Closing`, `reason` a sentence everybody reads. Raises
    `ReasonMissing` without either.
    """
    if closing not in Closing.values:
        raise ReasonMissing("closing")
    with transaction.atomic():
        row = _locked(observation, actor, "observations.close", seen_version)
        Observation.objects.filter(pk=row.pk).update(closing=closing)
        row.closing = closing
        _move(row, "close", actor, at, reason, closing=closing)
        notices.tell_concerned(row, "observation.closed", at=at, reason=reason, but=actor)
    return row


def reopen(*, observation: Observation, actor: Any, at: Any, seen_version: int | None = None) -> Observation:
    """Undo a closing: it is again as it was, answered or not; all concerned are told."""
    with transaction.atomic():
        row = _locked(observation, actor, _MODERATE, seen_version)
        _move(row, "reopen" if row.answered_at is None else "reopen_answered", actor, at)
        row.closing, row.closed_at = "", None
        row.save(update_fields=["closing", "closed_at"])
        notices.tell_concerned(row, "observation.reopened", at=at, but=actor)
    return row


def hide_answer(*, answer: Answer, actor: Any, at: Any, reason: str) -> None:
    """Hide a shown answer from everybody but who wrote it and the moderators."""
    with transaction.atomic():
        move(answer, ANSWER_MOVES, "hide", actor=actor, at=at, reason=reason)
        outdate(GENERATION)
        notices.tell_of_hidden_answer(answer, at=at, reason=reason)


def show_answer(*, answer: Answer, actor: Any, at: Any) -> None:
    """Undo `hide_answer`."""
    with transaction.atomic():
        move(answer, ANSWER_MOVES, "show", actor=actor, at=at)
        outdate(GENERATION)


def was_withdrawn(observation: Observation) -> bool:
    """Whether an archived observation was taken back by its author rather than archived by a moderator."""
    if observation.state != ObservationState.ARCHIVED:
        return False
    last = trail_of(observation).filter(after=ObservationState.ARCHIVED).last()
    return last is not None and last.verb == "withdraw"


def _make_public(row: Observation, actor: Any, at: Any) -> None:
    """To `published`, dated the first time only; one that was closed is open again, one that was answered stays so."""
    _refuse_withdrawn(row)
    row.published_at = row.published_at or at
    row.save(update_fields=["published_at"])
    _move(row, "publish", actor, at)
    answer = row.answers.filter(is_official=True, state=CommentState.SHOWN).order_by("at").first()
    row.answered_at, row.closed_at, row.closing = answer.at if answer else None, None, ""
    row.save(update_fields=["answered_at", "closed_at", "closing"])
    if answer is not None:
        _move(row, "answer", actor, at)


def _move(row: Observation, name: str, actor: Any, at: Any, reason: str = "", **data: Any) -> None:
    before = row.state
    move(row, OBSERVATION_MOVES, name, actor=actor, at=at, reason=reason, **data)
    follow(row, before)


def _locked(observation: Observation, actor: Any, right: str, seen_version: int | None) -> Observation:
    row = Observation.objects.select_for_update().get(pk=observation.pk)
    check(actor, right, row)
    if seen_version is not None and seen_version != row.version:
        raise ChangedMeanwhile(row.reference)
    return row


def _refuse_withdrawn(observation: Observation) -> None:
    if was_withdrawn(observation):
        raise WithdrawnByAuthor(observation.reference)
