"""How far a jury is: its entries and its jurors, for those who follow it. This file never reads a mark.

Sorts are by reference or by numbers of readings only, so that nothing shown, and no order, tells a score.
Queries and rows fetched do not grow with the edition.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bpc.portal.contests.models import Edition, Entry, Juror, Reading
from bpc.portal.contests.states import EntryState, JurorState, ReadingState

PAGE_SIZE = 50
_DONE = Q(state=ReadingState.DONE)
_STARTED = Q(state=ReadingState.ASSIGNED, saved_at__isnull=False)
_ASKED_STATES = (ReadingState.ASSIGNED, ReadingState.DONE)  # released ones are no longer asked


class Sort(StrEnum):
    """The orders a board knows."""

    REFERENCE = "reference"
    FEWEST_DONE = "done"
    FEWEST_ASKED = "asked"


class JurorSort(StrEnum):
    """The orders of its jurors."""

    NAME = "name"
    SILENT = "silent"


@dataclass(frozen=True)
class EntryLine:
    """An entry and the number of its readings."""

    pk: int
    reference: str
    title: str
    language: str
    asked: int
    done: int

    @property
    def left(self) -> int:
        """Readings still awaited."""
        return self.asked - self.done


@dataclass(frozen=True)
class JurorLine:
    """A juror, what they were asked and did. `silent_days`: since something of theirs reached us, when work is left."""

    pk: int
    name: str
    is_president: bool
    asked: int
    done: int
    started: int
    seen_at: datetime | None
    silent_days: int | None

    @property
    def left(self) -> int:
        """Readings still awaited of them."""
        return self.asked - self.done


@dataclass(frozen=True)
class Board:
    """One page of a board; `unasked`: entries nobody is asked to read."""

    entries: list[EntryLine]
    page: Page[Entry]
    entry_count: int
    unasked: int
    asked: int
    done: int

    def entitled(self, titles: Mapping[int, str]) -> "Board":
        """The same with these titles, by key."""
        return replace(self, entries=[replace(line, title=titles[line.pk]) for line in self.entries])


@dataclass(frozen=True)
class JurorBoard:
    """One page of the jurors of a board."""

    jurors: list[JurorLine]
    page: Page[Juror]


def board(edition: Edition, *, page: str | int = 1, sort: Sort = Sort.REFERENCE) -> Board:
    """The entries that may be read and the number of their readings, fifty at a time."""
    rows = Entry.objects.filter(edition=edition, state=EntryState.ELIGIBLE)
    asked = _asked_in(edition)
    shown = Paginator(_sorted(rows, sort), PAGE_SIZE).get_page(page)
    on_page = list(shown)
    counts = _entry_counts(on_page)
    totals = asked.aggregate(asked=Count("pk"), done=Count("pk", filter=_DONE))
    return Board(
        entries=[
            EntryLine(row.pk, row.reference, row.title, row.language, *counts.get(row.pk, (0, 0)))
            for row in on_page
        ],
        page=shown,
        entry_count=shown.paginator.count,
        unasked=rows.filter(~Exists(_asked(OuterRef("pk")))).count(),
        **totals,
    )


def juror_board(
    edition: Edition, *, at: datetime, page: str | int = 1, sort: JurorSort = JurorSort.NAME
) -> JurorBoard:
    """The jurors who sit, fifty at a time; the longest silent first, or by name."""
    rows = Juror.objects.filter(edition=edition, state=JurorState.ACCEPTED)
    order = [F("seen_at").asc(nulls_first=True), "pk"] if sort == JurorSort.SILENT else ["name", "pk"]
    shown = Paginator(rows.only("name", "is_president", "seen_at").order_by(*order), PAGE_SIZE).get_page(page)
    on_page = list(shown)
    counts = _juror_counts(on_page)
    return JurorBoard([_juror_line(row, counts.get(row.pk), at) for row in on_page], shown)


def _asked(entry: Any) -> QuerySet[Reading]:
    return Reading.objects.filter(entry=entry, state__in=_ASKED_STATES)


def _asked_in(edition: Edition) -> QuerySet[Reading]:
    return Reading.objects.filter(
        entry__edition=edition, entry__state=EntryState.ELIGIBLE, state__in=_ASKED_STATES
    )


def _sorted(rows: QuerySet[Entry], sort: Sort) -> QuerySet[Entry]:
    rows = rows.only("reference", "title", "language")
    if sort == Sort.REFERENCE:
        return rows.order_by("reference")
    counted = _asked(OuterRef("pk"))
    if sort == Sort.FEWEST_DONE:
        counted = counted.filter(_DONE)
    number = counted.order_by().values("entry").annotate(number=Count("pk")).values("number")
    return rows.order_by(Coalesce(Subquery(number, output_field=IntegerField()), 0), "reference")


def _entry_counts(entries: list[Entry]) -> dict[int, tuple[int, int]]:
    counted = Reading.objects.filter(entry__in=entries, state__in=_ASKED_STATES).order_by().values("entry")
    return {
        row["entry"]: (row["asked"], row["done"])
        for row in counted.annotate(asked=Count("pk"), done=Count("pk", filter=_DONE))
    }


def _juror_counts(jurors: list[Juror]) -> dict[int, Mapping[str, Any]]:
    counted = Reading.objects.filter(
        juror__in=jurors, entry__state=EntryState.ELIGIBLE, state__in=_ASKED_STATES
    ).order_by()
    return {
        row["juror"]: row
        for row in counted.values("juror").annotate(
            asked=Count("pk"),
            done=Count("pk", filter=_DONE),
            started=Count("pk", filter=_STARTED),
            asked_since=Min("assigned_at"),
        )
    }


def _juror_line(row: Juror, counts: Mapping[str, Any] | None, at: datetime) -> JurorLine:
    found: Mapping[str, Any] = counts or {"asked": 0, "done": 0, "started": 0, "asked_since": None}
    since = row.seen_at or found["asked_since"]
    silent = (at - since).days if since is not None and found["done"] < found["asked"] else None
    return JurorLine(
        row.pk, row.name, row.is_president, found["asked"], found["done"], found["started"], row.seen_at, silent
    )  # fmt: skip
