"""What the engine finds in the marks for the president's panel, kept as long as the marks are the same.

Kept by what it was made from, so nothing has to tell it that a mark changed; it holds keys and figures, no name.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
from django.core.cache import caches
from numpy.typing import NDArray

from bpc.core.jury.agreement import Disagreement, Pair, disagreements, pairs_apart
from bpc.core.jury.marks import Marks
from bpc.core.jury.next_reading import NextReading, most_useful
from bpc.core.jury.ranking import METHOD, JurorReport, juror_reports
from bpc.core.jury.severity import fit

SHOWN = 10
KEPT = 12 * 3600  # seconds; it never becomes wrong, only unused


@dataclass(frozen=True)
class Findings:
    """Jurors, entries whose readers differ, pairs apart, further readings: by the keys of their rows."""

    reports: tuple[JurorReport, ...]
    apart: tuple[Disagreement, ...]
    together: tuple[Pair, ...]
    wishes: tuple[NextReading, ...]


def findings(marks: Marks, possible: NDArray[np.bool_], *, laureates: int) -> Findings:
    """Computed once for the same marks and the same `possible` (n, m) further readings, then kept for a while."""
    key = f"jury-panel-{METHOD}-{laureates}-{_digest(marks, possible)}"
    kept: Findings | None = caches["pages"].get(key)
    if kept is None:
        found = fit(marks)
        kept = Findings(
            juror_reports(marks, found),
            disagreements(marks, found, limit=SHOWN),
            pairs_apart(marks, found)[:SHOWN],
            most_useful(marks, possible, SHOWN, laureates=laureates, found=found),
        )
        caches["pages"].set(key, kept, KEPT)
    return kept


def _digest(marks: Marks, possible: NDArray[np.bool_]) -> str:
    told = hashlib.sha256(repr((marks.entries, marks.jurors, marks.criteria)).encode())
    for part in (marks.weights, marks.entry_of, marks.juror_of, marks.values, np.packbits(possible)):
        told.update(np.ascontiguousarray(part).tobytes())
    return told.hexdigest()
