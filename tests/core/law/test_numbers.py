"""Numbers of registration and of identification, as they are written and as they are not."""

import pytest

from bpc.core.law.creation_file import Person
from bpc.core.law.numbers import NotANumber, Part, parse_ice, parse_registration_number, part_of
from tests.core.law.good_records import LAW


@pytest.mark.parametrize(
    ("text", "part", "court", "year", "order"),
    [
        ("1/25/2026/7", Part.NATURAL, "25", 2026, 7),
        (" 2-3-2016-00120 ", Part.LEGAL, "3", 2016, 120),
        ("3 / 101 / 2025 / 1", Part.MIXED, "101", 2025, 1),
        ("4.25.2026.12", Part.UNION, "25", 2026, 12),
    ],
)
def test_a_number_of_registration(text: str, part: Part, court: str, year: int, order: int) -> None:
    found = parse_registration_number(text, LAW["number_pattern"], latest_year=2026)
    assert (found.part, found.court, found.year, found.order) == (part, court, year, order)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "pattern"),
        ("25/2026/7", "pattern"),
        ("1/25/26/7", "pattern"),
        ("1/25/2026/7/8", "pattern"),
        ("١/25/2026/7", "pattern"),
        ("0/25/2026/7", "part"),
        ("5/25/2026/7", "part"),
        ("1/25/2015/7", "year"),
        ("1/25/2027/7", "year"),
        ("1/25/2026/0", "order"),
    ],
)
def test_what_is_no_number_of_registration(text: str, code: str) -> None:
    with pytest.raises(NotANumber) as refused:
        parse_registration_number(text, LAW["number_pattern"], latest_year=2026)
    assert refused.value.code == code


def test_the_part_of_the_register_follows_who_the_members_are() -> None:
    assert part_of([Person.NATURAL] * 5) is Part.NATURAL
    assert part_of([Person.LEGAL] * 5) is Part.LEGAL
    assert part_of([Person.LEGAL, Person.NATURAL]) is Part.MIXED
    assert part_of([Person.LEGAL] * 3, union=True) is Part.UNION
    with pytest.raises(ValueError, match="no member"):
        part_of([])


def test_an_ice_has_fifteen_digits() -> None:
    assert parse_ice(" 001525713 0000 32 ", LAW["ice_number"]) == "001525713000032"
    for text, code in (
        ("00152571300003", "length"),
        ("0015257130000321", "length"),
        ("00152571300003A", "digits"),
    ):
        with pytest.raises(NotANumber) as refused:
            parse_ice(text, LAW["ice_number"])
        assert refused.value.code == code
