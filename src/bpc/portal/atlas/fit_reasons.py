"""Why a part of a fit is what it is: codes and facts, no sentence. `fit_words` says them in each language."""

from dataclasses import dataclass, replace

import numpy as np

from bpc.core.territory.fit import ADULTS_PER_MEMBER, CONDITIONS, NEUTRAL, TRAITS, FitMatrix
from bpc.core.territory.fit_changes import score_with
from bpc.core.territory.fit_grounds import LEVELS, VALUES
from bpc.core.territory.fit_measures import CODES, PARTS, Part, columns_of
from bpc.portal.atlas.fit_figures import MEMBERS, QUESTIONS
from bpc.portal.atlas.fit_inputs import VISITED, FitInputs, unplaced
from bpc.portal.reference.census import census
from bpc.portal.resources.queries import ResourceFact

#: A measure under this, of those a model cannot do without, is an objection.
TOO_LOW = 0.25
ESSENTIAL = 2.0
#: Only so many points of score make a change worth telling.
WORTH_TELLING = 1.0
NO_CAP = 100.0
#: A measure may rise to here, at best, by getting what is lacking.
REACHABLE = 0.8


@dataclass(frozen=True)
class Reason:
    """One fact behind a part. What is not about the code is None or empty.

    `value` is the figure as published and `nation` the country's, both in `unit`; `year` and `source` (an id of
    sources.csv, or an address for a resource) say where it is from; `level` of a resource (see `fit_grounds`),
    `resource` its reference, `holder` the code of the territory its source speaks of; `standing` from 0 to 1 is how
    good the fact is, None when unknown; `confidence` is that of the fact. `wanted` is the members a model usually has,
    and of registered cooperatives `nearby` those of the province that are placed in none of its communes.
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
    nearby: float | None = None
    standing: float | None = None
    confidence: str = "official"


@dataclass(frozen=True)
class Change:
    """One thing that would change the score: to what score, if it were so. `is_capped`: a condition still limits it."""

    code: str
    measure: str
    score: float
    is_capped: bool = False


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
        if not wanted:
            return (Reason("no_resource", standing=NEUTRAL, confidence="estimated"),)
        return (_resource_reason(inputs, row, wanted, column),)
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


def _resource_reason(
    inputs: FitInputs, row: int, products: tuple[str, ...], column: int | None = None
) -> Reason:
    """The best ground among the products that will do."""
    columns = [inputs.products.index(code) for code in products]
    at = max(columns, key=lambda one: inputs.grounds.strength[row, one])
    level = LEVELS[inputs.grounds.level[row, at]][0]
    strength = round(float(inputs.grounds.strength[row, at]), 3)
    number = int(inputs.grounds.source[row, at])
    region = inputs.places.region[row]
    if column is not None and inputs.needs.advised[column, region] > strength:
        return Reason(
            "resource", level="advised", product=inputs.products[at], holder=inputs.figures.regions[row],
            standing=float(inputs.needs.advised[column, region]), confidence="estimated",
        )  # fmt: skip
    if number < 0:
        return Reason("resource", level=level, product=products[0], standing=strength, confidence="unknown")
    source = inputs.sources[number]
    fact = inputs.facts[source.reference]
    return Reason(
        "resource", level=level, product=inputs.products[at], resource=fact.reference, holder=fact.territory,
        sources=_told_by(inputs, fact), standing=strength, confidence=fact.confidence,
        commune=_named_commune(inputs, row, source.reference),
    )  # fmt: skip


def _told_by(inputs: FitInputs, fact: ResourceFact) -> tuple[str, ...]:
    """The addresses that tell of a resource, and of the communes it is known in."""
    places = inputs.places_of.get(fact.reference, ())
    addresses = (fact.source_url, *(place.source_url for place in places))
    return tuple(dict.fromkeys(address for address in addresses if address))


def _named_commune(inputs: FitInputs, row: int, resource: str) -> str:
    """The commune that the resource names and that is nearest: itself, one that touches it, or any; empty for none."""
    figures = inputs.figures
    named = {place.commune for place in inputs.places_of.get(resource, ())}
    holder = inputs.facts[resource].territory
    named |= {holder} if holder in figures.number else set()
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
        sources=_sources(question.indicator, question.year),
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
        sources=_sources("age_15_59", 2024),
        wanted=wanted,
        standing=_known(min(1.0, float(adults) / (ADULTS_PER_MEMBER * wanted))),
        confidence="deduced",
    )


def _room_reason(inputs: FitInputs, row: int, column: int) -> Reason:
    standing = _known(inputs.places.room[row, inputs.needs.sector[column]])
    if inputs.register_known and standing is None:
        # the register says nothing of the sector anywhere, or the census nothing of the people: no rate to compare with
        return Reason("room_unknown", confidence="unknown")
    if inputs.register_known:
        code = inputs.figures.codes[row]
        sector = inputs.sectors[column]
        count = inputs.counts.get((code, sector), 0)
        loose = unplaced(inputs.counts, code[:6], sector, inputs.figures.codes)
        return Reason(
            "registered", value=float(count), nearby=float(loose), unit="cooperatives", standing=standing
        )
    return Reason(
        "members_share",
        value=_known(inputs.figures.members[row]),
        nation=_known(inputs.figures.members_around[row]),
        unit="percent",
        year=2024,
        sources=_sources(MEMBERS.indicator, MEMBERS.year),
        standing=standing,
        confidence="deduced",
    )


def changes_of(inputs: FitInputs, found: FitMatrix, row: int, column: int, part: Part) -> tuple[Change, ...]:
    """What would raise the score in this part, the most first; nothing for needs: nobody wishes them greater."""
    if part in ("need", "saturation") or (part == "resource" and not inputs.sitings[column].products):
        return ()
    changes = (
        [_confirmed(found, row, column)] if part == "resource" else _raised(inputs, found, row, column, part)
    )
    now = float(np.nan_to_num(found.score[row, column]))
    worth = [change for change in changes if change.score - now >= WORTH_TELLING and not change.is_capped]
    return tuple(sorted(worth, key=lambda change: -change.score))


def _confirmed(found: FitMatrix, row: int, column: int) -> Change:
    """The resource confirmed in the commune: it is known then, but other conditions stay unmet."""
    others = [limit if code != "known_product" else NO_CAP for code, limit in CONDITIONS]
    unmet = found.unmet[row, column]
    cap = min((limit for limit, failed in zip(others, unmet, strict=True) if failed), default=NO_CAP)
    return _changed(found, row, column, "resource", VALUES["here"], cap)


def _raised(inputs: FitInputs, found: FitMatrix, row: int, column: int, part: Part) -> list[Change]:
    """Each known measure of a part as good as can be hoped, the others as they are."""
    weights, cap = inputs.needs.weights[column], float(found.cap[row, column])
    at = {code: CODES.index(code) for code in _wanted(inputs, column, part)}
    standings = {code: float(inputs.places.measures[row, where]) for code, where in at.items()}
    known = {code: weights[at[code]] for code, standing in standings.items() if not np.isnan(standing)}
    # people count beside skills, as one of them
    total = sum(known.values()) + (part == "labour" and not np.isnan(inputs.places.adults[row]))
    value = float(found.parts[row, column, PARTS.index(part)])
    return [
        _changed(found, row, column, part, value + weight / total * (REACHABLE - standings[code]), cap, code)
        for code, weight in known.items()
        if standings[code] < REACHABLE
    ]


def _changed(
    found: FitMatrix, row: int, column: int, part: Part, value: float, cap: float, measure: str = ""
) -> Change:
    at = PARTS.index(part)
    score = score_with(found.parts[row, column], found.known[row, column], found.shares, at, value)
    code = "raise_measure" if measure else "confirm_resource"
    return Change(code, measure, round(min(score, cap), 1), is_capped=score > cap)


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
        reason = _resource_reason(inputs, row, inputs.sitings[column].products, column)
        silent = [Objection("silent", reason=reason)] if reason.level in ("silent", "advised") else []
    return (*sorted(hard, key=lambda one: one.cap or 0.0), *silent, *scarce, *unsure)


def _sources(indicator: str, year: int) -> tuple[str, ...]:
    """The sources of the indicator that are of the year."""
    every = census().indicators[indicator].sources
    return tuple(source for source in every if str(year) in source) or every


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
