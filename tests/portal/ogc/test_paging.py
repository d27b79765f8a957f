"""Pages by key: nothing twice, nothing left out, whatever is published meanwhile, and the same work for every page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.portal.ideas.models import Idea
from bpc.portal.ogc.catalogue import COLLECTIONS
from bpc.portal.ogc.query import Query, read_mark, write_mark
from bpc.portal.ogc.reading import chosen, mark_of
from tests.portal.ogc.ogc_world import COLLECTIONS as NAMES
from tests.portal.ogc.ogc_world import NOON, fill, get, keys, link_of, walk
from tests.portal.world import HERE, make_idea

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_walked_page_after_page_each_is_met_once_in_order(limit: int) -> None:
    made = fill()
    for name, expected in made.items():
        assert keys({"features": walk(f"/collections/{name}/items?limit={limit}")}) == expected


def test_every_territory_is_met_once() -> None:
    codes = keys({"features": walk("/collections/territories/items?limit=300")})
    assert len(codes) == len(set(codes)) == 1591
    assert codes == sorted(codes)


def test_filters_hold_from_page_to_page() -> None:
    fill()
    asked = (
        "region=09&datetime=2026-10-01/..&bbox=-10,29,-8,31&crs=http://www.opengis.net/def/crs/EPSG/0/26192"
    )
    whole = walk(f"/collections/ideas/items?{asked}")
    assert len(whole) == 3
    assert walk(f"/collections/ideas/items?{asked}&limit=1") == whole


def test_ideas_of_the_same_instant_are_told_apart() -> None:
    made = [make_idea(published_at=NOON).reference for _ in range(5)]
    assert keys({"features": walk("/collections/ideas/items?limit=2")}) == made[::-1]


def test_what_is_published_meanwhile_moves_nothing() -> None:
    expected = fill()["ideas"]
    first = get("/collections/ideas/items?limit=3")
    make_idea(published_at=NOON + timedelta(days=1))
    assert keys(first) + keys({"features": walk(link_of(first, "next")["href"])}) == expected


def test_marks_nobody_wrote_are_refused() -> None:
    collection = COLLECTIONS["ideas"]
    mark = write_mark(collection.order, (NOON, 5))
    assert read_mark(collection.order, mark) == (NOON, 5)
    others = [write_mark(collection.order, values) for values in ((NOON, "5"), (NOON, 2**70), (NOON,))]
    garbage = ("e30", "W10", "WzFd", "WyJ4IiwxXQ", "WyIyMDI2LTExLTAxIiw1XQ", "", "é", "A" * 300)
    for wrong in (mark[:-3], f"{mark}AAAA", *others, *garbage):
        get(f"/collections/ideas/items?cursor={wrong}", 400)


def _plan(name: str, query: Query) -> Iterator[str]:
    """How the database goes about each part of a page."""
    for part in COLLECTIONS[name].parts:
        rows = chosen(COLLECTIONS[name], query, part).values(*COLLECTIONS[name].columns)[: query.limit + 1]
        yield rows.explain()


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("asked", [{}, {"region": "09"}])
def test_a_page_enters_an_index_at_its_mark_and_sorts_nothing(name: str, asked: dict[str, str]) -> None:
    """Whatever page it is: no table is walked, nothing is put in order that is not already."""
    fill()
    collection = COLLECTIONS[name]
    if not asked.keys() <= collection.queryables.keys() or name == "meetings":
        asked = {}  # a dozen rows need no index
    row = collection.rows().values(*collection.columns).first()
    for mark in (None, mark_of(collection, row)):
        for plan in _plan(name, Query(limit=2, equal=asked, after=mark)):
            assert "USING INDEX" in plan or "USING PRIMARY KEY" in plan, plan
            if not (
                asked and name in {"needs", "opportunities"}
            ):  # their index of a region ends before the key
                assert "TEMP B-TREE" not in plan, plan


def test_pages_cost_the_same_queries_and_read_no_more_than_they_show() -> None:
    for number in range(40):
        make_idea(HERE, published_at=NOON - timedelta(hours=number))
    first = get("/collections/ideas/items?limit=4")
    address, counts = link_of(first, "next")["href"], []
    for _page in range(8):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = get(address)
        counts.append(len(asked))
        rows = [
            query["sql"]
            for query in asked
            if Idea._meta.db_table in query["sql"] and "LIMIT 5" in query["sql"]
        ]
        assert len(rows) == 1
        assert "OFFSET" not in rows[0]
        assert "need" not in rows[0]
        address = link_of(page, "next")["href"]
    assert set(counts) == {2}  # the tally, the rows


def test_the_number_of_all_is_never_counted_by_reading_them(django_assert_num_queries: Any) -> None:
    fill()
    for name in ("ideas", "needs", "opportunities", "cooperatives"):
        with CaptureQueriesContext(connection) as asked:
            assert get(f"/collections/{name}/items?region=09")["numberMatched"] == (
                4 if name == "needs" else 3
            )
        assert not [query["sql"] for query in asked if "COUNT(" in query["sql"]]
