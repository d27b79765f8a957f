"""Counts of what people said follow the moves, never mix levels, and can be proved by counting afresh."""

import random

import pytest

from bpc.portal.observations.models import Observation, ObservationTally
from bpc.portal.observations.publication import follow
from bpc.portal.observations.states import ObservationState
from bpc.portal.observations.tallies import (
    Heard,
    heard_by_category,
    heard_count,
    heard_in,
    heard_per_place,
    rebuild,
)
from tests.portal.observations.observation_world import make_observation
from tests.portal.world import ELSEWHERE, HERE

pytestmark = pytest.mark.django_db


def _rows() -> dict[tuple[str, str, str | None], tuple[int, int]]:
    rows = ObservationTally.objects.values_list("territory_id", "kind", "category_id", "published", "closed")
    return {
        (place, kind, category): (published, closed)
        for place, kind, category, published, closed in rows
        if published or closed
    }


def test_a_need_counts_at_each_level_and_in_each_of_its_categories() -> None:
    make_observation(other_categories=["N09"])
    make_observation(state="answered")
    make_observation(ELSEWHERE)
    make_observation(kind="opportunity", category_id="O03")
    assert heard_count("need") == 3
    assert heard_count("need", "09") == heard_count("need", "09.541") == heard_count("need", HERE) == 2
    assert heard_count("need", "", "N09") == heard_count("need", HERE, "N09") == 1
    assert heard_count("opportunity") == 1
    assert heard_per_place("need", level="region") == {"09": 2, "02": 1}
    assert heard_per_place("need", "N09", level="commune") == {HERE: 1}
    assert heard_by_category("09", "need") == {"N08": 2, "N09": 1}


def test_what_is_said_of_a_whole_province_is_never_a_communes() -> None:
    make_observation(HERE[:6])
    assert heard_count("need", HERE[:6]) == heard_count("need", "09") == 1
    assert heard_count("need", HERE) == 0
    assert heard_per_place("need", level="commune") == {}


def test_what_is_not_public_is_not_counted_and_what_is_closed_is_counted_apart() -> None:
    for state in ("draft", "submitted", "returned", "archived"):
        make_observation(state=state)
    assert _rows() == {}
    make_observation(state="closed")
    assert heard_in([HERE, ELSEWHERE]) == {HERE: Heard(closed_needs=1), ELSEWHERE: Heard()}
    assert heard_count("need", HERE, closed=True) == 1


@pytest.mark.parametrize("seed", range(5))
def test_after_any_history_the_counts_are_those_made_afresh(seed: int) -> None:
    draw = random.Random(seed)
    places = (HERE, ELSEWHERE, HERE[:6], "09.541.04.49")
    told = [
        make_observation(
            draw.choice(places),
            kind=kind,
            category_id=f"{kind[0].upper()}01",
            other_categories=draw.sample(
                [f"{kind[0].upper()}02", f"{kind[0].upper()}03"], draw.randint(0, 2)
            ),
            state="submitted",
        )
        for kind in draw.choices(("need", "opportunity"), k=12)
    ]
    for _ in range(60):
        one = draw.choice(told)
        before = one.state
        one.state = draw.choice(ObservationState.values)
        one.closing = "solved"
        one.published_at = one.published_at or one.created_at
        one.save()
        follow(one, before)
    stepped = _rows()
    public = Observation.objects.filter(state__in=("published", "answered", "closed"))
    assert rebuild() == public.count() > 0
    assert _rows() == stepped
