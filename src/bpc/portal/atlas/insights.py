"""What the figures of the census say of one place: its specialities, what it lacks, its members, its changes.

Every answer is a value with its figure, what it is compared with, its interval, its year, its sources and the method
that made it. Nothing here asks the database: the census is a file, and its statistics are held by the process.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.contiguity import Contiguity
from bpc.core.territory.shrinkage import Shrunk
from bpc.core.territory.specialisation import SLIGHT, Quotients, Verdict, quotient_bounds, verdicts
from bpc.portal.atlas import changes as change_figures
from bpc.portal.atlas import membership as membership_figures
from bpc.portal.atlas import shortfalls as lack_figures
from bpc.portal.atlas import specialisation as speciality_figures
from bpc.portal.atlas.country import LEVELS
from bpc.portal.atlas.insight_values import (
    Beside,
    ChangeHere,
    Evidence,
    MembershipHere,
    NeedFromData,
    NeighbourHere,
    Shortfall,
    Speciality,
)
from bpc.portal.atlas.nesting import nesting, people_behind
from bpc.portal.reference.census import census
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.reference.profile import Fact, fact

Floats = NDArray[np.float64]

MEASURES: dict[str, tuple[str, ...]] = {
    "sectors": speciality_figures.SECTORS,
    "professions": speciality_figures.PROFESSIONS,
    "establishments": speciality_figures.ESTABLISHMENTS,
}
#: A lack is shared with a neighbour when both are among the worse-off fifth of their level.
SHARED_SEVERITY = 80.0
#: Position of the country in the census, and the way of a place whose figure is unknown.
NATION, UNTOLD = 0, 9
NORMAL_90 = 1.6449  # nine chances in ten lie within so many standard errors


def specialisations(code: str) -> tuple[Speciality, ...]:
    """Every activity of each measure, the measures in their order and in each the most special first, unknown last.

    Raises KeyError for a territory that does not exist.
    """
    found: list[Speciality] = []
    for measure in MEASURES:
        here = _specialities(code, measure)
        found += sorted(here, key=lambda one: -1.0 if one.quotient is None else one.quotient, reverse=True)
    return tuple(found)


def _specialities(code: str, measure: str) -> list[Speciality]:
    here = census().position[code]
    told, said = _quotients_everywhere(measure)
    found = []
    for column, activity in enumerate(told.activities):
        shares = _percents(activity)
        kind = speciality_figures.kind_of(activity)
        shrunk = speciality_figures.shrunk_shares(activity)
        parent_quotient, in_parent = _against_parent(activity, here)
        found.append(
            Speciality(
                activity=activity,
                measure=measure,
                share=_known(shares[here]),
                nation=_known(shares[NATION]),
                parent=_parent(shares, here),
                quotient=_known(told.estimate[here, column]),
                low=_known(told.low[here, column]),
                high=_known(told.high[here, column]),
                verdict=Verdict(int(said[here, column])),
                parent_quotient=parent_quotient,
                in_parent=in_parent,
                beside=_around_activity(activity).at(here),
                evidence=_evidence(kind.year, kind.sources, "specialisation", shrunk, here),
            )
        )
    return found


@cache
def _quotients_everywhere(
    measure: str,
) -> tuple[Quotients, NDArray[np.int64]]:
    """The quotients of a measure and their verdicts, (places, activities): one reading serves every sheet."""
    places = np.arange(len(census().territories))
    told = speciality_figures.quotients(MEASURES[measure], places)
    size = np.broadcast_to(told.size[:, None], told.estimate.shape)
    return told, verdicts(told.estimate, told.low, told.high, size)


@cache
def _percents(activity: str) -> Floats:
    return np.round(speciality_figures.shares_of(activity) * 100.0, 6)


@cache
def _against_parents(activity: str) -> tuple[Floats, NDArray[np.int64]]:
    """The estimates of an activity's ratio to its weight in the place above each place, and their verdicts."""
    shrunk = speciality_figures.shrunk_shares(activity)
    bounds = quotient_bounds(shrunk, shrunk.raw[nesting().parent])
    return bounds[0], verdicts(*bounds, shrunk.size)


def _against_parent(activity: str, here: int) -> tuple[float | None, Verdict]:
    """What is known of an activity's ratio to its weight in the place above; nothing is above the country."""
    if here == NATION:
        return None, Verdict.UNKNOWN
    estimates, said = _against_parents(activity)
    return _known(estimates[here]), Verdict(int(said[here]))


def shortfalls(code: str) -> tuple[Shortfall, ...]:
    """Everything the census tells is missing, the worst against the places of the same level first, unknown last.

    Of the country only the figures are told: it is what the others are compared with. Raises KeyError for a
    territory that does not exist.
    """
    found = [_shortfall(code, lack) for lack in lack_figures.LACKS_ASKED]
    return tuple(sorted(found, key=lambda one: -1.0 if one.severity is None else one.severity, reverse=True))


def _shortfall(code: str, lack: lack_figures.Lack) -> Shortfall:
    here = census().position[code]
    level = LEVELS[int(nesting().level[here])]
    values, shrunk = lack_figures.published(lack), lack_figures.shrunk(lack)
    ranks = lack_figures.ranks(lack, level)
    low, high = (None, None) if shrunk is None else _bounds(shrunk, here, 100.0)
    is_place = here != NATION
    return Shortfall(
        lack=lack.id,
        need=lack.need,
        unit=lack.unit,
        value=_known(values[here]),
        nation=_known(values[NATION]),
        parent=_parent(values, here),
        behind_nation=_known(lack_figures.behind_country(lack)[here]) if is_place else None,
        behind_parent=_known(lack_figures.behind_parent(lack)[here]) if is_place else None,
        low=low,
        high=high,
        severity=_known(lack_figures.severities(lack, level)[here]) if is_place else None,
        rank=int(ranks[here]) if is_place else 0,
        of=int((ranks > 0).sum()),
        beside=_around_lack(lack).at(here),
        evidence=_evidence(lack.year, lack_figures.SOURCES[lack.year], "shortfalls", shrunk, here),
    )


def needs_from_data(code: str) -> tuple[NeedFromData, ...]:
    """What the figures say of the needs of the list that figures can tell of; nothing of the country.

    Raises KeyError for a territory that does not exist.
    """
    here = census().position[code]
    if here == NATION:
        return ()
    level = LEVELS[int(nesting().level[here])]
    found = []
    for need in lack_figures.NEEDS:
        asked = [lack for lack in lack_figures.LACKS_ASKED if lack.need == need]
        known = [lack for lack in asked if not np.isnan(lack_figures.severities(lack, level)[here])]
        score = _known(lack_figures.need_scores(need, level)[here])
        found.append(NeedFromData(need, score, len(known) / len(asked), tuple(lack.id for lack in asked)))
    return tuple(found)


def youth(code: str, parent: str) -> Fact:
    """The share of people of 15 to 34, a strength as much as a need: HCP publishes no work or unemployment by age."""
    return fact(code, "age_15_34", parent=parent)


def membership(code: str) -> MembershipHere:
    """Members of cooperatives and partners against what is expected of who works here.

    Raises KeyError for a territory that does not exist.
    """
    here = census().position[code]
    shares, before = membership_figures.observed().shares, membership_figures.asked_before().shares
    ratios = membership_figures.ratios()
    own = ratios.at(np.array([here]))
    size = people_behind(membership_figures.WORKERS, 2024)
    said = verdicts(own.mean, own.low, own.high, size[here : here + 1])
    low, high = _bounds(ratios, here)
    return MembershipHere(
        share=_percent(shares[here]),
        nation=_percent(shares[NATION]),
        parent=_parent(np.round(shares * 100.0, 6), here),
        expected=_percent(membership_figures.expected()[here]),
        ratio=_known(own.mean[0]),
        low=low,
        high=high,
        verdict=Verdict(int(said[0])),
        workers=_known(census().column(membership_figures.WORKERS, 2024)[here]),
        share_2014=_percent(before[here]),
        nation_2014=_percent(before[NATION]),
        beside=_around_membership().at(here),
        evidence=Evidence(
            2024,
            membership_figures.SOURCES_2024,
            "cooperative-membership",
            _known(size[here]),
            _known(ratios.own_weight[here]),
        ),
    )


def changes(code: str) -> tuple[ChangeHere, ...]:
    """The changes of 2014 to 2024 by their parts, of the questions both censuses asked alike.

    Raises KeyError for a territory that does not exist.
    """
    here = census().position[code]
    found = []
    for question in change_figures.QUESTIONS:
        parts = change_figures.parts(question)
        before, change = _known(parts.before[here]), _known(parts.change[here])
        known = before is not None and change is not None
        error = float(change_figures.errors(question)[here])
        found.append(
            ChangeHere(
                question=question,
                before=before if known else None,
                after=before + change if before is not None and change is not None else None,
                national=_known(parts.national[here]) if known else None,
                mix=_known(parts.mix[here]) if known else None,
                local=_known(parts.local[here]) if known else None,
                margin=NORMAL_90 * error,
                evidence=Evidence(2024, change_figures.SOURCES, "shift-share", None, None),
            )
        )
    return tuple(found)


def neighbours(code: str) -> tuple[NeighbourHere, ...]:
    """The places that share a boundary, the longest first, with what both do more and what both lack.

    Raises KeyError for a territory that does not exist.
    """
    here = census().position[code]
    position, level = census().position, LEVELS[int(nesting().level[here])]
    activities = [name for names in MEASURES.values() for name in names if directions(name)[here] > 0]
    lacks = [
        lack
        for lack in lack_figures.LACKS_ASKED
        if lack_figures.severities(lack, level)[here] >= SHARED_SEVERITY
    ]
    found = []
    for pair in gazetteer().neighbours.get(code, ()):
        there = position[pair.neighbour]
        found.append(
            NeighbourHere(
                code=pair.neighbour,
                shared_km=pair.shared_km,
                activities=tuple(name for name in activities if directions(name)[there] > 0),
                lacks=tuple(
                    lack.id
                    for lack in lacks
                    if lack_figures.severities(lack, level)[there] >= SHARED_SEVERITY
                ),
            )
        )
    return tuple(found)


@cache
def contiguity() -> Contiguity:
    """Who touches whom, at the three levels, by our own boundaries."""
    pairs = ((pair.code, pair.neighbour) for held in gazetteer().neighbours.values() for pair in held)
    return Contiguity.of_pairs(census().position, pairs)


@cache
def directions(activity: str) -> NDArray[np.int64]:
    """Whether each place does more (1) or less (-1) of an activity than the country, by a tenth at least; 9 unknown."""
    return _ways(speciality_figures.shrunk_means(activity))


@dataclass(frozen=True)
class _Around:
    """For every place: neighbours that go its way, those of whom it can be told, and the mean of their figures."""

    alike: NDArray[np.int64]
    known: NDArray[np.int64]
    mean: Floats

    @classmethod
    def of(cls, ways: NDArray[np.int64], figures: Floats) -> "_Around":
        alike, known = contiguity().agreeing(ways)
        return cls(alike, known, contiguity().lag(figures)[0])

    def at(self, here: int) -> Beside:
        return Beside(int(self.alike[here]), int(self.known[here]), _known(self.mean[here]))


@cache
def _around_activity(activity: str) -> _Around:
    return _Around.of(directions(activity), speciality_figures.shares_of(activity) * 100.0)


@cache
def _around_membership() -> _Around:
    return _Around.of(_ways(membership_figures.ratios().mean), membership_figures.observed().shares * 100.0)


@cache
def _around_lack(lack: lack_figures.Lack) -> _Around:
    gaps = lack_figures.behind_country(lack)
    ways = np.where(np.isnan(gaps), UNTOLD, np.sign(gaps)).astype(np.int64)
    return _Around.of(ways, lack_figures.published(lack))


def _ways(ratios: Floats) -> NDArray[np.int64]:
    ways = np.where(ratios >= SLIGHT, 1, np.where(ratios <= 1 / SLIGHT, -1, 0))
    return np.where(np.isnan(ratios), UNTOLD, ways).astype(np.int64)


def _evidence(year: int, sources: tuple[str, ...], method: str, shrunk: Shrunk | None, here: int) -> Evidence:
    if shrunk is None:
        return Evidence(year, sources, method, None, None)
    return Evidence(year, sources, method, _known(shrunk.size[here]), _known(shrunk.own_weight[here]))


def _bounds(shrunk: Shrunk, here: int, scale: float = 1.0) -> tuple[float | None, float | None]:
    low, high = shrunk.at(np.array([here])).bounds
    return _known(low[0] * scale), _known(high[0] * scale)


def _known(figure: float) -> float | None:
    return None if figure != figure else float(figure)  # NaN is the only number that differs from itself


def _percent(share: float) -> float | None:
    """A share as published: the dust of dividing by a hundred and coming back is rounded away."""
    known = _known(share * 100.0)
    return None if known is None else round(known, 6)


def _parent(values: Floats, here: int) -> float | None:
    """The figure of the place above; None for the country."""
    return _known(values[nesting().parent[here]]) if here != NATION else None
