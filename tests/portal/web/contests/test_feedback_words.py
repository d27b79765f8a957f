"""The jury's own words to a team that was not chosen: who writes them, until when, and what reads them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.contests.models import Entry, Feedback
from bpc.portal.journeys.announce_winners import announce_winners
from bpc.portal.web.contests.result_desk import TEAMS
from tests.portal.contests.contest_world import NOW, make_entry
from tests.portal.contests.result_world import APART, World, compute, decide_all, make_world, open_slots
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
WORDS = "Votre idée est forte : revenez l’an prochain."
FIVES = ((5, 5, 5, 5),) * 3


def signed(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def words_page(world: World, entry: Entry) -> str:
    return f"/fr/ideathons/{world.edition.slug}/resultats/retours/{entry.reference}"


def test_words_written_while_deciding_leave_with_the_feedback() -> None:
    world = make_world(unread=1)
    open_slots(world, 3)
    decide_all(world)
    president, entry = signed(world.president), world.entries[2]
    desk = f"/fr/ideathons/{world.edition.slug}/presidence/palmares"
    link = f'href="{words_page(world, entry)}"'
    assert link in president.get(f"{desk}/{entry.reference}").content.decode()
    laureate = world.entries[0]
    assert words_page(world, laureate) not in president.get(f"{desk}/{laureate.reference}").content.decode()
    answer = president.post(words_page(world, entry), {"words": f"  {WORDS} "})
    assert answer["Location"] == desk
    world.entries[-1].delete()  # nobody read it: it would wait for a decision
    compute(world)
    decide_all(world)
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    told = Feedback.objects.get(entry=entry)
    assert (told.words, told.language, told.sent_at) == (WORDS, "fr", NOW)
    text = signed(world.teams[2]).get(f"/fr/mon-espace/candidatures/{entry.reference}").content.decode()
    assert f'<blockquote lang="fr" dir="auto">{WORDS}</blockquote>' in text
    late = president.post(words_page(world, entry), {"words": "Trop tard"})
    assert late["Location"] == f"/fr/ideathons/{world.edition.slug}/resultats/retours"
    told.refresh_from_db()
    assert told.words == WORDS


def test_an_entry_marked_five_everywhere_leaves_only_with_words() -> None:
    world = make_world((FIVES, FIVES, FIVES), laureates=3)
    open_slots(world, 3)
    decide_all(world)
    entry = world.entries[2]
    entry.decision.outcome, entry.decision.place = "not_chosen", None
    entry.decision.save()
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    president, desk = signed(world.president), f"/fr/ideathons/{world.edition.slug}/resultats/retours"
    html = president.get(desk).content.decode()
    assert "attend un mot du jury" in html
    assert f'href="{words_page(world, entry)}"' in html
    assert "sans un mot de votre part" in president.get(words_page(world, entry)).content.decode()
    president.post(desk)
    assert Feedback.objects.get(entry=entry).sent_at is None
    president.post(words_page(world, entry), {"words": WORDS})
    president.post(desk)
    assert Feedback.objects.get(entry=entry).sent_at is not None


def test_only_the_president_writes_and_only_to_a_team_that_will_be_told() -> None:
    world = make_world(APART, unread=1)
    decide_all(world)
    entry, unread, laureate = world.entries[2], world.entries[-1], world.entries[0]
    for user, status in ((world.jurors[0].user, 403), (world.teams[2], 403), (make_user(), 403)):
        assert signed(user).get(words_page(world, entry)).status_code == status
        assert signed(user).post(words_page(world, entry), {"words": "x"}).status_code == status
    assert Client().get(words_page(world, entry)).status_code == 302
    president = signed(world.president)
    for other in (unread, laureate):
        assert president.post(words_page(world, other), {"words": "x"}).status_code == 302
    assert not Feedback.objects.exists()
    assert president.post(words_page(world, entry), {"words": "x" * 2001}).status_code == 422


def test_the_list_of_teams_that_wait_has_as_many_rows_and_queries_whatever_their_number() -> None:
    world = make_world()
    decide_all(world)
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    president, desk = signed(world.president), f"/fr/ideathons/{world.edition.slug}/resultats/retours"
    president.get(desk)
    with CaptureQueriesContext(connection) as few:
        president.get(desk)
    ranking, author = world.entries[2].decision.ranking, make_user()
    for _number in range(TEAMS + 10):
        entry = make_entry(world.edition, author)
        ranking.decisions.create(entry=entry, outcome="not_chosen", decided_at=timezone.now())
        Feedback.objects.create(entry=entry, reached=[{}], improvements=[{}], course="x")
    with CaptureQueriesContext(connection) as many:
        html = president.get(desk).content.decode()
    assert html.count("Ajouter un mot du jury<span") == TEAMS
    assert len(many) == len(few)
