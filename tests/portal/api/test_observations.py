"""Needs and opportunities over the API: public ones only, never a person, at a cost that does not grow."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.observations.states import PUBLIC_STATES, ObservationState
from bpc.portal.people.models import Organisation
from tests.portal.api.test_territories import read
from tests.portal.observations.observation_world import make_observation
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db
SECRETS = ("Fatima Secrète", "secrete@example.org", "+212600000001", "Coopérative Tue", "-8.8765432")
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def told() -> list[Any]:
    """One need in every state, full of personal data, then two others and an opportunity; newest first."""
    personal: dict[str, Any] = {
        "author": make_user(email=SECRETS[1]),
        "organisation": Organisation.objects.create(kind="cooperative", name=SECRETS[3]),
        "contact_name": SECRETS[0],
        "contact_email": SECRETS[1],
        "contact_phone": SECRETS[2],
        "show_author": True,
    }
    made = []
    for days, state in enumerate(ObservationState.values):
        fields = {"published_at": NOON - timedelta(days=days)} if state in PUBLIC_STATES else {}
        own = {"lon": -8.8765432, "lat": 30.4712345} if state == "published" else {}
        closing = "solved" if state == "closed" else ""
        made.append(make_observation(state=state, closing=closing, **personal, **fields, **own))
    public = [one for one in made if one.state in PUBLIC_STATES]
    whole = make_observation(
        "02.411", published_at=NOON - timedelta(days=40), category_id="N01", sector_id="food"
    )
    chance = make_observation(ELSEWHERE, kind="opportunity", category_id="O03", published_at=NOON)
    return [*public, whole, chance]


def test_public_ones_of_a_kind_newest_first(told: list[Any]) -> None:
    needs = read("needs")
    assert [line["reference"] for line in needs["results"]] == [one.reference for one in told[:4]]
    assert (needs["count"], needs["next"]) == (4, None)
    assert [line["reference"] for line in read("opportunities")["results"]] == [told[4].reference]
    assert read(f"needs/{told[4].reference}", 404)["code"] == "unknown_observation"
    assert read(f"opportunities/{told[4].reference}")["category"] == "O03"


@pytest.mark.parametrize(
    ("query", "which", "count"),
    [
        ("region=09", [0, 1, 2], 3),
        (f"province=09.541&commune={HERE}", [0, 1, 2], 3),
        ("province=02.411", [3], 1),
        (f"commune={ELSEWHERE}", [], 0),  # what is said of a province is said of none of its communes
        ("state=answered", [1], None),
        ("state=closed&region=09", [2], None),
        ("category=N01", [3], None),
        ("sector=food", [3], None),
    ],
)
def test_filters(told: list[Any], query: str, which: list[int], count: int | None) -> None:
    answer = read(f"needs?{query}")
    assert [line["reference"] for line in answer["results"]] == [told[number].reference for number in which]
    assert answer["count"] == count


@pytest.mark.parametrize(
    "query", ["category=O01", "state=submitted", "limit=0", "limit=201", "after=x", "region=9"]
)
def test_filters_that_cannot_be(query: str) -> None:
    assert read(f"needs?{query}", 422)["code"] == "invalid_parameter"


def test_places_that_cannot_be() -> None:
    assert read(f"needs?region=02&commune={HERE}", 404)["code"] == "contradiction"
    assert read("opportunities?province=09.999", 404)["code"] == "unknown_territory"


def test_no_personal_datum_and_where_it_is(told: list[Any]) -> None:
    for address in ("needs", *(f"needs/{one.reference}" for one in told[:4])):
        text = json.dumps(read(address), ensure_ascii=False)
        assert not any(secret in text for secret in SECRETS)
        assert not any(
            word in text for word in ('"author', '"contact', '"organisation"', '"version"', '"pk"')
        )
    own, commune, _closed, province = read("needs")["results"]
    assert (own["position"], own["lon"], own["lat"]) == ("own", -8.877, 30.471)
    assert (commune["position"], commune["commune"]) == ("commune", HERE)
    assert (province["position"], province["territory"], province["commune"]) == ("province", "02.411", None)
    assert "text" not in own
    assert read(f"needs/{told[0].reference}")["text"] == told[0].text
    assert read(f"needs/{told[0].reference}")["licence"] == "CC BY 4.0"


def test_marks_walk_the_states_together_once() -> None:
    states = ["published", "answered", "closed"]
    made = [
        make_observation(
            state=states[number % 3],
            closing="over" if number % 3 == 2 else "",
            published_at=NOON - timedelta(hours=number // 2),  # two at each instant: the key decides
        )
        for number in range(9)
    ]
    expected = sorted(made, key=lambda one: (one.published_at, one.pk), reverse=True)
    seen: list[str] = []
    mark = ""
    while True:
        answer = read(f"needs?limit=2{mark}")
        seen += [line["reference"] for line in answer["results"]]
        if answer["next"] is None:
            break
        mark = f"&after={answer['next']}"
    assert seen == [one.reference for one in expected]


def test_the_list_costs_the_same_whatever_its_length(django_assert_num_queries: Any) -> None:
    for number in (2, 20):
        for _ in range(number):
            make_observation()
        outdate("observations")
        with django_assert_num_queries(6):  # the generation, two tallies, a slice of each state
            read("needs?limit=10")
        with django_assert_num_queries(1):  # kept: the generation only
            read("needs?limit=10")
