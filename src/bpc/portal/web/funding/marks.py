"""Where a value comes from, beside the value: the page and its date, said by it or read into it, how sure it is."""

from dataclasses import dataclass
from datetime import date

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.web.funding.words import CONFIDENCES, written_dated


@dataclass(frozen=True)
class Mark:
    """The small mark of a value. `evidence` is the chip; `frame`: the value is the national frame's."""

    title: str
    url: str
    published: str
    read: date | None
    stated: bool
    confidence: str
    evidence: str
    frame: bool = False


@dataclass(frozen=True)
class Line:
    """One thing said of a source, with its mark."""

    text: str
    mark: Mark | None = None
    label: str = ""
    note: str = ""


def mark_of(source: FundingSource, path: str, *, frame: bool = False) -> Mark:
    """The mark of the value at `path`."""
    known = source.provenance(path)
    page = known.page
    return Mark(
        title=page.title_fr if page else "",
        url=page.url if page else "",
        published=written_dated(page.published) if page and page.published else "",
        read=page.read if page else None,
        stated=known.stated,
        confidence=str(CONFIDENCES[known.confidence]),
        evidence=_evidence(known.stated, known.confidence),
        frame=frame,
    )


def _evidence(stated: bool, confidence: str) -> str:
    if confidence in {"to_verify", "low"}:
        return "to_verify"
    return "sourced" if stated else "deduced"


#: What is said together: a call that gives its own ceiling or its own share owes nothing of these to its frame.
_TOGETHER = (
    ("amounts.max_mad", "amounts.min_mad", "ceilings"),
    ("cost_share.max_pct", "cost_share.by_cost", "own_contribution.min_pct"),
)
_NOTHING = (None, (), "", "unknown")


@dataclass(frozen=True)
class Terms:
    """A source as it holds: what a local call leaves out is read in its national frame, and said to be so."""

    source: FundingSource
    frame: FundingSource | None = None

    def holder(self, path: str) -> FundingSource | None:
        """The one of the two that says something at `path`; None where neither does."""
        if self.source.value_at(path) not in _NOTHING:
            return self.source
        together = next((group for group in _TOGETHER if path in group), (path,))
        if self.frame is None or any(self.source.value_at(one) not in _NOTHING for one in together):
            return None
        return self.frame if self.frame.value_at(path) not in _NOTHING else None

    def mark(self, path: str) -> Mark | None:
        """The mark of what holds at `path`."""
        holder = self.holder(path)
        return mark_of(holder, path, frame=holder is not self.source) if holder is not None else None
