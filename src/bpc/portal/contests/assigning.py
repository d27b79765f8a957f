"""Readings are given: what the engine is asked from the rows, its answer kept with its reasons, then applied.

A proposal is computed, shown, and applied only if nothing it depends on changed since: what the organisers read is what
is done. Readings done or begun stay; those asked and not begun move only when something asks for it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

from bpc.core.jury.assignment import Assignment, Infeasible, Instance, assign
from bpc.core.jury.instance import Flags
from bpc.portal.contests.conflict_finding import find_conflicts
from bpc.portal.contests.jury_actions import NotNow, lock, names_of
from bpc.portal.contests.models import AssignmentRun, Conflict, Edition, Entry, Juror, Reading
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import EntryState, JurorState, Phase, ReadingState
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.people.delivery import notify
from bpc.portal.projects.states import Answer

ASSIGNING = frozenset({Phase.CHECKING, Phase.MARKING})
MOST_PAIRS = 200_000  # entries × jurors: more would keep a person waiting longer than a page may
PROPOSED, OPTIMAL, INFEASIBLE, STALE = "proposed", "optimal", "infeasible", "stale"
_WOMAN = {Answer.YES: 1, Answer.NO: 0}


class NothingToRead(Exception):
    """No entry was found eligible yet."""


class TooLarge(Exception):
    """More entries and jurors than one run takes."""


class ProposalStale(Exception):
    """Something the proposal depends on changed since it was made."""


@dataclass(frozen=True, eq=False)
class Question:
    """An instance, the rows behind it, and a digest of both."""

    instance: Instance
    active: dict[tuple[int, int], Reading]  # (entry, juror) → its reading, released ones left out

    @property
    def digest(self) -> str:
        """Changes when anything the answer depends on changes."""
        one = self.instance
        hashed = hashlib.sha256(repr((one.entries, one.jurors, one.readings)).encode())
        rules = (one.forbidden, one.speaks, one.woman, one.outside, one.capacity)
        for flags in (*rules, one.kept, one.standing):
            hashed.update(np.ascontiguousarray(flags).tobytes())
        return hashed.hexdigest()


def question_of(edition: Edition, *, without: Juror | None = None, keep_asked: bool = False) -> Question:
    """What the engine is asked now. `without`: as if this juror had left; `keep_asked`: readings asked stay too."""
    eligible = Entry.objects.filter(edition=edition, state=EntryState.ELIGIBLE)
    entries = list(eligible.order_by("pk").values_list("pk", "language", "region_id"))
    asked = [
        reading
        for reading in Reading.objects.filter(entry__in=eligible.values("pk"))
        .exclude(state=ReadingState.RELEASED)
        .only("juror_id", "entry_id", "state", "saved_at", "is_extra")
        if without is None or reading.juror_id != without.pk or reading.state == ReadingState.DONE
    ]
    jurors = _jurors_of(edition, {reading.juror_id for reading in asked})
    if len(entries) * len(jurors) > MOST_PAIRS:
        raise TooLarge
    grid = _Grid(tuple(key for key, *_rest in entries), tuple(juror.pk for juror in jurors))
    # asked by the president beyond everybody's readings: left alone, never doubled
    extra = grid.marked(reading for reading in asked if reading.is_extra)
    readings = [reading for reading in asked if not reading.is_extra]
    kept = grid.marked(reading for reading in readings if keep_asked or _is_begun(reading))
    conflicts = Conflict.objects.filter(juror__edition=edition, lifted_at=None).only("juror_id", "entry_id")
    return Question(
        Instance(
            grid.entries, grid.jurors, edition.readings_per_entry,
            (grid.marked(conflicts) & ~kept) | extra,
            _speaks(entries, jurors),
            np.array([_WOMAN.get(Answer(juror.woman), -1) for juror in jurors], dtype=np.int64),
            _outside(entries, jurors),
            _capacity(jurors, kept.sum(axis=0), extra.sum(axis=0), without),
            kept,
            grid.marked(readings) & ~kept,
        ),
        {(reading.entry_id, reading.juror_id): reading for reading in readings},
    )  # fmt: skip


def _is_begun(reading: Reading) -> bool:
    return reading.state == ReadingState.DONE or reading.saved_at is not None


class _Grid:
    """Entries as rows, jurors as columns."""

    def __init__(self, entries: tuple[int, ...], jurors: tuple[int, ...]) -> None:
        self.entries, self.jurors = entries, jurors
        self._row = {key: i for i, key in enumerate(entries)}
        self._column = {key: j for j, key in enumerate(jurors)}

    def marked(self, pairs: Iterable[Reading | Conflict]) -> Flags:
        """True where one of `pairs` is; what is off the grid is left out."""
        flags = np.zeros((len(self.entries), len(self.jurors)), dtype=bool)
        for pair in pairs:
            if pair.entry_id in self._row and pair.juror_id in self._column:
                flags[self._row[pair.entry_id], self._column[pair.juror_id]] = True
        return flags


def _jurors_of(edition: Edition, reading: set[int]) -> list[Juror]:
    """Those who sit, and those who left readings that stand."""
    rows = Juror.objects.filter(edition=edition).order_by("pk")
    named = rows.only("state", "languages", "woman", "region_id", "most_readings")
    return [juror for juror in named if juror.state == JurorState.ACCEPTED or juror.pk in reading]


def _speaks(entries: list[Any], jurors: list[Juror]) -> Any:
    """An entry's language among those the juror reads."""
    return np.array(
        [[language in juror.languages for juror in jurors] for _key, language, _region in entries], dtype=bool
    ).reshape(len(entries), len(jurors))


def _outside(entries: list[Any], jurors: list[Juror]) -> Any:
    """A juror of another region, as far as both are known."""
    return np.array(
        [
            [bool(juror.region_id) and juror.region_id != region for juror in jurors]
            for *_ignored, region in entries
        ],
        dtype=bool,
    ).reshape(len(entries), len(jurors))


def _capacity(jurors: list[Juror], kept: Any, extra: Any, without: Juror | None) -> Any:
    """What each said they can take, further readings taken off; who left takes nothing more."""
    gone = [juror.state != JurorState.ACCEPTED or juror == without for juror in jurors]
    said = [MOST_PAIRS if juror.most_readings is None else juror.most_readings for juror in jurors]
    return np.where(gone, kept, np.maximum(np.array(said, dtype=np.int64) - extra, 0)).astype(np.int64)


@transaction.atomic
def propose_assignment(*, edition: Edition, actor: Any, at: datetime) -> AssignmentRun:
    """Find conflicts, compute who would read what, and keep it with its reasons; nothing is given yet.

    Raises `NotNow`, `NothingToRead`, `TooLarge`, `OutOfTime`, `PermissionDenied`.
    """
    row = lock(edition)
    check_now(row, actor, at)
    find_conflicts(row, at)
    return compute(row, question_of(row), actor, at)


def check_now(edition: Edition, actor: Any, at: datetime) -> None:
    """Readings are given by the organisers, between the entries' close and the end of marking."""
    check(actor, "contests.organise", edition)
    if phase_of(edition, at) not in ASSIGNING:
        raise NotNow


def compute(edition: Edition, question: Question, actor: Any, at: datetime) -> AssignmentRun:
    """Ask the engine and keep its answer as a proposal, or as a refusal with its reasons."""
    instance = question.instance
    if not instance.entries:
        raise NothingToRead
    found = assign(instance)
    AssignmentRun.objects.filter(edition=edition, status=PROPOSED).update(status=STALE)
    asked = {
        "entries": len(instance.entries), "jurors": len(instance.jurors), "readings": instance.readings,
        "kept": int(instance.stands.sum()), "digest": question.digest,
    }  # fmt: skip
    status = INFEASIBLE if isinstance(found, Infeasible) else PROPOSED
    return AssignmentRun.objects.create(
        edition=edition, at=at, by=actor, status=status, asked=asked, report=report_of(question, found)
    )


def report_of(question: Question, found: Assignment | Infeasible) -> dict[str, Any]:
    """The answer as it is kept: keys of rows and codes, no words."""
    if isinstance(found, Infeasible):
        return {
            "reasons": [
                {
                    "code": one.code,
                    "entries": list(one.entries),
                    "jurors": list(one.jurors),
                    "short_by": one.short_by,
                }
                for one in found.reasons
            ]
        }
    pairs, before = set(found.pairs), set(question.active)
    return {
        "pairs": [list(pair) for pair in found.pairs],
        "loads": [[juror, load] for juror, load in found.loads.items()],
        "met": found.met,
        "unmet": [[one.entry, one.wish, one.reason, list(one.jurors)] for one in found.unmet],
        "uneven": [[one.juror, one.load, one.reason] for one in found.uneven],
        "proved": found.proved,
        "parts": found.parts,
        "added": len(pairs - before),
        "released": len(before - pairs),
    }


@transaction.atomic
def apply_assignment(*, run: AssignmentRun, actor: Any, at: datetime) -> AssignmentRun:
    """Give the readings of a proposal; jurors who get some are told, once each.

    Raises `ProposalStale` when anything it depends on changed, `NotNow`, `PermissionDenied`.
    """
    edition = lock(run.edition)
    check_now(edition, actor, at)
    row = AssignmentRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    question = question_of(edition)
    if row.status != PROPOSED or row.asked["digest"] != question.digest:
        raise ProposalStale
    added = give_readings(question, {(entry, juror) for entry, juror in row.report["pairs"]}, at)
    row.status = OPTIMAL
    row.save(update_fields=["status"])
    data = {"run": row.pk, "added": row.report["added"], "released": row.report["released"]}
    record(actor=actor, verb="assign readings", obj=edition, at=at, data=data)
    tell_readers(edition, added, at)
    return row


def give_readings(question: Question, pairs: set[tuple[int, int]], at: datetime) -> Counter[int]:
    """Ask the readings of `pairs` that nobody was asked, release the others; how many each juror gets anew."""
    gone = [reading.pk for pair, reading in question.active.items() if pair not in pairs]
    Reading.objects.filter(pk__in=gone).update(state=ReadingState.RELEASED, reason="assignment")
    added = [pair for pair in sorted(pairs) if pair not in question.active]
    entries = {entry for entry, _juror in added}
    former = {
        (reading.entry_id, reading.juror_id): reading
        for reading in Reading.objects.filter(entry__in=entries, state=ReadingState.RELEASED)
    }
    again = [former[pair] for pair in added if pair in former]
    for reading in again:
        reading.state, reading.reason, reading.assigned_at = ReadingState.ASSIGNED, "", at
    Reading.objects.bulk_update(again, ["state", "reason", "assigned_at"], batch_size=500)
    new = [
        Reading(entry_id=entry, juror_id=juror, assigned_at=at)
        for entry, juror in added
        if (entry, juror) not in former
    ]
    Reading.objects.bulk_create(new, batch_size=500)
    return Counter(juror for _entry, juror in added)


def tell_readers(edition: Edition, added: Counter[int], at: datetime) -> None:
    """One notice to each juror who got readings."""
    for juror in Juror.objects.filter(pk__in=added, user__isnull=False).select_related("user"):
        if juror.user is not None:
            data = {**names_of(edition, juror.user), "count": added[juror.pk]}
            notify(user=juror.user, kind="jury.readings", data=data, at=at)


@transaction.atomic
def run_assignment(*, edition: Edition, actor: Any, at: datetime) -> AssignmentRun:
    """Propose and apply at once; an infeasible run is returned with its reasons, nothing given.

    Raises what `propose_assignment` does.
    """
    run = propose_assignment(edition=edition, actor=actor, at=at)
    return run if run.status == INFEASIBLE else apply_assignment(run=run, actor=actor, at=at)
