"""Lists, search and counts of the register."""

import pytest

from bpc.portal.register.queries import (
    PAGE_SIZE,
    Filters,
    Wanted,
    cooperatives_per_place,
    list_cooperatives,
    register_is_known,
    tallies_by_sector,
    tallies_by_year,
    tally_of,
)
from tests.portal.register.register_world import count_and_index, make_cooperative
from tests.portal.world import ELSEWHERE, HERE

pytestmark = pytest.mark.django_db


def _names(wanted: Wanted) -> list[str]:
    return [card.name_fr or card.name_ar for card in list_cooperatives(wanted).cards]


def test_without_a_register_cooperatives_are_unknown() -> None:
    assert not register_is_known()
    assert cooperatives_per_place() == {}
    assert tally_of() is None


def test_each_cooperative_counts_in_the_places_it_is_known_to_be_in() -> None:
    make_cooperative(HERE)
    make_cooperative(HERE[:6])
    make_cooperative(ELSEWHERE, sector_id=None)
    make_cooperative(HERE, status="dissolved")
    make_cooperative(HERE, is_listed=False)
    make_cooperative("MA")
    count_and_index()
    assert register_is_known()
    assert cooperatives_per_place() == {
        "MA": 4, "09": 2, "09.541": 2, HERE: 1, "02": 1, "02.411": 1, ELSEWHERE: 1,
    }  # fmt: skip
    assert [(row.sector_id, row.count) for row in tallies_by_sector()] == [("food", 3)]


def test_unknown_is_told_apart_from_no() -> None:
    make_cooperative(is_women=True, members=12)
    make_cooperative(is_women=False, year=2019)
    make_cooperative(year=2019, is_women=None)
    count_and_index()
    tally = tally_of("09")
    assert tally is not None
    assert (tally.count, tally.women_count, tally.women_known) == (3, 1, 2)
    assert (tally.members, tally.members_known) == (12, 1)
    assert [(row.year, row.count) for row in tallies_by_year()] == [(2019, 2)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tifaouine", ["Coopérative Tifaouine"]),
        ("TIFA", ["Coopérative Tifaouine"]),
        ("coopérative al amal", ["Al Amal"]),
        ("الامل", ["Al Amal"]),
        ("تعاونية الأَمل", ["Al Amal"]),
        ("amal zzz", []),
    ],
)
def test_names_are_found_in_either_script(query: str, found: list[str]) -> None:
    make_cooperative()
    make_cooperative(name_fr="Al Amal", name_ar="تعاونية الأمل")
    count_and_index()
    assert _names(Wanted(query)) == found


def test_a_word_that_every_name_bears_is_no_search() -> None:
    make_cooperative()
    count_and_index()
    page = list_cooperatives(Wanted("la coopérative"))
    assert page.ignored_query
    assert page.total == 1


def test_search_and_filters_agree() -> None:
    make_cooperative(HERE, is_women=True, year=2020)
    make_cooperative(ELSEWHERE, sector_id="crafts")
    count_and_index()
    for words in ("", "tifaouine"):
        assert list_cooperatives(Wanted(words, Filters(territory="09"))).total == 1
        assert list_cooperatives(Wanted(words, Filters(sector="crafts"))).total == 1
        assert list_cooperatives(Wanted(words, Filters(women=True))).total == 1
        assert list_cooperatives(Wanted(words, Filters(year=2020, women=True))).total == 1
        assert list_cooperatives(Wanted(words, Filters(territory="09", sector="crafts"))).total == 0


def test_pages_follow_each_other_by_name_both_ways() -> None:
    for number in range(PAGE_SIZE + 3):
        make_cooperative(name_fr=f"Nom {number:03d}" if number else "Nom 001")
    count_and_index()
    first = list_cooperatives(Wanted())
    second = list_cooperatives(Wanted(after=first.cards[-1].number))
    assert (first.has_previous, first.has_next, len(first.cards)) == (False, True, PAGE_SIZE)
    assert (second.has_previous, second.has_next, len(second.cards)) == (True, False, 3)
    assert list_cooperatives(Wanted(before=second.cards[0].number)).cards == first.cards
    names = [card.sort_name for card in (*first.cards, *second.cards)]
    assert names == sorted(names)
