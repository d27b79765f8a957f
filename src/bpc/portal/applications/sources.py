"""The sources of the directory as an application reads them."""

from bpc.datasets.funding_sources import FundingSource, read_funding_sources


def source_of(slug: str) -> FundingSource | None:
    """The source as it is published today; None when it was never there or is no longer."""
    return read_funding_sources().get(slug)
