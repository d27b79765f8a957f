"""What the room gives a person of theirs, what stays when they leave, how those without account are written to."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from bpc.portal.ideas.contact_messages import deliver_to_contact
from bpc.portal.observations import reactions
from bpc.portal.observations.models import Answer, Confirmation, Observation
from bpc.portal.people.personal_data import Holding, holdings
from bpc.portal.people.roles import Role
from tests.portal.observations.observation_world import make_observation
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def of_this_room() -> dict[str, Holding]:
    """The holdings declared by this room."""
    return {one.key: one for one in holdings() if one.key in {"observations", "confirmations", "answers"}}


def test_everything_is_exported_and_forgotten() -> None:
    salma = make_user(Role.DELEGATE)
    kept = make_observation(author=salma, show_author=True)
    make_observation(author=salma, state="returned")
    other = make_observation()
    reactions.confirm(observation=other, actor=salma, at=timezone.now())
    reactions.answer(
        observation=other, text="Nous venons.", language="fr", key=uuid4(), actor=salma, at=timezone.now()
    )
    room = of_this_room()
    assert room["observations"].rows(salma)[0]["title"] == kept.title
    assert room["confirmations"].rows(salma)[0]["observation"] == other.reference
    assert room["answers"].rows(salma)[0]["text"] == "Nous venons."
    for holding in room.values():
        holding.forget(salma)
        assert holding.rows(salma) == []
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.author, kept.show_author, kept.state) == (None, False, "published")
    assert Observation.objects.count() == 2
    assert (other.confirmation_count, Confirmation.objects.count()) == (0, 0)
    assert Answer.objects.get().by is None


@pytest.mark.parametrize(("language", "expected"), [("fr", "est en ligne"), ("ar", "")])
def test_an_author_without_account_is_written_to(language: str, expected: str) -> None:
    told = make_observation(contact_email="f@example.org", language=language)
    data: dict[str, Any] = {"title": told.title, "reference": told.reference, "reason": ""}
    sent = deliver_to_contact.call(told.pk, "observation.published", data, "observations.observation")
    assert sent == "email"
    assert expected in mail.outbox[0].body
    assert f"/{language}/besoins/{told.reference}" in mail.outbox[0].body
    deliver_to_contact.call(told.pk, "observation.returned", data, "observations.observation")
    assert f"/{language}/besoins/suivre?code={told.reference}" in mail.outbox[1].body
