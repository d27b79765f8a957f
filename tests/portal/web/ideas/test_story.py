"""One timeline of an idea: the steps of every room, in order, each with its link, as each reader may know them."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from bpc.portal.contests.models import IdeaInvitation
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.states import move
from bpc.portal.gatherings.models import GatheredIdea
from bpc.portal.ideas import moderation
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import new_reference
from bpc.portal.ideas.states import IDEA_MOVES, Door
from bpc.portal.people.roles import Role
from bpc.portal.web.ideas.story import idea_story
from tests.portal.contests.contest_world import make_edition, make_entry
from tests.portal.gatherings.gathering_world import make_gathering
from tests.portal.world import make_idea, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)
DAY = timedelta(days=1)


@pytest.fixture
def idea() -> Idea:
    """Said in a meeting, published the day after, invited to an ideathon the third day, entered the fourth."""
    author, delegate = make_user(), make_user(Role.DELEGATE)
    row = make_idea(state="draft", author=author, door=Door.MEETING)
    gathering = make_gathering("held", days=-5, city_fr="Tiznit")
    GatheredIdea.objects.create(gathering=gathering, idea=row, hands=12)
    move(row, IDEA_MOVES, "submit", actor=author, at=NOW)
    record(actor=None, verb="said", obj=row, at=NOW, data={"gathering": gathering.key})
    moderation.publish(idea=row, actor=delegate, at=NOW + DAY)
    edition = make_edition(Phase.ENTRIES)
    IdeaInvitation.objects.create(edition=edition, idea=row, invited_by=delegate, invited_at=NOW + 2 * DAY)
    make_entry(edition, author, idea=row, submitted_at=NOW + 3 * DAY)
    return Idea.objects.get(pk=row.pk)


def _verbs(person: Any, idea: Idea, **more: Any) -> list[str]:
    return [step.verb for step in idea_story(person, idea, own_view=more.get("own_view", False))]


def test_the_author_reads_every_step_in_order_with_its_link(idea: Idea) -> None:
    steps = idea_story(idea.author, idea, own_view=True)
    assert [step.verb for step in steps] == ["submit", "said", "publish", "invited", "entered"]
    assert steps[0].detail == "Dans une rencontre"
    assert steps[1].hands == 12
    assert steps[1].link.startswith("/fr/rencontres/2026-09-")
    assert steps[3].link.startswith("/fr/ideathons/")
    assert steps[4].link.startswith("/fr/mon-espace/candidatures/")
    assert [step.at for step in steps] == sorted(step.at for step in steps)


def test_others_do_not_know_that_it_entered(idea: Idea) -> None:
    assert _verbs(AnonymousUser(), idea) == ["submit", "said", "publish"]
    assert _verbs(make_user(), idea) == ["submit", "said", "publish"]


def test_the_code_alone_shows_the_same_steps_as_to_a_stranger(idea: Idea) -> None:
    idea.reference = new_reference()  # with its check sign
    idea.save(update_fields=["reference"])
    text = Client().get(f"/fr/suivre/{idea.reference}").content.decode()
    assert "Le parcours de l’idée" in text
    assert "12 mains levées dans la salle" in text
    assert "Présentée à l’idéathon" not in text
    # even to the author signed in: the page is the code's, not theirs
    client = Client()
    assert idea.author is not None
    client.force_login(idea.author)
    assert "Présentée à l’idéathon" not in client.get(f"/fr/suivre/{idea.reference}").content.decode()
