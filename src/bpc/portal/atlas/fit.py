"""How well each project model fits each commune, with the reasons: what pages, maps and interfaces ask.

Scores are computed when asked, all communes and models at once (some ten milliseconds), and kept for the weights
asked last. Reasons are codes and facts; `fit_words` says them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.fit import DEFAULT, FitMatrix, PartMatrix, Weights, measure_parts, weigh
from bpc.core.territory.fit_changes import possible_range
from bpc.core.territory.fit_measures import PARTS
from bpc.portal.atlas.fit_inputs import GENERATIONS, FitInputs, fit_inputs
from bpc.portal.atlas.fit_reasons import Change, Objection, Reason, changes_of, objections_of, reasons_of
from bpc.portal.foundation.page_cache import generations

__all__ = [
    "DEFAULT", "GENERATIONS", "PARTS", "Change", "Fit", "FitPart", "Objection", "Reason", "Weights",
    "all_scores", "fit_of", "fits_of_place", "models_with_fit", "places_for_model", "places_for_product",
    "places_for_sector",
]  # fmt: skip

Floats = NDArray[np.float64]
NATION = "MA"


@dataclass(frozen=True)
class FitPart:
    """One part of a fit. `score` from 0 to 100, None where it is unknown or does not concern the model (`applies`).

    `weight` is its share of the whole in percent, as asked; `known` how much of the part rests on known facts (0 to 1).
    """

    name: str
    score: float | None
    weight: float
    known: float
    applies: bool
    reasons: tuple[Reason, ...]
    would_change: tuple[Change, ...]


@dataclass(frozen=True)
class Fit:
    """The fit of a model to a commune. `score` from 0 to 100, None where nothing is known.

    `coverage`: share of the weight that rests on known facts, in percent; `low` and `high`: the score if every unknown
    were at its worst, at its best. `cap`: the score that unmet conditions do not let it exceed, 100 without any.
    """

    place: str
    model: str
    score: float | None
    low: float | None
    high: float | None
    coverage: float
    cap: float
    parts: tuple[FitPart, ...]
    objections: tuple[Objection, ...]


@lru_cache(maxsize=1)
def _parts(generation: str) -> PartMatrix:
    inputs = fit_inputs()
    return measure_parts(inputs.places, inputs.needs)


@lru_cache(maxsize=16)  # a megabyte each: the parts are shared
def _matrix(generation: str, weights: Weights) -> FitMatrix:
    return weigh(_parts(generation), weights)


def matrix(weights: Weights = DEFAULT) -> FitMatrix:
    """Every score now, communes in code order x models in the order of `models_with_fit`. Raises ValueError for
    weights that are negative or all zero."""
    weights.shares()
    return _matrix(generations(*GENERATIONS), weights)


def models_with_fit() -> tuple[str, ...]:
    """The slugs of the published models that say what they demand of a commune; the others have no fit: unknown."""
    return fit_inputs().slugs


def all_scores(slug: str, weights: Weights = DEFAULT) -> dict[str, float]:
    """The score of a model in every commune where it is known, by code. Raises KeyError for a model without a fit."""
    inputs = fit_inputs()
    scores = matrix(weights).score[:, inputs.column[slug]]
    return {
        code: round(float(score), 1)
        for code, score in zip(inputs.figures.codes, scores, strict=True)
        if not np.isnan(score)
    }


def fit_of(code: str, slug: str, weights: Weights = DEFAULT) -> Fit:
    """One fit with its reasons. Raises KeyError for an unknown commune or a model without a fit."""
    inputs = fit_inputs()
    return _fit(inputs, matrix(weights), inputs.figures.number[code], inputs.column[slug])


def fits_of_place(
    code: str,
    weights: Weights = DEFAULT,
    *,
    limit: int | None = None,
    models: tuple[str, ...] | None = None,
) -> list[Fit]:
    """The models that fit a commune, the best first; only those of `models` when given (as filters chose them).

    Raises KeyError for a code that is not a commune's, ValueError for weights.
    """
    inputs = fit_inputs()
    row = inputs.figures.number[code]
    found = matrix(weights)
    columns = [
        inputs.column[slug] for slug in (inputs.slugs if models is None else models) if slug in inputs.column
    ]
    ranked = sorted(columns, key=lambda at: (_rank(found.score[row, at]), at))
    return [_fit(inputs, found, row, at) for at in ranked[:limit]]


def places_for_model(
    slug: str, weights: Weights = DEFAULT, *, within: str = NATION, limit: int | None = 20
) -> list[Fit]:
    """The communes of a territory where a model fits, the best first. Raises KeyError for a model without a fit."""
    inputs = fit_inputs()
    column = inputs.column[slug]
    found = matrix(weights)
    rows = _rows_inside(inputs, within)
    ranked = sorted(rows, key=lambda row: (_rank(found.score[row, column]), inputs.figures.codes[row]))
    return [_fit(inputs, found, row, column) for row in ranked[:limit]]


def places_for_sector(
    sector: str, weights: Weights = DEFAULT, *, within: str = NATION, limit: int | None = 20
) -> list[Fit]:
    """The communes of a territory for a sector: each by the model of the sector that fits it best, best first.

    Empty when no model of the sector has a fit.
    """
    inputs = fit_inputs()
    columns = [at for at, one in enumerate(inputs.sectors) if one == sector]
    if not columns:
        return []
    scores = matrix(weights).score[:, columns]
    best = np.where(np.isnan(scores), -1.0, scores)
    choice, top = best.argmax(axis=1), best.max(axis=1)
    rows = sorted(_rows_inside(inputs, within), key=lambda row: (-top[row], inputs.figures.codes[row]))
    return [_fit(inputs, matrix(weights), row, columns[choice[row]]) for row in rows[:limit]]


@dataclass(frozen=True)
class ProductPlace:
    """How well a product is grounded in a commune: `strength` from 0 to 100, and why."""

    place: str
    product: str
    strength: float
    reasons: tuple[Reason, ...]


def places_for_product(product: str, *, within: str = NATION, limit: int | None = 20) -> list[ProductPlace]:
    """Where a product of products.csv is best grounded, with or without a model; among equals the more visited first.

    Raises ValueError for a product that is not in the list.
    """
    inputs = fit_inputs()
    column = inputs.products.index(product)
    strength = inputs.grounds.strength[:, column]
    rows = sorted(
        _rows_inside(inputs, within),
        key=lambda row: (-strength[row], -np.nan_to_num(inputs.visits[row]), inputs.figures.codes[row]),
    )
    return [
        ProductPlace(
            inputs.figures.codes[row], product, round(100 * float(strength[row]), 1),
            reasons_of(inputs, row, None, "resource", products=(product,)),
        )
        for row in rows[:limit]
    ]  # fmt: skip


def _rows_inside(inputs: FitInputs, within: str) -> list[int]:
    if within == NATION:
        return list(range(len(inputs.figures.codes)))
    return [
        row
        for row, code in enumerate(inputs.figures.codes)
        if code == within or code.startswith(f"{within}.")
    ]


def _rank(score: float) -> float:
    """Best first, the unknown last."""
    return 1.0 if np.isnan(score) else -float(score)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 1)


def _fit(inputs: FitInputs, found: FitMatrix, row: int, column: int) -> Fit:
    low, high = possible_range(
        found.parts[row, column], found.known[row, column], found.shares, found.applies[column]
    )
    cap = float(found.cap[row, column])
    return Fit(
        place=inputs.figures.codes[row],
        model=inputs.slugs[column],
        score=_number(found.score[row, column]),
        low=_number(min(float(low), cap)),
        high=_number(min(float(high), cap)),
        coverage=round(100 * float(found.coverage[row, column]), 1),
        cap=cap,
        parts=tuple(_part_rows(inputs, found, row, column)),
        objections=objections_of(inputs, found, row, column),
    )


def _part_rows(inputs: FitInputs, found: FitMatrix, row: int, column: int) -> Iterator[FitPart]:
    for at, name in enumerate(PARTS):
        value = found.parts[row, column, at]
        applies = bool(found.applies[column, at])
        yield FitPart(
            name=name,
            score=_number(100 * value),
            weight=round(100 * float(found.shares[at]), 1),
            known=round(float(found.known[row, column, at]), 2),
            applies=applies,
            reasons=reasons_of(inputs, row, column, name) if applies else (),
            would_change=changes_of(inputs, found, row, column, name) if applies else (),
        )
