"""What the public pages of editions cost: the same, however many editions and entries there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.portal.contests.models import Edition, Entry
from bpc.portal.contests.states import EditionState, Phase
from tests.portal.contests.contest_world import NOW, make_edition, make_entry
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def _queries(client: Client, url: str) -> tuple[int, int]:
    """Queries of a page never kept, and how heavy it is."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(caught), len(answer.content)


def _many(number: int) -> None:
    """So many more editions, in turn of each state and region."""
    model = make_edition(Phase.ENTRIES)
    states = (EditionState.PUBLISHED, EditionState.CLOSED, EditionState.CANCELLED, EditionState.DRAFT)
    rows = []
    for place in range(number):
        shift = timedelta(days=(place % 200) - 100)
        moved = {
            name: getattr(model, name) + shift
            for name in ("entries_from", "entries_until", "marking_from", "marking_until", "discussion_until")
        }
        rows.append(
            Edition(
                slug=f"edition-de-mille-{place}",
                state=states[place % 4],
                name_fr=f"Idéathon {place}",
                name_ar="أ",
                theme_fr="Un thème",
                region_id=f"{place % 12 + 1:02d}",
                results_on=NOW.date(),
                **moved,
            )
        )
    Edition.objects.bulk_create(rows, batch_size=1000)


def test_the_list_costs_the_same_with_ten_thousand_editions(client: Client) -> None:
    make_edition(Phase.ENTRIES)
    for region in ("", "&region=09"):
        client.get(f"/fr/ideathons?warm{region}")
    few = _queries(client, "/fr/ideathons?n=1")[0]
    _many(10_000)
    for address in (
        "/fr/ideathons?n=2",
        "/fr/ideathons?page=40",
        "/fr/ideathons?region=09",
        "/fr/ideathons?quand=passees",
    ):
        assert _queries(client, address)[0] <= few
    assert _queries(client, "/ar/ideathons?n=3")[1] < 40_000


def test_the_sheet_costs_the_same_with_a_thousand_entries(client: Client) -> None:
    edition = make_edition(Phase.MARKING)
    author = make_user()
    make_entry(edition, author)
    few = _queries(client, f"/fr/ideathons/{edition.slug}")
    entry = Entry.objects.get()
    Entry.objects.bulk_create(
        [
            Entry(
                edition=edition, reference=f"Z{number:07d}", state="eligible", title="Une idée", language="fr",
                sector_id="food", commune_id=entry.commune_id, province_id=entry.province_id,
                region_id=entry.region_id, created_by=author, submitted_at=NOW,
            )
            for number in range(1_000)
        ]
    )  # fmt: skip
    many = _queries(client, f"/fr/ideathons/{edition.slug}?n=2")
    assert many[0] == few[0] <= 6
    assert abs(many[1] - few[1]) < 100  # the address itself stands in the page
