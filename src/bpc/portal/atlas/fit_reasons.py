"""Why a part of a fit is what it is: codes and facts, no sentence. `fit_words` says them in each language."""

from dataclasses import dataclass, replace

import numpy as np

from bpc.core.territory.fit import ADULTS_PER_MEMBER, CONDITIONS, TRAITS, FitMatrix
from bpc.core.territory.fit_changes import score_with
from bpc.core.territory.fit_grounds import LEVELS, VALUES
from bpc.core.territory.fit_measures import CODES, MEASURES, PARTS, Part, columns_of
from bpc.portal.atlas.fit_figures import QUESTIONS
from bpc.portal.atlas.fit_inputs import VISITED, FitInputs
from bpc.portal.reference.census import census

#: A measure under this, of those a model cannot do without, is an objection.
TOO_LOW = 0.25
ESSENTIAL = 2.0
#: Only so many points of score make a change worth telling.
WORTH_TELLING = 1.0
#: A part may rise to here, at best, by getting what it lacks.
REACHABLE = 0.8


@dataclass(frozen=True)
class Reason:
    """One fact behind a part. What is not about the code is None or empty.

    `value` is the figure as published and `nation` the country's, both in `unit`; `year` and `source` (an id of
    sources.csv, or an address for a resource) say where it is from; `level` of a resource (see `fit_grounds`),
    `resource` its reference, `holder` the code of the territory its source speaks of; `standing` from 0 to 1 is how
    good the fact is, None when unknown; `confidence` is that of the fact.
    """

    code: str
    value: float | None = None
    nation: float | None = None
    unit: str = ""
    year: int | None = None
    sources: tuple[str, ...] = ()
    level: str = ""
    resource: str = ""
    holder: str = ""
    commune: str = ""
    product: str = ""
    wanted: float | None = None
    standing: float | None = None
    confidence: str = "official"


@dataclass(frozen=True)
class Change:
    """One thing that would change the score: to what score, if it were so."""

    code: str
    measure: str = ""
    score: float | None = None


@dataclass(frozen=True)
class Objection:
    """What speaks against: a condition unmet (`cap` is the score it does not let exceed) or to be checked on the spot
    (`is_unknown`), or something the model cannot do without and that is scarce."""

    code: str
    cap: float | None = None
    is_unknown: bool = False
    reason: Reason | None = None


def reasons_of(
    inputs: FitInputs, row: int, column: int | None, part: Part, *, products: tuple[str, ...] = ()
) -> tuple[Reason, ...]:
    """The facts a part was made of, the weightiest first."""
    if part == "resource":
        wanted = products if column is None else inputs.sitings[column].products
        return (_resource_reason(inputs, row, wanted),)
    assert column is not None  # only resources can be asked of without a model
    if part == "saturation":
        return (_room_reason(inputs, row, column),)
    people = (_people_reason(inputs, row, column),) if part == "labour" else ()
    return (*people, *(_measure_reason(inputs, row, code) for code in _wanted(inputs, column, part)))


def _wanted(inputs: FitInputs, column: int, part: Part) -> list[str]:
    """The measures of a part that the model asks for, the weightiest first."""
    weights = inputs.needs.weights[column]
    columns = columns_of(part)
    asked = [at for at in range(columns.start, columns.stop) if weights[at] > 0]
    return [CODES[at] for at in sorted(asked, key=lambda at: (-weights[at], at))]


def _resource_reason(inputs: FitInputs, row: int, products: tuple[str, ...]) -> Reason:
    """The best ground among the products that will do."""
    columns = [inputs.products.index(code) for code in products]
    at = max(columns, key=lambda one: inputs.grounds.strength[row, one])
    level = LEVELS[inputs.grounds.level[row, at]][0]
    strength = round(float(inputs.grounds.strength[row, at]), 3)
    number = int(inputs.grounds.source[row, at])
    if number < 0:
        return Reason("resource", level=level, product=products[0], standing=strength, confidence="unknown")
    source = inputs.sources[number]
    if source.only_model:
        return Reason(
            "resource", level=level, product=inputs.products[at], holder=source.territory, standing=strength,
            resource=source.reference, confidence="estimated",
        )  # fmt: skip
    fact = inputs.facts[source.reference]
    return Reason(
        "resource", level=level, product=inputs.products[at], resource=fact.reference, holder=fact.territory,
        sources=(fact.source_url,) if fact.source_url else (), standing=strength, confidence=fact.confidence,
        commune=_named_commune(inputs, row, source.reference),
    )  # fmt: skip


def _named_commune(inputs: FitInputs, row: int, resource: str) -> str:
    """The commune that the resource names and that is nearest: itself, or one that touches it; empty otherwise."""
    figures = inputs.figures
    named = {place.commune for place in inputs.places_of.get(resource, ())}
    if figures.codes[row] in named:
        return figures.codes[row]
    touching = figures.touching[figures.touching[:, 0] == row, 1]
    first = sorted(figures.codes[at] for at in touching)
    return next((code for code in first if code in named), min(named, default=""))


def _measure_reason(inputs: FitInputs, row: int, code: str) -> Reason:
    at = CODES.index(code)
    standing = _known(inputs.places.measures[row, at])
    if code == "visitors":
        found = _resource_reason(inputs, row, VISITED)
        if standing is None:
            return Reason("visitors", level="silent", confidence="unknown")
        return replace(found, code="visitors", standing=standing)
    question = QUESTIONS[code]
    entry = census().indicators[question.indicator]
    return Reason(
        code,
        value=_known(inputs.figures.shown[row, at]),
        nation=_known(inputs.figures.nation[at]),
        unit=entry.unit,
        year=question.year,
        sources=entry.sources,
        standing=standing,
        confidence=entry.confidence if not question.around else "deduced",
    )


def _people_reason(inputs: FitInputs, row: int, column: int) -> Reason:
    adults = inputs.figures.adults[row]
    wanted = float(inputs.members[column])
    return Reason(
        "people",
        value=_known(np.round(adults)),
        unit="people",
        year=2024,
        sources=census().indicators["age_15_59"].sources,
        wanted=wanted,
        standing=_known(min(1.0, float(adults) / (ADULTS_PER_MEMBER * wanted))),
        confidence="deduced",
    )


def _room_reason(inputs: FitInputs, row: int, column: int) -> Reason:
    standing = _known(inputs.places.room[row, inputs.needs.sector[column]])
    if inputs.register_known:
        code = inputs.figures.codes[row]
        count = inputs.counts.get((code, inputs.sectors[column]), 0)
        return Reason(
            "registered", value=float(count), unit="cooperatives", standing=standing, confidence="official"
        )
    return Reason(
        "members_share",
        value=_known(inputs.figures.members[row]),
        nation=_known(inputs.figures.members_around[row]),
        unit="percent",
        year=2024,
        sources=census().indicators["employment_status_cooperative_member"].sources,
        standing=standing,
        confidence="deduced",
    )


def changes_of(inputs: FitInputs, found: FitMatrix, row: int, column: int, part: Part) -> tuple[Change, ...]:
    """What would raise the score in this part, the most first; nothing for needs: nobody wishes them greater."""
    if part in ("need", "saturation"):
        return ()
    at = PARTS.index(part)
    parts, known = found.parts[row, column], found.known[row, column]
    now, cap = float(found.score[row, column]), float(found.cap[row, column])

    def raised(value: float) -> float:
        return round(score_with(parts, known, found.shares, at, value, cap), 1)

    if part == "resource":
        best = VALUES["here"]
        told = raised(best)
        return (Change("confirm_resource", score=told),) if told - now >= WORTH_TELLING else ()
    changes = [
        Change("raise_measure" if not np.isnan(standing) else "know_measure", code, raised(value))
        for code, standing, value in _lifted(inputs, found, row, column, part)
    ]
    worth = [change for change in changes if change.score is not None and change.score - now >= WORTH_TELLING]
    return tuple(sorted(worth, key=lambda change: -(change.score or 0.0)))


def _lifted(
    inputs: FitInputs, found: FitMatrix, row: int, column: int, part: Part
) -> list[tuple[str, float, float]]:
    """Measures that could be better: their code, how good they are, what the part would be if they were good."""
    weights = inputs.needs.weights[column]
    codes = [code for code in _wanted(inputs, column, part) if MEASURES[CODES.index(code)].part != "need"]
    value = float(np.nan_to_num(found.parts[row, column, PARTS.index(part)]))
    total = sum(weights[CODES.index(code)] for code in codes) + (1.0 if part == "labour" else 0.0)
    lifted = []
    for code in codes:
        standing = float(inputs.places.measures[row, CODES.index(code)])
        if np.isnan(standing) or standing >= REACHABLE:
            continue
        gain = weights[CODES.index(code)] / total * (REACHABLE - standing)
        lifted.append((code, standing, min(1.0, value + gain)))
    return lifted


def objections_of(inputs: FitInputs, found: FitMatrix, row: int, column: int) -> tuple[Objection, ...]:
    """What speaks against, the hardest first."""
    demanded = inputs.needs.conditions[column]
    hard = [
        Objection(code, cap=cap)
        for at, (code, cap) in enumerate(CONDITIONS)
        if demanded[at] and found.unmet[row, column, at]
    ]
    unsure = [
        Objection(trait, is_unknown=True)
        for at, trait in enumerate(TRAITS)
        if demanded[at] and np.isnan(inputs.places.traits[row, at])
    ]
    scarce = [
        Objection("scarce", reason=_measure_reason(inputs, row, code))
        for part in ("access", "market")
        for code in _wanted(inputs, column, part)
        if inputs.needs.weights[column, CODES.index(code)] >= ESSENTIAL
        and inputs.places.measures[row, CODES.index(code)] < TOO_LOW
    ]
    silent = []
    if inputs.sitings[column].products and not any(one.code == "known_product" for one in hard):
        reason = _resource_reason(inputs, row, inputs.sitings[column].products)
        silent = [Objection("silent", reason=reason)] if reason.level in ("silent", "model_region") else []
    return (*sorted(hard, key=lambda one: one.cap or 0.0), *silent, *scarce, *unsure)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
