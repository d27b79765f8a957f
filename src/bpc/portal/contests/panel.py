"""What the president sees once the jury has marked: how severe each juror is, who disagrees, where to read again.

Figures are the engine's (`core.jury`), never a ranking: the ranking is another page. Said with care: a juror apart from
the others may be right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from bpc.core.jury.marks import Marks
from bpc.core.jury.ranking import JurorReport
from bpc.portal.contests.blind import titles_as_read
from bpc.portal.contests.jury_actions import names_of
from bpc.portal.contests.marking import NotInPhase
from bpc.portal.contests.models import Conflict, Edition, Entry, Juror, Reading
from bpc.portal.contests.panel_findings import findings
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.ranking import marks_of, row_key
from bpc.portal.contests.states import EntryState, JurorState, Phase, ReadingState
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.delivery import notify

WORTH_TELLING = 0.5  # points between readers, below which nobody disagrees
NINETY = 1.6449  # deviations on each side of a 90 % interval
SHOWN_PHASES = (Phase.DISCUSSION, Phase.DECIDING)


class MayNotRead(Exception):
    """A conflict, a language, or a reading already asked keeps this juror from this entry."""


@dataclass(frozen=True)
class JurorFigure:
    """A juror: severity in points of 1 to 5 (positive: severe) with its 90 % interval, use of the scale, distance from
    the others in points, weight of their marks (1: as the mean)."""

    key: int
    name: str
    readings: int
    severity: float
    low: float
    high: float
    spread: float
    noise: float
    weight: float

    @property
    def kindness(self) -> float:
        """The other way round."""
        return -self.severity

    @property
    def is_sure(self) -> bool:
        """Whether the juror is surely severe or surely kind."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Told:
    """An entry as the president may read it."""

    key: int
    reference: str
    title: str
    language: str


@dataclass(frozen=True)
class Apart:
    """An entry whose readers differ by `gap` points once severities are corrected."""

    entry: Told
    gap: float
    highest: str
    lowest: str
    readings: int


@dataclass(frozen=True)
class Together:
    """Two jurors on the same side, away from the others, on the same entries."""

    jurors: tuple[str, str]
    is_above: bool
    entries: tuple[Told, ...]
    common: int


@dataclass(frozen=True)
class Wish:
    """A further reading that would tell most; `gain`: fall in the uncertainty of who is laureate, from 0 to 1/4."""

    entry: Told
    juror: int
    juror_name: str
    gain: float

    @property
    def hundredths(self) -> float:
        """The gain out of 25."""
        return 100 * self.gain


@dataclass(frozen=True)
class Panel:
    """What the panel shows; `waiting`: further readings asked and not yet in."""

    jurors: tuple[JurorFigure, ...]
    apart: tuple[Apart, ...]
    together: tuple[Together, ...]
    wishes: tuple[Wish, ...]
    waiting: tuple[Reading, ...]


def panel_of(edition: Edition, *, at: datetime) -> Panel:
    """The whole panel. Raises `ranking.NoMarks`."""
    marks = marks_of(edition)
    found = findings(marks, _possible(edition, marks), laureates=edition.laureates)
    names = dict(Juror.objects.filter(edition=edition).values_list("pk", "name"))
    apart = [one for one in found.apart if one.gap >= WORTH_TELLING]
    shown = {row_key(one.entry) for one in apart} | {row_key(one.entry) for one in found.wishes}
    shown |= {row_key(entry) for pair in found.together for entry in pair.entries}
    entries = _told(edition, shown, at)
    return Panel(
        jurors=_figures(found.reports, names),
        apart=tuple(
            Apart(
                entries[row_key(one.entry)], one.gap, names[row_key(one.highest)], names[row_key(one.lowest)],
                one.readings,
            )
            for one in apart
        ),
        together=tuple(
            Together(
                (names[row_key(pair.jurors[0])], names[row_key(pair.jurors[1])]), pair.side > 0,
                tuple(entries[row_key(entry)] for entry in pair.entries), pair.common,
            )
            for pair in found.together
        ),
        wishes=tuple(
            Wish(entries[row_key(one.entry)], row_key(one.juror), names[row_key(one.juror)], one.gain)
            for one in found.wishes
        ),
        waiting=tuple(_waiting(edition)),
    )  # fmt: skip


@transaction.atomic
def ask_extra_reading(*, entry: Entry, juror: Juror, actor: Any, at: datetime) -> Reading:
    """Ask one more reading where it is worth most, while the jury discusses; asked twice, it is asked once.

    Raises `NotInPhase`, `MayNotRead`, `PermissionDenied`.
    """
    edition = Edition.objects.select_for_update().get(pk=entry.edition_id)
    check(actor, "contests.preside", edition)
    if phase_of(edition, at) != Phase.DISCUSSION:
        raise NotInPhase(edition.slug)
    reading = Reading.objects.filter(entry=entry, juror=juror).first()
    if reading is not None and reading.is_extra and reading.state != ReadingState.RELEASED:
        return reading
    if reading is not None or not _may_read(entry, juror, edition):
        raise MayNotRead(f"{juror.pk} {entry.pk}")
    made = Reading.objects.create(entry=entry, juror=juror, is_extra=True, reason="further", assigned_at=at)
    record(actor=actor, verb="ask further reading", obj=made, at=at, data={"entry": entry.reference})
    if juror.user is not None:
        notify(
            user=juror.user, kind="jury.readings", data={**names_of(edition, juror.user), "count": 1}, at=at
        )
    return made


def _may_read(entry: Entry, juror: Juror, edition: Edition) -> bool:
    return (
        juror.edition_id == edition.pk
        and juror.state == JurorState.ACCEPTED
        and entry.state == EntryState.ELIGIBLE
        and entry.language in juror.languages
        and not Conflict.objects.filter(juror=juror, entry=entry, lifted_at=None).exists()
    )


def _possible(edition: Edition, marks: Marks) -> NDArray[np.bool_]:
    """Who could read what further: sits, reads its language, no conflict, never asked; no other reading awaited."""
    entry_at = {key: place for place, key in enumerate(marks.entries)}
    juror_at = {key: place for place, key in enumerate(marks.jurors)}
    possible = np.zeros((len(entry_at), len(juror_at)), dtype=bool)
    languages = dict(Entry.objects.filter(pk__in=_eligible(edition)).values_list("pk", "language"))
    written = np.array([languages[row_key(key)] for key in marks.entries])
    sitting = Juror.objects.filter(edition=edition, state=JurorState.ACCEPTED).values_list("pk", "languages")
    for juror, reads in sitting:
        if juror in juror_at:
            possible[:, juror_at[juror]] = np.isin(written, list(reads))
    barred = [
        Reading.objects.filter(entry__in=_eligible(edition)).values_list("entry_id", "juror_id"),
        Conflict.objects.filter(juror__edition=edition, lifted_at=None).values_list("entry_id", "juror_id"),
    ]
    for pairs in barred:
        for entry, juror in pairs:
            if entry in entry_at and juror in juror_at:
                possible[entry_at[entry], juror_at[juror]] = False
    for reading in _waiting(edition):
        possible[entry_at[reading.entry_id]] = False
    return possible


def _eligible(edition: Edition) -> Any:
    return Entry.objects.filter(edition=edition, state=EntryState.ELIGIBLE).values("pk")


def _waiting(edition: Edition) -> Any:
    return Reading.objects.filter(
        entry__in=_eligible(edition), is_extra=True, state=ReadingState.ASSIGNED
    ).select_related("juror", "entry")


def _told(edition: Edition, keys: set[int], at: datetime) -> dict[int, Told]:
    rows = list(Entry.objects.filter(pk__in=keys).only("reference", "title", "language"))
    titles = titles_as_read(edition, rows, at=at)
    return {row.pk: Told(row.pk, row.reference, titles[row.pk], row.language) for row in rows}


def _figures(reports: Iterable[JurorReport], names: Mapping[int, str]) -> tuple[JurorFigure, ...]:
    """The most severe first."""
    figures = [
        JurorFigure(
            row_key(one.juror), names[row_key(one.juror)], one.readings, one.severity,
            one.severity - NINETY * one.severity_sd, one.severity + NINETY * one.severity_sd,
            one.spread, one.noise, one.weight,
        )
        for one in reports
    ]  # fmt: skip
    return tuple(sorted(figures, key=lambda figure: (-figure.severity, figure.key)))
