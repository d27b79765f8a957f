"""The demonstration ideas: created once, labelled wherever shown, removed from counts and search."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.states import move
from bpc.portal.ideas.demo_texts import DEMO_IDEAS, DemoIdea
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.publication import appear, disappear
from bpc.portal.ideas.reactions import support
from bpc.portal.ideas.references import new_reference
from bpc.portal.ideas.states import IDEA_MOVES, IdeaState
from bpc.portal.people.models import Organisation, User
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory

_NAMESPACE = UUID("6f1c9b52-5f0e-4a39-9d6a-0a5d3f1b7c11")


@transaction.atomic
def create_demo_ideas() -> int:
    """Create the ideas that are missing, over the demonstration accounts; returns how many it created.

    Raises `ImproperlyConfigured` while those accounts do not exist.
    """
    people = list(User.objects.filter(is_demo=True).order_by("pk"))
    if not people:
        raise ImproperlyConfigured("demonstration ideas need the demonstration accounts")
    now = timezone.now()
    known = set(Idea.objects.filter(is_demo=True).values_list("submission_key", flat=True))
    missing = [text for text in DEMO_IDEAS if _key(text) not in known]
    for text in missing:
        _create(text, people, now - timedelta(days=text.days))
    outdate("ideas")
    return len(missing)


@transaction.atomic
def remove_demo_ideas() -> int:
    """Remove them all, whatever became of them; returns how many there were."""
    ideas = list(Idea.objects.filter(is_demo=True).order_by("-merged_into"))
    for idea in ideas:
        if idea.state == IdeaState.PUBLISHED:
            disappear(idea)
    Idea.objects.filter(merged_into__in=ideas).update(merged_into=None)
    Idea.objects.filter(pk__in=[idea.pk for idea in ideas]).delete()
    outdate("ideas")
    return len(ideas)


def _key(text: DemoIdea) -> UUID:
    return uuid5(_NAMESPACE, text.slug)


def _create(text: DemoIdea, people: list[User], sent: datetime) -> None:
    place = Territory.objects.get(pk=text.commune)
    idea = Idea.objects.create(
        reference=new_reference(), title=text.title, need=text.need, proposal=text.proposal,
        language=text.language, sector_id=text.sector, audience=text.audience, speaker=text.speaker,
        commune=place, province_id=place.province_code, region_id=place.region_code,
        author=_author(text, people), organisation=_organisation(text), submission_key=_key(text),
        created_at=sent, is_demo=True,
    )  # fmt: skip
    move(idea, IDEA_MOVES, "submit", actor=None, at=sent)
    answered = sent + timedelta(days=1)
    if text.state == IdeaState.RETURNED:
        move(idea, IDEA_MOVES, "return", actor=None, at=answered, reason=text.reason)
    elif text.state == IdeaState.PUBLISHED:
        move(idea, IDEA_MOVES, "publish", actor=None, at=answered)
        appear(idea)
        for person in people[: text.days % (len(people) + 1)]:
            support(idea=idea, actor=person, at=answered)


def _organisation(text: DemoIdea) -> Organisation | None:
    """Cooperatives speak in their own name."""
    return Organisation.objects.filter(is_demo=True).first() if text.speaker == "cooperative" else None


def _author(text: DemoIdea, people: list[User]) -> Any:
    """The cooperative's account for what cooperatives say, the holder's for what waits, else nobody's."""
    if text.speaker == "cooperative":
        role = Role.COOPERATIVE
    elif text.speaker == "holder" or text.state != IdeaState.PUBLISHED:
        role = Role.HOLDER
    else:
        return None
    return next((person for person in people if person.holds(role)), None)
