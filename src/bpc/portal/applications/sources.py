"""The sources of the directory as an application reads them: what they ask, and when files are taken."""

from datetime import date

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.funding.calendar import NextWindow, next_window
from bpc.portal.funding.queries import source_by_slug
from bpc.portal.funding.terms import effective


def source_of(slug: str) -> FundingSource | None:
    """The source as it is published today, what a local call leaves out as its national frame has it.

    None when it was never there or is no longer.
    """
    source = source_by_slug(slug)
    if source is None or source.parent is None:
        return source
    return effective(source, source_by_slug(source.parent)).source


def window_of(source: FundingSource | None, today: date) -> NextWindow:
    """The next time this source takes files; unknown for one that left the directory."""
    return next_window(source, today) if source is not None else NextWindow("unknown")
