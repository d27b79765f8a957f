"""The board of what is heard, walked as its readers do, and what everybody sees of it."""

import csv
import html
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from bpc.portal.people.roles import Role
from bpc.portal.web.steering.board import share_words
from tests.portal.atlas.test_heard import many
from tests.portal.observations.observation_world import make_observation
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import ELSEWHERE, make_idea, make_user

pytestmark = pytest.mark.django_db
BOARD, TABLE, PUBLIC = "/fr/pilotage/ecoute", "/fr/pilotage/ecoute.csv", "/fr/ecoute"


def signed_in(client: Client, role: str) -> Client:
    sign_in_with_factor(client, make_user(role))
    return client


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_stranger_and_a_holder_do_not_read_the_board(client: Client) -> None:
    for address in (BOARD, TABLE):
        assert client.get(address).status_code == 302
    sign_in_with_factor(client, make_user(Role.HOLDER))
    for address in (BOARD, TABLE):
        assert client.get(address).status_code == 403


def test_a_delegate_hears_her_region_only(client: Client) -> None:
    make_idea()
    make_idea(ELSEWHERE)
    make_observation(ELSEWHERE, state="submitted")
    desk = signed_in(client, Role.DELEGATE)
    response = desk.get(BOARD)
    assert [row.region.pk for row in response.context["rows"]] == ["09"]
    assert response.context["rows"][0].received == {"idea": "1", "need": "0", "opportunity": "0"}
    assert {row["region"] for row in rows_of(desk.get(TABLE))} == {"09"}
    # another region's code in the address opens nothing
    assert {row["region"] for row in rows_of(desk.get(f"{TABLE}?region=02"))} == {"09"}


def test_an_administrator_hears_all_or_one_region(client: Client) -> None:
    make_idea(audience="women")
    make_observation(ELSEWHERE, state="submitted", submitted_at=timezone.now() - timedelta(days=9))
    desk = signed_in(client, Role.ADMINISTRATOR)
    rows = {row.region.pk: row for row in desk.get(BOARD).context["rows"]}
    assert len(rows) == 12
    assert rows["09"].women.replace("\u202f", " ") == "1 sur 1 (100 %)"
    assert (rows["02"].waiting, rows["02"].oldest, rows["02"].women) == ("1", "9 jours", "–")
    told = html.unescape(desk.get(f"{BOARD}?region=02").content.decode())
    assert "la plus ancienne depuis 9 jours" in told
    assert "Oriental" in told


def test_nearly_all_is_never_all() -> None:
    told = [
        share_words(*pair).replace("\u202f", " ") for pair in ((250, 251), (1, 251), (0, 251), (3, 3), (0, 0))
    ]
    assert told == ["250 sur 251 (99,6 %)", "1 sur 251 (0,4 %)", "0 sur 251 (0 %)", "3 sur 3 (100 %)", "–"]


def test_the_table_tells_every_week_and_true_zeros(client: Client) -> None:
    make_observation()
    rows = rows_of(signed_in(client, Role.DELEGATE).get(TABLE))
    assert len(rows) == 26 * 3
    this_week = timezone.localdate().isocalendar()
    last = [row for row in rows if row["semaine"] == f"{this_week.year}-W{this_week.week:02}"]
    counts = {row["genre"]: (row["recus"], row["publies"], row["reponses"]) for row in last}
    assert counts == {"idee": ("0", "0", ""), "besoin": ("1", "1", "0"), "opportunite": ("0", "0", "0")}


def test_wrong_dates_narrow_nothing(client: Client) -> None:
    desk = signed_in(client, Role.DELEGATE)
    assert len(rows_of(desk.get(f"{TABLE}?du=hier&au=2026-13-45"))) == 26 * 3
    assert len(rows_of(desk.get(f"{TABLE}?du=9999-12-31&au=0001-01-01"))) == 3


@pytest.mark.parametrize("number", [10, 3000])
def test_the_board_costs_the_same_however_much_is_heard(
    client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(number)
    desk = signed_in(client, Role.ADMINISTRATOR)
    desk.get(BOARD)  # what the process keeps is read once
    with django_assert_max_num_queries(22):
        response = desk.get(BOARD)
    assert f"{2 * number + 2:,}".replace(",", "\u202f") in response.content.decode() or number == 10
    assert len(response.content) < 120_000


def test_the_public_reads_what_was_published(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_idea()
    make_idea(state="submitted")
    make_observation(state="answered")
    make_observation(state="submitted")
    response = client.get(PUBLIC)
    assert response.status_code == 200
    counts = {row["region"].pk: row["counts"] for row in response.context["rows"]}
    assert counts["09"] == [("Idées", "1"), ("Besoins", "1"), ("Opportunités", "0")]
    assert response.context["total"] == 2
    assert client.get("/ar/ecoute").status_code == 200
