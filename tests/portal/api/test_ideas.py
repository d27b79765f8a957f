"""Ideas over the API: published ones only, never a person, at a cost that does not grow."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.ideas import open_data
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.tallies import rebuild
from bpc.portal.people.models import Organisation
from tests.portal.api.test_territories import read
from tests.portal.world import ELSEWHERE, HERE, make_idea, make_user

pytestmark = pytest.mark.django_db
SECRETS = ("Fatima Secrète", "secrete@example.org", "+212600000001", "Coopérative Tue")


@pytest.fixture
def ideas() -> list[Any]:
    """Three published ideas in two regions, and one in every other state, full of personal data."""
    author = make_user(email=SECRETS[1])
    organisation = Organisation.objects.create(kind="cooperative", name=SECRETS[3])
    personal: dict[str, Any] = {
        "author": author,
        "organisation": organisation,
        "contact_name": SECRETS[0],
        "contact_email": SECRETS[1],
        "contact_phone": SECRETS[2],
        "show_author": True,
    }
    for state in IdeaState.values:
        if state != IdeaState.PUBLISHED:
            make_idea(state=state, title=f"Pas publiée {state}", **personal)
    made = [
        make_idea(lon=-8.8765432, lat=30.4712345, **personal),
        make_idea(sector_id="beekeeping", language="ar", title="خلايا النحل", **personal),
        make_idea(ELSEWHERE, **personal),
    ]
    rebuild()
    return made


def test_only_published_ideas_newest_first(ideas: list[Any]) -> None:
    answer = read("ideas")
    assert [line["reference"] for line in answer["results"]] == [idea.reference for idea in reversed(ideas)]
    assert (answer["count"], answer["next"]) == (3, None)
    for idea in ideas[0].__class__.objects.exclude(state="published"):
        assert read(f"ideas/{idea.reference}", 404)["code"] == "unknown_idea"


@pytest.mark.parametrize(
    ("query", "which", "count"),
    [
        ("region=09", [1, 0], 2),
        ("province=02.411", [2], 1),
        (f"commune={HERE}", [1, 0], 2),
        (f"region=09&commune={HERE}", [1, 0], 2),
        ("sector=beekeeping", [1], 1),
        ("region=02&sector=beekeeping", [], 0),
        ("language=ar", [1], None),
    ],
)
def test_filters(ideas: list[Any], query: str, which: list[int], count: int | None) -> None:
    answer = read(f"ideas?{query}")
    assert [line["reference"] for line in answer["results"]] == [ideas[i].reference for i in which]
    assert answer["count"] == count


def test_filters_that_cannot_be(ideas: list[Any]) -> None:
    assert read(f"ideas?region=02&commune={HERE}", 404)["code"] == "contradiction"
    assert read("ideas?region=77", 404)["code"] == "unknown_territory"
    assert read("ideas?limit=201", 422)["errors"][0]["parameter"] == "limit"
    assert read("ideas?after=1%00-2", 422)
    assert read(f"ideas?after={'9' * 17}-1", 422)
    assert read("ideas?after=0-1")["results"] == []


def test_marks_walk_the_whole_list_once() -> None:
    at = timezone.now()
    made = {make_idea(published_at=at).reference for _ in range(7)}  # the same instant: the key decides
    rebuild()
    seen: list[str] = []
    mark = ""
    while True:
        answer = read(f"ideas?limit=3{mark}")
        seen += [line["reference"] for line in answer["results"]]
        if answer["next"] is None:
            break
        mark = f"&after={answer['next']}"
    assert len(seen) == 7
    assert set(seen) == made


def test_list_costs_the_same_whatever_its_length(django_assert_num_queries: Any) -> None:
    for number in (2, 20):
        for _ in range(number):
            make_idea(ELSEWHERE)
        rebuild()
        outdate("ideas")
        with django_assert_num_queries(3):  # the generation, the tally, the rows
            read("ideas?limit=10")
        with django_assert_num_queries(1):  # kept: the generation only
            read("ideas?limit=10")


def test_no_text_in_the_list_and_all_of_it_in_one(ideas: list[Any]) -> None:
    assert all("need" not in line and "proposal" not in line for line in read("ideas")["results"])
    one = read(f"ideas/{ideas[0].reference}")
    assert (one["need"], one["proposal"]) == (ideas[0].need, ideas[0].proposal)
    assert (one["lon"], one["lat"], one["position"]) == (-8.877, 30.471, "own")
    assert read(f"ideas/{ideas[1].reference}")["position"] == "commune"


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from _keys(below)
    elif isinstance(value, list):
        for below in value:
            yield from _keys(below)


def test_no_answer_holds_a_personal_datum(ideas: list[Any]) -> None:
    addresses = ["ideas", "ideas.geojson", "ideas.geojson?detail=communes", f"ideas/{ideas[0].reference}"]
    for address in addresses:
        answer = read(address)
        text = json.dumps(answer, ensure_ascii=False)
        assert not any(secret in text for secret in SECRETS), address
        assert "-8.8765432" not in text
        forbidden = (
            "author",
            "contact",
            "email",
            "phone",
            "user",
            "organisation",
            "submission_key",
            "version",
            "pk",
        )
        assert not [key for key in _keys(answer) if any(word in key for word in forbidden)], address


def test_map_shows_points_then_communes(ideas: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    points = read("ideas.geojson")
    assert (points["detail"], points["count"], points["truncated"]) == ("ideas", 3, False)
    own = next(f for f in points["features"] if f["id"] == ideas[0].reference)
    assert own["geometry"]["coordinates"] == [-8.877, 30.471]
    communes = read("ideas.geojson?detail=communes")
    counts = {f["id"]: f["properties"]["count"] for f in communes["features"]}
    assert counts == {HERE: 2, ELSEWHERE: 1}
    assert {f["id"] for f in read("ideas.geojson?detail=communes&region=09")["features"]} == {HERE}
    monkeypatch.setattr("bpc.portal.api.ideas.MOST_POINTS", 2)
    outdate("ideas")
    assert read("ideas.geojson")["detail"] == "communes"
    cut = read("ideas.geojson?detail=ideas")
    assert (len(cut["features"]), cut["truncated"]) == (2, True)


def test_a_publication_is_seen_at_once(ideas: list[Any]) -> None:
    client = Client()
    first = client.get("/api/v1/ideas")
    assert client.get("/api/v1/ideas", headers={"if-none-match": first["ETag"]}).status_code == 304
    make_idea()
    rebuild()
    outdate("ideas")
    again = client.get("/api/v1/ideas", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.json()["count"]) == (200, 4)


def test_every_idea_for_the_files(ideas: list[Any]) -> None:
    assert [idea.reference for idea in open_data.every_open_idea()] == [
        idea.reference for idea in reversed(ideas)
    ]
