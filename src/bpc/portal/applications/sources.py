"""The sources of the directory as an application reads them: what they ask, and when files are taken."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bpc.datasets.funding_sources import FundingSource, read_funding_sources


@dataclass(frozen=True, slots=True)
class Window:
    """When files are next taken, as far as known; only `dated` was announced."""

    kind: Literal["dated", "forecast", "permanent", "unknown", "closed"] = "unknown"
    opens: date | None = None
    closes: date | None = None

    @property
    def announced(self) -> bool:
        """Whether its dates were said by the provider, not worked out from the past."""
        return self.kind == "dated"


def source_of(slug: str) -> FundingSource | None:
    """The source as it is published today; None when it was never there or is no longer."""
    return read_funding_sources().get(slug)


def window_of(source: FundingSource | None, today: date) -> Window:
    """The next time this source takes files."""
    if source is None:
        return Window()
    if source.status == "closed":
        return Window("closed")
    if source.calendar.permanent:
        return Window("permanent")
    days = [
        (_day(one.opens), _day(one.closes)) for one in source.calendar.windows if len(one.closes or "") == 10
    ]
    coming = sorted((closes, opens) for opens, closes in days if closes is not None and closes >= today)
    return Window("dated", coming[0][1], coming[0][0]) if coming else Window()


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written and len(written) == 10 else None
