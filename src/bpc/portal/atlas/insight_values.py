"""What the computed figures say of one place, as values: a figure, what it is compared with, and its evidence."""

from dataclasses import dataclass

from bpc.core.territory.specialisation import Verdict


@dataclass(frozen=True)
class Evidence:
    """Where a computed figure comes from. Its confidence is always "deduced".

    `people` are those (or the households, or businesses) drawn evenly who stand behind it, `own_weight` the part of
    the estimate that is the place's own rather than its parent's; None where nothing was shrunk.
    """

    year: int
    sources: tuple[str, ...]
    method: str
    people: float | None
    own_weight: float | None


@dataclass(frozen=True)
class Beside:
    """How many of the neighbours go the same way, of those of whom it can be told, and the mean of their figures.

    The mean is that of the published figures, each neighbour counting alike; None where none is known.
    """

    alike: int
    known: int
    mean: float | None


@dataclass(frozen=True)
class Speciality:
    """An activity's weight here, in percent; the estimate of its ratio to the country's weight, with its bounds.

    `in_parent` is what may be said of it against the place above (the country itself for a region).

    `measure` is "sectors", "professions" (people who work, 2014) or "establishments" (businesses, 2024). The measures
    are shown side by side; none is taken from another.
    """

    activity: str
    measure: str
    share: float | None
    nation: float | None
    parent: float | None
    quotient: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    parent_quotient: float | None
    in_parent: Verdict
    beside: Beside
    evidence: Evidence


@dataclass(frozen=True)
class Shortfall:
    """Something missing by the figures. Gaps above zero are worse than the country, or than the parent.

    `severity` is the percent of the places of the same level that do better, `rank` the place's from the worst off,
    of `of` known; all three are of the estimates, so that a hamlet does not take the extremes.
    """

    lack: str
    need: str
    unit: str
    value: float | None
    nation: float | None
    parent: float | None
    behind_nation: float | None
    behind_parent: float | None
    low: float | None
    high: float | None
    severity: float | None
    rank: int
    of: int
    beside: Beside
    evidence: Evidence


@dataclass(frozen=True)
class NeedFromData:
    """What the figures say of a need of the list: 0 the best off of its level, 100 the worst.

    `known` is the part of its questions with a figure here. Nothing of it is what people said.
    """

    need: str
    score: float | None
    known: float
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class MembershipHere:
    """Members of cooperatives and partners, in percent of the people who work, against what is expected.

    `ratio` is observed over expected, pulled toward the parent's, with its bounds; `share_2014` answers another
    question and is only shown beside.
    """

    share: float | None
    nation: float | None
    parent: float | None
    expected: float | None
    ratio: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    workers: float | None
    share_2014: float | None
    nation_2014: float | None
    beside: Beside
    evidence: Evidence


@dataclass(frozen=True)
class ChangeHere:
    """A count of 2014 and of 2024, and the parts of its change, which sum to it; all unknown, or none.

    `margin`: how far the place's own part may be off, nine chances in ten, because 2024 asked a sample; 0 where all
    were asked.
    """

    question: str
    before: float | None
    after: float | None
    national: float | None
    mix: float | None
    local: float | None
    margin: float
    evidence: Evidence

    @property
    def change(self) -> float | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class NeighbourHere:
    """A place beside: the boundary shared, and what both do more than the country, or both lack."""

    code: str
    shared_km: float
    activities: tuple[str, ...]
    lacks: tuple[str, ...]
