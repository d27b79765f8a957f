"""What is heard by region and ISO week: true counts, by the clock of the country, at a constant number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from bpc.portal.atlas.heard import (
    Period,
    heard_between,
    monday_of,
    period_between,
    published_between,
)
from bpc.portal.ideas.models import Idea
from bpc.portal.observations.models import Observation
from bpc.portal.reference.models import Territory
from tests.portal.observations.observation_world import make_observation
from tests.portal.world import ELSEWHERE, HERE, make_idea

MONDAY = date(2026, 11, 16)  # week 47
PERIOD = Period(date(2026, 11, 2), MONDAY)


def at(day: int, hour: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_a_period_is_whole_weeks_and_never_longer_than_three_years() -> None:
    today = date(2026, 11, 22)  # a Sunday
    assert monday_of(today) == MONDAY
    assert len(period_between(None, None, today=today).weeks) == 26
    assert period_between(date(2026, 11, 5), date(2026, 11, 10), today=today) == Period(
        date(2026, 11, 2), date(2026, 11, 9)
    )
    assert period_between(date(1900, 1, 1), None, today=today).first == date(2023, 11, 20)
    assert len(period_between(date(1900, 1, 1), None, today=today).weeks) == 157
    assert period_between(date(2030, 1, 1), date(2031, 1, 1), today=today) == Period(MONDAY, MONDAY)


@pytest.mark.django_db
def test_weeks_begin_on_monday_by_the_clock_of_the_country() -> None:
    # Morocco is an hour ahead of universal time: 23 h 30 on Sunday is already Monday there
    make_idea(submitted_at=datetime(2026, 11, 15, 23, 30, tzinfo=UTC), published_at=at(17))
    make_idea(submitted_at=datetime(2026, 11, 15, 22, 30, tzinfo=UTC), published_at=at(9))
    heard = heard_between(PERIOD, ["09"])
    assert heard.by_week("received", kind="idea") == [0, 1, 1]
    assert heard.by_week("published", kind="idea") == [0, 1, 1]


@pytest.mark.django_db
def test_counts_what_came_was_published_and_answered_each_in_its_week() -> None:
    make_idea(submitted_at=at(3), published_at=at(10), audience="women")
    make_idea(state="submitted", submitted_at=at(11), audience="youth")
    make_idea(state="draft")
    make_idea(ELSEWHERE, submitted_at=at(17), published_at=at(17))
    make_observation(submitted_at=at(4), published_at=at(5), category_id="N08", audience="women")
    make_observation(
        state="answered", submitted_at=at(4), published_at=at(5), answered_at=at(18), category_id="N10"
    )
    make_observation(kind="opportunity", category_id="O01", submitted_at=at(17), published_at=at(18))
    make_observation(state="submitted", submitted_at=at(12), category_id="N08")
    make_observation(submitted_at=at(1, month=10), published_at=at(2, month=10))  # before the period
    heard = heard_between(PERIOD, ["09", "02"])
    assert heard.total("received", kind="idea") == 3
    assert heard.total("received", kind="idea", region="09") == 2
    assert heard.by_week("received", region="09") == [3, 2, 1]
    assert heard.by_week("published", region="09") == [2, 1, 1]
    assert heard.by_week("answered") == [0, 0, 1]
    assert heard.total("answered", kind="opportunity") == 0
    assert heard.audience("women", region="09") == (2, 3)
    assert heard.audience("women", region="02") == (0, 0)
    assert heard.categories.most_common(1) == [(("need", "N08"), 2)]
    assert heard.sectors["food"] == 3
    assert (heard.communes["09"], heard.communes["02"]) == (1, 1)


@pytest.mark.django_db
def test_tells_what_waits_today_and_since_when() -> None:
    make_idea(state="submitted", submitted_at=at(2))
    make_idea(state="submitted", submitted_at=at(9))
    make_observation(state="submitted", submitted_at=at(1))
    make_observation(submitted_at=at(3), published_at=at(4))
    heard = heard_between(PERIOD, ["09"])
    waits = heard.waits()
    assert (waits.count, waits.since, waits.days(at(21))) == (3, at(1), 20)
    assert heard.waits(kind="idea", region="09").count == 2
    assert heard.unanswered["09"] == 1


@pytest.mark.django_db
def test_nobody_heard_is_a_true_zero() -> None:
    heard = heard_between(PERIOD, ["09"])
    assert heard.by_week("received") == [0, 0, 0]
    assert heard.total("published") == 0
    assert (heard.waits().count, heard.waits().days(at(21))) == (0, None)
    assert heard.audience("women") == (0, 0)


@pytest.mark.django_db
def test_the_public_counts_what_it_can_read_only() -> None:
    make_idea(submitted_at=at(3), published_at=at(4))
    make_idea(state="archived", submitted_at=at(3), published_at=at(4))
    make_observation(state="closed", submitted_at=at(3), published_at=at(10))
    make_observation(state="archived", submitted_at=at(3), published_at=at(10))
    make_observation(state="submitted", submitted_at=at(3))
    heard = published_between(PERIOD, ["09"])
    assert heard.by_week("published") == [1, 1, 0]
    assert heard.total("received") == 0
    assert heard_between(PERIOD, ["09"]).by_week("published") == [2, 2, 0]


def many(number: int) -> None:
    """So many ideas and as many observations, spread over three weeks, in one commune."""
    idea, told = make_idea(state="submitted"), make_observation(state="submitted")
    moments = [at(3) + timedelta(days=position % 20) for position in range(number)]
    ideas = [
        Idea(
            reference=f"M{position:07d}", title="Séchoir", need="…", proposal="…", language="fr", state="published",
            sector_id="food", commune_id=HERE, province_id=idea.province_id, region_id=idea.region_id,
            speaker="citizen", submitted_at=moment, published_at=moment,
        )
        for position, moment in enumerate(moments)
    ]  # fmt: skip
    observations = [
        Observation(
            reference=f"N{position:07d}", kind="need", category_id="N08", title="Puits", text="…", language="fr",
            state="published", speaker="citizen", territory_id=HERE, commune_id=HERE, province_id=told.province_id,
            region_id=told.region_id, submitted_at=moment, published_at=moment,
        )
        for position, moment in enumerate(moments)
    ]  # fmt: skip
    Idea.objects.bulk_create(ideas, batch_size=500)
    Observation.objects.bulk_create(observations, batch_size=500)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [10, 3000])
def test_costs_as_many_queries_whatever_was_written(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many(number)
    codes = list(Territory.objects.filter(level="region").values_list("pk", flat=True))
    with django_assert_num_queries(12):
        heard = heard_between(PERIOD, codes)
    assert heard.total("published") == 2 * number
    assert sum(heard.by_week("published", kind="need")) == number
    with django_assert_num_queries(2):
        assert published_between(PERIOD, codes).total("published", region="09") == 2 * number
