"""One timeline of an idea: the steps of every room, in order, each with its link, as each reader may know them."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from bpc.portal.contests.models import Entry, EntryMember, IdeaInvitation
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.states import move
from bpc.portal.gatherings.models import GatheredIdea
from bpc.portal.ideas import moderation
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.references import new_reference
from bpc.portal.ideas.states import IDEA_MOVES, Door
from bpc.portal.journeys.announce_winners import announce_winners
from bpc.portal.people.roles import Role
from bpc.portal.web.ideas.story import idea_story
from tests.portal.contests.contest_world import make_edition, make_entry
from tests.portal.contests.result_world import APART, decide_all, make_world
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


def test_the_whole_team_opens_the_entry_and_nobody_who_refused(idea: Idea) -> None:
    entry = idea.entries.get()
    member, refused = make_user(), make_user()
    EntryMember.objects.create(entry=entry, user=member, name="Membre", consent="given", answered_at=NOW)
    EntryMember.objects.create(entry=entry, user=refused, name="Non", consent="refused", answered_at=NOW)
    *_before, entered = idea_story(member, idea, own_view=False)
    assert (entered.verb, entered.link) == ("entered", f"/fr/mon-espace/candidatures/{entry.reference}")
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(entered.link).status_code == 200
    assert _verbs(refused, idea) == ["submit", "said", "publish"]


def test_the_author_who_is_not_in_the_team_reads_of_the_ideathon_only(idea: Idea) -> None:
    entry = idea.entries.get()
    entry.members.all().delete()
    entry.created_by = make_user()
    entry.save(update_fields=["created_by"])
    step = idea_story(idea.author, idea, own_view=True)[-1]
    assert (step.verb, step.link) == ("entered", f"/fr/ideathons/{entry.edition.slug}")


def test_an_idea_rewarded_leads_everybody_to_the_results() -> None:
    world = make_world(APART)
    idea = make_idea(author=world.teams[0])
    Entry.objects.filter(pk=world.entries[0].pk).update(idea=idea)
    decide_all(world)
    assert "rewarded" not in _verbs(AnonymousUser(), idea)
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    (step,) = [one for one in idea_story(AnonymousUser(), idea, own_view=False) if one.verb == "rewarded"]
    assert step.link == f"/fr/ideathons/{world.edition.slug}/resultats"
    assert Client().get(step.link).status_code == 200


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
