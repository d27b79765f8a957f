"""What became of projects, counted together for everybody: by region, by sector, and for the country.

Nothing is shown that comes from fewer than five projects, nor what would give it back by subtraction. Answers count
from the end of their quarter: the page does not change with one answer. Demonstration projects never count.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median

from django.utils import timezone

from bpc.portal.foundation.small_cells import SMALLEST, Cell, hidden_rows, is_small
from bpc.portal.projects.states import Answer
from bpc.portal.results.models import PeriodResult

#: Counts of people: added up. Amounts: the middle one, that no single project moves.
COUNTS = ("members", "women", "youth", "jobs_permanent", "jobs_seasonal")
AMOUNTS = ("turnover_mad", "income_per_member_mad")
LIVING, SILENT = "living", "silent"
MEASURES = (LIVING, *COUNTS, *AMOUNTS, SILENT)
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Told:
    """The last answer of a project, or its silence."""

    region: str
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


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure shown: None is hidden or not known; `hidden` tells which. `projects`: from how many it comes."""

    value: float | None
    projects: int | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A region, a sector, or the whole: measure → figure. `answered`: None where it is hidden."""

    code: str
    answered: int | None
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """All that everybody may read, as of the last day of a quarter."""

    until: date
    whole: Row
    regions: tuple[Row, ...]
    sectors: tuple[Row, ...]


def last_quarter(today: date) -> date:
    """The first day of the quarter of `today`: what was answered before it counts."""
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)


def public_figures(at: datetime) -> PublicFigures:
    """The figures as everybody reads them at a moment."""
    until = last_quarter(timezone.localdate(at))
    told = last_told(timezone.make_aware(datetime.combine(until, time.min)))
    return PublicFigures(
        until, _whole(told), rows_by(told, lambda one: one.region), rows_by(told, lambda one: one.sector)
    )


def last_told(before: datetime) -> list[Told]:
    """The last answer of each project before a moment; silent when it was asked and never answered."""
    rows = (
        PeriodResult.objects.filter(project__is_demo=False)
        .order_by("project", "ends_on")
        .values(
            "project", "project__region", "project__sector", "answered_at", "asked_at", "alive", "months",
            *COUNTS, *AMOUNTS,
        )
    )  # fmt: skip
    found: dict[int, Told] = {}
    for row in rows.iterator(chunk_size=2000):
        place = (row["project__region"], row["project__sector"])
        if row["answered_at"] is not None and row["answered_at"] < before:
            figures = {name: row[name] for name in (*COUNTS, *AMOUNTS)}
            found[row["project"]] = Told(*place, True, row["alive"], row["months"], figures)
        elif row["asked_at"] is not None and row["asked_at"] < before:
            found.setdefault(row["project"], Told(*place, False))
    return list(found.values())


def rows_by(told: Sequence[Told], key: Callable[[Told], str]) -> tuple[Row, ...]:
    """A row for each region or sector that has projects, in the order of the codes, small ones hidden."""
    groups: dict[str, list[Told]] = {}
    for one in sorted(told, key=key):
        groups.setdefault(key(one), []).append(one)
    numbers = {code: sum(one.answered for one in own) for code, own in groups.items()}
    silent_rows = hidden_rows({code: Cell(number) for code, number in numbers.items()})
    hidden = {
        measure: hidden_rows(
            {code: _cell(own, measure) for code, own in groups.items()},
            already=silent_rows if measure != SILENT else frozenset(),
        )
        for measure in MEASURES
    }
    return tuple(
        Row(
            code,
            None if code in silent_rows else numbers[code],
            {measure: _figure(own, measure, hide=code in hidden[measure]) for measure in MEASURES},
        )
        for code, own in groups.items()
    )


def _whole(told: Sequence[Told]) -> Row:
    """The country: hidden only where it is itself small."""
    answered = sum(one.answered for one in told)
    figures = {measure: _figure(told, measure, hide=_cell(told, measure).hides) for measure in MEASURES}
    return Row("", None if is_small(answered) else answered, figures)


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
    if not values:
        return Figure(None, 0)
    if measure in AMOUNTS:
        return Figure(float(median(values)), len(values))
    return Figure(float(sum(values)), len(values))


__all__ = [
    "AMOUNTS", "COUNTS", "LIVING", "MEASURES", "SILENT", "SMALLEST", "Figure", "PublicFigures", "Row", "Told",
    "last_quarter", "last_told", "public_figures", "rows_by",
]  # fmt: skip
