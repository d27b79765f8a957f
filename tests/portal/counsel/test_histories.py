"""The same promise on the database: random histories through the very actions, judged row by row at every instant."""

import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bpc.portal.counsel.advising import WrongDates, hand_over_portfolio, note_absence
from bpc.portal.counsel.asking import answer, ask_further, close, withdraw
from bpc.portal.counsel.handing import CannotHold, ChangedHands, NothingWaits, history_of, owner_of, transfer
from bpc.portal.counsel.models import HelpRequest, Ownership
from bpc.portal.counsel.ownership import faults, owners_at
from bpc.portal.counsel.states import OPEN_STATES, RequestState
from bpc.portal.counsel.watching import orphans, watch
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.journeys.end_role import end_role_and_hand_over
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from tests.portal.counsel.counsel_world import make_request
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
HISTORIES = 300
BORN = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
_REGIONS = ("09", "02", "05")  # the last one never has any staff of its own
_REFUSALS = (IllegalMove, PermissionDenied, ChangedHands, CannotHold, NothingWaits, WrongDates)


def hire(draw: random.Random) -> list[User]:
    """Somebody more, or nobody, in the two regions that have staff."""
    role = draw.choice((Role.ADVISOR, Role.ADVISOR, Role.DELEGATE))
    return [make_user(role, region=draw.choice(_REGIONS[:2]))]


def fresh(person: User) -> User:
    """The account with its roles as they are now."""
    return User.objects.get(pk=person.pk)


def somebody_who_may(row: HelpRequest, administrator: User) -> User:
    return row.holder if row.holder is not None else administrator


def live(draw: random.Random, row: HelpRequest, administrator: User, at: datetime) -> None:
    """One thing that happens to a request or to its owner; what is refused changes nothing."""
    asker = row.asker
    assert asker is not None
    held_by = somebody_who_may(row, administrator)
    verb = draw.choice(
        ("answer", "further", "time", "time", "transfer", "race", "role ends", "leaves", "away", "hand over",
         "hire", "close", "withdraw")
    )  # fmt: skip
    if verb == "answer":
        answer(request=row, text="Voici la réponse.", submission_key=uuid4(), actor=fresh(held_by), at=at)
    elif verb == "further":
        ask_further(request=row, text="Et ensuite ?", submission_key=uuid4(), actor=asker, at=at)
    elif verb == "time":
        watch(at)
    elif verb in {"transfer", "race"}:
        give(draw, row, administrator, at, twice=verb == "race")
    elif verb == "role ends" and row.holder is not None:
        grant = RoleGrant.objects.filter(user=row.holder, ended_at=None).first()
        assert grant is not None
        end_role_and_hand_over(grant=grant, reason="Muté", actor=administrator, at=at)
    elif verb == "leaves" and row.holder is not None:
        delete_account(user=fresh(row.holder), actor=fresh(row.holder), at=at)
    elif verb == "away" and row.desk == "advisor":
        today = timezone.localtime(at).date()
        note_absence(
            advisor=fresh(held_by), from_on=today, until_on=today + timedelta(days=draw.randint(0, 9)),
            actor=fresh(held_by), at=at,
        )  # fmt: skip
    elif verb == "hand over" and row.desk == "advisor":
        hand_over_portfolio(advisor=fresh(held_by), to=None, actor=administrator, at=at)
    elif verb == "hire":
        hire(draw)
    elif verb == "close":
        close(request=row, actor=asker, at=at)
    elif verb == "withdraw" and draw.random() < 0.3:
        withdraw(request=row, actor=asker, at=at)


def give(draw: random.Random, row: HelpRequest, by: User, at: datetime, *, twice: bool) -> None:
    """A transfer; in a race the second one read the request before the first, on a clock behind, and is refused."""
    grants = RoleGrant.objects.filter(role=Role.ADVISOR, region=row.region_id, ended_at=None)
    advisors = list(User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("pk"))
    seen = row.turns
    for attempt in range(2 if twice else 1):
        desk = draw.choice(("advisor", "region", "national"))
        to = draw.choice(advisors) if desk == "advisor" and advisors else None
        moved = HelpRequest.objects.get(pk=row.pk).turns != seen
        if attempt and moved:
            with pytest.raises(ChangedHands):
                transfer(
                    request=row, to=to, desk=desk, note="Mieux placé.", seen_turn=seen, actor=by,
                    at=at - timedelta(hours=draw.randint(0, 48)),
                )  # fmt: skip
            return
        transfer(request=row, to=to, desk=desk, note="Mieux placé.", seen_turn=seen, actor=by, at=at)


def judge_chain(row: HelpRequest, at: datetime) -> int:
    """Judge one request; returns how many owners it had."""
    chain = history_of(row)
    assert faults(chain, row.asked_at) == []
    assert chain[-1].owner == owner_of(row)
    assert len(chain) == row.turns
    changes = [one.since for one in chain]
    for moment in (
        *changes,
        *(one + timedelta(microseconds=1) for one in changes),
        at,
        at + timedelta(days=999),
    ):
        assert len(owners_at(chain, moment)) == 1
    if row.state == RequestState.WAITING:
        assert row.due_on is not None
    return len(chain)


def test_one_owner_at_every_instant_of_hundreds_of_histories() -> None:
    draw = random.Random(7)
    administrator = make_user(Role.ADMINISTRATOR)
    for _number in range(4):
        hire(draw)
    owners, refused, lived = [], 0, 0
    for _history in range(HISTORIES):
        now = BORN + timedelta(days=draw.randint(0, 40))
        row = make_request(make_user(), region=draw.choice(_REGIONS), at=now)
        for _step in range(draw.randint(1, 7)):
            now += timedelta(hours=draw.choice((0, 1, 30, 200)))
            row = HelpRequest.objects.select_related("holder", "asker").get(pk=row.pk)
            try:
                live(draw, row, administrator, now)
                lived += 1
            except _REFUSALS:
                refused += 1
        row.refresh_from_db()
        owners.append(judge_chain(row, now))
    # what happened to one request touched others too: judge them all again, at the end
    for row in HelpRequest.objects.all():
        judge_chain(row, BORN + timedelta(days=200))
    watch(BORN + timedelta(days=200))
    assert not list(orphans())
    assert Ownership.objects.filter(until=None).count() == HelpRequest.objects.count() == HISTORIES
    assert max(owners) >= 5
    assert lived > 600
    assert refused > 20
    assert HelpRequest.objects.filter(state__in=OPEN_STATES).exists()
