"""Registered cooperatives over the API: found by name, counted by place, unknown where nothing was imported."""

import pytest

from bpc.portal.foundation.page_cache import outdate
from tests.portal.api.test_territories import read
from tests.portal.register.register_world import count_and_index, make_cooperative
from tests.portal.world import ELSEWHERE, HERE

pytestmark = pytest.mark.django_db


def test_without_a_register_nothing_is_known() -> None:
    assert read("cooperatives") == {
        "known": False,
        "count": None,
        "capped": False,
        "next": None,
        "results": [],
    }
    assert read("cooperatives/counts?level=region") == {"known": False, "results": []}


def test_the_list_the_counts_and_one() -> None:
    make_cooperative(number="12-2019", name_ar="تعاونية تيفاوين", is_women=True, members=12, year=2019)
    make_cooperative(ELSEWHERE, name_fr="Al Amal", number="13-2020", sector_id=None)
    count_and_index()
    outdate("register")
    assert [line["number"] for line in read("cooperatives")["results"]] == ["13-2020", "12-2019"]
    found = read("cooperatives?q=تيفاوين&region=09&women=true&year=2019")
    assert (found["known"], found["count"], found["results"][0]["territory"]) == (True, 1, HERE)
    assert read("cooperatives/counts?level=province")["results"] == [
        {"territory": "02.411", "count": 1, "women": None, "youth": None, "members": None},
        {"territory": "09.541", "count": 1, "women": 1, "youth": None, "members": 12},
    ]
    one = read("cooperatives/12-2019")
    assert (one["name_fr"], one["commune"], one["women"], one["licence"]) == (
        "Coopérative Tifaouine", HERE, None, "CC BY 4.0",
    )  # fmt: skip
    assert read("cooperatives/99-2019", 404)["code"] == "unknown_cooperative"
    assert read("cooperatives?region=02&commune=09.541.01.13", 404)["code"] == "contradiction"


def test_slices_follow_each_other() -> None:
    for order in range(30):
        make_cooperative(name_fr=f"Nom {order:02d}", number=f"{order:02d}")
    count_and_index()
    outdate("register")
    first = read("cooperatives")
    second = read(f"cooperatives?after={first['next']}")
    assert [line["number"] for line in first["results"] + second["results"]] == [
        f"{n:02d}" for n in range(30)
    ]
    assert second["next"] is None
