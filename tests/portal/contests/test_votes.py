"""One person, one vote; nothing shown before the end; held back until a person looked; never the jury's."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.portal.contests import votes
from bpc.portal.contests.models import Ballot, Edition, Entry
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import can_see
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import holdings
from tests.portal.contests.contest_world import NOW, make_edition, make_entry, make_juror
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=2)


def voting(**changes: Any) -> Edition:
    """An edition whose vote runs for a day."""
    return make_edition(
        Phase.MARKING, vote_from=NOW - timedelta(days=1), vote_until=NOW + timedelta(days=1), **changes
    )


def offered(edition: Edition, number: int = 1) -> list[Entry]:
    """Eligible entries whose teams agreed to be read."""
    return [make_entry(edition, make_user(), shown_to_voters="yes") for _ in range(number)]


def voter(**fields: Any) -> User:
    """Somebody who proved an address."""
    user = make_user(**fields)
    EmailAddress.objects.create(user=user, email=str(user.email), verified=True, primary=True)
    return user


def cast(entry: Entry, person: User, network: str = "", at: Any = NOW) -> Ballot:
    """A vote."""
    return votes.cast_ballot(entry=entry, actor=person, at=at, network=network)


def test_one_person_votes_once_and_may_change_while_the_vote_runs() -> None:
    one, other = offered(edition := voting(), 2)
    person = voter()
    cast(one, person)
    cast(other, person)
    ballot = Ballot.objects.get()
    assert (ballot.entry, ballot.state, ballot.edition) == (other, "held", edition)
    trail = list(trail_of(edition))
    assert [row.verb for row in trail] == ["vote", "change vote"]
    assert not [row for row in trail if other.reference in str(row.data)]  # never for whom
    with pytest.raises(votes.VoteClosed):
        cast(one, person, at=AFTER)
    with pytest.raises(votes.VoteClosed):
        cast(one, person, at=NOW - timedelta(days=3))
    votes.take_back(edition=edition, actor=person, at=NOW)
    assert not Ballot.objects.exists()


def test_a_juror_does_not_vote_in_the_same_edition() -> None:
    edition, other = voting(), voting()
    entry = offered(edition)[0]
    juror, invited = voter(), voter()
    make_juror(edition, juror)
    make_juror(edition, invited, state="invited", answered_at=None)
    with pytest.raises(votes.SitsInJury):
        cast(entry, juror)
    assert not Ballot.objects.exists()
    cast(entry, invited)
    cast(offered(other)[0], juror)  # a seat is in one jury
    assert Ballot.objects.count() == 2


def test_who_may_not_vote_and_what_may_not_be_voted_for() -> None:
    edition = voting()
    entry = offered(edition)[0]
    with pytest.raises(votes.NotVerified):
        cast(entry, make_user())
    cast(entry, make_user(email=None, phone="+212612345678", phone_verified=True))
    lead = entry.members.get().user
    assert lead is not None
    EmailAddress.objects.create(user=lead, email=str(lead.email), verified=True)
    with pytest.raises(votes.OwnEntry):
        cast(entry, lead)
    hidden = make_entry(edition, make_user(), shown_to_voters="no")
    unsaid = make_entry(edition, make_user())
    unchecked = make_entry(edition, make_user(), shown_to_voters="yes", state="submitted")
    for refused in (hidden, unsaid, unchecked):
        with pytest.raises(votes.NotShown):
            cast(refused, voter())


def test_each_voter_sees_the_same_entries_in_an_order_of_their_own_read_by_pages() -> None:
    edition = voting()
    entries = offered(edition, 12)
    orders = {who: [row.pk for row in votes.shuffled(edition, who)] for who in "12345678"}
    assert all(sorted(order) == sorted(entry.pk for entry in entries) for order in orders.values())
    assert len({tuple(order) for order in orders.values()}) >= 6  # two of eight may be alike, by chance
    assert orders["1"] == [row.pk for row in votes.shuffled(edition, "1")]
    with CaptureQueriesContext(connection) as queries:
        page = list(votes.shuffled(edition, "1")[:5])
    assert (len(queries), [row.pk for row in page]) == (1, orders["1"][:5])
    assert '"answers"' not in queries[0]["sql"]


def test_over_many_voters_no_place_is_favoured() -> None:
    edition = voting()
    entries = offered(edition, 4)
    firsts = [votes.shuffled(edition, str(who))[0].pk for who in range(200)]
    shares = [firsts.count(entry.pk) / 200 for entry in entries]
    assert min(shares) > 0.1  # a quarter each, were it perfect
    assert max(shares) < 0.45


def test_nothing_is_decided_before_the_end_and_no_result_until_all_is_checked() -> None:
    edition = voting()
    one, other = offered(edition, 2)
    delegate = make_user("delegate")
    for _ in range(3):
        cast(one, voter())
    cast(other, voter())
    held = Ballot.objects.filter(edition=edition)
    decide: dict[str, Any] = {"edition": edition, "ballots": held, "actor": delegate}
    with pytest.raises(votes.VoteClosed):
        votes.check_ballots(**decide, accept=True, reason="", at=NOW)
    with pytest.raises(PermissionDenied):
        votes.check_ballots(**{**decide, "actor": make_user()}, accept=True, reason="", at=AFTER)
    with pytest.raises(ReasonMissing):
        votes.check_ballots(**decide, accept=False, reason=" ", at=AFTER)
    Edition.objects.update(state="closed", closed_at=AFTER)
    edition.refresh_from_db()
    assert votes.vote_result(edition) is None  # some wait
    Edition.objects.update(state="published")
    edition.refresh_from_db()
    assert votes.check_ballots(**{**decide, "edition": edition}, accept=True, reason="", at=AFTER) == 4
    assert votes.vote_result(edition) is None  # the results are not out
    Edition.objects.update(state="closed")
    edition.refresh_from_db()
    assert [(entry.pk, entry.votes) for entry in votes.vote_result(edition) or []] == [
        (one.pk, 3),
        (other.pk, 1),
    ]


def test_votes_that_look_alike_are_shown_and_set_aside_with_a_reason() -> None:
    edition = voting()
    one, other = offered(edition, 2)
    for number in range(5):
        cast(one, voter(date_joined=NOW - timedelta(days=10 * number)), "196.1.2.3")
    hour = NOW.replace(minute=5)
    for number in range(6):
        cast(other, voter(date_joined=hour + timedelta(minutes=number)), f"10.0.0.{number}")
    quiet = cast(other, voter(date_joined=NOW - timedelta(days=300)), "41.1.1.1")
    assert "196.1.2.3" not in str(list(Ballot.objects.values_list("network", flat=True)))
    groups = votes.alike(edition)
    assert [(group.kind, group.number, group.entry) for group in groups] == [
        ("accounts", 6, other.reference), ("network", 5, one.reference),
    ]  # fmt: skip
    assert list(votes.not_alike(edition)) == [quiet]
    accounts, network = groups
    delegate = make_user("delegate")
    ballots = votes.ballots_of(edition, accounts.kind, accounts.key, accounts.entry)
    reason = "Comptes ouverts en six minutes."
    rejected = votes.check_ballots(
        edition=edition, ballots=ballots, accept=False, reason=reason, actor=delegate, at=AFTER
    )
    assert rejected == 6
    kept = votes.ballots_of(edition, network.kind, network.key)
    assert (
        votes.check_ballots(edition=edition, ballots=kept, accept=True, reason="", actor=delegate, at=AFTER)
        == 5
    )
    assert votes.ballot_counts(edition) == {"held": 1, "counted": 5, "rejected": 6}
    assert set(Ballot.objects.filter(state="rejected").values_list("reason", "checked_by")) == {
        (reason, delegate.pk)
    }
    assert votes.alike(edition) == []
    assert votes.forget_networks(edition) == 12
    assert set(Ballot.objects.values_list("network", flat=True)) == {""}


def test_a_vote_is_seen_by_its_voter_and_the_organisers_and_goes_with_them() -> None:
    entry = offered(voting())[0]
    person = voter()
    ballot = cast(entry, person)
    assert can_see(person, ballot)
    assert can_see(make_user("delegate"), ballot)
    assert not can_see(make_user("delegate", region="02"), ballot)
    assert not can_see(entry.created_by, ballot)
    holding = next(one for one in holdings() if one.key == "ballots")
    assert [row["entry"] for row in holding.rows(person)] == [entry.reference]
    holding.forget(person)
    assert not Ballot.objects.exists()
