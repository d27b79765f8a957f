"""What the API keeps in a process: bounded in bytes, whatever is asked."""

import pytest
from django.test import Client

from bpc.portal.api.answers import Shelf, shelf
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.public_bytes import PublicBytes

ROOM = 20_000


def _answer(length: int) -> PublicBytes:
    return PublicBytes(b"x" * length, None, "tag", "application/json", 60)


def test_the_room_counts_the_addresses_too() -> None:
    kept = Shelf(ROOM)
    for number in range(100):  # a hundred small answers, each under an address of 4 kB
        kept.put(f"{number:4000d}", _answer(10))
    assert kept.taken <= ROOM
    assert sum(kept.get(f"{number:4000d}") is not None for number in range(100)) == ROOM // 4_559


def test_the_least_recently_asked_leaves_first() -> None:
    kept = Shelf(ROOM)
    for key in "abc":
        kept.put(key, _answer(5_000))
    assert kept.get("a") is not None
    kept.put("d", _answer(5_000))
    assert [key for key in "abcd" if kept.get(key) is not None] == ["a", "c", "d"]
    kept.put("huge", _answer(ROOM))
    assert kept.get("huge") is None
    assert kept.get("a") is not None


@pytest.mark.django_db
def test_answers_about_ideas_take_room_too_and_leave_with_their_generation() -> None:
    before = shelf.taken
    first = Client().get("/api/v1/ideas?limit=3").content
    once = shelf.taken
    assert once > before
    assert Client().get("/api/v1/ideas?limit=3").content == first
    assert shelf.taken == once
    outdate("ideas")
    Client().get("/api/v1/ideas?limit=3")
    assert shelf.taken > once
