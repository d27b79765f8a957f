"""The pages of the public's vote cost the same whatever the number of entries: their queries and their rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.portal.contests import votes
from bpc.portal.contests.models import Ballot, Edition, Entry
from bpc.portal.contests.states import Phase
from bpc.portal.people.models import User
from bpc.portal.web.contests.vote_views import PER_PAGE, RESULTS_PER_PAGE
from tests.portal.contests.contest_world import NOW, make_edition, make_entry
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
FEW, MANY = 3, 130


def offer(edition: Edition, number: int) -> None:
    """Entries offered to the vote, with no people."""
    first = make_entry(edition, make_user(), shown_to_voters="yes")
    places = {"commune": first.commune, "province": first.province, "region": first.region}
    Entry.objects.bulk_create(
        Entry(
            edition=edition, reference=f"V{edition.pk:03d}{at:04d}", state="eligible", title=f"Moulin {at}",
            summary="x", language="fr", sector_id="food", shown_to_voters="yes", submitted_at=NOW,
            created_by=first.created_by, **places,
        )
        for at in range(number - 1)
    )  # fmt: skip


def rows_read(address: str) -> tuple[int, int, str]:
    """Queries, rows of entries asked at most (the largest limit), the page."""
    client = Client()
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        html = client.get(address).content.decode()
    listing = [one["sql"] for one in asked if '"title"' in one["sql"]]
    assert all(" LIMIT " in sql for sql in listing)
    limit = max(int(sql.split(" LIMIT ")[1].split()[0]) for sql in listing)
    return len(asked), limit, html


def test_the_list_offered_reads_one_page() -> None:
    costs = []
    for number in (FEW, MANY):
        edition = make_edition(
            Phase.MARKING, vote_from=NOW - timedelta(days=1), vote_until=NOW + timedelta(days=1)
        )
        offer(edition, number)
        queries, limit, html = rows_read(f"/fr/ideathons/{edition.slug}/vote")
        costs.append(queries)
        assert html.count('class="sheet stack-s"') == min(number, PER_PAGE) == limit
    assert costs[0] == costs[1]


def test_the_result_reads_one_page_most_voted_first() -> None:
    costs = []
    for number in (FEW, MANY):
        edition = make_edition(
            Phase.RESULTS, vote_from=NOW - timedelta(days=9), vote_until=NOW - timedelta(days=8)
        )
        offer(edition, number)
        entries = list(edition.entries.order_by("pk"))
        people = User.objects.bulk_create(
            User(email=f"v{edition.pk}-{at}@example.org", display_name="V") for at in range(number + 2)
        )
        favourite = [*entries, entries[-1], entries[-1]]  # the last has three votes, the others one
        Ballot.objects.bulk_create(
            Ballot(edition=edition, entry=entry, voter=person, state="counted")
            for entry, person in zip(favourite, people, strict=True)
        )
        told = votes.vote_result(edition)
        assert told is not None
        assert [row.pk for row in told][:2] == [entries[-1].pk, entries[0].pk]
        assert next(iter(told)).votes == 3
        queries, limit, html = rows_read(f"/fr/ideathons/{edition.slug}/vote")
        costs.append(queries)
        assert html.count('<tr><th scope="row">') == min(number, RESULTS_PER_PAGE) == limit
    assert costs[0] == costs[1]
