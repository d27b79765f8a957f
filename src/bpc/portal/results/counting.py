"""What became of projects, counted together: by territory, by sector, and by sector in each region.

Nothing is told that comes from fewer than five projects, or tells of fewer than five people, nor what would give it
back by subtraction along any of the sums: country and regions, region and provinces, province and communes, region and
sectors.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from bpc.core.territory.survey_intervals import median_interval, share_interval, two_figures
from bpc.portal.foundation.small_cells import Cell, hidden_cells
from bpc.portal.projects.states import Answer
from bpc.portal.results.models import PeriodResult

#: Counts of people: added up. Amounts: the middle one, rounded, that no single project moves.
COUNTS = ("members", "women", "youth", "jobs_permanent", "jobs_seasonal")
AMOUNTS = ("turnover_mad", "income_per_member_mad")
LIVING, SILENT = "living", "silent"
MEASURES = (LIVING, *COUNTS, *AMOUNTS, SILENT)
COUNTRY = "MA"
_YEAR = 12
Group = tuple[str, str]  # code of a territory, code of a sector or nothing


@dataclass(frozen=True, slots=True)
class Told:
    """The last answer of a project, or its silence. `places`: its region, province and commune."""

    places: tuple[str, ...]
    sector: str
    answered: bool
    alive: str = Answer.UNKNOWN
    months: int = 0
    figures: Mapping[str, int | None] | None = None

    def value(self, measure: str) -> int | None:
        """What this project says of a measure; None when it does not know, or is not asked that."""
        if measure == SILENT:
            return None if self.answered else 1
        if not self.answered:
            return None
        if measure == LIVING:
            return None if self.alive == Answer.UNKNOWN else int(self.alive == Answer.YES)
        if self.alive == Answer.NO or (measure in AMOUNTS and self.months != _YEAR):
            return None  # a quarter is no year
        return (self.figures or {}).get(measure)

    def groups(self) -> list[Group]:
        """Every group it counts in."""
        return [
            (COUNTRY, ""), (COUNTRY, self.sector), (self.places[0], self.sector),
            *((place, "") for place in self.places),
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure told: None is hidden or not known; `hidden` tells which. `projects`: from how many it comes.

    `low`, `high`: where the value of all such projects lies nine times in ten; None where too few answered.
    """

    value: float | None
    projects: int | None
    hidden: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A territory, or a sector of one (`sector` is not empty). `answered`: None where it is hidden."""

    place: str
    sector: str
    answered: int | None
    figures: Mapping[str, Figure]


def last_told(before: datetime, *, is_demo: bool) -> list[Told]:
    """The last answer of each project before a moment; silent when it was asked and never answered."""
    rows = (
        PeriodResult.objects.filter(project__is_demo=is_demo)
        .order_by("project", "ends_on")
        .values(
            "project", "project__region", "project__province", "project__commune", "project__sector",
            "answered_at", "asked_at", "alive", "months", *COUNTS, *AMOUNTS,
        )
    )  # fmt: skip
    found: dict[int, Told] = {}
    for row in rows.iterator(chunk_size=2000):
        places = (row["project__region"], row["project__province"], row["project__commune"])
        if row["answered_at"] is not None and row["answered_at"] < before:
            figures = {name: row[name] for name in (*COUNTS, *AMOUNTS)}
            found[row["project"]] = Told(
                places, row["project__sector"], True, row["alive"], row["months"], figures
            )
        elif row["asked_at"] is not None and row["asked_at"] < before:
            found.setdefault(row["project"], Told(places, row["project__sector"], False))
    return list(found.values())


def count(told: Sequence[Told]) -> list[Row]:
    """A row for each group that has projects, in the order of the codes, what is small taken out."""
    groups: dict[Group, list[Told]] = {}
    for one in told:
        for group in one.groups():
            groups.setdefault(group, []).append(one)
    sums = _sums(told)
    numbers = {group: sum(one.answered for one in own) for group, own in groups.items()}
    silent_groups = hidden_cells({group: Cell(number) for group, number in numbers.items()}, sums)
    hidden = {
        measure: hidden_cells(
            {group: _cell(own, measure) for group, own in groups.items()},
            sums,
            already=silent_groups if measure != SILENT else frozenset(),
        )
        for measure in MEASURES
    }
    return [
        Row(
            place,
            sector,
            None if (place, sector) in silent_groups else numbers[place, sector],
            {measure: _figure(own, measure, hide=(place, sector) in hidden[measure]) for measure in MEASURES},
        )
        for (place, sector), own in sorted(groups.items())
    ]


def _sums(told: Iterable[Told]) -> list[tuple[Group, list[Group]]]:
    """Which groups add up to which: a wrong one would leave a way to what is hidden."""
    parts: dict[tuple[Group, str], set[Group]] = {}

    def add(whole: Group, kind: str, part: Group) -> None:
        parts.setdefault((whole, kind), set()).add(part)

    for one in told:
        chain = (COUNTRY, *one.places)
        for wide, narrow in pairwise(chain):
            add((wide, ""), "places", (narrow, ""))
        region = one.places[0]
        add((COUNTRY, ""), "sectors", (COUNTRY, one.sector))
        add((region, ""), "sectors", (region, one.sector))
        add((COUNTRY, one.sector), "regions", (region, one.sector))
    return [(whole, sorted(own)) for (whole, _kind), own in sorted(parts.items())]


def _values(told: Iterable[Told], measure: str) -> list[int]:
    return [value for one in told if (value := one.value(measure)) is not None]


def _cell(told: Sequence[Told], measure: str) -> Cell:
    """From how many projects it comes, and the people or projects that it tells of, those left out too."""
    values = _values(told, measure)
    total = sum(values)
    if measure == LIVING:
        return Cell(len(values), (total, len(values) - total))
    if measure in AMOUNTS or measure == SILENT:
        return Cell(len(values))
    if measure in ("women", "youth"):
        pairs = [(one.value("members"), one.value(measure)) for one in told]
        others = sum(whole - part for whole, part in pairs if whole is not None and part is not None)
        return Cell(len(values), (total, others))
    return Cell(len(values), (total,))


def _figure(told: Sequence[Told], measure: str, *, hide: bool) -> Figure:
    values = _values(told, measure)
    if hide:
        return Figure(None, None, hidden=True)
    if not values:  # nobody is silent: that is known
        return Figure(0.0 if measure == SILENT else None, 0)
    if measure in AMOUNTS:
        middle = median_interval(values)
        ends = [None if end is None else two_figures(end) for end in (middle.low, middle.high)]
        return Figure(two_figures(middle.value), len(values), False, *ends)
    if measure == LIVING:
        share = share_interval(sum(values), len(values))
        ends = [None if end is None else round(100 * end, 1) for end in (share.low, share.high)]
        return Figure(float(sum(values)), len(values), False, *ends)
    return Figure(float(sum(values)), len(values))


def as_stored(figures: Mapping[str, Figure]) -> dict[str, dict[str, Any]]:
    """Figures as a published row keeps them."""
    return {
        measure: {name: getattr(figure, name) for name in ("value", "projects", "hidden", "low", "high")}
        for measure, figure in figures.items()
    }


def as_read(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, Figure]:
    """The figures of a published row; a measure it does not hold is not known."""
    return {
        measure: Figure(**stored[measure]) if measure in stored else Figure(None, 0) for measure in MEASURES
    }
