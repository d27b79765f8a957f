"""The fit: monotone, free of scale and order, the unknown without weight; and what its page says, in a plain loop."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.fit_reference import Reference
from bpc.core.territory.fit import (
    CONDITIONS,
    DEFAULT,
    TRAITS,
    FitMatrix,
    ModelNeeds,
    PlaceFacts,
    Weights,
    combine,
    fit_matrix,
)
from bpc.core.territory.fit_changes import possible_range, score_with
from bpc.core.territory.fit_measures import CODES, MEASURES, PARTS, columns_of, scale_measures

PLACES, MODELS, PRODUCTS, SECTORS, REGIONS = 7, 5, 4, 3, 2

seeds = st.integers(0, 2**32 - 1)
# a weight too small for its share to be written is no weight
weights = st.tuples(*[st.floats(0.0, 100.0, allow_subnormal=False) for _ in PARTS]).filter(
    lambda some: max(some) > 1e-3
)
parts_of_one = st.lists(st.floats(0.0, 1.0), min_size=6, max_size=6).map(np.array)


def holed(random: np.random.Generator, *shape: int) -> np.ndarray:
    """Figures from 0 to 1, one in five unknown."""
    return np.where(random.random(shape) < 0.2, np.nan, random.random(shape))


def world(seed: int) -> tuple[PlaceFacts, ModelNeeds]:
    random = np.random.default_rng(seed)
    traits = random.choice([0.0, 1.0, np.nan], (PLACES, len(TRAITS)))
    products = random.random((MODELS, PRODUCTS)) < 0.4
    conditions = random.random((MODELS, len(CONDITIONS))) < 0.2
    conditions[:, -1] &= products.any(axis=1)
    places = PlaceFacts(
        measures=holed(random, PLACES, len(MEASURES)),
        adults=np.where(random.random(PLACES) < 0.2, np.nan, random.integers(10, 5000, PLACES)),
        grounds=random.random((PLACES, PRODUCTS)),
        traits=traits,
        room=holed(random, PLACES, SECTORS),
        region=random.integers(0, REGIONS, PLACES),
        room_known=float(random.choice([0.5, 1.0])),
    )
    models = ModelNeeds(
        products=products,
        weights=random.choice([0.0, 0.0, 1.0, 2.0], (MODELS, len(MEASURES))),
        members=random.integers(5, 80, MODELS).astype(float),
        sector=random.integers(0, SECTORS, MODELS),
        conditions=conditions,
        advised=random.choice([0.0, 0.1, 0.135], (MODELS, REGIONS)),
    )
    return places, models


def scores(places: PlaceFacts, models: ModelNeeds, some: Weights = DEFAULT) -> np.ndarray:
    return fit_matrix(places, models, some).score


def not_lower(after: np.ndarray, before: np.ndarray) -> bool:
    return bool((np.nan_to_num(after, nan=-1) >= np.nan_to_num(before, nan=-1) - 1e-9).all())


@given(seeds, weights)
def test_the_arrays_say_what_the_plain_loop_says(seed: int, some: tuple[float, ...]) -> None:
    places, models = world(seed)
    plain = np.array(Reference(places, models).scores(some))
    np.testing.assert_allclose(scores(places, models, Weights(*some)), plain, rtol=0, atol=1e-9)


@given(seeds, st.integers(0, PLACES - 1), st.integers(0, PRODUCTS - 1), st.floats(0.0, 1.0))
def test_a_resource_more_never_lowers(seed: int, place: int, product: int, strength: float) -> None:
    places, models = world(seed)
    grounds = places.grounds.copy()
    grounds[place, product] = max(grounds[place, product], strength)
    before, after = scores(places, models), scores(replace(places, grounds=grounds), models)
    assert not_lower(after, before)
    others = [at for at in range(PLACES) if at != place]
    np.testing.assert_array_equal(after[others], before[others])


@given(seeds, st.integers(0, PLACES - 1), st.integers(0, len(MEASURES) - 1), st.floats(0.0, 1.0))
def test_a_better_measure_never_lowers(seed: int, place: int, measure: int, better: float) -> None:
    places, models = world(seed)
    measures = places.measures.copy()
    measures[place, measure] = (
        np.fmax(measures[place, measure], better) if not np.isnan(measures[place, measure]) else np.nan
    )
    assert not_lower(scores(replace(places, measures=measures), models), scores(places, models))


@given(seeds, weights, st.floats(0.01, 1000.0))
def test_only_the_proportions_of_weights_count(seed: int, some: tuple[float, ...], factor: float) -> None:
    places, models = world(seed)
    larger = Weights(*(factor * weight for weight in some))
    np.testing.assert_allclose(
        scores(places, models, larger), scores(places, models, Weights(*some)), rtol=0, atol=1e-8
    )


@given(seeds, st.permutations(range(PLACES)), st.permutations(range(MODELS)))
def test_order_changes_nothing(seed: int, rows: list[int], columns: list[int]) -> None:
    places, models = world(seed)
    moved = PlaceFacts(
        places.measures[rows], places.adults[rows], places.grounds[rows], places.traits[rows],
        places.room[rows], places.region[rows], places.room_known,
    )  # fmt: skip
    turned = ModelNeeds(
        models.products[columns], models.weights[columns], models.members[columns],
        models.sector[columns], models.conditions[columns], models.advised[columns],
    )  # fmt: skip
    np.testing.assert_allclose(
        scores(moved, turned), scores(places, models)[np.ix_(rows, columns)], rtol=0, atol=1e-9
    )


@given(seeds, weights)
def test_scores_lie_between_0_and_their_cap_and_within_their_range(
    seed: int, some: tuple[float, ...]
) -> None:
    found = fit_matrix(*world(seed), Weights(*some))
    known = ~np.isnan(found.score)
    assert ((found.score[known] >= 0) & (found.score[known] <= found.cap[known])).all()
    low, high = possible_range(found.parts, found.known, found.shares, found.applies)
    whole = known & ~np.isnan(low)
    assert (low[whole] <= found.uncapped[whole] + 1e-9).all()
    assert (found.uncapped[whole] <= high[whole] + 1e-9).all()
    assert ((found.coverage[known] > 0) & (found.coverage[known] <= 1 + 1e-12)).all()


@given(parts_of_one)
def test_all_known_leaves_no_range(parts: np.ndarray) -> None:
    shares = DEFAULT.shares()
    low, high = possible_range(parts, np.ones(6), shares, np.ones(6, dtype=bool))
    assert (
        float(low) == pytest.approx(float(high)) == pytest.approx(float(combine(parts, np.ones(6), shares)))
    )


@given(st.floats(0.0, 1.0), weights)
def test_parts_all_alike_give_that_part(value: float, some: tuple[float, ...]) -> None:
    found = combine(np.full((1, 6), value), np.ones((1, 6)), Weights(*some).shares())
    assert found[0] == pytest.approx(100 * value, abs=1e-9)


def test_nothing_known_is_unknown_not_zero() -> None:
    places, models = world(1)
    blank = PlaceFacts(
        np.full_like(places.measures, np.nan), np.full(PLACES, np.nan), places.grounds,
        np.full_like(places.traits, np.nan), np.full_like(places.room, np.nan), places.region,
    )  # fmt: skip
    none_needed = replace(
        models, products=np.zeros_like(models.products), conditions=np.zeros_like(models.conditions)
    )
    found = fit_matrix(blank, none_needed)
    assert np.isnan(found.score).all()
    assert (found.coverage == 0).all()


def test_a_model_on_no_local_product_has_the_same_part_everywhere() -> None:
    places, models = world(2)
    found = fit_matrix(places, replace(models, products=np.zeros_like(models.products)))
    told = ~np.isnan(found.score)
    assert told.any()
    assert (found.parts[..., 0] == 0.5).all()
    assert (found.known[..., 0][told] == 1.0).all()
    assert not found.unmet[..., -1].any()


def test_weight_on_what_is_unknown_only_is_unknown() -> None:
    places, models = world(1)
    blank = replace(places, room=np.full_like(places.room, np.nan))
    assert np.isnan(scores(blank, models, Weights(0, 0, 0, 0, 1, 0))).all()


@pytest.mark.parametrize(
    "some", [Weights(0, 0, 0, 0, 0, 0), Weights(-1, 1, 1, 1, 1, 1), Weights(math.nan), Weights(math.inf)]
)
def test_weights_that_weigh_nothing_are_refused(some: Weights) -> None:
    with pytest.raises(ValueError, match="weights"):
        fit_matrix(*world(0), some)


def one_model(**asked: float) -> ModelNeeds:
    row = np.zeros((1, len(MEASURES)))
    for code, weight in asked.items():
        row[0, CODES.index(code)] = weight
    return ModelNeeds(
        products=np.array([[True]]),
        weights=row,
        members=np.array([10.0]),
        sector=np.array([0]),
        conditions=np.zeros((1, len(CONDITIONS)), dtype=bool),
        advised=np.zeros((1, 1)),
    )


def one_place(ground: float, **measured: float) -> PlaceFacts:
    row = np.full((1, len(MEASURES)), np.nan)
    for code, value in measured.items():
        row[0, CODES.index(code)] = value
    return PlaceFacts(
        measures=row,
        adults=np.array([100.0]),
        grounds=np.array([[ground]]),
        traits=np.ones((1, len(TRAITS))),
        room=np.array([[0.5]]),
        region=np.array([0]),
        room_known=0.5,
    )


def test_parts_by_hand() -> None:
    found = fit_matrix(
        one_place(0.4, farming=0.9, water=0.2, road=0.8, reach=0.6, jobs=0.5),
        one_model(farming=1, water=2, road=1, power=1, reach=1, jobs=1),
    )
    # labour: people 100 / 200 and farming; access: (2 x 0.2 + 0.8) / 3, electricity unknown
    np.testing.assert_allclose(found.parts[0, 0], [0.4, 0.7, 0.4, 0.6, 0.5, 0.5])
    np.testing.assert_allclose(found.known[0, 0], [1, 1, 0.75, 1, 0.5, 1])
    expected = sum(
        weight * math.log(0.1 + 0.9 * part)
        for weight, part in zip((40, 10, 11.25, 20, 2.5, 10), (0.4, 0.7, 0.4, 0.6, 0.5, 0.5), strict=True)
    )
    assert found.score[0, 0] == pytest.approx(100 * (math.exp(expected / 93.75) - 0.1) / 0.9)
    assert found.coverage[0, 0] == pytest.approx(0.9375)


@pytest.mark.parametrize(("condition", "cap"), CONDITIONS[:-1])
def test_an_unmet_condition_caps_and_says_so(condition: str, cap: float) -> None:
    at = TRAITS.index(condition)  # type: ignore[arg-type]
    models = one_model(water=1)
    models.conditions[0, at] = True
    places = one_place(1.0, water=1.0)

    def fit(trait: float) -> FitMatrix:
        places.traits[0, at] = trait
        return fit_matrix(places, models)

    assert fit(0.0).score[0, 0] == cap
    assert fit(0.0).unmet[0, 0].tolist() == [code == condition for code, _ in CONDITIONS]
    assert fit(1.0).score[0, 0] > 70
    assert fit(np.nan).score[0, 0] == fit(1.0).score[0, 0]
    assert not fit(np.nan).unmet.any()


def test_a_product_must_be_known_where_it_is_demanded() -> None:
    models = one_model(water=1)
    models.conditions[0, -1] = True
    assert fit_matrix(one_place(0.2, water=1.0), models).unmet[0, 0, -1]
    assert not fit_matrix(one_place(0.28, water=1.0), models).unmet.any()
    # what the authors of a model advise is no source
    advised = replace(models, advised=np.array([[0.135]]))
    assert fit_matrix(one_place(0.05, water=1.0), advised).unmet[0, 0, -1]
    assert fit_matrix(one_place(0.05, water=1.0), advised).parts[0, 0, 0] == 0.135


def test_what_would_change_is_the_same_formula() -> None:
    places, models = one_place(0.4, water=0.3), one_model(water=1)
    found = fit_matrix(places, models)
    told = score_with(found.parts[0, 0], found.known[0, 0], found.shares, 0, 1.0)
    assert told == pytest.approx(fit_matrix(one_place(1.0, water=0.3), models).score[0, 0])


def test_measures_of_a_part_stand_side_by_side() -> None:
    for part in PARTS:
        within = [measure.part for measure in MEASURES[columns_of(part)]]
        assert within == [part] * sum(measure.part == part for measure in MEASURES)
    with pytest.raises(ValueError, match="columns"):
        scale_measures(np.zeros((3, 2)))


def test_shapes_that_do_not_belong_together_are_refused() -> None:
    places, models = world(0)
    with pytest.raises(ValueError, match="row"):
        fit_matrix(replace(places, adults=places.adults[1:]), models)
    with pytest.raises(ValueError, match="products"):
        fit_matrix(places, replace(models, products=models.products[:, 1:]))
