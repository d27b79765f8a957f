"""The demonstration needs and opportunities: created once, labelled wherever shown, removed from counts and search."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.states import move
from bpc.portal.ideas.references import new_reference
from bpc.portal.observations.demo_texts import DEMO_OBSERVATIONS, DemoObservation
from bpc.portal.observations.models import Answer, Observation
from bpc.portal.observations.publication import GENERATION, follow
from bpc.portal.observations.queries import kind_of
from bpc.portal.observations.reactions import confirm
from bpc.portal.observations.states import OBSERVATION_MOVES, Closing, ObservationState
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory

_NAMESPACE = UUID("b1c0a5de-4c6e-4a0b-9a3f-2f6d1f0f6a77")
_S = ObservationState


@transaction.atomic
def create_demo_observations() -> int:
    """Create those that are missing, over the demonstration accounts; returns how many it created.

    Raises `ImproperlyConfigured` while those accounts do not exist.
    """
    people = list(User.objects.filter(is_demo=True).order_by("pk"))
    if not people:
        raise ImproperlyConfigured("demonstration observations need the demonstration accounts")
    now = timezone.now()
    known = set(Observation.objects.filter(is_demo=True).values_list("submission_key", flat=True))
    missing = [text for text in DEMO_OBSERVATIONS if _key(text) not in known]
    for text in missing:
        _create(text, people, now - timedelta(days=text.days))
    outdate(GENERATION)
    return len(missing)


@transaction.atomic
def remove_demo_observations() -> int:
    """Remove them all, whatever became of them; returns how many there were."""
    told = list(Observation.objects.filter(is_demo=True))
    for one in told:
        before, one.state = one.state, _S.ARCHIVED
        follow(one, before)
    Observation.objects.filter(pk__in=[one.pk for one in told]).delete()
    outdate(GENERATION)
    return len(told)


def _key(text: DemoObservation) -> UUID:
    return uuid5(_NAMESPACE, text.slug)


def _create(text: DemoObservation, people: list[User], sent: datetime) -> None:
    place = Territory.objects.get(pk=text.place)
    author = _author(text, people)
    told = Observation.objects.create(
        reference=new_reference(), kind=kind_of(text.category), category_id=text.category,
        other_categories=list(text.others), title=text.title, text=text.text, language=text.language,
        sector_id=text.sector, audience=text.audience, speaker=text.speaker, territory=place,
        commune=place if place.level == Territory.Level.COMMUNE else None,
        province_id=place.province_code, region_id=place.region_code, author=author, submission_key=_key(text),
        created_at=sent, is_demo=True,
    )  # fmt: skip
    move(told, OBSERVATION_MOVES, "submit", actor=None, at=sent)
    seen = sent + timedelta(days=1)
    if text.state == _S.RETURNED:
        move(told, OBSERVATION_MOVES, "return", actor=None, at=seen, reason=text.reason)
    elif text.state != _S.SUBMITTED:
        _publish(told, text, people, seen)


def _publish(told: Observation, text: DemoObservation, people: list[User], at: datetime) -> None:
    """Online, confirmed by some, answered and closed as the text says."""
    told.published_at = at
    told.save(update_fields=["published_at"])
    _move(told, "publish", at)
    for person in [one for one in people if one.pk != told.author_id][: text.days % len(people)]:
        confirm(observation=told, actor=person, at=at)
    if text.answer:
        delegate = next((one for one in people if one.holds(Role.DELEGATE)), None)
        Answer.objects.create(
            observation=told, text=text.answer, language=text.language, by=delegate, is_official=True,
            submission_key=uuid5(_NAMESPACE, f"{text.slug} answer"), at=at + timedelta(days=2),
        )  # fmt: skip
        told.answered_at = at + timedelta(days=2)
        told.save(update_fields=["answered_at"])
        _move(told, "answer", told.answered_at)
    if text.state == _S.CLOSED:
        told.closing = Closing.SOLVED
        told.save(update_fields=["closing"])
        _move(told, "close", at + timedelta(days=5), reason=text.reason, closing=Closing.SOLVED)


def _move(told: Observation, name: str, at: datetime, reason: str = "", **data: Any) -> None:
    before = told.state
    move(told, OBSERVATION_MOVES, name, actor=None, at=at, reason=reason, **data)
    follow(told, before)


def _author(text: DemoObservation, people: list[User]) -> User | None:
    """The cooperative's account for what cooperatives say, the holder's for what waits, else nobody's."""
    if text.speaker == "cooperative":
        role = Role.COOPERATIVE
    elif text.speaker == "holder" or text.state in {_S.SUBMITTED, _S.RETURNED}:
        role = Role.HOLDER
    else:
        return None
    return next((person for person in people if person.holds(role)), None)
