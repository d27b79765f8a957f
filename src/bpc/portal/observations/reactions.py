"""What signed-in people do with a public need or opportunity: confirm it, answer it.

The counter changes in the same transaction as the row it counts, on the locked observation. A confirmation leaves no
audit row: its own row says who and when, and taking it back must leave no trace.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import can, check
from bpc.portal.foundation.states import move
from bpc.portal.ideas.handing_in import check_speaks_for
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.reactions import TooMany
from bpc.portal.ideas.states import CommentState
from bpc.portal.observations import notices
from bpc.portal.observations.models import Answer, Confirmation, Observation
from bpc.portal.observations.publication import GENERATION, follow
from bpc.portal.observations.states import ANSWER_MOVES, OBSERVATION_MOVES, ObservationState

ANSWERS_AT_ONCE, ANSWER_WINDOW = 8, timedelta(minutes=10)


def confirm(*, observation: Observation, actor: Any, at: Any) -> bool:
    """Say that one lives this too, once; return whether it is new."""
    with transaction.atomic():
        row = _open_to(observation, actor, "observations.confirm")
        _, is_new = Confirmation.objects.get_or_create(
            observation=row, user=actor, defaults={"created_at": at}
        )
        if is_new:
            _count(row, 1)
    return is_new


def unconfirm(*, observation: Observation, actor: Any) -> bool:
    """Take one's confirmation back; return whether there was one."""
    with transaction.atomic():
        row = _open_to(observation, actor, "observations.confirm")
        removed, _ = Confirmation.objects.filter(observation=row, user=actor).delete()
        if removed:
            _count(row, -1)
    return bool(removed)


def answer(
    *,
    observation: Observation,
    text: str,
    language: str,
    key: UUID,
    actor: Any,
    at: Any,
    organisation_id: int | None = None,
    idea: Idea | None = None,
    model_slug: str = "",
) -> Answer:
    """Answer: as the delegation, which makes it answered, or in the name of an organisation one belongs to.

    The same form sent twice (same `key`) leaves one answer. `idea` (published) or `model_slug` may say what answers.
    Raises `PermissionDenied` for somebody who is neither, `TooMany`.
    """
    with transaction.atomic():
        row = _open_to(observation, actor, "observations.react")
        if (twin := Answer.objects.filter(submission_key=key, by=actor, observation=row).first()) is not None:
            return twin
        official = organisation_id is None
        if official and not can(actor, "observations.moderate", row):
            raise PermissionDenied("answer")
        check_speaks_for(organisation_id, actor)
        _refuse_flood(actor, at)
        if Answer.objects.filter(submission_key=key).exists():  # somebody else's key: a copied form
            key = uuid4()
        made = Answer.objects.create(
            observation=row, text=text, language=language, by=actor, organisation_id=organisation_id,
            is_official=official, idea=idea, model_slug=model_slug, submission_key=key, at=at,
        )  # fmt: skip
        _follow_answer(row, made, actor, at)
    return made


def withdraw_answer(*, answer: Answer, actor: Any, at: Any) -> None:
    """Take one's own answer back, whatever became of the observation."""
    with transaction.atomic():
        move(answer, ANSWER_MOVES, "withdraw", actor=actor, at=at)
        outdate(GENERATION)


def _follow_answer(row: Observation, made: Answer, actor: Any, at: Any) -> None:
    """The first official answer moves the state; every answer is in the trail and told."""
    record(
        actor=actor, verb="give_answer", obj=made, at=at, after=CommentState.SHOWN,
        data={"observation": row.reference, "official": made.is_official},
    )  # fmt: skip
    if made.is_official and row.state == ObservationState.PUBLISHED:
        before = row.state
        row.answered_at = at
        row.save(update_fields=["answered_at"])
        move(row, OBSERVATION_MOVES, "answer", actor=actor, at=at)
        follow(row, before)
    outdate(GENERATION)
    notices.tell_concerned(row, "observation.answered", at=at, but=actor)


def _refuse_flood(actor: Any, at: Any) -> None:
    recent = Answer.objects.filter(by=actor, at__gt=at - ANSWER_WINDOW)
    if recent.count() >= ANSWERS_AT_ONCE:
        raise TooMany("answer")


def _open_to(observation: Observation, actor: Any, right: str) -> Observation:
    """The observation, locked, if `actor` may react to it as it is now."""
    row = Observation.objects.select_for_update().get(pk=observation.pk)
    check(actor, right, row)
    return row


def _count(observation: Observation, step: int) -> None:
    Observation.objects.filter(pk=observation.pk).update(confirmation_count=F("confirmation_count") + step)
    outdate(GENERATION)
