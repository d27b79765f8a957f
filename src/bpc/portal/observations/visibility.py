"""Who sees, moderates, confirms and answers a need or an opportunity: rule and queryset side by side."""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.ideas.states import CommentState
from bpc.portal.ideas.visibility import is_author, moderates
from bpc.portal.observations.models import Answer, Evidence, Observation
from bpc.portal.observations.states import OPEN_STATES, PUBLIC_STATES, ObservationState
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator


def observations_moderated_by(person: Any) -> QuerySet[Observation]:
    """The observations `moderates` allows once they were handed in: the moderation queue."""
    if not person.is_authenticated:
        return Observation.objects.none()
    handed_in = Observation.objects.exclude(state=ObservationState.DRAFT)
    if is_administrator(person):
        return handed_in
    return handed_in.filter(region__in=person.regions_as(Role.DELEGATE))


def can_see_observation(person: Any, observation: Observation) -> bool:
    """Everybody when public; the author always; moderators once it was handed in."""
    if observation.state in PUBLIC_STATES or is_author(person, observation):
        return True
    return observation.state != ObservationState.DRAFT and moderates(person, observation)


def observations_visible_to(person: Any) -> QuerySet[Observation]:
    """The observations `can_see_observation` allows."""
    rule = Q(state__in=PUBLIC_STATES)
    if person.is_authenticated:
        rule |= Q(author=person)
        if is_administrator(person):
            rule |= ~Q(state=ObservationState.DRAFT)
        elif regions := person.regions_as(Role.DELEGATE):
            rule |= Q(region__in=regions) & ~Q(state=ObservationState.DRAFT)
    return Observation.objects.filter(rule)


def can_see_evidence(person: Any, evidence: Evidence) -> bool:
    """Whoever sees the observation."""
    return can_see_observation(person, evidence.observation)


def evidence_visible_to(person: Any) -> QuerySet[Evidence]:
    """The photos and documents of the observations the person sees."""
    return Evidence.objects.filter(observation__in=observations_visible_to(person))


def can_see_answer(person: Any, answer: Answer) -> bool:
    """Shown answers of a visible observation; the others for who wrote them and for moderators."""
    if not can_see_observation(person, answer.observation):
        return False
    if answer.state == CommentState.SHOWN or moderates(person, answer.observation):
        return True
    return wrote_answer(person, answer)


def answers_visible_to(person: Any) -> QuerySet[Answer]:
    """The answers `can_see_answer` allows."""
    readable = Answer.objects.filter(observation__in=observations_visible_to(person))
    rule = Q(state=CommentState.SHOWN)
    if person.is_authenticated:
        if is_administrator(person):
            return readable
        rule |= Q(by=person) | Q(observation__region__in=person.regions_as(Role.DELEGATE))
    return readable.filter(rule)


def wrote_answer(person: Any, answer: Answer | None) -> bool:
    """Whether the signed-in person wrote the answer."""
    return bool(person.is_authenticated and answer is not None and answer.by_id == person.pk)


def can_edit(person: Any, observation: Observation | None) -> bool:
    """The author, while it is being written or was returned."""
    return (
        is_author(person, observation)
        and observation is not None
        and observation.state in {ObservationState.DRAFT, ObservationState.RETURNED}
    )


def can_react(person: Any, observation: Observation | None) -> bool:
    """Any signed-in person, to one that is public and not closed; without an observation: anyone signed in."""
    return bool(person.is_authenticated and (observation is None or observation.state in OPEN_STATES))


def can_confirm(person: Any, observation: Observation | None) -> bool:
    """Those who may react, but nobody confirms their own words."""
    return can_react(person, observation) and not is_author(person, observation)


def can_close(person: Any, observation: Observation | None) -> bool:
    """Who moderates it, and its author: they know best that it is solved."""
    if observation is None:
        return bool(person.is_authenticated)
    return moderates(person, observation) or is_author(person, observation)


def moderates_answer(person: Any, answer: Answer | None) -> bool:
    """Whoever moderates the observation that was answered."""
    return moderates(person, answer.observation if answer is not None else None)


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Observation, can_see=can_see_observation, visible_to=observations_visible_to)
    declare_visibility(Evidence, can_see=can_see_evidence, visible_to=evidence_visible_to)
    declare_visibility(Answer, can_see=can_see_answer, visible_to=answers_visible_to)
    declare_right(
        "observations.moderate",
        "Modérer les besoins et les opportunités, y répondre (délégué de la région, administrateur national)",
        moderates,
    )
    declare_right(
        "observations.edit", "Modifier ce que l’on a signalé et qui est renvoyé (son auteur)", can_edit
    )
    declare_right("observations.withdraw", "Retirer ce que l’on a signalé (son auteur)", is_author)
    declare_right(
        "observations.close", "Clore un besoin ou une opportunité (qui modère, ou son auteur)", can_close
    )
    declare_right(
        "observations.react",
        "Répondre au nom de son organisation à un besoin ou une opportunité ouverts (personne connectée)",
        can_react,
    )
    declare_right(
        "observations.confirm", "Confirmer ce qu’un autre a signalé (personne connectée)", can_confirm
    )
    declare_right(
        "observations.moderate_answer",
        "Masquer ou rétablir une réponse (qui modère le besoin ou l’opportunité)",
        moderates_answer,
    )
    declare_right("observations.withdraw_answer", "Retirer sa propre réponse (son auteur)", wrote_answer)
