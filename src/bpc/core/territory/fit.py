"""How well each project model fits each place: six parts, a score, how much of it is known, and the objections.

Parts are in [0, 1], NaN where nothing is known of them or where they do not apply to the model; their weight then
goes to the others. The score is a geometric mean, as in the Human Development Index since 2010: a very low part
costs more than a good one brings back, so that a good road does not replace roses. Explained with worked figures in
docs/methods/fit.md.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.fit_measures import MEASURES, PARTS, Floats, Part, columns_of

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
Condition = Literal["sea", "near_sea", "inland", "altitude", "town", "countryside", "known_product"]

#: What a model may demand of a place, and the score it cannot exceed where the answer is no.
CONDITIONS: tuple[tuple[Condition, float], ...] = (
    ("sea", 20.0),
    ("near_sea", 50.0),
    ("inland", 25.0),
    ("altitude", 25.0),
    ("town", 45.0),
    ("countryside", 35.0),
    ("known_product", 40.0),
)
#: The last one is read from the grounds, not from the place alone.
TRAITS: tuple[Condition, ...] = tuple(code for code, _ in CONDITIONS[:-1])
#: What the worst part still counts for: a part at 0 divides the score, it does not erase the others.
FLOOR = 0.1
#: The resource part of a model that rests on no local product: it is worth the same everywhere.
NEUTRAL = 0.5
#: Adults aged 15 to 59 in the commune for each member a model usually has, for people not to be short.
ADULTS_PER_MEMBER = 20.0
#: Ground from which a product is said to be known: anywhere in a province that a source names, even one to be verified.
KNOWN_GROUND = 0.27


class Weights(NamedTuple):
    """How much each part counts; any scale."""

    resource: float = 40.0
    labour: float = 10.0
    access: float = 15.0
    market: float = 20.0
    saturation: float = 5.0
    need: float = 10.0

    def shares(self) -> Floats:
        """As fractions of 1. Raises ValueError for a negative or endless weight, or when all are zero.

        >>> Weights(2, 1, 1, 0, 0, 0).shares().tolist()
        [0.5, 0.25, 0.25, 0.0, 0.0, 0.0]
        """
        weights = np.array(self, dtype=np.float64)
        if not np.isfinite(weights).all() or (weights < 0).any() or not weights.any():
            raise ValueError("weights must be zero or more, and not all zero")
        largest: float = weights.max()
        shares: Floats = (weights / largest) / (weights / largest).sum()
        return shares


DEFAULT = Weights()


@dataclass(frozen=True)
class PlaceFacts:
    """What is known of P places: all arrays have a row for each.

    `measures` (P, measures) in [0, 1], NaN unknown; `adults` (P,) people aged 15 to 59, NaN unknown; `grounds`
    (P, products) in [0, 1]; `traits` (P, conditions) 1 yes, 0 no, NaN unknown; `room` (P, sectors) in [0, 1], 1 when
    nobody does it yet, NaN unknown; `region` (P,) the number of its region; `room_known` in [0, 1], how much such a
    signal is worth.
    """

    measures: Floats
    adults: Floats
    grounds: Floats
    traits: Floats
    room: Floats
    region: Ints
    room_known: float = 1.0


@dataclass(frozen=True)
class ModelNeeds:
    """What M models need: `products` (M, products) which of them will do, `weights` (M, measures) from 0,
    `members` (M,) how many they usually have, `sector` (M,) column of `PlaceFacts.room`, `conditions` (M, conditions).
    `advised` (M, regions) in [0, 1]: how much its authors' word is worth where they advise a region, 0 elsewhere.
    """

    products: Bools
    weights: Floats
    members: Floats
    sector: Ints
    conditions: Bools
    advised: Floats


@dataclass(frozen=True)
class PartMatrix:
    """All that does not depend on the weights; the same arrays as in `FitMatrix`."""

    parts: Floats
    known: Floats
    applies: Bools
    unmet: Bools
    cap: Floats


@dataclass(frozen=True)
class FitMatrix:
    """Scores (P, M) from 0 to 100, NaN where nothing is known; parts and how much of each is known (P, M, 6).

    `cap` (P, M) is the limit that unmet conditions set (100 without any), `unmet` (P, M, conditions) tells which.
    `applies` (M, 6): whether the part concerns the model at all.
    """

    score: Floats
    uncapped: Floats
    cap: Floats
    parts: Floats
    known: Floats
    applies: Bools
    unmet: Bools
    shares: Floats

    @cached_property
    def coverage(self) -> Floats:
        """The share of the weight that rests on known facts (P, M), in [0, 1]; NaN when no part applies."""
        weights = self.applies * self.shares
        total = weights.sum(axis=1)
        held: Floats = np.einsum("pmk,mk->pm", self.known, weights)
        part: Floats = np.divide(held, total, out=np.full_like(held, np.nan), where=total > 0)
        return part


def fit_matrix(places: PlaceFacts, models: ModelNeeds, weights: Weights = DEFAULT) -> FitMatrix:
    """The fit of every model to every place.

    With v = floor + (1 - floor) x part and w = weight x known, both per part:
    score = 100 x (exp(sum w ln v / sum w) - floor) / (1 - floor), then at most the cap of each unmet condition.
    Raises ValueError for weights that are negative or all zero.
    """
    weights.shares()
    return weigh(measure_parts(places, models), weights)


def measure_parts(places: PlaceFacts, models: ModelNeeds) -> PartMatrix:
    """The parts and the conditions, before any weight. Raises ValueError for arrays that do not belong together."""
    check_shapes(places, models)
    parts, known, applies = part_values(places, models)
    unmet, cap = unmet_conditions(places, models)
    return PartMatrix(parts, known, applies, unmet, cap)


def weigh(measured: PartMatrix, weights: Weights) -> FitMatrix:
    """The scores by these weights; the arrays of the parts are shared, not copied."""
    shares = weights.shares()
    uncapped = combine(measured.parts, measured.known, shares)
    score = np.minimum(uncapped, measured.cap)
    return FitMatrix(
        score,
        uncapped,
        measured.cap,
        measured.parts,
        measured.known,
        measured.applies,
        measured.unmet,
        shares,
    )


def combine(parts: Floats, known: Floats, shares: Floats) -> Floats:
    """Scores before any cap, from parts and how much of each is known; NaN where no weight is left.

    >>> combine(np.array([[1.0, 0.0]]), np.array([[1.0, 1.0]]), np.array([0.5, 0.5])).round(2).tolist()
    [24.03]
    >>> combine(np.array([[0.6, np.nan]]), np.array([[1.0, 0.0]]), np.array([0.5, 0.5])).round(2).tolist()
    [60.0]
    """
    held = known * shares
    logs = np.log(FLOOR + (1.0 - FLOOR) * np.where(held > 0, np.nan_to_num(parts), 1.0))
    total = held.sum(axis=-1)
    mean = np.divide((held * logs).sum(axis=-1), total, out=np.full_like(total, np.nan), where=total > 0)
    scores: Floats = np.clip(100.0 * (np.exp(mean) - FLOOR) / (1.0 - FLOOR), 0.0, 100.0)
    return scores


def part_values(places: PlaceFacts, models: ModelNeeds) -> tuple[Floats, Floats, Bools]:
    """The parts (P, M, 6), how much of each is known, and whether each applies to the model (M, 6)."""
    shape = (len(places.measures), len(models.members), len(PARTS))
    parts, known = np.full(shape, np.nan), np.zeros(shape)
    applies = np.zeros(shape[1:], dtype=bool)
    for at, part in enumerate(PARTS):
        value, share, concerned = _PART_OF[part](places, models, part)
        parts[..., at], known[..., at], applies[:, at] = value, share, concerned
    # what is worth the same everywhere tells nothing of a place by itself
    alone = ~models.products.any(axis=1) & (known[..., 1:].max(axis=2) == 0)
    known[..., 0] = np.where(alone, 0.0, known[..., 0])
    return parts, known, applies


def _resource(places: PlaceFacts, models: ModelNeeds, part: Part) -> tuple[Floats, Floats, Bools]:
    """The best ground among the products that will do, or its authors' advice where that is worth more.

    A model that needs no product has the same part everywhere.
    """
    grounded: Bools = np.asarray(models.products.any(axis=1), dtype=np.bool_)
    value = np.full((len(places.grounds), len(grounded)), NEUTRAL)
    for at in np.flatnonzero(grounded):
        grounds = places.grounds[:, models.products[at]].max(axis=1)
        value[:, at] = np.maximum(grounds, models.advised[at, places.region])
    return value, np.ones_like(value), np.ones(len(grounded), dtype=np.bool_)


def _weighted(places: PlaceFacts, models: ModelNeeds, part: Part) -> tuple[Floats, Floats, Bools]:
    """The mean of the measures known, by the model's weights."""
    columns = columns_of(part)
    return _mean(places.measures[:, columns], models.weights[:, columns])


def _mean(measures: Floats, weights: Floats) -> tuple[Floats, Floats, Bools]:
    held = (~np.isnan(measures)).astype(float) @ weights.T
    total = weights.sum(axis=1)
    sums = np.nan_to_num(measures) @ weights.T
    value = np.divide(sums, held, out=np.full_like(held, np.nan), where=held > 0)
    share = np.divide(held, total, out=np.zeros_like(held), where=np.broadcast_to(total > 0, held.shape))
    return np.clip(value, 0.0, 1.0), share, total > 0


def _labour(places: PlaceFacts, models: ModelNeeds, part: Part) -> tuple[Floats, Floats, Bools]:
    """Enough people for the members a model usually has, beside the skills it asks for, all alike."""
    columns = columns_of(part)
    weights = models.weights[:, columns]
    skill, skill_known, _ = _mean(places.measures[:, columns], weights)
    enough = people_enough(places.adults, models.members)
    people_known = (~np.isnan(enough)).astype(float)
    wanted = weights.sum(axis=1)
    held = people_known + skill_known * wanted
    sums = np.nan_to_num(enough) + np.nan_to_num(skill) * skill_known * wanted
    value = np.divide(sums, held, out=np.full_like(held, np.nan), where=held > 0)
    return value, held / (1.0 + wanted), np.ones(len(models.members), dtype=bool)


def people_enough(adults: Floats, members: Floats) -> Floats:
    """Whether a place has the people (P, M): min(1, adults / (20 x members)).

    >>> people_enough(np.array([400.0, 2000.0]), np.array([40.0])).tolist()
    [[0.5], [1.0]]
    """
    enough: Floats = np.minimum(1.0, adults[:, None] / (ADULTS_PER_MEMBER * members[None, :]))
    return enough


def _saturation(places: PlaceFacts, models: ModelNeeds, part: Part) -> tuple[Floats, Floats, Bools]:
    """The room left in the model's sector."""
    value = places.room[:, models.sector]
    known = np.where(np.isnan(value), 0.0, places.room_known)
    return value, known, np.ones(len(models.members), dtype=bool)


_PART_OF = {
    "resource": _resource,
    "labour": _labour,
    "access": _weighted,
    "market": _weighted,
    "saturation": _saturation,
    "need": _weighted,
}


def unmet_conditions(places: PlaceFacts, models: ModelNeeds) -> tuple[Bools, Floats]:
    """Which demands each place fails (P, M, conditions), and the cap that follows (P, M); unknown fails none."""
    failed = places.traits == 0.0
    grounded, _, _ = _resource(places, models, "resource")
    unknown_product = (grounded < KNOWN_GROUND) & models.products.any(axis=1)
    unmet = np.concatenate(
        [failed[:, None, :] & models.conditions[None, :, :-1],
         (unknown_product & models.conditions[None, :, -1])[..., None]], axis=2,
    )  # fmt: skip
    limits = np.array([limit for _, limit in CONDITIONS])
    return unmet, np.where(unmet, limits, 100.0).min(axis=2)


def check_shapes(places: PlaceFacts, models: ModelNeeds) -> None:
    """Raises ValueError when arrays do not belong together."""
    count = len(places.measures)
    if places.measures.shape[1] != len(MEASURES) or models.weights.shape[1] != len(MEASURES):
        raise ValueError("one column for each measure is needed")
    rows = (places.adults, places.grounds, places.traits, places.room, places.region)
    if {len(part) for part in rows} != {count}:
        raise ValueError("one row for each place is needed")
    if places.traits.shape[1] != len(TRAITS) or models.conditions.shape[1] != len(CONDITIONS):
        raise ValueError("one column for each condition is needed")
    if models.products.shape[1] != places.grounds.shape[1]:
        raise ValueError("products of models and of places differ")
