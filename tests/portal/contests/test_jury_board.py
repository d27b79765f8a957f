"""The board: what is asked and done, who is silent; nothing in it, nor its order, depends on a mark."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.portal.contests.jury_board import JurorSort, Sort, board, juror_board
from bpc.portal.contests.models import Edition, Juror, Mark, Reading
from bpc.portal.contests.states import Phase
from bpc.portal.people.roles import Role
from tests.portal.contests.contest_world import NOW, make_edition, make_entry, make_juror, make_reading
from tests.portal.web.projects.entering import entered
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
BEFORE_DECIDING = [phase for phase in Phase if phase not in (Phase.DECIDING, Phase.RESULTS)]


def marked_edition(phase: Phase = Phase.MARKING) -> Edition:
    """Six entries: two with two readings done of two, two with one of two, two with none of one; uneven marks."""
    edition = make_edition(phase)
    one, two = make_juror(edition, make_user(), name="Amina"), make_juror(edition, make_user(), name="Brahim")
    for number in range(6):
        entry = make_entry(edition, make_user())
        if number >= 4:
            make_reading(two, entry)
            continue
        make_reading(one, entry, (1 + number,) * 4)
        make_reading(two, entry, (5 - number,) * 4 if number < 2 else ())
    make_reading(one, make_entry(edition, make_user(), state="withdrawn"), (5, 5, 5, 5))
    return edition


def test_what_is_asked_and_done() -> None:
    edition = marked_edition()
    found = board(edition)
    assert [(line.asked, line.done, line.left) for line in found.entries] == [
        (2, 2, 0), (2, 2, 0), (2, 1, 1), (2, 1, 1), (1, 0, 1), (1, 0, 1)
    ]  # fmt: skip
    assert (found.entry_count, found.unasked, found.asked, found.done) == (6, 0, 10, 6)
    Reading.objects.filter(entry=found.entries[5].pk).update(state="released")
    again = board(edition, sort=Sort.FEWEST_ASKED)
    assert (again.unasked, again.asked, again.entries[0].pk) == (1, 9, found.entries[5].pk)
    fewest = [line.pk for line in board(edition, sort=Sort.FEWEST_DONE).entries]
    assert fewest[:2] == [found.entries[4].pk, found.entries[5].pk]


def test_jurors_and_their_silence() -> None:
    edition = marked_edition()
    Juror.objects.filter(name="Amina").update(seen_at=NOW - timedelta(days=1))
    Juror.objects.filter(name="Brahim").update(seen_at=NOW - timedelta(days=9))
    make_juror(edition, None, state="invited", name="Invitée")
    found = juror_board(edition, at=NOW).jurors
    assert [(one.name, one.asked, one.done, one.silent_days) for one in found] == [
        ("Amina", 4, 4, None), ("Brahim", 6, 2, 9)
    ]  # fmt: skip
    Juror.objects.filter(name="Brahim").update(seen_at=None)
    Reading.objects.update(assigned_at=NOW - timedelta(days=4))
    silent = juror_board(edition, at=NOW, sort=JurorSort.SILENT).jurors
    assert [(one.name, one.silent_days) for one in silent] == [("Brahim", 4), ("Amina", None)]


@pytest.mark.parametrize("phase", list(Phase))
def test_no_order_depends_on_the_marks(phase: Phase) -> None:
    """As pretalx's issue 611: a list that can be sorted by score tells it, though it shows none."""
    edition = marked_edition(phase)
    orders = {}
    for value in (1, 5):
        Mark.objects.update(value=value)
        Mark.objects.filter(reading__entry__in=[line.pk for line in board(edition).entries[::2]]).update(
            value=3
        )
        orders[value] = (
            [[line.pk for line in board(edition, sort=sort).entries] for sort in Sort],
            [[one.pk for one in juror_board(edition, at=NOW, sort=sort).jurors] for sort in JurorSort],
        )
    assert orders[1] == orders[5]


def test_the_board_never_reads_a_mark() -> None:
    edition = marked_edition()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for sort in Sort:
            board(edition, sort=sort)
        for sort in JurorSort:
            juror_board(edition, at=NOW, sort=sort)
    assert Mark._meta.db_table not in " ".join(query["sql"] for query in asked)


def _pages(edition: Edition) -> list[str]:
    sorts = [
        "",
        "reference",
        "done",
        "asked",
        "score",
        "-score",
        "merit",
        "marks__value",
        "readings__marks__value",
    ]
    return [
        f"/fr/ideathons/{edition.slug}/tableau?vue={shown}&tri={sort}"
        for shown, sort in product(("", "jures"), sorts)
    ]


@pytest.mark.parametrize("phase", BEFORE_DECIDING)
def test_organisers_pages_are_the_same_whatever_the_marks(phase: Phase) -> None:
    """Byte for byte, for every order an address may ask, known or not."""
    edition = marked_edition(phase)
    for role in (Role.DELEGATE, Role.ADMINISTRATOR):
        client = entered(make_user(role))
        seen: dict[int, list[bytes]] = {}
        for value in (1, 5):
            Mark.objects.update(value=value, comment=f"Note {value}")
            seen[value] = [_without_nonce(client.get(page).content) for page in _pages(edition)]
        assert seen[1] == seen[5]


def _without_nonce(html: bytes) -> bytes:
    return b"\n".join(line for line in html.splitlines() if b"csrfmiddlewaretoken" not in line)


def test_who_opens_the_board() -> None:
    edition = marked_edition()
    president, juror = make_user(), make_user()
    make_juror(edition, president, is_president=True)
    make_juror(edition, juror)
    page = f"/fr/ideathons/{edition.slug}/tableau"
    opened = {
        person: entered(person).get(page).status_code
        for person in (
            president,
            juror,
            make_user(),
            make_user(Role.DELEGATE),
            make_user(Role.DELEGATE, region="02"),
        )
    }
    assert list(opened.values()) == [200, 403, 403, 200, 403]


def many(edition: Edition, number: int) -> None:
    """Entries each read by two of as many jurors as a twentieth."""
    author = make_user()
    jurors = [make_juror(edition, None, state="accepted") for _ in range(max(number // 20, 2))]
    for place in range(number):
        entry = make_entry(edition, author)
        for turn in range(2):
            make_reading(jurors[(place + turn) % len(jurors)], entry)


@pytest.mark.parametrize("query", ["", "?tri=done", "?tri=asked", "?vue=jures", "?vue=jures&tri=silent"])
def test_queries_do_not_grow(query: str) -> None:
    client = entered(make_user())
    user: Any = make_user()
    client.force_login(user)
    counts = []
    for number in (20, 120):
        edition = make_edition(Phase.MARKING)
        make_juror(edition, user, is_president=True)
        many(edition, number)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/fr/ideathons/{edition.slug}/tableau{query}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20
