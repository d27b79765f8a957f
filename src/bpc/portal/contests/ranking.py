"""What the machine proposes: marks that are in → `core.jury` → a ranking kept, with a proposal entry by entry."""

import hashlib
import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

import numpy as np
from django.db import transaction
from django.utils.crypto import salted_hmac

from bpc.core.jury.marks import Marks
from bpc.core.jury.ranking import Verdict, rank
from bpc.core.jury.verdict_file import anonymise, label
from bpc.portal.contests.models import Edition, Entry, Mark, Ranking
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import EntryState, Outcome, Phase, ReadingState
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check

#: Name and version of what computed; a test keeps it in step with the package.
SOFTWARE = "banque-projets-cooperatifs 0.1.0"


class WrongPhase(Exception):
    """The jury still marks or discusses, or the results are out."""


class NoMarks(Exception):
    """No reading is done: there is nothing to rank."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in a ranking; `entry` is its key. An entry that nobody read has neither merit nor rank.

    `merit` and `plain_mean` in points of 1 to 5; `place` counts the entries of higher merit, `rank` is that of the tie.
    """

    entry: int
    readings: int
    merit: float | None
    merit_sd: float | None
    plain_mean: float | None
    z_score: float | None
    place: int | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    chance: float | None  # of being among the laureates
    tied_with: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What follows from the rank alone. Without `outcome` the rank does not decide: the president must, with a reason.

    `why`: "" where it is clear, "border" for a tie across the last place, "unread" for an entry without a reading.
    """

    outcome: Outcome | None
    place: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """An entry whose rank moved between two computations; None: it was not ranked."""

    entry: int
    before: int | None
    after: int | None


def marks_of(edition: Edition) -> Marks:
    """The readings done of eligible entries, as the engine takes them; ids of entries and jurors are their keys.

    Entries without a reading are among `entries` all the same. Raises `NoMarks`.
    """
    criteria = list(edition.criteria.values_list("pk", "code", "weight"))
    entries = list(_eligible(edition).order_by("pk").values_list("pk", flat=True))
    given = Mark.objects.filter(reading__state=ReadingState.DONE, reading__entry__in=_eligible(edition))
    values: dict[int, dict[int, int | None]] = {}
    who: dict[int, tuple[int, int]] = {}
    for reading, entry, juror, criterion, value in given.order_by("reading_id").values_list(
        "reading_id", "reading__entry_id", "reading__juror_id", "criterion_id", "value"
    ):
        values.setdefault(reading, {})[criterion] = value
        who[reading] = (entry, juror)
    if not values:
        raise NoMarks(edition.slug)
    jurors = sorted({juror for _entry, juror in who.values()})
    entry_at = {key: place for place, key in enumerate(entries)}
    juror_at = {key: place for place, key in enumerate(jurors)}
    table = [[marks.get(key) or np.nan for key, _code, _weight in criteria] for marks in values.values()]
    return Marks(
        entries=tuple(entries), jurors=tuple(jurors), criteria=tuple(code for _key, code, _weight in criteria),
        weights=np.array([weight for _key, _code, weight in criteria], dtype=float),
        entry_of=np.array([entry_at[entry] for entry, _juror in who.values()]),
        juror_of=np.array([juror_at[juror] for _entry, juror in who.values()]),
        values=np.array(table, dtype=float),
    )  # fmt: skip


def _eligible(edition: Edition) -> Any:
    return Entry.objects.filter(edition=edition, state=EntryState.ELIGIBLE)


def marks_digest(marks: Marks) -> str:
    """The SHA-256 of the marks, whatever order they were read in."""
    rows = sorted(
        [row_key(marks.entries[entry]), row_key(marks.jurors[juror]), [float(value) for value in values]]
        for entry, juror, values in zip(marks.entry_of, marks.juror_of, marks.values, strict=True)
    )
    told = [marks.entries, marks.criteria, [float(weight) for weight in marks.weights], rows]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@transaction.atomic
def compute_ranking(*, edition: Edition, actor: Any, at: datetime) -> Ranking:
    """Rank the entries from the marks that are in. The same marks give the same row again.

    Raises `WrongPhase`, `NoMarks`, `PermissionDenied`.
    """
    row = Edition.objects.select_for_update().get(pk=edition.pk)
    check(actor, "contests.preside", row)
    if phase_of(row, at) != Phase.DECIDING:
        raise WrongPhase(row.slug)
    marks = marks_of(row)
    entries, jurors = _numbers(row, "E", marks.entries), _numbers(row, "J", marks.jurors)
    # under their published numbers, so that the published file holds the very figures decided upon
    verdict = rank(anonymise(marks, entries, jurors), laureates=row.laureates)
    made = {"method": verdict.method, "software": SOFTWARE, "marks_sha256": marks_digest(marks)}
    last = latest_ranking(row)
    if last is not None and all(getattr(last, column) == value for column, value in made.items()):
        return last
    kept = Ranking.objects.create(
        edition=row, computed_at=at, computed_by=actor,
        content={
            "laureates": row.laureates, "lines": _lines(verdict, entries),
            "entries": {str(key): number for key, number in entries.items()},
            "jurors": {str(key): number for key, number in jurors.items()},
        },
        **made,
    )  # fmt: skip
    record(actor=actor, verb="compute ranking", obj=row, at=at, data={"ranking": kept.pk, **made})
    return kept


def latest_ranking(edition: Edition) -> Ranking | None:
    """The last computation, if any."""
    return edition.rankings.first()


def is_outdated(ranking: Ranking) -> bool:
    """Whether marks, entries or weights changed since it was computed."""
    try:
        return ranking.marks_sha256 != marks_digest(marks_of(ranking.edition))
    except NoMarks:
        return True


def _numbers(edition: Edition, letter: str, keys: Sequence[Hashable]) -> dict[Hashable, str]:
    """The number of each key, drawn by a secret of the service: it tells nothing of who came first."""
    return label(keys, letter, salted_hmac("contests.verdict", f"{edition.pk}/{letter}").digest())


def _lines(verdict: Verdict, entries: Mapping[Hashable, str]) -> list[dict[str, Any]]:
    keys = {number: row_key(key) for key, number in entries.items()}
    lines = [
        Line(
            entry=keys[str(one.entry)], readings=one.readings, merit=one.merit, merit_sd=one.merit_sd,
            plain_mean=one.plain_mean, z_score=one.z_score, place=one.place, rank=one.rank, rank_low=one.rank_low,
            rank_high=one.rank_high, chance=one.chance_laureate,
            tied_with=tuple(sorted(keys[str(other)] for other in one.tied_with)),
        )
        for one in verdict.ranked
    ]  # fmt: skip
    return [{**asdict(one), "tied_with": list(one.tied_with)} for one in lines]


def row_key(identifier: Hashable) -> int:
    """The engine takes any identifier; ours are keys of rows."""
    return cast(int, identifier)


def lines_of(ranking: Ranking) -> tuple[Line, ...]:
    """The entries in the order of the ranking, unread ones last."""
    return tuple(Line(**{**line, "tied_with": tuple(line["tied_with"])}) for line in ranking.content["lines"])


def proposals(ranking: Ranking) -> Mapping[int, Proposal]:
    """What the ranks propose of each entry, by key."""
    return propose(lines_of(ranking), ranking.content["laureates"])


def propose(lines: Sequence[Line], laureates: int) -> dict[int, Proposal]:
    """Laureates are the first places; a tie that the last place cuts through is left to the president.

    >>> def line(entry, rank):
    ...     return Line(entry, 3, 4.0, 0.2, 4.0, 0.0, entry, rank, 1, 3, 0.5)
    >>> cut = propose([line(1, 1), line(2, 2), line(3, 2), line(4, None)], laureates=2)
    >>> [(entry, one.outcome and str(one.outcome), one.place, one.why) for entry, one in cut.items()]
    [(1, 'laureate', 1, ''), (2, None, None, 'border'), (3, None, None, 'border'), (4, None, None, 'unread')]
    """
    sharing: dict[int, int] = {}
    for line in lines:
        if line.rank is not None:
            sharing[line.rank] = sharing.get(line.rank, 0) + 1
    found = {}
    for line in lines:
        if line.rank is None:
            found[line.entry] = Proposal(None, why="unread")
        elif line.rank > laureates:
            found[line.entry] = Proposal(Outcome.NOT_CHOSEN)
        elif line.rank + sharing[line.rank] - 1 <= laureates:
            found[line.entry] = Proposal(Outcome.LAUREATE, line.rank)
        else:
            found[line.entry] = Proposal(None, why="border")
    return found


def changes_since_last(ranking: Ranking) -> tuple[Change, ...]:
    """The entries whose rank is not what the computation before gave; none for the first."""
    earlier = Ranking.objects.filter(edition=ranking.edition_id, pk__lt=ranking.pk).order_by("-pk").first()
    if earlier is None:
        return ()
    before = {line.entry: line.rank for line in lines_of(earlier)}
    after = {line.entry: line.rank for line in lines_of(ranking)}
    return tuple(
        Change(entry, before.get(entry), after.get(entry))
        for entry in [*after, *(gone for gone in before if gone not in after)]
        if before.get(entry) != after.get(entry) or (entry in before) != (entry in after)
    )
